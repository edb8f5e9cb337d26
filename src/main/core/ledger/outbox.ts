import * as v from 'valibot'
import { ROW_STATES, type RowState } from '../../../domain/attempt-state'
import {
  BatchIdSchema,
  ChannelIdSchema,
  PaymentIdSchema,
  RowIdSchema,
  type BatchId,
  type ChannelId,
  type PersonId,
  type RowId,
} from '../../../domain/ids'
import { refundAmountSchema, wonSchema, type Won } from '../../../domain/money'
import { PAYMENT_METHODS } from '../../../domain/payment'
import type { Problem } from '../../../domain/problem'
import type { Ledger } from './open-ledger'
import { readRow, readRows } from './read-rows'

/** The outbox holds what was approved: one line a row, in the order in which they are paid. */
const QueuedSchema = v.object({
  rowId: RowIdSchema,
  batchId: BatchIdSchema,
  paymentId: PaymentIdSchema,
  queueNo: v.number(),
  amount: refundAmountSchema,
  state: v.picklist(ROW_STATES),
  expiresAtMs: v.number(),
  holdUntilMs: v.number(),
  channelId: ChannelIdSchema,
})
export type QueuedRow = v.InferOutput<typeof QueuedSchema>

const QUEUED = `o.row_id AS rowId, o.batch_id AS batchId, o.payment_id AS paymentId, o.queue_no AS queueNo, o.amount, o.state,
  a.expires_at_ms AS expiresAtMs, a.hold_until_ms AS holdUntilMs, p.channel_id AS channelId`
const QUEUE = `outbox o JOIN approval a ON a.batch_id = o.batch_id JOIN payment p ON p.payment_id = o.payment_id`

