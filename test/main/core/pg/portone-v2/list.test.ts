import { describe, expect, it } from 'vitest'
import { problem } from '../../../../../src/domain/problem'
import { fail } from '../../../../../src/domain/result'
import type { ListPage, ListQuery } from '../../../../../src/main/core/pg/gateway'
import { halvesOf, windowsOf } from '../../../../../src/main/core/pg/portone-v2/windows'
import { bodySchema, faults, hasOfficial } from './openapi'
import {
  aGateway,
  type Asked,
  NOT_FOUND,
  type Said,
  scripted,
  STORE,
  type V2Gateway,
  wireEvent,
  wirePayment,
} from './support'

const DAY_MS = 24 * 60 * 60 * 1000
const NOON_MS = Date.parse('2026-11-21T05:00:00Z')
const QUERY: ListQuery = { status: 'all', fromMs: NOON_MS - DAY_MS, toMs: NOON_MS }
const EVENTS = '/payment-events-by-cursor'

/** Everything that came before a problem, and the problem. */
async function walk(gateway: V2Gateway, query = QUERY, signal?: AbortSignal) {
  const pages: ListPage[] = []
  for await (const page of gateway.reads.list(query, signal)) {
    if (!page.ok) return { pages, keys: keysOf(pages), problem: page.problem }
    pages.push(page.value)
  }
  return { pages, keys: keysOf(pages), problem: null }
}
const keysOf = (pages: readonly ListPage[]) => pages.flatMap(({ payments }) => payments.map(({ pgKey }) => pgKey))

interface Shop {
  readonly created?: readonly Record<string, unknown>[]
  readonly events?: readonly Record<string, unknown>[]
  /** Known, but in no list. */
  readonly others?: readonly Record<string, unknown>[]
}

const numbered = (count: number) => Array.from({ length: count }, (_, n) => wirePayment({ id: `ORD-${n}` }))

/** Answers lists, events and look-ups as PortOne describes them. */
function shop({ created = [], events = [], others = [] }: Shop) {
  return ({ path, filter }: Asked): Said => {
    if (path === '/payments') {
      const { number, size } = filter['page'] as { number: number; size: number }
      const items = created.slice(number * size, (number + 1) * size)
      return { body: { items, page: { number, size, totalCount: created.length } } }
    }
    if (path === EVENTS) {
      const { size, cursor } = filter as { size: number; cursor?: string }
      const start = cursor === undefined ? 0 : Number(cursor) + 1
      const items = events
        .slice(start, start + size)
        .map((paymentEvent, n) => ({ paymentEvent, cursor: String(start + n) }))
      return { body: { items } }
    }
    const id = decodeURIComponent(path.slice('/payments/'.length))
    const payment = [...created, ...others].find((each) => each['id'] === id)
    return payment === undefined ? NOT_FOUND : { body: payment }
  }
}

