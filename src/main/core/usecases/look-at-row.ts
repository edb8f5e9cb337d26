import type { Evidence } from '../../../domain/evidence'
import type { PersonView, RowDetail } from '../../../contract/views'
import type { AttemptState } from '../../../domain/attempt-state'
import { isSynchronous } from '../../../domain/pg-rules/scope'
import type { RowId } from '../../../domain/ids'
import type { CancelFact } from '../../../domain/payment'
import { problem, type Problem } from '../../../domain/problem'
import { REPEAT_FROM_MS, repeatDecision } from '../../../domain/repeat'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { addAttemptEvent, attemptEvents, attemptsOfRow, type Attempt, type AttemptEvent } from '../ledger/attempts'
import { followUpsOfRow } from '../ledger/follow-ups'
import { newestSnapshot, requirePayment } from '../ledger/payments'
import { payoutEvents } from '../ledger/payouts'
import { findRow } from '../ledger/refund-rows'
import { alikeEffects, findEffect, lookAtAttempt } from '../runner/look'
import { settleAttempt, type Settlement } from '../runner/settle'
import { viewRow } from '../views/row-view'
import { timelinesOf } from '../views/timeline-view'
import { ruleScopeOfAttempt } from '../rule-scope'
import { reconcilePayment } from './reconcile'

/** One row with everything that is known of it. Problems: not-found. */
export function showRow(context: CoreContext, rowId: RowId): Result<RowDetail, Problem> {
  const { ledger } = context
  return ledger.read((): Result<RowDetail, Problem> => {
    const row = findRow(ledger, rowId)
    if (row === null) return fail(problem('not-found'))
    const attempts = attemptsOfRow(ledger, rowId)
    const open = attempts.at(-1)
    return ok({
      row: viewRow(context, row),
      attempts: attempts.map((attempt) => ({
        attemptId: attempt.attemptId,
        tag: attempt.tag,
        state: attempt.state,
        preparedAtMs: attempt.preparedAtMs,
        checksum: attempt.checksum,
        historyLength: attempt.historyLength,
        pgBalance: attempt.pgBalance,
        evidence: attemptEvents(ledger, attempt.attemptId).map(toEvidence),
      })),
      ...timelinesOf(ledger, row.paymentId),
      payouts: payoutEvents(ledger, rowId).map(({ person, ...rest }) => ({ ...rest, by: person })),
      followUps: followUpsOfRow(ledger, rowId).map(({ followUpId, kind, detail, atMs }) => ({
        followUpId,
        kind,
        detail,
        atMs,
      })),
      repeatFromMs: open?.state === 'unknown' ? repeatFrom(context, open) : null,
    })
  })
}

function toEvidence({ transcript, ...event }: AttemptEvent): RowDetail['attempts'][number]['evidence'][number] {
  const said =
    transcript === null
      ? null
      : `${transcript.method} ${transcript.path}\n${transcript.request}\n\n${transcript.response}`
  return { ...event, httpStatus: transcript?.httpStatus ?? null, transcript: said }
}

function repeatFrom(context: CoreContext, attempt: Attempt): number | null {
  const sentAtMs = attempt.sentAtMs ?? attempt.preparedAtMs
  const decision = repeatDecision({
    sentAtMs,
    nowMs: context.nowMs(),
    synchronous: isSynchronous(ruleScopeOfAttempt(context.ledger, attempt)),
    repeatedBefore: attempt.sentCount > 1,
    unchanged: true,
  })
  return decision.kind === 'person' ? null : sentAtMs + REPEAT_FROM_MS
}

/** "Ask the PG": reads the payment and settles the row as far as that proves it. Never sends anything. Problems: not-found, the gateway's. */
export async function lookAtRow(context: CoreContext, who: string, rowId: RowId): Promise<Result<RowDetail, Problem>> {
  const { ledger } = context
  const open = ledger.read(() => attemptsOfRow(ledger, rowId)).at(-1)
  if (open === undefined) return fail(problem('not-found'))
  const result = await context.tasks.run('look', (task) => lookAtAttempt(context, open, task.signal))
  if (!result.ok) return result
  ledger.write(() =>
    ledger.audit.append({ who, action: 'row.looked', subject: rowId, detail: { attempt: open.attemptId } }),
  )
  context.wakeRunner()
  return showRow(context, rowId)
}

/** What a fresh look can have shown when a person decides: all of it is the evidence on the table. */
const LOOKED: ReadonlySet<Evidence> = new Set([
  'nothing-changed',
  'looks-like-ours',
  'changed-otherwise',
  'payment-missing',
  'request-not-found',
  'request-unsettled',
  'request-refused',
  'look-up-closed',
])
/** States of an attempt in which a person may say whose a cancel in the PG's history is. */
const DECIDABLE: ReadonlySet<AttemptState> = new Set(['unknown', 'unproven', 'pending'])
/** Before this the first request may still be running at the PG, so nobody can know that it had no effect. */
const DECIDE_FROM_MS = REPEAT_FROM_MS

/** How long a person still has to wait before deciding about a request, ms; 0 where it is time. */
function tooEarly(context: CoreContext, { sentAtMs, preparedAtMs }: Attempt): number {
  return Math.max(0, DECIDE_FROM_MS - (context.nowMs() - (sentAtMs ?? preparedAtMs)))
}

/** What a person saw at the PG itself: without a key, which a notification may bring later. */
function seenInConsole({ intent, sentAtMs, preparedAtMs, tag }: Attempt): CancelFact {
  return {
    cancelKey: null,
    pgTransactionKey: null,
    amount: intent.amount,
    cancelledAtMs: sentAtMs ?? preparedAtMs,
    reason: tag,
  }
}

