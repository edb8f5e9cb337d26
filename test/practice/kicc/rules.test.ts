import { describe, expect, it } from 'vitest'
import { DAY_MS, NOON_MS } from '../support'
import {
  ACCOUNT,
  aKiccPayment,
  aRevise,
  aSettlement,
  aSettlementPayment,
  atKst,
  DEPOSIT,
  OTHER,
  PG_CNO,
  startKicc,
  type Fields,
} from './support'

const SETTLED = { payments: [aSettlementPayment()] }

describe('who asks', () => {
  it('is one of the two MIDs', async () => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise())).toBe('0000')
    expect(await codeOf(aRevise({ mallId: 'T0000003' }))).toBe('PR04')
  })

  it('has the secret of that MID, and writes in lower case', async () => {
    const { codeOf, refunded } = await startKicc()
    const fields = aRevise()
    expect(await codeOf({ ...fields, msgAuthValue: String(fields['msgAuthValue']).toUpperCase() })).toBe('PR05')
    const other = aRevise({ mallId: 'T0000001', shopTransactionId: fields['shopTransactionId'] })
    expect(await codeOf({ ...fields, msgAuthValue: other['msgAuthValue'] })).toBe('PR05')
    expect(await codeOf({ ...fields, shopTransactionId: 'another' })).toBe('PR05')
    expect(refunded()).toBe(0)
    // None of them has used the key up.
    expect(await codeOf(fields)).toBe('0000')
  })

  it('sees the payments of that MID only', async () => {
    const { codeOf } = await startKicc({ payments: [aKiccPayment(), aSettlementPayment(OTHER)] })
    expect(await codeOf(aSettlement())).toBe('PR08')
    expect(await codeOf(aSettlement({ pgCno: OTHER.pgCno }))).toBe('0000')
    expect(await codeOf(aRevise({ pgCno: '29999999999999999999' }))).toBe('PR08')
  })

  it("must name the account's issue, not the deposit", async () => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise({ pgCno: DEPOSIT }))).toBe('PR08')
  })
})

describe('a key', () => {
  it('is good once, for a refusal too, and never replays the answer', async () => {
    const { revise, codeOf, refunded } = await startKicc()
    const fields = aRevise()
    expect(await codeOf(fields)).toBe('0000')
    const again = await revise(fields)
    expect(again.resCd).toBe('PR06')
    expect(again.body).not.toHaveProperty('cancelPgCno')
    expect(refunded()).toBe(10_000)
    const tooMuch = aRevise({ amount: 30_000 })
    expect(await codeOf(tooMuch)).toBe('PR13')
    expect(await codeOf({ ...tooMuch, amount: 1000 })).toBe('PR06')
  })

  it('lives to the last moment of its day in Seoul, and pays again on the next', async () => {
    const { codeOf, clock, refunded, alarms } = await startKicc({ atMs: atKst('2026-11-21T00:00:00') })
    const fields = aRevise()
    expect(await codeOf(fields)).toBe('0000')
    clock.set(atKst('2026-11-21T23:59:59.999'))
    expect(await codeOf(fields)).toBe('PR06')
    clock.set(atKst('2026-11-22T00:00:00'))
    expect(await codeOf(fields)).toBe('PR07')
    expect(alarms()).toEqual([])
    expect(await codeOf({ ...fields, cancelReqDate: '20261122' })).toBe('0000')
    expect(refunded()).toBe(20_000)
    expect(alarms()).toEqual(['key_of_another_day'])
  })

  it('of one MID is another one of the other', async () => {
    const { codeOf } = await startKicc({ payments: [aKiccPayment(), aSettlementPayment(OTHER)] })
    expect(await codeOf(aRevise({ shopTransactionId: 'same' }))).toBe('0000')
    expect(await codeOf(aSettlement({ shopTransactionId: 'same', pgCno: OTHER.pgCno }))).toBe('0000')
  })
})

describe('the day', () => {
  it.each([
    ['2026-11-20T23:59:59.999', 'PR07'],
    ['2026-11-21T00:00:00', '0000'],
    ['2026-11-21T23:59:59.999', '0000'],
    ['2026-11-22T00:00:00', 'PR07'],
  ])('of 21 November at %s in Seoul answers %s', async (time, code) => {
    const { codeOf } = await startKicc({ atMs: atKst(time) })
    expect(await codeOf(aRevise())).toBe(code)
  })

  it("goes by the PG's clock", async () => {
    const { codeOf } = await startKicc({ scenario: { clockSkewMs: DAY_MS } })
    expect(await codeOf(aRevise())).toBe('PR07')
    expect(await codeOf(aRevise({ cancelReqDate: '20261122' }))).toBe('0000')
  })
})

