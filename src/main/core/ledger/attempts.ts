import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { EVIDENCE, type Evidence } from '../../../domain/evidence'
import { ATTEMPT_STATES, type AttemptState } from '../../../domain/attempt-state'
import {
  AttemptIdSchema,
  ChannelIdSchema,
  PaymentIdSchema,
  RowIdSchema,
  type AttemptId,
  type PaymentId,
  type RowId,
} from '../../../domain/ids'
import { refundAmountSchema, wonSchema, type RefundAmount, type Won } from '../../../domain/money'
import { PAYMENT_METHODS } from '../../../domain/payment'
import { kstDate, KstDateSchema } from '../../../domain/time'
import type { CancelIntent, EncodedCancel, Transcript } from '../pg/gateway'
import type { Ledger } from './open-ledger'
import { blobSchema, flagSchema, readRow, readRows } from './read-rows'
import { BasketItemSchema } from './refund-rows'

const AttemptRowSchema = v.object({
  attemptId: AttemptIdSchema,
  rowId: RowIdSchema,
  paymentId: PaymentIdSchema,
  number: v.number(),
  tag: v.string(),
  checksum: refundAmountSchema,
  pgBalance: wonSchema,
  historyLength: v.number(),
  bodyHash: v.string(),
  bodyEnc: blobSchema,
  intentEnc: blobSchema,
  preparedAtMs: v.number(),
  state: v.picklist(ATTEMPT_STATES),
  sentCount: v.number(),
  sentAtMs: v.nullable(v.number()),
  knownKeys: v.nullable(v.string()),
})

export interface Attempt extends Omit<v.InferOutput<typeof AttemptRowSchema>, 'bodyEnc' | 'intentEnc' | 'knownKeys'> {
  /** See `SeenBefore`. */
  readonly knownKeys: readonly string[] | null
  /** The exact bytes that were or will be sent. */
  readonly encoded: EncodedCancel
  readonly intent: CancelIntent
}

const ATTEMPT = `attempt_id AS attemptId, row_id AS rowId, payment_id AS paymentId, number, tag, checksum, pg_balance AS pgBalance,
  history_length AS historyLength, body_hash AS bodyHash, body_enc AS bodyEnc, intent_enc AS intentEnc, prepared_at_ms AS preparedAtMs,
  state, sent_count AS sentCount, sent_at_ms AS sentAtMs, known_cancel_keys AS knownKeys`

/** Fields that older programs did not write have the value that such an attempt had. */
const IntentSchema = v.object({
  pgKey: v.string(),
  pgTransactionKey: v.optional(v.nullable(v.string()), null),
  provider: v.string(),
  method: v.picklist(PAYMENT_METHODS),
  paid: v.optional(refundAmountSchema),
  amount: refundAmountSchema,
  checksum: refundAmountSchema,
  taxFree: v.nullable(wonSchema),
  vat: v.nullable(wonSchema),
  account: v.nullable(
    v.object({ bank: v.string(), accountNo: v.string(), holder: v.string(), phone: v.nullable(v.string()) }),
  ),
  basket: v.optional(v.array(BasketItemSchema), []),
  requestedOn: v.optional(KstDateSchema),
  tag: v.string(),
  reason: v.string(),
})

/** Older attempts are over or about PortOne V1, which asks for neither: what was paid is at least the balance. */
function toIntent(cell: unknown, preparedAtMs: number): CancelIntent {
  const { paid, requestedOn, ...intent } = v.parse(IntentSchema, cell)
  return { ...intent, paid: paid ?? intent.checksum, requestedOn: requestedOn ?? kstDate(preparedAtMs) }
}

const TagSchema = v.object({ tag: v.string() })

const bodyHashOf = (body: string): string => createHash('sha256').update(body).digest('hex')

function toAttempt(ledger: Ledger, row: v.InferOutput<typeof AttemptRowSchema>): Attempt {
  const { bodyEnc, intentEnc, knownKeys, ...rest } = row
  const body = ledger.cipher.openText(`attempt.body:${row.attemptId}`, bodyEnc)
  // What is sent again must be what was sent: the hash is checked at every reading.
  if (bodyHashOf(body) !== row.bodyHash)
    throw new Error(`the stored body of attempt ${row.attemptId} does not match its hash`)
  const intent: unknown = JSON.parse(ledger.cipher.openText(`attempt.intent:${row.attemptId}`, intentEnc))
  return {
    ...rest,
    encoded: { body },
    intent: toIntent(intent, row.preparedAtMs),
    knownKeys: knownKeys === null ? null : v.parse(v.array(v.string()), JSON.parse(knownKeys)),
  }
}

