/**
 * When refunds reach the customer. Both tables are mutable, and neither moves money.
 *
 * holiday_edit: what people added to or struck out of the bundled table; a restored day loses its line. Who did what and
 * when stands in the audit log for good. payout_due: a cache of the due date of each accepted row, NULL where nothing is
 * due or nobody says when; it can be counted again at any time. `paid_out` keeps the rows that somebody confirmed out of
 * the search for overdue ones.
 */
export const payoutCalendar = `
CREATE TABLE holiday_edit (
  day TEXT NOT NULL PRIMARY KEY CHECK (date(day) IS day),
  kind TEXT NOT NULL CHECK (kind IN ('closed', 'struck')),
  name TEXT NOT NULL CHECK (name <> ''),
  person_id TEXT NOT NULL REFERENCES person,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE payout_due (
  row_id TEXT NOT NULL PRIMARY KEY REFERENCES outbox,
  due_on TEXT CHECK (due_on IS NULL OR date(due_on) IS due_on),
  paid_out INTEGER NOT NULL DEFAULT 0 CHECK (paid_out IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX payout_due_open ON payout_due (due_on) WHERE due_on IS NOT NULL AND paid_out = 0;

CREATE TRIGGER payout_due_confirmed AFTER UPDATE OF state ON outbox WHEN NEW.state = 'paid-out'
BEGIN UPDATE payout_due SET paid_out = 1 WHERE row_id = NEW.row_id; END;
`
