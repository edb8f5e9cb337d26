import { describe, expect, it } from 'vitest'
import { sampleShopV2 } from '../../../src/practice/shop/sample-shop-v2'
import { sampleShop } from '../../../src/practice/shop/sample-shop'
import { DAY_MS, NOON_MS, startPg } from '../support'
import { aCancel, AUTHORIZATION, aV2Payment, hasOfficial, officialFaults, PAYMENT_ID, startV2 } from './support'

const HOUR_MS = 60 * 60 * 1000
const SHOP = sampleShopV2('2026-11-21')
const startShop = () => startV2({ payments: SHOP })
const invalid = { status: 400, body: { type: 'INVALID_REQUEST' } }
const forbidden = { status: 403, body: { type: 'FORBIDDEN' } }
const iso = (atMs: number) => new Date(atMs).toISOString()

type Item = Readonly<Record<string, unknown>>
const itemsOf = (body: Readonly<Record<string, unknown>>) => body['items'] as readonly Item[]
const idsOf = (body: Readonly<Record<string, unknown>>) => itemsOf(body).map(({ id }) => String(id))
/** One payment every hour, the newest first in number. */
const hourly = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const paidAtMs = NOON_MS - (index + 1) * HOUR_MS
    return aV2Payment({ paymentId: `order-${index}`, transactionId: `tx-${index}`, requestedAtMs: paidAtMs, paidAtMs })
  })

describe.skipIf(!hasOfficial)('the check against the official description', () => {
  it('finds a missing, a misspelt, a null and a wrong field, and an unknown status', async () => {
    const { get } = await startV2()
    const { status, body } = await get(`/payments/${PAYMENT_ID}`)
    const faults = (changes: object) => officialFaults('GET', '/payments/x', { status, body: { ...body, ...changes } })
    expect(faults({})).toEqual([])
    for (const change of [{ origin: undefined }, { orderNam: 'x' }, { pgTxId: null }, { paidAt: '2026-11-21' }])
      expect(faults(change)).toHaveLength(1)
    expect(faults({ status: 'REFUNDED' })).toHaveLength(1)
    expect(officialFaults('GET', '/payments/x', { status: 418, body })).toHaveLength(1)
  })
})

describe('who may ask', () => {
  it.each([['PortOne wrong'], ['PortOne '], ['PortOne'], ['Bearer practice-v2-secret'], ['practice-v2-secret']])(
    'not %s at a path that is only V2',
    async (authorization) => {
      const { get, cancel } = await startV2()
      for (const path of ['/payments-by-cursor', '/payment-events-by-cursor'])
        expect(await get(path, { authorization })).toMatchObject({ status: 401, body: { type: 'UNAUTHORIZED' } })
      expect((await cancel(aCancel(), { authorization })).status).toBe(401)
    },
  )

  it('is told by the scheme on the paths that both versions have', async () => {
    const { pg, get: getV1 } = await startPg({ payments: sampleShop('2026-11-21').slice(0, 1) })
    const [account] = pg.books.accounts()
    const path = `/payments/${account?.payment.impUid}`
    expect((await getV1(path)).body.code).toBe(0)
    const v2 = await fetch(pg.origin + path, { headers: { authorization: AUTHORIZATION } })
    expect(v2.status).toBe(404)
    expect(await v2.json()).toMatchObject({ type: 'PAYMENT_NOT_FOUND' })
    const wrong = await fetch(pg.origin + path, { headers: { authorization: 'PortOne wrong' } })
    expect(await wrong.json()).toMatchObject({ type: 'UNAUTHORIZED' })
    expect(await (await fetch(`${pg.origin}/payments`)).json()).toMatchObject({ code: -1 })
    const elsewhere = await fetch(`${pg.origin}/banks`, { headers: { authorization: AUTHORIZATION } })
    expect(await elsewhere.json()).toMatchObject({ type: 'NOT_FOUND' })
    const noCancel = await fetch(`${pg.origin}/payments/cancel`, {
      method: 'POST',
      headers: { authorization: AUTHORIZATION },
    })
    expect(await noCancel.json()).toMatchObject({ type: 'NOT_FOUND' })
  })
})

