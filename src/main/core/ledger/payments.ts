import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { balancesOf, type Balances } from '../../../domain/balances'
import { ChannelIdSchema, PaymentIdSchema, type ChannelId, type PaymentId } from '../../../domain/ids'
import { won, wonSchema, type Won } from '../../../domain/money'
import { PAYMENT_METHODS, PAYMENT_STATUSES, type CancelFact, type PgPayment } from '../../../domain/payment'
import { tagIn } from '../../../domain/refund-tag'
import { insertEntry } from './cancels'
import type { Ledger } from './open-ledger'
import { blobSchema, flagSchema, readCount, readRow, readRows } from './read-rows'

/** A payment as our ledger holds it, with its three balances. */
export const PaymentRowSchema = v.object({
  paymentId: PaymentIdSchema,
  channelId: ChannelIdSchema,
  pgKey: v.string(),
  orderNo: v.string(),
  method: v.picklist(PAYMENT_METHODS),
  provider: v.string(),
  pgTransactionKey: v.nullable(v.string()),
  currency: v.string(),
  status: v.picklist(PAYMENT_STATUSES),
  paid: wonSchema,
  paidAtMs: v.nullable(v.number()),
  productName: v.string(),
  buyerEnc: blobSchema,
  escrow: flagSchema,
  sandbox: flagSchema,
  promotion: flagSchema,
  pgCancelled: wonSchema,
  historyLength: v.number(),
  snapshotSeq: v.nullable(v.number()),
  seenAtMs: v.number(),
  cancelled: wonSchema,
  cancelCount: v.number(),
  reserved: wonSchema,
  openAttempt: flagSchema,
})
type PaymentRow = v.InferOutput<typeof PaymentRowSchema>

export interface LedgerPayment extends Omit<PaymentRow, 'buyerEnc'>, Balances {
  readonly buyerName: string
}

/** Columns of `PaymentRowSchema`, of a payment `p`. */
export const PAYMENT_COLUMNS = `
  p.payment_id AS paymentId, p.channel_id AS channelId, p.pg_key AS pgKey, p.order_no AS orderNo, p.method, p.provider,
  p.pg_transaction_key AS pgTransactionKey, p.currency, p.status, p.paid, p.paid_at_ms AS paidAtMs, p.product_name AS productName, p.buyer_enc AS buyerEnc,
  p.escrow, p.sandbox, p.promotion, p.pg_cancelled AS pgCancelled, p.pg_history_length AS historyLength,
  p.snapshot_seq AS snapshotSeq, p.seen_at_ms AS seenAtMs,
  (SELECT COALESCE(SUM(c.amount), 0) FROM cancel_entry c WHERE c.payment_id = p.payment_id) AS cancelled,
  (SELECT COUNT(*) FROM cancel_entry c WHERE c.payment_id = p.payment_id AND c.amount > 0
     AND NOT EXISTS (SELECT 1 FROM cancel_entry k WHERE k.corrects_entry_id = c.entry_id)) AS cancelCount,
  (SELECT COALESCE(SUM(r.amount), 0) FROM reservation r WHERE r.payment_id = p.payment_id
     AND NOT EXISTS (SELECT 1 FROM reservation_release x WHERE x.row_id = r.row_id)) AS reserved,
  EXISTS (SELECT 1 FROM attempt t WHERE t.payment_id = p.payment_id
     AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending')) AS openAttempt`

export function toPayment(ledger: Ledger, row: PaymentRow): LedgerPayment {
  const { buyerEnc, ...rest } = row
  return {
    ...rest,
    buyerName: ledger.cipher.openText(`payment.buyer:${row.paymentId}`, buyerEnc),
    ...balancesOf(row),
  }
}

export function findPayment(ledger: Ledger, paymentId: PaymentId): LedgerPayment | null {
  const row = readRow(
    PaymentRowSchema,
    ledger.sql(`SELECT ${PAYMENT_COLUMNS} FROM payment p WHERE p.payment_id = ?`).get(paymentId),
  )
  return row === null ? null : toPayment(ledger, row)
}

export function requirePayment(ledger: Ledger, paymentId: PaymentId): LedgerPayment {
  const payment = findPayment(ledger, paymentId)
  if (payment === null) throw new Error(`payment ${paymentId} is not in the ledger`)
  return payment
}

/**
 * All payments with this key or this order number; an order number may have several (failed and repeated attempts). At
 * KICC the key of the transaction, which a merchant's own files hold, stands for its deposits as well.
 */
