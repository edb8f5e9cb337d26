/**
 * More than one PG: a channel's options, notifications of a PG, payouts that a bank sent back, tasks that a refund leaves
 * behind, and rules that a merchant has agreed otherwise.
 *
 * Append-only: pg_notice, payout_event, follow_up, follow_up_done, rule_override. Mutable: unplaced_notice. SQLite cannot change a CHECK, so channel,
 * cancel_entry and outbox are built anew under their names with their rows; `migrate` does that with references unchecked
 * and checks them all before it commits. `payout_confirmation` becomes the first kind of `payout_event`.
 */
const APPEND_ONLY = [
  'pg_notice',
  'payout_event',
  'follow_up',
  'follow_up_done',
  'rule_override',
  'cancel_entry',
] as const

const appendOnlyTriggers = APPEND_ONLY.map(
  (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
).join('\n')

const RESERVED = `(SELECT COALESCE(SUM(r.amount), 0) FROM reservation r
   WHERE r.payment_id = NEW.payment_id AND NOT EXISTS (SELECT 1 FROM reservation_release x WHERE x.row_id = r.row_id))`
const CANCELLED = `(SELECT COALESCE(SUM(c.amount), 0) FROM cancel_entry c WHERE c.payment_id = NEW.payment_id)`
const PAID = `(SELECT p.paid FROM payment p WHERE p.payment_id = NEW.payment_id)`

/** Copies a table out, drops it with its triggers and indexes, makes it anew and copies the rows back. */
const rebuilt = (table: string, create: string, select = '*'): string => `
CREATE TEMP TABLE ${table}_rows AS SELECT ${select} FROM main.${table};
DROP TABLE main.${table};
${create}
INSERT INTO main.${table} SELECT * FROM temp.${table}_rows;
DROP TABLE temp.${table}_rows;
`

const channel = rebuilt(
  'channel',
  `CREATE TABLE channel (
  channel_id TEXT NOT NULL PRIMARY KEY,
  pg TEXT NOT NULL CHECK (pg IN ('portone-v1', 'kicc', 'portone-v2')),
  name TEXT NOT NULL,
  -- ChannelOptions as JSON; no secret is among them.
  options TEXT NOT NULL CHECK (json_extract(options, '$.pg') IS pg),
  created_at_ms INTEGER NOT NULL,
  parallel INTEGER NOT NULL DEFAULT 2 CHECK (parallel BETWEEN 1 AND 8)
) STRICT, WITHOUT ROWID;`,
  `channel_id, pg, name,
   json_object('pg', pg, 'includeSandbox', json(CASE include_sandbox WHEN 1 THEN 'true' ELSE 'false' END)), created_at_ms, parallel`,
)

const cancelEntry = `${rebuilt(
  'cancel_entry',
  `CREATE TABLE cancel_entry (
  entry_id TEXT NOT NULL PRIMARY KEY,
  payment_id TEXT NOT NULL REFERENCES payment,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  at_ms INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('own-refund', 'merchant-file', 'adopted', 'pg-baseline', 'payout-failed')),
  cancel_key TEXT,
  tag TEXT,
  attempt_id TEXT REFERENCES attempt,
  corrects_entry_id TEXT REFERENCES cancel_entry,
  case_id TEXT REFERENCES drift_case,
  file_fingerprint TEXT,
  recorded_at_ms INTEGER NOT NULL,
  CHECK (amount > 0 OR corrects_entry_id IS NOT NULL),
  CHECK ((source = 'own-refund') = (attempt_id IS NOT NULL)),
  CHECK (source <> 'payout-failed' OR amount < 0)
) STRICT, WITHOUT ROWID;`,
)}
CREATE INDEX cancel_entry_by_payment ON cancel_entry (payment_id);
CREATE UNIQUE INDEX cancel_entry_one_effect ON cancel_entry (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE UNIQUE INDEX cancel_entry_one_correction ON cancel_entry (corrects_entry_id) WHERE corrects_entry_id IS NOT NULL;
CREATE INDEX cancel_entry_by_key ON cancel_entry (cancel_key) WHERE cancel_key IS NOT NULL;
CREATE UNIQUE INDEX cancel_entry_file_row ON cancel_entry (file_fingerprint) WHERE file_fingerprint IS NOT NULL;
CREATE TRIGGER cancel_entry_of_attempt BEFORE INSERT ON cancel_entry
WHEN NEW.attempt_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM attempt t JOIN refund_row w ON w.row_id = t.row_id
  WHERE t.attempt_id = NEW.attempt_id AND t.state = 'accepted' AND t.payment_id = NEW.payment_id AND w.amount = NEW.amount)
BEGIN SELECT RAISE(ABORT, 'our refund is the accepted attempt of an approved row, in its amount'); END;
CREATE TRIGGER cancel_entry_corrects_whole BEFORE INSERT ON cancel_entry
WHEN NEW.corrects_entry_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM cancel_entry c
  WHERE c.entry_id = NEW.corrects_entry_id AND c.payment_id = NEW.payment_id AND c.amount = -NEW.amount)
BEGIN SELECT RAISE(ABORT, 'a correction takes back one whole entry of the same payment'); END;
CREATE TRIGGER cancel_entry_payout_failed BEFORE INSERT ON cancel_entry
WHEN NEW.source = 'payout-failed' AND NOT EXISTS (
  SELECT 1 FROM cancel_entry c JOIN attempt t ON t.attempt_id = c.attempt_id JOIN outbox o ON o.row_id = t.row_id
  WHERE c.entry_id = NEW.corrects_entry_id AND o.state = 'payout-failed')
BEGIN SELECT RAISE(ABORT, 'only a refund that the bank sent back is taken back so'); END;
CREATE TRIGGER cancel_entry_within_paid AFTER INSERT ON cancel_entry
WHEN ${RESERVED} + ${CANCELLED} > ${PAID}
BEGIN SELECT RAISE(ABORT, 'reservations and cancels exceed what was paid'); END;
CREATE TRIGGER cancel_entry_not_below_zero AFTER INSERT ON cancel_entry
WHEN ${CANCELLED} < 0
BEGIN SELECT RAISE(ABORT, 'cancels of a payment fall below zero'); END;
`

