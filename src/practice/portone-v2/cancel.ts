import { randomBytes } from 'node:crypto'
import type { FaultRule } from '../scenario'
import type { Fields } from '../wire'
import { cancellableAmount, cancellableTaxFree, refundFor, vatOf } from './amounts'
import { done, failed, providerError, type V2Answer } from './answer'
import type { V2Account, V2Books } from './books-part'
import { noteOf, readCancelOrder, saysAmount, saysBalance, type CancelOrder } from './cancel-fields'
import { keepFor, replayOf, type RequestKey } from './idempotency'
import type { CancelStatus, V2Cancel } from './payment'
import { cancellationView, STORE_ID } from './payment-view'
import { methodRefusal, refusalOf, stateRefusal, type CancelPlan } from './rules'

export interface CancelRequest {
  readonly paymentId: string
  readonly fields: Fields
  readonly key: RequestKey | null
  readonly nowMs: number
  readonly fault: FaultRule | undefined
}

/**
 * POST /payments/{paymentId}/cancel. Judges and books in one step without waiting in between, so two requests are
 * always one after the other. Effect and kept answer are durable together when this returns.
 */
export function cancelPayment(books: V2Books, request: CancelRequest): V2Answer {
  const { paymentId, fields, key, nowMs, fault } = request
  const replay = key === null ? undefined : replayOf(books, key, nowMs)
  if (replay !== undefined) return replay
  if (!saysAmount(fields)) books.addV2Alarm({ alarm: 'implicit_full_cancel', paymentId, atMs: nowMs })
  if (!saysBalance(fields)) books.addV2Alarm({ alarm: 'no_cancellable_amount', paymentId, atMs: nowMs })

  // The provider's error is PortOne's true answer, kept for the key like any other, whatever became of the money.
  const error =
    fault?.kind === 'v2_pg_provider'
      ? providerError(String(fault.code ?? 'P000'), fault.message ?? '취소 요청이 거절되었습니다')
      : undefined
  const cancel = error !== undefined && fault?.effect !== true ? error : judge(books, request)
  if ('content' in cancel) {
    const answer = error ?? cancel
    const kept = keepFor(key, answer, nowMs)
    if (kept !== null) books.keepV2Answer(kept)
    return answer
  }
  const answer = error ?? done({ cancellation: cancellationView(cancel) })
  books.addV2Cancel(paymentId, cancel, noteOf(fields), keepFor(key, answer, nowMs))
  return answer
}

/** The cancel that is to be booked, or a refusal. */
function judge(books: V2Books, { paymentId, fields, nowMs, fault }: CancelRequest): V2Cancel | V2Answer {
  const order = readCancelOrder(fields)
  if (typeof order === 'string') return failed('INVALID_REQUEST', order)
  if (order.storeId !== null && order.storeId !== STORE_ID) return failed('FORBIDDEN', '접근 권한이 없는 상점입니다.')
  const account = books.v2Account(paymentId)
  if (account === undefined) return failed('PAYMENT_NOT_FOUND', '결제 건이 존재하지 않습니다.')
  const state = stateRefusal(account)
  if (state !== undefined) return state
  const plan = planOf(account, order)
  const refusal = refusalOf(account, order, plan) ?? methodRefusal(account, order, plan, nowMs)
  return refusal ?? newCancel(account, order, plan, nowMs, statusUnder(account, fault))
}

/**
 * No amount means everything that is left, its tax-free part included. With an amount and no tax-free part all of it
 * is taxed, even where that is the whole payment: read to the letter from the schema, not confirmed.
 */
function planOf(account: V2Account, order: CancelOrder): CancelPlan {
  const amount = order.amount ?? cancellableAmount(account)
  const taxFree = order.taxFreeAmount ?? (order.amount === null ? cancellableTaxFree(account) : 0)
  return { amount, taxFree, refund: refundFor(account, amount, order.retain) }
}

function statusUnder({ payment }: V2Account, fault: FaultRule | undefined): CancelStatus {
  if (fault?.kind === 'v2_cancellation_failed') return 'FAILED'
  // Smartro's newer module takes a virtual-account refund in and carries it out later.
  const asynchronous =
    payment.channel.pgProvider === 'SMARTRO_V2' && payment.method.type === 'PaymentMethodVirtualAccount'
  return asynchronous || fault?.kind === 'v2_cancellation_requested' ? 'REQUESTED' : 'SUCCEEDED'
}

function newCancel(
  { payment }: V2Account,
  order: Pick<CancelOrder, 'vatAmount' | 'reason' | 'retain'>,
  { amount, taxFree, refund }: CancelPlan,
  nowMs: number,
  status: CancelStatus,
): V2Cancel {
  const pgCancellationId = `${payment.channel.pgProvider.toLowerCase()}-cancel-${randomBytes(8).toString('hex')}`
  return {
    id: `cancellation-${randomBytes(10).toString('hex')}`,
    pgCancellationId,
    orderAmount: amount,
    amount: refund,
    taxFree,
    vat: order.vatAmount ?? vatOf(payment.currency, Math.max(0, refund - taxFree)),
    reason: order.reason,
    requestedAtMs: nowMs,
    decidedAtMs: status === 'REQUESTED' ? null : nowMs,
    status,
    trigger: 'API',
    retain: order.retain,
    receiptUrl: payment.method.type === 'PaymentMethodCard' ? `https://receipt.example/${pgCancellationId}` : null,
  }
}

/** A cancel that someone made at PortOne's console, past every client. Returns a refusal's type, or nothing. */
export function cancelAtConsole(
  books: V2Books,
  paymentId: string,
  amount: number,
  reason: string,
  nowMs: number,
): string | undefined {
  const account = books.v2Account(paymentId)
  if (account === undefined) return 'PAYMENT_NOT_FOUND'
  if (stateRefusal(account) !== undefined) return 'PAYMENT_NOT_PAID'
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > cancellableAmount(account)) return 'INVALID_REQUEST'
  const plan = { amount, taxFree: 0, refund: refundFor(account, amount, 'RELEASE') }
  const order = { vatAmount: null, reason, retain: 'RELEASE' } as const
  const cancel = newCancel(account, order, plan, nowMs, 'SUCCEEDED')
  books.addV2Cancel(paymentId, { ...cancel, trigger: 'CONSOLE' }, null, null)
  return undefined
}

/** What is due of the cancels that are on their way. Call it before a payment is shown. */
export function settleDue(books: V2Books, account: V2Account, nowMs: number, afterMs: number, vanishes: boolean): void {
  for (const { id, status, requestedAtMs } of account.cancels) {
    if (status === 'REQUESTED' && nowMs >= requestedAtMs + afterMs)
      books.decideV2Cancel(account.payment.paymentId, id, vanishes ? 'FAILED' : 'SUCCEEDED', nowMs)
  }
}