describe('types', () => {
  it.each(['40', '20', '32', '33', '51', '61'])('%s is refused and noted: it is no refund', async (reviseTypeCode) => {
    const { codeOf, alarms, refunded } = await startKicc()
    expect(await codeOf(aRevise({ reviseTypeCode }))).toBe('PR09')
    expect(alarms()).toEqual(['not_a_refund'])
    // Also where nothing else about it is right.
    await codeOf(aRevise({ reviseTypeCode, mallId: 'T0000009' }))
    expect(alarms()).toHaveLength(2)
    expect(refunded()).toBe(0)
  })

  it.each([
    ['60', 'RF01', '0000'],
    ['62', 'RF01', '0000'],
    ['60', '10', 'PR10'],
    ['62', '', 'PR10'],
    ['63', '11', 'PR11'],
  ])('%s with %j at the MID of settlement refunds answers %s', async (reviseTypeCode, reviseSubTypeCode, code) => {
    const { codeOf } = await startKicc(SETTLED)
    const amount = reviseTypeCode === '60' ? {} : { amount: 10_000 }
    expect(await codeOf(aSettlement({ reviseTypeCode, reviseSubTypeCode, amount: undefined, ...amount }))).toBe(code)
  })

  it.each([
    ['63', '10', '0000'],
    ['63', '11', '0000'],
    ['63', '20', '0000'],
    ['63', '21', '0000'],
    ['63', 'RF01', 'PR10'],
    ['63', '12', 'PR10'],
    ['60', 'RF01', 'PR11'],
    ['62', 'RF01', 'PR11'],
  ])('%s with %j at the MID of real-time refunds answers %s', async (reviseTypeCode, reviseSubTypeCode, code) => {
    const { codeOf } = await startKicc()
    const amount = reviseSubTypeCode.endsWith('0') ? undefined : 10_000
    expect(await codeOf(aRevise({ reviseTypeCode, reviseSubTypeCode, amount }))).toBe(code)
  })

  it('are for virtual accounts that were paid and for mobile payments, never for escrow', async () => {
    const of = async (changes: Parameters<typeof aKiccPayment>[0]) =>
      (await startKicc({ payments: [aKiccPayment(changes)] })).codeOf(aRevise())
    expect(await of({ method: '31', vbank: null, deposits: [] })).toBe('0000')
    expect(await of({ method: '11', vbank: null, deposits: [] })).toBe('PR16')
    expect(await of({ escrow: true })).toBe('PR15')
    expect(await of({ deposits: [] })).toBe('PR23')
  })
})

describe('amounts', () => {
  const full = { reviseSubTypeCode: '10', amount: undefined }

  it('are needed for a part, and stay within the balance', async () => {
    const { codeOf, refunded } = await startKicc()
    for (const reviseSubTypeCode of ['11', '21']) {
      expect(await codeOf(aRevise({ reviseSubTypeCode, amount: undefined }))).toBe('PR12')
      expect(await codeOf(aRevise({ reviseSubTypeCode, amount: 0 }))).toBe('PR12')
    }
    expect(await codeOf(aRevise({ amount: 30_001 }))).toBe('PR13')
    expect(await codeOf(aRevise({ amount: 29_999 }))).toBe('0000')
    expect(await codeOf(aRevise({ amount: 2 }))).toBe('PR13')
    expect(await codeOf(aRevise({ amount: 1 }))).toBe('0000')
    expect(await codeOf(aRevise({ amount: 1 }))).toBe('PR13')
    expect(refunded()).toBe(30_000)
    const settled = await startKicc(SETTLED)
    expect(await settled.codeOf(aSettlement({ amount: undefined }))).toBe('PR12')
  })

  it('of a full refund may be left out, but not be wrong', async () => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise({ ...full, amount: 29_999 }))).toBe('PR12')
    expect(await codeOf(aRevise({ ...full, amount: 30_001 }))).toBe('PR13')
    expect(await codeOf(aRevise({ ...full, amount: 30_000 }))).toBe('0000')
    const other = await startKicc()
    expect(await other.codeOf(aRevise(full))).toBe('0000')
    expect(other.refunded()).toBe(30_000)
    expect(await other.codeOf(aRevise(full))).toBe('PR13')
  })

  it('of a partly refunded payment are never asked for in full', async () => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise())).toBe('0000')
    expect(await codeOf(aRevise(full))).toBe('PR14')
    expect(await codeOf(aRevise({ amount: 20_000 }))).toBe('0000')
  })
})

