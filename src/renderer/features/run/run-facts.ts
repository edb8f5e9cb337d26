import type { HomeView, RowView, RunState } from '../../../contract/views'
import { addWon, type Won } from '../../../domain/money'

/** What the card tells: the runner's own state, and while it rests, what the batches under way still wait for. */
export type RunTold = RunState['state'] | 'settling' | 'later'

export function toldOf({ state, rowsAll, rowsDone }: Pick<RunState, 'state' | 'rowsAll' | 'rowsDone'>): RunTold {
  if (state !== 'idle' || rowsAll === 0) return state
  return rowsDone < rowsAll ? 'later' : 'settling'
}

/** Refunds that were sent and whose outcome is still open, over all batches. */
export interface OpenRefunds {
  readonly needsLook: number
  readonly processing: number
  readonly amount: Won
}

export function openOf({ needsLook, processing }: Pick<HomeView, 'needsLook' | 'processing'>): OpenRefunds {
  return {
    needsLook: needsLook.count,
    processing: processing.count,
    amount: addWon(needsLook.amount, processing.amount),
  }
}

/** Rows that wait for a person apart from those that the PG still works on. */
export function splitOpen<Row extends Pick<RowView, 'state'>>(
  rows: readonly Row[],
): { readonly needsLook: readonly Row[]; readonly processing: readonly Row[] } {
  return {
    needsLook: rows.filter((row) => row.state !== 'pg-processing'),
    processing: rows.filter((row) => row.state === 'pg-processing'),
  }
}

/** One reading of how far the run is. */
export interface Reading {
  readonly atMs: number
  readonly rowsDone: number
}

/** Shorter than this, a rate is chance. */
const MEASURE_FROM_MS = 5_000

/** Whole minutes until the end at the rate between two readings, at least 1; null while there is no rate. */
export function minutesLeft(first: Reading, now: Reading, rowsAll: number): number | null {
  const spentMs = now.atMs - first.atMs
  const rows = now.rowsDone - first.rowsDone
  if (spentMs < MEASURE_FROM_MS || rows <= 0 || rowsAll <= now.rowsDone) return null
  return Math.max(1, Math.ceil(((rowsAll - now.rowsDone) * spentMs) / rows / 60_000))
}

/** The part of a batch's rows, in the file's order, that holds the rows handled last: the run takes them in that order. */
export function feedWindow(
  rows: number,
  stillWaiting: number,
  size: number,
): { readonly offset: number; readonly limit: number } {
  const handled = Math.max(0, rows - stillWaiting)
  return { offset: Math.max(0, handled - size), limit: size }
}