describe('GET /payments/{paymentId}', () => {
  it('shows every payment of the sample shop as described', async () => {
    const { get } = await startShop()
    const statuses = new Set<string>()
    for (const { paymentId } of SHOP) statuses.add(String((await get(`/payments/${paymentId}`)).body['status']))
    expect([...statuses].toSorted()).toEqual([
      'CANCELLED',
      'FAILED',
      'PAID',
      'PARTIAL_CANCELLED',
      'READY',
      'VIRTUAL_ACCOUNT_ISSUED',
    ])
  })

  it('knows its own store and payments, with an escaped id too', async () => {
    const { get } = await startV2({ payments: [aV2Payment({ paymentId: '주문 1/2' })] })
    const path = `/payments/${encodeURIComponent('주문 1/2')}`
    expect((await get(path)).body['id']).toBe('주문 1/2')
    expect((await get(`${path}?storeId=store-practice`)).status).toBe(200)
    expect(await get(`${path}?storeId=store-of-another`)).toMatchObject(forbidden)
    expect(await get('/payments/order-none')).toMatchObject({ status: 404, body: { type: 'PAYMENT_NOT_FOUND' } })
    expect((await get('/payments/%E0%A4%A')).status).toBe(404)
  })
})

describe('GET /payments', () => {
  it('gives ten of the last ninety days by default, the newest first', async () => {
    const { get } = await startV2({ payments: hourly(12) })
    const { body } = await get('/payments')
    expect(idsOf(body)).toEqual(Array.from({ length: 10 }, (_, index) => `order-${index}`))
    expect(body['page']).toEqual({ number: 0, size: 10, totalCount: 12 })
  })

  it('turns pages, of which those behind the last are empty', async () => {
    const { list } = await startV2({ payments: hourly(5) })
    expect(idsOf((await list('/payments', { page: { number: 1, size: 3 } })).body)).toEqual(['order-3', 'order-4'])
    expect(idsOf((await list('/payments', { page: { number: 2, size: 3 } })).body)).toEqual([])
  })

  it('reaches 60,000 rows and no further', async () => {
    const { list } = await startV2()
    expect((await list('/payments', { page: { number: 59, size: 1000 } })).status).toBe(200)
    expect(await list('/payments', { page: { number: 60, size: 1000 } })).toMatchObject(invalid)
    expect(await list('/payments', { page: { number: 0, size: 60_001 } })).toMatchObject(invalid)
  })

  it.each([
    [{ page: { size: 0 } }],
    [{ page: { number: -1 } }],
    [{ page: { size: '10' } }],
    [{ page: [] }],
    [{ filter: 'PAID' }],
    [{ filter: { status: 'PAID' } }],
    [{ filter: { timestampType: 'PAID_AT' } }],
    [{ filter: { from: '2026-11-21' } }],
    [{ filter: { from: '2026-11-21T00:00:00' } }],
    [{ filter: { from: '2026-11-22T00:00:00Z', until: '2026-11-21T00:00:00Z' } }],
    [{ filter: { isTest: 'true' } }],
    [{ filter: { storeId: 1 } }],
    [{ filter: { cardBrand: 'VISA' } }],
    [{ filter: { textSearch: [{ field: 'USER_AGENT', value: 'x' }] } }],
    [{ filter: { textSearch: 'x' } }],
  ])('refuses %j', async (fields) => {
    const { list } = await startV2()
    expect(await list('/payments', fields)).toMatchObject(invalid)
  })

  it('refuses a requestBody that is no JSON object, and another store', async () => {
    const { get, list } = await startV2()
    expect(await get('/payments?requestBody={')).toMatchObject(invalid)
    expect(await get('/payments?requestBody=[]')).toMatchObject(invalid)
    expect(await list('/payments', { filter: { storeId: 'store-of-another' } })).toMatchObject(forbidden)
    expect((await list('/payments', { filter: { storeId: 'store-practice' } })).status).toBe(200)
  })

  it.each([
    [{ status: ['PARTIAL_CANCELLED'] }, 1],
    [{ status: ['READY', 'FAILED'] }, 2],
    [{ methods: ['VIRTUAL_ACCOUNT'] }, 5],
    [{ pgProvider: ['SMARTRO_V2'] }, 1],
    [{ isTest: true }, 1],
    [{ isEscrow: true }, 1],
    [{ currency: 'USD' }, 1],
    [{ version: 'V2' }, 16],
    [{ version: 'V1' }, 0],
    [{ merchantId: 'merchant-practice' }, 16],
    [{ status: [] }, 16],
    [{ textSearch: [{ field: 'ORDER_NAME', value: '이불' }] }, 1],
    [{ textSearch: [{ field: 'CANCEL_REASON', value: '고객 변심' }] }, 2],
    [{ methods: ['CARD'], status: ['CANCELLED'] }, 1],
  ])('filters the sample shop by %j', async (filter, count) => {
    const { list } = await startShop()
    const { body } = await list('/payments', { page: { size: 100 }, filter })
    expect(itemsOf(body)).toHaveLength(count)
  })

  it('searches by creation, or by an instant that follows the status: of a cancel only when it is whole', async () => {
    const old = NOON_MS - 10 * DAY_MS
    const payments = ['part', 'whole'].map((paymentId) =>
      aV2Payment({ paymentId, requestedAtMs: old, paidAtMs: old + HOUR_MS }),
    )
    const { list, cancel } = await startV2({ payments })
    await cancel(aCancel(), {}, 'part')
    await cancel(aCancel({ amount: 30_000 }), {}, 'whole')
    const found = async (filter: object) => idsOf((await list('/payments', { filter })).body).toSorted()
    const today = { from: iso(NOON_MS - HOUR_MS) }
    const then = { from: iso(old), until: iso(old + 2 * HOUR_MS) }
    expect(await found(today)).toEqual(['whole'])
    expect(await found(then)).toEqual(['part'])
    expect(await found({ ...then, timestampType: 'CREATED_AT' })).toEqual(['part', 'whole'])
    expect(await found({ ...today, timestampType: 'CREATED_AT' })).toEqual([])
  })

  it('has both ends of its window inside, and ninety days where none is given', async () => {
    const at = (paymentId: string, atMs: number) => aV2Payment({ paymentId, requestedAtMs: atMs, paidAtMs: atMs })
    const edge = NOON_MS - 90 * DAY_MS
    const { list, get } = await startV2({ payments: [at('in', edge), at('out', edge - 1), at('now', NOON_MS)] })
    expect(idsOf((await get('/payments')).body)).toEqual(['now', 'in'])
    const exactly = { from: iso(edge - 1), until: iso(edge - 1) }
    expect(idsOf((await list('/payments', { filter: exactly })).body)).toEqual(['out'])
  })

  it('sorts as asked', async () => {
    const { list } = await startV2({ payments: hourly(3) })
    const filter = { sortBy: 'STATUS_CHANGED_AT', sortOrder: 'ASC' }
    expect(idsOf((await list('/payments', { filter })).body)).toEqual(['order-2', 'order-1', 'order-0'])
  })
})

