import { paymentIdOf, type ChannelId } from '../../../../domain/ids'
import { isWon, won, type Won } from '../../../../domain/money'
import {
  PAYMENT_STATUSES,
  type CancelFact,
  type PaymentMethod,
  type PaymentStatus,
  type PgPayment,
} from '../../../../domain/payment'
import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import type { WireCancel, WirePayment } from './schemas'

const METHODS: ReadonlyMap<string, PaymentMethod> = new Map([
  ['card', 'card'],
  ['trans', 'transfer'],
  ['vbank', 'virtual-account'],
  ['phone', 'mobile'],
  ...['samsung', 'ssgpay', 'lpay', 'payco', 'kakaopay', 'tosspay', 'naverpay', 'applepay'].map(
    (name) => [name, 'easy-pay'] as const,
  ),
])

/** Vouchers, points, foreign methods and every method that is new to us are `other`: shown, never refunded. */
export function methodOf(payMethod: string): PaymentMethod {
  return METHODS.get(payMethod) ?? 'other'
}

/** A status that is new to us counts as not paid: nothing may be refunded on a guess. */
export function statusOf(status: string): PaymentStatus {
  return PAYMENT_STATUSES.find((known) => known === status) ?? 'ready'
}

const msOf = (seconds: number): number => seconds * 1000
const textOrNull = (text: string): string | null => (text === '' ? null : text)

/**
 * Won must be whole: half a won means that we misread the answer. Amounts in other currencies are only shown, so their
 * whole part is enough.
 */
function amountOf(amount: number, currency: string): Won | null {
  if (currency !== 'KRW') return won(Math.trunc(amount))
  return isWon(amount) ? won(amount) : null
}

function promotionOf(promotion: unknown): boolean {
  return typeof promotion === 'object' && promotion !== null && Object.keys(promotion).length > 0
}

function cancelOf(wire: WireCancel, currency: string): CancelFact | null {
  const amount = amountOf(wire.amount, currency)
  if (amount === null) return null
  return {
    cancelKey: textOrNull(wire.cancellation_id),
    pgTransactionKey: textOrNull(wire.pg_tid),
    amount,
    cancelledAtMs: msOf(wire.cancelled_at),
    reason: wire.reason,
  }
}

/** From PortOne's words to ours; the one place where seconds become milliseconds. Problem: pg-odd-answer. */
export function paymentOf(wire: WirePayment, channelId: ChannelId): Result<PgPayment, Problem> {
  const { currency } = wire
  const paid = amountOf(wire.amount, currency)
  const cancelledTotal = amountOf(wire.cancel_amount, currency)
  const cancels = wire.cancel_history.map((entry) => cancelOf(entry, currency))
  if (paid === null || cancelledTotal === null || !cancels.every((cancel) => cancel !== null)) {
    return fail(problem('pg-odd-answer', { what: 'amount' }))
  }
  return ok({
    channelId,
    paymentId: paymentIdOf(channelId, wire.imp_uid),
    pgKey: wire.imp_uid,
    orderNo: wire.merchant_uid,
    method: methodOf(wire.pay_method),
    provider: wire.pg_provider,
    pgTransactionKey: textOrNull(wire.pg_tid),
    status: statusOf(wire.status),
    currency,
    paid,
    cancelledTotal,
    cancels,
    paidAtMs: wire.paid_at === 0 ? null : msOf(wire.paid_at),
    buyerName: wire.buyer_name,
    productName: wire.name,
    escrow: wire.escrow,
    sandbox: wire.sandbox,
    promotion: promotionOf(wire.promotion),
  })
}

/** All of them or none: a payment that cannot be read must not go missing unseen. Problem: pg-odd-answer. */
export function paymentsOf(wires: readonly WirePayment[], channelId: ChannelId): Result<readonly PgPayment[], Problem> {
  const payments: PgPayment[] = []
  for (const wire of wires) {
    const payment = paymentOf(wire, channelId)
    if (!payment.ok) return payment
    payments.push(payment.value)
  }
  return ok(payments)
}
