import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aCancel, aPayment, KCP_ACCOUNT, NOON_MS, startPg } from '../support'

const IMP = 'imp_000000000001'
const refusedWith = (message: string, code = 1) => ({ status: 200, body: { code, message, response: null } })

describe('POST /payments/cancel', () => {
  it('refunds a part: the payment stays paid and the history shows it', async () => {
    const { cancel } = await startPg()
    const { status, body } = await cancel(aCancel())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      code: 0,
      message: null,
      response: { imp_uid: IMP, status: 'paid', cancel_amount: 10_000, cancelled_at: NOON_MS / 1000 },
    })
    expect(body.response['cancel_history']).toEqual([
      {
        pg_tid: expect.stringMatching(/^kcp-cancel-/),
        amount: 10_000,
        cancelled_at: NOON_MS / 1000,
        reason: 'R1 변심',
        cancellation_id: expect.stringMatching(/^[0-9A-Z]{20}$/),
        receipt_url: null,
      },
    ])
  })

  it('refunds the rest: the payment becomes cancelled and the sums add up', async () => {
    const { cancel } = await startPg()
    await cancel(aCancel())
    const { body } = await cancel(aCancel({ amount: 20_000, checksum: 20_000 }))
    expect(body.response).toMatchObject({ status: 'cancelled', cancel_amount: 30_000 })
    expect(body.response['cancel_history']).toHaveLength(2)
  })

  it('takes a form body', async () => {
    const { pg, get, refunded } = await startPg()
    const { body } = await get(`/payments/${IMP}`)
    expect(body.code).toBe(0)
    const token = await fetch(`${pg.origin}/users/getToken`, {
      method: 'POST',
      body: new URLSearchParams({ imp_key: 'practice-key', imp_secret: 'practice-secret' }),
    })
    const { response } = (await token.json()) as { response: { access_token: string } }
    const answer = await fetch(`${pg.origin}/payments/cancel`, {
      method: 'POST',
      headers: { authorization: response.access_token },
      body: new URLSearchParams({ imp_uid: IMP, amount: '10000', checksum: '30000' }),
    })
    expect(await answer.json()).toMatchObject({
      code: 0,
      response: { cancel_amount: 10_000, cancel_reason: '취소요청api' },
    })
    expect(refunded()).toBe(10_000)
  })

  it.each([[undefined], [null], [0], ['']])('reads amount %j as a full refund and raises an alarm', async (amount) => {
    const { cancel, refunded, pg } = await startPg()
    const { body } = await cancel(aCancel({ amount }))
    expect(body.response).toMatchObject({ status: 'cancelled', cancel_amount: 30_000 })
    expect(refunded()).toBe(30_000)
    expect(pg.books.alarms()).toEqual([{ alarm: 'implicit_full_cancel', impUid: IMP, atMs: NOON_MS }])
  })

  it('raises the alarm even when such a request is refused, and none for an explicit full amount', async () => {
    const { cancel, pg } = await startPg()
    await cancel(aCancel({ amount: 0, checksum: 1 }))
    expect(pg.books.alarms()).toHaveLength(1)
    await cancel(aCancel({ amount: 30_000 }))
    expect(pg.books.alarms()).toHaveLength(1)
  })

  it.each([[-1], [1000.5], ['천원'], ['1e400']])('refuses the amount %j', async (amount) => {
    const { cancel, refunded } = await startPg()
    expect((await cancel(aCancel({ amount }))).body).toMatchObject({ code: 1, response: null })
    expect(refunded()).toBe(0)
  })

  it('executes nothing when the checksum is not the balance', async () => {
    const { cancel, refunded } = await startPg()
    expect(await cancel(aCancel({ checksum: 29_999 }))).toEqual(
      refusedWith('취소 가능 잔액이 checksum과 일치하지 않습니다.'),
    )
    expect((await cancel(aCancel({ checksum: 0 }))).body.code).toBe(1)
    expect(refunded()).toBe(0)
  })

  it('skips the comparison when the checksum is missing or null', async () => {
    const { cancel, refunded } = await startPg()
    await cancel(aCancel({ checksum: null }))
    await cancel(aCancel({ checksum: undefined }))
    expect(refunded()).toBe(20_000)
  })

  it('carries out one of two equal requests that come at once', async () => {
    const { cancel, refunded } = await startPg()
    const answers = await Promise.all([cancel(aCancel()), cancel(aCancel())])
    expect(answers.map(({ body }) => body.code).toSorted((a, b) => a - b)).toEqual([0, 1])
    expect(refunded()).toBe(10_000)
  })

  it('refuses more than the balance, to the won', async () => {
    const { cancel, refunded } = await startPg()
    expect((await cancel(aCancel({ amount: 30_001 }))).body.code).toBe(1)
    expect((await cancel(aCancel({ amount: 30_000 }))).body.code).toBe(0)
    expect(refunded()).toBe(30_000)
  })

  it('names a fully cancelled payment and an unknown one in their known words', async () => {
    const { cancel } = await startPg()
    await cancel(aCancel({ amount: 30_000 }))
    expect(await cancel(aCancel())).toEqual(refusedWith('이미 전액취소된 주문입니다.'))
    expect(await cancel(aCancel({ imp_uid: 'imp_none' }))).toEqual(refusedWith('취소할 결제건이 존재하지 않습니다.'))
    expect((await cancel({ amount: 1000 })).body.code).toBe(1)
  })

  it.each(['ready', 'failed'] as const)('refuses a payment that is %s', async (status) => {
    const { cancel, refunded } = await startPg({ payments: [aPayment({ status, paidAtMs: null })] })
    expect((await cancel(aCancel())).body.code).toBe(1)
    expect(refunded()).toBe(0)
  })

  it('goes by imp_uid when both ids are sent, and by the newest paid attempt for an order number', async () => {
    const other = aPayment({ impUid: 'imp_2', startedAtMs: NOON_MS - 1000 })
    const { cancel, refunded } = await startPg({ payments: [aPayment(), other] })
    await cancel(aCancel({ merchant_uid: 'ORD-else' }))
    expect(refunded()).toBe(10_000)
    expect((await cancel(aCancel({ imp_uid: 'imp_wrong', merchant_uid: other.merchantUid }))).body.code).toBe(1)
    await cancel(aCancel({ imp_uid: undefined, merchant_uid: other.merchantUid }))
    expect(refunded('imp_2')).toBe(10_000)
  })

  it('refunds dollars with cents', async () => {
    const { cancel } = await startPg({ payments: [aPayment({ currency: 'USD', amount: 99.23 })] })
    expect((await cancel(aCancel({ amount: 0.231, checksum: 99.23 }))).body.code).toBe(1)
    expect((await cancel(aCancel({ amount: 0.23, checksum: 99.23 }))).body.response['cancel_amount']).toBe(0.23)
    expect((await cancel(aCancel({ amount: 99, checksum: 99 }))).body.response['status']).toBe('cancelled')
  })

  it('keeps no account number, name or phone of a request', async () => {
    const { cancel, booksFile, pg } = await startPg({ payments: [aPayment({ payMethod: 'vbank' })] })
    await cancel(aCancel({ ...KCP_ACCOUNT, refund_holder: '예금주', refund_tel: '010-0000-9999' }))
    const kept = readFileSync(booksFile, 'utf8') + JSON.stringify(pg.requests)
    expect(kept).toContain('"refundAccountTail":"5678"')
    for (const secret of [KCP_ACCOUNT.refund_account, '예금주', '010-0000-9999']) expect(kept).not.toContain(secret)
  })
})

