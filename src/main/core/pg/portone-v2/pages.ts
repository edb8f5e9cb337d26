import type { PgPayment } from '../../../../domain/payment'
import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import { parseWith } from '../answers'
import type { LookupOptions } from './lookup'
import { readPayments, rowKeyOf } from './mapper'
import { requestBody } from './reads'
import { ListSchema } from './schemas'
import { halvesOf, timesOf, type Window } from './windows'

/** (page + 1) × size may not go beyond; what lies there is found in a shorter window. */
const ROWS_REACHABLE = 60_000
/** Rows that moved between two pages pull others onto a page that was read before; one more walk finds them. */
const WALKS_MAX = 2

export interface ListOptions extends Omit<LookupOptions, 'timeoutMs'> {
  /** For one page. */
  readonly timeoutMs: number
  readonly rowsPerPage: number
  /** How the payments of events are read. */
  readonly lookup: LookupOptions
}

export interface CreatedPage {
  readonly payments: readonly PgPayment[]
  /** Rows of this window by its own count, as far as it is known. */
  readonly total: number
}

interface Page {
  readonly payments: readonly PgPayment[]
  readonly keys: readonly string[]
  readonly total: number
  readonly size: number
}

/**
 * All payments begun in a window, page by page, with repetitions. The instant a payment was begun never changes, so a row
 * stays where it is while we walk; a status is not asked for, since it does change. Problems: see `createRead`.
 */
export async function* pagesOf(
  options: ListOptions,
  window: Window,
  signal: AbortSignal | undefined,
): AsyncGenerator<Result<CreatedPage, Problem>> {
  const open: Window[] = [window]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    let isTooLong = false
    let hasMoved = true
    for (let walk = 1; walk <= WALKS_MAX && hasMoved && !isTooLong; walk += 1) {
      const keys = new Set<string>()
      let rows = 0
      let atEnd = false
      for (let number = 0; !atEnd && !isTooLong; number += 1) {
        const page = await readPage(options, part, number, signal)
        if (!page.ok) {
          yield page
          return
        }
        const { payments, total, size } = page.value
        for (const key of page.value.keys) keys.add(key)
        rows += page.value.keys.length
        // `totalCount` may count this page or all of them: a short page ends the walk only where both readings agree.
        atEnd = page.value.keys.length === 0 || (page.value.keys.length < size && rows >= total)
        isTooLong = !atEnd && Math.max(total, (number + 2) * options.rowsPerPage) > ROWS_REACHABLE
        yield ok({ payments, total })
      }
      hasMoved = keys.size < rows
    }
    if (isTooLong) {
      const halves = halvesOf(part)
      if (halves === null) {
        yield fail(problem('pg-odd-answer', { what: 'pages' }))
        return
      }
      open.push(...halves.toReversed())
    }
  }
}

/** What every question for payments has in common. */
export function filterOf({ storeId, scope }: Pick<LookupOptions, 'storeId' | 'scope'>): object {
  return {
    ...(storeId === '' ? {} : { storeId }),
    timestampType: 'CREATED_AT',
    ...(scope.includeTest ? {} : { isTest: false }),
    version: 'V2',
  }
}

async function readPage(
  options: ListOptions,
  window: Window,
  number: number,
  signal: AbortSignal | undefined,
): Promise<Result<Page, Problem>> {
  const { read, scope, timeoutMs, rowsPerPage } = options
  const filter = { ...filterOf(options), ...timesOf(window), sortBy: 'REQUESTED_AT', sortOrder: 'ASC' }
  const query = requestBody({ page: { number, size: rowsPerPage }, filter })
  const answer = await read({ path: '/payments', query, size: 'list', timeoutMs, statuses: [200], signal })
  if (!answer.ok) return answer
  const list = parseWith(ListSchema, answer.value.json)
  if (list === null || list.page.number !== number || list.items.length > rowsPerPage) {
    return fail(problem('pg-odd-answer', { what: 'page' }))
  }
  const payments = readPayments(list.items, scope)
  if (!payments.ok) return payments
  const { totalCount: total, size } = list.page
  return ok({ payments: payments.value, keys: list.items.map(rowKeyOf), total, size })
}
