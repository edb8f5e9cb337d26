import { shownFields, type Shown } from '../scrub'

/**
 * Every field of PortOne V1 that this adapter sends or reads, written down by us from the sources named. Nothing else
 * is sent, nothing else is read; a test compares the table with the official schema.
 */
export interface WireField {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  /** In characters; null where no source gives one. */
  readonly lengthMax: number | null
  readonly source: Source
  readonly transcript: Shown
}

/**
 * - `schema`: the official V1 schema (Swagger 2.0), place and type.
 * - `schema+lengths`: there too; the length is the one of the older published parameter tables.
 * - `notice`: the notice of November 2025 on test payments; the schema names it for the single look-up only.
 * - `guide`: the authentication guide.
 */
export type Source = 'schema' | 'schema+lengths' | 'notice' | 'guide'

type WireTable = Readonly<Record<string, WireField>>

const field = (
  type: WireField['type'],
  transcript: WireField['transcript'],
  lengthMax: number | null = null,
  source: Source = 'schema',
): WireField => ({ type, lengthMax, source, transcript })

/** POST /users/getToken */
export const TOKEN_REQUEST = {
  imp_key: field('string', 'masked'),
  imp_secret: field('string', 'masked'),
} as const satisfies WireTable

export const TOKEN_ANSWER = {
  access_token: field('string', 'masked'),
  expired_at: field('integer', 'kept'),
  now: field('integer', 'kept'),
} as const satisfies WireTable

/** GET /payments */
export const LOOKUP_QUERY = {
  'imp_uid[]': field('array', 'kept'),
  'merchant_uid[]': field('array', 'kept'),
  include_sandbox: field('boolean', 'kept', null, 'notice'),
} as const satisfies WireTable

/** GET /payments/status/{payment_status} */
export const LIST_QUERY = {
  page: field('integer', 'kept'),
  limit: field('integer', 'kept'),
  from: field('integer', 'kept'),
  to: field('integer', 'kept'),
  sorting: field('string', 'kept'),
  include_sandbox: field('boolean', 'kept', null, 'notice'),
} as const satisfies WireTable

/** POST /payments/cancel */
export const CANCEL_REQUEST = {
  imp_uid: field('string', 'kept', 32, 'schema+lengths'),
  amount: field('number', 'kept'),
  checksum: field('number', 'kept'),
  tax_free: field('number', 'kept'),
  vat_amount: field('number', 'kept'),
  reason: field('string', 'tag', 256, 'schema+lengths'),
  refund_holder: field('string', 'masked', 16, 'schema+lengths'),
  refund_bank: field('string', 'kept', 4, 'schema+lengths'),
  refund_account: field('string', 'masked', 16, 'schema+lengths'),
  refund_tel: field('string', 'masked', 16, 'schema+lengths'),
} as const satisfies WireTable

export const ENVELOPE = {
  code: field('integer', 'kept'),
  message: field('string', 'words'),
} as const satisfies WireTable

export const PAGE = {
  total: field('integer', 'kept'),
  next: field('integer', 'kept'),
  list: field('array', 'kept'),
} as const satisfies WireTable

export const PAYMENT = {
  imp_uid: field('string', 'kept', 32),
  merchant_uid: field('string', 'kept', 40),
  pay_method: field('string', 'kept', 20),
  pg_provider: field('string', 'kept', 16),
  pg_tid: field('string', 'kept', 64),
  sandbox: field('boolean', 'kept'),
  escrow: field('boolean', 'kept'),
  name: field('string', 'masked', 40),
  amount: field('number', 'kept'),
  cancel_amount: field('number', 'kept'),
  currency: field('string', 'kept'),
  buyer_name: field('string', 'masked', 16),
  status: field('string', 'kept'),
  paid_at: field('integer', 'kept'),
  cancel_history: field('array', 'kept'),
  promotion: field('object', 'masked'),
} as const satisfies WireTable

export const CANCEL_ENTRY = {
  pg_tid: field('string', 'kept'),
  amount: field('number', 'kept'),
  cancelled_at: field('integer', 'kept'),
  reason: field('string', 'tag'),
  cancellation_id: field('string', 'kept'),
} as const satisfies WireTable

/** `response` is the envelope's content. */
export const TRANSCRIPT_FIELDS = shownFields([
  TOKEN_REQUEST,
  TOKEN_ANSWER,
  CANCEL_REQUEST,
  ENVELOPE,
  PAGE,
  PAYMENT,
  CANCEL_ENTRY,
  { response: field('object', 'kept') },
])
