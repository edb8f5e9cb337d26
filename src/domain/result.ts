/** Expected trouble is a value: the caller must look before it takes the content. */
export type Result<T, P> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function fail<P>(problem: P): { readonly ok: false; readonly problem: P } {
  return { ok: false, problem }
}

/** Ends a switch over a closed union; reaching it is a broken assumption. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}

/** States an assumption that the code relies on. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}
