import type { ChannelInput } from '../../../contract/channels'
import type { PersonView } from '../../../contract/views'
import type { DriftSummary, DriftView } from '../../../contract/drift'
import type { DriftCaseId } from '../../../domain/ids'
import { won } from '../../../domain/money'
import { maskName } from '../../../domain/mask'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { correctEntry, entriesOf, insertEntry } from '../ledger/cancels'
import { findCase, listCases, settleCase, type DriftCase } from '../ledger/drifts'
import { requirePayment } from '../ledger/payments'
import { countWords, dropPgCancel, lastSeen, recordPgCancel } from '../ledger/pg-words'
import { timelinesOf } from '../views/timeline-view'
import { cancelKeyOf, comparePayment, reconcilePayment } from './reconcile'

function toSummary(context: CoreContext, found: DriftCase): DriftSummary {
  const payment = requirePayment(context.ledger, found.paymentId)
  return {
    caseId: found.caseId,
    paymentId: found.paymentId,
    orderNo: payment.orderNo,
    pgKey: payment.pgKey,
    kind: found.kind,
    difference: found.difference,
    ourAmount: found.ourAmount,
    pgAmount: found.pgAmount,
    foundAtMs: found.foundAtMs,
    state: found.state,
  }
}

export function showDrifts(
  context: CoreContext,
  input: ChannelInput<'drift.list'>,
): Result<{ total: number; rows: DriftSummary[] }, Problem> {
  const { ledger } = context
  return ledger.read(() => {
    const { total, rows } = listCases(ledger, input.state, input.offset, input.limit)
    return ok({ total, rows: rows.map((found) => toSummary(context, found)) })
  })
}

/** One case with both timelines. Problems: not-found. */
export function showDrift(context: CoreContext, caseId: DriftCaseId): Result<DriftView, Problem> {
  const { ledger } = context
  return ledger.read((): Result<DriftView, Problem> => {
    const found = findCase(ledger, caseId)
    if (found === null) return fail(problem('not-found'))
    const payment = requirePayment(ledger, found.paymentId)
    const comparison = comparePayment(ledger, found.paymentId)
    const { ours, theirs, snapshotAtMs } = timelinesOf(ledger, found.paymentId)
    return ok({
      ...toSummary(context, found),
      paid: payment.paid,
      method: payment.method,
      provider: payment.provider,
      buyerMasked: maskName(payment.buyerName),
      ours,
      theirs,
      ourTotal: comparison?.timelines.ourTotal ?? won(0),
      pgTotal: comparison?.timelines.pgTotal ?? won(0),
      snapshotAtMs: snapshotAtMs ?? found.foundAtMs,
      oddOurs: found.ourEntryId,
      oddTheirs: found.pgCancelKey,
      independent: !entriesOf(ledger, found.paymentId).some((entry) => entry.source === 'pg-baseline'),
      settledBy: found.settledBy,
      settledReason: found.settledReason,
    })
  })
}

/**
 * Adopts the PG's history: appends corrections with the reason and a link to the case, edits nothing, calls no PG.
 * Problems: not-found, reason-missing, drift-already-settled, payment-blocked-open-attempt, drift-reservation-held,
 * drift-over-paid, drift-not-adoptable.
 */
export function adoptDrift(
  context: CoreContext,
  who: PersonView,
  caseId: DriftCaseId,
  reason: string,
): Result<DriftView, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const result = ledger.write((): Result<null, Problem> => {
    const found = findCase(ledger, caseId)
    if (found === null) return fail(problem('not-found'))
    if (found.state !== 'open') return fail(problem('drift-already-settled'))
    // The PG's list contradicts the PG's own total: there is no history to adopt, only one to ask the PG about.
    if (found.kind === 'history-sum-differs') return fail(problem('drift-not-adoptable'))
    const payment = requirePayment(ledger, found.paymentId)
    // While a refund is under way nobody knows which of the PG's cancels is ours, and the case is not kept up to date.
    if (payment.openAttempt) return fail(problem('payment-blocked-open-attempt'))
    const after = payment.ledgerBalance + found.difference
    if (after < 0) return fail(problem('drift-over-paid', { orderNo: payment.orderNo }))
    if (after < payment.reserved) return fail(problem('drift-reservation-held', { orderNo: payment.orderNo }))
    writeCorrections(context, found)
    settleCase(ledger, caseId, { action: 'adopted', personId: who.personId, reason, atMs: context.nowMs() })
    ledger.audit.append({
      who: who.personId,
      action: 'drift.adopted',
      subject: caseId,
      detail: { payment: found.paymentId, difference: found.difference },
    })
    return ok(null)
  })
  return finish(context, caseId, result)
}

