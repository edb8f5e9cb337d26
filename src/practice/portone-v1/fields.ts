/**
 * PortOne V1's fields as the practice PG knows them, carried over by hand; a test holds this table against the official
 * description. `openapi`: the official V1 description. `notice`: PortOne's notice of January 2026 on test payments,
 * which the description carries for the single look-up only.
 */
export type FieldSource = 'openapi' | 'notice'

export interface ParameterFact {
  readonly method: 'get' | 'post'
  /** As the official description writes it. */
  readonly path: string
  readonly source: FieldSource
  readonly names: readonly string[]
}

/** Everything that the practice PG reads from a request. */
export const PARAMETERS: readonly ParameterFact[] = [
  { method: 'post', path: '/users/getToken', source: 'openapi', names: ['imp_key', 'imp_secret'] },
  { method: 'get', path: '/payments/{imp_uid}', source: 'openapi', names: ['imp_uid', 'include_sandbox'] },
  { method: 'get', path: '/payments', source: 'openapi', names: ['imp_uid[]', 'merchant_uid[]'] },
  { method: 'get', path: '/payments', source: 'notice', names: ['include_sandbox'] },
  {
    method: 'get',
    path: '/payments/find/{merchant_uid}/{payment_status}',
    source: 'openapi',
    names: ['merchant_uid', 'payment_status', 'sorting'],
  },
  {
    method: 'get',
    path: '/payments/find/{merchant_uid}/{payment_status}',
    source: 'notice',
    names: ['include_sandbox'],
  },
  {
    method: 'get',
    path: '/payments/findAll/{merchant_uid}/{payment_status}',
    source: 'openapi',
    names: ['merchant_uid', 'payment_status', 'page', 'limit', 'sorting'],
  },
  {
    method: 'get',
    path: '/payments/findAll/{merchant_uid}/{payment_status}',
    source: 'notice',
    names: ['include_sandbox'],
  },
  {
    method: 'get',
    path: '/payments/status/{payment_status}',
    source: 'openapi',
    names: ['payment_status', 'page', 'limit', 'from', 'to', 'sorting'],
  },
  { method: 'get', path: '/payments/status/{payment_status}', source: 'notice', names: ['include_sandbox'] },
  {
    method: 'post',
    path: '/payments/cancel',
    source: 'openapi',
    names: [
      'imp_uid',
      'merchant_uid',
      'amount',
      'tax_free',
      'vat_amount',
      'checksum',
      'reason',
      'refund_holder',
      'refund_bank',
      'refund_account',
      'refund_tel',
    ],
  },
]

export type FieldType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object'

export interface FieldFact {
  readonly type: FieldType
  readonly required?: true
  readonly lengthMax?: number
}

const string = (lengthMax?: number): FieldFact =>
  lengthMax === undefined ? { type: 'string' } : { type: 'string', lengthMax }
const required = (fact: FieldFact): FieldFact => ({ ...fact, required: true })
const integer: FieldFact = { type: 'integer' }
const number: FieldFact = { type: 'number' }
const boolean: FieldFact = { type: 'boolean' }
const array: FieldFact = { type: 'array' }

/** The payment object (PaymentAnnotation). */
export const PAYMENT_FIELDS: Readonly<Record<string, FieldFact>> = {
  imp_uid: required(string(32)),
  merchant_uid: required(string(40)),
  pay_method: string(20),
  channel: string(),
  pg_provider: string(16),
  emb_pg_provider: string(16),
  pg_tid: string(64),
  pg_id: string(80),
  sandbox: required(boolean),
  escrow: boolean,
  apply_num: string(20),
  bank_code: string(),
  bank_name: string(),
  card_code: string(),
  card_name: string(),
  card_issuer_code: string(),
  card_issuer_name: string(),
  card_publisher_code: string(),
  card_publisher_name: string(),
  card_quota: integer,
  card_number: string(),
  card_type: integer,
  vbank_code: string(),
  vbank_name: string(),
  vbank_num: string(32),
  vbank_holder: string(),
  vbank_date: integer,
  vbank_issued_at: integer,
  name: string(40),
  amount: required(number),
  cancel_amount: required(number),
  currency: required(string()),
  buyer_name: string(16),
  buyer_email: string(64),
  buyer_tel: string(16),
  buyer_addr: string(128),
  buyer_postcode: string(8),
  custom_data: string(),
  user_agent: string(),
  status: required(string()),
  started_at: integer,
  paid_at: integer,
  failed_at: integer,
  cancelled_at: integer,
  fail_reason: string(),
  cancel_reason: string(),
  receipt_url: string(),
  cancel_history: array,
  deposit_history: array,
  cancel_receipt_urls: array,
  cash_receipt_issued: boolean,
  customer_uid: string(),
  customer_uid_usage: string(),
  promotion: { type: 'object' },
}

/** One entry of `cancel_history` (PaymentCancelAnnotation). */
export const CANCEL_FIELDS: Readonly<Record<string, FieldFact>> = {
  pg_tid: required(string()),
  amount: required(number),
  cancelled_at: required(integer),
  reason: required(string()),
  cancellation_id: required(string()),
  receipt_url: string(),
}
