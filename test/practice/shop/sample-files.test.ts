import { describe, expect, it } from 'vitest'
import {
  FAULTY_ROWS,
  merchantLedgerCsv,
  merchantLedgerDifferences,
  refundCsv,
  refundCsvWithErrors,
} from '../../../src/practice/shop/sample-files'
import { sampleShop } from '../../../src/practice/shop/sample-shop'
import { DAY_MS, NOON_MS, startPg } from '../support'

const TODAY = '2026-11-21'
const lines = (text: string) => text.trimEnd().split('\r\n')
/** Good enough for rows without quotes. */
const rows = (text: string) =>
  lines(text)
    .slice(1)
    .map((line) => line.split(','))
const shop = sampleShop(TODAY)
const paymentOf = (impUid: string | undefined) => shop.find((payment) => payment.impUid === impUid)

/** Bank names of the file in the code systems of its PGs, written down here a second time on purpose. */
const KFTC: Readonly<Record<string, string>> = {
  국민은행: '004',
  신한은행: '088',
  하나은행: '081',
  기업은행: '003',
  우체국: '071',
  SC제일은행: '023',
  케이뱅크: '089',
}
const refundBank = (pg: string, bank: string): string => {
  const code = KFTC[bank] ?? ''
  return pg === 'kcp' ? `BK${code.slice(1)}` : pg === 'html5_inicis' ? code.slice(1) : code
}

describe('the refund sample', () => {
  it('has the documented header and 24 rows, mostly virtual accounts, whole and in part', () => {
    expect(lines(refundCsv(TODAY))[0]).toBe('주문번호,거래번호,환불금액,은행,계좌번호,예금주,연락처,환불사유')
    const all = rows(refundCsv(TODAY))
    expect(all).toHaveLength(24)
    expect(all.filter(([, impUid]) => paymentOf(impUid)?.payMethod === 'vbank')).toHaveLength(20)
    const partial = all.filter(([, impUid, amount]) => Number(amount) < (paymentOf(impUid)?.amount ?? 0))
    expect(partial.length).toBeGreaterThanOrEqual(8)
    expect(partial.length).toBeLessThan(24)
  })

  it('leaves the account columns of card and transfer rows empty, and gives Smartro a phone', () => {
    for (const [, impUid, , bank, account, holder, tel] of rows(refundCsv(TODAY))) {
      const payment = paymentOf(impUid)
      const isAccount = payment?.payMethod === 'vbank'
      expect([bank !== '', account !== '', holder !== '']).toEqual([isAccount, isAccount, isAccount])
      expect(tel !== '').toBe(payment?.pgProvider.startsWith('smartro') ?? false)
    }
  })

  it.each([TODAY, '2026-12-01', '2027-02-28'])('is accepted by the practice PG row by row on %s', async (today) => {
    const atMs = Date.parse(`${today}T14:00:00+09:00`)
    const { cancel, pg } = await startPg({ payments: sampleShop(today), atMs })
    for (const [merchantUid, impUid = '', amount, bank = '', account, holder, tel, reason] of rows(refundCsv(today))) {
      const booked = pg.books.account(impUid)
      expect(booked?.payment.merchantUid).toBe(merchantUid)
      const checksum = booked?.cancels.reduce((left, each) => left - each.amount, booked.payment.amount)
      const fields = {
        refund_bank: refundBank(booked?.payment.pgProvider ?? '', bank),
        refund_account: account,
        refund_holder: holder,
        refund_tel: tel,
      }
      const { body } = await cancel({
        imp_uid: impUid,
        amount: Number(amount),
        checksum,
        reason,
        ...(bank === '' ? {} : fields),
      })
      expect(body, `${impUid} ${booked?.payment.pgProvider}`).toMatchObject({ code: 0 })
    }
    expect(pg.books.alarms()).toEqual([])
  })

  it('keeps reasons short enough to stand beside a tag in a hundred bytes', () => {
    for (const cells of rows(refundCsv(TODAY))) expect(Buffer.byteLength(cells[7] ?? '')).toBeLessThanOrEqual(80)
  })
})