function writeCorrections(context: CoreContext, found: DriftCase): void {
  const { ledger } = context
  const atMs = context.nowMs()
  const link = { paymentId: found.paymentId, source: 'adopted' as const, caseId: found.caseId, recordedAtMs: atMs }
  const ours =
    found.ourEntryId === null
      ? undefined
      : entriesOf(ledger, found.paymentId).find((entry) => entry.entryId === found.ourEntryId)
  if (ours !== undefined) correctEntry(ledger, ours, { ...link, entryId: context.newId('entry') })
  // What the PG holds in its place; a case without a cancel of its own leaves only the difference to take over.
  const takenOver = found.pgAmount ?? (found.kind === 'only-here' ? null : won((ours?.amount ?? 0) - found.difference))
  if (takenOver === null || takenOver === 0) return
  if (takenOver < 0) throw new Error(`case ${found.caseId} would adopt a negative cancel`)
  insertEntry(ledger, {
    ...link,
    entryId: context.newId('entry'),
    amount: takenOver,
    atMs: found.pgAtMs ?? ours?.atMs ?? atMs,
    cancelKey: found.pgCancelKey,
  })
}

/**
 * Our side is right: the case is closed with a reason, and no entry changes. What a PG like KICC has told is only what was
 * collected of it, so a person who has looked at its console corrects that as well: nothing would ever be read anew.
 * Problems: not-found, reason-missing, drift-already-settled.
 */
export function dismissDrift(
  context: CoreContext,
  who: PersonView,
  caseId: DriftCaseId,
  reason: string,
): Result<DriftView, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const result = ledger.write((): Result<null, Problem> => {
    const found = findCase(ledger, caseId)
    if (found === null) return fail(problem('not-found'))
    if (found.state !== 'open') return fail(problem('drift-already-settled'))
    settleCase(ledger, caseId, { action: 'dismissed', personId: who.personId, reason, atMs: context.nowMs() })
    const { channelId } = requirePayment(ledger, found.paymentId)
    if (context.gatewayOf(channelId).reads.kind === 'requests') correctWords(context, found)
    ledger.audit.append({
      who: who.personId,
      action: 'drift.dismissed',
      subject: caseId,
      detail: { payment: found.paymentId, difference: found.difference },
    })
    return ok(null)
  })
  return finish(context, caseId, result)
}

/** Brings what the PG has told in line with ours, in the one thing that the case is about. */
function correctWords({ ledger, newId }: CoreContext, found: DriftCase): void {
  const { paymentId, kind, pgCancelKey, pgAmount } = found
  const ours =
    found.ourEntryId === null
      ? undefined
      : entriesOf(ledger, paymentId).find(({ entryId }) => entryId === found.ourEntryId)
  if ((kind === 'only-at-pg' || kind === 'amount-differs') && pgAmount !== null) {
    const word = lastSeen(ledger, paymentId).cancels.find((each) => cancelKeyOf(each) === pgCancelKey)
    if (word !== undefined) dropPgCancel(ledger, newId, paymentId, word)
  }
  if ((kind === 'only-here' || kind === 'amount-differs') && ours !== undefined) {
    const word = { cancelKey: ours.cancelKey, pgTransactionKey: null, amount: ours.amount, cancelledAtMs: ours.atMs }
    recordPgCancel(ledger, newId, paymentId, { ...word, reason: ours.tag ?? '' }, null)
  }
  if (kind === 'history-sum-differs') countWords(ledger, newId, paymentId)
}

function finish(context: CoreContext, caseId: DriftCaseId, result: Result<null, Problem>): Result<DriftView, Problem> {
  if (!result.ok) return result
  const shown = showDrift(context, caseId)
  if (shown.ok) reconcilePayment(context, shown.value.paymentId)
  context.changed('drift', 'payments', 'home', 'audit')
  return showDrift(context, caseId)
}
