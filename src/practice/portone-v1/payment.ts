export type PayMethod = 'card' | 'trans' | 'vbank' | 'phone'
/** How a payment came into being; `cancelled` is never stored, it follows from the cancels. */
export type BaseStatus = 'ready' | 'paid' | 'failed'
export type WireStatus = BaseStatus | 'cancelled'

/** One cancel as it stands in the books. */
export interface PracticeCancel {
  /** Shown as `cancellation_id`. */
  readonly id: string
  readonly pgTid: string
  readonly amount: number
  readonly taxFree: number
  readonly reason: string
  /** When the request was accepted. */
  readonly acceptedAtMs: number
  /** When it came into the history; null while an asynchronous refund is on its way. */
  readonly shownAtMs: number | null
  readonly receiptUrl: string | null
  /** `shop`: came with the sample shop. `api`: asked over the wire. `console`: done at the PG's console by someone else. */
  readonly source: 'shop' | 'api' | 'console'
}

/** One payment as the practice PG keeps it; `payment-view.ts` makes the wire's object of it. */
export interface PracticePayment {
  readonly impUid: string
  readonly merchantUid: string
  readonly payMethod: PayMethod
  readonly pgProvider: string
  readonly pgTid: string
  readonly pgId: string
  readonly status: BaseStatus
  readonly currency: string
  /** In the currency's main unit: whole won, or dollars with cents. */
  readonly amount: number
  /** Part of `amount` that is free of tax; 0 for an ordinary payment. */
  readonly taxFree: number
  /** VAT that the merchant gave at payment; null where it was left to the PG. */
  readonly vatAmount: number | null
  readonly name: string
  readonly buyerName: string
  readonly buyerTel: string
  readonly buyerEmail: string
  readonly escrow: boolean
  readonly sandbox: boolean
  readonly startedAtMs: number
  readonly paidAtMs: number | null
  readonly failedAtMs: number | null
  readonly failReason: string | null
  readonly card: {
    readonly code: string
    readonly name: string
    readonly number: string
    readonly applyNum: string
  } | null
  readonly bank: { readonly code: string; readonly name: string } | null
  readonly vbank: {
    readonly code: string
    readonly name: string
    readonly num: string
    readonly holder: string
    readonly dueAtMs: number
  } | null
  /** Cancels that are older than the books. */
  readonly cancels: readonly PracticeCancel[]
}
