import type { Timers } from '../../../src/main/core/timers'

/**
 * The simulation's time. `trueMs` is what really passes and what the PG's clock shows; the program's own clock may stand
 * elsewhere, since somebody or something sets it. Waits follow the time that passes, as timers of an operating system do.
 */
export interface FakeTime {
  readonly trueMs: () => number
  readonly nowMs: () => number
  pass(ms: number): void
  /** Sets the program's clock, ms from the true time. */
  setOffset(ms: number): void
  readonly offsetMs: () => number
  /** How often the clock was set. */
  readonly sets: () => number
  /** The latest instant that the program's clock has shown. */
  readonly latestMs: () => number
}

export function fakeTime(startMs: number): FakeTime {
  let trueMs = startMs
  let offsetMs = 0
  let latestMs = startMs
  let sets = 0
  return {
    trueMs: () => trueMs,
    nowMs() {
      latestMs = Math.max(latestMs, trueMs + offsetMs)
      return trueMs + offsetMs
    },
    latestMs: () => latestMs,
    pass(ms) {
      trueMs += ms
    },
    setOffset(ms) {
      offsetMs = ms
      sets += 1
    },
    offsetMs: () => offsetMs,
    sets: () => sets,
  }
}

/** The waits and breaths of one run of the program: they end with it. */
export interface Waits {
  readonly timers: Timers
  readonly breathe: () => Promise<void>
  /** Until the first wait ends, ms; null without one. */
  firstMs(): number | null
  /** Ends the first wait: what waited goes on. */
  endFirst(): void
  /** Lets the oldest breath go on; false without one. */
  goOn(): boolean
  end(): void
}

export function fakeWaits(time: FakeTime): Waits {
  let waiting: { readonly dueMs: number; readonly wakes: () => void }[] = []
  let breaths: (() => void)[] = []
  let ended = false
  const first = (): (typeof waiting)[number] | undefined =>
    waiting.reduce<(typeof waiting)[number] | undefined>(
      (best, each) => (best === undefined || each.dueMs < best.dueMs ? each : best),
      undefined,
    )
  return {
    timers: {
      after(ms, then) {
        const wait = { dueMs: time.trueMs() + Math.max(0, ms), wakes: then }
        if (!ended) waiting.push(wait)
        return () => {
          waiting = waiting.filter((each) => each !== wait)
        }
      },
    },
    breathe: () =>
      new Promise((resolve) => {
        if (!ended) breaths.push(resolve)
      }),
    firstMs() {
      const next = first()
      return next === undefined ? null : Math.max(0, next.dueMs - time.trueMs())
    },
    endFirst() {
      const next = first()
      if (next === undefined) return
      waiting = waiting.filter((each) => each !== next)
      next.wakes()
    },
    goOn() {
      const breath = breaths.shift()
      breath?.()
      return breath !== undefined
    },
    end() {
      ended = true
      waiting = []
      breaths = []
    },
  }
}
