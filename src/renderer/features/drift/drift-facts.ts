import type { BooksReport } from '../../../contract/views'
import type { DriftView } from '../../../contract/drift'
import { subtractWon, won, type Won } from '../../../domain/money'
import { takenBackKeys } from '../../ui/timeline-rows'

/** The sentence that says why two records differ; without an instant where the odd entry is not on the screen. */
export type Why =
  | { readonly key: 'why.only-at-pg' | 'why.only-here'; readonly amount: Won; readonly atMs: number }
  | { readonly key: 'why.only-at-pg.plain' | 'why.only-here.plain' | 'why.history-sum-differs'; readonly amount: Won }
  | { readonly key: 'why.amount-differs'; readonly ours: Won; readonly theirs: Won }

type WhyInput = Pick<
  DriftView,
  'kind' | 'difference' | 'ourAmount' | 'pgAmount' | 'ours' | 'theirs' | 'oddOurs' | 'oddTheirs'
>

export function whyOf(view: WhyInput): Why {
  const size = won(Math.abs(view.difference))
  switch (view.kind) {
    case 'only-at-pg': {
      const odd = view.theirs.find((entry) => entry.key === view.oddTheirs)
      const amount = view.pgAmount ?? size
      return odd === undefined
        ? { key: 'why.only-at-pg.plain', amount }
        : { key: 'why.only-at-pg', amount, atMs: odd.atMs }
    }
    case 'only-here': {
      const odd = view.ours.find((entry) => entry.key === view.oddOurs)
      const amount = view.ourAmount ?? size
      return odd === undefined
        ? { key: 'why.only-here.plain', amount }
        : { key: 'why.only-here', amount, atMs: odd.atMs }
    }
    case 'amount-differs':
      // Difference = ours minus theirs: what one side lacks follows from the other.
      return {
        key: 'why.amount-differs',
        ours: view.ourAmount ?? won((view.pgAmount ?? 0) + view.difference),
        theirs: view.pgAmount ?? won((view.ourAmount ?? 0) - view.difference),
      }
    case 'history-sum-differs':
      return { key: 'why.history-sum-differs', amount: size }
  }
}

/** Whether our side still holds what the PG told us first; an entry that was taken back speaks no more. */
export function restsOnBaseline({
  independent,
  ours,
  theirs,
}: Pick<DriftView, 'independent' | 'ours' | 'theirs'>): boolean {
  if (independent) return false
  const gone = takenBackKeys(ours, theirs)
  return ours.some((entry) => entry.source === 'pg-baseline' && !gone.has(entry.key))
}

/** Our sum of cancels after this one case is adopted. */
export function totalAfterAdopting(view: Pick<DriftView, 'ourTotal' | 'difference'>): Won {
  return subtractWon(view.ourTotal, view.difference)
}

/** The PG's list against the PG's own total: there is no history to follow, the payments must be read again. */
export function mayAdopt(view: Pick<DriftView, 'kind'>): boolean {
  return view.kind !== 'history-sum-differs'
}

/** Rows of our books that tell of a payment: what is neither a cancel nor a row that could not be taken. */
export function paymentRowsOf(
  report: Pick<BooksReport, 'rowsAll' | 'cancelsAdded' | 'cancelsKnown' | 'problemsAll'>,
): number {
  return Math.max(0, report.rowsAll - report.cancelsAdded - report.cancelsKnown - report.problemsAll)
}
