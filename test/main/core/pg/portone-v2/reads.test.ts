import { describe, expect, it } from 'vitest'
import { problem } from '../../../../../src/domain/problem'
import { fail, ok } from '../../../../../src/domain/result'
import type { PaymentRef } from '../../../../../src/main/core/pg/gateway'
import { createPortoneV2Gateway } from '../../../../../src/main/core/pg/portone-v2/client'
import { CHANNEL, deadOrigin } from '../support'
import { aGateway, NOT_FOUND, type Said, scripted, SECRET, STORE, wirePayment } from './support'

const byKey = (key: string): PaymentRef => ({ by: 'pg-key', key })
const byOrder = (orderNo: string): PaymentRef => ({ by: 'order-no', orderNo })
const PATH = '/payments/'

/** Knows these payments. */
const pgWith = (payments: readonly Record<string, unknown>[]) =>
  scripted(({ path }) => {
    const id = decodeURIComponent(path.slice(PATH.length))
    const payment = payments.find((each) => each['id'] === id)
    return payment === undefined ? NOT_FOUND : { body: payment }
  })

describe('a look-up of PortOne V2', () => {
  it('finds all, some or none by key or order number, each asked for once', async () => {
    const pg = await pgWith([wirePayment({ id: 'A' }), wirePayment({ id: '주문/B' })])
    const { reads } = aGateway(pg.origin)
    const look = async (...refs: PaymentRef[]) => {
      const answer = await reads.lookup(refs)
      if (!answer.ok) expect.fail(answer.problem.code)
      return { found: answer.value.found.map(({ pgKey }) => pgKey).toSorted(), missing: answer.value.missing }
    }
    expect(await look(byKey('A'), byOrder('주문/B'))).toEqual({ found: ['A', '주문/B'], missing: [] })
    expect(await look(byKey('A'), byOrder('A'))).toEqual({ found: ['A'], missing: [] })
    expect(await look(byKey('Z'), byOrder('Y'))).toEqual({ found: [], missing: [byKey('Z'), byOrder('Y')] })
    expect(await look()).toEqual({ found: [], missing: [] })
    expect(pg.asked).toHaveLength(5)
    for (const { method, headers, query } of pg.asked) {
      expect(method).toBe('GET')
      expect(headers.authorization).toBe(`PortOne ${SECRET}`)
      expect(query.size).toBe(0)
    }
  })

  it('names storeId where the settings have one', async () => {
    const pg = await pgWith([wirePayment({ id: 'A' })])
    expect(await aGateway(pg.origin, { storeId: STORE }).reads.lookup([byKey('A')])).toMatchObject({ ok: true })
    expect(pg.asked[0]?.query.toString()).toBe(`storeId=${STORE}`)
  })

  it('asks nothing for what cannot be a payment', async () => {
    const pg = await pgWith([])
    const refs = ['', '.', '..', 'a\nb', 'x'.repeat(61)].map(byOrder)
    expect(await aGateway(pg.origin).reads.lookup(refs)).toEqual(ok({ found: [], missing: refs }))
    expect(pg.asked).toEqual([])
  })

  it('shows test payments only where it may, and V1 payments never', async () => {
    const test = wirePayment({ id: 'T', channel: { type: 'TEST', pgProvider: 'KCP_V2' } })
    const pg = await pgWith([test, wirePayment({ id: 'V1', version: 'V1' })])
    expect(await aGateway(pg.origin).reads.lookup([byKey('T'), byKey('V1')])).toMatchObject({
      value: { found: [], missing: [byKey('T'), byKey('V1')] },
    })
    expect(await aGateway(pg.origin, { includeTest: true }).reads.lookup([byKey('T')])).toMatchObject({
      value: { found: [{ sandbox: true }] },
    })
  })

  it('takes as many as it says, a few at a time, and not one more', async () => {
    let open = 0
    let most = 0
    const pg = await scripted(async ({ path }) => {
      open += 1
      most = Math.max(most, open)
      await new Promise((resolve) => setTimeout(resolve, 5))
      open -= 1
      return { body: wirePayment({ id: path.slice(PATH.length) }) }
    })
    const { reads } = aGateway(pg.origin)
    const refs = Array.from({ length: reads.lookupMax }, (_, n) => byKey(`ORD-${n}`))
    expect(await reads.lookup(refs)).toMatchObject({ ok: true, value: { missing: [] } })
    expect(pg.asked).toHaveLength(20)
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(4)
    await expect(reads.lookup([...refs, byKey('one more')])).rejects.toThrow('more than 20')
  })

  it.each<[string, Said, string]>([
    ['HTML', { body: '<html>' }, 'pg-odd-answer'],
    ["another machine's 404", { status: 404, body: '<html>' }, 'pg-odd-answer'],
    ['a 404 of another kind', { status: 404, body: { type: 'BRAND_NEW' } }, 'pg-odd-answer'],
    ['another payment', { body: wirePayment({ id: 'B' }) }, 'pg-odd-answer'],
    ['a payment of another store', { body: wirePayment({ id: 'A', storeId: 'store-2' }) }, 'pg-odd-answer'],
    [
      'half a won',
      { body: wirePayment({ id: 'A', amount: { total: 1.5, discount: 0, cancelled: 0 } }) },
      'pg-odd-answer',
    ],
    [
      'a key that stands twice',
      { body: JSON.stringify(wirePayment({ id: 'A' })).replace('{', '{"id":"A",') },
      'pg-odd-answer',
    ],
    ['nothing', { body: '' }, 'pg-odd-answer'],
    ['a bad request', { status: 400, body: { type: 'INVALID_REQUEST' } }, 'pg-odd-answer'],
    ['a wrong secret', { status: 401, body: { type: 'UNAUTHORIZED' } }, 'pg-refused-keys'],
    ['a forbidden store', { status: 403, body: { type: 'FORBIDDEN' } }, 'pg-refused-keys'],
    ['too many calls', { status: 429, body: 'x', headers: { 'retry-after': '5' } }, 'pg-busy'],
    ['a broken gateway', { status: 502, body: 'x' }, 'pg-busy'],
  ])('that is answered with %s is a problem', async (_what, said, code) => {
    const pg = await scripted(() => said)
    const answer = await aGateway(pg.origin, { storeId: STORE }).reads.lookup([byKey('A')])
    expect(answer).toMatchObject({ ok: false, problem: { code } })
    if (said.status === 429) expect(answer).toMatchObject({ problem: { values: { seconds: 5 } } })
  })

  it('ends with the first problem and asks no further', async () => {
    const pg = await scripted(() => ({ status: 401, body: {} }))
    const refs = Array.from({ length: 20 }, (_, n) => byKey(`ORD-${n}`))
    expect(await aGateway(pg.origin).reads.lookup(refs)).toEqual(fail(problem('pg-refused-keys')))
    expect(pg.asked.length).toBeLessThanOrEqual(4)
  })

  it('is repeated once after a lost connection, and not more', async () => {
    let lost = 1
    const pg = await scripted(() => {
      lost -= 1
      return lost >= 0 ? null : { body: wirePayment({ id: 'A' }) }
    })
    expect(await aGateway(pg.origin).reads.lookup([byKey('A')])).toMatchObject({ ok: true })
    lost = 2
    expect(await aGateway(pg.origin).reads.lookup([byKey('A')])).toMatchObject({ problem: { code: 'pg-offline' } })
    expect(pg.asked).toHaveLength(4)
  })

  it('ends when the PG is silent, gone, or nobody waits any more', async () => {
    const silent = await scripted(() => new Promise(() => {}))
    const { reads } = aGateway(silent.origin, { timeouts: { connectMs: 2000, readMs: 150 } })
    expect(await reads.lookup([byKey('A')])).toEqual(fail(problem('pg-timeout')))
    expect(await reads.lookup([byKey('A')], AbortSignal.timeout(30))).toEqual(fail(problem('cancelled')))
    expect(await aGateway(await deadOrigin()).reads.lookup([byKey('A')])).toMatchObject({
      problem: { code: 'pg-offline' },
    })
  })

  it.each<[string, Record<string, string>, string]>([
    ['none', {}, 'pg-keys-missing'],
    ['an empty one', { apiSecret: '' }, 'pg-keys-missing'],
    ['one with a blank', { apiSecret: 'a b' }, 'pg-refused-keys'],
  ])('asks nothing without a secret: %s', async (_what, secrets, code) => {
    const pg = await pgWith([])
    const { reads } = aGateway(pg.origin, { secrets: async () => ok(secrets) })
    expect(await reads.lookup([byKey('A')])).toEqual(fail(problem(code as 'pg-keys-missing')))
    expect(pg.asked).toEqual([])
  })
})