export function findCandidates(
  ledger: Ledger,
  ref: { readonly pgKey: string; readonly orderNo: string },
): LedgerPayment[] {
  const rows = ledger
    .sql(
      `SELECT ${PAYMENT_COLUMNS} FROM payment p WHERE p.payment_id IN (
         SELECT payment_id FROM payment WHERE ?1 <> '' AND pg_key = ?1
         UNION SELECT q.payment_id FROM channel c JOIN payment q ON q.channel_id = c.channel_id AND q.pg_transaction_key = ?1
           WHERE ?1 <> '' AND c.pg = 'kicc'
         UNION SELECT payment_id FROM payment WHERE ?2 <> '' AND order_no = ?2)`,
    )
    .all(ref.pgKey, ref.orderNo)
  return readRows(PaymentRowSchema, rows).map((row) => toPayment(ledger, row))
}

/** Batches that are not over and hold a row of this payment. */
export function countOpenBatches(ledger: Ledger, paymentId: PaymentId): number {
  return readCount(
    ledger
      .sql(
        `SELECT COUNT(DISTINCT w.batch_id) AS n FROM refund_row w JOIN batch b ON b.batch_id = w.batch_id
         WHERE w.payment_id = ? AND w.excluded = 0
           AND b.state IN ('draft', 'checked', 'submitted', 'approved', 'running')`,
      )
      .get(paymentId),
  )
}

/** Whether our ledger holds any payment with this key or this order number: dear questions about it come later. */
export function knowsPayment(ledger: Ledger, ref: { readonly pgKey: string; readonly orderNo: string }): boolean {
  const found = ledger
    .sql(
      `SELECT 1 FROM payment WHERE ?1 <> '' AND pg_key = ?1
       UNION ALL SELECT 1 FROM payment WHERE ?2 <> '' AND order_no = ?2 LIMIT 1`,
    )
    .get(ref.pgKey, ref.orderNo)
  return found !== undefined
}

/**
 * Refunds of ours that took effect on a payment: our entries, and what the PG's history shows with a tag of this program
 * that no accepted attempt of this ledger made, as after a restore or where a request took effect after all.
 */
export function ownRefundsOf(ledger: Ledger, paymentId: PaymentId): { amount: Won; atMs: number }[] {
  const ours = readRows(
    v.object({ amount: wonSchema, atMs: v.number() }),
    ledger
      .sql(
        `SELECT c.amount, c.at_ms AS atMs FROM cancel_entry c WHERE c.payment_id = ? AND c.source = 'own-refund'
           AND NOT EXISTS (SELECT 1 FROM cancel_entry k WHERE k.corrects_entry_id = c.entry_id)`,
      )
      .all(paymentId),
  )
  const others = taggedCancels(ledger, paymentId).filter(({ tag }) => stateByTag(ledger, tag) !== 'accepted')
  return [...ours, ...others]
}

/** Cancels in the PG's history that carry a tag of this program and that no attempt of this ledger made. */
export function refundsUnknownHere(ledger: Ledger, paymentId: PaymentId): { amount: Won; atMs: number }[] {
  return taggedCancels(ledger, paymentId).filter(({ tag }) => stateByTag(ledger, tag) === null)
}

/** Whether the PG's history shows a refund by one of these tags. */
export function showsTag(ledger: Ledger, paymentId: PaymentId, tags: readonly string[]): boolean {
  return tags.length > 0 && taggedCancels(ledger, paymentId).some(({ tag }) => tags.includes(tag))
}

function stateByTag(ledger: Ledger, tag: string): string | null {
  const schema = v.object({ state: v.string() })
  return readRow(schema, ledger.sql('SELECT state FROM attempt WHERE tag = ?').get(tag))?.state ?? null
}

function taggedCancels(ledger: Ledger, paymentId: PaymentId): { tag: string; amount: Won; atMs: number }[] {
  // Most payments have no history, and a large file asks for each of its rows.
  const any = ledger.sql('SELECT 1 FROM payment WHERE payment_id = ? AND pg_history_length > 0').get(paymentId)
  if (any === undefined) return []
  const history = newestSnapshot(ledger, paymentId)?.history ?? []
  return history.flatMap(({ reason, amount, cancelledAtMs }) => {
    const tag = tagIn(reason)
    return tag === null ? [] : [{ tag, amount, atMs: cancelledAtMs }]
  })
}

/** The PGs behind a channel's payments, as rule-book keys. */
export function providersOfChannel(ledger: Ledger, channelId: ChannelId): string[] {
  const rows = ledger.sql('SELECT DISTINCT provider FROM payment WHERE channel_id = ? ORDER BY provider').all(channelId)
  return readRows(v.object({ provider: v.string() }), rows).map(({ provider }) => provider)
}

