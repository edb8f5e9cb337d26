import type { Won } from './money'
import type { PgPayment } from './payment'

/** A payment as a notification tells it: without a channel, and without a history. */
export type NoticedPayment = Omit<PgPayment, 'channelId' | 'paymentId' | 'cancelledTotal' | 'cancels'>

interface NoticeHead {
  /** The PG's number of the merchant, which names the channel. */
  readonly merchantId: string
  /** Equal notifications have equal fingerprints: SHA-256, hex. A PG repeats itself. */
  readonly fingerprint: string
  /** When what it tells of happened; null where it does not say. UTC ms. */
  readonly atMs: number | null
  readonly orderNo: string
}

/** What one notification of a PG tells, as it lies in the merchant's own log. */
export type PgNotice = NoticeHead &
  (
    | { readonly kind: 'paid'; readonly payment: NoticedPayment }
    /** A cancel or a real-time refund, whoever asked for it. */
    | {
        readonly kind: 'cancelled'
        /** The PG's key of the payment, or of the transaction that it belongs to. */
        readonly pgKey: string
        readonly cancelKey: string
        readonly amount: Won
        readonly balanceAfter: Won | null
        /** It says that the money was paid to the account. */
        readonly paidOut: boolean
      }
    /** Paid to the account. It has no amount: the cancel's key joins it. */
    | { readonly kind: 'paid-out'; readonly pgKey: string; readonly cancelKey: string }
    /** The bank did not take it. */
    | {
        readonly kind: 'payout-failed'
        readonly pgKey: string
        /** Null where the PG does not tell it; then the account joins it. */
        readonly cancelKey: string | null
        /** Digits only. */
        readonly accountNo: string | null
        readonly pgMessage: string
      }
    /** The bank took a deposit back: the payment is none any more. */
    | { readonly kind: 'withdrawn'; readonly pgKey: string }
    /** Nothing that this program acts on. */
    | { readonly kind: 'other'; readonly what: string }
  )
