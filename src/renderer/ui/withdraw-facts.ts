import type { BatchSummary, PersonView } from '../../contract/views'
import { pileOfStates, type RowPile } from './row-piles'

/**
 * What taking a batch back means now: the `whole` batch that nobody approved, an approved one in its `hold`, or the
 * `rest` that a run has not sent.
 */
export interface Withdrawal extends RowPile {
  readonly kind: 'whole' | 'hold' | 'rest'
}

export type Withdrawable = Pick<
  BatchSummary,
  'batchId' | 'name' | 'state' | 'makerId' | 'holdUntilMs' | 'rows' | 'amount' | 'byState'
>

/** Null where nothing is left to take back, or where this person may not. */
export function withdrawalOf(
  batch: Withdrawable,
  person: Pick<PersonView, 'personId' | 'roles'> | null,
  nowMs: number,
): Withdrawal | null {
  if (person === null) return null
  const isMaker = person.personId === batch.makerId
  const whole = { count: batch.rows, amount: batch.amount }
  switch (batch.state) {
    case 'draft':
    case 'checked':
    case 'submitted':
      return isMaker ? { kind: 'whole', ...whole } : null
    case 'approved':
    case 'running': {
      if (!isMaker && !person.roles.includes('checker')) return null
      if (batch.holdUntilMs !== null && batch.holdUntilMs > nowMs) return { kind: 'hold', ...whole }
      const rest = pileOfStates(batch, ['waiting'])
      return rest.count === 0 ? null : { kind: 'rest', ...rest }
    }
    case 'done':
    case 'rejected':
    case 'withdrawn':
    case 'expired':
      return null
  }
}
