import * as v from 'valibot'
import { BATCH_STATES, CheckViewSchema } from '../../../contract/views'
import { ROW_STATES, type RowState } from '../../../domain/attempt-state'
import { BATCH_EVENTS, type BatchEvent } from '../../../domain/batch'
import { BatchIdSchema, ChannelIdSchema, PersonIdSchema, type BatchId, type PersonId } from '../../../domain/ids'
import { wonSchema, type Won } from '../../../domain/money'
import { PAYMENT_METHODS } from '../../../domain/payment'
import { KstDateSchema } from '../../../domain/time'
import type { Ledger } from './open-ledger'
import { blobSchema, readCount, readRow, readRows } from './read-rows'

export type BatchState = (typeof BATCH_STATES)[number]

const BatchSchema = v.object({
  batchId: BatchIdSchema,
  name: v.string(),
  makerId: PersonIdSchema,
  makerName: v.string(),
  checkerName: v.nullable(v.string()),
  createdAtMs: v.number(),
  fileHash: v.string(),
  headEnc: blobSchema,
  state: v.picklist(BATCH_STATES),
  contentHash: v.nullable(v.string()),
  submittedAtMs: v.nullable(v.number()),
  approvedAtMs: v.nullable(v.number()),
  approvalExpiresAtMs: v.nullable(v.number()),
  holdUntilMs: v.nullable(v.number()),
  checkJson: v.nullable(v.string()),
  rows: v.number(),
  amount: wonSchema,
})

const HeadSchema = v.object({
  fileName: v.string(),
  header: v.array(v.string()),
  /** For each column of the file, what it was taken as. */
  takenAs: v.array(v.nullable(v.string())),
  /** The same bytes had been imported earlier: the second person is told. */
  importedBefore: v.boolean(),
})
/** What a batch remembers of its file, so that results go back in the upload's shape. */
export type BatchHead = v.InferOutput<typeof HeadSchema>

export interface Batch extends Omit<v.InferOutput<typeof BatchSchema>, 'headEnc' | 'checkJson'> {
  readonly head: BatchHead
  readonly check: v.InferOutput<typeof CheckViewSchema> | null
}

const BATCH = `
  b.batch_id AS batchId, b.name, b.maker_id AS makerId, m.name AS makerName, c.name AS checkerName, b.created_at_ms AS createdAtMs,
  b.file_hash AS fileHash, b.head_enc AS headEnc, b.state, b.content_hash AS contentHash, b.submitted_at_ms AS submittedAtMs,
  a.approved_at_ms AS approvedAtMs, a.expires_at_ms AS approvalExpiresAtMs, a.hold_until_ms AS holdUntilMs, b.check_json AS checkJson,
  (SELECT COUNT(*) FROM refund_row w WHERE w.batch_id = b.batch_id AND w.excluded = 0) AS rows,
  (SELECT COALESCE(SUM(w.amount), 0) FROM refund_row w WHERE w.batch_id = b.batch_id AND w.excluded = 0) AS amount`
const FROM = `FROM batch b JOIN person m ON m.person_id = b.maker_id
  LEFT JOIN approval a ON a.batch_id = b.batch_id LEFT JOIN person c ON c.person_id = a.checker_id`

function toBatch(ledger: Ledger, row: v.InferOutput<typeof BatchSchema>): Batch {
  const { headEnc, checkJson, ...rest } = row
  return {
    ...rest,
    head: v.parse(HeadSchema, JSON.parse(ledger.cipher.openText(`batch.head:${row.batchId}`, headEnc))),
    check: checkJson === null ? null : v.parse(CheckViewSchema, JSON.parse(checkJson)),
  }
}

export function findBatch(ledger: Ledger, batchId: BatchId): Batch | null {
  const row = readRow(BatchSchema, ledger.sql(`SELECT ${BATCH} ${FROM} WHERE b.batch_id = ?`).get(batchId))
  return row === null ? null : toBatch(ledger, row)
}

/** The state alone: rows and sums of a large batch are too dear to be counted for every row of a run. */
export function batchStateOf(ledger: Ledger, batchId: BatchId): BatchState | null {
  const schema = v.object({ state: v.picklist(BATCH_STATES) })
  return readRow(schema, ledger.sql('SELECT state FROM batch WHERE batch_id = ?').get(batchId))?.state ?? null
}

