import type { Evidence } from '../../../domain/evidence'
import { findOurCancel, newAlike, type Attribution, type AttributionInput } from '../../../domain/attribution'
import type { AttemptId } from '../../../domain/ids'
import { isAnotherPayment, type CancelFact, type PgPayment } from '../../../domain/payment'
import { lookUntilMs } from '../../../domain/look-deadline'
import { isSynchronous } from '../../../domain/pg-rules/scope'
import { problem, type Problem } from '../../../domain/problem'
import { REPEAT_FROM_MS, repeatDecision } from '../../../domain/repeat'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { attemptEvents, requireAttempt, type Attempt } from '../ledger/attempts'
import { claimedKeys } from '../ledger/cancels'
import { requirePayment } from '../ledger/payments'
import { isFresh } from './freshness'
import { lookAtRequests } from './look-at-requests'
import type { Reading } from '../reading-order'
import { ruleScopeOfAttempt } from '../rule-scope'
import { noteEvidence, settleAttempt, type Settlement } from './settle'

/** Looks for the effect of an attempt in what the PG shows, against what it showed when the attempt was prepared. */
export function findEffect(context: CoreContext, attempt: Attempt, now: AttributionInput['now']): Attribution {
  return findOurCancel({ tag: attempt.tag, ...soughtOf(context, attempt, now) })
}

/** What is new in it and could be the effect of an attempt, by its amount. */
export function alikeEffects(
  context: CoreContext,
  attempt: Attempt,
  now: AttributionInput['now'],
): readonly CancelFact[] {
  return newAlike(soughtOf(context, attempt, now))
}

function soughtOf(context: CoreContext, attempt: Attempt, now: AttributionInput['now']): Omit<AttributionInput, 'tag'> {
  return {
    amount: attempt.intent.amount,
    before: { historyLength: attempt.historyLength, balance: attempt.pgBalance, knownKeys: attempt.knownKeys },
    now,
    claimedKeys: claimedKeys(context.ledger, attempt.paymentId),
  }
}

/** What look-ups came to besides what they settled. */
export interface Looked {
  /** Attempts that showed nothing and that the rule allows to send once more, on this reading. */
  readonly repeatable: readonly AttemptId[]
  /** Attempts whose payment the PG does not know. */
  readonly missing: readonly AttemptId[]
  readonly reading: Reading
}

/**
 * Reads the PG once for these open attempts of one channel and settles each as far as that proves it. Sends nothing.
 * Problems: those of the gateway's look-up.
 */
export async function lookAtAttempts(
  context: CoreContext,
  attemptIds: readonly AttemptId[],
  signal?: AbortSignal,
): Promise<Result<Looked, Problem>> {
  const { ledger } = context
  const payments = attemptIds.map((attemptId) => requirePayment(ledger, requireAttempt(ledger, attemptId).paymentId))
  const [first] = payments
  const reading = context.readings.ask()
  if (first === undefined) return ok({ repeatable: [], missing: [], reading })
  const { reads } = context.gatewayOf(first.channelId)
  if (reads.kind === 'requests') {
    const asked = await lookAtRequests(context, reads, attemptIds, signal)
    return asked.ok ? ok({ repeatable: [], missing: [], reading }) : asked
  }
  const refs = payments.map(({ pgKey }) => ({ by: 'pg-key', key: pgKey }) as const)
  const answer = context.connection.watch(await reads.lookup(refs, signal))
  if (!answer.ok) return answer
  const repeatable: AttemptId[] = []
  const missing: AttemptId[] = []
  attemptIds.forEach((attemptId, place) => {
    const seen = answer.value.found.find((each) => each.paymentId === payments[place]?.paymentId)
    if (seen === undefined) missing.push(attemptId)
    else if (resolveAttempt(context, attemptId, seen, reading) === 'repeatable') repeatable.push(attemptId)
  })
  return ok({ repeatable, missing, reading })
}

/** The same for one attempt, for a person who asks. Problems: those of the gateway's look-up, pg-payment-not-found. */
export async function lookAtAttempt(
  context: CoreContext,
  attempt: Attempt,
  signal?: AbortSignal,
): Promise<Result<null, Problem>> {
  const looked = await lookAtAttempts(context, [attempt.attemptId], signal)
  if (!looked.ok) return looked
  const { orderNo } = requirePayment(context.ledger, attempt.paymentId)
  return looked.value.missing.length > 0 ? fail(problem('pg-payment-not-found', { orderNo })) : ok(null)
}

/**
 * Settles an open attempt by a payment that was just read, as far as that proves it. A reading that was asked for before
 * the request had ended proves nothing about it and is left out.
 */
