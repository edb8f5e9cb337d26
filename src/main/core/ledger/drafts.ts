import * as v from 'valibot'
import { DraftIdSchema, PersonIdSchema, type DraftId, type PersonId } from '../../../domain/ids'
import type { Ledger } from './open-ledger'
import { blobSchema, readCount, readRow, readRows } from './read-rows'

/** Rows of a draft are kept in encrypted blocks of this many: one cell a row would cost more than the rows. */
export const BLOCK_ROWS = 200

export type DraftFlag = 'error' | 'warning' | 'fine'

export interface NewDraft {
  readonly draftId: DraftId
  readonly personId: PersonId
  readonly fileHash: string
  readonly importedAtMs: number
  /** Counts and sums: no personal data. */
  readonly summary: string
  /** File name, header, columns: sealed. */
  readonly head: string
  readonly bytes: Uint8Array
}

export interface DraftRows {
  readonly flags: readonly DraftFlag[]
  /** One JSON text for each row, in the same order. */
  readonly rows: readonly string[]
}

const DraftSchema = v.object({
  draftId: DraftIdSchema,
  personId: PersonIdSchema,
  fileHash: v.string(),
  importedAtMs: v.number(),
  state: v.picklist(['open', 'used', 'discarded']),
  summary: v.string(),
  headEnc: blobSchema,
})
const DRAFT = `draft_id AS draftId, person_id AS personId, file_hash AS fileHash, imported_at_ms AS importedAtMs, state, summary, head_enc AS headEnc`

export interface Draft extends Omit<v.InferOutput<typeof DraftSchema>, 'headEnc'> {
  readonly head: string
}

function toDraft(ledger: Ledger, row: v.InferOutput<typeof DraftSchema>): Draft {
  const { headEnc, ...rest } = row
  return { ...rest, head: ledger.cipher.openText(`draft.head:${row.draftId}`, headEnc) }
}

/** Writes a draft, or reads it anew in place of an earlier reading. Inside a unit of work. */
export function putDraft(ledger: Ledger, draft: NewDraft, content: DraftRows): void {
  ledger.sql('DELETE FROM draft WHERE draft_id = ?').run(draft.draftId)
  ledger
    .sql(
      `INSERT INTO draft (draft_id, person_id, file_hash, imported_at_ms, state, summary, head_enc, bytes_enc)
       VALUES (?, ?, ?, ?, 'open', ?, ?, ?)`,
    )
    .run(
      draft.draftId,
      draft.personId,
      draft.fileHash,
      draft.importedAtMs,
      draft.summary,
      ledger.cipher.seal(`draft.head:${draft.draftId}`, draft.head),
      ledger.cipher.seal(`draft.bytes:${draft.draftId}`, draft.bytes),
    )
  const insertFlag = ledger.sql('INSERT INTO draft_row (draft_id, position, flag) VALUES (?, ?, ?)')
  content.flags.forEach((flag, position) => insertFlag.run(draft.draftId, position, flag))
  const insertBlock = ledger.sql('INSERT INTO draft_block (draft_id, block_no, rows_enc) VALUES (?, ?, ?)')
  for (let start = 0; start < content.rows.length; start += BLOCK_ROWS) {
    const blockNo = start / BLOCK_ROWS
    const block = `[${content.rows.slice(start, start + BLOCK_ROWS).join(',')}]`
    insertBlock.run(draft.draftId, blockNo, ledger.cipher.seal(`draft_block.rows:${draft.draftId}:${blockNo}`, block))
  }
}

export function findDraft(ledger: Ledger, draftId: DraftId): Draft | null {
  const row = readRow(DraftSchema, ledger.sql(`SELECT ${DRAFT} FROM draft WHERE draft_id = ?`).get(draftId))
  return row === null ? null : toDraft(ledger, row)
}

export function openDrafts(ledger: Ledger): Draft[] {
  const rows = ledger
    .sql(`SELECT ${DRAFT} FROM draft WHERE state = 'open' ORDER BY imported_at_ms DESC LIMIT 100`)
    .all()
  return readRows(DraftSchema, rows).map((row) => toDraft(ledger, row))
}

