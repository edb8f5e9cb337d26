import type { Fault } from './fault'
import { killAnywhere } from './faults/f01-kill-anywhere'
import { killAtEveryWrite } from './faults/f02-kill-at-every-write'
import { lostAnswers } from './faults/f04-lost-answers'
import { neverArrived } from './faults/f05-never-arrived'
import { storms } from './faults/f06-storms'
import { oddEnvelopes } from './faults/f07-odd-envelopes'
import { oddBodies } from './faults/f08-odd-bodies'
import { tokens } from './faults/f09-tokens'
import { refundedElsewhere } from './faults/f10-refunded-elsewhere'
import { twoDesks } from './faults/f11-two-desks'
import { fullDisk } from './faults/f12-full-disk'
import { failedSync } from './faults/f13-failed-sync'

/** Every fault of the campaign, in the order in which they run. */
export const FAULTS: readonly Fault[] = [
  killAnywhere,
  killAtEveryWrite,
  lostAnswers,
  neverArrived,
  storms,
  oddEnvelopes,
  oddBodies,
  tokens,
  refundedElsewhere,
  twoDesks,
  fullDisk,
  failedSync,
]
