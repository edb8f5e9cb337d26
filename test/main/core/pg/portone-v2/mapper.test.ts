import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKnownProvider } from '../../../../../src/domain/pg-rules/rule-book'
import { readPayment, readPayments, type Scope } from '../../../../../src/main/core/pg/portone-v2/mapper'
import { providerOf } from '../../../../../src/main/core/pg/portone-v2/providers'
import { createStoreWatch } from '../../../../../src/main/core/pg/portone-v2/stores'
import { CHANNEL, TAG } from '../support'
import { hasOfficial, schemaOf } from './openapi'
import { CANCELLATION, PAYMENT, STORE, wireAmount, wireCancellation, wirePayment } from './support'

const scope = (changes: Partial<Scope> = {}): Scope => ({
  channelId: CHANNEL,
  isOurStore: createStoreWatch(''),
  includeTest: true,
  ...changes,
})
const read = (changes: Record<string, unknown> = {}) => readPayment(wirePayment(changes), scope())
const readOk = (changes: Record<string, unknown> = {}) => {
  const result = read(changes)
  return (result.ok ? result.value : null) ?? expect.fail('the payment was not read')
}
const cancelOf = (changes: Record<string, unknown>) =>
  readOk({ cancellations: [wireCancellation(changes)] }).cancels[0] ?? expect.fail('no cancel')

