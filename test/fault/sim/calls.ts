/** A question of the program to the PG, on its way there or back. */
export interface Call {
  readonly what: 'lookup' | 'list' | 'question' | 'test' | 'vault' | 'cancel'
  readonly about: string
  /** On its way to the PG until the PG dealt with it. */
  stage: 'leaving' | 'answering'
  /** The request reaches the PG, or fails on the way: decides what will be answered. */
  arrive(): void
  /** The answer, or the end of waiting for one, reaches the program. */
  answer(): void
  /** The program dies with the call under way: what is on the wire may arrive all the same, now or later. */
  abandon(): void
}

/** Everything under way between one run of the program and the PG; the simulation decides what moves next. */
export interface Calls {
  readonly open: readonly Call[]
  add(call: Call): void
  remove(call: Call): void
  end(): void
}

export function createCalls(): Calls {
  const open: Call[] = []
  let ended = false
  return {
    open,
    add(call) {
      if (!ended) open.push(call)
    },
    remove(call) {
      const at = open.indexOf(call)
      if (at >= 0) open.splice(at, 1)
    },
    end() {
      ended = true
      for (const call of open) if (call.stage === 'leaving') call.abandon()
      open.length = 0
    },
  }
}
