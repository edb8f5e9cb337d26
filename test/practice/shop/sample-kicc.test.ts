import { describe, expect, it } from 'vitest'
import { bankName } from '../../../src/practice/kicc/banks'
import { kstDayStartMs } from '../../../src/practice/clock'
import { KICC_SHOP_SIZE, sampleKiccShop } from '../../../src/practice/shop/sample-kicc'
import { freshKiccBooks, kiccNoticeLog, kiccRefundCsv } from '../../../src/practice/shop/sample-kicc-files'
import { ACCOUNT, aRevise, atKst, startKicc } from '../kicc/support'

const TODAY = '2026-11-21'
const shop = sampleKiccShop(TODAY)
const count = (fits: (payment: (typeof shop)[number]) => boolean) => shop.filter(fits).length
const rows = (text: string) =>
  text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','))

describe('the sample shop of KICC', () => {
  it('is the same for the same day, and never in the future', () => {
    expect(sampleKiccShop(TODAY)).toEqual(shop)
    const end = kstDayStartMs(TODAY)
    for (const { approvedAtMs, deposits } of shop)
      for (const at of [approvedAtMs, ...deposits.map(({ atMs }) => atMs)]) expect(at).toBeLessThan(end)
  })

  it('holds twelve payments of each MID, with every turn', () => {
    expect(shop).toHaveLength(KICC_SHOP_SIZE)
    expect(KICC_SHOP_SIZE).toBe(24)
    expect(count(({ mallId }) => mallId === 'T0000001')).toBe(12)
    expect(count(({ method }) => method === '31')).toBe(4)
    expect(count(({ escrow }) => escrow)).toBe(1)
    expect(count(({ deposits }) => deposits.length > 1)).toBe(2)
    expect(count(({ tax }) => tax !== null)).toBe(2)
    expect(count(({ basket }) => basket.length > 0)).toBe(2)
    expect(count(({ cashReceipt }) => cashReceipt === 'fails')).toBe(2)
    expect(count(({ method, deposits }) => method === '22' && deposits.length === 0)).toBe(1)
  })

  it('has numbers of twenty digits, all different, and order numbers of its own series', () => {
    const numbers = shop.flatMap(({ pgCno, deposits, basket }) => [
      pgCno,
      ...deposits.map((deposit) => deposit.pgCno),
      ...basket.map(({ productPgCno }) => productPgCno),
    ])
    for (const number of numbers) expect(number).toMatch(/^\d{20}$/)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const { shopOrderNo } of shop) expect(shopOrderNo).toMatch(/^KE-\d{8}-\d{3}$/)
  })

  it('has parts that add up', () => {
    const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0)
    for (const { amount, deposits, tax, basket } of shop) {
      if (deposits.length > 0) expect(sum(deposits.map((deposit) => deposit.amount))).toBe(amount)
      if (tax !== null) expect(tax.taxation + tax.taxFree + tax.vat).toBe(amount)
      if (basket.length > 0) expect(sum(basket.map((product) => product.amount))).toBe(amount)
    }
  })
})

describe('the refund sample of KICC', () => {
  it.each([TODAY, '2026-12-01', '2027-02-28'])('is accepted by the practice PG row by row on %s', async (today) => {
    const sold = sampleKiccShop(today)
    const { codeOf, alarms } = await startKicc({
      payments: sold,
      atMs: atKst(`${today}T14:00:00`),
    })
    const all = rows(kiccRefundCsv(today))
    expect(all.length).toBeGreaterThanOrEqual(16)
    const codes = Array.from({ length: 300 }, (_, code) => String(code).padStart(3, '0'))
    for (const [orderNo, key = '', amount, bank, refundAccountNo, refundDepositName, , reason] of all) {
      const payment = sold.find(({ pgCno, deposits }) => pgCno === key || deposits.some((each) => each.pgCno === key))
      const depositPgCno = key === payment?.pgCno ? '' : key
      // The program knows each of several deposits by its own number.
      if (payment !== undefined && payment.deposits.length > 1) expect(depositPgCno).not.toBe('')
      expect(payment?.shopOrderNo).toBe(orderNo)
      const settlement = payment?.mallId === 'T0000001'
      const code = await codeOf(
        aRevise({
          mallId: payment?.mallId,
          pgCno: payment?.pgCno,
          reviseTypeCode: settlement ? '62' : '63',
          reviseSubTypeCode: settlement ? 'RF01' : '11',
          amount: Number(amount),
          cancelReqDate: today.replaceAll('-', ''),
          reviseMessage: reason,
          refundInfo: {
            ...ACCOUNT,
            refundBankCode: codes.findLast((each) => bankName(each) === bank),
            refundAccountNo,
            refundDepositName,
            ...(depositPgCno === '' ? {} : { depositPgCno }),
          },
        }),
      )
      expect(code, `${orderNo} ${bank} ${refundAccountNo}`).toBe('0000')
    }
    expect(alarms()).toEqual([])
  })
})

describe('the notification log of the shop', () => {
  it('is what a practice PG of that day has sent by then', async () => {
    const { pg } = await startKicc({ payments: shop, atMs: kstDayStartMs(TODAY) })
    const sent = pg.kiccNotices().map(({ body }) => JSON.stringify(body))
    expect(kiccNoticeLog(freshKiccBooks(TODAY), kstDayStartMs(TODAY)).trimEnd().split('\n')).toEqual(sent)
    expect(sent.length).toBeGreaterThan(shop.length * 2)
    expect(new Set(sent).size).toBeLessThan(sent.length)
  })
})
