import type { ChannelId } from '../../../../domain/ids'
import type { PgPayment } from '../../../../domain/payment'
import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import { parseWith } from '../answers'
import type { ListPage, ListQuery } from '../gateway'
import { paymentsOf } from './mapper'
import type { Read } from './reads'
import { PageSchema } from './schemas'

const DAY_SECONDS = 24 * 60 * 60
/** Both ends of a window are inclusive, so its last second is one before 90 days are full. */
const WINDOW_SECONDS_MAX = 90 * DAY_SECONDS - 1
export const LIST_ROWS_MAX = 1000
/** Ten million payments in one window: more is a PG that turns in a circle. */
const PAGES_MAX = 10_000
/** Rows that left a list between two pages pull others onto a page that was read before; one more walk finds them. */
const WALKS_MAX = 2

export interface ListOptions {
  readonly read: Read
  readonly channelId: ChannelId
  readonly includeSandbox: boolean
  readonly timeoutMs: number
  readonly rowsPerPage: number
}

interface Window {
  readonly from: number
  readonly to: number
}

interface Page {
  readonly payments: readonly PgPayment[]
  /** null where the page does not tell. */
  readonly total: number | null
  /** 0 at the end. */
  readonly next: number
}

/**
 * Windows of at most 90 days from `fromMs` to `toMs`, in whole seconds. A payment's second stands for the time within it,
 * so both ends are rounded down.
 */
export function windowsOf(fromMs: number, toMs: number): readonly Window[] {
  const last = Math.floor(toMs / 1000)
  const windows: Window[] = []
  for (let from = Math.max(0, Math.floor(fromMs / 1000)); from <= last; from += WINDOW_SECONDS_MAX + 1) {
    windows.push({ from, to: Math.min(from + WINDOW_SECONDS_MAX, last) })
  }
  return windows
}

/**
 * Walks through GET /payments/status. `all` grows with every window, as each tells its own total; `done` below it at the
 * end means that rows moved away while we read. Problems: see `createRead`; a problem is the last thing that comes.
 */
export async function* listPayments(
  options: ListOptions,
  query: ListQuery,
  signal?: AbortSignal,
): AsyncGenerator<Result<ListPage, Problem>> {
  let doneBefore = 0
  let allBefore = 0
  for (const window of windowsOf(query.fromMs, query.toMs)) {
    const seen = new Set<string>()
    let total = 0
    for (let walk = 1; walk === 1 || (walk <= WALKS_MAX && seen.size < total); walk += 1) {
      for (let number = 1, pages = 0; number !== 0; pages += 1) {
        const page =
          pages < PAGES_MAX
            ? await readPage(options, query, window, number, signal)
            : fail(problem('pg-odd-answer', { what: 'pages' }))
        if (!page.ok) {
          yield page
          return
        }
        const fresh = page.value.payments.filter((payment) => !seen.has(payment.pgKey))
        for (const payment of fresh) seen.add(payment.pgKey)
        total = page.value.total ?? total
        number = page.value.next
        yield ok({ payments: fresh, done: doneBefore + seen.size, all: allBefore + Math.max(total, seen.size) })
      }
    }
    doneBefore += seen.size
    allBefore += Math.max(total, seen.size)
  }
}

async function readPage(
  { read, channelId, includeSandbox, timeoutMs, rowsPerPage }: ListOptions,
  { status }: ListQuery,
  window: Window,
  number: number,
  signal: AbortSignal | undefined,
): Promise<Result<Page, Problem>> {
  const query = new URLSearchParams({
    from: String(window.from),
    to: String(window.to),
    page: String(number),
    limit: String(rowsPerPage),
    // The instant a payment was begun never changes, so a row stays where it is while we walk.
    sorting: 'started',
    include_sandbox: String(includeSandbox),
  })
  const statuses = number === 1 ? [200, 404] : [200, 400, 404]
  const answer = await read({ path: `/payments/status/${status}`, query, size: 'list', timeoutMs, statuses, signal })
  if (!answer.ok) return answer
  const { httpStatus, envelope } = answer.value
  const odd = fail(problem('pg-odd-answer', { status: httpStatus }))
  // No payments at all, or the last page emptied while we read the one before.
  if (httpStatus !== 200) return envelope.code === 0 ? odd : ok({ payments: [], total: null, next: 0 })
  const page = envelope.code === 0 ? parseWith(PageSchema, envelope.response) : null
  if (page === null || (page.next !== 0 && page.next <= number) || (page.next !== 0 && page.list.length === 0))
    return odd
  const payments = paymentsOf(page.list, channelId)
  return payments.ok ? ok({ payments: payments.value, total: page.total, next: page.next }) : payments
}
