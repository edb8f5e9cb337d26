import type { BatchSummary, BatchView, RowView } from '../../../contract/views'
import type { RowState } from '../../../domain/attempt-state'
import { subtractWon, won, type Won } from '../../../domain/money'
import { assertNever } from '../../../domain/result'
import { pileOfStates } from '../../ui/row-piles'
import type { BatchState } from '../../ui/state-badge'

/** Rows that a person should look at; a refund that was withdrawn or ran out of time is no trouble. */
const ATTENTION_STATES: readonly RowState[] = ['needs-look', 'failed', 'stopped-drift', 'stopped-rule', 'payout-failed']

export function attentionCount(batch: Pick<BatchSummary, 'byState'>): number {
  return pileOfStates(batch, ATTENTION_STATES).count
}

/** Rows that the check would not let through and that are still in the batch. */
export function blockedCount({ check, rows }: Pick<BatchSummary, 'check' | 'rows'>): number {
  if (check === null) return 0
  return Math.max(0, check.blocked.count + check.drift.count - leftOutCount({ check, rows }))
}

/** Blocked rows that were left out when the batch was submitted: the check counted them, the batch no longer has them. */
export function leftOutCount({ check, rows }: Pick<BatchSummary, 'check' | 'rows'>): number {
  return check === null ? 0 : Math.max(0, check.rowsAll - rows)
}

export const STEPS = ['make', 'check', 'approve', 'wait', 'run', 'done'] as const
export type Step = (typeof STEPS)[number]
export type StepMark = 'passed' | 'current' | 'ahead' | 'skipped' | 'stopped'

/** Where a batch stands on its way. A check that nobody made is told as skipped, never as passed. */
export function stepMarks(
  batch: Pick<BatchSummary, 'state' | 'check' | 'submittedAtMs' | 'approvedAtMs'>,
): readonly { readonly step: Step; readonly mark: StepMark }[] {
  const { step: here, mark: hereMark } = whereIs(batch)
  const position = STEPS.indexOf(here)
  return STEPS.map((step, index) => {
    if (index === position) return { step, mark: hereMark }
    if (index > position) return { step, mark: 'ahead' }
    return { step, mark: step === 'check' && batch.check === null ? 'skipped' : 'passed' }
  })
}

function whereIs(batch: Pick<BatchSummary, 'state' | 'check' | 'submittedAtMs' | 'approvedAtMs'>): {
  readonly step: Step
  readonly mark: StepMark
} {
  const state: BatchState = batch.state
  switch (state) {
    case 'draft':
      return { step: 'make', mark: 'current' }
    case 'checked':
      return { step: 'check', mark: 'current' }
    case 'submitted':
      return { step: 'approve', mark: 'current' }
    case 'approved':
      return { step: 'wait', mark: 'current' }
    case 'running':
      return { step: 'run', mark: 'current' }
    case 'done':
      return { step: 'done', mark: 'passed' }
    case 'rejected':
      return { step: 'approve', mark: 'stopped' }
    case 'expired':
      return { step: 'wait', mark: 'stopped' }
    case 'withdrawn':
      if (batch.approvedAtMs !== null) return { step: 'wait', mark: 'stopped' }
      if (batch.submittedAtMs !== null) return { step: 'approve', mark: 'stopped' }
      return { step: batch.check === null ? 'make' : 'check', mark: 'stopped' }
    default:
      return assertNever(state)
  }
}

export interface RowSplit {
  readonly earlier: Won
  /** 0 where this refund does not go out. */
  readonly amount: Won
  /** The refund was sent, and nobody has proof yet. */
  readonly unproven: boolean
  readonly left: Won
  /** The refund is more than what is left: it cannot go out. */
  readonly over: boolean
}

/** How a payment divides: refunded before, this refund, what remains. */
export function rowSplit(row: Pick<RowView, 'state' | 'amount' | 'paid' | 'ledgerBalance'>): RowSplit {
  const gone = subtractWon(row.paid, row.ledgerBalance)
  switch (row.state) {
    // The ledger's balance already has this refund in it.
    case 'accepted':
    case 'paid-out':
      return {
        earlier: atLeastNone(subtractWon(gone, row.amount)),
        amount: row.amount,
        unproven: false,
        left: row.ledgerBalance,
        over: false,
      }
    case 'draft':
    case 'waiting':
    case 'sending':
    case 'needs-look':
    case 'pg-processing': {
      const left = subtractWon(row.ledgerBalance, row.amount)
      const unproven = row.state === 'needs-look' || row.state === 'pg-processing'
      return { earlier: gone, amount: row.amount, unproven, left: atLeastNone(left), over: left < 0 }
    }
    case 'failed':
    case 'stopped-drift':
    case 'stopped-rule':
    // The ledger took the refund back: the amount is part of what is left.
    case 'payout-failed':
    case 'cancelled':
    case 'expired':
      return { earlier: gone, amount: won(0), unproven: false, left: row.ledgerBalance, over: false }
    default:
      return assertNever(row.state)
  }
}

function atLeastNone(amount: Won): Won {
  return amount < 0 ? won(0) : amount
}

/** States that come with a reason of their own. */
const WITH_REASON: readonly RowState[] = [
  'needs-look',
  'pg-processing',
  'failed',
  'stopped-drift',
  'stopped-rule',
  'payout-failed',
  'expired',
]

/** Whether any row has a reason to show: an empty column would take the room of the others. */
export function hasReasons({ byState, check }: Pick<BatchView, 'byState' | 'check'>): boolean {
  const checked = check !== null && check.blocked.count + check.drift.count > 0
  return checked || byState.some((pile) => WITH_REASON.includes(pile.state))
}

/** Whether any row may have a day on which its money should arrive: accepted, and paid to an account. */
export function hasDueDays({
  byState,
  methods,
  channels,
}: Pick<BatchView, 'byState' | 'methods'> & { readonly channels: readonly Pick<BatchChannel, 'dueOn'>[] }): boolean {
  const accepted = byState.some((pile) => pile.state === 'accepted' || pile.state === 'paid-out')
  if (!accepted) return false
  return methods.some(({ method }) => method === 'virtual-account') || channels.some(({ dueOn }) => dueOn !== null)
}

type BatchChannel = BatchView['channels'][number]

/** Whether rows of this batch are paid over more than one merchant account, so that each row must name its own. */
export function mixesChannels({ channels }: { readonly channels: readonly unknown[] }): boolean {
  return channels.length > 1
}
