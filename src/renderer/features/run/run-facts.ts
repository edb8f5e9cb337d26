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
