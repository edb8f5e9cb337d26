import * as v from 'valibot'
import type { AttemptId, ChannelId, DriftCaseId, PaymentId } from '../../../domain/ids'
import { won, wonSchema, type Won } from '../../../domain/money'
import type { Ledger } from './open-ledger'
import { readRows } from './read-rows'

export const ENTRY_SOURCES = ['own-refund', 'merchant-file', 'adopted', 'pg-baseline', 'payout-failed'] as const
export type EntrySource = (typeof ENTRY_SOURCES)[number]

/** One line of OUR side: a cancel (positive) or the correction of one (negative, linked). Never edited, never deleted. */
export interface NewEntry {
  readonly entryId: string
  readonly paymentId: PaymentId
  readonly amount: Won
  readonly atMs: number
  readonly source: EntrySource
  readonly cancelKey: string | null
  readonly tag?: string
  readonly attemptId?: AttemptId
  readonly correctsEntryId?: string
  readonly caseId?: DriftCaseId
  /** Identity of a row of the merchant's file, so that the same file twice adds nothing. */
  readonly fileFingerprint?: string
  readonly recordedAtMs: number
}

export function insertEntry(ledger: Ledger, entry: NewEntry): void {
  ledger
    .sql(
      `INSERT INTO cancel_entry (entry_id, payment_id, amount, at_ms, source, cancel_key, tag, attempt_id, corrects_entry_id,
         case_id, file_fingerprint, recorded_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.entryId,
      entry.paymentId,
      entry.amount,
      entry.atMs,
      entry.source,
      entry.cancelKey,
      entry.tag ?? null,
      entry.attemptId ?? null,
      entry.correctsEntryId ?? null,
      entry.caseId ?? null,
      entry.fileFingerprint ?? null,
      entry.recordedAtMs,
    )
}

const EntrySchema = v.object({
  entryId: v.string(),
  amount: wonSchema,
  atMs: v.number(),
  source: v.picklist(ENTRY_SOURCES),
  cancelKey: v.nullable(v.string()),
  tag: v.nullable(v.string()),
  correctsEntryId: v.nullable(v.string()),
})
export type Entry = v.InferOutput<typeof EntrySchema>

/** Our side of one payment, oldest first. */
export function entriesOf(ledger: Ledger, paymentId: PaymentId): Entry[] {
  return readRows(
    EntrySchema,
    ledger
      .sql(
        `SELECT entry_id AS entryId, amount, at_ms AS atMs, source, cancel_key AS cancelKey, tag, corrects_entry_id AS correctsEntryId
         FROM cancel_entry WHERE payment_id = ? ORDER BY at_ms, recorded_at_ms, entry_id`,
      )
      .all(paymentId),
  )
}

/** Takes back one entry by a linked negative one. */
export function correctEntry(
  ledger: Ledger,
  entry: Pick<Entry, 'entryId' | 'amount' | 'atMs'>,
  correction: Pick<NewEntry, 'entryId' | 'paymentId' | 'source' | 'caseId' | 'recordedAtMs'>,
): void {
  insertEntry(ledger, {
    ...correction,
    amount: won(-entry.amount),
    atMs: entry.atMs,
    cancelKey: null,
    correctsEntryId: entry.entryId,
  })
}

export function hasFileRow(ledger: Ledger, fingerprint: string): boolean {
  return ledger.sql('SELECT 1 FROM cancel_entry WHERE file_fingerprint = ?').get(fingerprint) !== undefined
}

/** Whether a refund of ours over this channel has this key of the PG already: no cancel is two refunds. */
export function isOwnKey(ledger: Ledger, channelId: ChannelId, cancelKey: string): boolean {
  const found = ledger
    .sql(
      `SELECT 1 FROM cancel_entry c JOIN payment p ON p.payment_id = c.payment_id
       WHERE c.cancel_key = ? AND p.channel_id = ? AND c.attempt_id IS NOT NULL LIMIT 1`,
    )
    .get(cancelKey, channelId)
  return found !== undefined
}

/** The PG's keys of cancels of this payment that stand in our ledger already, whoever made them. */
export function claimedKeys(ledger: Ledger, paymentId: PaymentId): ReadonlySet<string> {
  const rows = ledger
    .sql('SELECT cancel_key AS key FROM cancel_entry WHERE payment_id = ? AND cancel_key IS NOT NULL')
    .all(paymentId)
  return new Set(readRows(v.object({ key: v.string() }), rows).map((row) => row.key))
}
