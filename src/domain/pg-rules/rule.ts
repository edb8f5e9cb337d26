import type { PaymentMethod } from '../payment'
import type { PgKind } from '../pg'
import type { Severity } from '../problem'

/**
 * Who says so: the PG or its interface in writing, nobody but we by prudence, or a source that is weak or contradicted
 * and that a test at the PG has to settle.
 */
export type Confidence = 'official' | 'own' | 'unconfirmed'

/** What a rule says, by its kind. Minutes are since midnight in Seoul, months and days those of Seoul. */
export type RuleData =
  | { readonly kind: 'unknown-provider' }
  | { readonly kind: 'not-refundable' }
  /** The PG gives it back by a request that this program does not send. */
  | { readonly kind: 'cancel-elsewhere' }
  | { readonly kind: 'escrow'; readonly remedy: 'console' | 'status-change' }
  /** The refund services that the channel has ordered. */
  | { readonly kind: 'needs-service' }
  | { readonly kind: 'needs-contract' }
  | { readonly kind: 'fee'; readonly won: number }
  | { readonly kind: 'cash-receipt-by-hand' }
  /** Money cannot go back the way it came: bank, account and holder are needed. */
  | { readonly kind: 'needs-account' }
  /** The same, in a later month than the payment's, where the merchant has the contract that `contract` waits for. */
  | { readonly kind: 'account-after-month'; readonly contract: string }
  | { readonly kind: 'needs-phone' }
  /** Only banks of the list of the PG behind the channel. */
  | { readonly kind: 'bank-table' }
  | { readonly kind: 'account-max'; readonly max: number }
  /** UTF-16 units: the stricter reading where nobody says what a character is. */
  | { readonly kind: 'holder-max'; readonly max: number }
  | { readonly kind: 'holder-bytes-max'; readonly max: number }
  | { readonly kind: 'characters'; readonly allowed: TextPredicate }
  | { readonly kind: 'full-only' }
  /** How many partial refunds a payment takes. */
  | { readonly kind: 'partial-max'; readonly max: number }
  | { readonly kind: 'partial-contract' }
  /** Only in the calendar month of the payment. */
  | { readonly kind: 'same-month' }
  | { readonly kind: 'month-unconfirmed' }
  | { readonly kind: 'refund-age'; readonly months: number }
  | { readonly kind: 'refund-age-days'; readonly days: number }
  /** `fromMinute` is inclusive, `untilMinute` exclusive; from > until goes over midnight. */
  | { readonly kind: 'night-window'; readonly fromMinute: number; readonly untilMinute: number }
  /** Tax-free part and VAT are parts of the amount, and a tax-free part that the payment has is named. */
  | { readonly kind: 'tax-parts' }
  /** A missing tax-free part is not taken as 0 there, so it is always sent. */
  | { readonly kind: 'tax-free-sent' }
  | { readonly kind: 'tax-split' }
  /** VAT is needed where the payment gave it, which nobody sees. `mixed`: only rows of which a part is tax-free are doubted. */
  | { readonly kind: 'vat-on-partial'; readonly doubted: 'always' | 'mixed' }
  | { readonly kind: 'tax-free-on-partial' }
  | { readonly kind: 'basket-needed'; readonly itemKeyMax: number; readonly sellerMax: number }
  | { readonly kind: 'basket-not-sent' }
  /** The answer means "asked": balance and history follow later. */
  | { readonly kind: 'asynchronous' }
  /** Nobody says whether balance and history follow at once: neither promised nor repeated. */
  | { readonly kind: 'timing-unknown' }

/** Which texts a PG takes, by the name of the check. */
export type TextPredicate = 'kicc-text'

/** One rule of the book: whom it binds, what it says, who says so. */
export type Rule = RuleData & {
  /** Stable: overrides are stored under it. */
  readonly id: string
  readonly pgs: readonly PgKind[]
  /** The PGs behind the interface that it binds; left out = every one, `unknown` = those that the book does not know. */
  readonly providers?: readonly string[] | 'unknown'
  /** Providers that have a rule of their own, or an exemption. */
  readonly except?: readonly string[]
  readonly methods: readonly PaymentMethod[]
  /** What breaking it means for a row; `note` only informs. */
  readonly severity: Severity
  readonly source: string
  readonly confidence: Confidence
  /** Whether a merchant may have agreed otherwise with the PG. Never so for what a field cannot hold. */
  readonly overridable: boolean
}

/** Whom a question to the rule book is about. `overrides`: ids of the rules that do not hold for this channel. */
export interface RuleScope {
  readonly pg: PgKind
  /** Rule-book key of the acquiring PG, as in `PgPayment.provider`. */
  readonly provider: string
  readonly method: PaymentMethod
  readonly overrides?: ReadonlySet<string>
}
