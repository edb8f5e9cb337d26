import { describe, expect, it } from 'vitest'
import { createBooks, readKiccBooks } from '../../../src/practice/books'
import { nextBusinessDay } from '../../../src/practice/kicc/fates'
import { kiccNoticeLog } from '../../../src/practice/shop/sample-kicc-files'
import { DAY_MS, NOON_MS } from '../support'
import {
  ACCOUNT,
  aKiccPayment,
  aRevise,
  aSettlement,
  aSettlementPayment,
  atKst,
  DEPOSIT,
  PG_CNO,
  startKicc,
  type Fields,
} from './support'

type Running = Awaited<ReturnType<typeof startKicc>>
const bodies = ({ pg }: Running, type: string) =>
  pg
    .kiccNotices()
    .map(({ body }) => body)
    .filter(({ notiType }) => notiType === type)
const to = (refundAccountNo: string, refundBankCode = '088'): Fields => ({
  refundInfo: { ...ACCOUNT, refundAccountNo, refundBankCode },
})
const BOUNCES = '99900000009951'
const SILENT = '99900000009903'
/** Monday, 23 November, ten in the morning: the payout of what was asked for on Saturday. */
const PAYOUT = atKst('2026-11-23T10:00:00')

describe('what the shop hears of a payment', () => {
  it('is the approval, and the deposit by a number of its own', async () => {
    const test = await startKicc()
    expect(bodies(test, '10')).toEqual([
      expect.objectContaining({
        resCd: '0000',
        mallId: 'T0000002',
        pgCno: PG_CNO,
        shopOrderNo: 'KE-20261121-001',
        amount: '30000',
        payMethodTypeCode: '22',
        bankCode: '88',
        statusCode: 'TS07',
      }),
    ])
    expect(bodies(test, '30')).toEqual([
      expect.objectContaining({
        pgCno: DEPOSIT,
        tlfSno: PG_CNO,
        amount: '30000',
        bankCode: '88',
        bankName: '신한은행',
        accountNo: '99700000000001',
        transactionDate: '20261121130000',
      }),
    ])
  })

  it('comes when it is due, in order, numbered', async () => {
    const later = aKiccPayment({ deposits: [{ pgCno: DEPOSIT, amount: 30_000, atMs: NOON_MS + 1 }] })
    const { pg, clock } = await startKicc({ payments: [later] })
    expect(pg.kiccNotices().map(({ seq, body }) => [seq, body['notiType']])).toEqual([[1, '10']])
    clock.advance(1)
    expect(pg.kiccNotices(1).map(({ seq, body }) => [seq, body['notiType']])).toEqual([[2, '30']])
    expect(pg.kiccNotices(2)).toEqual([])
  })

  it('tells of escrow', async () => {
    const test = await startKicc({ payments: [aKiccPayment({ escrow: true })] })
    expect(bodies(test, '40')).toEqual([
      expect.objectContaining({ pgCno: PG_CNO, statusCode: 'ES12', escrowUsed: 'Y' }),
    ])
  })

  it('is said twice for every third event, three minutes later, in the same words', async () => {
    const { pg, clock } = await startKicc({ payments: [aKiccPayment({ pgCno: '20000000000000000003', deposits: [] })] })
    clock.set(NOON_MS)
    const [first, again, ...more] = pg.kiccNotices()
    expect(again?.body).toEqual(first?.body)
    expect((again?.atMs ?? 0) - (first?.atMs ?? 0)).toBe(180_000)
    expect(more).toEqual([])
  })
})

