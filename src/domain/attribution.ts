import { subtractWon, type Won } from './money'
import type { CancelFact, PgPayment } from './payment'
import { tagIn } from './refund-tag'

export interface AttributionInput {
  readonly tag: string
  readonly amount: Won
  /** What the PG showed when the attempt was prepared. */
  readonly before: { readonly historyLength: number; readonly balance: Won }
  readonly now: Pick<PgPayment, 'paid' | 'cancelledTotal' | 'cancels'>
}

export type Attribution =
  | { readonly kind: 'found'; readonly cancel: CancelFact; readonly by: 'tag' }
  /** Balance and history length are as before: proof that nothing took effect so far. */
  | { readonly kind: 'nothing-changed' }
  /** Looks like ours, but a PG may have replaced the text: a person confirms. */
  | { readonly kind: 'proposal'; readonly cancel: CancelFact }
  | { readonly kind: 'changed-otherwise' }

/**
 * Looks for the effect of one attempt in what the PG shows now. Only the tag proves that a cancel is ours; a missing
 * tag proves nothing, which is why only an unchanged balance together with an unchanged history counts as "nothing
 * happened".
 */
export function findOurCancel(input: AttributionInput): Attribution {
  const { tag, amount, before, now } = input
  const tagged = now.cancels.filter((cancel) => tagIn(cancel.reason) === tag)
  const [first] = tagged
  if (first !== undefined) {
    // Twice, or with another amount, is nothing a program may call its own success.
    return tagged.length === 1 && first.amount === amount
      ? { kind: 'found', cancel: first, by: 'tag' }
      : { kind: 'changed-otherwise' }
  }
  const balance = subtractWon(now.paid, now.cancelledTotal)
  if (balance === before.balance && now.cancels.length === before.historyLength) return { kind: 'nothing-changed' }
  // A PG states no order for its history, so "new" is what is youngest.
  const byTime = now.cancels.toSorted((a, b) => a.cancelledAtMs - b.cancelledAtMs)
  const alike = byTime
    .slice(before.historyLength)
    .filter((cancel) => cancel.amount === amount && tagIn(cancel.reason) === null)
  const [only] = alike
  return only !== undefined && alike.length === 1 ? { kind: 'proposal', cancel: only } : { kind: 'changed-otherwise' }
}
