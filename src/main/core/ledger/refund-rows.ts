import * as v from 'valibot'
import { ProblemSchema } from '../../../contract/views'
import { ROW_STATES } from '../../../domain/attempt-state'
import { BatchIdSchema, PaymentIdSchema, RowIdSchema, type BatchId, type RowId } from '../../../domain/ids'
import { refundAmountSchema, wonSchema } from '../../../domain/money'
import type { Problem } from '../../../domain/problem'
import type { RefundOrder } from '../../../domain/refund-order'
import { KstDateSchema, type KstDate } from '../../../domain/time'
import type { Ledger } from './open-ledger'
import { blobSchema, flagSchema, readCount, readRow, readRows } from './read-rows'

export const BasketItemSchema = v.object({ itemKey: v.string(), sellerId: v.string() })

/** What of a row is sealed: the account, the goods, the words, and the cells as the file had them. */
const SecretSchema = v.object({
  accountNo: v.nullable(v.string()),
  holder: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  basket: v.optional(v.array(BasketItemSchema), []),
  reason: v.string(),
  cells: v.array(v.string()),
})
export type RowSecret = v.InferOutput<typeof SecretSchema>

const OrderSchema = v.object({
  rowId: RowIdSchema,
  paymentId: PaymentIdSchema,
  amount: refundAmountSchema,
  taxFree: v.nullable(wonSchema),
  vat: v.nullable(wonSchema),
  bank: v.nullable(v.string()),
  secretEnc: blobSchema,
})

const RowSchema = v.object({
  ...OrderSchema.entries,
  batchId: BatchIdSchema,
  position: v.number(),
  line: v.number(),
  warnings: v.string(),
  excluded: flagSchema,
  state: v.picklist(ROW_STATES),
  sinceMs: v.number(),
  problem: v.nullable(v.string()),
  checkVerdict: v.nullable(v.picklist(['pass', 'blocked', 'drift'])),
  checkProblem: v.nullable(v.string()),
  /** When the money should arrive; null before the acceptance, and where nobody says when. */
  dueOn: v.nullable(KstDateSchema),
})

type RowCells = v.InferOutput<typeof RowSchema>

export interface RefundRow extends Omit<RowCells, 'secretEnc' | 'problem' | 'checkProblem' | 'warnings'> {
  readonly secret: RowSecret
  readonly order: RefundOrder
  readonly problem: Problem | null
  readonly checkProblem: Problem | null
  /** Problem codes of the warnings that the maker saw at import. */
  readonly warnings: readonly string[]
}

const ROW = `
  w.row_id AS rowId, w.batch_id AS batchId, w.position, w.line, w.payment_id AS paymentId, w.amount, w.tax_free AS taxFree, w.vat, w.bank,
  w.warnings, w.excluded, w.secret_enc AS secretEnc, COALESCE(o.state, 'draft') AS state,
  COALESCE(o.since_ms, (SELECT created_at_ms FROM batch WHERE batch_id = w.batch_id)) AS sinceMs, o.problem,
  k.verdict AS checkVerdict, k.problem AS checkProblem, d.due_on AS dueOn`
const FROM = `FROM refund_row w LEFT JOIN outbox o ON o.row_id = w.row_id LEFT JOIN row_check k ON k.row_id = w.row_id
  LEFT JOIN payout_due d ON d.row_id = w.row_id`

export function parseProblem(text: string | null): Problem | null {
  if (text === null) return null
  const { code, values } = v.parse(ProblemSchema, JSON.parse(text))
  return values === undefined ? { code } : { code, values }
}

function openSecret(ledger: Ledger, { rowId, secretEnc }: Pick<RowCells, 'rowId' | 'secretEnc'>): RowSecret {
  return v.parse(SecretSchema, JSON.parse(ledger.cipher.openText(`refund_row.secret:${rowId}`, secretEnc)))
}

