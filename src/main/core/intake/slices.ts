/**
 * Long work cut into slices: a generator that yields between them. Run in one go, or with a pause after each slice so
 * that the core's other work (page reads, the runner's intents) is not kept waiting.
 */
export type Sliced<T> = Generator<undefined, T, undefined>

export function runToEnd<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

export async function runInSlices<T>(work: Sliced<T>, yieldNow: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    // The pause between two slices is the purpose of this loop.
    // oxlint-disable-next-line no-await-in-loop
    await yieldNow()
  }
}
