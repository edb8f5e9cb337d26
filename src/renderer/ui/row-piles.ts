import type { BatchSummary } from '../../contract/views'
import type { RowState } from '../../domain/attempt-state'
import { addWon, won, type Won } from '../../domain/money'

/** Row states behind each filter of a batch's rows, as the core lists them. */
const FILTER_STATES = {
  'needs-look': ['needs-look', 'pg-processing'],
  failed: ['failed', 'stopped-drift', 'stopped-rule', 'payout-failed', 'expired', 'cancelled'],
  accepted: ['accepted', 'paid-out'],
  waiting: ['waiting', 'sending'],
} as const satisfies Record<string, readonly RowState[]>

export type CountedFilter = keyof typeof FILTER_STATES

export interface RowPile {
  readonly count: number
  readonly amount: Won
}

type ByState = { readonly byState: readonly BatchSummary['byState'][number][] }

/** Rows and won of a batch in any of these states. */
export function pileOfStates({ byState }: ByState, states: readonly RowState[]): RowPile {
  const piles = byState.filter((pile) => states.includes(pile.state))
  return {
    count: piles.reduce((sum, pile) => sum + pile.count, 0),
    amount: addWon(won(0), ...piles.map((pile) => pile.amount)),
  }
}

/** How many rows stand behind a filter. */
export function countOf(batch: ByState, filter: CountedFilter): number {
  return pileOfStates(batch, FILTER_STATES[filter]).count
}
