import type { IncomingHttpHeaders } from 'node:http'
import type { Books, CancelRequestNote } from './books'
import type { KiccReviseNote } from './kicc/payment'
import type { V2CancelNote } from './portone-v2/books-part'
import type { FaultRule, Scenario } from './scenario'
import type { Fields } from './wire'

/** A request before its body was read: what it takes to say whose it is. */
export interface PracticeTarget {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
}

export interface PracticeRequest extends PracticeTarget {
  readonly fields: Fields
}

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number
  /** The protocol's own result code, which stands somewhere in the body as well; for the notes. */
  readonly code: number | string | null
  /** Becomes the JSON text. */
  readonly body: unknown
}

/** What a request that moves money said, less everything personal; null or missing where it is not of that kind. */
export interface RequestWords {
  /** PortOne V1. */
  readonly cancel: CancelRequestNote | null
  /** KICC. */
  readonly revise: KiccReviseNote | null
  /** PortOne V2. */
  readonly v2Cancel: (V2CancelNote & { readonly paymentId: string; readonly idempotencyKey: string | null }) | null
}

/** How a protocol says what went wrong, for faults that are not of its own making. */
export interface Failures {
  /** The body was too long, or is not what the protocol reads. */
  unreadable(status: 400 | 413): WireAnswer
  unauthorized(): WireAnswer
  /** The business operation was not carried out. */
  refusal(code: number | string | undefined, message: string | undefined): WireAnswer
  /** The same answer, about another payment. */
  ofAnother(answer: WireAnswer): WireAnswer
  /** The same answer without its content. */
  emptied(answer: WireAnswer): WireAnswer
}

/** One PG's wire protocol. The server knows nothing of payments; a protocol knows nothing of sockets. */
export interface PracticeProtocol {
  owns(target: PracticeTarget): boolean
  /** Keys of every payment that the request is about, wherever they stand: fault rules strike by them. */
  subjects(request: PracticeRequest): readonly string[]
  /**
   * Called as soon as a request is there, before a fault can hold it. Gives back what to do when it is over, or the
   * answer that it gets instead of its own.
   */
  begin?(request: PracticeRequest): (() => void) | WireAnswer | undefined
  /** The only place where an effect happens; durable on return. `fault` is the rule that strikes, for those that a protocol plays itself. */
  answer(request: PracticeRequest, fault?: FaultRule): WireAnswer
  note?(request: PracticeRequest): Partial<RequestWords>
  readonly failures: Failures
}

/** What every protocol is made from. */
export interface ProtocolDesk {
  readonly books: Books
  readonly nowMs: () => number
  readonly scenario: () => Scenario
}
