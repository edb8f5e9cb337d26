import type { Fault } from './fault'
import { killAnywhere } from './faults/f01-kill-anywhere'
import { killAtEveryWrite } from './faults/f02-kill-at-every-write'
import { powerCut } from './faults/f03-power-cut'
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
import { damagedFiles } from './faults/f14-damaged-files'
import { oldCopy } from './faults/f15-old-copy'
import { clockJumps } from './faults/f16-clock-jumps'
import { sameFileAgain } from './faults/f17-same-file-again'
import { migrations } from './faults/f18-migrations'
import { simulation } from './sim/sim'

/** Every fault of the campaign, in the order in which they run. */
export const FAULTS: readonly Fault[] = [
  killAnywhere,
  killAtEveryWrite,
  powerCut,
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
  damagedFiles,
  oldCopy,
  clockJumps,
  sameFileAgain,
  migrations,
  simulation,
]
