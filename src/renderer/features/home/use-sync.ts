import { useState } from 'react'
import { useAct, useTask } from '../../bridge/client'

export const PERIODS = [7, 30, 90, 400] as const
export type Period = (typeof PERIODS)[number]

/** Refund requests reach back weeks; a quarter of a year holds nearly all of their payments. */
const USUAL_PERIOD: Period = 90

/** Reading the PG's payments: what is chosen, what runs and what came of it, wherever the screen shows it. */
export function useSync() {
  const [days, setDays] = useState<Period>(USUAL_PERIOD)
  const sync = useAct('sync.start')
  const stop = useAct('task.cancel')
  const task = useTask('sync')
  return { days, setDays, sync, stop, task, busy: sync.busy || task !== null, start: () => sync.act({ days }) }
}

export type SyncState = ReturnType<typeof useSync>
