import type { Evidence } from '../../../domain/evidence'
import { findOurCancel, type Attribution, type AttributionInput } from '../../../domain/attribution'
import type { PgPayment } from '../../../domain/payment'
import { isSynchronous } from '../../../domain/pg-rules/rule-book'
import { problem, type Problem } from '../../../domain/problem'
import { repeatDecision } from '../../../domain/repeat'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { attemptEvents, requireAttempt, type Attempt } from '../ledger/attempts'
import { requirePayment } from '../ledger/payments'
import { sendAttempt } from './attempt'
import { sendingStop } from './sending-stop'
import { noteEvidence, settleAttempt } from './settle'

/** Looks for the effect of an attempt in what the PG shows, against what it showed when the attempt was prepared. */
export function findEffect(attempt: Attempt, now: AttributionInput['now']): Attribution {
  return findOurCancel({
    tag: attempt.tag,
    amount: attempt.intent.amount,
    before: { historyLength: attempt.historyLength, balance: attempt.pgBalance },
    now,
  })
}

export interface LookOptions {
  /** Whether a proven silence may lead to the one repeat: the runner's own look-ups only, never a person's question. */
  readonly mayRepeat: boolean
  readonly signal?: AbortSignal
}

/**
 * Reads the PG and settles an open attempt as far as that proves it. Problems: those of the gateway's look-up,
 * pg-payment-not-found.
 */
export async function lookAtAttempt(
  context: CoreContext,
  attempt: Attempt,
  options: LookOptions,
): Promise<Result<null, Problem>> {
  const askedAtMs = context.nowMs()
  const payment = requirePayment(context.ledger, attempt.paymentId)
  const answer = context.connection.watch(
    await context.gatewayOf(payment.channelId).lookup([{ by: 'pg-key', key: payment.pgKey }], options.signal),
  )
  if (!answer.ok) return answer
  const seen = answer.value.found.find((each) => each.paymentId === payment.paymentId)
  if (seen === undefined) return fail(problem('pg-payment-not-found', { orderNo: payment.orderNo }))
  return resolveAttempt(context, attempt, seen, askedAtMs, options.mayRepeat)
}

/** How a request ended: before that instant it was under way, and a reading could come before its effect. */
const ENDS: ReadonlySet<Evidence> = new Set(['answer-lost', 'odd-answer', 'unproven', 'pending', 'recovered-sending'])

/**
 * The same with a payment that was just read. A reading that was asked for before the request had ended proves nothing
 * about it and is left out.
 */
export async function resolveAttempt(
  context: CoreContext,
  found: Attempt,
  seen: PgPayment,
  askedAtMs: number,
  mayRepeat: boolean,
): Promise<Result<null, Problem>> {
  const attempt = requireAttempt(context.ledger, found.attemptId)
  const ended = attemptEvents(context.ledger, attempt.attemptId).findLast((event) => ENDS.has(event.what))
  const knownFromMs = Math.max(attempt.sentAtMs ?? 0, ended?.atMs ?? 0)
  // An instant that is still to come was written before the clock was set back, and orders nothing.
  if (askedAtMs < knownFromMs && knownFromMs <= context.nowMs()) return ok(null)
  if (attempt.state !== 'unknown' && attempt.state !== 'unproven' && attempt.state !== 'pending') return ok(null)
  const base = { pgMessage: null, transcript: null, payment: seen, askedAtMs, cancel: null, problem: null }
  const finding = findEffect(attempt, seen)
  switch (finding.kind) {
    case 'found':
      settleAttempt(context, attempt.attemptId, {
        ...base,
        to: 'accepted',
        what: 'found-by-tag',
        rowState: 'accepted',
        cancel: finding.cancel,
      })
      return ok(null)
    case 'proposal':
      noteEvidence(context, attempt, 'looks-like-ours', seen, askedAtMs)
      return ok(null)
    case 'changed-otherwise':
      noteEvidence(context, attempt, 'changed-otherwise', seen, askedAtMs)
      return ok(null)
    case 'nothing-changed':
      return nothingChanged(context, attempt, seen, askedAtMs, mayRepeat)
  }
}

/** An asynchronous refund that no history shows by then is for a person. */
const PENDING_MS_MAX = 3 * 24 * 60 * 60 * 1000

async function nothingChanged(
  context: CoreContext,
  attempt: Attempt,
  seen: PgPayment,
  askedAtMs: number,
  mayRepeat: boolean,
): Promise<Result<null, Problem>> {
  const base = { pgMessage: null, transcript: null, payment: seen, askedAtMs, cancel: null, problem: null }
  const synchronous = isSynchronous(attempt.intent.provider, attempt.intent.method)
  if (attempt.state === 'unproven' && synchronous && attempt.sentCount === 1) {
    // The refusal and an unchanged balance and history together: nothing happened. Of a repeat they would speak for the
    // second request only.
    const refusal = attemptEvents(context.ledger, attempt.attemptId).findLast((event) => event.what === 'unproven')
    const status = refusal?.transcript?.httpStatus ?? null
    const message = refusal?.pgMessage ?? ''
    if (status === 200) {
      const why = problem('pg-refused-refund', { message })
      settleAttempt(context, attempt.attemptId, {
        ...base,
        to: 'rejected',
        what: 'refusal-confirmed',
        rowState: 'failed',
        pgMessage: message,
        problem: why,
      })
      return ok(null)
    }
    if (status === 401 || status === 429) {
      settleAttempt(context, attempt.attemptId, {
        ...base,
        to: 'not-sent',
        what: 'refusal-confirmed',
        rowState: 'waiting',
        pgMessage: message,
      })
      return ok(null)
    }
  }
  const overdue = context.nowMs() - (attempt.sentAtMs ?? attempt.preparedAtMs) > PENDING_MS_MAX
  if (attempt.state === 'unproven' || (attempt.state === 'pending' && overdue)) {
    // A refusal that proves nothing, or an acceptance that no history shows: from here it is an answer that was lost.
    const why = problem('pg-answer-lost')
    settleAttempt(context, attempt.attemptId, {
      ...base,
      to: 'unknown',
      what: 'nothing-changed',
      rowState: 'needs-look',
      problem: why,
    })
    return ok(null)
  }
  noteEvidence(context, attempt, 'nothing-changed', seen, askedAtMs)
  // A pause that came during the look-up holds here as well.
  if (attempt.state !== 'unknown' || !mayRepeat || context.settings.get('runPaused')) return ok(null)
  if (sendingStop(context) !== null) return ok(null)
  const decision = repeatDecision({
    sentAtMs: attempt.sentAtMs ?? attempt.preparedAtMs,
    nowMs: context.nowMs(),
    synchronous,
    repeatedBefore: attempt.sentCount > 1,
    unchanged: true,
  })
  return decision.kind === 'repeat' ? sendAttempt(context, attempt.attemptId) : ok(null)
}