/** Commits the intent: to be called inside the unit of work that judged it, before any byte is sent. */
export function insertAttempt(
  ledger: Ledger,
  attempt: {
    readonly attemptId: AttemptId
    readonly rowId: RowId
    readonly paymentId: PaymentId
    readonly tag: string
    readonly checksum: RefundAmount
    readonly pgBalance: Won
    readonly historyLength: number
    readonly knownKeys: readonly string[] | null
    readonly encoded: EncodedCancel
    readonly intent: CancelIntent
    readonly preparedAtMs: number
  },
): void {
  ledger
    .sql(
      `INSERT INTO attempt (attempt_id, row_id, payment_id, number, tag, checksum, pg_balance, history_length, body_hash, body_enc,
         intent_enc, prepared_at_ms, state, sent_count, known_cancel_keys)
       VALUES (?1, ?2, ?3, (SELECT COUNT(*) + 1 FROM attempt WHERE row_id = ?2), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'prepared', 0, ?12)`,
    )
    .run(
      attempt.attemptId,
      attempt.rowId,
      attempt.paymentId,
      attempt.tag,
      attempt.checksum,
      attempt.pgBalance,
      attempt.historyLength,
      bodyHashOf(attempt.encoded.body),
      ledger.cipher.seal(`attempt.body:${attempt.attemptId}`, attempt.encoded.body),
      ledger.cipher.seal(`attempt.intent:${attempt.attemptId}`, JSON.stringify(attempt.intent)),
      attempt.preparedAtMs,
      attempt.knownKeys === null ? null : JSON.stringify(attempt.knownKeys),
    )
  addAttemptEvent(ledger, attempt.attemptId, {
    state: 'prepared',
    atMs: attempt.preparedAtMs,
    what: 'prepared',
    pgMessage: null,
    transcript: null,
  })
}

/** The tags of every attempt of this row so far. */
export function tagsOfRow(ledger: Ledger, rowId: RowId): readonly string[] {
  return readRows(TagSchema, ledger.sql('SELECT tag FROM attempt WHERE row_id = ?').all(rowId)).map(({ tag }) => tag)
}

/** When the row's newest attempt was prepared, UTC ms; null without any. */
export function lastPreparedAtMs(ledger: Ledger, rowId: RowId): number | null {
  const row = readRow(
    v.object({ atMs: v.nullable(v.number()) }),
    ledger.sql('SELECT MAX(prepared_at_ms) AS atMs FROM attempt WHERE row_id = ?').get(rowId),
  )
  return row?.atMs ?? null
}

/** "May have left from now on": committed before the first byte. */
export function markSending(ledger: Ledger, attemptId: AttemptId, atMs: number): void {
  stepAttempt(ledger, attemptId, 'sending')
  ledger.sql('UPDATE attempt SET sent_count = sent_count + 1, sent_at_ms = ? WHERE attempt_id = ?').run(atMs, attemptId)
  addAttemptEvent(ledger, attemptId, { state: 'sending', atMs, what: 'sending', pgMessage: null, transcript: null })
}

/** Moves an attempt; the database refuses a step that the graph does not have. */
export function stepAttempt(ledger: Ledger, attemptId: AttemptId, state: AttemptState): void {
  const { changes } = ledger.sql('UPDATE attempt SET state = ? WHERE attempt_id = ?').run(state, attemptId)
  if (changes !== 1) throw new Error(`attempt ${attemptId} is not in the ledger`)
}

export interface AttemptEvent {
  readonly state: AttemptState
  readonly atMs: number
  readonly what: Evidence
  /** The PG's own words, or a person's reason. */
  readonly pgMessage: string | null
  readonly transcript: Transcript | null
}

export function addAttemptEvent(ledger: Ledger, attemptId: AttemptId, event: AttemptEvent): void {
  const evidence = JSON.stringify({ pgMessage: event.pgMessage, transcript: event.transcript })
  ledger
    .sql('INSERT INTO attempt_event (attempt_id, to_state, at_ms, what, evidence_enc) VALUES (?, ?, ?, ?, ?)')
    .run(
      attemptId,
      event.state,
      event.atMs,
      event.what,
      ledger.cipher.seal(`attempt_event.evidence:${attemptId}`, evidence),
    )
}

const EventRowSchema = v.object({
  state: v.picklist(ATTEMPT_STATES),
  atMs: v.number(),
  what: v.picklist(EVIDENCE),
  evidenceEnc: blobSchema,
})
export const TranscriptSchema = v.object({
  method: v.string(),
  path: v.string(),
  startedAtMs: v.number(),
  endedAtMs: v.number(),
  httpStatus: v.nullable(v.number()),
  request: v.string(),
  response: v.string(),
})
const EvidenceSchema = v.object({ pgMessage: v.nullable(v.string()), transcript: v.nullable(TranscriptSchema) })

