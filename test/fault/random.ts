/** Random numbers that a seed repeats. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  chance(share: number): boolean
}

/** mulberry32: small, fast and good enough to choose instants; the words after the seed name what it is for. */
export function randomFrom(seed: number, ...words: readonly (string | number)[]): Random {
  let state = seed | 0
  for (const character of words.join('/')) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { below: (limit) => Math.floor(next() * limit), chance: (share) => next() < share }
}