/** Nothing of it is sent any more: it was taken back, at whatever state of the run, or approved before a restore. */
export function isCalledOff(ledger: Ledger, batchId: BatchId): boolean {
  return (
    ledger
      .sql(
        `SELECT 1 FROM batch_event WHERE batch_id = ?1 AND what = 'withdrawn'
         UNION ALL SELECT 1 FROM approval a JOIN quarantine q ON q.since_ms >= a.approved_at_ms WHERE a.batch_id = ?1 LIMIT 1`,
      )
      .get(batchId) !== undefined
  )
}

/** Batches in these states (all, when none is named), newest first. */
export function listBatches(
  ledger: Ledger,
  states: readonly BatchState[],
  offset: number,
  limit: number,
): { total: number; rows: Batch[] } {
  const wanted = JSON.stringify(states.length === 0 ? BATCH_STATES : states)
  const where = 'WHERE b.state IN (SELECT value FROM json_each(?))'
  const total = readCount(ledger.sql(`SELECT COUNT(*) AS n FROM batch b ${where}`).get(wanted))
  const rows = ledger
    .sql(`SELECT ${BATCH} ${FROM} ${where} ORDER BY b.created_at_ms DESC, b.batch_id LIMIT ? OFFSET ?`)
    .all(wanted, limit, offset)
  return { total, rows: readRows(BatchSchema, rows).map((row) => toBatch(ledger, row)) }
}

export function insertBatch(
  ledger: Ledger,
  batch: {
    readonly batchId: BatchId
    readonly name: string
    readonly makerId: PersonId
    readonly createdAtMs: number
    readonly fileHash: string
    readonly head: BatchHead
  },
): void {
  ledger
    .sql(
      `INSERT INTO batch (batch_id, name, maker_id, created_at_ms, file_hash, head_enc, state) VALUES (?, ?, ?, ?, ?, ?, 'draft')`,
    )
    .run(
      batch.batchId,
      batch.name,
      batch.makerId,
      batch.createdAtMs,
      batch.fileHash,
      ledger.cipher.seal(`batch.head:${batch.batchId}`, JSON.stringify(batch.head)),
    )
}

/** Moves a batch; the database refuses a step that the graph does not have. */
export function setBatchState(ledger: Ledger, batchId: BatchId, state: BatchState): void {
  ledger.sql('UPDATE batch SET state = ? WHERE batch_id = ?').run(state, batchId)
}

export function freezeBatch(ledger: Ledger, batchId: BatchId, contentHash: string, atMs: number): void {
  ledger
    .sql(`UPDATE batch SET state = 'submitted', content_hash = ?, submitted_at_ms = ? WHERE batch_id = ?`)
    .run(contentHash, atMs, batchId)
}

export function setBatchCheck(ledger: Ledger, batchId: BatchId, check: v.InferInput<typeof CheckViewSchema>): void {
  ledger.sql('UPDATE batch SET check_json = ? WHERE batch_id = ?').run(JSON.stringify(check), batchId)
}

const UnderWaySchema = v.object({ batchId: BatchIdSchema, contentHash: v.string() })

/** Batches whose rows may still be sent, with the hash that was signed. */
export function batchesUnderWay(ledger: Ledger): v.InferOutput<typeof UnderWaySchema>[] {
  return readRows(
    UnderWaySchema,
    ledger
      .sql(
        `SELECT b.batch_id AS batchId, a.content_hash AS contentHash FROM batch b JOIN approval a ON a.batch_id = b.batch_id
         WHERE b.state IN ('approved', 'running') ORDER BY b.batch_id`,
      )
      .all(),
  )
}

export function addBatchEvent(
  ledger: Ledger,
  batchId: BatchId,
  what: BatchEvent,
  atMs: number,
  personId: PersonId | null,
  note?: string,
): void {
  ledger
    .sql('INSERT INTO batch_event (batch_id, at_ms, what, person_id, note_enc) VALUES (?, ?, ?, ?, ?)')
    .run(
      batchId,
      atMs,
      what,
      personId,
      note === undefined ? null : ledger.cipher.seal(`batch_event.note:${batchId}`, note),
    )
}