describe('the gateway of PortOne V2', () => {
  const open = (origin: string | null, rowsPerPage = 500) =>
    createPortoneV2Gateway({
      channelId: CHANNEL,
      origin,
      secrets: async () => ok({}),
      settings: { pg: 'portone-v2', storeId: '', includeTest: false },
      nowMs: Date.now,
      rowsPerPage,
    })

  it('sends keys to the live address or to this machine only', async () => {
    await open(null).close()
    await open('http://127.0.0.1:9').close()
    for (const origin of ['https://api.portone.io.example', 'http://10.0.0.1', 'http://127.0.0.1/x', 'file:///x']) {
      expect(() => open(origin)).toThrow()
    }
  })

  it('has pages of 1 to 500 rows', () => {
    for (const rows of [0, 501, 1.5]) expect(() => open(null, rows)).toThrow('1 to 500')
  })

  it('shows payments with their history', async () => {
    const gateway = open(null)
    expect(gateway.reads).toMatchObject({ kind: 'payments', lookupMax: 20 })
    await gateway.close()
  })
})

describe('a test of the connection', () => {
  const page = (items: readonly unknown[]): Said => ({
    body: { items, page: { number: 0, size: 10, totalCount: items.length } },
    headers: { date: 'Sat, 21 Nov 2026 05:00:10 GMT' },
  })

  it('tells a sample and the difference of the clocks', async () => {
    const pg = await scripted(() => page([wirePayment(), wirePayment()]))
    const nowMs = () => Date.parse('2026-11-21T05:00:03.900Z')
    expect(await aGateway(pg.origin, { nowMs, storeId: STORE }).testConnection()).toEqual(
      ok({ clockDifferenceMs: 7000, tokenLifeMs: null, samplePayments: 2 }),
    )
    expect(pg.asked).toHaveLength(1)
    expect(pg.asked[0]).toMatchObject({
      method: 'GET',
      path: '/payments',
      filter: {
        page: { number: 0, size: 10 },
        filter: { storeId: STORE, timestampType: 'CREATED_AT', isTest: false, version: 'V2' },
      },
    })
  })

  it('does not guess a clock that the PG does not tell', async () => {
    const pg = await scripted(() => ({ ...page([]), headers: { date: 'soon' } }))
    expect(await aGateway(pg.origin).testConnection()).toMatchObject({
      value: { clockDifferenceMs: null, samplePayments: 0 },
    })
  })

  it.each<[string, Said, string]>([
    ['a wrong secret', { status: 401, body: {} }, 'pg-refused-keys'],
    ['a page that is none', { body: { items: 1 } }, 'pg-odd-answer'],
    ['a busy PG', { status: 503, body: '' }, 'pg-busy'],
  ])('fails with %s', async (_what, said, code) => {
    const pg = await scripted(() => said)
    expect(await aGateway(pg.origin).testConnection()).toMatchObject({ problem: { code } })
  })
})
