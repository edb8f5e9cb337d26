import type { Evidence } from '../../../domain/evidence'
import { ATTEMPT_STEPS, type AttemptState, type RowState } from '../../../domain/attempt-state'
import type { AttemptId, BatchId } from '../../../domain/ids'
import type { Won } from '../../../domain/money'
import type { CancelFact, PgPayment } from '../../../domain/payment'
import type { Problem } from '../../../domain/problem'
import { notePayoutDue } from '../calendar/payout-dates'
import type { CoreContext } from '../context'
import {
  addAttemptEvent,
  attemptEvents,
  requireAttempt,
  stepAttempt,
  type Attempt,
  type AttemptEvent,
} from '../ledger/attempts'
import { addBatchEvent, batchStateOf, setBatchState, isCalledOff } from '../ledger/batches'
import { insertEntry } from '../ledger/cancels'
import { openFollowUp } from '../ledger/follow-ups'
import { endWaiting, findQueued, hasUnfinished, releaseReservation, setRowState } from '../ledger/outbox'
import { recordPgCancel } from '../ledger/pg-words'
import type { Reading } from '../reading-order'
import { recordReading } from '../record-reading'
import type { Transcript } from '../pg/gateway'

/** How an attempt ends or goes on, whoever found it out: the answer itself, a later look-up, or a person. */
export interface Settlement {
  readonly to: AttemptState
  readonly what: Evidence
  readonly rowState: RowState
  readonly problem: Problem | null
  /** The PG's own words, or a person's reason. */
  readonly pgMessage: string | null
  readonly transcript: Transcript | null
  /** What the PG showed, where it showed anything. */
  readonly payment: PgPayment | null
  /** When the PG was asked for `payment`; left out where it came with the answer itself. */
  readonly reading?: Reading
  /** Our cancel in the PG's history; only with `accepted`. */
  readonly cancel: CancelFact | null
  /** The PG showed the cancel and nothing else of the payment: it is added to what that PG has told. */
  readonly alone?: {
    /** See `AcceptedCancel`. */
    readonly balanceAfter: Won | null
    readonly receiptTrouble: string | null
  }
}

/**
 * Writes what became of an attempt, in one unit of work: the step, its evidence, the PG's snapshot, our cancel entry,
 * the reservation and the row. Re-reads the attempt first: a settlement for a state that has moved on is dropped, and
 * what the PG showed is left to the comparison.
 */
export function settleAttempt(context: CoreContext, attemptId: AttemptId, settlement: Settlement): void {
  const { ledger } = context
  const atMs = context.nowMs()
  ledger.writeOutcome(() => {
    const attempt = requireAttempt(ledger, attemptId)
    const takesEffect = settlement.to === 'accepted'
    if (takesEffect && settlement.cancel?.amount !== attempt.intent.amount) {
      throw new Error(`attempt ${attemptId} cannot be accepted without a cancel of its own amount`)
    }
    if (settlement.payment !== null) {
      recordReading(context, settlement.payment, settlement.reading ?? context.readings.ask())
    }
    if (settlement.alone !== undefined && settlement.cancel !== null) {
      const { balanceAfter } = settlement.alone
      recordPgCancel(ledger, context.newId, attempt.paymentId, settlement.cancel, balanceAfter)
    }
    if (!ATTEMPT_STEPS[attempt.state].includes(settlement.to)) return
    stepAttempt(ledger, attemptId, settlement.to)
    addAttemptEvent(ledger, attemptId, {
      state: settlement.to,
      atMs,
      what: settlement.what,
      pgMessage: settlement.pgMessage,
      transcript: settlement.transcript,
    })
    if (endsReservation(settlement)) {
      releaseReservation(
        ledger,
        attempt.rowId,
        takesEffect ? 'effect' : settlement.to === 'rejected' ? 'rejected' : 'stopped',
        atMs,
      )
    }
    if (takesEffect && settlement.cancel !== null) recordEffect(context, attempt, settlement.cancel, atMs)
    const receiptTrouble = settlement.alone?.receiptTrouble ?? null
    if (receiptTrouble !== null) {
      const followUpId = context.newId('followup')
      openFollowUp(ledger, { followUpId, rowId: attempt.rowId, kind: 'cash-receipt', detail: receiptTrouble, atMs })
    }
    setRowState(ledger, attempt.rowId, settlement.rowState, atMs, settlement.problem)
    ledger.audit.append({
      who: 'program',
      action: `attempt.${settlement.what}`,
      subject: attempt.attemptId,
      detail: { row: attempt.rowId, tag: attempt.tag, state: settlement.to, amount: attempt.intent.amount },
    })
    const queued = findQueued(ledger, attempt.rowId)
    if (queued === null) return
    // What waits again after its batch was called off is not sent any more.
    if (queued.state === 'waiting' && isCalledOff(ledger, queued.batchId)) {
      endWaiting(ledger, queued.batchId, 'cancelled', atMs)
    }
    finishBatch(context, queued.batchId, atMs)
  })
  context.changed('rows', 'batches', 'home', 'payments')
}

/** The scheduled look-ups would fill the evidence with the same line. */
const SAME_EVIDENCE_MS = 60_000

/** Appends evidence without moving the attempt: a look-up that proved nothing yet. */
export function noteEvidence(
  context: CoreContext,
  attempt: Attempt,
  what: Evidence,
  payment: PgPayment,
  reading: Reading,
): void {
  const { ledger } = context
  ledger.write(() => {
    recordReading(context, payment, reading)
    addEvidence(context, attempt.attemptId, { what, pgMessage: null, transcript: null })
  })
  context.changed('rows')
}

/** The same for a look-up that showed no payment. Inside a unit of work. */
export function addEvidence(
  context: CoreContext,
  attemptId: AttemptId,
  evidence: Pick<AttemptEvent, 'what' | 'pgMessage' | 'transcript'>,
): void {
  const { ledger } = context
  const atMs = context.nowMs()
  const { state } = requireAttempt(ledger, attemptId)
  const last = attemptEvents(ledger, attemptId).at(-1)
  // An instant that is still to come was written before the clock was set back.
  if (last?.what === evidence.what && Math.abs(atMs - last.atMs) < SAME_EVIDENCE_MS) return
  addAttemptEvent(ledger, attemptId, { state, atMs, ...evidence })
}

function endsReservation(settlement: Settlement): boolean {
  if (settlement.to === 'accepted' || settlement.to === 'rejected') return true
  return settlement.to === 'not-sent' && settlement.rowState !== 'waiting'
}

function recordEffect(context: CoreContext, attempt: Attempt, cancel: CancelFact, atMs: number): void {
  insertEntry(context.ledger, {
    entryId: context.newId('entry'),
    paymentId: attempt.paymentId,
    amount: attempt.intent.amount,
    atMs: cancel.cancelledAtMs,
    source: 'own-refund',
    cancelKey: cancel.cancelKey,
    tag: attempt.tag,
    attemptId: attempt.attemptId,
    recordedAtMs: atMs,
  })
  notePayoutDue(context.ledger, attempt.rowId)
}

/** Ends a batch whose last row has ended. Inside a unit of work. */
export function finishBatch(context: CoreContext, batchId: BatchId, atMs: number): void {
  const { ledger } = context
  const state = batchStateOf(ledger, batchId)
  if ((state !== 'running' && state !== 'approved') || hasUnfinished(ledger, batchId)) return
  setBatchState(ledger, batchId, 'done')
  addBatchEvent(ledger, batchId, 'finished', atMs, null)
}
