import type { PaymentId } from './ids'
import type { RefundAmount, Won } from './money'

/** An account to refund to. `bank` is the 3-digit KFTC institution code; the PG's own code is found when sending. */
export interface RefundAccount {
  readonly bank: string
  /** Digits only. */
  readonly accountNo: string
  readonly holder: string
  /** Digits only; some PGs ask for it. */
  readonly phone: string | null
}

/** One of the goods of a payment that was split among sellers. */
export interface BasketItem {
  /** The PG's key of this part of the payment. */
  readonly itemKey: string
  readonly sellerId: string
}

/** What one row asks for, after every check: exactly this is hashed, approved and sent. */
export interface RefundOrder {
  readonly paymentId: PaymentId
  readonly amount: RefundAmount
  /** Part of `amount` that carries no tax, in won; null = the payment has none and the channel may assume 0. */
  readonly taxFree: Won | null
  /** Sent only when the file gave it. */
  readonly vat: Won | null
  /** Null where money goes back to the card or account that paid. */
  readonly account: RefundAccount | null
  /** Empty where the payment was not split. */
  readonly basket: readonly BasketItem[]
  readonly reason: string
}
