import type { ChannelId, PaymentId } from './ids'
import type { Currency, Won } from './money'
import type { PgKind } from './pg'

/** How the customer paid. `other` is shown and looked up, never refunded from here. */
export const PAYMENT_METHODS = ['card', 'transfer', 'virtual-account', 'mobile', 'easy-pay', 'other'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

export const PAYMENT_STATUSES = ['ready', 'paid', 'cancelled', 'failed'] as const
/** The PG's word. There is none for "partly cancelled": derive that from the amounts. */
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

/** One cancel as a PG or a file reports it. */
export interface CancelFact {
  /** The PG's own number of this cancel, where it gives one. */
  readonly cancelKey: string | null
  readonly pgTransactionKey: string | null
  readonly amount: Won
  readonly cancelledAtMs: number
  /** Text that was stored with the cancel; a PG may shorten or replace it. */
  readonly reason: string
}

/** A payment as the PG shows it now. */
export interface PgPayment {
  readonly channelId: ChannelId
  readonly paymentId: PaymentId
  /** The PG's key of this payment. */
  readonly pgKey: string
  readonly orderNo: string
  readonly method: PaymentMethod
  /** The acquiring PG behind the channel, as a rule-book key such as `kcp` or `html5_inicis`. */
  readonly provider: string
  readonly pgTransactionKey: string | null
  readonly status: PaymentStatus
  readonly currency: Currency
  /** In won for KRW; for other currencies the whole part, only for showing. */
  readonly paid: Won
  readonly cancelledTotal: Won
  /** Sum and list need not agree: a difference is a finding. */
  readonly cancels: readonly CancelFact[]
  /** Cancels that the PG was asked for and has not carried out yet, where it tells of them: they may still take effect. */
  readonly requested?: readonly CancelFact[]
  readonly paidAtMs: number | null
  readonly buyerName: string
  readonly productName: string
  readonly escrow: boolean
  readonly sandbox: boolean
  /** Promotion or coupon amounts were involved: shown, never refunded from here. */
  readonly promotion: boolean
}

/**
 * Whether the PG shows another payment under the same key: its amount is another one or, where keys are the merchant's own
 * and unique within one store only (PortOne V2), the acquiring PG's number of it.
 */
export function isAnotherPayment(
  pg: PgKind,
  ours: Pick<PgPayment, 'paid' | 'pgTransactionKey'>,
  seen: Pick<PgPayment, 'paid' | 'pgTransactionKey'>,
): boolean {
  if (ours.paid !== seen.paid) return true
  if (pg !== 'portone-v2' || ours.pgTransactionKey === null || seen.pgTransactionKey === null) return false
  return ours.pgTransactionKey !== seen.pgTransactionKey
}