const outbox = `${rebuilt(
  'outbox',
  `CREATE TABLE outbox (
  row_id TEXT NOT NULL PRIMARY KEY REFERENCES refund_row,
  batch_id TEXT NOT NULL REFERENCES batch,
  payment_id TEXT NOT NULL REFERENCES payment,
  queue_no INTEGER NOT NULL UNIQUE,
  amount INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'needs-look', 'pg-processing', 'accepted', 'failed',
    'stopped-drift', 'stopped-rule', 'paid-out', 'payout-failed', 'cancelled', 'expired')),
  since_ms INTEGER NOT NULL,
  problem TEXT
) STRICT, WITHOUT ROWID;`,
)}
CREATE INDEX outbox_by_state ON outbox (state, queue_no);
CREATE INDEX outbox_by_batch ON outbox (batch_id, state);
CREATE INDEX outbox_by_payment ON outbox (payment_id, state, queue_no);
CREATE TRIGGER outbox_starts_waiting BEFORE INSERT ON outbox
WHEN NEW.state <> 'waiting' OR NOT EXISTS (SELECT 1 FROM reservation r
  WHERE r.row_id = NEW.row_id AND r.payment_id = NEW.payment_id AND r.amount = NEW.amount)
BEGIN SELECT RAISE(ABORT, 'a row joins the outbox waiting, with its money reserved'); END;
CREATE TRIGGER outbox_frozen BEFORE UPDATE ON outbox
WHEN NEW.row_id <> OLD.row_id OR NEW.batch_id <> OLD.batch_id OR NEW.payment_id <> OLD.payment_id
  OR NEW.queue_no <> OLD.queue_no OR NEW.amount <> OLD.amount
BEGIN SELECT RAISE(ABORT, 'a row keeps its place and amount in the outbox'); END;
CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'rows of the outbox are kept'); END;
CREATE TRIGGER outbox_steps BEFORE UPDATE OF state ON outbox
WHEN NEW.state <> OLD.state AND NOT (
     (OLD.state = 'waiting' AND NEW.state IN ('sending', 'stopped-drift', 'stopped-rule', 'cancelled', 'expired'))
  OR (OLD.state = 'sending' AND NEW.state IN ('waiting', 'needs-look', 'pg-processing', 'accepted', 'failed', 'stopped-drift'))
  OR (OLD.state = 'needs-look' AND NEW.state IN ('sending', 'waiting', 'pg-processing', 'accepted', 'failed', 'stopped-drift'))
  OR (OLD.state = 'pg-processing' AND NEW.state IN ('accepted', 'needs-look'))
  OR (OLD.state = 'accepted' AND NEW.state IN ('paid-out', 'payout-failed'))
  OR (OLD.state = 'paid-out' AND NEW.state = 'payout-failed'))
BEGIN SELECT RAISE(ABORT, 'a row cannot take this step'); END;
-- What was paid and what came back is no longer waited for.
CREATE TRIGGER payout_due_ended AFTER UPDATE OF state ON outbox WHEN NEW.state IN ('paid-out', 'payout-failed')
BEGIN UPDATE payout_due SET paid_out = 1 WHERE row_id = NEW.row_id; END;
`

