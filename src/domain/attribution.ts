import { subtractWon, type Won } from './money'
import type { CancelFact, PgPayment } from './payment'
import { tagIn } from './refund-tag'

/** What the PG showed when an attempt was prepared. */
export interface SeenBefore {
  readonly historyLength: number
  readonly balance: Won
  /** The PG's keys of the cancels that stood there; null where it gave none for one of them, or nobody noted them. */
  readonly knownKeys: readonly string[] | null
}

export interface AttributionInput {
  readonly tag: string
  readonly amount: Won
  readonly before: SeenBefore
  readonly now: Pick<PgPayment, 'paid' | 'cancelledTotal' | 'cancels' | 'requested'>
  /** The PG's keys of cancels that are accounted for as something else. */
  readonly claimedKeys: ReadonlySet<string>
}

export type Attribution =
  | { readonly kind: 'found'; readonly cancel: CancelFact }
  /** The PG has our request and has not carried it out yet. */
  | { readonly kind: 'requested' }
  /** Balance and history length are as before: proof that nothing took effect so far. */
  | { readonly kind: 'nothing-changed' }
  /** Looks like ours, but a PG may have replaced the text: a person confirms. */
  | { readonly kind: 'proposal'; readonly cancel: CancelFact }
  | { readonly kind: 'changed-otherwise' }

/** The PG's own name of a cancel: its number of the cancel, else its transaction key. */
export function keyOf(cancel: CancelFact): string | null {
  return cancel.cancelKey ?? cancel.pgTransactionKey
}

/** The keys of all cancels, null when one has none: a set with holes cannot tell what is new. */
export function keysOf(cancels: readonly CancelFact[]): string[] | null {
  const keys = cancels.flatMap((cancel) => keyOf(cancel) ?? [])
  return keys.length === cancels.length ? keys : null
}

/**
 * Looks for the effect of one attempt in what the PG shows now. Only the tag proves that a cancel is ours; a missing
 * tag proves nothing, which is why only an unchanged balance together with an unchanged history counts as "nothing
 * happened". What has our amount, no tag and a key that nobody knew before is a proposal to a person.
 */
export function findOurCancel(input: AttributionInput): Attribution {
  const { tag, amount, before, now } = input
  const tagged = now.cancels.filter((cancel) => tagIn(cancel.reason) === tag)
  const [first] = tagged
  if (first !== undefined) {
    // Twice, or with another amount, is nothing a program may call its own success.
    return tagged.length === 1 && first.amount === amount
      ? { kind: 'found', cancel: first }
      : { kind: 'changed-otherwise' }
  }
  const asked = now.requested ?? []
  if (asked.some((cancel) => tagIn(cancel.reason) === tag)) return { kind: 'requested' }
  // Somebody's cancel is under way, and a PG may have replaced our text.
  if (asked.length > 0) return { kind: 'changed-otherwise' }
  const balance = subtractWon(now.paid, now.cancelledTotal)
  if (balance === before.balance && now.cancels.length === before.historyLength) return { kind: 'nothing-changed' }
  const alike = newAlike(input)
  const [only] = alike
  return only !== undefined && alike.length === 1 ? { kind: 'proposal', cancel: only } : { kind: 'changed-otherwise' }
}

/** New cancels of our amount without a tag: each of them may be ours. */
export function newAlike(input: Omit<AttributionInput, 'tag'>): readonly CancelFact[] {
  return newCancels(input).filter((cancel) => cancel.amount === input.amount && tagIn(cancel.reason) === null)
}

function newCancels({ before, now, claimedKeys }: Omit<AttributionInput, 'tag' | 'amount'>): readonly CancelFact[] {
  const free = now.cancels.filter((cancel) => !claimedKeys.has(keyOf(cancel) ?? ''))
  const { knownKeys } = before
  if (knownKeys !== null && keysOf(now.cancels) !== null) {
    return free.filter((cancel) => !knownKeys.includes(keyOf(cancel) ?? ''))
  }
  // Without keys "new" is what is youngest, since a PG states no order for its history.
  const young = new Set(now.cancels.toSorted((a, b) => a.cancelledAtMs - b.cancelledAtMs).slice(before.historyLength))
  return free.filter((cancel) => young.has(cancel))
}

/**
 * The cancel that the PG's own success to our request made, where its text lost our tag. It is proven when the channel
 * shows cancels at once and the answer shows the history as it was plus exactly one new key with our amount, and exactly
 * that amount less of a balance that the PG had to compare with our checksum. Any cancel of somebody else would have
 * changed that balance before ours, or the history beside ours.
 */
export function provenByAnswer(
  input: Omit<AttributionInput, 'tag'> & { readonly synchronous: boolean; readonly checksum: Won },
): CancelFact | null {
  const { before, now, amount, checksum, synchronous } = input
  if (!synchronous || before.knownKeys === null || keysOf(now.cancels) === null) return null
  const [only, second] = newCancels(input)
  const grewByOne = now.cancels.length === before.historyLength + 1 && second === undefined
  const balanceFits = subtractWon(now.paid, now.cancelledTotal) === subtractWon(checksum, amount)
  return only !== undefined && grewByOne && balanceFits && only.amount === amount && tagIn(only.reason) === null
    ? only
    : null
}
