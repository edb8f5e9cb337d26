import { problem } from '../../../domain/problem'
import type { CoreContext } from '../context'
import { attemptsIn } from '../ledger/attempts'
import { settleAttempt } from './settle'

/**
 * On start, before anything is sent: an attempt that was only prepared surely never left, so its row waits again; one
 * that was being sent may have arrived, so it is unknown until the PG was read.
 */
export function recoverAttempts(context: CoreContext): { readonly unsent: number; readonly unknown: number } {
  const base = { pgMessage: null, transcript: null, payment: null, cancel: null }
  const prepared = attemptsIn(context.ledger, ['prepared'])
  for (const { attemptId } of prepared) {
    settleAttempt(context, attemptId, {
      ...base,
      to: 'stopped',
      what: 'recovered-prepared',
      rowState: 'waiting',
      problem: null,
    })
  }
  const sending = attemptsIn(context.ledger, ['sending'])
  for (const { attemptId } of sending) {
    settleAttempt(context, attemptId, {
      ...base,
      to: 'unknown',
      what: 'recovered-sending',
      rowState: 'needs-look',
      problem: problem('pg-answer-lost'),
    })
  }
  return { unsent: prepared.length, unknown: sending.length }
}
