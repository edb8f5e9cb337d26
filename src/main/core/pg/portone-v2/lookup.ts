import type { PgPayment } from '../../../../domain/payment'
import { problem, type Problem } from '../../../../domain/problem'
import { assert, fail, ok, type Result } from '../../../../domain/result'
import type { LookupAnswer, PaymentRef } from '../gateway'
import { parseWith } from '../answers'
import { readPayment, type Scope } from './mapper'
import type { Read } from './reads'
import { ErrorSchema, isPaymentId } from './schemas'

/** PortOne V2 answers for one payment at a time: as many as are asked for within seconds. */
export const LOOKUP_MAX = 20
/** At the same time. PortOne states no limit; a few are polite. */
const PARALLEL = 4

export interface LookupOptions {
  readonly read: Read
  readonly scope: Scope
  /** '' = none. */
  readonly storeId: string
  readonly timeoutMs: number
}

/** A payment's key is the shop's own order number, so both kinds of reference ask the same question. */
const keyOf = (ref: PaymentRef): string => (ref.by === 'pg-key' ? ref.key : ref.orderNo)

/** Asks for up to 20 payments, a few at a time. Problems: see `createRead`; the first one ends the look-up. */
export async function lookUp(
  options: LookupOptions,
  refs: readonly PaymentRef[],
  signal?: AbortSignal,
): Promise<Result<LookupAnswer, Problem>> {
  assert(refs.length <= LOOKUP_MAX, `more than ${LOOKUP_MAX} payments in one look-up`)
  const answers = await askAll(options, refs.map(keyOf), signal)
  if (!answers.ok) return answers
  return ok({
    found: [...answers.value.values()],
    missing: refs.filter((ref) => !answers.value.has(keyOf(ref))),
  })
}

/** The payments of these ids, as far as this channel has them. Problems: see `createRead`. */
export async function askAll(
  options: LookupOptions,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<Result<ReadonlyMap<string, PgPayment>, Problem>> {
  const found = new Map<string, PgPayment>()
  // What cannot be an id is no payment, and would ask for another resource.
  const waiting = [...new Set(keys)].filter(isPaymentId)
  let trouble: Problem | null = null
  const work = async (): Promise<void> => {
    for (let key = waiting.shift(); key !== undefined && trouble === null; key = waiting.shift()) {
      const payment = await askOne(options, key, signal)
      if (!payment.ok) trouble ??= payment.problem
      else if (payment.value !== null) found.set(key, payment.value)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  return trouble === null ? ok(found) : fail(trouble)
}

/** One payment; null where PortOne knows none, or none of this channel's. Problems: see `createRead`. */
export async function askOne(
  { read, scope, storeId, timeoutMs }: LookupOptions,
  key: string,
  signal?: AbortSignal,
): Promise<Result<PgPayment | null, Problem>> {
  const answer = await read({
    path: `/payments/${encodeURIComponent(key)}`,
    query: new URLSearchParams(storeId === '' ? {} : { storeId }),
    size: 'one',
    timeoutMs,
    statuses: [200, 404],
    signal,
  })
  if (!answer.ok) return answer
  const { json } = answer.value
  if (answer.value.answer.httpStatus === 404) {
    // Another machine's 404 does not say so.
    const isMissing = parseWith(ErrorSchema, json)?.type === 'PAYMENT_NOT_FOUND'
    return isMissing ? ok(null) : fail(problem('pg-odd-answer', { status: 404 }))
  }
  const payment = readPayment(json, scope)
  if (!payment.ok || payment.value === null || payment.value.pgKey === key) return payment
  return fail(problem('pg-odd-answer', { what: 'payment-not-asked-for' }))
}
