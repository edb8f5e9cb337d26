/**
 * Waits of the program. They pass in real time; a simulation brings its own, so that hours pass at once and in an order
 * that a seed decides.
 */
export interface Timers {
  /** Calls `then` once, after `ms`; the function that it answers calls that off. */
  readonly after: (ms: number, then: () => void) => () => void
}

export const systemTimers: Timers = {
  after(ms, then) {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
}
