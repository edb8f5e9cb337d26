import { lookUntilMs } from '../../../domain/look-deadline'
import type { AttemptId } from '../../../domain/ids'
import type { OpenAttempt } from '../ledger/attempts'

/** Pauses between look-ups of an open attempt, ms: quick at first, since most answers are lost near their end. */
const PAUSES_MS = [3_000, 5_000, 10_000, 30_000, 60_000, 300_000] as const
/** After the deadline the row is a person's work; it is still looked at, in case time resolves it. */
const LATE_PAUSE_MS = 30 * 60_000

/** When each open attempt is looked at next. In memory: a restart looks at once. */
export interface LookSchedule {
  due(attempts: readonly OpenAttempt[], nowMs: number): OpenAttempt[]
  looked(attempts: readonly OpenAttempt[], nowMs: number): void
  /** Earliest next look-up among these, UTC ms; null without any. */
  nextMs(attempts: readonly OpenAttempt[]): number | null
}

export function createLookSchedule(): LookSchedule {
  const entries = new Map<AttemptId, { readonly looks: number; readonly nextMs: number }>()
  let started = false
  const pauseAfter = ({ state, sentAtMs }: OpenAttempt, looks: number, nowMs: number): number => {
    const untilMs = lookUntilMs(state === 'pending' ? 'pg-processing' : 'needs-look', sentAtMs ?? nowMs)
    if (untilMs !== null && nowMs >= untilMs) return LATE_PAUSE_MS
    return PAUSES_MS[Math.min(looks, PAUSES_MS.length - 1)] ?? LATE_PAUSE_MS
  }
  return {
    due(attempts, nowMs) {
      for (const attempt of attempts) {
        if (entries.has(attempt.attemptId)) continue
        // What an earlier start left open has waited long enough.
        const pauseMs = started ? pauseAfter(attempt, 0, nowMs) : 0
        entries.set(attempt.attemptId, { looks: 0, nextMs: nowMs + pauseMs })
      }
      started = true
      // Forgets what is no longer open.
      const open = new Set(attempts.map((attempt) => attempt.attemptId))
      for (const attemptId of entries.keys()) if (!open.has(attemptId)) entries.delete(attemptId)
      // Further off than any pause is only what was planned before the clock was set back.
      return attempts.filter(({ attemptId }) => {
        const nextMs = entries.get(attemptId)?.nextMs ?? 0
        return nextMs <= nowMs || nextMs - nowMs > LATE_PAUSE_MS
      })
    },
    looked(attempts, nowMs) {
      for (const attempt of attempts) {
        const looks = (entries.get(attempt.attemptId)?.looks ?? 0) + 1
        entries.set(attempt.attemptId, { looks, nextMs: nowMs + pauseAfter(attempt, looks, nowMs) })
      }
    },
    nextMs(attempts) {
      const times = attempts.flatMap(({ attemptId }) => entries.get(attemptId)?.nextMs ?? [])
      return times.length === 0 ? null : Math.min(...times)
    },
  }
}
