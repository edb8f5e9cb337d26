import { addWon, type Won } from '../../domain/money'

/** Rows and won under one name. */
export interface Pile {
  readonly name: string
  readonly count: number
  readonly amount: Won
}

/** Piles of the same name become one: two codes of a PG may be one company to a person. */
export function pilesByName(piles: readonly Pile[]): readonly Pile[] {
  const byName = new Map<string, Pile>()
  for (const { name, count, amount } of piles) {
    const known = byName.get(name)
    byName.set(
      name,
      known === undefined
        ? { name, count, amount }
        : { name, count: known.count + count, amount: addWon(known.amount, amount) },
    )
  }
  return [...byName.values()]
}
