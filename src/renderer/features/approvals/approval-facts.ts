import type { BatchSummary } from '../../../contract/views'
import type { WordKey } from '../../i18n/resources'
import type { BatchState } from '../../ui/state-badge'

/** Rows that the last check would not let through and that were not left out when the batch was submitted. */
export function unusualCount({ check, rows }: Pick<BatchSummary, 'check' | 'rows'>): number {
  if (check === null) return 0
  const leftOut = Math.max(0, check.rowsAll - rows)
  return Math.max(0, check.blocked.count + check.drift.count - leftOut)
}

/** What to say of a batch that was just approved, by its state now; unread, it is as approved. */
export function afterApproval(
  batch: { readonly state: BatchState; readonly holdUntilMs: number | null } | undefined,
  nowMs: number,
): {
  readonly word: WordKey<'approvals'>
  readonly over: boolean
} {
  switch (batch?.state) {
    case 'running':
      return { word: 'approve.running', over: false }
    case 'done':
      return { word: 'approve.finished', over: true }
    case 'expired':
      return { word: 'approve.expired', over: true }
    case 'withdrawn':
      return { word: 'approve.withdrawn', over: true }
    default: {
      const held = batch !== undefined && batch.holdUntilMs !== null && batch.holdUntilMs > nowMs
      return { word: held ? 'approve.held' : 'approve.done', over: false }
    }
  }
}