describe('remainAmount', () => {
  const settled = (remainAmount: number | undefined, meaning?: 'before' | 'after' | 'ignore') =>
    startKicc({
      ...SETTLED,
      ...(meaning === undefined ? {} : { scenario: { kicc: { remainAmount: { T0000001: meaning } } } }),
    }).then(({ codeOf }) => codeOf(aSettlement({ remainAmount })))

  it('is what is left before the refund at T0000001, unless set otherwise', async () => {
    expect(await settled(30_000)).toBe('0000')
    expect(await settled(20_000)).toBe('PR18')
    expect(await settled(undefined)).toBe('0000')
    expect(await settled(20_000, 'after')).toBe('0000')
    expect(await settled(30_000, 'after')).toBe('PR18')
    expect(await settled(1, 'ignore')).toBe('0000')
  })

  it('is not looked at by T0000002, unless set otherwise', async () => {
    expect(await (await startKicc()).codeOf(aRevise({ remainAmount: 1 }))).toBe('0000')
    const scenario = { kicc: { remainAmount: { T0000002: 'after' } } } as const
    expect(await (await startKicc({ scenario })).codeOf(aRevise({ remainAmount: 1 }))).toBe('PR18')
  })

  it('follows the balance', async () => {
    const { codeOf } = await startKicc(SETTLED)
    expect(await codeOf(aSettlement({ remainAmount: 30_000 }))).toBe('0000')
    expect(await codeOf(aSettlement({ remainAmount: 30_000 }))).toBe('PR18')
    expect(await codeOf(aSettlement({ remainAmount: 20_000 }))).toBe('0000')
  })
})

describe('refund accounts', () => {
  it('are digits, at a bank of KICC', async () => {
    const { codeOf } = await startKicc()
    const of = (changes: Fields) => codeOf(aRevise({ amount: 1, refundInfo: { ...ACCOUNT, ...changes } }))
    for (const refundAccountNo of ['999-0000-0011', ' 9990000', '999O000', '９９９'])
      expect(await of({ refundAccountNo }), refundAccountNo).toBe('PR17')
    for (const refundBankCode of ['088', '026', '005', '092', '287'])
      expect(await of({ refundBankCode }), refundBankCode).toBe('0000')
    for (const refundBankCode of ['88', '8', '099', 'B88', '000'])
      expect(await of({ refundBankCode }), refundBankCode).toBe('PR17')
  })

  it('that end in 9913 fail the check of KICC, and pass where the merchant says he checked', async () => {
    const { codeOf } = await startKicc()
    const refundInfo = { ...ACCOUNT, refundAccountNo: '99900000009913' }
    expect(await codeOf(aRevise({ refundInfo }))).toBe('PR22')
    expect(await codeOf(aRevise({ refundInfo, reviseSubTypeCode: '10', amount: undefined }))).toBe('PR22')
    expect(await codeOf(aRevise({ refundInfo, reviseSubTypeCode: '21' }))).toBe('0000')
  })
})

describe('deposits', () => {
  const SECOND = '30000000000000000009'
  const twice = aKiccPayment({
    deposits: [
      { pgCno: DEPOSIT, amount: 20_000, atMs: NOON_MS - DAY_MS },
      { pgCno: SECOND, amount: 10_000, atMs: NOON_MS - DAY_MS },
    ],
  })
  const to = (depositPgCno: string | undefined, changes: Fields = {}) =>
    aRevise({ refundInfo: { ...ACCOUNT, depositPgCno }, ...changes })

  it('must be named where there are several, and have a balance each', async () => {
    const { codeOf, books, refunded } = await startKicc({ payments: [twice] })
    expect(await codeOf(to(undefined))).toBe('PR19')
    expect(await codeOf(to(PG_CNO))).toBe('PR19')
    expect(await codeOf(to(SECOND, { amount: 10_001 }))).toBe('PR13')
    expect(await codeOf(to(SECOND, { amount: 10_000 }))).toBe('0000')
    expect(await codeOf(to(SECOND, { amount: 1 }))).toBe('PR13')
    // The other one is whole, so it can still be given back in full.
    expect(await codeOf(to(DEPOSIT, { reviseSubTypeCode: '10', amount: undefined }))).toBe('0000')
    expect(refunded()).toBe(30_000)
    expect(books.kicc.refunds().map(({ depositPgCno, amount }) => [depositPgCno, amount])).toEqual([
      [SECOND, 10_000],
      [DEPOSIT, 20_000],
    ])
  })

  it('may be left out where there is one, but not be another', async () => {
    const { codeOf } = await startKicc()
    expect(await codeOf(to(undefined))).toBe('0000')
    expect(await codeOf(to(DEPOSIT))).toBe('0000')
    expect(await codeOf(to(SECOND))).toBe('PR19')
  })

  it('do not exist for mobile payments', async () => {
    const { codeOf } = await startKicc({ payments: [aKiccPayment({ method: '31', vbank: null, deposits: [] })] })
    expect(await codeOf(to(DEPOSIT))).toBe('PR19')
    expect(await codeOf(to(undefined))).toBe('0000')
  })
})

