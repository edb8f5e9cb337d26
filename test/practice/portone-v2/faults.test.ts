import { describe, expect, it } from 'vitest'
import type { FaultKind } from '../../../src/practice/scenario'
import { CONTROL_KEY } from '../support'
import { A_KEY, aCancel, AUTHORIZATION, aV2Payment, onCancel, PAYMENT_ID, startV2, type V2Test } from './support'

const raw = ({ pg }: V2Test, signal?: AbortSignal): Promise<Response> =>
  fetch(`${pg.origin}/payments/${PAYMENT_ID}/cancel`, {
    method: 'POST',
    headers: { authorization: AUTHORIZATION, 'content-type': 'application/json', 'idempotency-key': A_KEY },
    body: JSON.stringify(aCancel()),
    ...(signal === undefined ? {} : { signal }),
  })

describe('faults on V2 paths', () => {
  it.each([
    ['timeout_before', 0],
    ['timeout_after', 10_000],
  ] as const)('%s stays silent and leaves %i won refunded', async (kind, refunded) => {
    const test = await startV2({ scenario: onCancel({ kind }) })
    await expect(raw(test, AbortSignal.timeout(150))).rejects.toThrow(/timeout/)
    expect(test.refunded()).toBe(refunded)
  })

  it.each([
    ['status_500', 500],
    ['status_502', 502],
    ['status_503', 503],
    ['status_429', 429],
  ] as const)('%s is an HTML page; under its key the truth is found', async (kind, status) => {
    const test = await startV2({ scenario: onCancel({ kind, effect: true }) })
    const answer = await raw(test)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain('<html>')
    expect((await raw(test)).status).toBe(200)
    expect(test.refunded()).toBe(10_000)
  })

  it('status_401 and refuse speak V2 and have no effect', async () => {
    const unauthorized = await startV2({ scenario: onCancel({ kind: 'status_401' }) })
    expect(await unauthorized.cancel()).toMatchObject({ status: 401, body: { type: 'UNAUTHORIZED' } })
    const refused = await startV2({ scenario: onCancel({ kind: 'refuse', code: 8083, message: '한도 초과' }) })
    expect(await refused.cancel()).toMatchObject({
      status: 502,
      body: { type: 'PG_PROVIDER', pgCode: '8083', pgMessage: '한도 초과' },
    })
    expect(unauthorized.refunded() + refused.refunded()).toBe(0)
  })

  it.each(['html_200', 'half_body', 'huge_body', 'response_null', 'wrong_imp_uid'] satisfies FaultKind[])(
    '%s refunds and spoils the answer',
    async (kind) => {
      const test = await startV2({ scenario: onCancel({ kind, bytes: 100_000 }) })
      const answer = await raw(test)
      expect(answer.status).toBe(200)
      const text = await answer.text().catch(() => 'broken off')
      expect(text).not.toMatch(/"id":"cancellation-[0-9a-f]{20}"/)
      expect(test.refunded()).toBe(10_000)
    },
  )

  it('strike by the id of the payment, in a cancel and in a look-up', async () => {
    const { get, cancel, refunded } = await startV2({
      payments: [aV2Payment(), aV2Payment({ paymentId: 'order-test-0002' })],
      scenario: { rules: [{ kind: 'status_401', path: '/payments*', subject: 'order-test-0002', count: 0 }] },
    })
    expect((await get('/payments/order-test-0002')).status).toBe(401)
    expect((await cancel(aCancel(), {}, 'order-test-0002')).status).toBe(401)
    expect((await get('/payments')).status).toBe(200)
    await cancel()
    expect(refunded()).toBe(10_000)
  })

  it('show another payment in a look-up under wrong_imp_uid', async () => {
    const { get } = await startV2({ scenario: { rules: [{ kind: 'wrong_imp_uid', path: '/payments/*' }] } })
    expect((await get(`/payments/${PAYMENT_ID}`)).body['id']).not.toBe(PAYMENT_ID)
  })
})

describe('the control surface over V2', () => {
  const control = async ({ pg }: V2Test, method: string, place: string, fields?: unknown) => {
    const answer = await fetch(`${pg.origin}/__practice/${place}`, {
      method,
      headers: { 'x-practice-control': CONTROL_KEY },
      ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  it('cancels at the console, past every client', async () => {
    const test = await startV2()
    const refund = { paymentId: PAYMENT_ID, amount: 7000 }
    expect((await control(test, 'POST', 'console-cancel-v2', refund)).status).toBe(200)
    expect((await test.get(`/payments/${PAYMENT_ID}`)).body).toMatchObject({
      status: 'PARTIAL_CANCELLED',
      cancellations: [{ trigger: 'CONSOLE', totalAmount: 7000 }],
    })
    expect((await test.cancel()).status).toBe(409)
    for (const wrong of [{ ...refund, amount: 23_001 }, { ...refund, amount: 0 }, { ...refund, paymentId: 'x' }, {}])
      expect((await control(test, 'POST', 'console-cancel-v2', wrong)).status).toBe(400)
    await control(test, 'POST', 'console-cancel-v2', { ...refund, amount: 23_000 })
    expect((await control(test, 'POST', 'console-cancel-v2', refund)).status).toBe(400)
  })

  it('shows the books without buyers, and the words of every cancel', async () => {
    const test = await startV2()
    await test.cancel(aCancel(), { 'idempotency-key': A_KEY })
    const { body } = await control(test, 'GET', 'books')
    expect(body['v2']).toMatchObject({
      payments: [{ paymentId: PAYMENT_ID, status: 'PARTIAL_CANCELLED', cancellable: 20_000 }],
      cancels: [{ idempotencyKey: 'test-key-00000001', amount: 10_000 }],
      alarms: [],
    })
    expect(JSON.stringify(body)).not.toContain('김가온')
    expect(test.pg.requests.map(({ v2Cancel }) => v2Cancel)).toMatchObject([
      { paymentId: PAYMENT_ID, idempotencyKey: 'test-key-00000001', amount: 10_000 },
    ])
  })
})
