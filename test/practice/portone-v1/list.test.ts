import { describe, expect, it } from 'vitest'
import { aPayment, aCancel, DAY_MS, NOON_MS, startPg, type Envelope } from '../support'

const NOW = NOON_MS / 1000
const uids = (body: Envelope) => body.response.list?.map((payment) => payment['imp_uid'])

/** One payment per day back from now: imp_..001 is the newest. */
const manyDays = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const paidAtMs = NOON_MS - index * DAY_MS
    return aPayment({
      impUid: `imp_${index + 1}`,
      merchantUid: `ORD-${index + 1}`,
      startedAtMs: paidAtMs - 1000,
      paidAtMs,
    })
  })

describe('GET /payments/status/{status}', () => {
  it('pages from 1 with total, previous and next', async () => {
    const { get } = await startPg({ payments: manyDays(5) })
    const first = (await get('/payments/status/paid?limit=2')).body
    expect(first.response).toMatchObject({ total: 5, previous: 0, next: 2 })
    expect(uids(first)).toEqual(['imp_1', 'imp_2'])
    const last = (await get('/payments/status/paid?limit=2&page=3')).body
    expect(last.response).toMatchObject({ total: 5, previous: 2, next: 0 })
    expect(uids(last)).toEqual(['imp_5'])
  })

  it('answers 400 to a page behind the last, to page 0 and to limits out of range', async () => {
    const { get } = await startPg({ payments: manyDays(5) })
    for (const query of ['limit=2&page=4', 'page=0', 'page=x', 'limit=0', 'limit=1001']) {
      expect((await get(`/payments/status/paid?${query}`)).status, query).toBe(400)
    }
    expect((await get('/payments/status/paid?limit=1000')).status).toBe(200)
  })

  it('gives an empty first page where nothing matches', async () => {
    const { get } = await startPg()
    expect((await get('/payments/status/failed')).body.response).toEqual({ total: 0, previous: 0, next: 0, list: [] })
  })

  it('includes both ends of the window', async () => {
    const { get } = await startPg({ payments: manyDays(3) })
    const day = DAY_MS / 1000
    expect(uids((await get(`/payments/status/paid?from=${NOW - day}&to=${NOW}`)).body)).toEqual(['imp_1', 'imp_2'])
    expect(uids((await get(`/payments/status/paid?from=${NOW - day + 1}&to=${NOW - 1}`)).body)).toEqual([])
  })

  it('takes ninety days and refuses a second more', async () => {
    const { get } = await startPg({ payments: manyDays(100) })
    const from = NOW - 90 * 24 * 3600
    expect((await get(`/payments/status/paid?from=${from}&to=${NOW}&limit=1000`)).body.response['total']).toBe(91)
    expect((await get(`/payments/status/paid?from=${from - 1}&to=${NOW}`)).status).toBe(400)
    expect((await get('/payments/status/paid')).body.response['total']).toBe(91)
  })

  it('finds a cancelled payment by the time of its cancel, a partly cancelled one by its payment', async () => {
    const paidAtMs = NOON_MS - 40 * DAY_MS
    const payments = ['imp_1', 'imp_2'].map((impUid) =>
      aPayment({ impUid, merchantUid: impUid, startedAtMs: paidAtMs, paidAtMs }),
    )
    const { get, cancel } = await startPg({ payments })
    await cancel(aCancel({ imp_uid: 'imp_1', amount: 30_000 }))
    await cancel(aCancel({ imp_uid: 'imp_2', amount: 10_000 }))
    const today = `from=${NOW - 3600}&to=${NOW}`
    expect(uids((await get(`/payments/status/cancelled?${today}`)).body)).toEqual(['imp_1'])
    expect(uids((await get(`/payments/status/paid?${today}`)).body)).toEqual([])
    expect(uids((await get('/payments/status/paid')).body)).toEqual(['imp_2'])
    expect(uids((await get(`/payments/status/all?${today}`)).body)).toEqual(['imp_1'])
  })

  it('sorts by the six documented words and refuses others', async () => {
    const { get, cancel } = await startPg({ payments: manyDays(3) })
    await cancel(aCancel({ imp_uid: 'imp_2' }))
    expect(uids((await get('/payments/status/paid?sorting=paid')).body)).toEqual(['imp_3', 'imp_2', 'imp_1'])
    expect(uids((await get('/payments/status/paid?sorting=-updated')).body)?.[2]).toBe('imp_3')
    expect((await get('/payments/status/paid?sorting=amount')).status).toBe(400)
  })

  it('shows a change at once although it keeps its last result', async () => {
    const { get, cancel } = await startPg({ payments: manyDays(2) })
    const list = `/payments/status/paid?to=${NOW}`
    expect((await get(list)).body.response['total']).toBe(2)
    await cancel(aCancel({ imp_uid: 'imp_1', amount: 30_000 }))
    expect((await get(list)).body.response['total']).toBe(1)
  })

  it('answers 400 to an unknown status and hides sandbox payments', async () => {
    const { get } = await startPg({ payments: [aPayment({ sandbox: true })] })
    expect((await get('/payments/status/refunded')).status).toBe(400)
    expect((await get('/payments/status/paid')).body.response['total']).toBe(0)
    expect((await get('/payments/status/paid?include_sandbox=true')).body.response['total']).toBe(1)
  })
})

describe('looking up by order number', () => {
  const failedFirst = aPayment({
    impUid: 'imp_1',
    status: 'failed',
    paidAtMs: null,
    failedAtMs: NOON_MS - 7000,
    startedAtMs: NOON_MS - 9000,
  })
  const paidLater = aPayment({ impUid: 'imp_2', startedAtMs: NOON_MS - 5000, paidAtMs: NOON_MS - 4000 })
  const payments = [failedFirst, paidLater]
  const order = failedFirst.merchantUid

  it('finds the newest attempt, or the first one of a status', async () => {
    const { get } = await startPg({ payments })
    expect((await get(`/payments/find/${order}`)).body.response['imp_uid']).toBe('imp_2')
    expect((await get(`/payments/find/${order}/`)).body.response['imp_uid']).toBe('imp_2')
    expect((await get(`/payments/find/${order}?sorting=started`)).body.response['imp_uid']).toBe('imp_1')
    expect((await get(`/payments/find/${order}/failed`)).body.response['imp_uid']).toBe('imp_1')
    expect((await get(`/payments/find/${order}/cancelled`)).status).toBe(404)
  })

  it('lists all attempts in pages', async () => {
    const { get } = await startPg({ payments })
    expect(uids((await get(`/payments/findAll/${order}`)).body)).toEqual(['imp_2', 'imp_1'])
    expect((await get(`/payments/findAll/${order}?limit=1`)).body.response).toMatchObject({
      total: 2,
      previous: 0,
      next: 2,
    })
    expect((await get(`/payments/findAll/${order}/paid`)).body.response['total']).toBe(1)
    expect((await get(`/payments/findAll/${order}?page=2`)).status).toBe(400)
    expect((await get(`/payments/findAll/${order}/refunded`)).status).toBe(400)
    expect((await get('/payments/findAll/ORD-none')).status).toBe(404)
  })
})
