import { useCallback, useSyncExternalStore } from 'react'

const MINUTE_MS = 60_000

/** The clock of the screen, in whole steps: today becomes a date at midnight, and rates move though nothing else does. */
export function useNow(stepMs: number = MINUTE_MS): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      // Four looks in a step keep the screen less than a quarter of it behind.
      const timer = setInterval(listener, stepMs / 4)
      return () => clearInterval(timer)
    },
    [stepMs],
  )
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / stepMs) * stepMs)
}