describe('a settlement refund', () => {
  const start = () => startKicc({ payments: [aSettlementPayment()] })

  it('is confirmed on the next business day, without an amount', async () => {
    const test = await start()
    const { body } = await test.revise(aSettlement())
    test.clock.set(PAYOUT - 1)
    expect(bodies(test, '50')).toEqual([])
    expect(test.books.kicc.refunds()[0]?.state).toBe('accepted')
    test.clock.set(PAYOUT)
    const [notice] = bodies(test, '50')
    expect(notice).toEqual({
      resCd: '0000',
      resMsg: '정상',
      mallId: 'T0000001',
      notiType: '50',
      pgCno: PG_CNO,
      shopOrderNo: 'KE-20261121-001',
      transactionDate: '20261123100000',
      payMethodTypeCode: '22',
      statusCode: 'RF02',
      cancelPgCno: body['cancelPgCno'],
      depositPgCno: DEPOSIT,
      escrowUsed: 'N',
      basketUsed: 'N',
    })
    expect(test.books.kicc.refunds()[0]?.state).toBe('paid')
  })

  it('to an account that ends in 9951 comes back by account only, and the balance with it', async () => {
    const test = await start()
    await test.revise(aSettlement({ ...to(BOUNCES), amount: 30_000 }))
    expect(await test.codeOf(aSettlement({ amount: 1 }))).toBe('PR13')
    test.clock.set(PAYOUT)
    const [notice] = bodies(test, '51')
    expect(notice).toMatchObject({
      resCd: '5413',
      pgCno: PG_CNO,
      bankCode: '88',
      bankName: '신한은행',
      accountNo: BOUNCES,
    })
    expect(notice).not.toHaveProperty('cancelPgCno')
    expect(bodies(test, '50')).toEqual([])
    expect(test.refunded()).toBe(0)
    expect(test.books.kicc.refunds()[0]?.state).toBe('bounced')
    expect(await test.codeOf(aSettlement({ amount: 30_000, cancelReqDate: '20261123' }))).toBe('0000')
  })

  it('to an account that ends in 9903 is rejected in silence', async () => {
    const test = await start()
    await test.revise(aSettlement(to(SILENT)))
    test.clock.set(PAYOUT + 30 * DAY_MS)
    expect(['20', '50', '51'].flatMap((type) => bodies(test, type))).toEqual([])
    expect(test.books.kicc.refunds()[0]?.state).toBe('rejected')
    expect(test.refunded()).toBe(0)
  })

  it('to an account that ends in 9913 comes back too', async () => {
    const test = await start()
    await test.revise(aSettlement(to('99900000009913')))
    test.clock.set(PAYOUT)
    expect(bodies(test, '51')).toHaveLength(1)
  })

  it('waits over holidays', async () => {
    const test = await startKicc({
      payments: [aSettlementPayment()],
      scenario: { kicc: { holidays: ['2026-11-23', '2026-11-24'] } },
    })
    await test.revise(aSettlement())
    test.clock.set(PAYOUT + 2 * DAY_MS - 1)
    expect(bodies(test, '50')).toEqual([])
    test.clock.set(PAYOUT + 2 * DAY_MS)
    expect(bodies(test, '50')).toHaveLength(1)
  })
})

describe('a real-time refund', () => {
  it('is told at once, with amounts as text', async () => {
    const test = await startKicc()
    const { body } = await test.revise(aRevise())
    expect(bodies(test, '20')).toEqual([
      expect.objectContaining({
        pgCno: PG_CNO,
        cancelPgCno: body['cancelPgCno'],
        cancelAmount: '10000',
        cancelRemainAmount: '20000',
        transactionDate: '20261121140000',
      }),
    ])
    expect(test.books.kicc.refunds()[0]?.state).toBe('paid')
  })

  it('to an account that ends in 9951 comes back after half an hour all the same', async () => {
    const test = await startKicc()
    await test.revise(aRevise(to(BOUNCES, '287')))
    test.clock.advance(30 * 60_000 - 1)
    expect(bodies(test, '51')).toEqual([])
    expect(test.refunded()).toBe(10_000)
    test.clock.advance(1)
    expect(bodies(test, '51')).toEqual([expect.objectContaining({ bankCode: '287', accountNo: BOUNCES })])
    expect(test.refunded()).toBe(0)
  })

  it('to an account that ends in 9903 is paid: there is nothing to reject on a later day', async () => {
    const test = await startKicc()
    await test.revise(aRevise(to(SILENT)))
    test.clock.advance(9 * DAY_MS)
    expect(bodies(test, '20')).toHaveLength(1)
    expect(test.refunded()).toBe(10_000)
  })
})

describe('the next business day', () => {
  it.each([
    ['2026-11-19', '2026-11-20'],
    ['2026-11-20', '2026-11-23'],
    ['2026-11-21', '2026-11-23'],
    ['2026-11-22', '2026-11-23'],
    ['2026-12-24', '2026-12-28'],
    ['2026-12-31', '2027-01-04'],
  ])('after %s is %s', (day, next) => {
    expect(nextBusinessDay(day, ['2026-12-25', '2027-01-01'])).toBe(next)
  })
})