export function countOpenDrafts(ledger: Ledger): number {
  return readCount(ledger.sql(`SELECT COUNT(*) AS n FROM draft WHERE state = 'open'`).get())
}

/** The bytes as they were imported, for reading them again. */
export function draftBytes(ledger: Ledger, draftId: DraftId): Uint8Array | null {
  const row = readRow(
    v.object({ bytesEnc: blobSchema }),
    ledger.sql('SELECT bytes_enc AS bytesEnc FROM draft WHERE draft_id = ?').get(draftId),
  )
  return row === null ? null : ledger.cipher.open(`draft.bytes:${draftId}`, row.bytesEnc)
}

/** Positions of the rows under a filter, page by page. */
export function draftPositions(
  ledger: Ledger,
  draftId: DraftId,
  flags: readonly DraftFlag[],
  offset: number,
  limit: number,
): { total: number; positions: number[] } {
  const wanted = JSON.stringify(flags)
  const total = readCount(
    ledger
      .sql('SELECT COUNT(*) AS n FROM draft_row WHERE draft_id = ? AND flag IN (SELECT value FROM json_each(?))')
      .get(draftId, wanted),
  )
  const rows = ledger
    .sql(
      `SELECT position FROM draft_row WHERE draft_id = ? AND flag IN (SELECT value FROM json_each(?))
       ORDER BY position LIMIT ? OFFSET ?`,
    )
    .all(draftId, wanted, limit, offset)
  return { total, positions: readRows(v.object({ position: v.number() }), rows).map((row) => row.position) }
}

/** The rows at these positions, each as it was put. Opens every needed block once. */
export function draftRowsAt(ledger: Ledger, draftId: DraftId, positions: readonly number[]): unknown[] {
  const blocks = new Map<number, readonly unknown[]>()
  const select = ledger.sql('SELECT rows_enc AS rowsEnc FROM draft_block WHERE draft_id = ? AND block_no = ?')
  return positions.map((position) => {
    const blockNo = Math.floor(position / BLOCK_ROWS)
    let block = blocks.get(blockNo)
    if (block === undefined) {
      const row = v.parse(v.object({ rowsEnc: blobSchema }), select.get(draftId, blockNo))
      block = v.parse(
        v.array(v.unknown()),
        JSON.parse(ledger.cipher.openText(`draft_block.rows:${draftId}:${blockNo}`, row.rowsEnc)),
      )
      blocks.set(blockNo, block)
    }
    return block[position % BLOCK_ROWS]
  })
}

/** A used draft keeps its head for the list of imports; a discarded one is gone, with its file. */
export function closeDraft(ledger: Ledger, draftId: DraftId, how: 'used' | 'discarded'): void {
  if (how === 'discarded') ledger.sql('DELETE FROM draft WHERE draft_id = ?').run(draftId)
  else ledger.sql(`UPDATE draft SET state = 'used' WHERE draft_id = ?`).run(draftId)
}

export function rememberImport(
  ledger: Ledger,
  kind: 'refunds' | 'books',
  fileHash: string,
  personId: PersonId,
  atMs: number,
): void {
  ledger
    .sql('INSERT INTO import_seen (file_hash, kind, at_ms, person_id) VALUES (?, ?, ?, ?)')
    .run(fileHash, kind, atMs, personId)
}

const SeenSchema = v.object({ atMs: v.number(), name: v.string() })

/** The last import of the same bytes before now. */
export function earlierImport(
  ledger: Ledger,
  kind: 'refunds' | 'books',
  fileHash: string,
): v.InferOutput<typeof SeenSchema> | null {
  return readRow(
    SeenSchema,
    ledger
      .sql(
        `SELECT i.at_ms AS atMs, p.name FROM import_seen i JOIN person p ON p.person_id = i.person_id
         WHERE i.kind = ? AND i.file_hash = ? ORDER BY i.at_ms DESC LIMIT 1`,
      )
      .get(kind, fileHash),
  )
}