export function attemptEvents(ledger: Ledger, attemptId: AttemptId): AttemptEvent[] {
  const rows = ledger
    .sql(
      'SELECT to_state AS state, at_ms AS atMs, what, evidence_enc AS evidenceEnc FROM attempt_event WHERE attempt_id = ? ORDER BY seq',
    )
    .all(attemptId)
  return readRows(EventRowSchema, rows).map(({ evidenceEnc, ...rest }) => {
    const evidence: unknown = JSON.parse(ledger.cipher.openText(`attempt_event.evidence:${attemptId}`, evidenceEnc))
    return { ...rest, ...v.parse(EvidenceSchema, evidence) }
  })
}

export function requireAttempt(ledger: Ledger, attemptId: AttemptId): Attempt {
  const row = readRow(
    AttemptRowSchema,
    ledger.sql(`SELECT ${ATTEMPT} FROM attempt WHERE attempt_id = ?`).get(attemptId),
  )
  if (row === null) throw new Error(`attempt ${attemptId} is not in the ledger`)
  return toAttempt(ledger, row)
}

export function attemptsOfRow(ledger: Ledger, rowId: RowId): Attempt[] {
  return readRows(
    AttemptRowSchema,
    ledger.sql(`SELECT ${ATTEMPT} FROM attempt WHERE row_id = ? ORDER BY number`).all(rowId),
  ).map((row) => toAttempt(ledger, row))
}

/** Attempts in these states, oldest first. */
export function attemptsIn(ledger: Ledger, states: readonly AttemptState[]): Attempt[] {
  const rows = ledger
    .sql(
      `SELECT ${ATTEMPT} FROM attempt WHERE state IN (SELECT value FROM json_each(?)) ORDER BY prepared_at_ms, attempt_id`,
    )
    .all(JSON.stringify(states))
  return readRows(AttemptRowSchema, rows).map((row) => toAttempt(ledger, row))
}

const OpenAttemptSchema = v.object({
  attemptId: AttemptIdSchema,
  channelId: ChannelIdSchema,
  state: v.picklist(ATTEMPT_STATES),
  sentAtMs: v.nullable(v.number()),
})
export type OpenAttempt = v.InferOutput<typeof OpenAttemptSchema>

/** Attempts whose outcome is open, oldest first: without their bodies, since the run asks for them at every turn. */
export function attemptsWithoutOutcome(ledger: Ledger): OpenAttempt[] {
  return readRows(
    OpenAttemptSchema,
    ledger
      .sql(
        `SELECT t.attempt_id AS attemptId, p.channel_id AS channelId, t.state, t.sent_at_ms AS sentAtMs
         FROM attempt t JOIN payment p ON p.payment_id = t.payment_id
         WHERE t.state IN ('unknown', 'unproven', 'pending') ORDER BY t.prepared_at_ms, t.attempt_id`,
      )
      .all(),
  )
}

const MaybeTakenSchema = v.object({ paymentId: PaymentIdSchema, amount: refundAmountSchema, open: flagSchema })
/** A request that the PG may have taken without being known as accepted; `open`: nobody has decided about it. */
export type MaybeTaken = v.InferOutput<typeof MaybeTakenSchema>

/** Such requests about these payments: open ones, and those that a person has called not sent. */
export function takenOrNot(ledger: Ledger, paymentIds: readonly PaymentId[]): MaybeTaken[] {
  return readRows(
    MaybeTakenSchema,
    ledger
      .sql(
        `SELECT t.payment_id AS paymentId, w.amount,
           t.state IN ('sending', 'unknown', 'unproven', 'pending') AS open
         FROM attempt t JOIN refund_row w ON w.row_id = t.row_id
         WHERE t.payment_id IN (SELECT value FROM json_each(?))
           AND (t.state IN ('sending', 'unknown', 'unproven', 'pending') OR EXISTS (
             SELECT 1 FROM attempt_event e WHERE e.attempt_id = t.attempt_id AND e.what = 'decided-not-sent'))`,
      )
      .all(JSON.stringify(paymentIds)),
  )
}

export function openAttemptOf(ledger: Ledger, paymentId: PaymentId): Attempt | null {
  const row = readRow(
    AttemptRowSchema,
    ledger
      .sql(
        `SELECT ${ATTEMPT} FROM attempt WHERE payment_id = ? AND state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending')`,
      )
      .get(paymentId),
  )
  return row === null ? null : toAttempt(ledger, row)
}