describe('the books of KICC', () => {
  it('remember everything after a restart', async () => {
    const test = await startKicc({ payments: [aSettlementPayment()] })
    await test.revise(aSettlement(to(BOUNCES)))
    await test.revise(aSettlement())
    test.clock.set(PAYOUT)
    test.pg.kiccNotices()
    const kept = ({ kicc }: typeof test.books) => ({
      account: kicc.account(PG_CNO),
      refunds: kicc.refunds(),
      requests: kicc.requests(),
      notices: kicc.notices(),
    })
    const before = kept(test.books)
    expect(before.refunds.map(({ state }) => state)).toEqual(['bounced', 'paid'])
    test.books.close()
    const again = createBooks(test.booksFile)
    expect(kept(again)).toEqual(before)
    again.close()
  })

  it('can be read beside their PG, and what is due shows in the copy only', async () => {
    const test = await startKicc({ payments: [aSettlementPayment()] })
    const { body } = await test.revise(aSettlement())
    const lines = kiccNoticeLog(readKiccBooks(test.booksFile), PAYOUT).trimEnd().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ notiType: '50', cancelPgCno: body['cancelPgCno'] })
    expect(test.books.kicc.refunds()[0]?.state).toBe('accepted')
    expect(await test.codeOf(aSettlement())).toBe('0000')
  })

  it('keep an account number only where a notification has to name it', async () => {
    const test = await startKicc()
    await test.revise(aRevise())
    const [refund] = test.books.kicc.refunds()
    expect(refund?.request).toMatchObject({
      refundAccountLength: 14,
      refundAccountTail: '0011',
      hasRefundDepositName: true,
    })
    expect(JSON.stringify(test.books.kicc.requests()) + JSON.stringify(test.books.kicc.refunds())).not.toMatch(
      /99900000000011|김가온/,
    )
    expect(JSON.stringify(test.pg.requests)).not.toMatch(/99900000000011|김가온/)
  })

  it('take neither a payment nor a key twice', async () => {
    const { books, revise } = await startKicc()
    expect(() => books.kicc.addPayment(aKiccPayment())).toThrow(/already/)
    await revise(aRevise())
    const [request] = books.kicc.requests()
    expect(() => request !== undefined && books.kicc.addRequest(request, null)).toThrow(/used up/)
  })
})

describe('the control surface', () => {
  it('hands the notifications over as a log file, and makes due ones come by moving the clock', async () => {
    const test = await startKicc({ payments: [aSettlementPayment()] })
    await test.revise(aSettlement())
    const log = async (since: string) => {
      const answer = await test.control('GET', `kicc-notices${since}`)
      expect(answer.headers.get('content-type')).toContain('ndjson')
      const lines = (await answer.text()).split('\n').filter((line) => line !== '')
      return {
        seq: answer.headers.get('x-practice-seq'),
        types: lines.map((line) => (JSON.parse(line) as Fields)['notiType']),
      }
    }
    expect(await log('')).toEqual({ seq: '2', types: ['10', '30'] })
    await test.control('POST', 'clock', { offsetMs: PAYOUT - NOON_MS })
    expect(test.books.kicc.refunds()[0]?.state).toBe('paid')
    expect(await log('?since=2')).toEqual({ seq: '3', types: ['50'] })
    expect((await test.control('GET', 'kicc-notices?since=x')).status).toBe(400)
  })

  it('does not exist without its key', async () => {
    const { pg } = await startKicc()
    expect((await fetch(`${pg.origin}/__practice/kicc-notices`)).status).toBe(404)
  })

  it('tells balances and refunds, without the accounts', async () => {
    const test = await startKicc()
    await test.revise(aRevise(to(BOUNCES)))
    const text = await (await test.control('GET', 'books')).text()
    expect(text).not.toContain(BOUNCES)
    expect(JSON.parse(text)).toMatchObject({
      kicc: {
        payments: [
          { pgCno: PG_CNO, amount: 30_000, balance: 20_000, deposits: [{ depositPgCno: DEPOSIT, balance: 20_000 }] },
        ],
        refunds: [{ pgCno: PG_CNO, amount: 10_000, state: 'paid' }],
      },
    })
  })
})
