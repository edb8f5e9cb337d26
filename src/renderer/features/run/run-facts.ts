import type { HomeView, RowView, RunState } from '../../../contract/views'
import { addWon, type Won } from '../../../domain/money'
import { underWay } from '../../ui/under-way'

/** What the card tells: the runner's own state, and while it rests, what the batches under way still wait for. */
export type RunTold = RunState['state'] | 'settling' | 'later' | 'hold'

type Progress = Pick<RunState, 'state' | 'rowsAll' | 'rowsDone' | 'amountAll' | 'amountDone' | 'holds'>

export function toldOf(run: Progress): RunTold {
  if (run.state !== 'idle') return run.state
  const { rowsAll, rowsDone } = underWay(run)
  if (rowsDone < rowsAll) return 'later'
  // An approved batch that waits for its time is the next thing to happen, whatever else is open.
  if (run.holds.length > 0) return 'hold'
  return rowsAll === 0 ? 'idle' : 'settling'
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
/** The rate is that of the last half to whole minute: a run that was slowed down must not look fast for long. */
const MEASURE_OVER_MS = 30_000

/** Rows a minute between two readings; null while there is no rate. */
export function rowsPerMinute(first: Reading, now: Reading): number | null {
  const spentMs = now.atMs - first.atMs
  const rows = now.rowsDone - first.rowsDone
  return spentMs < MEASURE_FROM_MS || rows <= 0 ? null : (rows * 60_000) / spentMs
}

/** Whole minutes until the end at the rate between two readings, at least 1; null while there is no rate. */
export function minutesLeft(first: Reading, now: Reading, rowsAll: number): number | null {
  const rate = rowsPerMinute(first, now)
  if (rate === null || rowsAll <= now.rowsDone) return null
  return Math.max(1, Math.ceil((rowsAll - now.rowsDone) / rate))
}

/** The rate is taken anew this often; more often, the figures would flicker. */
const MEASURE_EVERY_MS = 5_000

/** The rate is taken between `first` and `last`; `next` takes the place of `first` once it is old enough. */
export interface Measure {
  readonly first: Reading
  readonly next: Reading
  readonly last: Reading
}

export function startMeasure(now: Reading): Measure {
  return { first: now, next: now, last: now }
}

/** The same measure until the next one is due. A count that went down is another run. */
export function keepMeasuring(measure: Measure, now: Reading): Measure {
  if (now.rowsDone < measure.last.rowsDone) return startMeasure(now)
  if (now.atMs - measure.last.atMs < MEASURE_EVERY_MS) return measure
  return now.atMs - measure.next.atMs < MEASURE_OVER_MS
    ? { ...measure, last: now }
    : { first: measure.next, next: now, last: now }
}

/**
 * The part of a batch's rows, in the file's order, that holds at least the `size` rows handled last: the run takes them in
 * that order. It moves in whole steps: a window that moved with every row would always be left before it was read.
 */
export function feedWindow(
  rows: number,
  stillWaiting: number,
  size: number,
): { readonly offset: number; readonly limit: number } {
  const handled = Math.max(0, rows - stillWaiting)
  return { offset: Math.max(0, Math.floor((handled - size) / size)) * size, limit: 2 * size }
}

/** One page of a list that may have become shorter since: where it begins, and where its neighbours do. */
export function pageAt(
  offset: number,
  size: number,
  total: number,
): { readonly offset: number; readonly before: number | null; readonly after: number | null } {
  const last = Math.max(0, Math.ceil(total / size) - 1) * size
  const here = Math.min(offset, last)
  return {
    offset: here,
    before: here === 0 ? null : Math.max(0, here - size),
    after: here + size < total ? here + size : null,
  }
}

/** What happens next to a row, as its line says it. */
export type NextStep = Exclude<RowView['next'], 'wait'> | 'turn' | 'answer'

/** A row whose deadline passed since it was read is for a person already. */
export function nextStep(
  { next, state, lookUntilMs }: Pick<RowView, 'next' | 'state' | 'lookUntilMs'>,
  nowMs: number,
): NextStep {
  if (next === 'wait') return state === 'sending' ? 'answer' : 'turn'
  if (next === 'look' && lookUntilMs !== null && nowMs >= lookUntilMs) return 'decide'
  return next
}