describe('GET /payments-by-cursor', () => {
  const walk = async (list: (fields: object) => Promise<{ body: Record<string, unknown> }>, size: number) => {
    const seen: string[] = []
    for (let cursor: unknown, left = 100; left > 0; left--) {
      const items = itemsOf((await list({ size, cursor, from: iso(NOON_MS - 89 * DAY_MS) })).body)
      if (items.length === 0) return seen
      seen.push(...items.map(({ payment, paymentEvent }) => String(((payment ?? paymentEvent) as Item)['id'])))
      cursor = items.at(-1)?.['cursor']
    }
    throw new Error('the cursor never came to an end')
  }

  it('walks through the whole sample shop by creation, whatever the size of a page', async () => {
    const { list } = await startShop()
    const byCursor = (fields: object) => list('/payments-by-cursor', fields)
    const all = SHOP.map(({ paymentId }) => paymentId)
    for (const size of [1, 7, 1000]) expect((await walk(byCursor, size)).toSorted()).toEqual(all)
    expect(itemsOf((await byCursor({})).body)).toHaveLength(10)
  })

  it('loses nothing among payments of the same instant', async () => {
    const payments = ['a', 'b', 'c'].map((paymentId) => aV2Payment({ paymentId }))
    const { list } = await startV2({ payments })
    expect(await walk((fields) => list('/payments-by-cursor', fields), 1)).toEqual(['a', 'b', 'c'])
  })

  it('walks through events the same way', async () => {
    const { list } = await startShop()
    const seen = await walk((fields) => list('/payment-events-by-cursor', fields), 4)
    // Thirteen paid ones, two cancelled elsewhere.
    expect(seen).toHaveLength(15)
    expect(new Set(seen).size).toBe(15)
  })

  it.each([
    [{ size: 0 }],
    [{ size: 1001 }],
    [{ size: 1.5 }],
    [{ cursor: 'nonsense' }],
    [{ cursor: 1 }],
    [{ from: 'yesterday' }],
    [{ storeId: 1 }],
    [{ from: '2026-11-22T00:00:00Z', until: '2026-11-21T00:00:00Z' }],
  ])('refuses %j', async (fields) => {
    const { list } = await startV2()
    for (const path of ['/payments-by-cursor', '/payment-events-by-cursor'])
      expect(await list(path, fields)).toMatchObject(invalid)
  })

  it('knows its own store only', async () => {
    const { list } = await startV2()
    expect((await list('/payments-by-cursor', { storeId: 'store-practice' })).status).toBe(200)
    expect(await list('/payments-by-cursor', { storeId: 'store-of-another' })).toMatchObject(forbidden)
  })
})

