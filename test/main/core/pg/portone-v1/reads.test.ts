import { describe, expect, it } from 'vitest'
import { problem } from '../../../../../src/domain/problem'
import { fail } from '../../../../../src/domain/result'
import type { PaymentGateway, ListPage, PaymentRef } from '../../../../../src/main/core/pg/gateway'
import { windowsOf } from '../../../../../src/main/core/pg/portone-v1/list'
import { aPayment, DAY_MS, NOON_MS } from '../../../../practice/support'
import {
  aGateway,
  deadOrigin,
  envelope,
  openPractice,
  pgWithAnswer,
  requestCount,
  saying,
  wirePayment,
} from '../support'

const byKey = (key: string): PaymentRef => ({ by: 'pg-key', key })
const byOrder = (orderNo: string): PaymentRef => ({ by: 'order-no', orderNo })
const uid = (n: number): string => `imp_${String(n).padStart(12, '0')}`

describe('a look-up', () => {
  const three = [
    aPayment({ impUid: uid(1), merchantUid: 'A' }),
    aPayment({ impUid: uid(2), merchantUid: 'B' }),
    aPayment({ impUid: uid(3), merchantUid: 'C', sandbox: true }),
  ]

  it('finds all, some or none, in one call', async () => {
    const { pg } = await openPractice(three)
    const gateway = aGateway(pg.origin)
    const look = async (...refs: PaymentRef[]) => {
      const answer = await gateway.reads.lookup(refs)
      if (!answer.ok) expect.fail(answer.problem.code)
      return { found: answer.value.found.map(({ pgKey }) => pgKey), missing: answer.value.missing }
    }
    expect(await look(byKey(uid(1)), byOrder('B'))).toEqual({ found: [uid(1), uid(2)], missing: [] })
    expect(await look(byKey(uid(1)), byKey(uid(9)), byOrder('Z'))).toEqual({
      found: [uid(1)],
      missing: [byKey(uid(9)), byOrder('Z')],
    })
    expect(await look(byKey(uid(9)))).toEqual({ found: [], missing: [byKey(uid(9))] })
    expect(await look(byKey(uid(2)), byOrder('B'))).toEqual({ found: [uid(2)], missing: [] })
    expect(await look()).toEqual({ found: [], missing: [] })
    expect(requestCount(pg, '/payments')).toBe(4)
  })

  it.each([
    ['imp_uid[]', [uid(1), uid(2)]],
    ['merchant_uid[]', ['주문 A&b=1', 'B']],
    ['include_sandbox', ['true']],
  ])('asks with %s', async (name, values) => {
    const asked: URLSearchParams[] = []
    const origin = await pgWithAnswer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://x').searchParams)
      saying(envelope(null, -1), 404)(request, response)
    })
    const refs = [byKey(uid(1)), byOrder('주문 A&b=1'), byKey(uid(2)), byOrder('B')]
    expect(await aGateway(origin, { includeSandbox: true }).reads.lookup(refs)).toMatchObject({ ok: true })
    expect(asked.map((query) => query.getAll(name))).toEqual([values])
  })

  it('sees test payments only where it may', async () => {
    const { pg } = await openPractice(three)
    expect(await aGateway(pg.origin).reads.lookup([byKey(uid(3))])).toMatchObject({ value: { found: [] } })
    expect(await aGateway(pg.origin, { includeSandbox: true }).reads.lookup([byKey(uid(3))])).toMatchObject({
      value: { found: [{ sandbox: true }] },
    })
  })

  it('takes 100 references and not one more', async () => {
    const payments = Array.from({ length: 100 }, (_, n) => aPayment({ impUid: uid(n), merchantUid: `ORD-${n}` }))
    const { pg } = await openPractice(payments)
    const gateway = aGateway(pg.origin)
    const refs = payments.map(({ impUid }) => byKey(impUid))
    expect(await gateway.reads.lookup(refs)).toMatchObject({ ok: true, value: { missing: [] } })
    expect(requestCount(pg, '/payments')).toBe(1)
    await expect(gateway.reads.lookup([...refs, byKey(uid(100))])).rejects.toThrow('more than 100')
  })

  it('splits long order numbers so that no server cuts the address', async () => {
    const orders = Array.from({ length: 100 }, (_, n) => `주문번호-${'가'.repeat(30)}-${n}`)
    const { pg } = await openPractice(orders.map((merchantUid, n) => aPayment({ impUid: uid(n), merchantUid })))
    const answer = await aGateway(pg.origin).reads.lookup(orders.map(byOrder))
    expect(answer.ok && answer.value.found).toHaveLength(100)
    expect(answer).toMatchObject({ value: { missing: [] } })
  })

  it('may bring several payments of one order number', async () => {
    const both = [wirePayment({ imp_uid: uid(1) }), wirePayment({ imp_uid: uid(2) })]
    const gateway = aGateway(await pgWithAnswer(saying(envelope(both))))
    expect(await gateway.reads.lookup([byOrder('ORD-1')])).toMatchObject({
      value: { found: [{ pgKey: uid(1) }, { pgKey: uid(2) }], missing: [] },
    })
  })

  const found = envelope([wirePayment()])
  it.each<[string, string, number, string]>([
    ['HTML', '<html>', 200, 'pg-odd-answer'],
    ['a 404 of some other machine', '<html>404</html>', 404, 'pg-odd-answer'],
    ['a 404 that says success', envelope([]), 404, 'pg-odd-answer'],
    ['another payment', envelope([wirePayment({ imp_uid: uid(2) })]), 200, 'pg-odd-answer'],
    ['half a won', envelope([wirePayment({ amount: 1000.5 })]), 200, 'pg-odd-answer'],
    ['a key that stands twice', found.replace('"amount":30000', '"amount":1,"amount":30000'), 200, 'pg-odd-answer'],
    ['one payment in place of a list', envelope(wirePayment()), 200, 'pg-odd-answer'],
    ['nothing', '', 200, 'pg-odd-answer'],
    ['a bad request', envelope(null, -1), 400, 'pg-odd-answer'],
    ['too many calls', 'x', 429, 'pg-busy'],
    ['a broken gateway', 'x', 502, 'pg-busy'],
  ])('that is answered with %s is a problem', async (_what, text, status, code) => {
    const gateway = aGateway(await pgWithAnswer(saying(text, status, { 'retry-after': '5' })))
    const answer = await gateway.reads.lookup([byKey(uid(1))])
    expect(answer).toMatchObject({ ok: false, problem: { code } })
    if (code === 'pg-busy') expect(answer).toMatchObject({ problem: { values: { seconds: 5 } } })
  })

  it('is repeated once after a lost connection, and not more', async () => {
    const { pg } = await openPractice(three, { rules: [{ kind: 'lose_answer_before_effect', path: '/payments' }] })
    expect((await aGateway(pg.origin).reads.lookup([byKey(uid(1))])).ok).toBe(true)
    pg.setScenario({ rules: [{ kind: 'lose_answer_before_effect', path: '/payments', count: 0 }] })
    expect(await aGateway(pg.origin).reads.lookup([byKey(uid(1))])).toMatchObject({
      ok: false,
      problem: { code: 'pg-offline' },
    })
    expect(requestCount(pg, '/payments')).toBe(4)
  })

  it('ends when the PG is silent, gone, or nobody waits any more', async () => {
    const { pg } = await openPractice(three, { rules: [{ kind: 'timeout_before', path: '/payments', count: 0 }] })
    const gateway = aGateway(pg.origin, { timeouts: { readMs: 300 } })
    expect(await gateway.reads.lookup([byKey(uid(1))])).toEqual(fail(problem('pg-timeout')))
    expect(await gateway.reads.lookup([byKey(uid(1))], AbortSignal.timeout(50))).toEqual(fail(problem('cancelled')))
    expect(await aGateway(await deadOrigin()).reads.lookup([byKey(uid(1))])).toMatchObject({
      problem: { code: 'pg-offline' },
    })
  })
})