/** Writes the approval, a reservation and an outbox line for each row: all or nothing, inside a unit of work. */
export function insertApproval(
  ledger: Ledger,
  approval: {
    readonly batchId: BatchId
    readonly contentHash: string
    readonly makerId: PersonId
    readonly checkerId: PersonId
    readonly approvedAtMs: number
    readonly expiresAtMs: number
    /** Nothing of the batch is sent before this. */
    readonly holdUntilMs: number
  },
): void {
  ledger
    .sql(
      `INSERT INTO approval (batch_id, content_hash, maker_id, checker_id, approved_at_ms, expires_at_ms, hold_until_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      approval.batchId,
      approval.contentHash,
      approval.makerId,
      approval.checkerId,
      approval.approvedAtMs,
      approval.expiresAtMs,
      approval.holdUntilMs,
    )
  ledger
    .sql(
      `INSERT INTO reservation (row_id, payment_id, amount, at_ms)
       SELECT row_id, payment_id, amount, ?2 FROM refund_row WHERE batch_id = ?1 AND excluded = 0 ORDER BY position`,
    )
    .run(approval.batchId, approval.approvedAtMs)
  ledger
    .sql(
      `INSERT INTO outbox (row_id, batch_id, payment_id, queue_no, amount, state, since_ms)
       SELECT row_id, batch_id, payment_id, (SELECT COALESCE(MAX(queue_no), 0) FROM outbox) + ROW_NUMBER() OVER (ORDER BY position),
         amount, 'waiting', ?2 FROM refund_row WHERE batch_id = ?1 AND excluded = 0`,
    )
    .run(approval.batchId, approval.approvedAtMs)
}

/** Which rows the run picks from, and which it leaves out. */
export interface PickFilter {
  readonly channelId: ChannelId
  readonly nowMs: number
  /** `channelId|provider|method`: kinds of payments that take no refunds at this hour. */
  readonly closedKinds: readonly string[]
  readonly exceptRows: readonly RowId[]
  /** The PG is asked by the transaction: one refund of all the payments of a transaction at a time. */
  readonly byTransaction: boolean
}

/** No other payment of the same transaction is under way, or waits before this row. */
const FIRST_OF_TRANSACTION = `
  AND NOT EXISTS (SELECT 1 FROM payment q JOIN attempt t ON t.payment_id = q.payment_id
    WHERE q.channel_id = p.channel_id AND q.pg_transaction_key = p.pg_transaction_key
      AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending'))
  AND NOT EXISTS (SELECT 1 FROM payment q JOIN outbox e ON e.payment_id = q.payment_id
    WHERE q.channel_id = p.channel_id AND q.pg_transaction_key = p.pg_transaction_key
      AND e.state = 'waiting' AND e.queue_no < o.queue_no)`

/**
 * Rows that may be sent now, in queue order: their approval's hold is over, their payment has no open attempt, and no
 * row before them waits for the same payment.
 */
export function nextWaiting(ledger: Ledger, limit: number, filter: PickFilter): QueuedRow[] {
  return readRows(
    QueuedSchema,
    ledger
      .sql(
        `SELECT ${QUEUED} FROM ${QUEUE}
         WHERE o.state = 'waiting' AND a.hold_until_ms <= ? AND p.channel_id = ?
           AND p.channel_id || '|' || p.provider || '|' || p.method NOT IN (SELECT value FROM json_each(?))
           AND o.row_id NOT IN (SELECT value FROM json_each(?))
           AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.payment_id = o.payment_id
             AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending'))
           AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.payment_id = o.payment_id AND e.state = 'waiting'
             AND e.queue_no < o.queue_no)${filter.byTransaction ? FIRST_OF_TRANSACTION : ''}
         ORDER BY o.queue_no LIMIT ?`,
      )
      .all(
        filter.nowMs,
        filter.channelId,
        JSON.stringify(filter.closedKinds),
        JSON.stringify(filter.exceptRows),
        limit,
      ),
  )
}

const KindSchema = v.object({
  channelId: ChannelIdSchema,
  provider: v.string(),
  method: v.picklist(PAYMENT_METHODS),
})
/** The channels, PGs and methods of all rows that wait. */
export function waitingKinds(ledger: Ledger): v.InferOutput<typeof KindSchema>[] {
  return readRows(
    KindSchema,
    ledger
      .sql(
        `SELECT DISTINCT p.channel_id AS channelId, p.provider, p.method FROM outbox o JOIN payment p ON p.payment_id = o.payment_id
         WHERE o.state = 'waiting'`,
      )
      .all(),
  )
}

export function hasWaiting(ledger: Ledger): boolean {
  return ledger.sql(`SELECT 1 FROM outbox WHERE state = 'waiting' LIMIT 1`).get() !== undefined
}

export function findQueued(ledger: Ledger, rowId: RowId): QueuedRow | null {
  return readRow(QueuedSchema, ledger.sql(`SELECT ${QUEUED} FROM ${QUEUE} WHERE o.row_id = ?`).get(rowId))
}

/** Moves a row; the database refuses a step that the graph does not have. */
export function setRowState(
  ledger: Ledger,
  rowId: RowId,
  state: RowState,
  atMs: number,
  problem: Problem | null,
): void {
  const { changes } = ledger
    .sql('UPDATE outbox SET state = ?, since_ms = ?, problem = ? WHERE row_id = ?')
    .run(state, atMs, problem === null ? null : JSON.stringify(problem), rowId)
  if (changes !== 1) throw new Error(`row ${rowId} is not in the outbox`)
}

/** Gives back what was held for a row; a second release is a broken assumption and throws. */
export function releaseReservation(
  ledger: Ledger,
  rowId: RowId,
  why: 'effect' | 'rejected' | 'stopped' | 'withdrawn' | 'expired',
  atMs: number,
): void {
  ledger.sql('INSERT INTO reservation_release (row_id, why, at_ms) VALUES (?, ?, ?)').run(rowId, why, atMs)
}

/** Ends every waiting row of a batch in one step. Answers how many. */
export function endWaiting(
  ledger: Ledger,
  batchId: BatchId,
  state: 'cancelled' | 'expired',
  atMs: number,
  why: Problem | null = null,
): number {
  ledger
    .sql(
      `INSERT INTO reservation_release (row_id, why, at_ms)
       SELECT row_id, ?2, ?3 FROM outbox WHERE batch_id = ?1 AND state = 'waiting'`,
    )
    .run(batchId, state === 'cancelled' ? 'withdrawn' : 'expired', atMs)
  return ledger
    .sql(
      `UPDATE outbox SET state = ?2, since_ms = ?3, problem = COALESCE(?4, problem) WHERE batch_id = ?1 AND state = 'waiting'`,
    )
    .run(batchId, state, atMs, why === null ? null : JSON.stringify(why)).changes
}

/** Whether rows of a batch may still move on their own or need a person. */
export function hasUnfinished(ledger: Ledger, batchId: BatchId): boolean {
  return (
    ledger
      .sql(
        `SELECT 1 FROM outbox WHERE batch_id = ? AND state IN ('waiting', 'sending', 'needs-look', 'pg-processing') LIMIT 1`,
      )
      .get(batchId) !== undefined
  )
}

export const PileSchema = v.object({ count: v.number(), amount: wonSchema })
export type Pile = v.InferOutput<typeof PileSchema>

export function pileOf(ledger: Ledger, states: readonly RowState[]): Pile {
  const row = readRow(
    PileSchema,
    ledger
      .sql(
        `SELECT COUNT(*) AS count, COALESCE(SUM(amount), 0) AS amount FROM outbox WHERE state IN (SELECT value FROM json_each(?))`,
      )
      .get(JSON.stringify(states)),
  )
  if (row === null) throw new Error('a count has one row')
  return row
}

const ProgressSchema = v.object({
  rowsAll: v.number(),
  rowsDone: v.number(),
  amountAll: wonSchema,
  amountDone: wonSchema,
  currentBatchId: v.nullable(BatchIdSchema),
})
export interface RunProgress {
  readonly rowsAll: number
  readonly rowsDone: number
  readonly amountAll: Won
  readonly amountDone: Won
  readonly currentBatchId: BatchId | null
}

/** Over the batches under way: done is what has left the queue, whatever became of it. */
export function runProgress(ledger: Ledger): RunProgress {
  const row = readRow(
    ProgressSchema,
    ledger
      .sql(
        `SELECT COUNT(*) AS rowsAll, COALESCE(SUM(o.amount), 0) AS amountAll,
           COALESCE(SUM(o.state NOT IN ('waiting', 'sending')), 0) AS rowsDone,
           COALESCE(SUM(CASE WHEN o.state NOT IN ('waiting', 'sending') THEN o.amount ELSE 0 END), 0) AS amountDone,
           (SELECT x.batch_id FROM outbox x JOIN batch b ON b.batch_id = x.batch_id WHERE b.state IN ('approved', 'running')
              ORDER BY x.state NOT IN ('sending'), x.state NOT IN ('waiting'), x.queue_no LIMIT 1) AS currentBatchId
         FROM outbox o JOIN batch b ON b.batch_id = o.batch_id WHERE b.state IN ('approved', 'running')`,
      )
      .get(),
  )
  if (row === null) throw new Error('a count has one row')
  return row
}

const HoldSchema = v.object({
  batchId: BatchIdSchema,
  name: v.string(),
  rows: v.number(),
  amount: wonSchema,
  holdUntilMs: v.number(),
})

/** Approved batches whose hold has not ended, soonest first. */
export function batchesInHold(ledger: Ledger, nowMs: number, limit: number): v.InferOutput<typeof HoldSchema>[] {
  return readRows(
    HoldSchema,
    ledger
      .sql(
        `SELECT b.batch_id AS batchId, b.name, a.hold_until_ms AS holdUntilMs, COUNT(*) AS rows, SUM(o.amount) AS amount
         FROM batch b JOIN approval a ON a.batch_id = b.batch_id JOIN outbox o ON o.batch_id = b.batch_id
         WHERE b.state = 'approved' AND a.hold_until_ms > ? GROUP BY b.batch_id ORDER BY a.hold_until_ms, b.batch_id LIMIT ?`,
      )
      .all(nowMs, limit),
  )
}

const ExpiredSchema = v.object({ batchId: BatchIdSchema })
/** Approved batches whose approval has run out while rows still wait. Asked at every turn of the run: by batch, not by row. */
export function expiredBatches(ledger: Ledger, nowMs: number): BatchId[] {
  return readRows(
    ExpiredSchema,
    ledger
      .sql(
        `SELECT a.batch_id AS batchId FROM approval a WHERE a.expires_at_ms < ?
         AND EXISTS (SELECT 1 FROM outbox o WHERE o.batch_id = a.batch_id AND o.state = 'waiting')`,
      )
      .all(nowMs),
  ).map((row) => row.batchId)
}
