import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import { parseWith } from '../answers'
import type { ListOptions } from './pages'
import { requestBody } from './reads'
import { EventsSchema } from './schemas'
import { timesOf, type Window } from './windows'

/** Ten million events in one window: more is a PG that turns in a circle. */
const PAGES_MAX = 10_000

/**
 * The ids of payments to which something happened in a window: paid, cancelled or partly cancelled. The only list of
 * PortOne's that finds a cancel by its own date. Problems: see `createRead`.
 */
export async function* eventPages(
  options: ListOptions,
  window: Window,
  signal: AbortSignal | undefined,
): AsyncGenerator<Result<readonly string[], Problem>> {
  const seen = new Set<string>()
  let cursor: string | null = null
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page = await readEvents(options, window, cursor, signal)
    if (!page.ok) {
      yield page
      return
    }
    // A cursor says "from where to read": the row it points at may come once more.
    const rows: readonly EventRow[] = page.value[0]?.cursor === cursor ? page.value.slice(1) : page.value
    // Only an empty page ends the walk, since a PG may give less than it was asked for.
    const last = rows.at(-1)
    if (last === undefined) return
    if (rows.some((row) => seen.has(row.cursor))) break
    for (const row of rows) seen.add(row.cursor)
    cursor = last.cursor
    yield ok(rows.flatMap(({ paymentKey }) => paymentKey ?? []))
  }
  yield fail(problem('pg-odd-answer', { what: 'pages' }))
}

interface EventRow {
  readonly cursor: string
  /** null where the payment is not this channel's to show. */
  readonly paymentKey: string | null
}

async function readEvents(
  { read, scope, storeId, timeoutMs, rowsPerPage }: ListOptions,
  window: Window,
  cursor: string | null,
  signal: AbortSignal | undefined,
): Promise<Result<readonly EventRow[], Problem>> {
  const query = requestBody({
    ...(storeId === '' ? {} : { storeId }),
    ...timesOf(window),
    ...(cursor === null ? {} : { cursor }),
    size: rowsPerPage,
  })
  const path = '/payment-events-by-cursor'
  const answer = await read({ path, query, size: 'list', timeoutMs, statuses: [200], signal })
  if (!answer.ok) return answer
  const events = parseWith(EventsSchema, answer.value.json)
  if (events === null) return fail(problem('pg-odd-answer', { what: 'events' }))
  const rows: EventRow[] = []
  for (const item of events.items) {
    const { paymentId, storeId: store, version, channel } = item.paymentEvent
    const isOurs = version !== 'V1' && (scope.includeTest || channel?.type !== 'TEST')
    if (isOurs && !scope.isOurStore(store)) return fail(problem('pg-odd-answer', { what: 'several-stores' }))
    rows.push({ cursor: item.cursor, paymentKey: isOurs ? paymentId : null })
  }
  return ok(rows)
}