describe('a payment of PortOne V2', () => {
  it('is read into our words', () => {
    expect(readOk()).toEqual({
      channelId: 'ch1',
      paymentId: `ch1:${PAYMENT}`,
      pgKey: PAYMENT,
      orderNo: PAYMENT,
      method: 'card',
      provider: 'kcp',
      pgTransactionKey: 'kcp-1',
      status: 'paid',
      currency: 'KRW',
      paid: 30_000,
      cancelledTotal: 10_000,
      cancels: [
        {
          cancelKey: CANCELLATION,
          pgTransactionKey: 'pg-cancel-1',
          amount: 10_000,
          cancelledAtMs: Date.parse('2026-11-21T05:00:01.123Z'),
          reason: `${TAG} 고객 변심`,
        },
      ],
      requested: [],
      paidAtMs: Date.parse('2026-11-20T05:00:00Z'),
      buyerName: '김가온',
      productName: '드립 커피',
      escrow: false,
      sandbox: false,
      promotion: false,
    })
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['id', { id: 'ORD-2' }, { pgKey: 'ORD-2', orderNo: 'ORD-2', paymentId: 'ch1:ORD-2' }],
    ['status', { status: 'CANCELLED' }, { status: 'cancelled' }],
    ['method.type', { method: { type: 'PaymentMethodTransfer' } }, { method: 'transfer' }],
    ['channel.pgProvider', { channel: { type: 'LIVE', pgProvider: 'KSNET' } }, { provider: 'ksnet' }],
    ['channel.type', { channel: { type: 'TEST', pgProvider: 'KCP_V2' } }, { sandbox: true }],
    ['orderName', { orderName: '머그컵' }, { productName: '머그컵' }],
    ['amount.total', { amount: wireAmount({ total: 40_000 }) }, { paid: 40_000 }],
    ['amount.discount', { amount: wireAmount({ discount: 1 }) }, { promotion: true }],
    ['amount.cancelled', { amount: wireAmount({ cancelled: 12_345 }) }, { cancelledTotal: 12_345 }],
    ['currency', { currency: 'JPY' }, { currency: 'JPY', paid: 30_000 }],
    ['customer.name', { customer: { name: '나무' } }, { buyerName: '나무' }],
    ['promotionId', { promotionId: 'promotion-1' }, { promotion: true }],
    ['escrow', { escrow: { status: 'REGISTERED' } }, { escrow: true }],
    ['paidAt', { paidAt: '2026-11-20T00:00:00.5Z' }, { paidAtMs: Date.parse('2026-11-20T00:00:00.5Z') }],
    ['pgTxId', { pgTxId: 'kcp-2' }, { pgTransactionKey: 'kcp-2' }],
    ['cancellations', { cancellations: [] }, { cancels: [] }],
  ])('tells by %s what it says', (_field, changes, expected) => {
    expect(readOk(changes)).toMatchObject(expected)
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['id', { id: 'c-2' }, { cancelKey: 'c-2' }],
    ['pgCancellationId', { pgCancellationId: 'pg-2' }, { pgTransactionKey: 'pg-2' }],
    ['totalAmount', { totalAmount: 1 }, { amount: 1 }],
    ['reason', { reason: '다른 사유' }, { reason: '다른 사유' }],
    ['cancelledAt', { cancelledAt: '2026-11-22T00:00:00Z' }, { cancelledAtMs: Date.parse('2026-11-22T00:00:00Z') }],
    [
      'requestedAt',
      { cancelledAt: undefined, requestedAt: '2026-11-23T00:00:00Z' },
      { cancelledAtMs: Date.parse('2026-11-23T00:00:00Z') },
    ],
  ])('tells by %s of a cancel what it says', (_field, changes, expected) => {
    expect(cancelOf(changes)).toMatchObject(expected)
  })

  const anything = [undefined, null, '', 'x', -1, 0.5, true, [], [{}], {}, { type: 1 }]
  it.each([
    'transactionId',
    'merchantId',
    'channelGroup',
    'scheduleId',
    'billingKey',
    'webhooks',
    'requestedAt',
    'updatedAt',
    'statusChangedAt',
    'origin',
    'isCulturalExpense',
    'products',
    'productCount',
    'customData',
    'country',
    'pgResponse',
    'cashReceipt',
    'cashReceiptIssuanceStatus',
    'receiptUrl',
    'disputes',
    'cancelledAt',
  ])('passes over %s, whatever stands in it', (field) => {
    for (const value of anything) expect(readOk({ [field]: value })).toEqual(readOk())
  })

  it.each([
    ['amount', 'taxFree'],
    ['amount', 'vat'],
    ['amount', 'supply'],
    ['amount', 'paid'],
    ['amount', 'cancelledTaxFree'],
    ['channel', 'id'],
    ['channel', 'key'],
    ['channel', 'name'],
    ['channel', 'pgMerchantId'],
    ['customer', 'id'],
    ['customer', 'birthYear'],
    ['customer', 'birthMonth'],
    ['customer', 'birthDay'],
    ['customer', 'gender'],
    ['customer', 'email'],
    ['customer', 'phoneNumber'],
    ['customer', 'address'],
    ['customer', 'zipcode'],
  ])('passes over %s.%s, whatever stands in it', (place, field) => {
    const part = wirePayment()[place] as object
    for (const value of anything) expect(readOk({ [place]: { ...part, [field]: value } })).toEqual(readOk())
  })

  it.each(['taxFreeAmount', 'vatAmount', 'easyPayDiscountAmount', 'receiptUrl', 'trigger'])(
    'passes over %s of a cancel, whatever stands in it',
    (field) => {
      for (const value of anything) expect(cancelOf({ [field]: value })).toEqual(cancelOf({}))
    },
  )

  it.each([
    ['SUCCEEDED', 1],
    ['FAILED', 0],
    ['REQUESTED', 0],
    ['BRAND_NEW', 0],
  ])('counts a cancel with the status %s %i times', (status, times) => {
    expect(readOk({ cancellations: [wireCancellation({ status })] }).cancels).toHaveLength(times)
  })

  it('shows a cancel with the status REQUESTED as asked for, and no other', () => {
    const of = (status: string) => readOk({ cancellations: [wireCancellation({ status })] }).requested
    expect(of('REQUESTED')).toMatchObject([{ cancelKey: CANCELLATION, amount: 10_000 }])
    for (const status of ['SUCCEEDED', 'FAILED', 'BRAND_NEW']) expect(of(status)).toEqual([])
  })

  it.each([
    ['PaymentMethodCard', 'card'],
    ['PaymentMethodTransfer', 'transfer'],
    ['PaymentMethodVirtualAccount', 'virtual-account'],
    ['PaymentMethodMobile', 'mobile'],
    ['PaymentMethodEasyPay', 'easy-pay'],
    ['PaymentMethodGiftCertificate', 'other'],
    ['PaymentMethodConvenienceStore', 'other'],
    ['PaymentMethodCrypto', 'other'],
    ['constructor', 'other'],
  ])('paid by %s is a payment by %s', (type, method) => {
    expect(readOk({ method: { type } }).method).toBe(method)
  })

  it.each([
    ['READY', 'ready'],
    ['PENDING', 'ready'],
    ['PAY_PENDING', 'ready'],
    ['VIRTUAL_ACCOUNT_ISSUED', 'ready'],
    ['PAID', 'paid'],
    ['PARTIAL_CANCELLED', 'paid'],
    ['CANCELLED', 'cancelled'],
    ['FAILED', 'failed'],
    ['BRAND_NEW', 'ready'],
  ])('with the status %s counts as %s', (status, ours) => {
    expect(readOk({ status }).status).toBe(ours)
  })

  it('may not have been paid, and lack all that comes later', () => {
    const bare = {
      method: undefined,
      channel: undefined,
      paidAt: undefined,
      pgTxId: undefined,
      cancellations: undefined,
    }
    expect(readOk({ ...bare, status: 'READY', customer: {} })).toMatchObject({
      method: 'other',
      provider: '',
      paidAtMs: null,
      pgTransactionKey: null,
      cancels: [],
      buyerName: '',
    })
  })

  it('keeps a difference between sum and list for others to judge', () => {
    expect(readOk({ amount: wireAmount({ cancelled: 1 }) })).toMatchObject({
      cancelledTotal: 1,
      cancels: [{ amount: 10_000 }],
    })
  })

  it.each([
    ['USD', 1299, 12],
    ['JPY', 1299, 1299],
    ['KWD', 12_999, 12],
    ['not a currency', 1299, 12],
  ])('shows the whole part of other currencies: %s', (currency, total, shown) => {
    expect(readOk({ currency, amount: wireAmount({ total }) })).toMatchObject({ currency, paid: shown })
  })

  it.each<[string, Record<string, unknown>]>([
    ['no key', { id: undefined }],
    ['an empty key', { id: '' }],
    ['a key with a line break', { id: 'a\nb' }],
    ['a key that names another path', { id: '..' }],
    ['a key that is too long', { id: 'i'.repeat(61) }],
    ['no store', { storeId: null }],
    ['no version', { version: undefined }],
    ['no status', { status: null }],
    ['no currency', { currency: undefined }],
    ['no amounts', { amount: undefined }],
    ['no total', { amount: wireAmount({ total: undefined }) }],
    ['no cancelled total', { amount: wireAmount({ cancelled: undefined }) }],
    ['no discount', { amount: wireAmount({ discount: undefined }) }],
    ['an amount in text', { amount: wireAmount({ total: '30000' }) }],
    ['half a won', { amount: wireAmount({ total: 1000.5 }) }],
    ['a negative amount', { amount: wireAmount({ cancelled: -1 }) }],
    ['a huge amount', { amount: wireAmount({ total: 1e15 }) }],
    ['a time without a zone', { paidAt: '2026-11-20T05:00:00' }],
    ['a time that is none', { paidAt: '2026-13-40T05:00:00Z' }],
    ['a time before there was a PG', { paidAt: '1969-12-31T23:59:59Z' }],
    ['a time in a far future', { paidAt: '2300-01-01T00:00:00Z' }],
    ['a time in seconds', { paidAt: 1_795_000_000 }],
    ['a history that is no list', { cancellations: { 0: {} } }],
    ['a cancel without an amount', { cancellations: [wireCancellation({ totalAmount: undefined })] }],
    ['a cancel without a key', { cancellations: [wireCancellation({ id: '' })] }],
    ['a cancel without a status', { cancellations: [wireCancellation({ status: undefined })] }],
    ['a cancel without a time', { cancellations: [wireCancellation({ requestedAt: undefined })] }],
  ])('is not read with %s, nor is its page', (_what, changes) => {
    expect(read(changes)).toMatchObject({ ok: false, problem: { code: 'pg-odd-answer' } })
    expect(readPayments([wirePayment(), wirePayment(changes)], scope())).toMatchObject({ ok: false })
  })

  it('of V1 is left out, whatever else stands in it', () => {
    expect(readPayments([{ version: 'V1', id: 7 }, wirePayment()], scope())).toMatchObject({
      value: [{ pgKey: PAYMENT }],
    })
  })

  it('over a test channel is shown only where it may be', () => {
    const test = wirePayment({ channel: { type: 'TEST', pgProvider: 'KCP_V2' } })
    expect(readPayment(test, scope())).toMatchObject({ ok: true, value: { sandbox: true } })
    expect(readPayment(test, scope({ includeTest: false }))).toEqual({ ok: true, value: null })
  })

  it('of another store is never mixed in', () => {
    const other = wirePayment({ storeId: 'store-2' })
    const odd = { ok: false, problem: { code: 'pg-odd-answer', values: { what: 'several-stores' } } }
    expect(readPayments([other], scope({ isOurStore: createStoreWatch(STORE) }))).toMatchObject(odd)
    expect(readPayments([wirePayment()], scope({ isOurStore: createStoreWatch(STORE) }))).toMatchObject({ ok: true })
    expect(readPayments([wirePayment(), other], scope())).toMatchObject(odd)
    expect(readPayments([other, other], scope())).toMatchObject({ ok: true })
  })

  it('cannot reach the prototypes of this program', () => {
    const text = `{"__proto__":{"polluted":1},${JSON.stringify(wirePayment()).slice(1)}`
    expect(readPayment(JSON.parse(text), scope())).toMatchObject({ ok: true })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('is either whole won or not read at all, whatever stands in it', () => {
    const any = fc.oneof(fc.jsonValue(), fc.integer(), fc.double(), fc.constantFrom('1', '1e4', '１'))
    fc.assert(
      fc.property(any, any, any, (total, cancelled, totalAmount) => {
        const result = read({
          amount: wireAmount({ total, cancelled }),
          cancellations: [wireCancellation({ totalAmount })],
        })
        if (!result.ok || result.value === null) return
        const { paid, cancelledTotal, cancels } = result.value
        for (const value of [paid, cancelledTotal, ...cancels.map((cancel) => cancel.amount)]) {
          expect(Number.isSafeInteger(value) && value >= 0).toBe(true)
        }
      }),
    )
  })
})

describe('a PG of PortOne V2', () => {
  it.each([
    ['INICIS_V2', 'html5_inicis'],
    ['KCP_V2', 'kcp'],
    ['KICC_V2', 'kicc'],
    ['MOBILIANS_V2', 'mobilians'],
    ['EXIMBAY_V2', 'eximbay'],
    ['TOSSPAY_V2', 'tosspay'],
    ['NICE_V2', 'nice_v2'],
    ['SMARTRO_V2', 'smartro_v2'],
    ['PAYPAL_V2', 'paypal_v2'],
    ['TOSSPAYMENTS', 'tosspayments'],
    ['KAKAOPAY', 'kakaopay'],
  ])('%s has the rules of %s', (pgProvider, key) => {
    expect(providerOf(pgProvider)).toBe(key)
    expect(isKnownProvider('portone-v2', key)).toBe(true)
  })

  it.each(['HYPHEN', 'INICIS_JP', 'TRIPLE_A', 'BRAND_NEW'])('%s has none', (pgProvider) => {
    expect(providerOf(pgProvider)).toBe(pgProvider.toLowerCase())
    expect(isKnownProvider('portone-v2', providerOf(pgProvider))).toBe(false)
  })

  it.skipIf(!hasOfficial)('has rules by its own name where the rule book has that name', () => {
    const names = (schemaOf('PgProvider').enum ?? []).map(String)
    const known = names.filter((name) => isKnownProvider('portone-v2', providerOf(name)))
    expect(known.length).toBeGreaterThan(30)
    expect(names).toEqual(
      expect.arrayContaining(['INICIS_V2', 'KCP_V2', 'KICC_V2', 'MOBILIANS_V2', 'EXIMBAY_V2', 'TOSSPAY_V2']),
    )
  })
})