export function resolveAttempt(
  context: CoreContext,
  attemptId: AttemptId,
  seen: PgPayment,
  reading: Reading,
): 'repeatable' | 'done' {
  const attempt = requireAttempt(context.ledger, attemptId)
  if (attempt.state !== 'unknown' && attempt.state !== 'unproven' && attempt.state !== 'pending') return 'done'
  const { readings } = context
  if (!readings.wasAskedAfterEnd(attempt.paymentId, reading)) return 'done'
  // Something newer was judged already.
  if (!readings.take(attempt.paymentId, reading)) return 'done'
  const payment = requirePayment(context.ledger, attempt.paymentId)
  const isOther = isAnotherPayment(context.channels.require(payment.channelId).options.pg, payment, seen)
  const finding: Attribution = isOther ? { kind: 'changed-otherwise' } : findEffect(context, attempt, seen)
  switch (finding.kind) {
    case 'found':
      settleAttempt(context, attempt.attemptId, {
        pgMessage: null,
        transcript: null,
        payment: seen,
        reading,
        problem: null,
        to: 'accepted',
        what: 'found-by-tag',
        rowState: 'accepted',
        cancel: finding.cancel,
      })
      return 'done'
    case 'requested':
      takenByPg(context, attempt, seen, reading)
      return 'done'
    case 'proposal':
      leaveToPerson(context, attempt, 'looks-like-ours', seen, reading)
      return 'done'
    case 'changed-otherwise':
      leaveToPerson(context, attempt, 'changed-otherwise', seen, reading)
      return 'done'
    case 'nothing-changed':
      return nothingChanged(context, attempt, seen, reading)
  }
}

/** The PG says that it has the request, and not yet what became of it: from here it is one that the PG has taken. */
function takenByPg(context: CoreContext, attempt: Attempt, seen: PgPayment, reading: Reading): void {
  if (attempt.state === 'pending') noteEvidence(context, attempt, 'pending', seen, reading)
  else {
    settleAttempt(context, attempt.attemptId, {
      to: 'pending',
      what: 'pending',
      rowState: 'pg-processing',
      problem: null,
      pgMessage: null,
      transcript: null,
      payment: seen,
      reading,
      cancel: null,
    })
  }
}

/** Notes what a person has to judge. An asynchronous refund that is overdue becomes theirs to decide. */
function leaveToPerson(
  context: CoreContext,
  attempt: Attempt,
  what: Evidence,
  seen: PgPayment,
  reading: Reading,
): void {
  if (isOverdue(context, attempt)) settleAttempt(context, attempt.attemptId, answerLost(what, seen, reading))
  else noteEvidence(context, attempt, what, seen, reading)
}

/** Taken by the PG so long ago that waiting resolves nothing any more. */
function isOverdue(context: CoreContext, { state, sentAtMs, preparedAtMs }: Attempt): boolean {
  if (state !== 'pending') return false
  const untilMs = lookUntilMs('pg-processing', sentAtMs ?? preparedAtMs)
  return untilMs !== null && context.nowMs() > untilMs
}

/** A refusal that proves nothing, or an acceptance that no history shows: from here it is an answer that was lost. */
function answerLost(what: Evidence, seen: PgPayment, reading: Reading): Settlement {
  return {
    to: 'unknown',
    what,
    rowState: 'needs-look',
    problem: problem('pg-answer-lost'),
    pgMessage: null,
    transcript: null,
    payment: seen,
    reading,
    cancel: null,
  }
}

function nothingChanged(
  context: CoreContext,
  attempt: Attempt,
  seen: PgPayment,
  reading: Reading,
): 'repeatable' | 'done' {
  const base = { pgMessage: null, transcript: null, payment: seen, reading, cancel: null, problem: null }
  const synchronous = isSynchronous(ruleScopeOfAttempt(context.ledger, attempt))
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
      return 'done'
    }
    if (status === 401 || status === 429) {
      // Another request may follow this one, so it must not be under way any more, as before a repeat.
      if (context.readings.quietForMs(attempt.paymentId) < REPEAT_FROM_MS) {
        noteEvidence(context, attempt, 'nothing-changed', seen, reading)
        return 'done'
      }
      settleAttempt(context, attempt.attemptId, {
        ...base,
        to: 'not-sent',
        what: 'refusal-confirmed',
        rowState: 'waiting',
        pgMessage: message,
      })
      return 'done'
    }
  }
  if (attempt.state === 'unproven' || isOverdue(context, attempt)) {
    settleAttempt(context, attempt.attemptId, answerLost('nothing-changed', seen, reading))
    return 'done'
  }
  noteEvidence(context, attempt, 'nothing-changed', seen, reading)
  if (attempt.state !== 'unknown') return 'done'
  const decision = repeatDecision({
    sentAtMs: attempt.sentAtMs ?? attempt.preparedAtMs,
    nowMs: context.nowMs(),
    synchronous,
    repeatedBefore: attempt.sentCount > 1,
    unchanged: true,
  })
  return decision.kind === 'repeat' && isFresh(reading.askedAtMs, context.nowMs()) ? 'repeatable' : 'done'
}