describe('windows of a list', () => {
  const SECONDS_90_DAYS = 90 * 24 * 60 * 60

  it('never span more than 90 days, leave no gap and do not overlap', () => {
    const windows = windowsOf(NOON_MS - 400 * DAY_MS, NOON_MS)
    expect(windows).toHaveLength(5)
    expect(windows.at(0)?.from).toBe((NOON_MS - 400 * DAY_MS) / 1000)
    expect(windows.at(-1)?.to).toBe(NOON_MS / 1000)
    windows.forEach(({ from, to }, n) => {
      expect(to - from).toBeLessThan(SECONDS_90_DAYS)
      if (n > 0) expect(from).toBe((windows[n - 1]?.to ?? 0) + 1)
    })
  })

  it('are one for an instant and none for a time that runs backwards', () => {
    expect(windowsOf(1999, 1999)).toEqual([{ from: 1, to: 1 }])
    expect(windowsOf(3000, 1000)).toEqual([])
  })
})

async function walk(
  gateway: PaymentGateway,
  fromMs: number,
  toMs: number,
  status: 'paid' | 'all' | 'cancelled' = 'paid',
) {
  const pages: ListPage[] = []
  for await (const page of gateway.reads.list({ status, fromMs, toMs })) {
    if (!page.ok) return { pages, keys: [], problem: page.problem }
    pages.push(page.value)
  }
  return { pages, keys: pages.flatMap(({ payments }) => payments.map(({ pgKey }) => pgKey)), problem: null }
}

