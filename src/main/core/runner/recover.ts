import type { AttemptId } from '../../../domain/ids'
import { problem } from '../../../domain/problem'
import type { CoreContext } from '../context'
import { attemptsIn } from '../ledger/attempts'
import { settleAnswer } from './answer'
import { settleAttempt } from './settle'

const BASE = { pgMessage: null, transcript: null, payment: null, cancel: null } as const

/**
 * On start, before anything is sent, every attempt goes on from the point that was committed last: one that was only
 * prepared surely never left, so its row waits again; one whose answer was written down is settled by it; one that was
 * being sent may have arrived, so it is unknown until the PG was read.
 */
export function recoverAttempts(context: CoreContext): void {
  for (const { attemptId } of attemptsIn(context.ledger, ['prepared'])) takeBack(context, attemptId)
  for (const { attemptId, paymentId } of attemptsIn(context.ledger, ['sending'])) {
    // Somebody's question to the PG may be under way while the run starts anew.
    context.readings.noteEnd(paymentId)
    if (settleAnswer(context, attemptId)) continue
    settleAttempt(context, attemptId, {
      ...BASE,
      to: 'unknown',
      what: 'recovered-sending',
      rowState: 'needs-look',
      problem: problem('pg-answer-lost'),
    })
  }
}

/** Ends an attempt that was prepared and surely never left; its row waits again. */
export function takeBack(context: CoreContext, attemptId: AttemptId): void {
  settleAttempt(context, attemptId, {
    ...BASE,
    to: 'stopped',
    what: 'recovered-prepared',
    rowState: 'waiting',
    problem: null,
  })
}
