import * as v from 'valibot'
import { ChannelIdSchema, RowIdSchema, type PersonId, type RowId } from '../../../domain/ids'
import { PAYMENT_METHODS } from '../../../domain/payment'
import { KstDateSchema, type KstDate } from '../../../domain/time'
import type { Ledger } from './open-ledger'
import { PileSchema, type Pile } from './outbox'
import { readRow, readRows } from './read-rows'

const EditSchema = v.object({
  day: KstDateSchema,
  kind: v.picklist(['closed', 'struck']),
  name: v.string(),
  by: v.string(),
  atMs: v.number(),
})
export type StoredEdit = v.InferOutput<typeof EditSchema>

/** What people added to the bundled holidays or struck out, by day. */
export function holidayEdits(ledger: Ledger): StoredEdit[] {
  return readRows(
    EditSchema,
    ledger
      .sql(
        `SELECT e.day, e.kind, e.name, p.name AS by, e.at_ms AS atMs
         FROM holiday_edit e JOIN person p ON p.person_id = e.person_id ORDER BY e.day`,
      )
      .all(),
  )
}

/** The newest word on a day replaces the one before. Inside a unit of work. */
export function putHolidayEdit(
  ledger: Ledger,
  edit: { readonly day: KstDate; readonly kind: 'closed' | 'struck'; readonly name: string },
  personId: PersonId,
  atMs: number,
): void {
  ledger
    .sql(
      `INSERT INTO holiday_edit (day, kind, name, person_id, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (day) DO UPDATE SET kind = ?2, name = ?3, person_id = ?4, at_ms = ?5`,
    )
    .run(edit.day, edit.kind, edit.name, personId, atMs)
}

/** Leaves a day to the bundled table again. Answers whether there was an edit. */
export function dropHolidayEdit(ledger: Ledger, day: KstDate): boolean {
  return ledger.sql('DELETE FROM holiday_edit WHERE day = ?').run(day).changes === 1
}

const AcceptedSchema = v.object({
  rowId: RowIdSchema,
  channelId: ChannelIdSchema,
  provider: v.string(),
  method: v.picklist(PAYMENT_METHODS),
  acceptedAtMs: v.number(),
})
/** What the due date of an accepted row is counted from. */
export type AcceptedRow = v.InferOutput<typeof AcceptedSchema>

// The PG's own time of the cancel: the answer may have been lost, and the acceptance seen days later. A time before the
// refund was prepared is a wrong clock.
const ACCEPTED_AT = 'MAX(COALESCE(c.at_ms, o.since_ms), COALESCE(t.prepared_at_ms, 0))'
const ACCEPTED = `
  SELECT o.row_id AS rowId, p.channel_id AS channelId, p.provider, p.method, ${ACCEPTED_AT} AS acceptedAtMs
  FROM outbox o JOIN payment p ON p.payment_id = o.payment_id
  LEFT JOIN attempt t ON t.row_id = o.row_id AND t.state = 'accepted'
  LEFT JOIN cancel_entry c ON c.attempt_id = t.attempt_id`

export function requireAcceptedRow(ledger: Ledger, rowId: RowId): AcceptedRow {
  const row = readRow(AcceptedSchema, ledger.sql(`${ACCEPTED} WHERE o.row_id = ?`).get(rowId))
  if (row === null) throw new Error(`row ${rowId} is not in the outbox`)
  return row
}

/** Accepted rows without a confirmed payout, by id, from behind a row on. */
export function acceptedRows(ledger: Ledger, after: RowId | null, limit: number): AcceptedRow[] {
  return readRows(
    AcceptedSchema,
    ledger
      .sql(`${ACCEPTED} WHERE o.state = 'accepted' AND o.row_id > ? ORDER BY o.row_id LIMIT ?`)
      .all(after ?? '', limit),
  )
}

/** Unpaid rows whose due date was counted over this day: accepted before it ended, due on it or later. */
export function rowsCountedOver(ledger: Ledger, day: KstDate, dayEndMs: number): AcceptedRow[] {
  return readRows(
    AcceptedSchema,
    ledger
      .sql(
        `${ACCEPTED} JOIN payout_due d ON d.row_id = o.row_id
         WHERE d.due_on >= ? AND d.paid_out = 0 AND o.state = 'accepted' AND ${ACCEPTED_AT} < ?`,
      )
      .all(day, dayEndMs),
  )
}

/** Stores a due date, null where nothing is due. Answers whether it is new. Inside a unit of work. */
export function putPayoutDue(ledger: Ledger, rowId: RowId, dueOn: KstDate | null): boolean {
  return (
    ledger
      .sql(
        `INSERT INTO payout_due (row_id, due_on) VALUES (?1, ?2)
         ON CONFLICT (row_id) DO UPDATE SET due_on = ?2 WHERE due_on IS NOT ?2`,
      )
      .run(rowId, dueOn).changes === 1
  )
}

/** Accepted refunds whose money should have arrived before this day and that nobody has confirmed. */
export function overduePile(ledger: Ledger, today: KstDate): Pile {
  const row = readRow(
    PileSchema,
    ledger
      .sql(
        `SELECT COUNT(*) AS count, COALESCE(SUM(o.amount), 0) AS amount
         FROM payout_due d JOIN outbox o ON o.row_id = d.row_id WHERE d.due_on < ? AND d.paid_out = 0`,
      )
      .get(today),
  )
  if (row === null) throw new Error('a count has one row')
  return row
}
