import type { AttemptState, RowState } from '../../../src/domain/attempt-state'
import type { BatchState } from '../../../src/domain/batch'
import { verifyLedger, type Ledger } from '../../../src/main/core/ledger/open-ledger'

/** What the invariants read of the ledger, past every use case: committed rows as they lie there. */

export interface AttemptEventFact {
  readonly seq: number
  readonly attemptId: string
  readonly rowId: string
  readonly paymentId: string
  readonly tag: string
  readonly state: AttemptState
  readonly what: string
  readonly atMs: number
}

export interface SentFact {
  readonly attemptId: string
  readonly rowId: string
  readonly paymentId: string
  readonly pgKey: string
  readonly batchId: string
  readonly state: AttemptState
  readonly bodyHash: string
  readonly checksum: number
  readonly rowAmount: number
  readonly sentCount: number
  readonly sentAtMs: number
  readonly preparedAtMs: number
  readonly pgBalance: number
  readonly historyLength: number
  /** Paid less our cancels, as they lie in the ledger now. */
  readonly ledgerBalance: number
  readonly makerId: string | null
  readonly checkerId: string | null
  readonly approvedHash: string | null
  readonly batchHash: string | null
  readonly expiresAtMs: number | null
  readonly paused: string | null
}

export interface RowFact {
  readonly rowId: string
  readonly batchId: string
  readonly paymentId: string
  readonly state: RowState
  readonly amount: number
  readonly attemptState: AttemptState | null
}

export interface BatchFact {
  readonly batchId: string
  readonly state: BatchState
  readonly makerId: string
}

export interface PaymentFact {
  readonly paymentId: string
  readonly pgKey: string
  readonly paid: number
  readonly cancelled: number
  readonly open: number
  readonly flagged: number
}

export interface CaseFact {
  readonly caseId: string
  readonly paymentId: string
  readonly kind: string
  readonly cancelKey: string | null
}

export interface PayoutFact {
  readonly paidOut: number
  readonly failed: number
  readonly corrections: number
  readonly freed: number
}

export interface Facts {
  events(afterSeq: number): readonly AttemptEventFact[]
  sent(tag: string): SentFact | undefined
  rows(): readonly RowFact[]
  batches(): readonly BatchFact[]
  /** Open drafts, and how many of their rows could become a batch. */
  drafts(): readonly { readonly draftId: string; readonly fine: number }[]
  payments(): readonly PaymentFact[]
  openCases(): readonly CaseFact[]
  /** Payments that a notification without a place is marked at. */
  unplaced(): readonly string[]
  doublyOpen(): readonly string[]
  /** KICC: transactions with two refunds that are not settled. */
  doublyOpenTransactions(): readonly string[]
  /** How it is known that a row's money arrived or came back; `freed` is what our ledger took back for it. */
  payouts(rowId: string): PayoutFact
  tagsOfRow(rowId: string): readonly string[]
  paused(): boolean
  /** Everything of the ledger that is about money: equal before and after what must change nothing. */
  money(): string
  /** The newest evidence of a row's last attempt; null without an attempt. */
  lookedAt(rowId: string): string | null
  adopted(paymentId: string): boolean
  /** What is wrong with the file or its audit chain, null where nothing is. */
  trouble(): string | null
  inTransaction(): boolean
}

/** A statement that is made when it is first needed: most runs of the program end before they need many. */
function lazily<T>(make: () => T): () => T {
  let made: T | null = null
  return () => (made ??= make())
}

