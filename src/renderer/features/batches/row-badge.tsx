import type { RowState } from '../../../domain/attempt-state'
import { BatchStateBadge, StateBadge, type BatchState } from '../../ui/state-badge'

/** A row that never came to the run is where its batch is: it waits for approval, or was rejected or withdrawn with it. */
const TOLD_BY_BATCH: readonly BatchState[] = ['submitted', 'rejected', 'withdrawn', 'expired']

interface RowBadgeProps {
  readonly state: RowState
  readonly overdue: boolean
  readonly batchState: BatchState
}

export function RowBadge({ state, overdue, batchState }: RowBadgeProps) {
  return state === 'draft' && TOLD_BY_BATCH.includes(batchState) ? (
    <BatchStateBadge state={batchState} />
  ) : (
    <StateBadge state={state} overdue={overdue} />
  )
}
