import * as v from 'valibot'
import { DriftCaseIdSchema, PaymentIdSchema } from '../domain/ids'
import { wonSchema } from '../domain/money'
import { PAYMENT_METHODS } from '../domain/payment'
import { TimelineEntrySchema } from './views'

/** What the screens are shown of a difference between our ledger and the PG. */

const atMs = v.pipe(v.number(), v.integer())
const text = v.pipe(v.string(), v.maxLength(4000))

export const DRIFT_KINDS = ['only-at-pg', 'only-here', 'amount-differs', 'history-sum-differs'] as const
export const DriftSummarySchema = v.object({
  caseId: DriftCaseIdSchema,
  paymentId: PaymentIdSchema,
  orderNo: text,
  pgKey: text,
  kind: v.picklist(DRIFT_KINDS),
  /** Ours minus the PG's, signed, of cancelled money. */
  difference: wonSchema,
  ourAmount: v.nullable(wonSchema),
  pgAmount: v.nullable(wonSchema),
  foundAtMs: atMs,
  /** `resolved`: a later reading of the PG or of the file made both sides agree. */
  state: v.picklist(['open', 'adopted', 'dismissed', 'resolved']),
})
export type DriftSummary = v.InferOutput<typeof DriftSummarySchema>

export const DriftViewSchema = v.object({
  ...DriftSummarySchema.entries,
  paid: wonSchema,
  method: v.picklist(PAYMENT_METHODS),
  provider: text,
  buyerMasked: text,
  ours: v.array(TimelineEntrySchema),
  theirs: v.array(TimelineEntrySchema),
  ourTotal: wonSchema,
  pgTotal: wonSchema,
  snapshotAtMs: atMs,
  oddOurs: v.nullable(text),
  oddTheirs: v.nullable(text),
  /** Whether both sides come from independent sources; a baseline is the PG's own word. */
  independent: v.boolean(),
  settledBy: v.nullable(text),
  settledReason: v.nullable(text),
})
export type DriftView = v.InferOutput<typeof DriftViewSchema>