describe('an asynchronous refund', () => {
  const payments = [aPayment({ payMethod: 'vbank', pgProvider: 'smartro_v2' })]
  const account = {
    refund_holder: '김가온',
    refund_bank: '088',
    refund_account: '999012345678',
    refund_tel: '010-0000-0001',
  }

  it('is accepted without showing, and comes into the history some seconds later', async () => {
    const { cancel, get, clock, refunded } = await startPg({ payments })
    expect((await cancel(aCancel(account))).body).toMatchObject({
      code: 0,
      response: { cancel_amount: 0, cancel_history: [] },
    })
    expect(refunded()).toBe(10_000)
    clock.advance(2999)
    expect((await get(`/payments/${IMP}`)).body.response['cancel_amount']).toBe(0)
    clock.advance(1)
    expect((await get(`/payments/${IMP}`)).body.response).toMatchObject({
      cancel_amount: 10_000,
      cancelled_at: Math.floor((NOON_MS + 3000) / 1000),
    })
  })

  it('leaves the checksum as it was meanwhile, so a repeat pays twice', async () => {
    const { cancel, refunded } = await startPg({ payments })
    await cancel(aCancel(account))
    expect((await cancel(aCancel(account))).body.code).toBe(0)
    expect(refunded()).toBe(20_000)
  })

  it('is bounded by what the PG behind really holds', async () => {
    const { cancel, refunded } = await startPg({ payments })
    await cancel(aCancel({ ...account, amount: 30_000 }))
    expect((await cancel(aCancel({ ...account, amount: 30_000 }))).body.code).toBe(-1)
    expect(refunded()).toBe(30_000)
  })

  it('comes after a number of look-ups where the scenario says so', async () => {
    const { cancel, get } = await startPg({ payments, scenario: { asynchronous: { afterLookups: 2 } } })
    await cancel(aCancel(account))
    expect((await get(`/payments/${IMP}`)).body.response['cancel_amount']).toBe(0)
    expect((await get(`/payments?imp_uid[]=${IMP}`)).body.response).toMatchObject([{ cancel_amount: 10_000 }])
  })

  it('never comes where the scenario lets it vanish, and the balance is whole again', async () => {
    const { cancel, get, clock, refunded } = await startPg({
      payments,
      scenario: { asynchronous: { afterMs: 1000, vanishes: true } },
    })
    await cancel(aCancel(account))
    clock.advance(1000)
    expect((await get(`/payments/${IMP}`)).body.response).toMatchObject({ cancel_amount: 0, status: 'paid' })
    expect(refunded()).toBe(0)
  })
})
