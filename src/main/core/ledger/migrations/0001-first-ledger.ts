/**
 * The first ledger. Amounts are whole won, instants UTC ms. `_enc` columns are AES-256-GCM cells (cipher.ts).
 *
 * Append-only: pg_snapshot, cancel_entry, batch_event, approval, reservation, reservation_release, attempt_event,
 * payout_confirmation, drift_case, drift_settlement, import_seen, audit. Mutable, by name: drafts, settings, cursors and
 * caches (draft*, setting, sync_cursor, pin_guard, row_check, and the state columns of batch, outbox and attempt, which
 * triggers guard). The triggers repeat what the use cases judge: the database says no as well.
 */
const APPEND_ONLY = [
  'pg_snapshot',
  'cancel_entry',
  'batch_event',
  'approval',
  'reservation',
  'reservation_release',
  'attempt_event',
  'payout_confirmation',
  'drift_case',
  'drift_settlement',
  'import_seen',
  'audit',
] as const

const appendOnlyTriggers = APPEND_ONLY.map(
  (table) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
).join('\n')

/** Won still held back for rows that were approved and have neither taken effect nor been given up. */
const RESERVED = `(SELECT COALESCE(SUM(r.amount), 0) FROM reservation r
   WHERE r.payment_id = NEW.payment_id AND NOT EXISTS (SELECT 1 FROM reservation_release x WHERE x.row_id = r.row_id))`
const CANCELLED = `(SELECT COALESCE(SUM(c.amount), 0) FROM cancel_entry c WHERE c.payment_id = NEW.payment_id)`
const PAID = `(SELECT p.paid FROM payment p WHERE p.payment_id = NEW.payment_id)`

