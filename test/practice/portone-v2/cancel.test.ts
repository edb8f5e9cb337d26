import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NOON_MS } from '../support'
import {
  aCancel,
  aChannel,
  aV2Payment,
  cancellationOf,
  onCancel,
  PAYMENT_ID,
  REFUND_ACCOUNT,
  startV2,
  VIRTUAL_ACCOUNT,
} from './support'

const failure = (status: number, type: string) => ({ status, body: { type } })

describe('POST /payments/{paymentId}/cancel', () => {
  it('refunds a part: the payment becomes partly cancelled and its history shows it', async () => {
    const { cancel, get } = await startV2()
    const reply = await cancel()
    expect(reply.status).toBe(200)
    expect(cancellationOf(reply)).toEqual({
      status: 'SUCCEEDED',
      id: expect.stringMatching(/^cancellation-/),
      pgCancellationId: expect.stringMatching(/^tosspayments-cancel-/),
      totalAmount: 10_000,
      taxFreeAmount: 0,
      vatAmount: 909,
      reason: 'R1 변심',
      requestedAt: '2026-11-21T05:00:00.000Z',
      cancelledAt: '2026-11-21T05:00:00.000Z',
      receiptUrl: expect.stringMatching(/^https:\/\/receipt\.example\//),
      trigger: 'API',
    })
    const { body } = await get(`/payments/${PAYMENT_ID}`)
    expect(body).toMatchObject({
      status: 'PARTIAL_CANCELLED',
      statusChangedAt: '2026-11-21T05:00:00.000Z',
      amount: { total: 30_000, paid: 30_000, cancelled: 10_000, vat: 2727, supply: 27_273 },
      cancellations: [{ totalAmount: 10_000 }],
    })
  })

  it('refunds the rest: the payment becomes cancelled', async () => {
    const { cancel, get } = await startV2()
    await cancel()
    await cancel(aCancel({ amount: 20_000, currentCancellableAmount: 20_000 }))
    expect((await get(`/payments/${PAYMENT_ID}`)).body).toMatchObject({
      status: 'CANCELLED',
      amount: { cancelled: 30_000 },
    })
    expect(await cancel()).toMatchObject(failure(409, 'PAYMENT_ALREADY_CANCELLED'))
  })

  it.each([[undefined], [null]])('reads amount %j as everything left and raises an alarm', async (amount) => {
    const { cancel, refunded, books } = await startV2()
    await cancel(aCancel({ amount: 4000 }))
    expect(books.v2Alarms()).toEqual([])
    await cancel({ reason: 'R', amount, currentCancellableAmount: 26_000 })
    expect(refunded()).toBe(30_000)
    expect(books.v2Alarms()).toEqual([{ alarm: 'implicit_full_cancel', paymentId: PAYMENT_ID, atMs: NOON_MS }])
  })

  it('raises the alarm even when such a request is refused', async () => {
    const { cancel, books } = await startV2()
    await cancel({ reason: 'R', currentCancellableAmount: 1 })
    expect(books.v2Alarms()).toHaveLength(1)
  })

  it('reads a misspelt amount as a missing one', async () => {
    const { cancel, refunded } = await startV2()
    await cancel({ reason: 'R', ammount: 1, currentCancellableAmount: 30_000 })
    expect(refunded()).toBe(30_000)
  })

  it.each([[0], [-1], [1000.5], ['1000'], [9_007_199_254_740_992]])('refuses the amount %j', async (amount) => {
    const { cancel, refunded } = await startV2()
    expect(await cancel(aCancel({ amount }))).toMatchObject(failure(400, 'INVALID_REQUEST'))
    expect(refunded()).toBe(0)
  })

  it('takes one won, and everything to the last won, and no won more', async () => {
    const { cancel, refunded } = await startV2()
    expect(await cancel(aCancel({ amount: 30_001 }))).toMatchObject(
      failure(409, 'CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT'),
    )
    expect(refunded()).toBe(0)
    await cancel(aCancel({ amount: 1 }))
    await cancel(aCancel({ amount: 29_999, currentCancellableAmount: 29_999 }))
    expect(refunded()).toBe(30_000)
  })

  it('executes nothing when the balance is another one, by one won either way', async () => {
    const { cancel, refunded, books } = await startV2()
    for (const currentCancellableAmount of [29_999, 30_001, 0])
      expect(await cancel(aCancel({ currentCancellableAmount }))).toMatchObject(
        failure(409, 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN'),
      )
    expect(refunded()).toBe(0)
    expect(books.v2Alarms()).toEqual([])
  })

  it('skips the comparison where no balance is said, and raises an alarm', async () => {
    const { cancel, refunded, books } = await startV2()
    await cancel({ amount: 10_000, reason: 'R' })
    expect(refunded()).toBe(10_000)
    expect(books.v2Alarms()).toMatchObject([{ alarm: 'no_cancellable_amount' }])
  })

  it.each([
    ['reason', undefined],
    ['reason', ''],
    ['reason', 1],
    ['storeId', 1],
    ['taxFreeAmount', '0'],
    ['taxFreeAmount', -1],
    ['vatAmount', 0.5],
    ['vatAmount', -1],
    ['requester', 'ROBOT'],
    ['promotionDiscountRetainOption', 'KEEP'],
    ['currentCancellableAmount', '30000'],
    ['currentCancellableAmount', -1],
    ['refundAccount', '999012345678'],
    ['refundAccount', { ...REFUND_ACCOUNT, bank: 'KOOKMIN_BANK' }],
    ['refundAccount', { bank: 'KOOKMIN', number: '999012345678' }],
    ['refundAccount', { ...REFUND_ACCOUNT, number: 999_012_345_678 }],
    ['refundAccount', { ...REFUND_ACCOUNT, holderPhoneNumber: 1 }],
    ['refundEmail', 1],
    ['skipWebhook', 'true'],
  ])('refuses %s %j', async (field, value) => {
    const { cancel, refunded } = await startV2()
    expect(await cancel(aCancel({ [field]: value }))).toMatchObject(failure(400, 'INVALID_REQUEST'))
    expect(refunded()).toBe(0)
  })

  it('takes every field of the schema', async () => {
    const { cancel, refunded } = await startV2()
    const all = {
      storeId: 'store-practice',
      taxFreeAmount: 0,
      vatAmount: 900,
      requester: 'ADMIN',
      promotionDiscountRetainOption: 'RELEASE',
      refundAccount: { ...REFUND_ACCOUNT, holderPhoneNumber: '010-0000-0001' },
      refundEmail: 'buyer@example.com',
      skipWebhook: true,
    }
    expect(cancellationOf(await cancel(aCancel(all)))).toMatchObject({ status: 'SUCCEEDED', vatAmount: 900 })
    expect(refunded()).toBe(10_000)
  })

  it('refuses a body that is no JSON object', async () => {
    const { cancel } = await startV2()
    expect(await cancel('[]')).toMatchObject(failure(400, 'INVALID_REQUEST'))
    expect(await cancel('{')).toMatchObject(failure(400, 'INVALID_REQUEST'))
  })

  it('knows its own store and its own payments only', async () => {
    const { cancel } = await startV2()
    expect(await cancel(aCancel({ storeId: 'store-of-another' }))).toMatchObject(failure(403, 'FORBIDDEN'))
    expect(await cancel(aCancel(), {}, 'order-none')).toMatchObject(failure(404, 'PAYMENT_NOT_FOUND'))
  })

  it.each(['READY', 'VIRTUAL_ACCOUNT_ISSUED', 'FAILED'] as const)('does not cancel a %s payment', async (status) => {
    const failed = status === 'FAILED' ? { failedAtMs: NOON_MS, failure: null } : {}
    const { cancel } = await startV2({ payments: [aV2Payment({ status, paidAtMs: null, ...failed })] })
    expect(await cancel()).toMatchObject(failure(409, 'PAYMENT_NOT_PAID'))
  })
})

describe('an account refund', () => {
  const account = (changes = {}) => startV2({ payments: [aV2Payment({ method: VIRTUAL_ACCOUNT, ...changes })] })

  it('needs the account of the buyer', async () => {
    const { cancel, refunded } = await account()
    for (const refundAccount of [
      undefined,
      null,
      { ...REFUND_ACCOUNT, number: '' },
      { ...REFUND_ACCOUNT, holderName: '' },
    ])
      expect(await cancel(aCancel({ refundAccount }))).toMatchObject(failure(400, 'INVALID_REQUEST'))
    expect(refunded()).toBe(0)
    await cancel(aCancel({ refundAccount: REFUND_ACCOUNT }))
    expect(refunded()).toBe(10_000)
  })

  it('is refused by the provider where the number is none', async () => {
    const { cancel } = await account()
    const reply = await cancel(aCancel({ refundAccount: { ...REFUND_ACCOUNT, number: '999-012' } }))
    expect(reply).toMatchObject({ status: 502, body: { type: 'PG_PROVIDER', pgCode: 'A001' } })
  })

  it("needs the holder's phone at Smartro, where it is carried out later", async () => {
    const { cancel, get, clock } = await account({ channel: aChannel('SMARTRO_V2') })
    expect(await cancel(aCancel({ refundAccount: REFUND_ACCOUNT }))).toMatchObject(failure(400, 'INVALID_REQUEST'))
    const refundAccount = { ...REFUND_ACCOUNT, holderPhoneNumber: '010-0000-0001' }
    expect(cancellationOf(await cancel(aCancel({ refundAccount })))).toMatchObject({ status: 'REQUESTED' })
    expect((await get(`/payments/${PAYMENT_ID}`)).body).toMatchObject({
      status: 'PAID',
      amount: { cancelled: 0 },
      cancellations: [{ status: 'REQUESTED' }],
    })
    clock.advance(2999)
    expect((await get(`/payments/${PAYMENT_ID}`)).body['status']).toBe('PAID')
    clock.advance(1)
    expect((await get(`/payments/${PAYMENT_ID}`)).body).toMatchObject({
      status: 'PARTIAL_CANCELLED',
      cancellations: [{ status: 'SUCCEEDED', cancelledAt: '2026-11-21T05:00:03.000Z' }],
    })
  })

  it('is asked for after the month of a mobile payment, which is never refunded in part', async () => {
    const { cancel, clock, refunded } = await startV2({
      payments: [aV2Payment({ method: { type: 'PaymentMethodMobile' } })],
    })
    const all = aCancel({ amount: 30_000 })
    expect(await cancel(aCancel({ amount: 29_999 }))).toMatchObject({ status: 502, body: { type: 'PG_PROVIDER' } })
    clock.set(Date.parse('2026-11-30T15:00:00Z'))
    expect(await cancel(all)).toMatchObject(failure(400, 'INVALID_REQUEST'))
    clock.set(Date.parse('2026-11-30T14:59:59Z'))
    await cancel(all)
    expect(refunded()).toBe(30_000)
  })

  it('leaves of the account only its length and its last four digits in the books', async () => {
    const { cancel, books, booksFile } = await account()
    await cancel(aCancel({ refundAccount: { ...REFUND_ACCOUNT, holderPhoneNumber: '010-0000-7777' } }), {
      'idempotency-key': '"test-key-00000001"',
    })
    expect(books.v2Cancels()).toEqual([
      {
        paymentId: PAYMENT_ID,
        cancellationId: expect.stringMatching(/^cancellation-/),
        amount: 10_000,
        atMs: NOON_MS,
        idempotencyKey: 'test-key-00000001',
        status: 'SUCCEEDED',
        trigger: 'API',
        request: {
          amount: 10_000,
          taxFreeAmount: null,
          vatAmount: null,
          currentCancellableAmount: 30_000,
          reason: 'R1 변심',
          requester: null,
          retain: null,
          skipWebhook: null,
          refundBank: 'KOOKMIN',
          refundAccountLength: 12,
          refundAccountTail: '5678',
          hasRefundHolder: true,
          hasRefundPhone: true,
        },
      },
    ])
    const text = readFileSync(booksFile, 'utf8')
    for (const personal of [REFUND_ACCOUNT.number, '7777']) expect(text).not.toContain(personal)
  })
})

describe('an asynchronous cancel', () => {
  const asked = async (scenario = {}) => {
    const rules = onCancel({ kind: 'v2_cancellation_requested' }).rules ?? []
    const test = await startV2({ scenario: { rules, ...scenario } })
    await test.cancel(aCancel({ amount: 30_000 }))
    return test
  }

  it('has its amount spoken for at once, while the payment is still paid', async () => {
    const { cancel } = await asked()
    expect(await cancel({ amount: 1, reason: 'R' })).toMatchObject(
      failure(409, 'CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT'),
    )
    expect(await cancel({ reason: 'R' })).toMatchObject(failure(409, 'CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT'))
    expect(await cancel(aCancel())).toMatchObject(failure(409, 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN'))
  })

  it('may fail in the end, which frees its amount', async () => {
    const { get, cancel, clock, books, refunded } = await asked({ asynchronous: { vanishes: true } })
    clock.advance(3000)
    expect((await get(`/payments/${PAYMENT_ID}`)).body).toMatchObject({
      status: 'PAID',
      cancellations: [{ status: 'FAILED' }],
    })
    expect(books.v2Cancels()).toMatchObject([{ status: 'FAILED', amount: 30_000 }])
    expect(refunded()).toBe(0)
    expect((await cancel()).status).toBe(200)
  })

  it('can wait for a number of look-ups', async () => {
    const { get } = await asked({ asynchronous: { afterLookups: 2 } })
    expect((await get(`/payments/${PAYMENT_ID}`)).body['status']).toBe('PAID')
    expect((await get(`/payments/${PAYMENT_ID}`)).body['status']).toBe('CANCELLED')
  })
})

describe('what the provider may answer', () => {
  it('FAILED inside 200: nothing was refunded and the history says so', async () => {
    const { cancel, get, refunded } = await startV2({ scenario: onCancel({ kind: 'v2_cancellation_failed' }) })
    const reply = await cancel()
    expect(reply.status).toBe(200)
    expect(cancellationOf(reply)).toMatchObject({ status: 'FAILED', totalAmount: 10_000 })
    expect(cancellationOf(reply)).not.toHaveProperty('cancelledAt')
    expect(refunded()).toBe(0)
    expect((await get(`/payments/${PAYMENT_ID}`)).body).toMatchObject({
      status: 'PAID',
      amount: { cancelled: 0 },
      cancellations: [{ status: 'FAILED' }],
    })
    expect((await cancel()).status).toBe(200)
  })

  it.each([
    [false, 0],
    [true, 10_000],
  ])('502 with its code and words, effect %s', async (effect, refundedWon) => {
    const { cancel, refunded } = await startV2({
      scenario: onCancel({ kind: 'v2_pg_provider', effect, code: '8083', message: '원거래 없음' }),
    })
    const reply = await cancel()
    expect(reply).toMatchObject({
      status: 502,
      body: { type: 'PG_PROVIDER', pgCode: '8083', pgMessage: '원거래 없음' },
    })
    expect(refunded()).toBe(refundedWon)
  })

  it('nine cancels at KSNET, and no tenth', async () => {
    const { cancel } = await startV2({ payments: [aV2Payment({ channel: aChannel('KSNET') })] })
    for (let left = 30_000; left > 29_991; left--)
      expect((await cancel(aCancel({ amount: 1, currentCancellableAmount: left }))).status).toBe(200)
    expect(await cancel({ amount: 1, reason: 'R' })).toMatchObject(failure(409, 'MAX_CANCEL_COUNT_REACHED'))
  })
})
