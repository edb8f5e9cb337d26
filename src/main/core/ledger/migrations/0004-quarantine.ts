/**
 * While a quarantine is open nothing is approved and nothing is sent: the ledger may not know of refunds that were paid
 * after the state that it shows. Append-only: both tables. A quarantine has no end until a checker writes one.
 */
const OPEN = `EXISTS (SELECT 1 FROM quarantine q
  WHERE NOT EXISTS (SELECT 1 FROM quarantine_end e WHERE e.quarantine_id = q.quarantine_id))`

const appendOnlyTriggers = ['quarantine', 'quarantine_end']
  .map(
    (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
  )
  .join('\n')

export const quarantine = `
CREATE TABLE quarantine (
  quarantine_id TEXT NOT NULL PRIMARY KEY,
  why TEXT NOT NULL CHECK (why IN ('restored', 'rolled-back')),
  since_ms INTEGER NOT NULL,
  -- When the state was recorded that the ledger went back to.
  state_at_ms INTEGER NOT NULL,
  -- Not a reference: whoever restored may have joined after that state.
  who TEXT NOT NULL,
  reason_enc BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE quarantine_end (
  quarantine_id TEXT NOT NULL PRIMARY KEY REFERENCES quarantine,
  ended_at_ms INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES person,
  reason_enc BLOB NOT NULL,
  compared_at_ms INTEGER NOT NULL,
  payments INTEGER NOT NULL CHECK (payments >= 0),
  differences INTEGER NOT NULL CHECK (differences >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER quarantine_one_open BEFORE INSERT ON quarantine WHEN ${OPEN}
BEGIN SELECT RAISE(ABORT, 'the ledger is quarantined already'); END;
CREATE TRIGGER quarantine_end_by_checker BEFORE INSERT ON quarantine_end
WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.person_id = NEW.person_id AND p.roles LIKE '%"checker"%')
BEGIN SELECT RAISE(ABORT, 'only a checker ends a quarantine'); END;
CREATE TRIGGER quarantine_end_after_comparison BEFORE INSERT ON quarantine_end
WHEN NEW.compared_at_ms < (SELECT q.since_ms FROM quarantine q WHERE q.quarantine_id = NEW.quarantine_id)
BEGIN SELECT RAISE(ABORT, 'a quarantine ends after a comparison'); END;
CREATE TRIGGER quarantine_stops_approval BEFORE INSERT ON approval WHEN ${OPEN}
BEGIN SELECT RAISE(ABORT, 'nothing is approved in quarantine'); END;
CREATE TRIGGER quarantine_stops_attempt BEFORE INSERT ON attempt WHEN ${OPEN}
BEGIN SELECT RAISE(ABORT, 'nothing is prepared in quarantine'); END;
CREATE TRIGGER quarantine_stops_sending BEFORE UPDATE OF state ON attempt WHEN NEW.state = 'sending' AND ${OPEN}
BEGIN SELECT RAISE(ABORT, 'nothing is sent in quarantine'); END;
${appendOnlyTriggers}
`
