import type { ChannelId } from '../../../../domain/ids'
import type { PgPayment } from '../../../../domain/payment'
import { problem, type Problem } from '../../../../domain/problem'
import { assert, fail, ok, type Result } from '../../../../domain/result'
import { parseWith } from '../answers'
import type { LookupAnswer, PaymentRef } from '../gateway'
import { paymentsOf } from './mapper'
import type { Read } from './reads'
import { PaymentsSchema } from './schemas'

/** GET /payments takes at most 100 ids of both kinds together. */
export const LOOKUP_MAX = 100

export interface LookupOptions {
  readonly read: Read
  readonly channelId: ChannelId
  readonly includeSandbox: boolean
  readonly timeoutMs: number
}

/** Servers commonly cut a request line at 8 KB, which order numbers in Korean reach long before 100. */
const QUERY_CHARS_MAX = 7000

/**
 * Asks for up to 100 payments, in one call unless the ids are very long. 200 all, 207 some, 404 none: each reference is
 * judged by what came back, not by the status. An order number may have several payments. Problems: see `createRead`.
 */
export async function lookUp(
  options: LookupOptions,
  refs: readonly PaymentRef[],
  signal?: AbortSignal,
): Promise<Result<LookupAnswer, Problem>> {
  assert(refs.length <= LOOKUP_MAX, `more than ${LOOKUP_MAX} payments in one look-up`)
  const found = new Map<string, PgPayment>()
  for (const query of queriesOf(refs, options.includeSandbox)) {
    const payments = await ask(options, query, signal)
    if (!payments.ok) return payments
    // A payment asked for by both its key and its order number comes back twice.
    for (const payment of payments.value) found.set(payment.pgKey, payment)
  }
  const payments = [...found.values()]
  if (!payments.every((payment) => refs.some((ref) => answers(payment, ref)))) {
    return fail(problem('pg-odd-answer', { what: 'payment-not-asked-for' }))
  }
  return ok({ found: payments, missing: refs.filter((ref) => !payments.some((payment) => answers(payment, ref))) })
}

function queriesOf(refs: readonly PaymentRef[], includeSandbox: boolean): readonly URLSearchParams[] {
  const queries: URLSearchParams[] = []
  let chars = Infinity
  for (const ref of refs) {
    const part = new URLSearchParams(ref.by === 'pg-key' ? { 'imp_uid[]': ref.key } : { 'merchant_uid[]': ref.orderNo })
    const partChars = part.toString().length + 1
    if (chars + partChars > QUERY_CHARS_MAX) {
      queries.push(new URLSearchParams({ include_sandbox: String(includeSandbox) }))
      chars = 0
    }
    chars += partChars
    for (const [name, value] of part) queries.at(-1)?.append(name, value)
  }
  return queries
}

async function ask(
  { read, channelId, timeoutMs }: LookupOptions,
  query: URLSearchParams,
  signal: AbortSignal | undefined,
): Promise<Result<readonly PgPayment[], Problem>> {
  const answer = await read({ path: '/payments', query, size: 'list', timeoutMs, statuses: [200, 207, 404], signal })
  if (!answer.ok) return answer
  const { httpStatus, envelope } = answer.value
  // A proxy's or another machine's 404 has no such envelope and never comes here.
  if (httpStatus === 404 && envelope.code !== 0) return ok([])
  const wires = httpStatus !== 404 && envelope.code === 0 ? parseWith(PaymentsSchema, envelope.response) : null
  return wires === null ? fail(problem('pg-odd-answer', { status: httpStatus })) : paymentsOf(wires, channelId)
}

function answers(payment: PgPayment, ref: PaymentRef): boolean {
  return ref.by === 'pg-key' ? payment.pgKey === ref.key : payment.orderNo === ref.orderNo
}
