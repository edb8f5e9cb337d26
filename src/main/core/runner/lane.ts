import type { AttemptId, ChannelId, PaymentId } from '../../../domain/ids'
import type { PgPayment } from '../../../domain/payment'
import type { QueuedRow } from '../ledger/outbox'
import type { Gateway } from '../pg/gateway'
import type { Reading } from '../reading-order'
import { isFresh } from './freshness'
import { createReadSize, type ReadSize } from './read-size'
import { createThrottle, type Throttle } from './throttle'

/** A row whose payment was just read: it may be judged and sent. */
export interface ReadyRow {
  readonly queued: QueuedRow
  /** Null for a payment that the PG does not know. */
  readonly seen: PgPayment | null
  readonly reading: Reading
}

/** A request that may go out once more, on the reading of that instant. */
export interface RepeatableAttempt {
  readonly attemptId: AttemptId
  readonly reading: Reading
}

/**
 * One channel in the run: how fast it may be asked, what was read ahead, and what is under way. All of it may be
 * forgotten at any time: what counts lies in the ledger.
 */
export interface Lane {
  readonly channelId: ChannelId
  readonly throttle: Throttle
  /** Payments that a request is under way for. */
  readonly inFlight: Set<PaymentId>
  /** Rows that a reading is under way for. */
  reading: readonly QueuedRow[]
  ready: readonly ReadyRow[]
  repeatable: readonly RepeatableAttempt[]
  looking: boolean
  readonly readSize: ReadSize
  readonly lookSize: ReadSize
  /** Odd answers about one payment alone, in a row: with several it is the PG that is odd, not the payment. */
  oddInRow: number
  /** How often trouble came: a reading that was under way at that moment proves nothing about the PG of after it. */
  troubles: number
}

export function createLane(channelId: ChannelId, parallel: number, spread: () => number): Lane {
  return {
    channelId,
    throttle: createThrottle({ max: parallel, spread }),
    inFlight: new Set(),
    reading: [],
    ready: [],
    repeatable: [],
    looking: false,
    readSize: createReadSize(),
    lookSize: createReadSize(),
    oddInRow: 0,
    troubles: 0,
  }
}

/** Forgets what was read ahead: it must be read again before anything is sent on it. */
export function forgetReadings(lane: Lane): void {
  lane.ready = []
  lane.repeatable = []
}

/** The same after trouble at the PG, and for the readings that are under way as well. */
export function distrustReadings(lane: Lane): void {
  forgetReadings(lane)
  lane.troubles += 1
}

/** Takes the next row that was read recently enough; older ones go back to the queue. */
export function takeReady(lane: Lane, nowMs: number): ReadyRow | null {
  const fresh = lane.ready.filter(
    ({ reading, queued }) => isFresh(reading.askedAtMs, nowMs) && !lane.inFlight.has(queued.paymentId),
  )
  const [next, ...rest] = fresh
  lane.ready = rest
  return next ?? null
}

/** Rows read ahead, for each request that may be under way: so many that a reading is back before they are gone. */
const READ_AHEAD = 6
const READ_AGAIN_BELOW = 3

/** Requests asked about in a row, where a PG answers about one at a time. */
const REQUESTS_MAX = 4

/** How many payments or requests one look at this PG may take. */
export function looksAtOnce({ reads }: Gateway): number {
  return reads.kind === 'payments' ? reads.lookupMax : REQUESTS_MAX
}

/** How many rows are to be read now; 0 while enough are ready or a reading is under way. */
export function rowsToRead(lane: Lane, gateway: Gateway): number {
  const { limit } = lane.throttle
  if (lane.reading.length > 0 || lane.ready.length >= limit * READ_AGAIN_BELOW) return 0
  return lane.readSize.atMost(
    Math.min(gateway.reads.kind === 'payments' ? gateway.reads.lookupMax : Infinity, limit * READ_AHEAD),
  )
}
