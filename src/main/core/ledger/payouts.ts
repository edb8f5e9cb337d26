import * as v from 'valibot'
import {
  AttemptIdSchema,
  PaymentIdSchema,
  RowIdSchema,
  type PaymentId,
  type PersonId,
  type RowId,
} from '../../../domain/ids'
import { wonSchema } from '../../../domain/money'
import { claimedKeys } from './cancels'
import type { Ledger } from './open-ledger'
import { PileSchema, type Pile } from './outbox'
import { newestSnapshot } from './payments'
import { blobSchema, flagSchema, readRow, readRows } from './read-rows'

export type PayoutKind = 'paid-out' | 'payout-failed'

/** Who said so: a named person, or a notification of the PG. */
export type PayoutProof =
  | { readonly by: 'person'; readonly personId: PersonId; readonly note: string }
  | { readonly by: 'notice'; readonly fingerprint: string; readonly note: string }

/** Confirmations were kept apart once; their cells know that place. */
const placeOf = (kind: PayoutKind, rowId: RowId): string =>
  kind === 'paid-out' ? `payout_confirmation.note:${rowId}` : `payout_event.note:${rowId}`

/** Keeps how it is known what became of a refund's money. Once for each row and kind; inside a unit of work. */
export function insertPayoutEvent(
  ledger: Ledger,
  rowId: RowId,
  kind: PayoutKind,
  proof: PayoutProof,
  /** When it happened, by the PG's notification, or when a person said so. */
  atMs: number,
): void {
  ledger
    .sql(
      `INSERT INTO payout_event (row_id, kind, person_id, notice_fingerprint, note_enc, at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(
      rowId,
      kind,
      proof.by === 'person' ? proof.personId : null,
      proof.by === 'notice' ? proof.fingerprint : null,
      ledger.cipher.seal(placeOf(kind, rowId), proof.note),
      atMs,
    )
}

const EventSchema = v.object({
  kind: v.picklist(['paid-out', 'payout-failed']),
  person: v.nullable(v.string()),
  noteEnc: blobSchema,
  atMs: v.number(),
})

export interface PayoutEvent {
  readonly kind: PayoutKind
  /** Null where a notification of the PG says so. */
  readonly person: string | null
  readonly note: string
  readonly atMs: number
}

/** What is known of a refund's money, oldest first. */
export function payoutEvents(ledger: Ledger, rowId: RowId): PayoutEvent[] {
  const rows = ledger
    .sql(
      `SELECT e.kind, p.name AS person, e.note_enc AS noteEnc, e.at_ms AS atMs
       FROM payout_event e LEFT JOIN person p ON p.person_id = e.person_id WHERE e.row_id = ? ORDER BY e.seq`,
    )
    .all(rowId)
  return readRows(EventSchema, rows).map(({ noteEnc, ...rest }) => ({
    ...rest,
    note: ledger.cipher.openText(placeOf(rest.kind, rowId), noteEnc),
  }))
}

const EffectSchema = v.object({
  rowId: RowIdSchema,
  attemptId: AttemptIdSchema,
  paymentId: PaymentIdSchema,
  entryId: v.string(),
  amount: wonSchema,
  atMs: v.number(),
  cancelKey: v.nullable(v.string()),
  state: v.picklist(['accepted', 'paid-out', 'payout-failed']),
  /** Our entry was taken back already, as where the PG's history was adopted. */
  corrected: flagSchema,
  /** Who said that its money came back. */
  failedBy: v.nullable(v.picklist(['person', 'notice'])),
})
/** A refund of ours that took effect, with the row that it paid. */
export interface Effect extends v.InferOutput<typeof EffectSchema> {
  /** The PG's key of the cancel: that of our entry, else of what the PG has told of the same amount since. */
  readonly wordKey: string | null
}

const EFFECT = `SELECT t.row_id AS rowId, t.attempt_id AS attemptId, t.payment_id AS paymentId, c.entry_id AS entryId, c.amount,
  c.at_ms AS atMs, c.cancel_key AS cancelKey, o.state,
  EXISTS (SELECT 1 FROM cancel_entry k WHERE k.corrects_entry_id = c.entry_id) AS corrected,
  (SELECT CASE WHEN e.person_id IS NULL THEN 'notice' ELSE 'person' END
     FROM payout_event e WHERE e.row_id = t.row_id AND e.kind = 'payout-failed') AS failedBy
  FROM cancel_entry c JOIN attempt t ON t.attempt_id = c.attempt_id JOIN outbox o ON o.row_id = t.row_id`

export function effectOfRow(ledger: Ledger, rowId: RowId): Effect | null {
  const row = readRow(EffectSchema, ledger.sql(`${EFFECT} WHERE t.row_id = ?`).get(rowId))
  return row === null ? null : (effectsOfPayment(ledger, row.paymentId).find((each) => each.rowId === rowId) ?? null)
}

/** Refunds of ours on a payment, oldest first. */
export function effectsOfPayment(ledger: Ledger, paymentId: PaymentId): Effect[] {
  const rows = readRows(
    EffectSchema,
    ledger.sql(`${EFFECT} WHERE c.payment_id = ? ORDER BY c.at_ms, c.entry_id`).all(paymentId),
  )
  if (rows.every(({ cancelKey }) => cancelKey !== null)) return rows.map((row) => ({ ...row, wordKey: row.cancelKey }))
  const claimed = new Set(claimedKeys(ledger, paymentId))
  const words = newestSnapshot(ledger, paymentId)?.history ?? []
  return rows.map((row) => {
    if (row.cancelKey !== null) return { ...row, wordKey: row.cancelKey }
    const word = words.find(
      ({ cancelKey, amount }) => cancelKey !== null && amount === row.amount && !claimed.has(cancelKey),
    )
    const wordKey = word?.cancelKey ?? null
    if (wordKey !== null) claimed.add(wordKey)
    return { ...row, wordKey }
  })
}

/** Refunds that came back and whose payment no later row has paid or is to pay. */
export function unpaidAgainPile(ledger: Ledger): Pile {
  const row = readRow(
    PileSchema,
    ledger
      .sql(
        `SELECT COUNT(*) AS count, COALESCE(SUM(o.amount), 0) AS amount FROM outbox o
         WHERE o.state = 'payout-failed' AND NOT EXISTS (
           SELECT 1 FROM outbox l WHERE l.payment_id = o.payment_id AND l.queue_no > o.queue_no
             AND l.state IN ('waiting', 'sending', 'needs-look', 'pg-processing', 'accepted', 'paid-out'))`,
      )
      .get(),
  )
  if (row === null) throw new Error('a count has one row')
  return row
}

const ReturnedSchema = v.object({ amount: wonSchema, atMs: v.number() })

/** Refunds of a payment whose money came back, with the instant at which it was told. */
export function returnedRefunds(ledger: Ledger, paymentId: PaymentId): v.InferOutput<typeof ReturnedSchema>[] {
  return readRows(
    ReturnedSchema,
    ledger
      .sql(`SELECT amount, since_ms AS atMs FROM outbox WHERE payment_id = ? AND state = 'payout-failed'`)
      .all(paymentId),
  )
}