function orderOf(row: v.InferOutput<typeof OrderSchema>, secret: RowSecret): RefundOrder {
  const { paymentId, amount, taxFree, vat, bank } = row
  const { accountNo, holder, phone, basket, reason } = secret
  const account = bank === null || accountNo === null || holder === null ? null : { bank, accountNo, holder, phone }
  return { paymentId, amount, taxFree, vat, account, basket, reason }
}

function toRow(ledger: Ledger, row: RowCells): RefundRow {
  const { secretEnc: _, problem, checkProblem, warnings, ...rest } = row
  const secret = openSecret(ledger, row)
  return {
    ...rest,
    secret,
    order: orderOf(row, secret),
    problem: parseProblem(problem),
    checkProblem: parseProblem(checkProblem),
    warnings: v.parse(v.array(v.string()), JSON.parse(warnings)),
  }
}

export interface NewRow {
  readonly rowId: RowId
  readonly batchId: BatchId
  readonly position: number
  readonly line: number
  readonly order: RefundOrder
  readonly cells: readonly string[]
  readonly warnings: readonly string[]
}

export function insertRow(ledger: Ledger, row: NewRow): void {
  const { order } = row
  const secret: RowSecret = {
    accountNo: order.account?.accountNo ?? null,
    holder: order.account?.holder ?? null,
    phone: order.account?.phone ?? null,
    basket: [...order.basket],
    reason: order.reason,
    cells: [...row.cells],
  }
  ledger
    .sql(
      `INSERT INTO refund_row (row_id, batch_id, position, line, payment_id, amount, tax_free, vat, bank, warnings, excluded, secret_enc)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
    )
    .run(
      row.rowId,
      row.batchId,
      row.position,
      row.line,
      order.paymentId,
      order.amount,
      order.taxFree,
      order.vat,
      order.account?.bank ?? null,
      JSON.stringify(row.warnings),
      ledger.cipher.seal(`refund_row.secret:${row.rowId}`, JSON.stringify(secret)),
    )
}

export function findRow(ledger: Ledger, rowId: RowId): RefundRow | null {
  const row = readRow(RowSchema, ledger.sql(`SELECT ${ROW} ${FROM} WHERE w.row_id = ?`).get(rowId))
  return row === null ? null : toRow(ledger, row)
}

export function requireRow(ledger: Ledger, rowId: RowId): RefundRow {
  const row = findRow(ledger, rowId)
  if (row === null) throw new Error(`row ${rowId} is not in the ledger`)
  return row
}

/** What a row asks for, without what became of it: cheap enough to be read before every sending. */
export function requireOrder(ledger: Ledger, rowId: RowId): RefundOrder {
  const row = readRow(
    OrderSchema,
    ledger
      .sql(
        `SELECT row_id AS rowId, payment_id AS paymentId, amount, tax_free AS taxFree, vat, bank, secret_enc AS secretEnc
         FROM refund_row WHERE row_id = ?`,
      )
      .get(rowId),
  )
  if (row === null) throw new Error(`row ${rowId} is not in the ledger`)
  return orderOf(row, openSecret(ledger, row))
}

/** Every row that belongs to the content, in the file's order: exactly these are hashed and sent. */
export function contentRows(ledger: Ledger, batchId: BatchId): RefundRow[] {
  return readRows(
    RowSchema,
    ledger.sql(`SELECT ${ROW} ${FROM} WHERE w.batch_id = ? AND w.excluded = 0 ORDER BY w.position`).all(batchId),
  ).map((row) => toRow(ledger, row))
}

const FILTERS = {
  all: 'w.excluded = 0',
  blocked: `w.excluded = 0 AND (k.verdict IN ('blocked', 'drift') OR o.state IN ('stopped-drift', 'stopped-rule'))`,
  'needs-look': `w.excluded = 0 AND o.state IN ('needs-look', 'pg-processing')`,
  failed: `w.excluded = 0 AND o.state IN ('failed', 'stopped-drift', 'stopped-rule', 'payout-failed', 'expired', 'cancelled')`,
  accepted: `w.excluded = 0 AND o.state IN ('accepted', 'paid-out')`,
  waiting: `w.excluded = 0 AND o.state IN ('waiting', 'sending')`,
} as const
export type RowFilter = keyof typeof FILTERS

export function pageOfRows(
  ledger: Ledger,
  batchId: BatchId,
  filter: RowFilter,
  offset: number,
  limit: number,
): { total: number; rows: RefundRow[] } {
  const where = `WHERE w.batch_id = ? AND ${FILTERS[filter]}`
  const total = readCount(ledger.sql(`SELECT COUNT(*) AS n ${FROM} ${where}`).get(batchId))
  const rows = ledger
    .sql(`SELECT ${ROW} ${FROM} ${where} ORDER BY w.position LIMIT ? OFFSET ?`)
    .all(batchId, limit, offset)
  return { total, rows: readRows(RowSchema, rows).map((row) => toRow(ledger, row)) }
}

/** Rows of all batches that wait for a person or for the PG's history, oldest first. */
export function rowsNeedingLook(ledger: Ledger, offset: number, limit: number): { total: number; rows: RefundRow[] } {
  const where = `WHERE o.state IN ('needs-look', 'pg-processing')`
  const total = readCount(ledger.sql(`SELECT COUNT(*) AS n ${FROM} ${where}`).get())
  const rows = ledger
    .sql(`SELECT ${ROW} ${FROM} ${where} ORDER BY o.since_ms, o.queue_no LIMIT ? OFFSET ?`)
    .all(limit, offset)
  return { total, rows: readRows(RowSchema, rows).map((row) => toRow(ledger, row)) }
}

/** Accepted rows of all batches whose money should have arrived before this day, the longest overdue first. */
export function overdueRows(
  ledger: Ledger,
  today: KstDate,
  offset: number,
  limit: number,
): { total: number; rows: RefundRow[] } {
  const where = `WHERE d.due_on < ? AND d.paid_out = 0`
  const total = readCount(ledger.sql(`SELECT COUNT(*) AS n FROM payout_due d ${where}`).get(today))
  const rows = ledger
    .sql(`SELECT ${ROW} ${FROM} ${where} ORDER BY d.due_on, o.queue_no LIMIT ? OFFSET ?`)
    .all(today, limit, offset)
  return { total, rows: readRows(RowSchema, rows).map((row) => toRow(ledger, row)) }
}

/** Rows of every batch on one payment, newest first. */
export function rowsOfPayment(ledger: Ledger, paymentId: string): RefundRow[] {
  const rows = ledger
    .sql(`SELECT ${ROW} ${FROM} WHERE w.payment_id = ? AND w.excluded = 0 ORDER BY w.row_id DESC LIMIT 50`)
    .all(paymentId)
  return readRows(RowSchema, rows).map((row) => toRow(ledger, row))
}

/** Notes what the PG said of a row at the dry run; a cache, replaced by the next run. */
export function putRowCheck(
  ledger: Ledger,
  rowId: RowId,
  verdict: 'pass' | 'blocked' | 'drift',
  problem: Problem | null,
  atMs: number,
): void {
  ledger
    .sql(
      `INSERT INTO row_check (row_id, checked_at_ms, verdict, problem) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (row_id) DO UPDATE SET checked_at_ms = ?2, verdict = ?3, problem = ?4`,
    )
    .run(rowId, atMs, verdict, problem === null ? null : JSON.stringify(problem))
}

/** Leaves the rows that the dry run blocked out of the content, before it is frozen. Answers how many. */
export function excludeBlocked(ledger: Ledger, batchId: BatchId): number {
  return ledger
    .sql(
      `UPDATE refund_row SET excluded = 1 WHERE batch_id = ? AND excluded = 0
       AND row_id IN (SELECT row_id FROM row_check WHERE verdict <> 'pass')`,
    )
    .run(batchId).changes
}
