import type { PaymentId } from '../../domain/ids'

/** When the PG was asked for what it showed. */
export interface Reading {
  /** UTC ms by this machine's clock, for showing and for its age. */
  readonly askedAtMs: number
  /** Its place among all questions and ends of requests of this start of the program. */
  readonly no: number
}

/**
 * What came before what, by counting: the clock of this machine may be set back while the PG is asked, and a reading that
 * is older than our own request would then seem to prove that the request had no effect. Nothing of it is stored, since
 * no reading outlives the program that asked.
 */
export interface ReadingOrder {
  /** To be called right before the PG is asked. */
  ask(): Reading
  /** A request about this payment has ended: whatever was asked before proves nothing about it. */
  noteEnd(paymentId: PaymentId): void
  /**
   * How long no request about this payment has been under way, ms, by a timer that nobody can set; since the start of
   * the program where it sent none.
   */
  quietForMs(paymentId: PaymentId): number
  wasAskedAfterEnd(paymentId: PaymentId, reading: Reading): boolean
  /** Whether this is what the PG showed last, and no request about the payment has ended since it was asked. */
  isNewest(paymentId: PaymentId, reading: Reading): boolean
  /** Notes that this is what the PG showed last; false where something newer was taken already. */
  take(paymentId: PaymentId, reading: Reading): boolean
}

export function createReadingOrder(nowMs: () => number, monotonicMs: () => number): ReadingOrder {
  const startedAtMs = monotonicMs()
  const ends = new Map<PaymentId, { readonly no: number; readonly atMs: number }>()
  const taken = new Map<PaymentId, number>()
  let last = 0
  const next = (): number => {
    last += 1
    return last
  }
  const wasAskedAfterEnd: ReadingOrder['wasAskedAfterEnd'] = (paymentId, { no }) => no > (ends.get(paymentId)?.no ?? 0)
  return {
    ask: () => ({ askedAtMs: nowMs(), no: next() }),
    noteEnd(paymentId) {
      ends.set(paymentId, { no: next(), atMs: monotonicMs() })
    },
    quietForMs: (paymentId) => monotonicMs() - (ends.get(paymentId)?.atMs ?? startedAtMs),
    wasAskedAfterEnd,
    isNewest: (paymentId, reading) => taken.get(paymentId) === reading.no && wasAskedAfterEnd(paymentId, reading),
    take(paymentId, { no }) {
      if (no < (taken.get(paymentId) ?? 0)) return false
      taken.set(paymentId, no)
      return true
    },
  }
}