/** Payments of a channel of which the PG has told another total than our ledger has. */
export function differingPayments(ledger: Ledger, channelId: ChannelId): readonly PaymentId[] {
  const rows = ledger
    .sql(
      `SELECT p.payment_id AS paymentId FROM payment p WHERE p.channel_id = ? AND p.pg_cancelled <>
         (SELECT COALESCE(SUM(c.amount), 0) FROM cancel_entry c WHERE c.payment_id = p.payment_id) ORDER BY p.payment_id`,
    )
    .all(channelId)
  return readRows(v.object({ paymentId: PaymentIdSchema }), rows).map(({ paymentId }) => paymentId)
}

/** Payments that the ledger holds a row, an attempt or an entry of. */
export function paymentsAtStake(
  ledger: Ledger,
): { readonly paymentId: PaymentId; readonly channelId: ChannelId; readonly pgKey: string }[] {
  return readRows(
    v.object({ paymentId: PaymentIdSchema, channelId: ChannelIdSchema, pgKey: v.string() }),
    ledger
      .sql(
        `SELECT p.payment_id AS paymentId, p.channel_id AS channelId, p.pg_key AS pgKey FROM payment p
         WHERE EXISTS (SELECT 1 FROM refund_row w WHERE w.payment_id = p.payment_id)
           OR EXISTS (SELECT 1 FROM cancel_entry c WHERE c.payment_id = p.payment_id) ORDER BY p.payment_id`,
      )
      .all(),
  )
}

export function countPayments(ledger: Ledger): number {
  return readCount(ledger.sql('SELECT COUNT(*) AS n FROM payment').get())
}

/** Until it is paid, what a payment is may still change: which method, which PG, how much. */
const UNPAID = `status IN ('ready', 'failed')`

/**
 * Takes what the PG says now. A first sight writes the payment and its baseline (the PG's own word, not independent);
 * every change after that is an appended snapshot, never a cancel entry of ours. `seenAtMs` is the instant at which the PG
 * was asked. To be called inside a unit of work.
 * Answers whether the payment is new.
 */
