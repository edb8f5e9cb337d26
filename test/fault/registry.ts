import type { Fault } from './fault'
import { killAnywhere } from './faults/f01-kill-anywhere'
import { lostAnswers } from './faults/f04-lost-answers'

/** Every fault of the campaign, in the order in which they run. */
export const FAULTS: readonly Fault[] = [killAnywhere, lostAnswers]
