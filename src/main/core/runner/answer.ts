import { provenByAnswer } from '../../../domain/attribution'
import type { AttemptId } from '../../../domain/ids'
import type { CancelFact } from '../../../domain/payment'
import { isSynchronous } from '../../../domain/pg-rules/scope'
import { problem } from '../../../domain/problem'
import { assertNever } from '../../../domain/result'
import type { CoreContext } from '../context'
import { findAnswer } from '../ledger/attempt-answers'
import { requireAttempt, type Attempt } from '../ledger/attempts'
import { claimedKeys, isOwnKey } from '../ledger/cancels'
import { requirePayment } from '../ledger/payments'
import { isKnownAsAnother } from '../ledger/pg-words'
import type { AcceptedCancel, CancelOutcome } from '../pg/gateway'
import { reconcilePayment } from '../usecases/reconcile'
import { ruleScopeOfAttempt } from '../rule-scope'
import { settleAttempt, type Settlement } from './settle'

/**
 * Last recovery point: settles an attempt by the answer that was written down. The run does so right after writing it
 * down, a start after a crash does the same with the same answer. Answers whether there was one.
 */
export function settleAnswer(context: CoreContext, attemptId: AttemptId): boolean {
  const { ledger } = context
  const attempt = requireAttempt(ledger, attemptId)
  const outcome = findAnswer(ledger, attemptId, attempt.sentCount)
  if (outcome === null) return false
  const isOdd = outcome.kind === 'accepted' && outcome.payment === null && isAnother(context, attempt, outcome.cancel)
  const settlement = isOdd
    ? settlementOf({ kind: 'unknown', why: 'odd-answer', transcript: outcome.transcript })
    : attempt.sentCount > 1
      ? settlementOfRepeat(outcome)
      : (acceptedByKey(context, attempt, outcome) ?? settlementOf(outcome))
  settleAttempt(context, attemptId, settlement)
  // What the PG says is left may differ from what we count.
  const toldAlone = outcome.kind === 'accepted' && outcome.payment === null
  if (outcome.kind === 'rejected' || toldAlone) reconcilePayment(context, attempt.paymentId)
  return true
}

/** The PG took it and its history shows our cancel without our tag: accepted where the answer itself proves whose it is. */
function acceptedByKey(context: CoreContext, attempt: Attempt, outcome: CancelOutcome): Settlement | null {
  if (outcome.kind !== 'pending' || outcome.payment === null) return null
  const { amount } = attempt.intent
  const cancel = provenByAnswer({
    amount,
    checksum: attempt.checksum,
    synchronous: isSynchronous(ruleScopeOfAttempt(context.ledger, attempt)),
    before: { historyLength: attempt.historyLength, balance: attempt.pgBalance, knownKeys: attempt.knownKeys },
    now: outcome.payment,
    claimedKeys: claimedKeys(context.ledger, attempt.paymentId),
  })
  if (cancel === null) return null
  return {
    to: 'accepted',
    what: 'found-by-key',
    rowState: 'accepted',
    problem: null,
    pgMessage: null,
    transcript: outcome.transcript,
    payment: outcome.payment,
    cancel,
  }
}

/** Clocks that differ by more are told about; by so much an effect may seem to come before its request. */
const CLOCKS_APART_MS = 2 * 60_000

/**
 * Whether the cancel that the PG names is another one than ours: it may have answered for an earlier refund of the same
 * transaction and amount. It is another one where its key was known before or stands in our ledger already, where the PG
 * told of it as that of another deposit, and where it is older than the request.
 */
export function isAnother(
  { ledger }: CoreContext,
  attempt: Attempt,
  { cancelKey, cancelledAtMs }: CancelFact,
): boolean {
  if (cancelledAtMs + CLOCKS_APART_MS < (attempt.sentAtMs ?? attempt.preparedAtMs)) return true
  if (cancelKey === null) return false
  const { channelId } = requirePayment(ledger, attempt.paymentId)
  return (
    attempt.knownKeys?.includes(cancelKey) === true ||
    isOwnKey(ledger, channelId, cancelKey) ||
    isKnownAsAnother(ledger, attempt.paymentId, cancelKey)
  )
}

/** What an acceptance shows: the whole payment, or the cancel alone. */
export function shownBy(accepted: AcceptedCancel): Pick<Settlement, 'payment' | 'cancel' | 'alone'> {
  const { payment, cancel, balanceAfter, receiptTrouble } = accepted
  return payment === null ? { payment, cancel, alone: { balanceAfter, receiptTrouble } } : { payment, cancel }
}

/** What the answer to a cancel means for the attempt and its row. */
function settlementOf(outcome: CancelOutcome): Settlement {
  const base = { pgMessage: null, transcript: outcome.transcript, payment: null, cancel: null, problem: null }
  switch (outcome.kind) {
    case 'accepted':
      return {
        ...base,
        to: 'accepted',
        what: 'accepted',
        rowState: 'accepted',
        ...shownBy(outcome),
      }
    case 'pending':
      return { ...base, to: 'pending', what: 'pending', rowState: 'pg-processing', payment: outcome.payment }
    case 'rejected': {
      // The PG holds another balance than we do: that is a case for the comparison, not a failed refund.
      const drifted = outcome.why === 'balance-differs' || outcome.why === 'already-cancelled'
      return {
        ...base,
        to: 'rejected',
        what: 'rejected',
        rowState: drifted ? 'stopped-drift' : 'failed',
        pgMessage: outcome.pgMessage,
        problem: drifted
          ? problem('drift-balance-differs')
          : problem('pg-refused-refund', { message: outcome.pgMessage }),
      }
    }
    case 'unproven':
      return {
        ...base,
        to: 'unproven',
        what: 'unproven',
        rowState: 'needs-look',
        pgMessage: outcome.pgMessage,
        problem: problem('pg-refusal-unproven', { message: outcome.pgMessage }),
      }
    case 'unknown':
      return {
        ...base,
        to: 'unknown',
        what: outcome.why === 'odd-answer' ? 'odd-answer' : 'answer-lost',
        rowState: 'needs-look',
        problem: problem('pg-answer-lost'),
      }
    case 'not-sent':
      return { ...base, to: 'not-sent', what: 'not-sent', rowState: 'waiting', problem: outcome.problem }
    default:
      return assertNever(outcome)
  }
}

/**
 * The same for the answer to a repeat. That the first request took effect meanwhile is just what would refuse the second,
 * and a second one that never left says nothing of the first: only a look-up or a person ends such an attempt.
 */
function settlementOfRepeat(outcome: CancelOutcome): Settlement {
  const base = { pgMessage: null, transcript: outcome.transcript, payment: null, cancel: null }
  if (outcome.kind === 'rejected') {
    const { pgMessage } = outcome
    const why = problem('pg-refusal-unproven', { message: pgMessage })
    return { ...base, to: 'unproven', what: 'unproven', rowState: 'needs-look', pgMessage, problem: why }
  }
  if (outcome.kind === 'not-sent') {
    return { ...base, to: 'unknown', what: 'not-sent', rowState: 'needs-look', problem: problem('pg-answer-lost') }
  }
  return settlementOf(outcome)
}
