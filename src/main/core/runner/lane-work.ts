import { balancesDiffer } from '../../../domain/balances'
import type { PaymentId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import type { CoreContext } from '../context'
import type { OpenAttempt } from '../ledger/attempts'
import type { QueuedRow } from '../ledger/outbox'
import { requirePayment } from '../ledger/payments'
import { lastSeen } from '../ledger/pg-words'
import type { CancelOutcome, Gateway } from '../pg/gateway'
import { reconcilePayment } from '../usecases/reconcile'
import { readPayments } from '../usecases/sync-pg'
import { prepareAttempt, repeatAttempt, sendAttempt, stopMissing } from './attempt'
import { distrustReadings, type Lane, type ReadyRow, type RepeatableAttempt } from './lane'
import { lookAtAttempts } from './look'
import { recordReading } from '../record-reading'

/** So many payments in a row that the PG answers oddly about, and the PG is left alone for a while. */
const ODD_MAX = 3

export interface LaneWorkOptions {
  /** Ends readings, never a refund. */
  readonly signal: AbortSignal
  /** This row cannot be sent now though nothing in the ledger says so. */
  readonly putOff: (queued: QueuedRow) => void
  /** The channel is out of reach or asks for patience. */
  readonly onTrouble: (why: Problem) => void
}

const isDifference = (outcome: CancelOutcome): boolean =>
  outcome.kind === 'rejected' && (outcome.why === 'balance-differs' || outcome.why === 'already-cancelled')

/** What the run does on one channel, one request at a time; how many of them at a time is the run's decision. */
export interface LaneWork {
  pay(lane: Lane, ready: ReadyRow): Promise<void>
  repeat(lane: Lane, attempt: RepeatableAttempt): Promise<void>
  /** Reads the payments of these rows in one call, so that they can be sent one after another. */
  readAhead(lane: Lane, rows: readonly QueuedRow[]): Promise<void>
  /** Looks at open attempts in one call. Answers whether they count as looked at. */
  lookAt(lane: Lane, attempts: readonly OpenAttempt[]): Promise<boolean>
}

export function createLaneWork(context: CoreContext, options: LaneWorkOptions): LaneWork {
  const { ledger } = context

  /** Nothing that was read before the trouble is sent on: the payment is read again first. */
  const noteTrouble = (lane: Lane, why: Problem): void => {
    const seconds = why.code === 'pg-busy' ? Number(why.values?.['seconds'] ?? 0) : 0
    const trouble = why.code === 'pg-busy' ? 'busy' : 'unreachable'
    lane.throttle.troubled(trouble, seconds > 0 ? seconds * 1000 : null, context.nowMs())
    distrustReadings(lane)
    options.onTrouble(why)
  }

  /** Somebody else refunded: told at once, whatever becomes of the row. */
  const tellDifferences = (paymentIds: readonly PaymentId[]): void => {
    const differing = ledger.read(() =>
      paymentIds.filter((paymentId) => balancesDiffer(requirePayment(ledger, paymentId))),
    )
    if (differing.length === 0) return
    for (const paymentId of differing) reconcilePayment(context, paymentId)
    context.changed('home', 'drift')
  }

  const noteOutcome = (lane: Lane, outcome: CancelOutcome): void => {
    switch (outcome.kind) {
      case 'accepted':
      case 'pending':
      case 'rejected':
        lane.throttle.succeeded()
        context.connection.note(null)
        return
      case 'not-sent':
        context.connection.note(outcome.problem)
        noteTrouble(lane, outcome.problem)
        return
      case 'unproven': {
        const status = outcome.transcript.httpStatus ?? 0
        const seconds = Math.ceil((outcome.retryAfterMs ?? 0) / 1000)
        // Any other refusal is about this refund, not about the PG.
        if (status === 429 || status >= 500) noteTrouble(lane, problem('pg-busy', { status, seconds }))
        // A key that may read and not cancel would be refused for row after row.
        else if (status === 401) noteTrouble(lane, problem('pg-refused-keys'))
        else context.connection.note(null)
        return
      }
      case 'unknown':
        lane.throttle.troubled('lost', null, context.nowMs())
        if (!lane.throttle.mustProbe) return
        distrustReadings(lane)
        options.onTrouble(problem('pg-timeout'))
    }
  }

  /**
   * Rows of a PG that shows no payments: what it has told lies in the ledger, and nothing can be read ahead. After trouble
   * the PG must answer something before anything is sent.
   */
  const takeFromLedger = async (lane: Lane, gateway: Gateway, rows: readonly QueuedRow[]): Promise<void> => {
    if (lane.throttle.mustProbe) {
      const probe = context.connection.watch(await gateway.testConnection(options.signal))
      if (!probe.ok) {
        if (probe.problem.code !== 'cancelled') noteTrouble(lane, probe.problem)
        return
      }
      lane.throttle.probed()
    }
    const reading = context.readings.ask()
    const ready = ledger.read(() =>
      rows.map((queued) => ({ queued, seen: lastSeen(ledger, queued.paymentId), reading })),
    )
    for (const { queued } of ready) context.readings.take(queued.paymentId, reading)
    lane.ready = [...lane.ready, ...ready]
  }

  /** The PG holds another balance than we do: what it holds is read at once, so that the case can show it. */
  const showDifference = async (lane: Lane, { paymentId }: QueuedRow): Promise<void> => {
    const { pgKey } = requirePayment(ledger, paymentId)
    const ref = { by: 'pg-key', key: pgKey } as const
    // Out of reach it stays a row without its case, until the next reading.
    await readPayments(context, lane.channelId, [ref], undefined, options.signal)
    context.changed('home', 'drift')
  }

  return {
    async pay(lane, { queued, seen, reading }) {
      if (seen === null) {
        stopMissing(context, queued, requirePayment(ledger, queued.paymentId).orderNo)
        return
      }
      const { reads } = context.gatewayOf(lane.channelId)
      // What such a PG has told lies in the ledger, and may have grown since.
      const shown = reads.kind === 'requests' ? ledger.read(() => lastSeen(ledger, queued.paymentId)) : seen
      const preparation = prepareAttempt(context, queued, shown, reading)
      if (preparation.kind === 'later') options.putOff(queued)
      const outcome = preparation.kind === 'prepared' ? await sendAttempt(context, preparation.attemptId) : null
      if (outcome === null) return
      noteOutcome(lane, outcome)
      if (isDifference(outcome)) await showDifference(lane, queued)
    },

    async repeat(lane, { attemptId, reading }) {
      const outcome = await repeatAttempt(context, attemptId, reading)
      if (outcome !== null) noteOutcome(lane, outcome)
    },

    async readAhead(lane, rows) {
      const { troubles } = lane
      const gateway = context.gatewayOf(lane.channelId)
      const { reads } = gateway
      if (reads.kind === 'requests') {
        await takeFromLedger(lane, gateway, rows)
        return
      }
      const reading = context.readings.ask()
      const refs = rows.map(
        (queued) => ({ by: 'pg-key', key: requirePayment(ledger, queued.paymentId).pgKey }) as const,
      )
      const answer = context.connection.watch(await reads.lookup(refs, options.signal))
      // Not one of several payments that we know: another shop's keys, or a PG that is not itself.
      if (answer.ok && rows.length > 1 && answer.value.found.length === 0) {
        noteTrouble(lane, problem('pg-odd-answer', { what: 'payments' }))
        return
      }
      // Asked before the trouble that came meanwhile: it proves nothing about the PG of now.
      if (answer.ok && lane.troubles !== troubles) return
      if (answer.ok) {
        lane.throttle.probed()
        lane.readSize.good()
        lane.oddInRow = 0
        const found = new Map(answer.value.found.map((payment) => [payment.paymentId, payment]))
        // Once for all of them, so that each intent has less to make durable.
        ledger.write(() => {
          for (const payment of found.values()) recordReading(context, payment, reading)
        })
        tellDifferences([...found.keys()])
        const ready = rows.map((queued) => ({ queued, seen: found.get(queued.paymentId) ?? null, reading }))
        lane.ready = [...lane.ready, ...ready]
        return
      }
      if (answer.problem.code === 'cancelled') return
      if (answer.problem.code !== 'pg-odd-answer') {
        noteTrouble(lane, answer.problem)
        return
      }
      // What is odd about one payment must not hold up the rows behind it.
      if (lane.readSize.odd(rows.length)) return
      for (const queued of rows) options.putOff(queued)
      lane.oddInRow += 1
      if (lane.oddInRow >= ODD_MAX) noteTrouble(lane, answer.problem)
    },

    async lookAt(lane, attempts) {
      const { troubles } = lane
      const ids = attempts.map((attempt) => attempt.attemptId)
      const result = await lookAtAttempts(context, ids, options.signal)
      if (result.ok) {
        const { repeatable, reading } = result.value
        lane.lookSize.good()
        if (lane.troubles !== troubles) return true
        lane.throttle.probed()
        lane.repeatable = [...lane.repeatable, ...repeatable.map((attemptId) => ({ attemptId, reading }))]
        return true
      }
      if (result.problem.code === 'cancelled') return false
      if (result.problem.code === 'pg-odd-answer') return !lane.lookSize.odd(attempts.length)
      noteTrouble(lane, result.problem)
      return false
    },
  }
}
