/**
 * What a run of several requests at a time needs: how many a channel takes, the hold before an approved batch starts, the
 * PG's keys of the cancels that stood there before an attempt, and the answer as a recovery point of its own.
 *
 * `attempt_answer` is append-only; the new columns of `approval` and `attempt` never change, that of `channel` does.
 */
export const parallelRun = `
ALTER TABLE channel ADD COLUMN parallel INTEGER NOT NULL DEFAULT 2 CHECK (parallel BETWEEN 1 AND 8);

ALTER TABLE approval ADD COLUMN hold_until_ms INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER attempt_after_hold BEFORE INSERT ON attempt
WHEN EXISTS (SELECT 1 FROM refund_row w JOIN approval a ON a.batch_id = w.batch_id
  WHERE w.row_id = NEW.row_id AND a.hold_until_ms > NEW.prepared_at_ms)
BEGIN SELECT RAISE(ABORT, 'nothing is sent during the hold'); END;

-- NULL for attempts of an older program, which did not note them.
ALTER TABLE attempt ADD COLUMN known_cancel_keys TEXT;
CREATE TRIGGER attempt_keeps_known_keys BEFORE UPDATE ON attempt
WHEN NEW.known_cancel_keys IS NOT OLD.known_cancel_keys
BEGIN SELECT RAISE(ABORT, 'an attempt keeps what it knew'); END;

CREATE TRIGGER attempt_repeats_once BEFORE UPDATE OF state ON attempt
WHEN OLD.state = 'unknown' AND NEW.state = 'sending' AND OLD.sent_count <> 1
BEGIN SELECT RAISE(ABORT, 'a request is repeated once at most'); END;
CREATE INDEX outbox_by_payment ON outbox (payment_id, state, queue_no);

CREATE TABLE attempt_answer (
  attempt_id TEXT NOT NULL REFERENCES attempt,
  send_no INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  outcome_enc BLOB NOT NULL,
  PRIMARY KEY (attempt_id, send_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER attempt_answer_while_sending BEFORE INSERT ON attempt_answer
WHEN NOT EXISTS (SELECT 1 FROM attempt t
  WHERE t.attempt_id = NEW.attempt_id AND t.state = 'sending' AND t.sent_count = NEW.send_no)
BEGIN SELECT RAISE(ABORT, 'an answer belongs to the request that is under way'); END;
CREATE TRIGGER attempt_answer_no_update BEFORE UPDATE ON attempt_answer
BEGIN SELECT RAISE(ABORT, 'attempt_answer is append-only'); END;
CREATE TRIGGER attempt_answer_no_delete BEFORE DELETE ON attempt_answer
BEGIN SELECT RAISE(ABORT, 'attempt_answer is append-only'); END;
`
