import * as v from 'valibot'
import { keysOf } from '../../../domain/attribution'
import { AttemptIdSchema, type AttemptId } from '../../../domain/ids'
import { refundAmount, type RefundAmount } from '../../../domain/money'
import type { PgPayment } from '../../../domain/payment'
import { isSynchronous } from '../../../domain/pg-rules/scope'
import { problem, type Problem } from '../../../domain/problem'
import type { RefundOrder } from '../../../domain/refund-order'
import { tagFromRandom } from '../../../domain/refund-tag'
import { REPEAT_FROM_MS, repeatDecision } from '../../../domain/repeat'
import { kstDate } from '../../../domain/time'
import type { CoreContext } from '../context'
import { insertAttempt, markSending, requireAttempt } from '../ledger/attempts'
import { addBatchEvent, batchStateOf, isCalledOff, setBatchState } from '../ledger/batches'
import { insertAnswer } from '../ledger/attempt-answers'
import { findQueued, releaseReservation, setRowState, type QueuedRow } from '../ledger/outbox'
import { requirePayment, type LedgerPayment } from '../ledger/payments'
import type { CancelIntent, CancelOutcome, EncodedCancel } from '../pg/gateway'
import type { Reading } from '../reading-order'
import { reconcilePayment } from '../usecases/reconcile'
import { ruleScopeOfAttempt } from '../rule-scope'
import { settleAnswer } from './answer'
import { takeBack } from './recover'
import { judgeRow, type StoppedState } from './judge-row'
import { sendingStop } from './sending-stop'
import { finishBatch } from './settle'
import { isFresh } from './freshness'

export type Preparation =
  | { readonly kind: 'prepared'; readonly attemptId: AttemptId }
  /** Not now: the row keeps waiting. */
  | { readonly kind: 'later'; readonly problem: Problem }
  | { readonly kind: 'stopped'; readonly problem: Problem }

/**
 * First recovery point. Judges the row against the payment as the PG shows it now, then commits the intent: tag, exact
 * body, OUR balance as the checksum, and the PG's balance and history length at this moment. `seen` is recorded in the
 * ledger already; `reading` tells when the PG was asked for it.
 */
export function prepareAttempt(
  context: CoreContext,
  queued: QueuedRow,
  seen: PgPayment,
  reading: Reading,
): Preparation {
  const { ledger } = context
  const atMs = context.nowMs()
  const judged = ledger.read(() => judgeRow(context, queued, seen, reading, atMs))
  if (judged.kind === 'later') return judged
  if (judged.kind === 'stop') return stopRow(context, queued, judged.state, judged.problem)
  const { order, payment, checksum } = judged
  const intent = intentOf(context, payment, order, checksum, atMs)
  const encoded = encode(context, payment, intent)
  // A row that the rules let through and the encoder refuses must not stop the rows behind it.
  if (encoded === null) return stopRow(context, queued, 'stopped-rule', problem('unexpected'))
  const attemptId = ledger.write(() => commitIntent(context, queued, payment, seen, intent, encoded, atMs))
  return { kind: 'prepared', attemptId }
}

function stopRow(context: CoreContext, queued: QueuedRow, state: StoppedState, found: Problem): Preparation {
  context.ledger.write(() => writeStop(context, queued, state, found))
  reconcilePayment(context, queued.paymentId)
  context.changed('rows', 'batches', 'home', 'drift')
  return { kind: 'stopped', problem: found }
}

/** Ends a waiting row before anything was sent and gives back what was held for it. Inside a unit of work. */
function writeStop(context: CoreContext, queued: QueuedRow, state: StoppedState, found: Problem): void {
  const { ledger } = context
  const atMs = context.nowMs()
  setRowState(ledger, queued.rowId, state, atMs, found)
  releaseReservation(ledger, queued.rowId, 'stopped', atMs)
  ledger.audit.append({
    who: 'program',
    action: `row.${state}`,
    subject: queued.rowId,
    detail: { problem: found.code },
  })
  finishBatch(context, queued.batchId, atMs)
}

/** Stops a row whose payment the PG does not know, unless it was taken back during the look-up. */
export function stopMissing(context: CoreContext, queued: QueuedRow, orderNo: string): void {
  const { ledger } = context
  ledger.write(() => {
    if (findQueued(ledger, queued.rowId)?.state !== 'waiting') return
    writeStop(context, queued, 'stopped-rule', problem('pg-payment-not-found', { orderNo }))
  })
  context.changed('rows', 'batches', 'home')
}

function intentOf(
  context: CoreContext,
  payment: LedgerPayment,
  order: RefundOrder,
  checksum: RefundAmount,
  atMs: number,
): CancelIntent {
  return {
    pgKey: payment.pgKey,
    pgTransactionKey: payment.pgTransactionKey,
    provider: payment.provider,
    method: payment.method,
    paid: refundAmount(payment.paid),
    amount: order.amount,
    checksum,
    taxFree: order.taxFree,
    vat: order.vat,
    account: order.account,
    basket: order.basket,
    requestedOn: kstDate(atMs),
    tag: tagFromRandom(context.randomBytes(5)),
    reason: order.reason,
  }
}

