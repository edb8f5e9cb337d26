import { describe, expect, it } from 'vitest'
import type { PgNotice } from '../../../../../src/domain/pg-notice'
import { NOTICE_FIELDS, readKiccNotice } from '../../../../../src/main/core/pg/kicc/notices'

type Row = Readonly<Record<string, unknown>>
type TextRow = Readonly<Record<string, string>>

const common = (changes: Row): Row => ({
  resCd: '0000',
  resMsg: '정상',
  mallId: 'T0001234',
  pgCno: '26112710000000000001',
  shopOrderNo: 'ORD-1',
  transactionDate: '20261127140001',
  ...changes,
})
const approval = (changes: Row = {}): Row =>
  common({
    notiType: '10',
    amount: '51004',
    currency: '00',
    statusCode: 'TS01',
    payMethodTypeCode: '31',
    escrowUsed: 'N',
    customerName: '김가온',
    goodsName: '드립 커피',
    ...changes,
  })
const deposit = (changes: Row = {}): Row =>
  common({
    notiType: '30',
    pgCno: '26112710000000000002',
    tlfSno: '26112710000000000001',
    amount: '51004',
    statusCode: 'TS08',
    payMethodTypeCode: '22',
    bankCode: '04',
    bankName: '국민은행',
    ...changes,
  })
const cancel = (changes: Row = {}): Row =>
  common({
    notiType: '20',
    cancelPgCno: '26112710000000000099',
    cancelAmount: '10000',
    cancelRemainAmount: '41004',
    statusCode: 'RF02',
    ...changes,
  })
const payout = (changes: Row = {}): Row =>
  common({
    notiType: '50',
    statusCode: 'RF02',
    payMethodTypeCode: '22',
    cancelPgCno: '26112710000000000099',
    depositPgCno: '26112710000000000002',
    escrowUsed: 'N',
    basketUsed: 'N',
    ...changes,
  })
const bounce = (changes: Row = {}): Row =>
  common({
    notiType: '51',
    resCd: '5413',
    resMsg: '계좌번호 오류',
    cancelPgCno: '26112710000000000099',
    bankCode: '11',
    accountNo: '999-0123-4567',
    ...changes,
  })

function read(row: unknown): PgNotice {
  const notice = readKiccNotice(row)
  if (!notice.ok) throw new Error(JSON.stringify(notice.problem))
  return notice.value
}
const what = (row: unknown) => {
  const notice = readKiccNotice(row)
  return notice.ok ? notice.value.kind : notice.problem
}
const unreadable = (field: string) => ({ code: 'notice-unreadable', values: { what: field } })

