import { describe, expect, it } from 'vitest'
import { aPayment, startPg } from '../support'

const second = aPayment({ impUid: 'imp_000000000002', merchantUid: 'ORD-20261121-0002' })
const hidden = aPayment({ impUid: 'imp_000000000003', merchantUid: 'ORD-20261121-0003', sandbox: true })
const MISS = { status: 404, body: { code: -1, message: '존재하지 않는 결제정보입니다.', response: null } }

describe('GET /payments/{imp_uid}', () => {
  it('shows a payment', async () => {
    const { get } = await startPg()
    const { status, body } = await get('/payments/imp_000000000001')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      code: 0,
      response: { imp_uid: 'imp_000000000001', status: 'paid', amount: 30_000, cancel_amount: 0, cancelled_at: 0 },
    })
  })

  it('answers 404 with code -1 for an unknown payment', async () => {
    const { get } = await startPg()
    expect(await get('/payments/imp_999')).toEqual(MISS)
  })

  it('hides a sandbox payment unless it is asked for', async () => {
    const { get } = await startPg({ payments: [hidden] })
    expect(await get('/payments/imp_000000000003')).toEqual(MISS)
    expect(await get('/payments/imp_000000000003?include_sandbox=false')).toEqual(MISS)
    expect((await get('/payments/imp_000000000003?include_sandbox=true')).body.response['sandbox']).toBe(true)
  })

  it('answers 400 to a broken escape in the path', async () => {
    const { get } = await startPg()
    expect((await get('/payments/%E0%A4%A')).status).toBe(400)
  })
})

describe('GET /payments with several ids', () => {
  const payments = [aPayment(), second, hidden]

  it('answers 200 when all are found, by either id', async () => {
    const { get } = await startPg({ payments })
    const { status, body } = await get('/payments?imp_uid[]=imp_000000000001&merchant_uid[]=ORD-20261121-0002')
    expect(status).toBe(200)
    expect(body.response).toMatchObject([{ imp_uid: 'imp_000000000001' }, { imp_uid: 'imp_000000000002' }])
  })

  it('answers 207 when some are found and 404 when none is', async () => {
    const { get } = await startPg({ payments })
    const { status, body } = await get('/payments?imp_uid[]=imp_000000000001&imp_uid[]=imp_000000000003')
    expect(status).toBe(207)
    expect(body.response).toHaveLength(1)
    expect(await get('/payments?imp_uid[]=imp_7')).toEqual(MISS)
  })

  it('takes a hundred ids and refuses one more', async () => {
    const { get } = await startPg({ payments })
    const ids = (count: number) =>
      Array.from({ length: count }, (_, index) => `imp_uid[]=imp_${String(index).padStart(12, '0')}`).join('&')
    expect((await get(`/payments?${ids(100)}`)).status).toBe(207)
    expect((await get(`/payments?${ids(101)}`)).status).toBe(400)
  })
})