export const firstLedger = `
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER meta_frozen BEFORE UPDATE ON meta WHEN OLD.key IN ('ledger_id', 'mode', 'key_check') OR NEW.key <> OLD.key
BEGIN SELECT RAISE(ABORT, 'a ledger keeps its identity'); END;
CREATE TRIGGER meta_no_delete BEFORE DELETE ON meta BEGIN SELECT RAISE(ABORT, 'a ledger keeps its identity'); END;

CREATE TABLE data_key (
  key_id INTEGER PRIMARY KEY,
  month TEXT NOT NULL UNIQUE,
  wrapped BLOB,
  created_at_ms INTEGER NOT NULL,
  dropped_at_ms INTEGER
) STRICT;
CREATE TRIGGER data_key_forgotten_stays BEFORE UPDATE ON data_key
WHEN NEW.key_id <> OLD.key_id OR NEW.month <> OLD.month OR (OLD.wrapped IS NULL AND NEW.wrapped IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a data key keeps its month, and a forgotten one stays forgotten'); END;
CREATE TRIGGER data_key_no_delete BEFORE DELETE ON data_key
BEGIN SELECT RAISE(ABORT, 'the trace of a data key is kept'); END;

CREATE TABLE blind_index (
  kind TEXT NOT NULL,
  hash BLOB NOT NULL,
  ref TEXT NOT NULL,
  PRIMARY KEY (kind, hash, ref)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  person_id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL,
  pin_salt BLOB NOT NULL,
  pin_hash BLOB NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_guard (
  person_id TEXT NOT NULL PRIMARY KEY REFERENCES person,
  failures INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE channel (
  channel_id TEXT NOT NULL PRIMARY KEY,
  pg TEXT NOT NULL CHECK (pg IN ('portone-v1')),
  name TEXT NOT NULL,
  include_sandbox INTEGER NOT NULL CHECK (include_sandbox IN (0, 1)),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_cursor (
  channel_id TEXT NOT NULL PRIMARY KEY REFERENCES channel,
  synced_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
  payment_id TEXT NOT NULL PRIMARY KEY,
  channel_id TEXT NOT NULL REFERENCES channel,
  pg_key TEXT NOT NULL,
  order_no TEXT NOT NULL,
  method TEXT NOT NULL,
  provider TEXT NOT NULL,
  pg_transaction_key TEXT,
  currency TEXT NOT NULL,
  paid INTEGER NOT NULL CHECK (paid >= 0),
  paid_at_ms INTEGER,
  product_name TEXT NOT NULL,
  buyer_enc BLOB NOT NULL,
  escrow INTEGER NOT NULL CHECK (escrow IN (0, 1)),
  sandbox INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  promotion INTEGER NOT NULL CHECK (promotion IN (0, 1)),
  first_seen_at_ms INTEGER NOT NULL,
  -- Cache of the newest snapshot.
  status TEXT NOT NULL CHECK (status IN ('ready', 'paid', 'cancelled', 'failed')),
  pg_cancelled INTEGER NOT NULL,
  pg_history_length INTEGER NOT NULL,
  snapshot_seq INTEGER,
  seen_at_ms INTEGER NOT NULL,
  UNIQUE (channel_id, pg_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_by_order ON payment (order_no);
CREATE INDEX payment_by_key ON payment (pg_key);
CREATE INDEX payment_by_time ON payment (paid_at_ms);

CREATE TRIGGER payment_identity BEFORE UPDATE ON payment
WHEN NEW.payment_id <> OLD.payment_id OR NEW.pg_key <> OLD.pg_key OR NEW.channel_id <> OLD.channel_id
  OR NEW.order_no <> OLD.order_no OR NEW.currency <> OLD.currency
  -- An issued virtual account may change its amount until it is paid.
  OR (NEW.paid <> OLD.paid AND OLD.status <> 'ready')
BEGIN SELECT RAISE(ABORT, 'a payment keeps its identity and amount'); END;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'payments are kept'); END;

CREATE TABLE pg_snapshot (
  seq INTEGER PRIMARY KEY,
  payment_id TEXT NOT NULL REFERENCES payment,
  seen_at_ms INTEGER NOT NULL,
  status TEXT NOT NULL,
  cancelled_total INTEGER NOT NULL,
  history_length INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  history_enc BLOB NOT NULL
) STRICT;
CREATE INDEX pg_snapshot_by_payment ON pg_snapshot (payment_id, seq);

CREATE TABLE cancel_entry (
  entry_id TEXT NOT NULL PRIMARY KEY,
  payment_id TEXT NOT NULL REFERENCES payment,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  at_ms INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('own-refund', 'merchant-file', 'adopted', 'pg-baseline')),
  cancel_key TEXT,
  tag TEXT,
  attempt_id TEXT REFERENCES attempt,
  corrects_entry_id TEXT REFERENCES cancel_entry,
  case_id TEXT REFERENCES drift_case,
  file_fingerprint TEXT,
  recorded_at_ms INTEGER NOT NULL,
  CHECK (amount > 0 OR corrects_entry_id IS NOT NULL),
  CHECK ((source = 'own-refund') = (attempt_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX cancel_entry_by_payment ON cancel_entry (payment_id);
CREATE UNIQUE INDEX cancel_entry_one_effect ON cancel_entry (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE UNIQUE INDEX cancel_entry_one_correction ON cancel_entry (corrects_entry_id) WHERE corrects_entry_id IS NOT NULL;
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
CREATE TRIGGER cancel_entry_within_paid AFTER INSERT ON cancel_entry
WHEN ${RESERVED} + ${CANCELLED} > ${PAID}
BEGIN SELECT RAISE(ABORT, 'reservations and cancels exceed what was paid'); END;
CREATE TRIGGER cancel_entry_not_below_zero AFTER INSERT ON cancel_entry
WHEN ${CANCELLED} < 0
BEGIN SELECT RAISE(ABORT, 'cancels of a payment fall below zero'); END;

CREATE TABLE import_seen (
  file_hash TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('refunds', 'books')),
  at_ms INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES person
) STRICT;
CREATE INDEX import_seen_by_hash ON import_seen (file_hash);

CREATE TABLE draft (
  draft_id TEXT NOT NULL PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person,
  file_hash TEXT NOT NULL,
  imported_at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'used', 'discarded')),
  summary TEXT NOT NULL,
  head_enc BLOB NOT NULL,
  bytes_enc BLOB NOT NULL
-- With rowids: in a b-tree of its key every look for a draft, one for each of its rows, would read the whole file.
) STRICT;

CREATE TABLE draft_row (
  draft_id TEXT NOT NULL REFERENCES draft ON DELETE CASCADE,
  position INTEGER NOT NULL,
  flag TEXT NOT NULL CHECK (flag IN ('error', 'warning', 'fine')),
  PRIMARY KEY (draft_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_row_by_flag ON draft_row (draft_id, flag, position);

CREATE TABLE draft_block (
  draft_id TEXT NOT NULL REFERENCES draft ON DELETE CASCADE,
  block_no INTEGER NOT NULL,
  rows_enc BLOB NOT NULL,
  PRIMARY KEY (draft_id, block_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
  batch_id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  maker_id TEXT NOT NULL REFERENCES person,
  created_at_ms INTEGER NOT NULL,
  file_hash TEXT NOT NULL,
  head_enc BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'submitted', 'approved', 'running', 'done', 'rejected', 'withdrawn', 'expired')),
  content_hash TEXT,
  submitted_at_ms INTEGER,
  check_json TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_by_time ON batch (created_at_ms);

CREATE TRIGGER batch_starts_draft BEFORE INSERT ON batch
WHEN NEW.state <> 'draft' OR NEW.content_hash IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a batch begins as a draft'); END;
CREATE TRIGGER batch_frozen BEFORE UPDATE ON batch
WHEN (OLD.content_hash IS NOT NULL AND NEW.content_hash IS NOT OLD.content_hash)
  OR NEW.maker_id <> OLD.maker_id OR NEW.batch_id <> OLD.batch_id OR NEW.file_hash <> OLD.file_hash
BEGIN SELECT RAISE(ABORT, 'a submitted batch keeps its content'); END;
CREATE TRIGGER batch_steps BEFORE UPDATE OF state ON batch
WHEN NEW.state <> OLD.state AND NOT (
     (OLD.state = 'draft' AND NEW.state IN ('checked', 'submitted', 'withdrawn'))
  OR (OLD.state = 'checked' AND NEW.state IN ('submitted', 'withdrawn', 'draft'))
  OR (OLD.state = 'submitted' AND NEW.state IN ('approved', 'rejected', 'withdrawn'))
  OR (OLD.state = 'approved' AND NEW.state IN ('running', 'withdrawn', 'expired', 'done'))
  OR (OLD.state = 'running' AND NEW.state IN ('done', 'expired')))
BEGIN SELECT RAISE(ABORT, 'a batch cannot take this step'); END;
CREATE TRIGGER batch_submit_needs_hash BEFORE UPDATE OF state ON batch
WHEN NEW.state IN ('submitted', 'approved', 'running') AND NEW.content_hash IS NULL
BEGIN SELECT RAISE(ABORT, 'a submitted batch has a content hash'); END;
CREATE TRIGGER batch_needs_approval BEFORE UPDATE OF state ON batch
WHEN NEW.state IN ('approved', 'running')
  AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.batch_id = NEW.batch_id AND a.content_hash = NEW.content_hash)
BEGIN SELECT RAISE(ABORT, 'an approved batch has an approval of its content'); END;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'batches are kept'); END;

CREATE TABLE batch_event (
  seq INTEGER PRIMARY KEY,
  batch_id TEXT NOT NULL REFERENCES batch,
  at_ms INTEGER NOT NULL,
  what TEXT NOT NULL,
  person_id TEXT REFERENCES person,
  note_enc BLOB
) STRICT;
CREATE INDEX batch_event_by_batch ON batch_event (batch_id, seq);

CREATE TABLE refund_row (
  row_id TEXT NOT NULL PRIMARY KEY,
  batch_id TEXT NOT NULL REFERENCES batch,
  position INTEGER NOT NULL,
  line INTEGER NOT NULL,
  payment_id TEXT NOT NULL REFERENCES payment,
  amount INTEGER NOT NULL CHECK (amount > 0),
  tax_free INTEGER,
  vat INTEGER,
  bank TEXT,
  warnings TEXT NOT NULL,
  excluded INTEGER NOT NULL CHECK (excluded IN (0, 1)),
  secret_enc BLOB NOT NULL,
  UNIQUE (batch_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_row_by_payment ON refund_row (payment_id);

CREATE TRIGGER refund_row_frozen BEFORE UPDATE ON refund_row
WHEN NEW.row_id <> OLD.row_id OR NEW.batch_id <> OLD.batch_id OR NEW.payment_id <> OLD.payment_id OR NEW.amount <> OLD.amount
  OR NEW.tax_free IS NOT OLD.tax_free OR NEW.vat IS NOT OLD.vat OR NEW.bank IS NOT OLD.bank OR NEW.secret_enc <> OLD.secret_enc
  OR (SELECT state FROM batch WHERE batch_id = OLD.batch_id) NOT IN ('draft', 'checked')
BEGIN SELECT RAISE(ABORT, 'a refund row keeps its content'); END;
CREATE TRIGGER refund_row_late BEFORE INSERT ON refund_row
WHEN (SELECT state FROM batch WHERE batch_id = NEW.batch_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'rows join a batch only while it is a draft'); END;
CREATE TRIGGER refund_row_no_delete BEFORE DELETE ON refund_row BEGIN SELECT RAISE(ABORT, 'refund rows are kept'); END;

CREATE TABLE row_check (
  row_id TEXT NOT NULL PRIMARY KEY REFERENCES refund_row,
  checked_at_ms INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'blocked', 'drift')),
  problem TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE approval (
  batch_id TEXT NOT NULL PRIMARY KEY REFERENCES batch,
  content_hash TEXT NOT NULL,
  maker_id TEXT NOT NULL REFERENCES person,
  checker_id TEXT NOT NULL REFERENCES person,
  approved_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  CHECK (maker_id <> checker_id),
  CHECK (expires_at_ms > approved_at_ms)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER approval_signs_content BEFORE INSERT ON approval
WHEN NOT EXISTS (SELECT 1 FROM batch b WHERE b.batch_id = NEW.batch_id AND b.content_hash = NEW.content_hash
  AND b.maker_id = NEW.maker_id AND b.state = 'submitted')
BEGIN SELECT RAISE(ABORT, 'an approval signs the content of a submitted batch'); END;

CREATE TABLE reservation (
  row_id TEXT NOT NULL PRIMARY KEY REFERENCES refund_row,
  payment_id TEXT NOT NULL REFERENCES payment,
  amount INTEGER NOT NULL CHECK (amount > 0),
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_by_payment ON reservation (payment_id);
CREATE TABLE reservation_release (
  row_id TEXT NOT NULL PRIMARY KEY REFERENCES reservation,
  why TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reservation_of_row BEFORE INSERT ON reservation
WHEN NOT EXISTS (SELECT 1 FROM refund_row w JOIN approval a ON a.batch_id = w.batch_id
  WHERE w.row_id = NEW.row_id AND w.payment_id = NEW.payment_id AND w.amount = NEW.amount AND w.excluded = 0)
BEGIN SELECT RAISE(ABORT, 'a reservation is for the amount of an approved row'); END;
CREATE TRIGGER reservation_release_after_attempt BEFORE INSERT ON reservation_release
WHEN EXISTS (SELECT 1 FROM attempt t WHERE t.row_id = NEW.row_id
  AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending'))
BEGIN SELECT RAISE(ABORT, 'the money of an open attempt stays reserved'); END;
CREATE TRIGGER reservation_within_paid AFTER INSERT ON reservation
WHEN ${RESERVED} + ${CANCELLED} > ${PAID}
BEGIN SELECT RAISE(ABORT, 'reservations and cancels exceed what was paid'); END;

CREATE TABLE outbox (
  row_id TEXT NOT NULL PRIMARY KEY REFERENCES refund_row,
  batch_id TEXT NOT NULL REFERENCES batch,
  payment_id TEXT NOT NULL REFERENCES payment,
  queue_no INTEGER NOT NULL UNIQUE,
  amount INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'needs-look', 'pg-processing', 'accepted', 'failed',
    'stopped-drift', 'stopped-rule', 'paid-out', 'cancelled', 'expired')),
  since_ms INTEGER NOT NULL,
  problem TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_state ON outbox (state, queue_no);
CREATE INDEX outbox_by_batch ON outbox (batch_id, state);
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
  OR (OLD.state = 'accepted' AND NEW.state = 'paid-out'))
BEGIN SELECT RAISE(ABORT, 'a row cannot take this step'); END;

CREATE TABLE attempt (
  attempt_id TEXT NOT NULL PRIMARY KEY,
  row_id TEXT NOT NULL REFERENCES refund_row,
  payment_id TEXT NOT NULL REFERENCES payment,
  number INTEGER NOT NULL,
  tag TEXT NOT NULL UNIQUE,
  checksum INTEGER NOT NULL CHECK (checksum > 0),
  pg_balance INTEGER NOT NULL,
  history_length INTEGER NOT NULL,
  body_hash TEXT NOT NULL,
  body_enc BLOB NOT NULL,
  intent_enc BLOB NOT NULL,
  prepared_at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending', 'accepted', 'rejected', 'not-sent', 'stopped')),
  sent_count INTEGER NOT NULL,
  sent_at_ms INTEGER,
  UNIQUE (row_id, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX attempt_one_open ON attempt (payment_id)
  WHERE state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending');
CREATE INDEX attempt_by_state ON attempt (state);

CREATE TRIGGER attempt_starts_prepared BEFORE INSERT ON attempt
WHEN NEW.state <> 'prepared' OR NEW.sent_count <> 0 OR NEW.sent_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an attempt is prepared before it is sent'); END;
CREATE TRIGGER attempt_needs_approval BEFORE INSERT ON attempt
WHEN NOT EXISTS (
  SELECT 1 FROM refund_row w JOIN batch b ON b.batch_id = w.batch_id JOIN approval a ON a.batch_id = b.batch_id
  WHERE w.row_id = NEW.row_id AND w.payment_id = NEW.payment_id AND w.excluded = 0 AND a.content_hash = b.content_hash
    AND b.state IN ('approved', 'running') AND NEW.prepared_at_ms <= a.expires_at_ms)
BEGIN SELECT RAISE(ABORT, 'nothing is sent without a valid approval'); END;
CREATE TRIGGER attempt_needs_reservation BEFORE INSERT ON attempt
WHEN NOT EXISTS (SELECT 1 FROM reservation r WHERE r.row_id = NEW.row_id
  AND NOT EXISTS (SELECT 1 FROM reservation_release x WHERE x.row_id = r.row_id))
BEGIN SELECT RAISE(ABORT, 'nothing is sent without a reservation'); END;
CREATE TRIGGER attempt_after_effect BEFORE INSERT ON attempt
WHEN EXISTS (SELECT 1 FROM attempt t WHERE t.row_id = NEW.row_id AND t.state IN ('accepted', 'rejected'))
BEGIN SELECT RAISE(ABORT, 'a row takes effect at most once'); END;
CREATE TRIGGER attempt_frozen BEFORE UPDATE ON attempt
WHEN NEW.attempt_id <> OLD.attempt_id OR NEW.row_id <> OLD.row_id OR NEW.payment_id <> OLD.payment_id OR NEW.tag <> OLD.tag
  OR NEW.checksum <> OLD.checksum OR NEW.body_hash <> OLD.body_hash OR NEW.body_enc <> OLD.body_enc OR NEW.intent_enc <> OLD.intent_enc
  OR NEW.history_length <> OLD.history_length OR NEW.pg_balance <> OLD.pg_balance OR NEW.sent_count < OLD.sent_count
  OR NEW.prepared_at_ms <> OLD.prepared_at_ms OR NEW.number <> OLD.number
BEGIN SELECT RAISE(ABORT, 'an attempt keeps its body and its checksum'); END;
CREATE TRIGGER attempt_steps BEFORE UPDATE OF state ON attempt
WHEN NEW.state <> OLD.state AND NOT (
     (OLD.state = 'prepared' AND NEW.state IN ('sending', 'stopped'))
  OR (OLD.state = 'sending' AND NEW.state IN ('accepted', 'pending', 'rejected', 'unknown', 'unproven', 'not-sent'))
  OR (OLD.state = 'unknown' AND NEW.state IN ('accepted', 'pending', 'rejected', 'not-sent', 'sending'))
  OR (OLD.state = 'unproven' AND NEW.state IN ('accepted', 'pending', 'rejected', 'not-sent', 'unknown'))
  OR (OLD.state = 'pending' AND NEW.state IN ('accepted', 'unknown')))
BEGIN SELECT RAISE(ABORT, 'an attempt cannot take this step'); END;
CREATE TRIGGER attempt_sends_reserved BEFORE UPDATE OF state ON attempt
WHEN NEW.state = 'sending' AND (
  NOT EXISTS (SELECT 1 FROM reservation r WHERE r.row_id = NEW.row_id
    AND NOT EXISTS (SELECT 1 FROM reservation_release x WHERE x.row_id = r.row_id))
  OR (OLD.state = 'prepared' AND NOT EXISTS (SELECT 1 FROM refund_row w JOIN batch b ON b.batch_id = w.batch_id
    WHERE w.row_id = NEW.row_id AND b.state IN ('approved', 'running'))))
BEGIN SELECT RAISE(ABORT, 'nothing is sent without a reservation and a living approval'); END;
CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are kept'); END;

CREATE TABLE attempt_event (
  seq INTEGER PRIMARY KEY,
  attempt_id TEXT NOT NULL REFERENCES attempt,
  to_state TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  what TEXT NOT NULL,
  evidence_enc BLOB NOT NULL
) STRICT;
CREATE INDEX attempt_event_by_attempt ON attempt_event (attempt_id, seq);

CREATE TABLE payout_confirmation (
  row_id TEXT NOT NULL PRIMARY KEY REFERENCES refund_row,
  person_id TEXT NOT NULL REFERENCES person,
  note_enc BLOB NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drift_case (
  case_id TEXT NOT NULL PRIMARY KEY,
  payment_id TEXT NOT NULL REFERENCES payment,
  kind TEXT NOT NULL CHECK (kind IN ('only-at-pg', 'only-here', 'amount-differs', 'history-sum-differs')),
  our_entry_id TEXT REFERENCES cancel_entry,
  our_amount INTEGER,
  pg_amount INTEGER,
  pg_cancel_key TEXT,
  pg_at_ms INTEGER,
  difference INTEGER NOT NULL,
  snapshot_seq INTEGER NOT NULL REFERENCES pg_snapshot,
  fingerprint TEXT NOT NULL,
  found_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drift_case_by_payment ON drift_case (payment_id);
CREATE INDEX drift_case_by_fingerprint ON drift_case (fingerprint);

CREATE TABLE drift_settlement (
  case_id TEXT NOT NULL PRIMARY KEY REFERENCES drift_case,
  action TEXT NOT NULL CHECK (action IN ('adopted', 'dismissed', 'resolved')),
  person_id TEXT REFERENCES person,
  reason_enc BLOB,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
${appendOnlyTriggers}
`
