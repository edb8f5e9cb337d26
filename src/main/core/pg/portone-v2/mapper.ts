import { paymentIdOf, type ChannelId } from '../../../../domain/ids'
import { won, type Won } from '../../../../domain/money'
import type { CancelFact, PaymentMethod, PaymentStatus, PgPayment } from '../../../../domain/payment'
import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import { parseWith } from '../answers'
import { providerOf } from './providers'
import { PaymentSchema, RowSchema, type WireCancellation, type WirePayment } from './schemas'
import type { IsOurStore } from './stores'

/** What is read of a channel. */
export interface Scope {
  readonly channelId: ChannelId
  readonly isOurStore: IsOurStore
  readonly includeTest: boolean
}

const METHODS: ReadonlyMap<string, PaymentMethod> = new Map([
  ['PaymentMethodCard', 'card'],
  ['PaymentMethodTransfer', 'transfer'],
  ['PaymentMethodVirtualAccount', 'virtual-account'],
  ['PaymentMethodMobile', 'mobile'],
  ['PaymentMethodEasyPay', 'easy-pay'],
])

/** Vouchers, coins, convenience stores and every method that is new to us are `other`: shown, never refunded. */
export function methodOf(type: string): PaymentMethod {
  return METHODS.get(type) ?? 'other'
}

const STATUSES: ReadonlyMap<string, PaymentStatus> = new Map([
  ['PAID', 'paid'],
  ['PARTIAL_CANCELLED', 'paid'],
  ['CANCELLED', 'cancelled'],
  ['FAILED', 'failed'],
])

/** Waiting, or new to us, counts as not paid: nothing may be refunded on a guess. */
export function statusOf(status: string): PaymentStatus {
  return STATUSES.get(status) ?? 'ready'
}

const textOrNull = (text: string): string | null => (text === '' ? null : text)

/** Digits after the point, such as 2 for dollars. */
function fractionDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    // No currency at all: the amount is only shown, and says so little then that two digits are as good as any.
    return 2
  }
}

/** Amounts in other currencies come in their smallest unit and are only shown, so their whole part is enough. */
function amountOf(amount: number, currency: string): Won {
  return won(currency === 'KRW' ? amount : Math.trunc(amount / 10 ** fractionDigits(currency)))
}

/** One that failed, or was only asked for, has moved no money. */
function isDone({ status }: WireCancellation): boolean {
  return status === 'SUCCEEDED'
}

/** Accepted, with the result still to come. */
function isAsked({ status }: WireCancellation): boolean {
  return status === 'REQUESTED'
}

/** Some PGs tell no time of the cancel itself; the time it was asked for is the nearest to it. */
function cancelOf(wire: WireCancellation, currency: string): CancelFact {
  return {
    cancelKey: wire.id,
    pgTransactionKey: textOrNull(wire.pgCancellationId),
    amount: amountOf(wire.totalAmount, currency),
    cancelledAtMs: wire.cancelledAt ?? wire.requestedAt,
    reason: wire.reason,
  }
}

/**
 * From PortOne's words to ours. `amount.total` is what V1 calls the amount; where something was discounted the payment is
 * shown only, since what the customer paid and what can be cancelled are two numbers then.
 */
export function paymentOf(wire: WirePayment, channelId: ChannelId): PgPayment {
  const { currency, amount } = wire
  return {
    channelId,
    paymentId: paymentIdOf(channelId, wire.id),
    pgKey: wire.id,
    orderNo: wire.id,
    method: methodOf(wire.method?.type ?? ''),
    provider: providerOf(wire.channel?.pgProvider ?? ''),
    pgTransactionKey: textOrNull(wire.pgTxId),
    status: statusOf(wire.status),
    currency,
    paid: amountOf(amount.total, currency),
    cancelledTotal: amountOf(amount.cancelled, currency),
    cancels: wire.cancellations.filter(isDone).map((cancel) => cancelOf(cancel, currency)),
    requested: wire.cancellations.filter(isAsked).map((cancel) => cancelOf(cancel, currency)),
    paidAtMs: wire.paidAt ?? null,
    buyerName: wire.customer?.name ?? '',
    productName: wire.orderName,
    escrow: typeof wire.escrow === 'object' && wire.escrow !== null,
    sandbox: wire.channel?.type === 'TEST',
    promotion: amount.discount > 0 || wire.promotionId !== '',
  }
}

/** One payment of an answer; null where it is not this channel's to show. Problem: pg-odd-answer. */
export function readPayment(item: unknown, scope: Scope): Result<PgPayment | null, Problem> {
  const row = parseWith(RowSchema, item)
  if (row?.version === 'V1') return ok(null)
  const wire = parseWith(PaymentSchema, item)
  if (wire === null) return fail(problem('pg-odd-answer', { what: 'payment' }))
  if (!scope.isOurStore(wire.storeId)) return fail(problem('pg-odd-answer', { what: 'several-stores' }))
  const payment = paymentOf(wire, scope.channelId)
  return ok(payment.sandbox && !scope.includeTest ? null : payment)
}

/** All of them or none: a payment that cannot be read must not go missing unseen. Problem: pg-odd-answer. */
export function readPayments(items: readonly unknown[], scope: Scope): Result<readonly PgPayment[], Problem> {
  const payments: PgPayment[] = []
  for (const item of items) {
    const payment = readPayment(item, scope)
    if (!payment.ok) return payment
    if (payment.value !== null) payments.push(payment.value)
  }
  return ok(payments)
}

/** How a row of a list is told from the others, whatever else stands in it. */
export const rowKeyOf = (item: unknown): string => {
  const row = parseWith(RowSchema, item)
  return row === null ? '' : `${row.version}:${row.id}`
}
