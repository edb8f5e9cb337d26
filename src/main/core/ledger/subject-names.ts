import * as v from 'valibot'
import type { Ledger } from './open-ledger'
import { readRow } from './read-rows'

/** Things that a line of the record may be about and that people know by a name or a number. */
export type NamedSubject = 'batch' | 'row' | 'attempt' | 'drift' | 'person' | 'channel'

const NameSchema = v.object({ name: v.string() })

const NAMES: Readonly<Record<NamedSubject, string>> = {
  batch: 'SELECT name FROM batch WHERE batch_id = ?',
  row: `SELECT p.order_no AS name FROM refund_row r JOIN payment p ON p.payment_id = r.payment_id WHERE r.row_id = ?`,
  attempt: `SELECT p.order_no AS name FROM attempt a JOIN payment p ON p.payment_id = a.payment_id WHERE a.attempt_id = ?`,
  drift: `SELECT p.order_no AS name FROM drift_case d JOIN payment p ON p.payment_id = d.payment_id WHERE d.case_id = ?`,
  person: 'SELECT name FROM person WHERE person_id = ?',
  channel: 'SELECT name FROM channel WHERE channel_id = ?',
}

/** A batch's, person's or channel's name; the order number of a row, an attempt or a case. Null when there is none. */
export function subjectName(ledger: Ledger, kind: NamedSubject, id: string): string | null {
  return readRow(NameSchema, ledger.sql(NAMES[kind]).get(id))?.name ?? null
}
