import { shownFields, type Shown } from '../scrub'

/**
 * Every field of PortOne V2 that this adapter sends or reads, from the official schema (OpenAPI 3, version 1.16.0, state
 * of 2026-07-03), which gives no lengths. Nothing else is sent, nothing else is read; a test compares the tables with
 * that schema.
 */
export interface WireField {
  readonly type: 'string' | 'integer' | 'boolean' | 'array' | 'object'
  /** What a kept transcript shows. A field that is not in these tables is masked. */
  readonly transcript: Shown
}

type WireTable = Readonly<Record<string, WireField>>

const field = (type: WireField['type'], transcript: WireField['transcript'] = 'kept'): WireField => ({
  type,
  transcript,
})

/** GET /payments/{paymentId} */
export const LOOKUP_QUERY = { storeId: field('string') } as const satisfies WireTable

/** GET /payments, as JSON in the query `requestBody`. */
export const LIST_BODY = { page: field('object'), filter: field('object') } as const satisfies WireTable
export const LIST_PAGE = { number: field('integer'), size: field('integer') } as const satisfies WireTable
export const LIST_FILTER = {
  storeId: field('string'),
  timestampType: field('string'),
  from: field('string'),
  until: field('string'),
  isTest: field('boolean'),
  sortBy: field('string'),
  sortOrder: field('string'),
  version: field('string'),
} as const satisfies WireTable

export const LIST_ANSWER = { items: field('array'), page: field('object') } as const satisfies WireTable
export const PAGE_INFO = {
  number: field('integer'),
  size: field('integer'),
  totalCount: field('integer'),
} as const satisfies WireTable

/** GET /payment-events-by-cursor, the same way. */
export const EVENTS_BODY = {
  storeId: field('string'),
  from: field('string'),
  until: field('string'),
  cursor: field('string'),
  size: field('integer'),
} as const satisfies WireTable
export const EVENTS_ANSWER = { items: field('array') } as const satisfies WireTable
export const EVENT_ITEM = { paymentEvent: field('object'), cursor: field('string') } as const satisfies WireTable
export const EVENT = {
  paymentId: field('string'),
  storeId: field('string'),
  version: field('string'),
  channel: field('object'),
} as const satisfies WireTable

/** POST /payments/{paymentId}/cancel */
export const CANCEL_REQUEST = {
  storeId: field('string'),
  amount: field('integer'),
  currentCancellableAmount: field('integer'),
  taxFreeAmount: field('integer'),
  vatAmount: field('integer'),
  reason: field('string', 'tag'),
  refundAccount: field('object'),
  requester: field('string'),
} as const satisfies WireTable
export const REFUND_ACCOUNT = {
  bank: field('string'),
  number: field('string', 'masked'),
  holderName: field('string', 'masked'),
  holderPhoneNumber: field('string', 'masked'),
} as const satisfies WireTable

export const CANCEL_ANSWER = { cancellation: field('object') } as const satisfies WireTable
/** Also in the history of a payment. */
export const CANCELLATION = {
  status: field('string'),
  id: field('string'),
  pgCancellationId: field('string'),
  totalAmount: field('integer'),
  reason: field('string', 'tag'),
  cancelledAt: field('string'),
  requestedAt: field('string'),
} as const satisfies WireTable

export const ERROR = { type: field('string'), message: field('string', 'words') } as const satisfies WireTable
/** What a PG_PROVIDER error has besides. */
export const PG_ERROR = {
  pgCode: field('string', 'words'),
  pgMessage: field('string', 'words'),
} as const satisfies WireTable

export const PAYMENT = {
  status: field('string'),
  id: field('string'),
  storeId: field('string'),
  version: field('string'),
  method: field('object'),
  channel: field('object'),
  orderName: field('string', 'masked'),
  amount: field('object'),
  currency: field('string'),
  customer: field('object', 'masked'),
  promotionId: field('string'),
  escrow: field('object', 'masked'),
  paidAt: field('string'),
  pgTxId: field('string'),
  cancellations: field('array'),
} as const satisfies WireTable
export const AMOUNT = {
  total: field('integer'),
  discount: field('integer'),
  cancelled: field('integer'),
} as const satisfies WireTable
export const CHANNEL = { type: field('string'), pgProvider: field('string') } as const satisfies WireTable
export const METHOD = { type: field('string') } as const satisfies WireTable
export const CUSTOMER = { name: field('string', 'masked') } as const satisfies WireTable

/** Only cancels are kept, so only their fields may be shown. */
export const TRANSCRIPT_FIELDS = shownFields([
  CANCEL_REQUEST,
  REFUND_ACCOUNT,
  CANCEL_ANSWER,
  CANCELLATION,
  ERROR,
  PG_ERROR,
])