describe('a list', () => {
  /** One payment every five days into the past. */
  const payments = Array.from({ length: 50 }, (_, n) => {
    const paidAtMs = NOON_MS - n * 5 * DAY_MS
    return aPayment({ impUid: uid(n), merchantUid: `ORD-${n}`, paidAtMs, startedAtMs: paidAtMs - 60_000 })
  })

  it('brings everything between two instants, both included, in pages', async () => {
    const { pg } = await openPractice(payments)
    const gateway = aGateway(pg.origin, { rowsPerPage: 7 })
    const { keys, pages } = await walk(gateway, NOON_MS - 45 * 5 * DAY_MS, NOON_MS - 5 * DAY_MS)
    expect(keys).toHaveLength(45)
    expect(new Set(keys)).toEqual(new Set(payments.slice(1, 46).map(({ impUid }) => impUid)))
    expect(pages.at(-1)).toMatchObject({ done: 45, all: 45 })
    expect(pages.every(({ done, all }) => done <= all)).toBe(true)
  })

  it.each([
    ['page', '1'],
    ['limit', '7'],
    ['from', '1000'],
    ['to', '2000'],
    ['sorting', 'started'],
    ['include_sandbox', 'true'],
  ])('asks with %s', async (name, value) => {
    const asked: URLSearchParams[] = []
    const origin = await pgWithAnswer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://x').searchParams)
      saying(envelope({ total: 0, previous: 0, next: 0, list: [] }))(request, response)
    })
    await walk(aGateway(origin, { includeSandbox: true, rowsPerPage: 7 }), 1_000_000, 2_000_999)
    expect(asked.map((query) => query.getAll(name))).toEqual([[value]])
  })

  it('passes over previous, whatever stands in it', async () => {
    for (const previous of [null, 'x', -1, {}, undefined]) {
      const page = { total: 1, previous, next: 0, list: [wirePayment({ imp_uid: uid(1) })] }
      const origin = await pgWithAnswer(saying(envelope(page)))
      expect(await walk(aGateway(origin), 0, 1000)).toMatchObject({ keys: [uid(1)], problem: null })
    }
  })

  it('is empty when there is nothing, also where the PG says so by 404', async () => {
    const { pg } = await openPractice(payments)
    expect(await walk(aGateway(pg.origin), NOON_MS - DAY_MS, NOON_MS, 'cancelled')).toMatchObject({
      keys: [],
      problem: null,
    })
    const gateway = aGateway(await pgWithAnswer(saying(envelope(null, -1, '존재하지 않는 결제정보입니다.'), 404)))
    expect(await walk(gateway, 0, 1000)).toMatchObject({ keys: [], problem: null, pages: [{ done: 0, all: 0 }] })
  })

  /** A PG made by hand whose list is what `listAt` says for the n-th call. */
  const listServer = (
    listAt: (page: number, call: number) => { total: number; next: number; keys: readonly number[] },
  ) => {
    let calls = 0
    return pgWithAnswer((request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'))
      calls += 1
      const { total, next, keys } = listAt(page, calls)
      saying(envelope({ total, previous: page - 1, next, list: keys.map((n) => wirePayment({ imp_uid: uid(n) })) }))(
        request,
        response,
      )
    })
  }

  it('brings a row once that moved to the next page', async () => {
    const origin = await listServer((page) =>
      page === 1 ? { total: 3, next: 2, keys: [1, 2] } : { total: 3, next: 0, keys: [2, 3] },
    )
    expect((await walk(aGateway(origin), 0, 1000)).keys).toEqual([uid(1), uid(2), uid(3)])
  })

  it('is walked once more for a row that slipped onto a page already read', async () => {
    // After page 1 the row 1 leaves the list, so row 3 moves up onto page 1.
    const before = (page: number) =>
      page === 1 ? { total: 5, next: 2, keys: [1, 2] } : { total: 4, next: 0, keys: [4] }
    const after = (page: number) =>
      page === 1 ? { total: 4, next: 2, keys: [2, 3] } : { total: 4, next: 0, keys: [4, 5] }
    const origin = await listServer((page, call) => (call <= 2 ? before(page) : after(page)))
    const { keys, pages } = await walk(aGateway(origin), 0, 1000)
    expect(keys).toEqual([1, 2, 4, 3, 5].map(uid))
    expect(pages.at(-1)).toMatchObject({ done: 5, all: 5 })
  })

  it('says honestly when fewer rows came than were told', async () => {
    const origin = await listServer(() => ({ total: 9, next: 0, keys: [1] }))
    const { keys, pages } = await walk(aGateway(origin), 0, 1000)
    expect(keys).toEqual([uid(1)])
    expect(pages.at(-1)).toMatchObject({ done: 1, all: 9 })
  })

  it.each<[string, (page: number) => { total: number; next: number; keys: readonly number[] }]>([
    ['turns in a circle', (page) => ({ total: 9, next: page, keys: [page] })],
    ['goes back', () => ({ total: 9, next: 1, keys: [1] })],
    ['has empty pages without an end', (page) => ({ total: 9, next: page + 1, keys: [] })],
  ])('that %s is a problem', async (_how, listAt) => {
    expect(await walk(aGateway(await listServer(listAt)), 0, 1000)).toMatchObject({
      problem: { code: 'pg-odd-answer' },
    })
  })

  it('ends with the problem of the page that fails', async () => {
    const { pg } = await openPractice(payments, { rules: [{ kind: 'status_503', path: '/payments/status/*', nth: 3 }] })
    const { pages, problem: found } = await walk(
      aGateway(pg.origin, { rowsPerPage: 5 }),
      NOON_MS - 80 * DAY_MS,
      NOON_MS,
    )
    expect(pages.map(({ done }) => done)).toEqual([5, 10])
    expect(found).toMatchObject({ code: 'pg-busy' })
    expect(requestCount(pg, '/payments/status/paid')).toBe(3)
  })
})
