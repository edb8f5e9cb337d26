import * as v from 'valibot'
import { ChannelIdSchema, PaymentIdSchema, type AttemptId } from '../../../domain/ids'
import { wonSchema } from '../../../domain/money'
import { PAYMENT_METHODS, PAYMENT_STATUSES } from '../../../domain/payment'
import { PROBLEM_CODES, type ProblemCode } from '../../../domain/problem'
import type { CancelOutcome } from '../pg/gateway'
import { TranscriptSchema } from './attempts'
import type { Ledger } from './open-ledger'
import { CancelFactSchema } from './payments'
import { blobSchema, readRow } from './read-rows'

const PgPaymentSchema = v.object({
  channelId: ChannelIdSchema,
  paymentId: PaymentIdSchema,
  pgKey: v.string(),
  orderNo: v.string(),
  method: v.picklist(PAYMENT_METHODS),
  provider: v.string(),
  pgTransactionKey: v.nullable(v.string()),
  status: v.picklist(PAYMENT_STATUSES),
  currency: v.string(),
  paid: wonSchema,
  cancelledTotal: wonSchema,
  cancels: v.array(CancelFactSchema),
  requested: v.exactOptional(v.array(CancelFactSchema)),
  paidAtMs: v.nullable(v.number()),
  buyerName: v.string(),
  productName: v.string(),
  escrow: v.boolean(),
  sandbox: v.boolean(),
  promotion: v.boolean(),
})

const transcript = TranscriptSchema
const OutcomeSchema = v.variant('kind', [
  v.object({
    kind: v.literal('accepted'),
    payment: v.nullable(PgPaymentSchema),
    cancel: CancelFactSchema,
    balanceAfter: v.optional(v.nullable(wonSchema), null),
    receiptTrouble: v.optional(v.nullable(v.string()), null),
    transcript,
  }),
  v.object({ kind: v.literal('pending'), payment: v.nullable(PgPaymentSchema), transcript }),
  v.object({
    kind: v.literal('rejected'),
    why: v.picklist(['balance-differs', 'already-cancelled', 'no-such-payment', 'field-error']),
    pgMessage: v.string(),
    transcript,
  }),
  v.object({
    kind: v.literal('unproven'),
    pgMessage: v.string(),
    retryAfterMs: v.nullable(v.number()),
    transcript,
  }),
  v.object({
    kind: v.literal('unknown'),
    why: v.picklist(['timeout', 'connection-lost', 'odd-answer']),
    transcript,
  }),
  v.object({
    kind: v.literal('not-sent'),
    problem: v.object({
      code: v.picklist(PROBLEM_CODES as readonly [ProblemCode, ...ProblemCode[]]),
      values: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number()]))),
    }),
    transcript,
  }),
])

const placeOf = (attemptId: AttemptId, sendNo: number): string => `attempt_answer.outcome:${attemptId}:${sendNo}`

/** Writes down what came of the request that is under way. Inside a unit of work. */
export function insertAnswer(
  ledger: Ledger,
  answer: {
    readonly attemptId: AttemptId
    readonly sendNo: number
    readonly atMs: number
    readonly outcome: CancelOutcome
  },
): void {
  ledger
    .sql('INSERT INTO attempt_answer (attempt_id, send_no, at_ms, outcome_enc) VALUES (?, ?, ?, ?)')
    .run(
      answer.attemptId,
      answer.sendNo,
      answer.atMs,
      ledger.cipher.seal(placeOf(answer.attemptId, answer.sendNo), JSON.stringify(answer.outcome)),
    )
}

/** What came of one sending of an attempt; null while nothing was written down. */
export function findAnswer(ledger: Ledger, attemptId: AttemptId, sendNo: number): CancelOutcome | null {
  const row = readRow(
    v.object({ outcomeEnc: blobSchema }),
    ledger
      .sql('SELECT outcome_enc AS outcomeEnc FROM attempt_answer WHERE attempt_id = ? AND send_no = ?')
      .get(attemptId, sendNo),
  )
  if (row === null) return null
  const outcome: unknown = JSON.parse(ledger.cipher.openText(placeOf(attemptId, sendNo), row.outcomeEnc))
  return v.parse(OutcomeSchema, outcome)
}