describe('a notification', () => {
  it('mallId, shopOrderNo and transactionDate are in its head', () => {
    expect(read(approval())).toMatchObject({
      merchantId: 'T0001234',
      orderNo: 'ORD-1',
      atMs: Date.parse('2026-11-27T14:00:01+09:00'),
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(read(approval({ shopOrderNo: undefined, transactionDate: '' }))).toMatchObject({ orderNo: '', atMs: null })
    expect(read(approval({ transactionDate: 20_261_127_140_001 })).atMs).toBe(read(approval()).atMs)
    expect(read(approval({ transactionDate: '261127140001' })).atMs).toBe(Date.parse('2026-11-27T14:00:01+09:00'))
  })

  it('of an approval (10) is a payment, every field of it', () => {
    expect(read(approval())).toMatchObject({
      kind: 'paid',
      payment: {
        pgKey: '26112710000000000001',
        orderNo: 'ORD-1',
        method: 'mobile',
        provider: 'easypay',
        pgTransactionKey: null,
        status: 'paid',
        currency: 'KRW',
        paid: 51_004,
        paidAtMs: Date.parse('2026-11-27T14:00:01+09:00'),
        buyerName: '김가온',
        productName: '드립 커피',
        escrow: false,
        sandbox: false,
        promotion: false,
      },
    })
  })

  it.each([
    ['11', 'card'],
    ['21', 'transfer'],
    ['31', 'mobile'],
    ['60', 'easy-pay'],
    ['41', 'other'],
    ['50', 'other'],
    ['81', 'other'],
    ['', 'other'],
    ['99', 'other'],
  ])('payMethodTypeCode %j is %s', (payMethodTypeCode, method) => {
    expect(read(approval({ payMethodTypeCode }))).toMatchObject({ payment: { method } })
  })

  it('escrowUsed marks an escrow payment', () => {
    expect(read(approval({ escrowUsed: 'Y' }))).toMatchObject({ payment: { escrow: true } })
    expect(read(deposit({ escrowUsed: 'Y' }))).toMatchObject({ payment: { escrow: true } })
  })

  it('currency is won, or another that is only shown', () => {
    for (const currency of ['', '00', '410', 'KRW']) {
      expect(read(approval({ currency }))).toMatchObject({ payment: { currency: 'KRW' } })
    }
    expect(read(approval({ currency: '01' }))).toMatchObject({ payment: { currency: '01' } })
  })

  it('amount may be a number or digits in text', () => {
    expect(read(approval({ amount: 51_004 }))).toMatchObject({ payment: { paid: 51_004 } })
    expect(read(deposit({ amount: 51_004 }))).toMatchObject({ payment: { paid: 51_004 } })
  })

  it('of an issued account (10 with method 22) is no payment', () => {
    expect(read(approval({ payMethodTypeCode: '22', statusCode: 'TS07' }))).toMatchObject({ kind: 'other' })
    expect(read(approval({ payMethodTypeCode: '22', statusCode: 'TS01' }))).toMatchObject({ kind: 'other' })
  })

  it('of a deposit (30) is a payment by its own number, in the transaction of tlfSno', () => {
    expect(read(deposit())).toMatchObject({
      kind: 'paid',
      payment: {
        pgKey: '26112710000000000002',
        pgTransactionKey: '26112710000000000001',
        method: 'virtual-account',
        paid: 51_004,
      },
    })
  })

  it('of a cancel (20) is a cancel: pgCno, cancelPgCno, cancelAmount, cancelRemainAmount', () => {
    expect(read(cancel())).toMatchObject({
      kind: 'cancelled',
      pgKey: '26112710000000000001',
      cancelKey: '26112710000000000099',
      amount: 10_000,
      balanceAfter: 41_004,
      paidOut: true,
    })
    expect(read(cancel({ cancelAmount: 10_000, cancelRemainAmount: 0 }))).toMatchObject({ balanceAfter: 0 })
    expect(read(cancel({ cancelRemainAmount: '' }))).toMatchObject({ balanceAfter: null })
  })

  it.each([
    ['RF02', true],
    ['RF01', false],
    ['TS02', false],
    ['TS06', false],
    ['', false],
  ])('statusCode %j of a cancel says paid out: %s', (statusCode, paidOut) => {
    expect(read(cancel({ statusCode }))).toMatchObject({ kind: 'cancelled', paidOut })
  })

  it('of a cancel that was rejected is none', () => {
    expect(what(cancel({ statusCode: 'RF03' }))).toBe('other')
  })

  it('of a payout (50) joins by cancelPgCno, without an amount', () => {
    const notice = read(payout())
    expect(notice).toMatchObject({
      kind: 'paid-out',
      pgKey: '26112710000000000002',
      cancelKey: '26112710000000000099',
    })
    expect(notice).not.toHaveProperty('amount')
    expect(read(payout({ depositPgCno: undefined }))).toMatchObject({ pgKey: '26112710000000000001' })
    expect(what(payout({ statusCode: '' }))).toBe('paid-out')
    expect(what(payout({ statusCode: 'RF03' }))).toBe('other')
    expect(what(payout({ statusCode: 'RF01' }))).toBe('other')
  })

  it('of a payout that the bank did not take (51): cancelPgCno, accountNo in digits, resCd and resMsg', () => {
    expect(read(bounce())).toMatchObject({
      kind: 'payout-failed',
      pgKey: '26112710000000000001',
      cancelKey: '26112710000000000099',
      accountNo: '99901234567',
      pgMessage: '5413 계좌번호 오류',
    })
    expect(read(bounce({ cancelPgCno: undefined }))).toMatchObject({ cancelKey: null })
    expect(read(bounce({ accountNo: '' }))).toMatchObject({ accountNo: null })
    expect(read(bounce({ accountNo: '999****4567' }))).toMatchObject({ accountNo: null })
  })

  it('does not repeat the account in the words', () => {
    const { pgMessage } = read(bounce({ resMsg: '999-0123-4567 (99901234567) 오류' })) as { pgMessage: string }
    expect(pgMessage).toBe('5413 *** (***) 오류')
  })

  it('of type 31 takes a deposit back', () => {
    expect(read(common({ notiType: '31' }))).toMatchObject({ kind: 'withdrawn', pgKey: '26112710000000000001' })
  })

  it.each(['40', '70', '99'])('of type %s is nothing that is acted on', (notiType) => {
    expect(read(common({ notiType }))).toMatchObject({ kind: 'other', what: notiType })
  })

  it.each([
    ['an approval', approval],
    ['a deposit', deposit],
    ['a cancel', cancel],
    ['a payout', payout],
  ])('of %s that failed (resCd) is nothing that is acted on', (_what, row) => {
    expect(what(row({ resCd: '8521' }))).toBe('other')
    expect(what(row({ resCd: '' }))).not.toBe('other')
  })

  it.each(['TS02', 'TS05', 'TS06', 'TS07', 'RF01', 'RF02', 'RF03'])('statusCode %s is no payment', (statusCode) => {
    expect(what(approval({ statusCode }))).toBe('other')
    expect(what(deposit({ statusCode }))).toBe('other')
  })

  it.each([
    ['a cancel (20)', cancel],
    ['a payout (50)', payout],
  ])('of %s that names its deposit (depositPgCno) is one of that deposit', (_what, row) => {
    expect(read(row({ depositPgCno: '26112710000000000003' }))).toMatchObject({ pgKey: '26112710000000000003' })
    for (const depositPgCno of [undefined, null, '', 'a deposit'])
      expect(read(row({ depositPgCno }))).toMatchObject({ pgKey: '26112710000000000001' })
  })

  it.each(['bankCode', 'bankName', 'basketUsed'])('passes over %s, whatever stands in it', (field) => {
    for (const row of [approval, deposit, cancel, payout, bounce])
      for (const value of [undefined, null, '', 'x', 11, {}, []])
        expect(read(row({ [field]: value }))).toEqual(read(row()))
  })

  it('may be a row of a table, where everything is text and much is empty', () => {
    const row = Object.fromEntries(
      ['bankCode', ...Object.keys(NOTICE_FIELDS)].map((name) => [name, (deposit() as TextRow)[name] ?? '']),
    )
    expect(read(row)).toEqual(read(deposit()))
    expect(read({ ...deposit(), amount: ' 51004 ' })).toEqual(read(deposit()))
  })
})

describe('a notification that cannot be read', () => {
  it.each<[string, unknown, string]>([
    ['null', null, 'record'],
    ['text', 'notiType=10', 'record'],
    ['a list', [], 'record'],
    ['nothing', {}, 'mallId'],
    ['no merchant', approval({ mallId: '' }), 'mallId'],
    ['no type', approval({ notiType: '' }), 'notiType'],
    ['an odd type', approval({ notiType: '1' }), 'notiType'],
    ['no payment', approval({ pgCno: '' }), 'pgCno'],
    ['a payment whose number lost digits', approval({ pgCno: Number('26112710000000000001') }), 'pgCno'],
    ['an object in a field', approval({ amount: {} }), 'amount'],
    ['no amount', approval({ amount: '' }), 'amount'],
    ['an amount of 0', approval({ amount: '0' }), 'amount'],
    ['a negative amount', approval({ amount: '-1' }), 'amount'],
    ['half a won', approval({ amount: 0.5 }), 'amount'],
    ['an amount with a comma', approval({ amount: '51,004' }), 'amount'],
    ['an amount beyond every limit', approval({ amount: '9999999999999' }), 'amount'],
    ['a deposit without the account issue', deposit({ tlfSno: '' }), 'tlfSno'],
    ['a cancel without its number', cancel({ cancelPgCno: '' }), 'cancelPgCno'],
    ['a cancel without an amount', cancel({ cancelAmount: '' }), 'cancelAmount'],
    ['a cancel of nothing', cancel({ cancelAmount: '0' }), 'cancelAmount'],
    ['a cancel with an odd balance', cancel({ cancelRemainAmount: 'x' }), 'cancelRemainAmount'],
    ['a payout without its number', payout({ cancelPgCno: '' }), 'cancelPgCno'],
    ['a failed payout with an odd number', bounce({ cancelPgCno: '1 2' }), 'cancelPgCno'],
    ['a failed payout without a payment', bounce({ pgCno: '' }), 'pgCno'],
  ])('%s', (_what, row, field) => {
    expect(what(row)).toEqual(unreadable(field))
  })

  it.each(['mallId', 'pgCno', 'shopOrderNo', 'tlfSno', 'cancelPgCno', 'accountNo'])(
    '%s as a number, which may have lost digits',
    (name) => expect(what({ ...deposit(), [name]: 12_345_678 })).toEqual(unreadable(name)),
  )

  it('is not fooled by names of JavaScript', () => {
    expect(what(Object.create(approval()) as Row)).toEqual(unreadable('mallId'))
  })
})

describe('the fingerprint', () => {
  const print = (row: Row): string => read(row).fingerprint

  it('is the same for the same notification, however it was written down', () => {
    expect(print(approval())).toBe(print(Object.fromEntries(Object.entries(approval()).toReversed())))
    expect(print(approval({ amount: 51_004 }))).toBe(print(approval()))
    expect(print(approval({ cancelPgCno: '', unheardOf: 'x' }))).toBe(print(approval()))
  })

  it.each<[string, string]>([
    ['mallId', 'T0009999'],
    ['notiType', '20'],
    ['resCd', '5414'],
    ['pgCno', '26112710000000000003'],
    ['shopOrderNo', 'ORD-2'],
    ['transactionDate', '20261127140002'],
    ['statusCode', 'RF99'],
    ['payMethodTypeCode', '11'],
    ['amount', '51005'],
    ['currency', '01'],
    ['escrowUsed', 'Y'],
    ['tlfSno', '26112710000000000004'],
    ['cancelPgCno', '26112710000000000098'],
    ['cancelAmount', '10001'],
    ['cancelRemainAmount', '41003'],
  ])('differs with %s', (name, value) => {
    // A type that nothing is made of carries any field.
    const row = { ...deposit(), ...cancel(), notiType: '70' }
    expect(print({ ...row, [name]: value })).not.toBe(print(row))
  })

  it.each([
    ['accountNo', '1'],
    ['resMsg', 'x'],
    ['customerName', 'x'],
    ['goodsName', 'x'],
  ])('does not tell of %s', (name, value) => {
    expect(print({ ...bounce(), [name]: value })).toBe(print(bounce()))
  })

  it('does not take one field for another', () => {
    const row = { ...common({ notiType: '70' }), statusCode: 'x', shopOrderNo: '' }
    expect(print({ ...row, statusCode: '', shopOrderNo: 'x' })).not.toBe(print(row))
  })
})
