import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWith } from '../../../../../src/main/core/pg/answers'
import { paymentOf } from '../../../../../src/main/core/pg/portone-v1/mapper'
import { PaymentSchema } from '../../../../../src/main/core/pg/portone-v1/schemas'
import { CHANNEL, TAG, wirePayment } from '../support'

const read = (changes: Record<string, unknown> = {}) => {
  const wire = parseWith(PaymentSchema, wirePayment(changes))
  return wire === null ? null : paymentOf(wire, CHANNEL)
}
const readOk = (changes: Record<string, unknown> = {}) => {
  const result = read(changes)
  return result?.ok === true ? result.value : expect.fail('the payment was not read')
}

describe('a payment of PortOne V1', () => {
  it('is read into our words', () => {
    expect(readOk()).toEqual({
      channelId: 'ch1',
      paymentId: 'ch1:imp_000000000001',
      pgKey: 'imp_000000000001',
      orderNo: 'ORD-1',
      method: 'card',
      provider: 'kcp',
      pgTransactionKey: 'kcp-1',
      status: 'paid',
      currency: 'KRW',
      paid: 30_000,
      cancelledTotal: 10_000,
      cancels: [
        {
          cancelKey: 'C1',
          pgTransactionKey: 'c-1',
          amount: 10_000,
          cancelledAtMs: 1_795_000_100_000,
          reason: `${TAG} 고객 변심`,
        },
      ],
      paidAtMs: 1_795_000_000_000,
      buyerName: '김가온',
      productName: '드립 커피',
      escrow: false,
      sandbox: false,
      promotion: false,
    })
  })

  it.each<[string, unknown, Record<string, unknown>]>([
    ['imp_uid', 'imp_2', { pgKey: 'imp_2', paymentId: 'ch1:imp_2' }],
    ['merchant_uid', 'ORD-2', { orderNo: 'ORD-2' }],
    ['pay_method', 'trans', { method: 'transfer' }],
    ['pg_provider', 'daou', { provider: 'daou' }],
    ['pg_tid', 'kcp-2', { pgTransactionKey: 'kcp-2' }],
    ['sandbox', true, { sandbox: true }],
    ['escrow', true, { escrow: true }],
    ['name', '머그컵', { productName: '머그컵' }],
    ['amount', 40_000, { paid: 40_000 }],
    ['cancel_amount', 12_345, { cancelledTotal: 12_345 }],
    ['currency', 'JPY', { currency: 'JPY' }],
    ['buyer_name', '나무', { buyerName: '나무' }],
    ['status', 'cancelled', { status: 'cancelled' }],
    ['paid_at', 1_795_000_001, { paidAtMs: 1_795_000_001_000 }],
    ['cancel_history', [{ amount: 7 }], { cancels: [{ amount: 7 }] }],
    ['promotion', { id: 'p' }, { promotion: true }],
  ])('tells by %s what it says', (field, value, expected) => {
    expect(readOk({ [field]: value })).toMatchObject(expected)
  })

  it.each<[string, unknown, Record<string, unknown>]>([
    ['pg_tid', 'c-2', { pgTransactionKey: 'c-2' }],
    ['amount', 7, { amount: 7 }],
    ['cancelled_at', 1_795_000_101, { cancelledAtMs: 1_795_000_101_000 }],
    ['reason', '다른 사유', { reason: '다른 사유' }],
    ['cancellation_id', 'C2', { cancelKey: 'C2' }],
  ])('tells by %s of a cancel what it says', (field, value, expected) => {
    const entry = { ...(wirePayment()['cancel_history'] as readonly object[])[0], [field]: value }
    expect(readOk({ cancel_history: [entry] }).cancels).toMatchObject([expected])
  })

  const odd = [null, '', 'x', -1, 0.5, true, [], [{}], {}, { amount: 1 }]
  it.each([
    'channel',
    'emb_pg_provider',
    'pg_id',
    'apply_num',
    'bank_code',
    'bank_name',
    'card_code',
    'card_name',
    'card_issuer_code',
    'card_issuer_name',
    'card_publisher_code',
    'card_publisher_name',
    'card_quota',
    'card_number',
    'card_type',
    'vbank_code',
    'vbank_name',
    'vbank_num',
    'vbank_holder',
    'vbank_date',
    'vbank_issued_at',
    'buyer_email',
    'buyer_tel',
    'buyer_addr',
    'buyer_postcode',
    'custom_data',
    'user_agent',
    'started_at',
    'failed_at',
    'cancelled_at',
    'fail_reason',
    'cancel_reason',
    'receipt_url',
    'deposit_history',
    'cancel_receipt_urls',
    'cash_receipt_issued',
    'customer_uid',
    'customer_uid_usage',
  ])('passes over %s, whatever stands in it', (field) => {
    for (const value of odd) expect(readOk({ [field]: value })).toEqual(readOk())
  })

  it('passes over receipt_url of a cancel, whatever stands in it', () => {
    const [entry] = wirePayment()['cancel_history'] as readonly object[]
    for (const receipt_url of odd) expect(readOk({ cancel_history: [{ ...entry, receipt_url }] })).toEqual(readOk())
  })

  it.each([
    ['card', 'card'],
    ['trans', 'transfer'],
    ['vbank', 'virtual-account'],
    ['phone', 'mobile'],
    ['kakaopay', 'easy-pay'],
    ['naverpay', 'easy-pay'],
    ['payco', 'easy-pay'],
    ['cultureland', 'other'],
    ['brand_new', 'other'],
    ['constructor', 'other'],
    [null, 'other'],
  ])('paid by %j is a payment by %s', (payMethod, method) => {
    expect(readOk({ pay_method: payMethod }).method).toBe(method)
  })

  it.each([
    ['cancelled', 'cancelled'],
    ['brand_new', 'ready'],
  ])('with the status %s counts as %s', (status, ours) => {
    expect(readOk({ status }).status).toBe(ours)
  })

  it('has not been paid when its time is 0 or missing', () => {
    expect(readOk({ paid_at: 0 }).paidAtMs).toBeNull()
    expect(readOk({ paid_at: null }).paidAtMs).toBeNull()
  })

  it('may tell numbers as text', () => {
    expect(readOk({ amount: '30000', cancel_amount: '10000.00', paid_at: '1795000000' })).toMatchObject({
      paid: 30_000,
      cancelledTotal: 10_000,
      paidAtMs: 1_795_000_000_000,
    })
    expect(readOk({ amount: 1e4 }).paid).toBe(10_000)
  })

  it('may have no history and new fields', () => {
    expect(readOk({ cancel_history: null, brand_new: { deep: [1] } }).cancels).toEqual([])
    expect(readOk({ cancel_history: undefined, buyer_name: 42, pg_tid: { odd: true } })).toMatchObject({
      buyerName: '42',
      pgTransactionKey: null,
    })
  })

  it('keeps a difference between sum and list for others to judge', () => {
    expect(readOk({ cancel_amount: 12_345 })).toMatchObject({ cancelledTotal: 12_345, cancels: [{ amount: 10_000 }] })
  })

  it('shows the whole part of other currencies, and takes a missing currency for another one', () => {
    expect(readOk({ currency: 'USD', amount: 12.99, cancel_amount: 0, cancel_history: [] })).toMatchObject({
      currency: 'USD',
      paid: 12,
    })
    expect(readOk({ currency: undefined }).currency).not.toBe('KRW')
  })

  it.each([
    [{ id: 'promotion-id-1', discount: 1000 }, true],
    [{}, false],
    [null, false],
  ])('with the promotion %j is marked %s', (promotion, marked) => {
    expect(readOk({ promotion }).promotion).toBe(marked)
  })

  it.each([{ amount: 1000.5 }, { cancel_amount: 0.5 }, { cancel_history: [{ amount: 0.1, cancelled_at: 1 }] }])(
    'is odd when won are not whole: %j',
    (changes) => {
      expect(read(changes)).toMatchObject({ ok: false, problem: { code: 'pg-odd-answer' } })
    },
  )

  it.each<[string, Record<string, unknown>]>([
    ['no key', { imp_uid: undefined }],
    ['a key with a blank', { imp_uid: 'imp 1' }],
    ['no amount', { amount: null }],
    ['an amount in words', { amount: '12,000' }],
    ['an amount with an exponent in text', { amount: '1e4' }],
    ['an empty amount', { amount: '' }],
    ['a negative amount', { amount: -1 }],
    ['a huge amount', { amount: 1e15 }],
    ['an amount that is a list', { amount: [1] }],
    ['a time in milliseconds', { paid_at: 1_795_000_000_000 }],
    ['a broken time', { paid_at: 1.5 }],
    ['a history that is no list', { cancel_history: { 0: {} } }],
    ['a cancel without an amount', { cancel_history: [{ reason: 'x' }] }],
    ['an unreadable escrow flag', { escrow: 'maybe' }],
    ['no status', { status: null }],
  ])('is not read with %s', (_what, changes) => {
    expect(read(changes)).toBeNull()
  })

  it('cannot reach the prototypes of this program', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as Record<
      string,
      unknown
    >
    expect(readOk({ ...hostile, promotion: hostile }).promotion).toBe(true)
    parseWith(PaymentSchema, JSON.parse(`{"__proto__":{"polluted":1},${JSON.stringify(wirePayment()).slice(1)}`))
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('is either whole won or not read at all, whatever stands in it', () => {
    const any = fc.oneof(fc.jsonValue(), fc.integer(), fc.double(), fc.constantFrom('1', '1e4', '0x10', ' 1', '１'))
    fc.assert(
      fc.property(any, any, any, (amount, cancelAmount, history) => {
        const result = read({ amount, cancel_amount: cancelAmount, cancel_history: history })
        if (result?.ok !== true) return
        const { paid, cancelledTotal, cancels } = result.value
        for (const value of [paid, cancelledTotal, ...cancels.map((cancel) => cancel.amount)]) {
          expect(Number.isSafeInteger(value) && value >= 0).toBe(true)
        }
      }),
    )
  })
})
