/** What held up a channel. `unreachable`: nothing can be sent. `busy`: it asks for patience. `lost`: answers get lost. */
export type Trouble = 'unreachable' | 'busy' | 'lost'

/** Pauses after trouble that goes on, ms. */
const PAUSES_MS = [2_000, 5_000, 10_000, 30_000, 60_000] as const
/** So many lost answers in a row, and nothing more is sent until a reading has come through. */
const LOST_MAX = 3

/**
 * How fast one channel may be asked. Trouble halves the requests at a time and shuts the channel for a while; each
 * success opens it a little, and never beyond `max`. After a pause only a reading is let through: a refund is never the
 * probe.
 */
export interface Throttle {
  /** Requests that may be under way at a time now. */
  readonly limit: number
  readonly max: number
  setMax(max: number): void
  /** Until when nothing is asked, UTC ms; null while the channel is open. */
  shutUntilMs(nowMs: number): number | null
  /** Whether a reading must come through before anything is sent. */
  readonly mustProbe: boolean
  /** A reading came through: the channel is there again. */
  probed(): void
  /** A refund was answered. */
  succeeded(): void
  /** `retryAfterMs`: what the PG asked for, already within sane bounds; null where it said nothing. */
  troubled(trouble: Trouble, retryAfterMs: number | null, nowMs: number): void
  /** A person does not want to wait: the next reading is the probe. */
  tryNow(): void
}

/** `spread` gives 0 to 1: many desks that lost one PG must not come back at one instant. */
export function createThrottle(options: { readonly max: number; readonly spread: () => number }): Throttle {
  let max = options.max
  let limit = max
  let shut: { readonly fromMs: number; readonly untilMs: number } | null = null
  let mustProbe = false
  let pauses = 0
  let lost = 0

  const shutFor = (retryAfterMs: number | null, nowMs: number): void => {
    const pauseMs = PAUSES_MS[Math.min(pauses, PAUSES_MS.length - 1)] ?? PAUSES_MS[0]
    pauses += 1
    const spreadMs = Math.round(pauseMs * (1 + options.spread() / 5))
    shut = { fromMs: nowMs, untilMs: nowMs + Math.max(spreadMs, retryAfterMs ?? 0) }
    mustProbe = true
  }

  return {
    get limit() {
      return Math.max(1, Math.floor(limit))
    },
    get max() {
      return max
    },
    get mustProbe() {
      return mustProbe
    },
    setMax(next) {
      if (next === max) return
      limit = limit >= max ? next : Math.min(limit, next)
      max = next
    },
    shutUntilMs(nowMs) {
      // A clock that was set back must not lengthen the pause.
      if (shut !== null && (nowMs >= shut.untilMs || nowMs < shut.fromMs)) shut = null
      return shut?.untilMs ?? null
    },
    probed() {
      mustProbe = false
    },
    succeeded() {
      lost = 0
      pauses = 0
      limit = Math.min(max, limit + 1 / Math.max(1, limit))
    },
    troubled(trouble, retryAfterMs, nowMs) {
      if (trouble === 'lost') lost += 1
      if (trouble === 'lost' && lost < LOST_MAX) {
        limit = Math.max(1, limit / 2)
        return
      }
      // Requests that were under way together meet the same trouble: that is one trouble, not eight.
      if (shut !== null && nowMs >= shut.fromMs && nowMs < shut.untilMs) {
        if (retryAfterMs !== null && nowMs + retryAfterMs > shut.untilMs) {
          shut = { fromMs: shut.fromMs, untilMs: nowMs + retryAfterMs }
        }
        return
      }
      limit = Math.max(1, limit / 2)
      shutFor(retryAfterMs, nowMs)
    },
    tryNow() {
      shut = null
      pauses = 0
    },
  }
}
