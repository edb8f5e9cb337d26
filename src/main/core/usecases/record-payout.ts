import type { PersonView, RowDetail } from '../../../contract/views'
import type { RowId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { correctEntry } from '../ledger/cancels'
import { setRowState } from '../ledger/outbox'
import { requirePayment } from '../ledger/payments'
import { effectOfRow, insertPayoutEvent, type Effect, type PayoutProof } from '../ledger/payouts'
import { dropPgCancel } from '../ledger/pg-words'
import { findRow, requireRow } from '../ledger/refund-rows'
import { showRow } from './look-at-row'
import { reconcilePayment } from './reconcile'

/** A named person states that the money arrived. Problems: not-found, reason-missing, batch-wrong-state. */
export function recordPayout(
  context: CoreContext,
  who: PersonView,
  rowId: RowId,
  reason: string,
): Result<RowDetail, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const result = ledger.write((): Result<null, Problem> => {
    if (findRow(ledger, rowId) === null) return fail(problem('not-found'))
    const { state } = requireRow(ledger, rowId)
    if (state !== 'accepted') return fail(problem('batch-wrong-state', { state }))
    writePaidOut(context, rowId, { by: 'person', personId: who.personId, note: reason }, context.nowMs())
    return ok(null)
  })
  if (!result.ok) return result
  context.changed('rows', 'batches', 'home')
  return showRow(context, rowId)
}

/**
 * A named person states that the bank sent the money back, or that the PG refused to pay it out. The amount becomes
 * refundable again; paying it needs a new row. Problems: not-found, reason-missing, batch-wrong-state.
 */
export function recordPayoutFailure(
  context: CoreContext,
  who: PersonView,
  rowId: RowId,
  reason: string,
): Result<RowDetail, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const result = ledger.write((): Result<Effect, Problem> => {
    const row = findRow(ledger, rowId)
    if (row === null) return fail(problem('not-found'))
    const effect = effectOfRow(ledger, rowId)
    // Money that goes back to a card is not paid out by a bank.
    const paysAccount = row.order.account !== null
    if (effect === null || !paysAccount || effect.state === 'payout-failed') {
      return fail(problem('batch-wrong-state', { state: row.state }))
    }
    writePayoutFailed(context, effect, { by: 'person', personId: who.personId, note: reason }, context.nowMs())
    return ok(effect)
  })
  if (!result.ok) return result
  reconcilePayment(context, result.value.paymentId)
  context.changed('rows', 'batches', 'home', 'payments', 'drift')
  return showRow(context, rowId)
}

const whoOf = (proof: PayoutProof): string => (proof.by === 'person' ? proof.personId : 'program')

/** The money of an accepted row has arrived at that instant, UTC ms. Inside a unit of work. */
export function writePaidOut(context: CoreContext, rowId: RowId, proof: PayoutProof, arrivedAtMs: number): void {
  const { ledger } = context
  const atMs = context.nowMs()
  const stated = proof.by === 'person'
  setRowState(ledger, rowId, 'paid-out', atMs, null)
  insertPayoutEvent(ledger, rowId, 'paid-out', proof, arrivedAtMs)
  ledger.audit.append({
    who: whoOf(proof),
    action: stated ? 'row.payout-confirmed' : 'row.paid-out',
    subject: rowId,
    detail: {},
  })
}

/**
 * The bank did not take it: the row has failed, and our entry is taken back by a correction. So is what a PG like KICC has
 * told, since a new request with another account is what it asks for; a PG that shows payments says itself whether the
 * amount can be refunded again. Where nobody knows under which key that was told, it stays and is told as a difference.
 * `namedKey`: the key that the PG's own notification names. Inside a unit of work.
 */
export function writePayoutFailed(
  context: CoreContext,
  effect: Effect,
  proof: PayoutProof,
  returnedAtMs: number,
  namedKey: string | null = null,
): void {
  const { ledger } = context
  const atMs = context.nowMs()
  const { rowId, paymentId, amount, cancelKey, wordKey } = effect
  setRowState(ledger, rowId, 'payout-failed', atMs, problem('payout-failed'))
  insertPayoutEvent(ledger, rowId, 'payout-failed', proof, returnedAtMs)
  if (!effect.corrected) {
    correctEntry(ledger, effect, {
      entryId: context.newId('entry'),
      paymentId,
      source: 'payout-failed',
      recordedAtMs: atMs,
    })
  }
  const { reads } = context.gatewayOf(requirePayment(ledger, paymentId).channelId)
  const isCertain = cancelKey !== null || wordKey === null || wordKey === namedKey
  if (reads.kind === 'requests' && isCertain)
    dropPgCancel(ledger, context.newId, paymentId, { cancelKey: wordKey, amount })
  ledger.audit.append({
    who: whoOf(proof),
    action: 'row.payout-failed',
    subject: rowId,
    detail: { amount },
  })
}
