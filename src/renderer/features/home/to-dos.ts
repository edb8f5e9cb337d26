import type { HomeView } from '../../../contract/views'
import type { Won } from '../../../domain/money'
import type { Screen } from '../../ui/navigation'

export type ToDoKind =
  | 'needsLook'
  | 'drift'
  | 'payoutFailed'
  | 'overdue'
  | 'awaitingApproval'
  | 'failed'
  | 'followUps'
  | 'unsubmitted'
  | 'drafts'

export interface ToDo {
  readonly kind: ToDoKind
  readonly count: number
  /** Null where no money is at stake yet. */
  readonly amount: Won | null
  readonly screen: Screen
}

/**
 * What needs a person, the most urgent first: money of unknown fate, then differences, then money that came back or may
 * not have arrived, then what holds others up.
 */
export function toDosOf(home: HomeView): readonly ToDo[] {
  const all: readonly ToDo[] = [
    { kind: 'needsLook', ...home.needsLook, screen: { name: 'run', show: 'needs-look' } },
    { kind: 'drift', ...home.drift, screen: { name: 'drift' } },
    { kind: 'payoutFailed', ...home.payoutFailed, screen: { name: 'batches' } },
    { kind: 'overdue', ...home.overdue, screen: { name: 'run', show: 'overdue' } },
    { kind: 'awaitingApproval', ...home.awaitingApproval, screen: { name: 'approvals' } },
    { kind: 'failed', ...home.failed, screen: { name: 'batches' } },
    { kind: 'followUps', count: home.followUps, amount: null, screen: { name: 'run', show: 'follow-ups' } },
    { kind: 'unsubmitted', ...home.unsubmitted, screen: { name: 'batches' } },
    { kind: 'drafts', count: home.drafts, amount: null, screen: { name: 'import' } },
  ]
  return all.filter((toDo) => toDo.count > 0)
}
