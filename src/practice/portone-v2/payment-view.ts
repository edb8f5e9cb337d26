import { amountView, cancelledAtMs, statusOf, succeededCancels } from './amounts'
import type { V2Account } from './books-part'
import type { V2Cancel, V2Payment } from './payment'

export const MERCHANT_ID = 'merchant-practice'
export const STORE_ID = 'store-practice'

type View = Readonly<Record<string, unknown>>

const iso = (atMs: number): string => new Date(atMs).toISOString()
const receiptUrl = (pgTxId: string): string => `https://receipt.example/${pgTxId}`

/** PaymentCancellation: what does not apply is left out, never null. */
export function cancellationView(cancel: V2Cancel): View {
  return {
    status: cancel.status,
    id: cancel.id,
    pgCancellationId: cancel.pgCancellationId,
    totalAmount: cancel.amount,
    taxFreeAmount: cancel.taxFree,
    vatAmount: cancel.vat,
    reason: cancel.reason,
    requestedAt: iso(cancel.requestedAtMs),
    ...(cancel.status === 'SUCCEEDED' && cancel.decidedAtMs !== null ? { cancelledAt: iso(cancel.decidedAtMs) } : {}),
    ...(cancel.status === 'SUCCEEDED' && cancel.receiptUrl !== null ? { receiptUrl: cancel.receiptUrl } : {}),
    trigger: cancel.trigger,
  }
}

/** What payments and events have in common. */
function commonView(payment: V2Payment): View {
  return {
    transactionId: payment.transactionId,
    merchantId: MERCHANT_ID,
    storeId: STORE_ID,
    method: payment.method,
    channel: payment.channel,
    version: 'V2',
    requestedAt: iso(payment.requestedAtMs),
    orderName: payment.orderName,
    currency: payment.currency,
    customer: payment.customer,
    origin: { platformType: 'PC', ipAddress: '192.0.2.1' },
    isCulturalExpense: payment.isCulturalExpense,
    ...(payment.promotion === null ? {} : { promotionId: payment.promotion.id }),
    ...(payment.escrow ? { escrow: { status: 'BEFORE_REGISTERED' } } : {}),
  }
}

/** When the payment came into its present status. */
export function statusChangedAtMs(account: V2Account): number {
  const { payment } = account
  switch (statusOf(account)) {
    case 'READY':
    case 'VIRTUAL_ACCOUNT_ISSUED':
      return payment.requestedAtMs
    case 'PAID':
      return payment.paidAtMs ?? 0
    case 'FAILED':
      return payment.failedAtMs ?? 0
    case 'PARTIAL_CANCELLED':
    case 'CANCELLED':
      return cancelledAtMs(account)
  }
}

/** The payment object of the wire, one of the schema's kinds by its status. */
export function paymentView(account: V2Account): View {
  const { payment, cancels } = account
  const status = statusOf(account)
  const common = {
    status,
    id: payment.paymentId,
    ...commonView(payment),
    updatedAt: iso(account.updatedAtMs),
    statusChangedAt: iso(statusChangedAtMs(account)),
    amount: amountView(account),
  }
  const paid = {
    ...common,
    pgTxId: payment.pgTxId,
    ...(payment.paidAtMs === null ? {} : { paidAt: iso(payment.paidAtMs) }),
    receiptUrl: receiptUrl(payment.pgTxId),
    cancellations: cancels.map(cancellationView),
  }
  switch (status) {
    case 'READY':
      return common
    case 'VIRTUAL_ACCOUNT_ISSUED':
      return { ...common, pgTxId: payment.pgTxId }
    case 'FAILED':
      return { ...common, failedAt: iso(payment.failedAtMs ?? 0), failure: payment.failure ?? {} }
    case 'PAID':
      return { ...paid, disputes: [] }
    case 'PARTIAL_CANCELLED':
    case 'CANCELLED':
      return { ...paid, cancelledAt: iso(cancelledAtMs(account)) }
  }
}

export interface V2Event {
  readonly id: string
  readonly atMs: number
  readonly view: View
}

/** PAID, then one event for every cancel that succeeded; amounts as they stood right after each. */
export function eventsOf(account: V2Account): readonly V2Event[] {
  const { payment } = account
  const { paidAtMs } = payment
  if (payment.status !== 'PAID' || paidAtMs === null) return []
  const event = (id: string, atMs: number, cancels: readonly V2Cancel[], more: View): V2Event => ({
    id,
    atMs,
    view: {
      type: statusOf({ payment, cancels }),
      id,
      paymentId: payment.paymentId,
      ...commonView(payment),
      createdAt: iso(atMs),
      totalAmount: amountView({ payment, cancels }),
      pgTxId: payment.pgTxId,
      receiptUrl: receiptUrl(payment.pgTxId),
      ...more,
    },
  })
  const paid = event(`event-${payment.transactionId}`, paidAtMs, [], {
    disputes: [],
    eventAmount: amountView({ payment, cancels: [] }).paid,
  })
  const cancels = succeededCancels(account)
  return [
    paid,
    ...cancels.map((cancel, index) =>
      event(`event-${cancel.id}`, cancel.decidedAtMs ?? 0, cancels.slice(0, index + 1), {
        cancellation: cancellationView(cancel),
        eventAmount: -cancel.amount,
      }),
    ),
  ]
}
