import type { ChannelId } from '../../../domain/ids'
import type { RefundAmount, Won } from '../../../domain/money'
import type { CancelFact, PaymentMethod, PaymentStatus, PgPayment } from '../../../domain/payment'
import type { Problem } from '../../../domain/problem'
import type { BasketItem, RefundAccount } from '../../../domain/refund-order'
import type { Result } from '../../../domain/result'
import type { KstDate } from '../../../domain/time'

/** A payment asked for by the PG's key or by the shop's order number. */
export type PaymentRef =
  | { readonly by: 'pg-key'; readonly key: string }
  | { readonly by: 'order-no'; readonly orderNo: string }

/** Everything that decides the bytes of a cancel. Made once, when the attempt is prepared. */
export interface CancelIntent {
  readonly pgKey: string
  /** The transaction that the payment belongs to, where the PG names it apart from the payment. */
  readonly pgTransactionKey: string | null
  /** Asked again by the PG's rules when the account fields are encoded. */
  readonly provider: string
  readonly method: PaymentMethod
  /** What was paid, in won: a refund of all of it is a full one. */
  readonly paid: RefundAmount
  readonly amount: RefundAmount
  /** OUR ledger's balance before this cancel, in won. */
  readonly checksum: RefundAmount
  readonly taxFree: Won | null
  readonly vat: Won | null
  readonly account: RefundAccount | null
  /** The goods given back, where the payment was split among sellers. */
  readonly basket: readonly BasketItem[]
  /** The Seoul day on which the attempt was prepared. */
  readonly requestedOn: KstDate
  /** At most 10 ASCII characters, stands first in the text stored with the cancel. */
  readonly tag: string
  readonly reason: string
}

/** The exact bytes of a request, stored with the attempt before they are sent. */
export interface EncodedCancel {
  readonly body: string
}

/** What was said, safe to keep and to show: secrets, tokens and accounts are scrubbed. */
export interface Transcript {
  readonly method: string
  readonly path: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly httpStatus: number | null
  readonly request: string
  readonly response: string
}

/** The PG took it and shows our cancel, in the payment's history or in its answer. */
export interface AcceptedCancel {
  readonly kind: 'accepted'
  /** The whole payment; null where the PG shows only the cancel. */
  readonly payment: PgPayment | null
  readonly cancel: CancelFact
  /** What the PG says is left of the payment, in won, where it shows only the cancel; null where it does not say. */
  readonly balanceAfter: Won | null
  /** The refund was taken, the cash receipt was not: the PG's words. */
  readonly receiptTrouble: string | null
  readonly transcript: Transcript
}

export type CancelOutcome =
  | AcceptedCancel
  /** The PG took it, its history does not show it (yet). */
  | { readonly kind: 'pending'; readonly payment: PgPayment | null; readonly transcript: Transcript }
  /** A refusal from the table of known clean refusals: nothing happened. */
  | {
      readonly kind: 'rejected'
      readonly why: 'balance-differs' | 'already-cancelled' | 'no-such-payment' | 'field-error'
      readonly pgMessage: string
      readonly transcript: Transcript
    }
  /** A refusal that is not known to be clean: re-read before anything else. */
  | {
      readonly kind: 'unproven'
      readonly pgMessage: string
      readonly retryAfterMs: number | null
      readonly transcript: Transcript
    }
  /** The request may have arrived; the answer is lost or odd. */
  | {
      readonly kind: 'unknown'
      readonly why: 'timeout' | 'connection-lost' | 'odd-answer'
      readonly transcript: Transcript
    }
  /** Surely nothing left: no connection could be made, or no token could be had. */
  | { readonly kind: 'not-sent'; readonly problem: Problem; readonly transcript: Transcript }

export interface LookupAnswer {
  readonly found: readonly PgPayment[]
  readonly missing: readonly PaymentRef[]
}

export interface ListQuery {
  readonly status: PaymentStatus | 'all'
  /** Inclusive, UTC ms. The gateway splits windows longer than the PG allows. */
  readonly fromMs: number
  readonly toMs: number
}

export interface ListPage {
  readonly payments: readonly PgPayment[]
  readonly done: number
  readonly all: number
}

export interface ConnectionReport {
  /** Difference of the PG's clock to ours, ms (PG − ours), null where the PG does not tell. */
  readonly clockDifferenceMs: number | null
  readonly tokenLifeMs: number | null
  readonly samplePayments: number
}

/** The keys of a channel, as the vault hands them over. */
export interface ChannelSecrets {
  readonly [name: string]: string
}

/** A PG that shows payments, each with its whole history. */
export interface PaymentReads {
  readonly kind: 'payments'
  /** At most `lookupMax` references in one call. */
  readonly lookupMax: number
  lookup(refs: readonly PaymentRef[], signal?: AbortSignal): Promise<Result<LookupAnswer, Problem>>
  /** Pages in order; rows may repeat over pages and are de-duplicated by key. A failing page ends the walk. */
  list(query: ListQuery, signal?: AbortSignal): AsyncIterable<Result<ListPage, Problem>>
}

/** A gateway to a PG that shows payments. */
export interface PaymentGateway extends Gateway {
  readonly reads: PaymentReads
}

/** What a PG says of one request of ours, asked by the key that the request carried. */
export type RequestFinding =
  | AcceptedCancel
  /** It shows that it refused this request: nothing happened. */
  | { readonly kind: 'refused'; readonly pgMessage: string; readonly transcript: Transcript }
  /** It knows no such request, so far. */
  | { readonly kind: 'none'; readonly transcript: Transcript }
  /** It has the request and does not know the result itself. */
  | { readonly kind: 'unsettled'; readonly pgMessage: string; readonly transcript: Transcript }

/** A PG that shows no payments, only what became of our own requests, and those for a few days. */
export interface RequestReads {
  readonly kind: 'requests'
  /**
   * Asks what became of a request. Moves no money. Problems: pg-look-up-closed, those of the gateway; pg-odd-answer where
   * the answer is about another request.
   */
  findRequest(
    encoded: EncodedCancel,
    intent: CancelIntent,
    signal?: AbortSignal,
  ): Promise<Result<RequestFinding, Problem>>
}

/**
 * The port to a payment gateway. Problems returned: pg-offline, pg-timeout, pg-refused-keys, pg-keys-missing, pg-busy,
 * pg-odd-answer, cancelled. Nothing here repeats a cancel; reads may be repeated inside.
 */
export interface Gateway {
  readonly channelId: ChannelId
  readonly reads: PaymentReads | RequestReads
  /** Pure: the same intent always gives the same bytes. Throws on an intent that the rules should have stopped. */
  encodeCancel(intent: CancelIntent): EncodedCancel
  /**
   * Sends these bytes once; what proves the sender (a token, a signature) is added here and never stored. `intent` tells
   * what to look for in the answer.
   */
  sendCancel(encoded: EncodedCancel, intent: CancelIntent, signal?: AbortSignal): Promise<CancelOutcome>
  /** Proves address, keys and clock without moving money. */
  testConnection(signal?: AbortSignal): Promise<Result<ConnectionReport, Problem>>
  close(): Promise<void>
}
