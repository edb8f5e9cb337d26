import * as v from 'valibot'
import { DRIFT_KINDS } from '../../../contract/drift'
import {
  DriftCaseIdSchema,
  PaymentIdSchema,
  type DriftCaseId,
  type PaymentId,
  type PersonId,
} from '../../../domain/ids'
import { wonSchema, type Won } from '../../../domain/money'
import type { Ledger } from './open-ledger'
import type { Pile } from './outbox'
import { blobSchema, readCount, readRow, readRows } from './read-rows'

const CaseSchema = v.object({
  caseId: DriftCaseIdSchema,
  paymentId: PaymentIdSchema,
  kind: v.picklist(DRIFT_KINDS),
  ourEntryId: v.nullable(v.string()),
  ourAmount: v.nullable(wonSchema),
  pgAmount: v.nullable(wonSchema),
  pgCancelKey: v.nullable(v.string()),
  pgAtMs: v.nullable(v.number()),
  difference: wonSchema,
  snapshotSeq: v.number(),
  fingerprint: v.string(),
  foundAtMs: v.number(),
  state: v.picklist(['open', 'adopted', 'dismissed', 'resolved']),
  settledBy: v.nullable(v.string()),
  settledReasonEnc: v.nullable(blobSchema),
})

export interface DriftCase extends Omit<v.InferOutput<typeof CaseSchema>, 'settledReasonEnc'> {
  readonly settledReason: string | null
}

const CASE = `d.case_id AS caseId, d.payment_id AS paymentId, d.kind, d.our_entry_id AS ourEntryId, d.our_amount AS ourAmount,
  d.pg_amount AS pgAmount, d.pg_cancel_key AS pgCancelKey, d.pg_at_ms AS pgAtMs, d.difference, d.snapshot_seq AS snapshotSeq, d.fingerprint,
  d.found_at_ms AS foundAtMs, COALESCE(s.action, 'open') AS state, p.name AS settledBy, s.reason_enc AS settledReasonEnc`
const FROM = `FROM drift_case d LEFT JOIN drift_settlement s ON s.case_id = d.case_id LEFT JOIN person p ON p.person_id = s.person_id`

function toCase(ledger: Ledger, row: v.InferOutput<typeof CaseSchema>): DriftCase {
  const { settledReasonEnc, ...rest } = row
  return {
    ...rest,
    settledReason:
      settledReasonEnc === null
        ? null
        : ledger.cipher.openText(`drift_settlement.reason:${row.caseId}`, settledReasonEnc),
  }
}

export interface NewCase {
  readonly caseId: DriftCaseId
  readonly paymentId: PaymentId
  readonly kind: (typeof DRIFT_KINDS)[number]
  readonly ourEntryId: string | null
  readonly ourAmount: Won | null
  readonly pgAmount: Won | null
  readonly pgCancelKey: string | null
  readonly pgAtMs: number | null
  readonly difference: Won
  readonly snapshotSeq: number
  readonly fingerprint: string
  readonly foundAtMs: number
}

export function insertCase(ledger: Ledger, found: NewCase): void {
  ledger
    .sql(
      `INSERT INTO drift_case (case_id, payment_id, kind, our_entry_id, our_amount, pg_amount, pg_cancel_key, pg_at_ms, difference,
         snapshot_seq, fingerprint, found_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      found.caseId,
      found.paymentId,
      found.kind,
      found.ourEntryId,
      found.ourAmount,
      found.pgAmount,
      found.pgCancelKey,
      found.pgAtMs,
      found.difference,
      found.snapshotSeq,
      found.fingerprint,
      found.foundAtMs,
    )
}

export function settleCase(
  ledger: Ledger,
  caseId: DriftCaseId,
  settlement: {
    readonly action: 'adopted' | 'dismissed' | 'resolved'
    readonly personId: PersonId | null
    readonly reason: string | null
    readonly atMs: number
  },
): void {
  ledger
    .sql('INSERT INTO drift_settlement (case_id, action, person_id, reason_enc, at_ms) VALUES (?, ?, ?, ?, ?)')
    .run(
      caseId,
      settlement.action,
      settlement.personId,
      settlement.reason === null ? null : ledger.cipher.seal(`drift_settlement.reason:${caseId}`, settlement.reason),
      settlement.atMs,
    )
}

export function findCase(ledger: Ledger, caseId: DriftCaseId): DriftCase | null {
  const row = readRow(CaseSchema, ledger.sql(`SELECT ${CASE} ${FROM} WHERE d.case_id = ?`).get(caseId))
  return row === null ? null : toCase(ledger, row)
}

/** Every case of a payment: the open ones and, to keep a dismissal standing, the settled ones. */
export function casesOfPayment(ledger: Ledger, paymentId: PaymentId): DriftCase[] {
  return readRows(
    CaseSchema,
    ledger.sql(`SELECT ${CASE} ${FROM} WHERE d.payment_id = ? ORDER BY d.found_at_ms`).all(paymentId),
  ).map((row) => toCase(ledger, row))
}

const STATES = { open: 's.action IS NULL', settled: 's.action IS NOT NULL', all: '1' } as const

/** Cases sorted by money, the greatest difference first. */
export function listCases(
  ledger: Ledger,
  state: keyof typeof STATES,
  offset: number,
  limit: number,
): { total: number; rows: DriftCase[] } {
  const where = `WHERE ${STATES[state]}`
  const total = readCount(ledger.sql(`SELECT COUNT(*) AS n ${FROM} ${where}`).get())
  const rows = ledger
    .sql(`SELECT ${CASE} ${FROM} ${where} ORDER BY ABS(d.difference) DESC, d.found_at_ms DESC LIMIT ? OFFSET ?`)
    .all(limit, offset)
  return { total, rows: readRows(CaseSchema, rows).map((row) => toCase(ledger, row)) }
}

export function hasOpenCase(ledger: Ledger, paymentId: PaymentId): boolean {
  const found = ledger.sql(`SELECT 1 ${FROM} WHERE d.payment_id = ? AND s.action IS NULL LIMIT 1`).get(paymentId)
  return found !== undefined
}

const PileSchema = v.object({ count: v.number(), amount: wonSchema })

/** Open cases and the sum of their differences without sign. */
export function openDriftPile(ledger: Ledger): Pile {
  const row = readRow(
    PileSchema,
    ledger
      .sql(`SELECT COUNT(*) AS count, COALESCE(SUM(ABS(d.difference)), 0) AS amount ${FROM} WHERE s.action IS NULL`)
      .get(),
  )
  if (row === null) throw new Error('a count has one row')
  return row
}
