import type { AttemptId } from '../../../domain/ids'
import { problem } from '../../../domain/problem'
import type { CoreContext } from '../context'
import { attemptsIn } from '../ledger/attempts'
import { settleAttempt } from './settle'

const BASE = { pgMessage: null, transcript: null, payment: null, cancel: null } as const

/**
 * On start, before anything is sent: an attempt that was only prepared surely never left, so its row waits again; one
 * that was being sent may have arrived, so it is unknown until the PG was read.
 */
export function recoverAttempts(context: CoreContext): { readonly unsent: number; readonly unknown: number } {
  const prepared = attemptsIn(context.ledger, ['prepared'])
  for (const { attemptId } of prepared) takeBack(context, attemptId)
  const sending = attemptsIn(context.ledger, ['sending'])
  for (const { attemptId } of sending) {
    settleAttempt(context, attemptId, {
      ...BASE,
      to: 'unknown',
      what: 'recovered-sending',
      rowState: 'needs-look',
      problem: problem('pg-answer-lost'),
    })
  }
  return { unsent: prepared.length, unknown: sending.length }
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
