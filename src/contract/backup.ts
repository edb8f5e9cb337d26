import * as v from 'valibot'
import { wonSchema } from '../domain/money'

/** Backups of the ledger, and the quarantine after one was restored. */

const atMs = v.pipe(v.number(), v.integer())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.maxLength(4000))

export const BackupViewSchema = v.object({
  name: text,
  sizeBytes: count,
  /** When it was made and proven; null when the file can no longer be read as a copy of a ledger. */
  atMs: v.nullable(atMs),
})
export type BackupView = v.InferOutput<typeof BackupViewSchema>

/** What the comparison that may end a quarantine found. */
export const QuarantineReportSchema = v.object({
  comparedAtMs: atMs,
  payments: count,
  /** Open cases, and what they sum up to. */
  differences: count,
  /** Refunds of this program that the PG holds and the ledger does not know: paid after the restored state. */
  paidSince: v.object({ count, amount: wonSchema }),
  /** Refunds whose outcome the PG does not show yet. */
  undecided: count,
  /** Payments of PGs that show none: what happened to them since must come from their notifications. */
  notShown: count,
  /** Payments of the ledger that the PG does not know. */
  missing: count,
})
export type QuarantineReport = v.InferOutput<typeof QuarantineReportSchema>

export const QuarantineSchema = v.object({
  why: v.picklist(['restored', 'rolled-back']),
  sinceMs: atMs,
  /** When the state was recorded that the ledger went back to. */
  stateAtMs: atMs,
  report: v.nullable(QuarantineReportSchema),
})
export type Quarantine = v.InferOutput<typeof QuarantineSchema>