/**
 * A person states that a request never took effect. The row ends as failed: paying it needs a new row and a new approval.
 * Problems: not-found, reason-missing, batch-wrong-state (nothing to decide), pg-answer-lost (too early), the gateway's.
 */
export async function decideNotSent(
  context: CoreContext,
  who: PersonView,
  rowId: RowId,
  reason: string,
): Promise<Result<RowDetail, Problem>> {
  if (reason === '') return fail(problem('reason-missing'))
  // The evidence must be fresh when somebody signs it.
  const looked = await lookAtRow(context, who.personId, rowId)
  const shown = looked.ok ? looked : showRow(context, rowId)
  if (!shown.ok) return shown
  const { row } = shown.value
  if (!looked.ok && !noteMissing(context, row, looked.problem)) return looked
  const { ledger } = context
  const attempt = ledger.read(() => attemptsOfRow(ledger, rowId)).at(-1)
  // What the PG says it has taken is not a person's to call off.
  if (attempt?.state === 'pending') return fail(problem('batch-wrong-state', { state: row.state }))
  if (attempt === undefined || (attempt.state !== 'unknown' && attempt.state !== 'unproven'))
    return showRow(context, rowId)
  const lastLook = ledger.read(() => attemptEvents(ledger, attempt.attemptId)).at(-1)
  const waitMs = tooEarly(context, attempt)
  if (lastLook === undefined || !LOOKED.has(lastLook.what) || waitMs > 0) {
    return fail(problem('pg-answer-lost', { orderNo: row.orderNo, minutes: Math.ceil(waitMs / 60_000) }))
  }
  settleAttempt(context, attempt.attemptId, {
    to: 'not-sent',
    what: 'decided-not-sent',
    rowState: 'failed',
    problem: problem('pg-answer-lost'),
    pgMessage: reason,
    transcript: null,
    payment: null,
    cancel: null,
  })
  ledger.write(() =>
    ledger.audit.append({
      who: who.personId,
      action: 'row.decided-not-sent',
      subject: rowId,
      detail: { attempt: attempt.attemptId },
    }),
  )
  // What changed at the PG all the same is told at once, before somebody pays the row again.
  reconcilePayment(context, attempt.paymentId)
  return showRow(context, rowId)
}

/**
 * A PG that no longer knows the payment will never show anything else: once the program's own look-ups have had their
 * time, that is the evidence. Answers whether it was noted as such.
 */
function noteMissing(context: CoreContext, { rowId, next }: RowDetail['row'], found: Problem): boolean {
  const { ledger } = context
  if (found.code !== 'pg-payment-not-found' || next !== 'decide') return false
  return ledger.write(() => {
    const attempt = attemptsOfRow(ledger, rowId).at(-1)
    if (attempt === undefined || !DECIDABLE.has(attempt.state)) return false
    const atMs = context.nowMs()
    const event = { state: attempt.state, atMs, what: 'payment-missing', pgMessage: null, transcript: null } as const
    addAttemptEvent(ledger, attempt.attemptId, event)
    return true
  })
}

/**
 * A person states that the one new cancel of our amount in the PG's history is ours, though its text was replaced; or, at
 * a PG that shows no payments, that its console shows our refund. The row then counts as accepted. Problems: not-found,
 * reason-missing, batch-wrong-state (no such cancel, or nothing to decide), pg-answer-lost (too early), the gateway's.
 */
export async function decideOurs(
  context: CoreContext,
  who: PersonView,
  rowId: RowId,
  reason: string,
): Promise<Result<RowDetail, Problem>> {
  if (reason === '') return fail(problem('reason-missing'))
  const looked = await lookAtRow(context, who.personId, rowId)
  if (!looked.ok) return looked
  const { ledger } = context
  const decided = ledger.read((): Settlement | null => {
    const attempt = attemptsOfRow(ledger, rowId).at(-1)
    // While a request is under way its own answer decides.
    if (attempt === undefined || !DECIDABLE.has(attempt.state)) return null
    const snapshot = newestSnapshot(ledger, attempt.paymentId)
    if (snapshot === null) return null
    const { channelId } = requirePayment(ledger, attempt.paymentId)
    const seenElsewhere = context.gatewayOf(channelId).reads.kind === 'requests'
    const told = {
      paid: requirePayment(ledger, attempt.paymentId).paid,
      cancelledTotal: snapshot.cancelledTotal,
      cancels: snapshot.history,
    }
    const finding = findEffect(context, attempt, told)
    const base = {
      transcript: null,
      payment: null,
      problem: null,
      pgMessage: reason,
      to: 'accepted',
      what: 'decided-ours',
      rowState: 'accepted',
    } as const
    if (finding.kind === 'proposal' && !seenElsewhere) return { ...base, cancel: finding.cancel }
    if (!seenElsewhere || finding.kind === 'found') return null
    if (finding.kind !== 'proposal' && tooEarly(context, attempt) > 0) return null
    // Told of already, perhaps, and perhaps not: of two in one amount the console does not say which key is ours.
    const [alike] = alikeEffects(context, attempt, told)
    if (alike !== undefined) return { ...base, cancel: { ...alike, cancelKey: null } }
    return { ...base, cancel: seenInConsole(attempt), alone: { balanceAfter: null, receiptTrouble: null } }
  })
  const attempt = ledger.read(() => attemptsOfRow(ledger, rowId)).at(-1)
  if (decided === null || attempt === undefined)
    return fail(problem('batch-wrong-state', { state: looked.value.row.state }))
  settleAttempt(context, attempt.attemptId, decided)
  ledger.write(() =>
    ledger.audit.append({
      who: who.personId,
      action: 'row.decided-ours',
      subject: rowId,
      detail: { attempt: attempt.attemptId },
    }),
  )
  reconcilePayment(context, attempt.paymentId)
  return showRow(context, rowId)
}
