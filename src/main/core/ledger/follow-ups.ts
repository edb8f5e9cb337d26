import * as v from 'valibot'
import { FOLLOW_UP_KINDS } from '../../../contract/views'
import { RowIdSchema, type PersonId, type RowId } from '../../../domain/ids'
import type { Ledger } from './open-ledger'
import { blobSchema, readCount, readRow, readRows } from './read-rows'

const RowSchema = v.object({
  followUpId: v.string(),
  rowId: RowIdSchema,
  kind: v.picklist(FOLLOW_UP_KINDS),
  detailEnc: blobSchema,
  atMs: v.number(),
})

/** Work that a refund left behind although it was taken: a cash receipt that the PG could not cancel, a payout that is told both ways. */
export interface FollowUp extends Omit<v.InferOutput<typeof RowSchema>, 'detailEnc'> {
  /** The PG's own words. */
  readonly detail: string
}

const OPEN = `FROM follow_up f WHERE NOT EXISTS (SELECT 1 FROM follow_up_done d WHERE d.follow_up_id = f.follow_up_id)`
const COLUMNS = 'f.follow_up_id AS followUpId, f.row_id AS rowId, f.kind, f.detail_enc AS detailEnc, f.at_ms AS atMs'

function toFollowUp(ledger: Ledger, { detailEnc, ...rest }: v.InferOutput<typeof RowSchema>): FollowUp {
  return { ...rest, detail: ledger.cipher.openText(`follow_up.detail:${rest.followUpId}`, detailEnc) }
}

/** Once for each row and kind. Inside a unit of work. */
export function openFollowUp(ledger: Ledger, followUp: FollowUp): void {
  ledger
    .sql(
      `INSERT INTO follow_up (follow_up_id, row_id, kind, detail_enc, at_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (row_id, kind) DO NOTHING`,
    )
    .run(
      followUp.followUpId,
      followUp.rowId,
      followUp.kind,
      ledger.cipher.seal(`follow_up.detail:${followUp.followUpId}`, followUp.detail),
      followUp.atMs,
    )
}

export function countOpenFollowUps(ledger: Ledger): number {
  return readCount(ledger.sql(`SELECT COUNT(*) AS n ${OPEN}`).get())
}

/** Oldest first. */
export function openFollowUps(ledger: Ledger, offset: number, limit: number): FollowUp[] {
  const rows = ledger
    .sql(`SELECT ${COLUMNS} ${OPEN} ORDER BY f.at_ms, f.follow_up_id LIMIT ? OFFSET ?`)
    .all(limit, offset)
  return readRows(RowSchema, rows).map((row) => toFollowUp(ledger, row))
}

export function findOpenFollowUp(ledger: Ledger, followUpId: string): FollowUp | null {
  const row = readRow(RowSchema, ledger.sql(`SELECT ${COLUMNS} ${OPEN} AND f.follow_up_id = ?`).get(followUpId))
  return row === null ? null : toFollowUp(ledger, row)
}

export function followUpsOfRow(ledger: Ledger, rowId: RowId): FollowUp[] {
  return readRows(RowSchema, ledger.sql(`SELECT ${COLUMNS} ${OPEN} AND f.row_id = ?`).all(rowId)).map((row) =>
    toFollowUp(ledger, row),
  )
}

/** A person has done it. Inside a unit of work. */
export function endFollowUp(
  ledger: Ledger,
  followUpId: string,
  personId: PersonId,
  reason: string,
  atMs: number,
): void {
  ledger
    .sql('INSERT INTO follow_up_done (follow_up_id, person_id, reason_enc, at_ms) VALUES (?, ?, ?, ?)')
    .run(followUpId, personId, ledger.cipher.seal(`follow_up_done.reason:${followUpId}`, reason), atMs)
}