const EventSchema = v.object({
  atMs: v.number(),
  what: v.picklist(BATCH_EVENTS),
  who: v.nullable(v.string()),
  noteEnc: v.nullable(blobSchema),
})

export function batchEvents(
  ledger: Ledger,
  batchId: BatchId,
): { atMs: number; what: BatchEvent; who: string; note: string | null }[] {
  const rows = ledger
    .sql(
      `SELECT e.at_ms AS atMs, e.what, p.name AS who, e.note_enc AS noteEnc FROM batch_event e
       LEFT JOIN person p ON p.person_id = e.person_id WHERE e.batch_id = ? ORDER BY e.seq`,
    )
    .all(batchId)
  return readRows(EventSchema, rows).map(({ noteEnc, who, ...rest }) => ({
    ...rest,
    who: who ?? '',
    note: noteEnc === null ? null : ledger.cipher.openText(`batch_event.note:${batchId}`, noteEnc),
  }))
}

const StateCountSchema = v.object({ state: v.picklist(ROW_STATES), count: v.number(), amount: wonSchema })

/** Rows and won by what the screen shows; rows that are not in the outbox yet are `draft`. */
export function batchByState(ledger: Ledger, batchId: BatchId): { state: RowState; count: number; amount: Won }[] {
  return readRows(
    StateCountSchema,
    ledger
      .sql(
        `SELECT COALESCE(o.state, 'draft') AS state, COUNT(*) AS count, COALESCE(SUM(w.amount), 0) AS amount
         FROM refund_row w LEFT JOIN outbox o ON o.row_id = w.row_id WHERE w.batch_id = ? AND w.excluded = 0 GROUP BY 1 ORDER BY 1`,
      )
      .all(batchId),
  )
}

const SplitSchema = v.object({
  provider: v.string(),
  method: v.picklist(PAYMENT_METHODS),
  count: v.number(),
  amount: wonSchema,
})

export function batchSplit(ledger: Ledger, batchId: BatchId): v.InferOutput<typeof SplitSchema>[] {
  return readRows(
    SplitSchema,
    ledger
      .sql(
        `SELECT p.provider, p.method, COUNT(*) AS count, SUM(w.amount) AS amount FROM refund_row w
         JOIN payment p ON p.payment_id = w.payment_id WHERE w.batch_id = ? AND w.excluded = 0 GROUP BY 1, 2 ORDER BY 4 DESC`,
      )
      .all(batchId),
  )
}

const ChannelSplitSchema = v.object({
  channelId: ChannelIdSchema,
  rows: v.number(),
  amount: wonSchema,
  takenRows: v.number(),
  takenAmount: wonSchema,
  failedRows: v.number(),
  failedAmount: wonSchema,
  dueOn: v.nullable(KstDateSchema),
})

/** Rows of a batch by the channel that they are paid over. */
export function batchByChannel(ledger: Ledger, batchId: BatchId): v.InferOutput<typeof ChannelSplitSchema>[] {
  const taken = `o.state IN ('accepted', 'paid-out')`
  const failed = `o.state IN ('failed', 'stopped-drift', 'stopped-rule', 'payout-failed', 'expired', 'cancelled')`
  return readRows(
    ChannelSplitSchema,
    ledger
      .sql(
        `SELECT p.channel_id AS channelId, COUNT(*) AS rows, SUM(w.amount) AS amount,
           COUNT(*) FILTER (WHERE ${taken}) AS takenRows, COALESCE(SUM(w.amount) FILTER (WHERE ${taken}), 0) AS takenAmount,
           COUNT(*) FILTER (WHERE ${failed}) AS failedRows, COALESCE(SUM(w.amount) FILTER (WHERE ${failed}), 0) AS failedAmount,
           MAX(d.due_on) AS dueOn
         FROM refund_row w JOIN payment p ON p.payment_id = w.payment_id
         LEFT JOIN outbox o ON o.row_id = w.row_id LEFT JOIN payout_due d ON d.row_id = w.row_id
         WHERE w.batch_id = ? AND w.excluded = 0 GROUP BY 1 ORDER BY 3 DESC`,
      )
      .all(batchId),
  )
}