describe('the faulty sample', () => {
  const text = refundCsvWithErrors(TODAY)

  it('has one row for each trouble, each of another payment but for the duplicate', () => {
    const all = rows(text)
    expect(all).toHaveLength(FAULTY_ROWS.length)
    expect(all.at(-1)).toEqual(all.at(-2))
    expect(new Set(all.map(([, impUid]) => impUid)).size).toBe(FAULTY_ROWS.length - 1)
  })

  it('touches no payment of the good sample', () => {
    const good = new Set(rows(refundCsv(TODAY)).map(([, impUid]) => impUid))
    for (const [, impUid] of rows(text)) expect(good.has(impUid)).toBe(false)
  })

  it('shows the troubles as a spreadsheet leaves them', () => {
    for (const trouble of [
      '5.62E+13',
      '12,34원',
      '１０００원',
      '９９９０－',
      '900101-1000000',
      '"=HYPERLINK(""http://example.com"",""환불"")"',
      '없는은행',
    ]) {
      expect(text).toContain(trouble)
    }
    const row = (name: (typeof FAULTY_ROWS)[number]) =>
      rows(text.replace('"12,34원"', '12.34원'))[FAULTY_ROWS.indexOf(name)] ?? []
    expect(Number(row('over-refund')[2])).toBeGreaterThan(paymentOf(row('over-refund')[1])?.amount ?? Infinity)
    expect(paymentOf(row('foreign-currency')[1])?.currency).toBe('USD')
    expect(paymentOf(row('not-paid')[1])?.status).toBe('ready')
    expect(row('holder-missing')[5]).toBe('')
    expect(paymentOf(row('phone-missing')[1])?.pgProvider).toBe('smartro')
    expect(paymentOf(row('mobile-of-an-earlier-month')[1])?.paidAtMs).toBeLessThan(NOON_MS - 20 * DAY_MS)
  })
})

describe("the merchant's own file", () => {
  it('differs from the PG in exactly the three cancels it says', () => {
    const atPg = shop
      .filter(({ currency, sandbox }) => currency === 'KRW' && !sandbox)
      .flatMap(({ impUid, cancels }) => cancels.map(({ amount }) => `${impUid} ${amount}`))
    const inFile = rows(merchantLedgerCsv(TODAY))
      .filter(([kind]) => kind === '취소')
      .map(([, , impUid, , amount]) => `${impUid} ${amount}`)
    const [onlyAtPg, onlyInFile, otherAmount] = merchantLedgerDifferences(TODAY)
    const pgOnly = [onlyAtPg, otherAmount].map(({ impUid, pgAmount }) => `${impUid} ${pgAmount}`)
    const fileOnly = [onlyInFile, otherAmount].map(({ impUid, fileAmount }) => `${impUid} ${fileAmount}`)
    expect(atPg.filter((each) => !inFile.includes(each)).toSorted()).toEqual(pgOnly.toSorted())
    expect(inFile.filter((each) => !atPg.includes(each)).toSorted()).toEqual(fileOnly.toSorted())
    expect(new Set([onlyAtPg, onlyInFile, otherAmount].map(({ impUid }) => impUid)).size).toBe(3)
  })

  it('lists every paid payment in won, with its time in Seoul', () => {
    const paid = rows(merchantLedgerCsv(TODAY)).filter(([kind]) => kind === '결제')
    expect(paid).toHaveLength(
      shop.filter(({ status, currency, sandbox }) => status === 'paid' && currency === 'KRW' && !sandbox).length,
    )
    const [, , impUid, time = '', amount] = paid[0] ?? []
    expect(Date.parse(`${time.replace(' ', 'T')}+09:00`)).toBe(paymentOf(impUid)?.paidAtMs)
    expect(Number(amount)).toBe(paymentOf(impUid)?.amount)
  })

  it('touches no payment of the refund sample', () => {
    const refunded = rows(refundCsv(TODAY)).map(([, impUid]) => impUid)
    for (const { impUid } of merchantLedgerDifferences(TODAY)) expect(refunded).not.toContain(impUid)
  })
})
