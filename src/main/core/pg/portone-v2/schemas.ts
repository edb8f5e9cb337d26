import * as v from 'valibot'
import { WON_MAX } from '../../../../domain/money'

/** The year 2200: a later time is damage. */
const TIME_MS_MAX = 7_258_118_400_000

/** In the currency's smallest unit. */
const AmountSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(WON_MAX))

/** ISO 8601 with a zone: without one it would be read in this machine's. */
const TimeSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/),
  v.transform(Date.parse),
  v.minValue(0),
  v.maxValue(TIME_MS_MAX),
)

/**
 * The shop's own text. It becomes a part of our ids and one segment of a path, where `.` and `..` would name another
 * resource. The schema gives no length; ours leaves room in our id.
 */
const PaymentIdSchema = v.pipe(
  v.string(),
  v.regex(/^[^\p{C}]+$/u),
  v.maxLength(60),
  v.check((id) => id !== '.' && id !== '..'),
)

/** Whether a text can be a payment's id at all. */
export const isPaymentId = (text: string): boolean => v.is(PaymentIdSchema, text)

/** Texts that nothing depends on: an odd one is empty, it must not hide the payment. */
const TextSchema = v.fallback(v.nullish(v.string(), ''), '')

const ChannelSchema = v.nullish(v.object({ type: v.string(), pgProvider: v.string() }))

const CancellationSchema = v.object({
  status: v.string(),
  /** Proves in the history which cancel an answer spoke of. */
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  pgCancellationId: TextSchema,
  totalAmount: AmountSchema,
  reason: TextSchema,
  cancelledAt: v.nullish(TimeSchema),
  requestedAt: TimeSchema,
})
export type WireCancellation = v.InferOutput<typeof CancellationSchema>

/** What is read of every row of a list before anything else: rows of V1 are not ours to read. */
export const RowSchema = v.object({ id: TextSchema, version: v.string() })

/**
 * What is read of a payment. New fields and new enum values appear without a version change and must not fail; what
 * money depends on must be there and readable. `v.object` drops every other key, `__proto__` included.
 */
export const PaymentSchema = v.object({
  status: v.string(),
  id: PaymentIdSchema,
  storeId: v.string(),
  version: v.string(),
  method: v.nullish(v.object({ type: v.string() })),
  channel: ChannelSchema,
  orderName: TextSchema,
  amount: v.object({ total: AmountSchema, discount: AmountSchema, cancelled: AmountSchema }),
  currency: v.string(),
  customer: v.nullish(v.object({ name: TextSchema })),
  promotionId: TextSchema,
  escrow: v.optional(v.unknown()),
  paidAt: v.nullish(TimeSchema),
  pgTxId: TextSchema,
  cancellations: v.nullish(v.array(CancellationSchema), []),
})
export type WirePayment = v.InferOutput<typeof PaymentSchema>

const CountSchema = v.pipe(v.number(), v.integer(), v.minValue(0))

export const ListSchema = v.object({
  items: v.array(v.unknown()),
  page: v.object({ number: CountSchema, size: CountSchema, totalCount: CountSchema }),
})

export const EventsSchema = v.object({
  items: v.array(
    v.object({
      paymentEvent: v.object({
        paymentId: v.string(),
        storeId: v.string(),
        version: v.string(),
        channel: v.nullish(v.object({ type: v.string() })),
      }),
      cursor: v.pipe(v.string(), v.minLength(1)),
    }),
  ),
})

export const CancelAnswerSchema = v.object({ cancellation: CancellationSchema })

/** `cancellation` is looked for only to see that a refusal does not contradict itself. */
export const ErrorSchema = v.object({
  type: v.string(),
  message: TextSchema,
  pgCode: TextSchema,
  pgMessage: TextSchema,
  cancellation: v.optional(v.unknown()),
})
export type WireError = v.InferOutput<typeof ErrorSchema>
