import type { BatchSummary } from '../../../contract/views'

/** Rows that the last check would not let through and that were not left out when the batch was submitted. */
export function unusualCount({ check, rows }: Pick<BatchSummary, 'check' | 'rows'>): number {
  if (check === null) return 0
  const leftOut = Math.max(0, check.rowsAll - rows)
  return Math.max(0, check.blocked.count + check.drift.count - leftOut)
}