const tables = `
DROP TRIGGER payment_identity;
CREATE TRIGGER payment_identity BEFORE UPDATE ON payment
WHEN NEW.payment_id <> OLD.payment_id OR NEW.pg_key <> OLD.pg_key OR NEW.channel_id <> OLD.channel_id
  OR NEW.order_no <> OLD.order_no OR NEW.currency <> OLD.currency
  -- An issued virtual account may change its amount until it is paid, and a failed payment may be tried anew.
  OR (NEW.paid <> OLD.paid AND OLD.status NOT IN ('ready', 'failed'))
BEGIN SELECT RAISE(ABORT, 'a payment keeps its identity and amount'); END;
CREATE INDEX payment_by_transaction ON payment (channel_id, pg_transaction_key) WHERE pg_transaction_key IS NOT NULL;

-- KICC names a payment's transaction in its requests, and several deposits may share one.
CREATE TRIGGER attempt_one_open_of_transaction BEFORE INSERT ON attempt
WHEN EXISTS (
  SELECT 1 FROM payment p JOIN channel c ON c.channel_id = p.channel_id AND c.pg = 'kicc'
  JOIN payment q ON q.channel_id = p.channel_id AND q.pg_transaction_key = p.pg_transaction_key
  JOIN attempt t ON t.payment_id = q.payment_id AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending')
  WHERE p.payment_id = NEW.payment_id AND p.pg_transaction_key IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'another refund of this transaction is not settled'); END;

CREATE TABLE pg_notice (
  channel_id TEXT NOT NULL REFERENCES channel,
  fingerprint TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('paid', 'cancelled', 'paid-out', 'payout-failed', 'withdrawn', 'other')),
  recorded_at_ms INTEGER NOT NULL,
  -- The notification as the file had it.
  content_enc BLOB NOT NULL,
  PRIMARY KEY (channel_id, fingerprint)
) STRICT, WITHOUT ROWID;

-- Notifications about a payment that fit nothing we know: a warning or a stop, until one finds its place.
CREATE TABLE unplaced_notice (
  payment_id TEXT NOT NULL REFERENCES payment,
  fingerprint TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('payout', 'cancel', 'contradiction', 'withdrawn')),
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (payment_id, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TABLE payout_event (
  seq INTEGER PRIMARY KEY,
  row_id TEXT NOT NULL REFERENCES refund_row,
  kind TEXT NOT NULL CHECK (kind IN ('paid-out', 'payout-failed')),
  person_id TEXT REFERENCES person,
  notice_fingerprint TEXT,
  note_enc BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  CHECK ((person_id IS NULL) <> (notice_fingerprint IS NULL)),
  UNIQUE (row_id, kind)
) STRICT;
INSERT INTO payout_event (row_id, kind, person_id, notice_fingerprint, note_enc, at_ms)
  SELECT row_id, 'paid-out', person_id, NULL, note_enc, at_ms FROM payout_confirmation ORDER BY at_ms, row_id;
DROP TABLE payout_confirmation;

CREATE TABLE follow_up (
  follow_up_id TEXT NOT NULL PRIMARY KEY,
  row_id TEXT NOT NULL REFERENCES refund_row,
  kind TEXT NOT NULL CHECK (kind IN ('cash-receipt', 'payout-contradicted')),
  detail_enc BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  UNIQUE (row_id, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE follow_up_done (
  follow_up_id TEXT NOT NULL PRIMARY KEY REFERENCES follow_up,
  person_id TEXT NOT NULL REFERENCES person,
  reason_enc BLOB NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_override (
  seq INTEGER PRIMARY KEY,
  channel_id TEXT NOT NULL REFERENCES channel,
  rule_id TEXT NOT NULL,
  in_force INTEGER NOT NULL CHECK (in_force IN (0, 1)),
  person_id TEXT NOT NULL REFERENCES person,
  reason_enc BLOB NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX rule_override_by_rule ON rule_override (channel_id, rule_id, seq);
`

export const severalPgs = [channel, cancelEntry, outbox, tables, appendOnlyTriggers].join('\n')
