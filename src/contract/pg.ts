import * as v from 'valibot'
import { PG_KINDS } from '../domain/pg'
import { PAYMENT_METHODS } from '../domain/payment'
import { FOLLOW_UP_KINDS, ProblemSchema, RowViewSchema } from './views'

export { FIRST_OPTIONS } from '../domain/channel-options'
export { PG_KINDS, type PgKind } from '../domain/pg'

/** What a PG's notifications, its rules and the tasks that it leaves behind look like on the screens. */

const atMs = v.pipe(v.number(), v.integer())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.maxLength(4000))

/** The greatest text that may be pasted as notifications, characters. */
export const PASTE_CHARS_MAX = 1_000_000

/** What an import of a PG's notifications changed. The same file twice changes nothing the second time. */
export const NoticesReportSchema = v.object({
  fileName: text,
  lines: count,
  paymentsNew: count,
  /** Cancels that the PG told of and that were new to us. */
  cancelsNew: count,
  paidOut: count,
  payoutFailed: count,
  /** Notifications that were imported before. */
  known: count,
  /** Notifications of kinds that mean nothing here. */
  ignored: count,
  problems: v.array(v.object({ line: count, problem: ProblemSchema })),
  problemsAll: count,
  driftFound: count,
})
export type NoticesReport = v.InferOutput<typeof NoticesReportSchema>

/** Work that a refund left behind although it was taken. */
export const FollowUpViewSchema = v.object({
  followUpId: text,
  kind: v.picklist(FOLLOW_UP_KINDS),
  /** The PG's own words. */
  detail: text,
  atMs,
  row: RowViewSchema,
})
export type FollowUpView = v.InferOutput<typeof FollowUpViewSchema>

/** One rule of the book that binds a channel; `rule.<kind>` with its values is its sentence. */
export const RuleViewSchema = v.object({
  ruleId: text,
  kind: text,
  /** Rule-book key of the PG behind the channel; null for a rule of every PG. */
  provider: v.nullable(text),
  methods: v.array(v.picklist(PAYMENT_METHODS)),
  values: v.record(v.string(), v.union([v.string(), v.number()])),
  source: text,
  confidence: v.picklist(['official', 'own', 'unconfirmed']),
  overridable: v.boolean(),
  /** Who set it aside for this channel, and why; null while it is in force. */
  override: v.nullable(v.object({ by: text, reason: text, atMs })),
})
export type RuleView = v.InferOutput<typeof RuleViewSchema>

export const PgKindSchema = v.picklist(PG_KINDS)
