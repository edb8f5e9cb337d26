/**
 * How many payments one reading asks for. An odd answer about many may be the fault of one: the next readings ask for
 * fewer, until the one is found, and grow again with every good answer.
 */
export interface ReadSize {
  atMost(max: number): number
  good(): void
  /** `asked`: the payments of the odd answer. False when it was about one payment alone. */
  odd(asked: number): boolean
}

/** The greatest reading that any gateway takes is far below this. */
const UNBOUNDED = 1_000_000

export function createReadSize(): ReadSize {
  let size = UNBOUNDED
  return {
    atMost: (max) => Math.min(size, max),
    good() {
      size = Math.min(UNBOUNDED, size * 2)
    },
    odd(asked) {
      if (asked <= 1) return false
      size = Math.max(1, Math.floor(asked / 4))
      return true
    },
  }
}
