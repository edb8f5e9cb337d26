import * as v from 'valibot'
import { WON_MAX } from '../../../../domain/money'

/** The year 2200: a greater number of seconds is no time, but milliseconds or damage. */
const SECONDS_MAX = 7_258_118_400

/** A plain decimal in text, such as `12000` or `12000.00`; no sign, exponent, blank or comma. */
const NumberTextSchema = v.pipe(v.string(), v.regex(/^\d{1,16}(\.\d{1,4})?$/), v.transform(Number))
const NumberSchema = v.union([v.number(), NumberTextSchema])

/** In the currency's main unit; whether it must be whole is the mapper's question. */
const AmountSchema = v.pipe(NumberSchema, v.finite(), v.minValue(0), v.maxValue(WON_MAX))

/** UNIX seconds; 0 and nothing = has not happened. */
const SecondsSchema = v.nullish(v.pipe(NumberSchema, v.integer(), v.minValue(0), v.maxValue(SECONDS_MAX)), 0)

/** An id goes into our keys and requests: visible ASCII only. */
const IdSchema = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,60}$/))

/** Texts that nothing depends on: an odd one is empty, it must not hide the payment. */
const TextSchema = v.fallback(v.nullish(v.union([v.string(), v.pipe(v.number(), v.transform(String))]), ''), '')

const FlagSchema = v.nullish(
  v.union([
    v.boolean(),
    v.pipe(
      v.picklist(['true', 'false', 0, 1]),
      v.transform((word) => word === 'true' || word === 1),
    ),
  ]),
  false,
)

const CancelEntrySchema = v.object({
  pg_tid: TextSchema,
  amount: AmountSchema,
  cancelled_at: SecondsSchema,
  reason: TextSchema,
  cancellation_id: TextSchema,
})
export type WireCancel = v.InferOutput<typeof CancelEntrySchema>

/**
 * What is read of a payment. New fields and new enum values appear without a version change and must not fail; what
 * money depends on must be there and readable. `v.object` drops every other key, `__proto__` included.
 */
export const PaymentSchema = v.object({
  imp_uid: IdSchema,
  merchant_uid: TextSchema,
  pay_method: TextSchema,
  pg_provider: TextSchema,
  pg_tid: TextSchema,
  sandbox: FlagSchema,
  escrow: FlagSchema,
  name: TextSchema,
  amount: AmountSchema,
  cancel_amount: v.nullish(AmountSchema, 0),
  currency: TextSchema,
  buyer_name: TextSchema,
  status: v.string(),
  paid_at: SecondsSchema,
  cancel_history: v.nullish(v.array(CancelEntrySchema), []),
  promotion: v.optional(v.unknown()),
})
export type WirePayment = v.InferOutput<typeof PaymentSchema>

export const PaymentsSchema = v.array(PaymentSchema)

export const PageSchema = v.object({
  total: v.pipe(NumberSchema, v.integer(), v.minValue(0)),
  next: v.nullish(v.pipe(NumberSchema, v.integer(), v.minValue(0)), 0),
  list: v.nullish(PaymentsSchema, []),
})

/** `code` 0 is success and decides about money, so it is read strictly: the number 0 and nothing alike. */
export const EnvelopeSchema = v.object({
  code: v.pipe(v.number(), v.integer()),
  message: TextSchema,
  response: v.optional(v.unknown()),
})
export type Envelope = v.InferOutput<typeof EnvelopeSchema>

export const TokenSchema = v.object({
  /** Goes into a header as it is. */
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,2000}$/)),
  expired_at: v.pipe(NumberSchema, v.integer(), v.minValue(0), v.maxValue(SECONDS_MAX)),
  now: v.pipe(NumberSchema, v.integer(), v.minValue(0), v.maxValue(SECONDS_MAX)),
})
