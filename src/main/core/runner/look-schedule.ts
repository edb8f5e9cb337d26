import type { AttemptId } from '../../../domain/ids'

/** Pauses between look-ups of an open attempt, ms: quick at first, since most answers are lost near their end. */
const PAUSES_MS = [3_000, 5_000, 10_000, 30_000, 60_000, 300_000] as const

const PAUSE_MS_MAX = Math.max(...PAUSES_MS)

/** When each open attempt is looked at next. In memory: a restart looks at once. */
export interface LookSchedule {
  due(attemptIds: readonly AttemptId[], nowMs: number): AttemptId[]
  looked(attemptId: AttemptId, nowMs: number): void
  /** Earliest next look-up among these, UTC ms; null without any. */
  nextMs(attemptIds: readonly AttemptId[]): number | null
}

export function createLookSchedule(): LookSchedule {
  const entries = new Map<AttemptId, { readonly looks: number; readonly nextMs: number }>()
  const pauseAfter = (looks: number): number => PAUSES_MS[Math.min(looks, PAUSES_MS.length - 1)] ?? 300_000
  return {
    due(attemptIds, nowMs) {
      for (const attemptId of attemptIds) {
        if (!entries.has(attemptId)) entries.set(attemptId, { looks: 0, nextMs: nowMs + pauseAfter(0) })
      }
      // Forgets what is no longer open.
      const open = new Set(attemptIds)
      for (const attemptId of entries.keys()) if (!open.has(attemptId)) entries.delete(attemptId)
      // Further off than any pause is only what was planned before the clock was set back.
      return attemptIds.filter((attemptId) => {
        const nextMs = entries.get(attemptId)?.nextMs ?? 0
        return nextMs <= nowMs || nextMs - nowMs > PAUSE_MS_MAX
      })
    },
    looked(attemptId, nowMs) {
      const looks = (entries.get(attemptId)?.looks ?? 0) + 1
      entries.set(attemptId, { looks, nextMs: nowMs + pauseAfter(looks) })
    },
    nextMs(attemptIds) {
      const times = attemptIds.flatMap((attemptId) => entries.get(attemptId)?.nextMs ?? [])
      return times.length === 0 ? null : Math.min(...times)
    },
  }
}
