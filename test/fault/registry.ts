import type { Fault } from './fault'
import { lostAnswers } from './faults/f04-lost-answers'

/** Every fault of the campaign, in the order in which they run. */
export const FAULTS: readonly Fault[] = [lostAnswers]
