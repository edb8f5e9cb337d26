import { createKiccLedger, type KiccBooks } from '../kicc/ledger'
import { noticeLines, settleDue } from '../kicc/notices'
import type { KiccPayment } from '../kicc/payment'
import { csv, type Cells } from './csv'
import { sampleKiccShop } from './sample-kicc'

const HEADER = ['주문번호', '거래번호', '환불금액', '은행', '계좌번호', '예금주', '연락처', '환불사유']

/** Ends as `kicc/fates.ts` reads them: two accounts that come back later, one that is rejected in silence. */
const ACCOUNTS = [
  { bank: '국민은행', account: '99900000000011' },
  { bank: '신한은행', account: '999000000022' },
  { bank: '하나은행', account: '99900000009951' },
  { bank: '기업은행', account: '09990000000033' },
  { bank: '카카오뱅크', account: '9990000009903' },
  { bank: '우체국', account: '99900000000044' },
  { bank: '농협은행', account: '9990000000055' },
  { bank: '케이뱅크', account: '999000009951' },
] as const
const REASONS = ['고객 변심', '상품 품절', '배송 지연', '상품 불량']

/** Nothing that a row without tax parts and basket could not refund. */
const isOrdinary = ({ escrow, tax, basket, method, deposits }: KiccPayment): boolean =>
  !escrow && tax === null && basket.length === 0 && (method === '31' || deposits.length > 0)

/** Refunds over KICC without a fault: the newest first, every third in part, one deposit of each multi-deposit account. */
export function kiccRefundCsv(today: string): string {
  const payments = sampleKiccShop(today).filter(isOrdinary).toReversed()
  const rows = payments.map((payment, row): Cells => {
    const { bank, account } = ACCOUNTS[row % ACCOUNTS.length] ?? ACCOUNTS[0]
    const deposit = payment.deposits[0]
    const whole = deposit?.amount ?? payment.amount
    const amount = row % 3 === 1 ? Math.max(1000, Math.floor(whole / 200) * 100) : whole
    return [
      payment.shopOrderNo,
      // An account that took several deposits has a payment for each: only the deposit's own number says which.
      payment.deposits.length > 1 ? (deposit?.pgCno ?? '') : payment.pgCno,
      amount,
      bank,
      account,
      payment.customerName,
      '',
      REASONS[row % REASONS.length] ?? '',
    ]
  })
  return csv([HEADER, ...rows])
}

/** KICC's part of books that nobody has asked for a refund yet. */
export function freshKiccBooks(today: string): KiccBooks {
  const ledger = createKiccLedger((entry) => ledger.apply(entry))
  for (const payment of sampleKiccShop(today)) ledger.books.addPayment(payment)
  return ledger.books
}

/** The log of the shop's own server: everything that KICC has notified it of by now, its refunds included. */
export function kiccNoticeLog(kicc: KiccBooks, nowMs: number): string {
  settleDue(kicc, nowMs)
  return noticeLines(kicc.notices())
}
