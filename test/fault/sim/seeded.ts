import { createHash } from 'node:crypto'

/** Everything that a simulation leaves to chance, decided by its seed: the same seed always gives the same answers. */
export interface Seeded {
  /** 0 ≤ x < 1. */
  next(): number
  /** A whole number, 0 ≤ x < `below`. */
  below(below: number): number
  /** A whole number, `from` ≤ x ≤ `to`. */
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** One of these by weight; null where no weight is above 0. */
  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T | null
  bytes(count: number): Uint8Array
}

/** sfc32: small, quick and without visible patterns. `purpose` gives one seed several independent sources. */
export function seededBy(seed: number, purpose: string): Seeded {
  const state = createHash('sha256').update(`${seed}:${purpose}`).digest()
  let a = state.readInt32LE(0)
  let b = state.readInt32LE(4)
  let c = state.readInt32LE(8)
  let counter = state.readInt32LE(12)
  const next32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  const next = (): number => next32() / 2 ** 32
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    pick(list) {
      const found = list[below(list.length)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
    weighted(choices) {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, choice] of choices) {
        if (weight <= 0) continue
        left -= weight
        if (left < 0) return choice
      }
      return null
    },
    bytes(count) {
      const bytes = new Uint8Array(count)
      for (let at = 0; at < count; at += 4) {
        const word = next32()
        for (let place = 0; place < 4 && at + place < count; place += 1)
          bytes[at + place] = (word >>> (8 * place)) & 255
      }
      return bytes
    },
  }
}