describe('complex tax', () => {
  const mixed = { payments: [aKiccPayment({ tax: { taxation: 10_000, taxFree: 19_000, vat: 1000 } })] }
  const parts = (taxationAmount: number, taxFreeAmount: number, vatAmount: number) => ({
    taxInfo: { taxationAmount, taxFreeAmount, vatAmount },
  })

  it('must be said where the payment has it, and add up', async () => {
    const { codeOf } = await startKicc(mixed)
    expect(await codeOf(aRevise())).toBe('PR20')
    expect(await codeOf(aRevise(parts(5000, 4501, 500)))).toBe('PR20')
    expect(await codeOf(aRevise(parts(5000, 4499, 500)))).toBe('PR20')
    expect(await codeOf(aRevise({ taxInfo: { taxationAmount: 5000, taxFreeAmount: 5000 } }))).toBe('PR02')
    expect(await codeOf(aRevise(parts(5000, 4500, 500)))).toBe('0000')
  })

  it('fits what is left of each part', async () => {
    const { codeOf } = await startKicc(mixed)
    expect(await codeOf(aRevise(parts(9000, 0, 1000)))).toBe('0000')
    expect(await codeOf(aRevise(parts(1001, 8999, 0)))).toBe('PR20')
    expect(await codeOf(aRevise(parts(1000, 8999, 1)))).toBe('PR20')
    expect(await codeOf(aRevise(parts(1000, 9000, 0)))).toBe('0000')
  })

  it('must add up elsewhere too where it is said', async () => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise(parts(9000, 0, 1001)))).toBe('PR20')
    expect(await codeOf(aRevise(parts(9091, 0, 909)))).toBe('0000')
  })
})

describe('split settlement', () => {
  const products = [
    { productPgCno: '4001', sellerId: 'seller-1', amount: 10_000 },
    { productPgCno: '4002', sellerId: 'seller-2', amount: 20_000 },
  ]
  const split = { payments: [aKiccPayment({ basket: products })] }
  const [first, second] = products.map(({ productPgCno, sellerId }) => ({ productPgCno, sellerId }))

  it('needs the basket, with the products and sellers of the payment', async () => {
    const { codeOf } = await startKicc(split)
    expect(await codeOf(aRevise())).toBe('PR21')
    expect(await codeOf(aRevise({ basketUsed: 'Y' }))).toBe('PR21')
    expect(await codeOf(aRevise({ basketInfo: first }))).toBe('PR21')
    expect(await codeOf(aRevise({ basketUsed: 'Y', basketInfo: { ...first, sellerId: 'seller-2' } }))).toBe('PR21')
    expect(await codeOf(aRevise({ basketUsed: 'Y', basketInfo: { productPgCno: '4001' } }))).toBe('PR02')
    expect(await codeOf(aRevise({ basketUsed: 'Y', basketInfo: first }))).toBe('0000')
  })

  it('takes an object or a list, up to the worth of what it names', async () => {
    const { codeOf } = await startKicc(split)
    expect(await codeOf(aRevise({ basketUsed: 'Y', basketInfo: first, amount: 10_001 }))).toBe('PR21')
    expect(await codeOf(aRevise({ basketUsed: 'Y', basketInfo: [first, first], amount: 10_001 }))).toBe('PR21')
    expect(await codeOf(aRevise({ basketUsed: 'Y', basketInfo: ['x'] }))).toBe('PR02')
    expect(await codeOf(aRevise({ basketUsed: 'Y', basketInfo: [first, second], amount: 30_000 }))).toBe('0000')
  })

  it('is refused where the payment has none', async () => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise({ basketUsed: 'Y', basketInfo: first }))).toBe('PR21')
    expect(await codeOf(aRevise({ basketUsed: 'N' }))).toBe('0000')
  })
})
