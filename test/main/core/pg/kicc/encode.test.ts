import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KiccOptions } from '../../../../../src/domain/channel-options'
import { refundAmount, won, WON_MAX } from '../../../../../src/domain/money'
import type { CancelIntent } from '../../../../../src/main/core/pg/gateway'
import { encodeCancel } from '../../../../../src/main/core/pg/kicc/encode'
import { ACCOUNT, anIntent, bodyOf, FULL, kstDay, MALL, REAL_TIME, settings, TAG } from './support'

const item = (n: number) => ({ itemKey: `2611271000000000010${n}`, sellerId: `판매자${n}` })

describe('the body of a refund', () => {
  it('is exactly these bytes, and no proof of the sender is among them', () => {
    const intent = anIntent({
      pgTransactionKey: '26112710000000000777',
      taxFree: won(1_000),
      vat: won(818),
      basket: [item(1), item(2)],
    })
    const set = settings({ complexTax: true, operatorId: 'refund-admin' })
    expect(encodeCancel(intent, set, '203.0.113.7').body).toBe(
      `{"mallId":"T0001234","shopTransactionId":"${TAG}-20261127","pgCno":"26112710000000000777",` +
        '"reviseTypeCode":"62","reviseSubTypeCode":"RF01","amount":10000,"remainAmount":30000,' +
        '"clientIp":"203.0.113.7","clientId":"refund-admin","cancelReqDate":"20261127",' +
        `"reviseMessage":"${TAG} 고객 변심","refundInfo":{"refundBankCode":"088","refundAccountNo":"99901234567890",` +
        '"refundDepositName":"나예금","depositPgCno":"26112710000000000001"},' +
        '"taxInfo":{"taxationAmount":8182,"taxFreeAmount":1000,"vatAmount":818},"basketUsed":"Y",' +
        '"basketInfo":[{"productPgCno":"26112710000000000101","sellerId":"판매자1"},' +
        '{"productPgCno":"26112710000000000102","sellerId":"판매자2"}]}',
    )
  })

  it('mallId is the merchant of the channel', () => {
    expect(bodyOf()['mallId']).toBe(MALL)
    expect(bodyOf({}, { merchantId: 'T9999999' })['mallId']).toBe('T9999999')
  })

  it('shopTransactionId is the tag and the day, another one on another day', () => {
    expect(bodyOf()['shopTransactionId']).toBe(`${TAG}-20261127`)
    expect(bodyOf({ requestedOn: kstDay('2026-11-28') })['shopTransactionId']).toBe(`${TAG}-20261128`)
    expect(bodyOf({ tag: 'RD00000000' })['shopTransactionId']).toBe('RD00000000-20261127')
  })

  it('pgCno is the payment, of a deposit the number of the account issue', () => {
    expect(bodyOf()['pgCno']).toBe('26112710000000000001')
    expect(bodyOf({ pgTransactionKey: '26112710000000000777' })['pgCno']).toBe('26112710000000000777')
  })

  it('depositPgCno is the deposit, and only where the issue has a number of its own', () => {
    expect(bodyOf()['refundInfo']).not.toHaveProperty('depositPgCno')
    expect(bodyOf({ pgTransactionKey: '26112710000000000777' })['refundInfo']).toMatchObject({
      depositPgCno: '26112710000000000001',
    })
  })

  it.each<[string, Partial<CancelIntent>, Partial<KiccOptions>, string, string]>([
    ['a part out of the settlement', {}, {}, '62', 'RF01'],
    ['all out of the settlement', FULL, {}, '60', 'RF01'],
    ['a part at once, KICC checks the account', {}, REAL_TIME, '63', '11'],
    ['all at once, KICC checks the account', FULL, REAL_TIME, '63', '10'],
    ['a part at once, the merchant checked', {}, { ...REAL_TIME, accountCheck: 'by-merchant' }, '63', '21'],
    ['all at once, the merchant checked', FULL, { ...REAL_TIME, accountCheck: 'by-merchant' }, '63', '20'],
    ['the rest of a payment', { amount: refundAmount(30_000) }, {}, '62', 'RF01'],
    ['the rest at once', { amount: refundAmount(30_000) }, REAL_TIME, '63', '11'],
    ['the preferred of two services', {}, { services: ['settlement', 'real-time'] }, '62', 'RF01'],
    ['a mobile payment', { ...FULL, method: 'mobile' }, {}, '60', 'RF01'],
  ])('reviseTypeCode and reviseSubTypeCode are those of %s', (_what, changes, set, type, subType) => {
    expect(bodyOf(changes, set)).toMatchObject({ reviseTypeCode: type, reviseSubTypeCode: subType })
  })

  it('amount is always there in a part, by either service', () => {
    expect(bodyOf()['amount']).toBe(10_000)
    expect(bodyOf({}, REAL_TIME)['amount']).toBe(10_000)
    expect(bodyOf({}, { ...REAL_TIME, accountCheck: 'by-merchant' })['amount']).toBe(10_000)
  })

  it('amount of a full refund is there where the channel is set to', () => {
    expect(bodyOf(FULL)['amount']).toBe(51_004)
    expect(bodyOf(FULL, { fullAmount: 'omit' })).not.toHaveProperty('amount')
    expect(bodyOf(FULL, { ...REAL_TIME, fullAmount: 'send' })['amount']).toBe(51_004)
  })

  it('remainAmount is the balance before, after, or not there, as set, and only in a part', () => {
    expect(bodyOf()['remainAmount']).toBe(30_000)
    expect(bodyOf({}, { remainingAmount: 'after' })['remainAmount']).toBe(20_000)
    expect(bodyOf({}, { remainingAmount: 'omit' })).not.toHaveProperty('remainAmount')
    expect(bodyOf(FULL)).not.toHaveProperty('remainAmount')
  })

  it('clientIp is there when it fits', () => {
    expect(bodyOf({}, {}, '203.0.113.7')['clientIp']).toBe('203.0.113.7')
    expect(bodyOf({}, {}, '2001:db8:85a3::370:34')).not.toHaveProperty('clientIp')
    expect(bodyOf({}, {}, '2001:db8:85a3::370:3')['clientIp']).toBe('2001:db8:85a3::370:3')
    expect(bodyOf({}, {}, null)).not.toHaveProperty('clientIp')
    expect(bodyOf({}, {}, '')).not.toHaveProperty('clientIp')
  })

  it('clientId is the operator, not there without one or with one that KICC would refuse', () => {
    expect(bodyOf({}, { operatorId: 'refund-admin' })['clientId']).toBe('refund-admin')
    expect(bodyOf()).not.toHaveProperty('clientId')
    expect(bodyOf({}, { operatorId: 'a&b' })).not.toHaveProperty('clientId')
  })

  it('cancelReqDate is the day on which the attempt was prepared', () => {
    expect(bodyOf()['cancelReqDate']).toBe('20261127')
    expect(bodyOf({ requestedOn: kstDay('2026-12-01') })['cancelReqDate']).toBe('20261201')
  })

  it('reviseMessage is the tag and the reason, at most 100 bytes', () => {
    expect(bodyOf()['reviseMessage']).toBe(`${TAG} 고객 변심`)
    expect(bodyOf({ reason: '' })['reviseMessage']).toBe(TAG)
    expect(Buffer.byteLength(String(bodyOf({ reason: '가'.repeat(60) })['reviseMessage']))).toBeLessThanOrEqual(100)
  })

  it('refundBankCode, refundAccountNo and refundDepositName are the account, of a mobile payment as well', () => {
    const account = { refundBankCode: '088', refundAccountNo: ACCOUNT.accountNo, refundDepositName: ACCOUNT.holder }
    expect(bodyOf()['refundInfo']).toEqual(account)
    expect(bodyOf({ method: 'mobile' })['refundInfo']).toEqual(account)
    expect(bodyOf({ account: { ...ACCOUNT, bank: '011' } })['refundInfo']).toMatchObject({ refundBankCode: '011' })
  })

  it('taxationAmount, taxFreeAmount and vatAmount together are the amount, where the merchant states them', () => {
    const parts = { taxFree: won(1_000), vat: won(818) }
    expect(bodyOf(parts, { complexTax: true })['taxInfo']).toEqual({
      taxationAmount: 8_182,
      taxFreeAmount: 1_000,
      vatAmount: 818,
    })
    expect(bodyOf({ taxFree: won(10_000), vat: won(0) }, { complexTax: true })['taxInfo']).toEqual({
      taxationAmount: 0,
      taxFreeAmount: 10_000,
      vatAmount: 0,
    })
    expect(bodyOf(parts)).not.toHaveProperty('taxInfo')
  })

  it('basketUsed and basketInfo (productPgCno, sellerId) are the goods, one as an object and several as a list', () => {
    const one = { productPgCno: '26112710000000000101', sellerId: '판매자1' }
    expect(bodyOf({ basket: [item(1)] })).toMatchObject({ basketUsed: 'Y', basketInfo: one })
    expect(bodyOf({ basket: [item(1), item(2)] })['basketInfo']).toEqual([
      one,
      { productPgCno: '26112710000000000102', sellerId: '판매자2' },
    ])
    expect(bodyOf()).not.toHaveProperty('basketUsed')
    expect(bodyOf()).not.toHaveProperty('basketInfo')
  })

  it('takes fields up to their edges', () => {
    const account = { ...ACCOUNT, accountNo: '1'.repeat(14), holder: `${'가'.repeat(16)}ab` }
    expect(bodyOf({ account, amount: refundAmount(1), pgKey: '1'.repeat(20) })).toMatchObject({
      amount: 1,
      pgCno: '1'.repeat(20),
      refundInfo: { refundAccountNo: account.accountNo, refundDepositName: account.holder },
    })
    expect(bodyOf({ basket: [{ itemKey: '1'.repeat(20), sellerId: 's'.repeat(50) }] })).toHaveProperty('basketInfo')
  })

  // The types forbid many of these; the encoder is the last gate before money moves and does not rely on them.
  const unsafe = (value: unknown) => value as never
  it.each<[string, Partial<CancelIntent>, Partial<KiccOptions>?]>([
    ['an amount of 0', { amount: unsafe(0) }],
    ['a negative amount', { amount: unsafe(-1) }],
    ['a broken amount', { amount: unsafe(1000.5) }],
    ['an amount in text', { amount: unsafe('1000') }],
    ['no amount', { amount: unsafe(undefined) }],
    ['an amount beyond every limit', { amount: unsafe(WON_MAX + 1) }],
    ['no checksum', { checksum: unsafe(null) }],
    ['nothing paid', { paid: unsafe(0) }],
    ['more than the balance', { amount: refundAmount(30_001) }],
    ['a balance above what was paid', { checksum: refundAmount(51_005) }],
    ['a tag of someone else', { tag: 'XX12345678' }],
    ['no tag', { tag: '' }],
    ['an empty payment key', { pgKey: '' }],
    ['a payment key that is too long', { pgKey: '1'.repeat(21) }],
    ['a payment key with a blank', { pgKey: '1 2' }],
    ['an empty transaction key', { pgTransactionKey: '' }],
    ['a transaction key that is too long', { pgTransactionKey: '1'.repeat(21) }],
    ['a card', { method: 'card' }],
    ['a transfer', { method: 'transfer' }],
    ['an easy payment', { method: 'easy-pay' }],
    ['a method that nobody knows', { method: 'other' }],
    ['no account', { account: null }],
    ['a mobile payment without an account', { method: 'mobile', account: null }],
    ['a bank that KICC does not know', { account: { ...ACCOUNT, bank: '001' } }],
    ['an account of 15 digits', { account: { ...ACCOUNT, accountNo: '1'.repeat(15) } }],
    ['an account with hyphens', { account: { ...ACCOUNT, accountNo: '123-456' } }],
    ['an account with digits of another script', { account: { ...ACCOUNT, accountNo: '１２３４' } }],
    ['an empty account', { account: { ...ACCOUNT, accountNo: '' } }],
    ['a holder of 51 bytes', { account: { ...ACCOUNT, holder: '가'.repeat(17) } }],
    ['an empty holder', { account: { ...ACCOUNT, holder: '' } }],
    ['a holder with an apostrophe', { account: { ...ACCOUNT, holder: "O'Brien" } }],
    ['a holder with an emoji', { account: { ...ACCOUNT, holder: '나예금😀' } }],
    ['a line break in the reason', { reason: '변심\nx' }],
    ['a bracket in the reason', { reason: '변심 <b>' }],
    ['an ampersand in the reason', { reason: 'A&B' }],
    ['an emoji in the reason', { reason: '변심 ❤️' }],
    ['a day that is none', { requestedOn: unsafe('') }],
    ['goods without a number', { basket: [{ itemKey: '', sellerId: 's' }] }],
    ['goods whose number is too long', { basket: [{ itemKey: '1'.repeat(21), sellerId: 's' }] }],
    ['goods without a seller', { basket: [{ itemKey: '1', sellerId: '' }] }],
    ['a seller of 51 bytes', { basket: [{ itemKey: '1', sellerId: 's'.repeat(51) }] }],
    ['no service ordered', {}, { services: [] }],
    ['complex tax without its tax-free part', { vat: won(1) }, { complexTax: true }],
    ['complex tax without its VAT', { taxFree: won(1) }, { complexTax: true }],
    ['tax parts above the amount', { taxFree: won(10_000), vat: won(1) }, { complexTax: true }],
    ['a negative tax part', { taxFree: won(-1), vat: won(1) }, { complexTax: true }],
  ])('is not made with %s', (_what, changes, set) => {
    expect(() => bodyOf(changes, set)).toThrow()
  })

  it('does not tell the account or the holder in the error', () => {
    const accountNo = '9'.repeat(15)
    expect(() => bodyOf({ account: { ...ACCOUNT, accountNo } })).toThrow(/^(?!.*999).*refundAccountNo/)
    expect(() => bodyOf({ account: { ...ACCOUNT, holder: '나예금<' } })).toThrow(/^(?!.*나예금).*refundDepositName/)
  })

  const intents = fc.integer({ min: 1, max: 1_000_000_000 }).chain((amount) =>
    fc.integer({ min: amount, max: WON_MAX }).chain((checksum) =>
      fc
        .record({
          amount: fc.constant(refundAmount(amount)),
          checksum: fc.constant(refundAmount(checksum)),
          paid: fc.oneof(fc.constant(checksum), fc.integer({ min: checksum, max: WON_MAX })).map(refundAmount),
          method: fc.constantFrom('virtual-account' as const, 'mobile' as const),
          pgTransactionKey: fc.option(fc.stringMatching(/^[0-9]{20}$/)),
        })
        .map(anIntent),
    ),
  )
  const sets = fc
    .record({
      services: fc.constantFrom<KiccOptions['services']>(['settlement'], ['real-time'], ['settlement', 'real-time']),
      preferred: fc.constantFrom('settlement' as const, 'real-time' as const),
      accountCheck: fc.constantFrom('by-pg' as const, 'by-merchant' as const),
      remainingAmount: fc.constantFrom('before' as const, 'after' as const, 'omit' as const),
      fullAmount: fc.constantFrom('send' as const, 'omit' as const),
    })
    .map(settings)

  it('never has another code, and is full only while nothing was given back', () => {
    fc.assert(
      fc.property(intents, sets, (intent, set) => {
        const body = JSON.parse(encodeCancel(intent, set, null).body) as Record<string, unknown>
        const full = ['60 RF01', '63 10', '63 20'].includes(
          `${String(body['reviseTypeCode'])} ${String(body['reviseSubTypeCode'])}`,
        )
        expect(['60', '62', '63']).toContain(body['reviseTypeCode'])
        expect(full).toBe(intent.amount === intent.paid && intent.checksum === intent.paid)
        if (!full) expect(body['amount']).toBe(intent.amount)
      }),
    )
  })
})