export function recordPgPayment(
  ledger: Ledger,
  newId: (prefix: string) => string,
  seen: PgPayment,
  seenAtMs: number,
): boolean {
  const known = readRow(KnownSchema, ledger.sql(KNOWN).get(seen.paymentId))
  if (known === null) insertPayment(ledger, seen, seenAtMs)
  const history = JSON.stringify(seen.cancels)
  const contentHash = createHash('sha256').update(`${seen.status}|${seen.cancelledTotal}|${history}`).digest('hex')
  if (known?.contentHash !== contentHash) {
    const { lastInsertRowid } = ledger
      .sql(
        `INSERT INTO pg_snapshot (payment_id, seen_at_ms, status, cancelled_total, history_length, content_hash, history_enc)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        seen.paymentId,
        seenAtMs,
        seen.status,
        seen.cancelledTotal,
        seen.cancels.length,
        contentHash,
        ledger.cipher.seal(`pg_snapshot.history:${seen.paymentId}`, history),
      )
    ledger
      .sql(
        `UPDATE payment SET status = ?1, pg_cancelled = ?2, pg_history_length = ?3, snapshot_seq = ?4, seen_at_ms = ?5,
           paid_at_ms = ?6, paid = CASE WHEN ${UNPAID} THEN ?7 ELSE paid END,
           method = CASE WHEN ${UNPAID} THEN ?8 ELSE method END,
           provider = CASE WHEN ${UNPAID} THEN ?9 ELSE provider END,
           pg_transaction_key = CASE WHEN ${UNPAID} THEN ?10 ELSE COALESCE(pg_transaction_key, ?10) END,
           escrow = CASE WHEN ${UNPAID} THEN ?11 ELSE escrow END,
           promotion = CASE WHEN ${UNPAID} THEN ?12 ELSE promotion END
         WHERE payment_id = ?13`,
      )
      .run(
        seen.status,
        seen.cancelledTotal,
        seen.cancels.length,
        lastInsertRowid,
        seenAtMs,
        seen.paidAtMs,
        seen.paid,
        seen.method,
        seen.provider,
        seen.pgTransactionKey,
        Number(seen.escrow),
        Number(seen.promotion),
        seen.paymentId,
      )
  } else {
    ledger.sql('UPDATE payment SET seen_at_ms = ? WHERE payment_id = ?').run(seenAtMs, seen.paymentId)
  }
  if (known === null) insertBaseline(ledger, newId, seen, seenAtMs)
  return known === null
}

const KNOWN = `SELECT p.payment_id AS paymentId, s.content_hash AS contentHash
  FROM payment p LEFT JOIN pg_snapshot s ON s.seq = p.snapshot_seq WHERE p.payment_id = ?`
const KnownSchema = v.object({ paymentId: v.string(), contentHash: v.nullable(v.string()) })

function insertPayment(ledger: Ledger, seen: PgPayment, seenAtMs: number): void {
  ledger
    .sql(
      `INSERT INTO payment (payment_id, channel_id, pg_key, order_no, method, provider, pg_transaction_key, currency, paid, paid_at_ms,
         product_name, buyer_enc, escrow, sandbox, promotion, first_seen_at_ms, status, pg_cancelled, pg_history_length, snapshot_seq, seen_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`,
    )
    .run(
      seen.paymentId,
      seen.channelId,
      seen.pgKey,
      seen.orderNo,
      seen.method,
      seen.provider,
      seen.pgTransactionKey,
      seen.currency,
      seen.paid,
      seen.paidAtMs,
      seen.productName,
      ledger.cipher.seal(`payment.buyer:${seen.paymentId}`, seen.buyerName),
      Number(seen.escrow),
      Number(seen.sandbox),
      Number(seen.promotion),
      seenAtMs,
      seen.status,
      seen.cancelledTotal,
      seen.cancels.length,
      seenAtMs,
    )
  if (seen.buyerName !== '') {
    ledger
      .sql('INSERT OR IGNORE INTO blind_index (kind, hash, ref) VALUES (?, ?, ?)')
      .run('buyer', ledger.cipher.hash('buyer', seen.buyerName.normalize('NFC')), seen.paymentId)
  }
}

/**
 * One baseline entry for each cancel that the PG listed at first sight, so that later cancels stand out one by one; what
 * the list leaves unexplained of the total becomes one more. Never more than was paid: the rest shows as drift.
 */
function insertBaseline(ledger: Ledger, newId: (prefix: string) => string, seen: PgPayment, seenAtMs: number): void {
  let left = Math.min(seen.cancelledTotal, seen.paid)
  const add = (amount: Won, atMs: number, cancelKey: string | null): void => {
    if (amount <= 0) return
    left -= amount
    insertEntry(ledger, {
      entryId: newId('entry'),
      paymentId: seen.paymentId,
      amount,
      atMs,
      source: 'pg-baseline',
      cancelKey,
      recordedAtMs: seenAtMs,
    })
  }
  for (const cancel of seen.cancels) {
    if (cancel.amount <= left) add(cancel.amount, cancel.cancelledAtMs, cancel.cancelKey)
  }
  add(won(left), seen.cancels.at(-1)?.cancelledAtMs ?? seen.paidAtMs ?? seenAtMs, null)
}

export interface Snapshot {
  readonly seq: number
  readonly seenAtMs: number
  readonly cancelledTotal: Won
  readonly history: readonly CancelFact[]
}

export const CancelFactSchema = v.object({
  cancelKey: v.nullable(v.string()),
  pgTransactionKey: v.nullable(v.string()),
  amount: wonSchema,
  cancelledAtMs: v.number(),
  reason: v.string(),
})
const SnapshotRowSchema = v.object({
  seq: v.number(),
  seenAtMs: v.number(),
  cancelledTotal: wonSchema,
  historyEnc: blobSchema,
})

/** The newest snapshot of a payment, opened. */
export function newestSnapshot(ledger: Ledger, paymentId: PaymentId): Snapshot | null {
  const row = readRow(
    SnapshotRowSchema,
    ledger
      .sql(
        `SELECT s.seq, p.seen_at_ms AS seenAtMs, s.cancelled_total AS cancelledTotal, s.history_enc AS historyEnc
         FROM payment p JOIN pg_snapshot s ON s.seq = p.snapshot_seq WHERE p.payment_id = ?`,
      )
      .get(paymentId),
  )
  if (row === null) return null
  const history: unknown = JSON.parse(ledger.cipher.openText(`pg_snapshot.history:${paymentId}`, row.historyEnc))
  return {
    seq: row.seq,
    seenAtMs: row.seenAtMs,
    cancelledTotal: row.cancelledTotal,
    history: v.parse(v.array(CancelFactSchema), history),
  }
}

/** Notes that the whole list of a channel was read. */
export function noteSync(ledger: Ledger, channelId: ChannelId, atMs: number): void {
  ledger
    .sql(
      'INSERT INTO sync_cursor (channel_id, synced_at_ms) VALUES (?1, ?2) ON CONFLICT (channel_id) DO UPDATE SET synced_at_ms = ?2',
    )
    .run(channelId, atMs)
}

export function lastSyncMs(ledger: Ledger): number | null {
  const row = readRow(
    v.object({ atMs: v.nullable(v.number()) }),
    ledger.sql('SELECT MAX(synced_at_ms) AS atMs FROM sync_cursor').get(),
  )
  return row?.atMs ?? null
}
