import { seconds } from '../clock'
import type { Account } from '../books'
import type { PracticeCancel, WireStatus } from './payment'

/** What PortOne shows as the reason of a cancel that came without one. */
export const DEFAULT_REASON = '취소요청api'

/** Sums amounts to the cent, since dollars come with fractions. */
export function sum(amounts: readonly number[]): number {
  return Math.round(amounts.reduce((total, amount) => total + amount, 0) * 100) / 100
}

/** In the order in which they came into the history. */
export function shownCancels(account: Account): readonly PracticeCancel[] {
  const shown = account.cancels.filter((cancel) => cancel.shownAtMs !== null)
  return shown.toSorted((a, b) => (a.shownAtMs ?? 0) - (b.shownAtMs ?? 0))
}

/** What PortOne believes is left: refunds on their way are not in it yet. */
export function shownBalance(account: Account): number {
  return sum([account.payment.amount, ...shownCancels(account).map((cancel) => -cancel.amount)])
}

/** What the PG behind really holds: refunds on their way are gone. */
export function trueBalance(account: Account): number {
  return sum([account.payment.amount, ...account.cancels.map((cancel) => -cancel.amount)])
}

/** There is no status for a partial cancel: it stays `paid` until nothing is left. */
export function statusOf(account: Account): WireStatus {
  const { status } = account.payment
  return status === 'paid' && shownBalance(account) <= 0 ? 'cancelled' : status
}

/** The instant by which a list of this status is searched. */
export function statusAtMs(account: Account): number {
  const { payment } = account
  switch (statusOf(account)) {
    case 'ready':
      return payment.startedAtMs
    case 'paid':
      return payment.paidAtMs ?? 0
    case 'failed':
      return payment.failedAtMs ?? 0
    case 'cancelled':
      return shownCancels(account).at(-1)?.shownAtMs ?? 0
  }
}

const at = (atMs: number | null | undefined): number => (atMs === null || atMs === undefined ? 0 : seconds(atMs))

/** The payment object of the wire (PaymentAnnotation in the official schema); what does not apply is null, times are 0. */
export function paymentView(account: Account): Readonly<Record<string, unknown>> {
  const { payment } = account
  const cancels = shownCancels(account)
  const last = cancels.at(-1)
  return {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    pay_method: payment.payMethod,
    channel: 'pc',
    pg_provider: payment.pgProvider,
    emb_pg_provider: null,
    pg_tid: payment.pgTid,
    pg_id: payment.pgId,
    sandbox: payment.sandbox,
    escrow: payment.escrow,
    apply_num: payment.card?.applyNum ?? null,
    bank_code: payment.bank?.code ?? null,
    bank_name: payment.bank?.name ?? null,
    card_code: payment.card?.code ?? null,
    card_name: payment.card?.name ?? null,
    card_issuer_code: null,
    card_issuer_name: null,
    card_publisher_code: null,
    card_publisher_name: null,
    card_quota: 0,
    card_number: payment.card?.number ?? null,
    card_type: payment.card === null ? null : 0,
    vbank_code: payment.vbank?.code ?? null,
    vbank_name: payment.vbank?.name ?? null,
    vbank_num: payment.vbank?.num ?? null,
    vbank_holder: payment.vbank?.holder ?? null,
    vbank_date: at(payment.vbank?.dueAtMs),
    vbank_issued_at: payment.vbank === null ? 0 : at(payment.startedAtMs),
    name: payment.name,
    amount: payment.amount,
    cancel_amount: sum(cancels.map((cancel) => cancel.amount)),
    currency: payment.currency,
    buyer_name: payment.buyerName,
    buyer_email: payment.buyerEmail,
    buyer_tel: payment.buyerTel,
    buyer_addr: null,
    buyer_postcode: null,
    custom_data: null,
    user_agent: null,
    status: statusOf(account),
    started_at: at(payment.startedAtMs),
    paid_at: at(payment.paidAtMs),
    failed_at: at(payment.failedAtMs),
    cancelled_at: at(last?.shownAtMs),
    fail_reason: payment.failReason,
    cancel_reason: last?.reason ?? null,
    receipt_url: payment.card === null ? null : `https://receipt.example/${payment.pgTid}`,
    cancel_history: cancels.map((cancel) => ({
      pg_tid: cancel.pgTid,
      amount: cancel.amount,
      cancelled_at: at(cancel.shownAtMs),
      reason: cancel.reason,
      cancellation_id: cancel.id,
      receipt_url: cancel.receiptUrl,
    })),
    deposit_history: [],
    cancel_receipt_urls: cancels.flatMap((cancel) => (cancel.receiptUrl === null ? [] : [cancel.receiptUrl])),
    cash_receipt_issued: false,
    customer_uid: null,
    customer_uid_usage: null,
    promotion: null,
  }
}
