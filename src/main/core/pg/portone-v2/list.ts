import type { PgPayment } from '../../../../domain/payment'
import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import type { ListPage, ListQuery } from '../gateway'
import { eventPages } from './events'
import { askAll, LOOKUP_MAX } from './lookup'
import { pagesOf, type ListOptions } from './pages'
import { windowsOf } from './windows'

/** A payment carries its webhooks with all their attempts: 500 of them have 40 KB each until an answer is too large. */
export const LIST_ROWS_MAX = 500

/**
 * All payments begun in the time asked for, and all others to which something happened in it: a payment of last year that
 * is partly cancelled today stands in the list of last year only. `all` grows as the walk goes on. Each page is asked for
 * when it is wanted, never before. Problems: see `createRead`; a problem is the last thing that comes.
 */
export async function* listPayments(
  options: ListOptions,
  query: ListQuery,
  signal?: AbortSignal,
): AsyncGenerator<Result<ListPage, Problem>> {
  const seen = new Set<string>()
  const take = (payments: readonly PgPayment[], toCome: number): Result<ListPage, Problem> => {
    const fresh = payments.filter((payment) => !seen.has(payment.pgKey))
    for (const payment of fresh) seen.add(payment.pgKey)
    // The status is not part of the question, since a payment that changes it would move while we walk.
    const asked = fresh.filter(({ status }) => query.status === 'all' || status === query.status)
    return ok({ payments: asked, done: seen.size, all: seen.size + Math.max(0, toCome) })
  }

  for (const window of windowsOf(query.fromMs, query.toMs)) {
    const before = seen.size
    for await (const page of pagesOf(options, window, signal)) {
      if (!page.ok) {
        yield page
        return
      }
      const fresh = page.value.payments.filter(({ pgKey }) => !seen.has(pgKey)).length
      yield take(page.value.payments, before + page.value.total - seen.size - fresh)
    }
    for await (const page of eventPages(options, window, signal)) {
      if (!page.ok) {
        yield page
        return
      }
      const waiting = [...new Set(page.value)].filter((key) => !seen.has(key))
      for (let start = 0; start < waiting.length; start += LOOKUP_MAX) {
        const keys = waiting.slice(start, start + LOOKUP_MAX)
        const found = await askAll(options.lookup, keys, signal)
        if (!found.ok || found.value.size < keys.length) {
          // An event without its payment: it must not go missing unseen.
          yield found.ok ? fail(problem('pg-odd-answer', { what: 'payment-of-event' })) : found
          return
        }
        yield take([...found.value.values()], waiting.length - start - keys.length)
      }
    }
  }
}