function encode(context: CoreContext, payment: LedgerPayment, intent: CancelIntent): EncodedCancel | null {
  try {
    return context.gatewayOf(payment.channelId).encodeCancel(intent)
  } catch {
    // The encoder throws on what it will not put into bytes; nothing was written or sent yet.
    return null
  }
}

/** The database refuses it where the approval, the reservation or the payment does not allow it after all. Inside a unit of work. */
function commitIntent(
  context: CoreContext,
  queued: QueuedRow,
  payment: LedgerPayment,
  seen: PgPayment,
  intent: CancelIntent,
  encoded: EncodedCancel,
  atMs: number,
): AttemptId {
  const { ledger } = context
  const attemptId = v.parse(AttemptIdSchema, context.newId('attempt'))
  insertAttempt(ledger, {
    attemptId,
    rowId: queued.rowId,
    paymentId: queued.paymentId,
    tag: intent.tag,
    checksum: intent.checksum,
    pgBalance: payment.pgBalance,
    historyLength: payment.historyLength,
    knownKeys: keysOf(seen.cancels),
    encoded,
    intent,
    preparedAtMs: atMs,
  })
  setRowState(ledger, queued.rowId, 'sending', atMs, null)
  ledger.audit.append({
    who: 'program',
    action: 'attempt.prepared',
    subject: attemptId,
    detail: { row: queued.rowId, tag: intent.tag, amount: intent.amount, checksum: intent.checksum },
  })
  if (batchStateOf(ledger, queued.batchId) === 'approved') {
    setBatchState(ledger, queued.batchId, 'running')
    addBatchEvent(ledger, queued.batchId, 'started', atMs, null)
  }
  return attemptId
}

/**
 * Second recovery point, and the request itself: "may have left" is committed, the stored bytes are sent once, and what
 * came back is committed as it came (third) and settled (fourth). The same code sends a first time and, where the rule
 * allows it, the byte-identical second time. Answers null where nothing may be sent.
 */
export async function sendAttempt(context: CoreContext, attemptId: AttemptId): Promise<CancelOutcome | null> {
  const { ledger } = context
  const attempt = ledger.write(() => {
    if (sendingStop(context) !== null) return null
    markSending(ledger, attemptId, context.nowMs())
    const sending = requireAttempt(ledger, attemptId)
    // A repeat takes its row back from "needs a look".
    if (sending.sentCount > 1) setRowState(ledger, sending.rowId, 'sending', context.nowMs(), null)
    return sending
  })
  // What was only prepared is taken back as after a crash; a repeat is left as it stands. The run says why.
  if (attempt === null) {
    if (requireAttempt(ledger, attemptId).state === 'prepared') takeBack(context, attemptId)
    return null
  }
  context.changed('rows', 'run')
  const { channelId } = requirePayment(ledger, attempt.paymentId)
  const outcome = await context.gatewayOf(channelId).sendCancel(attempt.encoded, attempt.intent)
  // Before anything else: what the PG was asked meanwhile says nothing about this request.
  context.readings.noteEnd(attempt.paymentId)
  const { sentCount: sendNo } = attempt
  ledger.writeOutcome(() => insertAnswer(ledger, { attemptId, sendNo, atMs: context.nowMs(), outcome }))
  settleAnswer(context, attemptId)
  return outcome
}

/**
 * Sends a lost request a second time, the stored bytes once more, if everything that allows it still holds. `reading` is
 * the one that showed nothing. Answers null where it may not be sent.
 */
export async function repeatAttempt(
  context: CoreContext,
  attemptId: AttemptId,
  reading: Reading,
): Promise<CancelOutcome | null> {
  const { ledger, readings } = context
  const attempt = requireAttempt(ledger, attemptId)
  const nowMs = context.nowMs()
  const decision = repeatDecision({
    sentAtMs: attempt.sentAtMs ?? attempt.preparedAtMs,
    nowMs,
    synchronous: isSynchronous(ruleScopeOfAttempt(context.ledger, attempt)),
    repeatedBefore: attempt.sentCount > 1,
    unchanged: isFresh(reading.askedAtMs, nowMs) && readings.take(attempt.paymentId, reading),
  })
  if (attempt.state !== 'unknown' || decision.kind !== 'repeat') return null
  // The clock may have been set forward since the request left, and then it may still be under way at the PG.
  if (readings.quietForMs(attempt.paymentId) < REPEAT_FROM_MS) return null
  const queued = findQueued(ledger, attempt.rowId)
  // What was taken back, or ran out, is not sent a second time either: a person decides.
  if (queued === null || queued.expiresAtMs < nowMs || isCalledOff(ledger, queued.batchId)) return null
  return sendAttempt(context, attemptId)
}