describe('a list of PortOne V2', () => {
  it('walks through all pages, then through all events, and asks once for each payment', async () => {
    const old = wirePayment({ id: 'LAST-YEAR' })
    const pg = await scripted(
      shop({
        created: numbered(5),
        events: [
          wireEvent({ paymentId: 'ORD-1' }),
          wireEvent({ paymentId: 'LAST-YEAR' }),
          wireEvent({ paymentId: 'LAST-YEAR' }),
        ],
        others: [old],
      }),
    )
    const { pages, keys, problem: trouble } = await walk(aGateway(pg.origin, { rowsPerPage: 2 }))
    expect(trouble).toBeNull()
    expect(keys).toEqual(['ORD-0', 'ORD-1', 'ORD-2', 'ORD-3', 'ORD-4', 'LAST-YEAR'])
    expect(pages.map(({ done, all }) => [done, all])).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
      [6, 6],
    ])
    expect(pg.asked.map(({ path }) => path)).toEqual([
      '/payments',
      '/payments',
      '/payments',
      EVENTS,
      '/payments/LAST-YEAR',
      EVENTS,
      EVENTS,
    ])
  })

  it.each<[string, unknown]>([
    ['page.number', 0],
    ['page.size', 500],
    ['filter.storeId', STORE],
    ['filter.timestampType', 'CREATED_AT'],
    ['filter.from', '2026-11-20T05:00:00.000Z'],
    ['filter.until', '2026-11-21T05:00:00.001Z'],
    ['filter.isTest', false],
    ['filter.sortBy', 'REQUESTED_AT'],
    ['filter.sortOrder', 'ASC'],
    ['filter.version', 'V2'],
  ])('asks for payments with %s', async (field, value) => {
    const pg = await scripted(shop({}))
    await walk(aGateway(pg.origin, { storeId: STORE }))
    expect(pg.asked[0]?.filter).toHaveProperty(field, value)
  })

  it.each<[string, unknown]>([
    ['storeId', STORE],
    ['from', '2026-11-20T05:00:00.000Z'],
    ['until', '2026-11-21T05:00:00.001Z'],
    ['size', 500],
  ])('asks for events with %s', async (field, value) => {
    const pg = await scripted(shop({}))
    await walk(aGateway(pg.origin, { storeId: STORE }))
    expect(pg.asked[1]?.path).toBe(EVENTS)
    expect(pg.asked[1]?.filter).toHaveProperty(field, value)
    expect(pg.asked[1]?.filter).not.toHaveProperty('cursor')
  })

  it('asks for the events that follow with cursor', async () => {
    const pg = await scripted(shop({ created: numbered(1), events: [wireEvent({ paymentId: 'ORD-0' })] }))
    await walk(aGateway(pg.origin))
    expect(pg.asked.at(-1)?.filter).toMatchObject({ cursor: '0' })
  })

  it('leaves out what the settings do not have, and shows test payments where it may', async () => {
    const test = wirePayment({ id: 'T', channel: { type: 'TEST', pgProvider: 'KCP_V2' } })
    const old = { ...test, id: 'OLD-T' }
    const events = [wireEvent({ paymentId: 'OLD-T', channel: test['channel'] })]
    const pg = await scripted(shop({ created: [test], events, others: [old] }))
    expect((await walk(aGateway(pg.origin, { includeTest: true }))).keys).toEqual(['T', 'OLD-T'])
    expect(pg.asked[0]?.filter['filter']).not.toHaveProperty('isTest')
    expect(pg.asked[0]?.filter['filter']).not.toHaveProperty('storeId')
    expect(await walk(aGateway(pg.origin))).toMatchObject({ keys: [], problem: null })
  })

  it('leaves out payments of V1', async () => {
    const events = [wireEvent({ paymentId: 'imp_1', version: 'V1' })]
    const pg = await scripted(shop({ created: [wirePayment({ version: 'V1' }), wirePayment({ id: 'A' })], events }))
    expect(await walk(aGateway(pg.origin))).toMatchObject({ keys: ['A'], problem: null })
  })

  it('shows one status without asking for it, and does not ask again for the others', async () => {
    const created = [wirePayment({ id: 'A' }), wirePayment({ id: 'B', status: 'CANCELLED' })]
    const pg = await scripted(shop({ created, events: [wireEvent({ paymentId: 'A' })] }))
    expect((await walk(aGateway(pg.origin), { ...QUERY, status: 'cancelled' })).keys).toEqual(['B'])
    expect(JSON.stringify(pg.asked.map(({ filter }) => filter))).not.toContain('status"')
    expect(pg.asked).toHaveLength(4 - 1)
  })

  it('reads more windows than one, without gap or repetition', async () => {
    const pg = await scripted(shop({ created: numbered(2) }))
    const { keys } = await walk(aGateway(pg.origin), { ...QUERY, fromMs: NOON_MS - 100 * DAY_MS })
    expect(keys).toEqual(['ORD-0', 'ORD-1'])
    const filters = pg.asked.filter(({ path }) => path === '/payments').map(({ filter }) => filter['filter'])
    expect(filters).toMatchObject([{ until: '2026-11-11T05:00:00.000Z' }, { from: '2026-11-11T05:00:00.000Z' }])
  })

  it('asks for each page when it is wanted, not before', async () => {
    const pg = await scripted(shop({ created: numbered(3) }))
    const pages = aGateway(pg.origin, { rowsPerPage: 1 }).reads.list(QUERY)[Symbol.asyncIterator]()
    await pages.next()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(pg.asked).toHaveLength(1)
    await pages.return?.(undefined)
  })

  it('goes on after a short page while the PG says that there is more', async () => {
    const all = numbered(3)
    const pg = await scripted((asked) => {
      if (asked.path !== '/payments') return shop({})(asked)
      const { number } = asked.filter['page'] as { number: number }
      return { body: { items: all.slice(number, number + 1), page: { number, size: 500, totalCount: 3 } } }
    })
    expect((await walk(aGateway(pg.origin))).keys).toEqual(['ORD-0', 'ORD-1', 'ORD-2'])
  })

  it('reads all where the total counts one page only', async () => {
    const all = numbered(5)
    const pg = await scripted((asked) => {
      if (asked.path !== '/payments') return shop({})(asked)
      const { number } = asked.filter['page'] as { number: number }
      const items = all.slice(number * 2, number * 2 + 2)
      return { body: { items, page: { number, size: 2, totalCount: items.length } } }
    })
    expect((await walk(aGateway(pg.origin, { rowsPerPage: 2 }))).keys).toHaveLength(5)
  })

  it('walks once more when rows moved while it read', async () => {
    const orders = [
      ['A', 'B'],
      ['B', 'C'],
      ['A', 'B'],
      ['C', 'D'],
    ]
    let asks = 0
    const pg = await scripted((asked) => {
      if (asked.path !== '/payments') return shop({})(asked)
      const { number } = asked.filter['page'] as { number: number }
      const items = number < 2 ? (orders[asks++] ?? []).map((id) => wirePayment({ id })) : []
      return { body: { items, page: { number, size: 2, totalCount: 4 } } }
    })
    expect((await walk(aGateway(pg.origin, { rowsPerPage: 2 }))).keys).toEqual(['A', 'B', 'C', 'D'])
  })

  it('halves a window that has more rows than PortOne lets anyone reach', async () => {
    const from: string[] = []
    const pg = await scripted((asked) => {
      if (asked.path !== '/payments') return shop({})(asked)
      const { number, size } = asked.filter['page'] as { number: number; size: number }
      const { from: start, until } = asked.filter['filter'] as { from: string; until: string }
      expect((number + 1) * size).toBeLessThanOrEqual(60_000)
      if (number === 0) from.push(start)
      const isWhole = Date.parse(until) - Date.parse(start) > DAY_MS
      // V1 rows are read by their key only, so a test can have many.
      const rows = isWhole ? size : 1
      const items = Array.from({ length: rows }, (_, n) =>
        isWhole ? { version: 'V1', id: `${number}-${n}` } : wirePayment({ id: start }),
      )
      return { body: { items, page: { number, size, totalCount: rows } } }
    })
    const { keys, problem: trouble } = await walk(aGateway(pg.origin))
    expect(trouble).toBeNull()
    expect(from).toEqual(['2026-11-20T05:00:00.000Z', '2026-11-20T05:00:00.000Z', '2026-11-20T17:00:00.000Z'])
    expect(keys).toEqual(['2026-11-20T05:00:00.000Z', '2026-11-20T17:00:00.000Z'])
  })

  it('ends with a problem when even one instant has too many', async () => {
    const pg = await scripted((asked) => {
      const { number, size } = asked.filter['page'] as { number: number; size: number }
      const items = Array.from({ length: size }, (_, n) => ({ version: 'V1', id: `${number}-${n}` }))
      return { body: { items, page: { number, size, totalCount: 70_000 } } }
    })
    const trouble = await walk(aGateway(pg.origin), { ...QUERY, fromMs: NOON_MS })
    expect(trouble.problem).toEqual(problem('pg-odd-answer', { what: 'pages' }))
    // The total tells it at once, with no need to walk there.
    expect(pg.asked).toHaveLength(1)
  })

  it('takes a cursor that points at the row itself for the end, not for more', async () => {
    const rows = ['A', 'B', 'C'].map((paymentId, n) => ({ paymentEvent: wireEvent({ paymentId }), cursor: String(n) }))
    const pg = await scripted((asked) => {
      const others = ['A', 'B', 'C'].map((id) => wirePayment({ id }))
      if (asked.path !== EVENTS) return shop({ others })(asked)
      const start = Number(asked.filter['cursor'] ?? 0)
      return { body: { items: rows.slice(start, start + 2) } }
    })
    expect(await walk(aGateway(pg.origin, { rowsPerPage: 2 }))).toMatchObject({ keys: ['A', 'B', 'C'], problem: null })
  })

  it('ends with a problem when the events turn in a circle', async () => {
    const items = ['A', 'B'].map((paymentId) => ({ paymentEvent: wireEvent({ paymentId }), cursor: paymentId }))
    const others = ['A', 'B'].map((id) => wirePayment({ id }))
    const pg = await scripted((asked) => (asked.path === EVENTS ? { body: { items } } : shop({ others })(asked)))
    const { keys, problem: trouble } = await walk(aGateway(pg.origin))
    expect(keys).toEqual(['A', 'B'])
    expect(trouble).toEqual(problem('pg-odd-answer', { what: 'pages' }))
  })

  it('ends with a problem when an event has no payment', async () => {
    const pg = await scripted(shop({ events: [wireEvent({ paymentId: 'GONE' })] }))
    expect((await walk(aGateway(pg.origin))).problem).toEqual(problem('pg-odd-answer', { what: 'payment-of-event' }))
  })

  it.each(['payments', 'events'])('ends with a problem when the %s are of several stores', async (where) => {
    const created = [
      wirePayment({ id: 'A' }),
      ...(where === 'payments' ? [wirePayment({ id: 'B', storeId: 'store-2' })] : []),
    ]
    const events = where === 'events' ? [wireEvent({ paymentId: 'A', storeId: 'store-2' })] : []
    const pg = await scripted(shop({ created, events }))
    expect((await walk(aGateway(pg.origin))).problem).toEqual(problem('pg-odd-answer', { what: 'several-stores' }))
  })

  const good = { number: 0, size: 500, totalCount: 1 }
  it.each<[string, Said, string]>([
    ['HTML', { body: '<html>' }, 'pg-odd-answer'],
    ['no page', { body: { items: [] } }, 'pg-odd-answer'],
    ['no items', { body: { page: good } }, 'pg-odd-answer'],
    ['another page', { body: { items: [], page: { ...good, number: 1 } } }, 'pg-odd-answer'],
    ['more rows than asked for', { body: { items: numbered(501), page: good } }, 'pg-odd-answer'],
    ['a row that cannot be read', { body: { items: [wirePayment({ amount: 1 })], page: good } }, 'pg-odd-answer'],
    ['a row that is none', { body: { items: [null], page: good } }, 'pg-odd-answer'],
    ['a total that is none', { body: { items: [], page: { ...good, totalCount: -1 } } }, 'pg-odd-answer'],
    ['a size that is none', { body: { items: [], page: { ...good, size: '1' } } }, 'pg-odd-answer'],
    ['a not found', NOT_FOUND, 'pg-odd-answer'],
    ['a wrong secret', { status: 401, body: {} }, 'pg-refused-keys'],
    ['a busy PG', { status: 503, body: '' }, 'pg-busy'],
  ])('ends with a problem after %s', async (_what, said, code) => {
    const pg = await scripted((asked) => (asked.path === '/payments' ? said : shop({})(asked)))
    const { pages, problem: trouble } = await walk(aGateway(pg.origin))
    expect(pages).toEqual([])
    expect(trouble).toMatchObject({ code })
    expect(pg.asked).toHaveLength(1)
  })

  const item = (event: object, cursor: unknown = '0') => ({ body: { items: [{ paymentEvent: event, cursor }] } })
  it.each<[string, Said, string]>([
    ['HTML', { body: '<html>' }, 'pg-odd-answer'],
    ['no items', { body: {} }, 'pg-odd-answer'],
    ['no paymentId', item(wireEvent({ paymentId: undefined })), 'pg-odd-answer'],
    ['no version', item(wireEvent({ version: undefined })), 'pg-odd-answer'],
    ['no storeId', item(wireEvent({ storeId: undefined })), 'pg-odd-answer'],
    ['no cursor', item(wireEvent(), ''), 'pg-odd-answer'],
    ['a wrong secret', { status: 403, body: {} }, 'pg-refused-keys'],
  ])('ends with a problem after events with %s', async (_what, said, code) => {
    const pg = await scripted((asked) => (asked.path === EVENTS ? said : shop({ created: numbered(1) })(asked)))
    const { keys, problem: trouble } = await walk(aGateway(pg.origin))
    expect(keys).toEqual(['ORD-0'])
    expect(trouble).toMatchObject({ code })
  })

  it('ends when nobody waits any more', async () => {
    const pg = await scripted(shop({ created: numbered(3) }))
    const stop = new AbortController()
    const pages = aGateway(pg.origin, { rowsPerPage: 1 }).reads.list(QUERY, stop.signal)[Symbol.asyncIterator]()
    await pages.next()
    stop.abort()
    expect(await pages.next()).toEqual({ done: false, value: fail(problem('cancelled')) })
    expect(await pages.next()).toMatchObject({ done: true })
  })

  it.skipIf(!hasOfficial)('asks in the words of the official schema', async () => {
    const pg = await scripted(shop({ created: numbered(3), events: [wireEvent({ paymentId: 'ORD-0' })] }))
    for (const settings of [{}, { storeId: STORE, includeTest: true }]) {
      await walk(aGateway(pg.origin, { rowsPerPage: 2, ...settings }))
      await aGateway(pg.origin, settings).testConnection()
    }
    const lists = pg.asked.filter(({ query }) => query.has('requestBody'))
    expect(lists.length).toBeGreaterThan(8)
    for (const { path, filter, body, query } of lists) {
      expect(faults(bodySchema('get', path), filter)).toEqual([])
      expect([body, query.size]).toEqual(['', 1])
    }
  })
})

describe('windows', () => {
  it('are at most 90 days long and meet', () => {
    const windows = windowsOf(0, 200 * DAY_MS)
    expect(windows.map(({ fromMs, untilMs }) => [fromMs / DAY_MS, untilMs])).toEqual([
      [0, 90 * DAY_MS],
      [90, 180 * DAY_MS],
      [180, 200 * DAY_MS + 1],
    ])
    expect(windowsOf(5, 5)).toEqual([{ fromMs: 5, untilMs: 6 }])
    expect(windowsOf(-5, 5)).toEqual([{ fromMs: 0, untilMs: 6 }])
    expect(windowsOf(6, 5)).toEqual([])
  })

  it('can be halved until nothing is left between their ends', () => {
    expect(halvesOf({ fromMs: 0, untilMs: 3 })).toEqual([
      { fromMs: 0, untilMs: 1 },
      { fromMs: 1, untilMs: 3 },
    ])
    expect(halvesOf({ fromMs: 0, untilMs: 1 })).toBeNull()
  })
})