export function factsOf(ledger: Ledger): Facts {
  const { db } = ledger
  const events = lazily(() =>
    db.prepare<[number], AttemptEventFact>(
      `SELECT e.seq, e.attempt_id AS attemptId, t.row_id AS rowId, t.payment_id AS paymentId, t.tag, e.to_state AS state, e.what, e.at_ms AS atMs
     FROM attempt_event e JOIN attempt t ON t.attempt_id = e.attempt_id WHERE e.seq > ? ORDER BY e.seq`,
    ),
  )
  const sent = lazily(() =>
    db.prepare<[string], SentFact>(
      `SELECT t.attempt_id AS attemptId, t.row_id AS rowId, t.payment_id AS paymentId, p.pg_key AS pgKey, w.batch_id AS batchId,
       t.state, t.body_hash AS bodyHash, t.checksum, w.amount AS rowAmount, t.sent_count AS sentCount, t.sent_at_ms AS sentAtMs,
       t.prepared_at_ms AS preparedAtMs, t.pg_balance AS pgBalance, t.history_length AS historyLength,
       p.paid - (SELECT COALESCE(SUM(c.amount), 0) FROM cancel_entry c WHERE c.payment_id = p.payment_id) AS ledgerBalance, a.maker_id AS makerId,
       a.checker_id AS checkerId, a.content_hash AS approvedHash, b.content_hash AS batchHash, a.expires_at_ms AS expiresAtMs,
       (SELECT value FROM setting WHERE key = 'runPaused') AS paused
     FROM attempt t JOIN refund_row w ON w.row_id = t.row_id JOIN payment p ON p.payment_id = w.payment_id
     JOIN batch b ON b.batch_id = w.batch_id LEFT JOIN approval a ON a.batch_id = w.batch_id WHERE t.tag = ?`,
    ),
  )
  const rows = lazily(() =>
    db.prepare<[], RowFact>(
      `SELECT o.row_id AS rowId, o.batch_id AS batchId, o.payment_id AS paymentId, o.state, o.amount,
       (SELECT t.state FROM attempt t WHERE t.row_id = o.row_id ORDER BY t.number DESC LIMIT 1) AS attemptState
     FROM outbox o ORDER BY o.queue_no`,
    ),
  )
  const batches = lazily(() =>
    db.prepare<[], BatchFact>('SELECT batch_id AS batchId, state, maker_id AS makerId FROM batch ORDER BY batch_id'),
  )
  const drafts = lazily(() =>
    db.prepare<[], { readonly draftId: string; readonly fine: number }>(
      `SELECT d.draft_id AS draftId, (SELECT COUNT(*) FROM draft_row r WHERE r.draft_id = d.draft_id AND r.flag <> 'error') AS fine
     FROM draft d WHERE d.state = 'open' ORDER BY d.draft_id`,
    ),
  )
  const payments = lazily(() =>
    db.prepare<[], PaymentFact>(
      `SELECT p.payment_id AS paymentId, p.pg_key AS pgKey, p.paid,
       (SELECT COALESCE(SUM(c.amount), 0) FROM cancel_entry c WHERE c.payment_id = p.payment_id) AS cancelled,
       EXISTS (SELECT 1 FROM attempt t WHERE t.payment_id = p.payment_id
         AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending')) AS open,
       EXISTS (SELECT 1 FROM drift_case d LEFT JOIN drift_settlement s ON s.case_id = d.case_id
         WHERE d.payment_id = p.payment_id AND (s.action IS NULL OR s.action = 'dismissed')) AS flagged
     FROM payment p ORDER BY p.payment_id`,
    ),
  )
  const openCases = lazily(() =>
    db.prepare<[], CaseFact>(
      `SELECT d.case_id AS caseId, d.payment_id AS paymentId, d.kind, d.pg_cancel_key AS cancelKey FROM drift_case d
     LEFT JOIN drift_settlement s ON s.case_id = d.case_id WHERE s.action IS NULL ORDER BY d.case_id`,
    ),
  )
  const unplaced = lazily(() =>
    db.prepare<[], string>('SELECT DISTINCT payment_id FROM unplaced_notice ORDER BY payment_id').pluck(),
  )
  const doublyOpen = lazily(() =>
    db
      .prepare<[], string>(
        `SELECT payment_id FROM attempt WHERE state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending')
       GROUP BY payment_id HAVING COUNT(*) > 1`,
      )
      .pluck(),
  )
  const doublyOpenTransactions = lazily(() =>
    db
      .prepare<[], string>(
        `SELECT p.pg_transaction_key FROM attempt t JOIN payment p ON p.payment_id = t.payment_id
         JOIN channel c ON c.channel_id = p.channel_id AND c.pg = 'kicc'
         WHERE t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending') AND p.pg_transaction_key IS NOT NULL
         GROUP BY p.channel_id, p.pg_transaction_key HAVING COUNT(*) > 1`,
      )
      .pluck(),
  )
  const payouts = lazily(() =>
    db.prepare<[string], PayoutFact>(
      `SELECT (SELECT COUNT(*) FROM payout_event e WHERE e.row_id = o.row_id AND e.kind = 'paid-out') AS paidOut,
         (SELECT COUNT(*) FROM payout_event e WHERE e.row_id = o.row_id AND e.kind = 'payout-failed') AS failed,
         COUNT(k.entry_id) AS corrections, COALESCE(-SUM(k.amount), 0) AS freed
       FROM outbox o LEFT JOIN attempt t ON t.row_id = o.row_id LEFT JOIN cancel_entry c ON c.attempt_id = t.attempt_id
       LEFT JOIN cancel_entry k ON k.corrects_entry_id = c.entry_id
       WHERE o.row_id = ? GROUP BY o.row_id`,
    ),
  )
  const tagsOfRow = lazily(() =>
    db.prepare<[string], string>('SELECT tag FROM attempt WHERE row_id = ? ORDER BY number').pluck(),
  )
  const lookedAt = lazily(() =>
    db
      .prepare<[string], string>(
        `SELECT e.what FROM attempt_event e JOIN attempt t ON t.attempt_id = e.attempt_id WHERE t.row_id = ? ORDER BY e.seq DESC LIMIT 1`,
      )
      .pluck(),
  )
  const adopted = lazily(() =>
    db
      .prepare<[string], number>(
        `SELECT COUNT(*) FROM drift_settlement s JOIN drift_case d ON d.case_id = s.case_id WHERE d.payment_id = ? AND s.action = 'adopted'`,
      )
      .pluck(),
  )
  const money = lazily(() =>
    db
      .prepare<[], string>(
        `SELECT json_array(
           (SELECT json_group_array(json_array(entry_id, amount, source)) FROM (SELECT * FROM cancel_entry ORDER BY entry_id)),
           (SELECT json_group_array(json_array(row_id, kind)) FROM (SELECT * FROM payout_event ORDER BY seq)),
           (SELECT json_group_array(json_array(row_id, state)) FROM (SELECT * FROM outbox ORDER BY queue_no)),
           (SELECT json_group_array(json_array(payment_id, pg_cancelled, pg_history_length)) FROM (SELECT * FROM payment ORDER BY payment_id)),
           (SELECT COUNT(*) FROM drift_case))`,
      )
      .pluck(),
  )
  const paused = lazily(() => db.prepare<[], string>(`SELECT value FROM setting WHERE key = 'runPaused'`).pluck())
  return {
    events: (afterSeq) => events().all(afterSeq),
    sent: (tag) => sent().get(tag),
    rows: () => rows().all(),
    batches: () => batches().all(),
    drafts: () => drafts().all(),
    payments: () => payments().all(),
    openCases: () => openCases().all(),
    unplaced: () => unplaced().all(),
    doublyOpen: () => doublyOpen().all(),
    doublyOpenTransactions: () => doublyOpenTransactions().all(),
    payouts: (rowId) => payouts().get(rowId) ?? { paidOut: 0, failed: 0, corrections: 0, freed: 0 },
    tagsOfRow: (rowId) => tagsOfRow().all(rowId),
    lookedAt: (rowId) => lookedAt().get(rowId) ?? null,
    adopted: (paymentId) => (adopted().get(paymentId) ?? 0) > 0,
    trouble() {
      const verdict = verifyLedger(ledger)
      return verdict.intact ? null : `the audit chain breaks at ${verdict.brokenAtSeq ?? 'its end'}`
    },
    money: () => money().get() ?? '',
    paused: () => paused().get() === 'true',
    inTransaction: () => db.inTransaction,
  }
}
