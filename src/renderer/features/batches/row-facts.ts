import type { RowDetail } from '../../../contract/views'
import { REPEAT_FROM_MS } from '../../../domain/repeat'

export type Next = RowDetail['row']['next'] | 'blocked'

/**
 * Before the run, what stands in the way is what the check said. A row whose deadline passed since it was read is for a
 * person already.
 */
export function nextOf(
  { next, state, checkProblem, lookUntilMs }: Pick<RowDetail['row'], 'next' | 'state' | 'checkProblem' | 'lookUntilMs'>,
  nowMs: number,
): Next {
  if (next === 'look' && lookUntilMs !== null && nowMs >= lookUntilMs) return 'decide'
  if (state !== 'draft' || checkProblem === null) return next
  return checkProblem.code === 'drift-balance-differs' ? 'drift' : 'blocked'
}

/**
 * From when a person may settle an attempt as not sent: before, its last request may still be running at the PG. Null
 * while nothing of it was sent.
 */
export function decidableFromMs({ evidence }: Pick<RowDetail['attempts'][number], 'evidence'>): number | null {
  const sent = evidence.findLast((event) => event.what === 'sending' || event.what === 'repeat')
  return sent === undefined ? null : sent.atMs + REPEAT_FROM_MS
}

/** What is said of the next step: some states say more than the step alone. */
export type NextSaying = Next | 'overdue' | 'payoutFailed'

export function sayingOf({ overdue, state }: Pick<RowDetail['row'], 'overdue' | 'state'>, next: Next): NextSaying {
  if (overdue) return 'overdue'
  return state === 'payout-failed' && next === 'new-row' ? 'payoutFailed' : next
}

/** Whether a person may state that the bank sent the money back: it was taken, and it went to an account. */
export function mayFailPayout({ state, accountMasked }: Pick<RowDetail['row'], 'state' | 'accountMasked'>): boolean {
  return (state === 'accepted' || state === 'paid-out') && accountMasked !== null
}

type PgEntry = RowDetail['theirs'][number]

/** The cancel at the PG that such a proposal is about, where the history shows it as the only one without a partner. */
export function proposedCancel({
  row,
  theirs,
}: {
  readonly row: Pick<RowDetail['row'], 'amount'>
  readonly theirs: readonly PgEntry[]
}): PgEntry | null {
  const alike = theirs.filter((entry) => entry.partner === null && entry.amount === row.amount)
  const [only] = alike
  return only !== undefined && alike.length === 1 ? only : null
}

const OPEN_STATES: readonly RowDetail['attempts'][number]['state'][] = ['unknown', 'unproven', 'pending']

/** Whether the last thing known of an open attempt is one new cancel of its amount whose text the PG replaced. */
export function looksLikeOurs({
  attempts,
}: {
  readonly attempts: readonly Pick<RowDetail['attempts'][number], 'state' | 'evidence'>[]
}): boolean {
  const attempt = attempts.at(-1)
  return (
    attempt !== undefined && OPEN_STATES.includes(attempt.state) && attempt.evidence.at(-1)?.what === 'looks-like-ours'
  )
}