describe('GET /payment-events-by-cursor', () => {
  const eventsIn = (body: Readonly<Record<string, unknown>>) =>
    itemsOf(body).map((item) => item['paymentEvent'] as Item)

  it('dates a partial cancel by its own instant, with the amounts of that moment', async () => {
    const { list, cancel, clock } = await startV2()
    await cancel()
    clock.advance(HOUR_MS)
    await cancel(aCancel({ amount: 20_000, currentCancellableAmount: 20_000 }))
    const events = eventsIn((await list('/payment-events-by-cursor', {})).body)
    expect(events).toMatchObject([
      { type: 'PAID', eventAmount: 30_000, totalAmount: { cancelled: 0 } },
      { type: 'PARTIAL_CANCELLED', eventAmount: -10_000, totalAmount: { cancelled: 10_000 }, createdAt: iso(NOON_MS) },
      { type: 'CANCELLED', eventAmount: -20_000, totalAmount: { cancelled: 30_000 } },
    ])
    const window = { from: iso(NOON_MS), until: iso(NOON_MS + HOUR_MS - 1) }
    expect(eventsIn((await list('/payment-events-by-cursor', window)).body).map(({ type }) => type)).toEqual([
      'PARTIAL_CANCELLED',
    ])
  })

  it('knows nothing of cancels that are on their way or failed', async () => {
    const path = `/payments/${PAYMENT_ID}/cancel`
    const { list, cancel, clock } = await startV2({
      scenario: {
        rules: [
          { kind: 'v2_cancellation_failed', path },
          { kind: 'v2_cancellation_requested', path, nth: 2 },
        ],
      },
    })
    await cancel()
    await cancel()
    const count = async () => eventsIn((await list('/payment-events-by-cursor', {})).body).length
    expect(await count()).toBe(1)
    clock.advance(3000)
    expect(await count()).toBe(2)
  })
})
