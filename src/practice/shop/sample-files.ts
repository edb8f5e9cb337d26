import { kstDayStartMs, kstText } from '../clock'
import type { PayMethod, PracticePayment } from '../portone-v1/payment'
import { sum } from '../portone-v1/payment-view'
import { csv, type Cells } from './csv'
import { freshKiccBooks, kiccNoticeLog, kiccRefundCsv } from './sample-kicc-files'
import { sampleShop } from './sample-shop'

export interface SampleFile {
  readonly name: string
  readonly text: string
}

/**
 * The sample files of a shop's day, as UTF-8 text without a byte order mark. The notifications are those of a shop that
 * nobody has refunded from yet, unless its own log is given.
 */
export function sampleFiles(
  today: string,
  noticeLog: string = kiccNoticeLog(freshKiccBooks(today), kstDayStartMs(today)),
): readonly SampleFile[] {
  return [
    { name: '환불요청.csv', text: refundCsv(today) },
    { name: '환불요청-오류.csv', text: refundCsvWithErrors(today) },
    { name: '결제취소내역.csv', text: merchantLedgerCsv(today) },
    { name: '환불요청-KICC.csv', text: kiccRefundCsv(today) },
    { name: 'KICC-알림.jsonl', text: noticeLog },
  ]
}

const REFUND_HEADER = ['주문번호', '거래번호', '환불금액', '은행', '계좌번호', '예금주', '연락처', '환불사유']
const REASONS = ['고객 변심', '상품 품절', '배송 지연', '상품 불량', '중복 결제']

/** Banks that every PG of the sample rows takes, with the usual length of their account numbers. */
const REFUND_BANKS = [
  { name: '국민은행', digits: 14 },
  { name: '신한은행', digits: 12 },
  { name: '하나은행', digits: 14 },
  { name: '기업은행', digits: 14 },
  { name: '우체국', digits: 14 },
  { name: 'SC제일은행', digits: 11 },
  { name: '케이뱅크', digits: 12 },
] as const

/** Which payments the sample refunds: PG and method, and how many of each. */
const REFUND_PLAN: readonly { readonly method: PayMethod; readonly pg: string; readonly count: number }[] = [
  { method: 'vbank', pg: 'kcp', count: 5 },
  { method: 'vbank', pg: 'html5_inicis', count: 4 },
  { method: 'vbank', pg: 'nice_v2', count: 3 },
  { method: 'vbank', pg: 'tosspayments', count: 3 },
  { method: 'vbank', pg: 'kicc', count: 3 },
  { method: 'vbank', pg: 'smartro', count: 1 },
  { method: 'vbank', pg: 'smartro_v2', count: 1 },
  { method: 'card', pg: 'kcp', count: 1 },
  { method: 'card', pg: 'tosspayments', count: 1 },
  { method: 'trans', pg: 'kcp', count: 1 },
  { method: 'trans', pg: 'html5_inicis', count: 1 },
]

const balanceOf = (payment: PracticePayment): number =>
  sum([payment.amount, ...payment.cancels.map((cancel) => -cancel.amount)])

/** Nothing out of the ordinary: any amount up to the balance can be refunded today and tomorrow. */
function isOrdinary(payment: PracticePayment): boolean {
  return (
    payment.status === 'paid' &&
    payment.currency === 'KRW' &&
    !payment.sandbox &&
    !payment.escrow &&
    payment.taxFree === 0 &&
    payment.vatAmount === null &&
    balanceOf(payment) > 0
  )
}

interface Choice {
  readonly payments: readonly PracticePayment[]
  /** In the order of REFUND_PLAN. */
  readonly refunded: readonly PracticePayment[]
  /** Ordinary payments that the sample does not refund. */
  readonly rest: readonly PracticePayment[]
}

function choose(today: string): Choice {
  const payments = sampleShop(today)
  const orders = new Map<string, number>()
  for (const { merchantUid } of payments) orders.set(merchantUid, (orders.get(merchantUid) ?? 0) + 1)
  const free = payments.filter((payment) => isOrdinary(payment) && orders.get(payment.merchantUid) === 1)
  // The newest first: they are the likeliest to be refunded, and stay the longest within a PG's periods.
  free.reverse()
  const refunded = REFUND_PLAN.flatMap(({ method, pg, count }) => {
    const fitting = free.filter((payment) => payment.payMethod === method && payment.pgProvider === pg)
    if (fitting.length < count) throw new Error(`the sample shop has too few ${pg} ${method} payments`)
    return fitting.slice(0, count)
  })
  return { payments, refunded, rest: free.filter((payment) => !refunded.includes(payment)) }
}

/** Invented digits: no bank gives out numbers that begin like these. Every eighth has a leading zero, to be kept. */
function refundAccount(row: number): { readonly bank: string; readonly account: string } {
  const bank = REFUND_BANKS[row % REFUND_BANKS.length]
  if (bank === undefined) throw new RangeError('no bank')
  const start = row % 8 === 7 ? '0999' : '9990'
  const body = String(row * 7_654_321 + 1_234_567).padStart(bank.digits - start.length, '0')
  return { bank: bank.name, account: start + body.slice(-(bank.digits - start.length)) }
}

function refundRow(payment: PracticePayment, row: number): Cells {
  const balance = balanceOf(payment)
  // Two of three are refunded in full, the others by a part in hundreds of won.
  const amount = row % 3 === 1 ? Math.max(1000, Math.floor(balance / 2 / 100) * 100) : balance
  const toAccount = payment.payMethod === 'vbank'
  const { bank, account } = refundAccount(row)
  const tel = payment.pgProvider.startsWith('smartro') ? payment.buyerTel : ''
  const reason = REASONS[row % REASONS.length] ?? ''
  const target = toAccount ? [bank, account, payment.buyerName] : ['', '', '']
  return [payment.merchantUid, payment.impUid, amount, ...target, tel, reason]
}

/** 24 refunds without a fault. */
export function refundCsv(today: string): string {
  return csv([REFUND_HEADER, ...choose(today).refunded.map(refundRow)])
}

/** What is wrong with each row of the faulty file, in the order of its rows; `fine` and `correction` have no error. */
export const FAULTY_ROWS = [
  'fine',
  'amount-with-broken-commas',
  'amount-zero',
  'amount-negative',
  'amount-scientific',
  'amount-full-width',
  'account-scientific',
  'account-with-letter',
  'account-too-long',
  'account-full-width',
  'unknown-order',
  'order-and-transaction-disagree',
  'over-refund',
  'holder-missing',
  'bank-unknown',
  'bank-not-at-this-pg',
  'phone-missing',
  'resident-number-in-reason',
  'formula-in-reason',
  'already-cancelled',
  'not-paid',
  'foreign-currency',
  'mobile-of-an-earlier-month',
  'duplicate',
  'duplicate',
] as const

/** A file with every kind of trouble, one row each; see FAULTY_ROWS. */
export function refundCsvWithErrors(today: string): string {
  const { payments, refunded, rest } = choose(today)
  const find = (what: string, fits: (payment: PracticePayment) => boolean): PracticePayment => {
    const found = payments.find(fits)
    if (found === undefined) throw new Error(`the sample shop has no ${what} payment`)
    return found
  }
  const accounts = rest.filter(
    (payment) =>
      payment.payMethod === 'vbank' && ['kcp', 'kicc', 'tosspayments', 'html5_inicis'].includes(payment.pgProvider),
  )
  let next = 0
  // Accounts of their own, apart from those of the good sample.
  let made = 40
  /** A fine row of a payment of its own, with some cells replaced. */
  const row = (
    cells: Partial<
      Record<'order' | 'pay' | 'amount' | 'bank' | 'account' | 'holder' | 'tel' | 'reason', string | number>
    > = {},
    payment = accounts[next++],
  ): Cells => {
    if (payment === undefined) throw new Error('the sample shop has too few payments')
    const { bank, account } = refundAccount(made++)
    return [
      cells.order ?? payment.merchantUid,
      cells.pay ?? payment.impUid,
      cells.amount ?? balanceOf(payment),
      cells.bank ?? bank,
      cells.account ?? account,
      cells.holder ?? payment.buyerName,
      cells.tel ?? '',
      cells.reason ?? '고객 변심',
    ]
  }
  const overRefunded = accounts[next++]
  const disagreeing = refunded[0]
  if (overRefunded === undefined || disagreeing === undefined) throw new Error('the sample shop has too few payments')
  const todayMonth = today.slice(0, 7)
  const twice = row()

  const rows: Readonly<Record<(typeof FAULTY_ROWS)[number], Cells>> = {
    fine: row(),
    'amount-with-broken-commas': row({ amount: '12,34원' }),
    'amount-zero': row({ amount: 0 }),
    'amount-negative': row({ amount: -5000 }),
    'amount-scientific': row({ amount: '1e4' }),
    'amount-full-width': row({ amount: '１０００원' }),
    'account-scientific': row({ account: '5.62E+13' }),
    'account-with-letter': row({ account: '99901234O56789' }),
    'account-too-long': row({ account: '99901234567890123' }),
    'account-full-width': row({ account: '９９９０－１２３４５６７８' }),
    'unknown-order': row({ order: 'ORD-19990101-0001', pay: 'imp_999999999999' }),
    'order-and-transaction-disagree': row({ order: disagreeing.merchantUid }),
    'over-refund': row({ amount: balanceOf(overRefunded) + 1000 }, overRefunded),
    'holder-missing': row({ holder: '' }),
    'bank-unknown': row({ bank: '없는은행' }),
    'bank-not-at-this-pg': row(
      { bank: '카카오뱅크' },
      find(
        'nice_v2',
        (payment) =>
          isOrdinary(payment) &&
          payment.payMethod === 'vbank' &&
          payment.pgProvider === 'nice_v2' &&
          !refunded.includes(payment),
      ),
    ),
    'phone-missing': row(
      {},
      find(
        'smartro',
        (payment) =>
          isOrdinary(payment) &&
          payment.payMethod === 'vbank' &&
          payment.pgProvider === 'smartro' &&
          !refunded.includes(payment),
      ),
    ),
    // Thirteen digits in the shape of a resident registration number, with a serial part that is never given out.
    'resident-number-in-reason': row({ reason: '본인 확인 900101-1000000' }),
    'formula-in-reason': row({ reason: '=HYPERLINK("http://example.com","환불")' }),
    'already-cancelled': row(
      { amount: 10_000 },
      find(
        'cancelled',
        (payment) => payment.payMethod === 'vbank' && payment.status === 'paid' && balanceOf(payment) === 0,
      ),
    ),
    'not-paid': row(
      {},
      find('unpaid', (payment) => payment.status === 'ready'),
    ),
    'foreign-currency': row(
      { amount: 10, bank: '', account: '', holder: '' },
      find('dollar', (payment) => payment.currency === 'USD'),
    ),
    'mobile-of-an-earlier-month': row(
      { bank: '', account: '', holder: '' },
      find(
        'mobile',
        (payment) =>
          payment.payMethod === 'phone' &&
          isOrdinary(payment) &&
          !kstText(payment.paidAtMs ?? 0).startsWith(todayMonth),
      ),
    ),
    duplicate: twice,
  }
  return csv([REFUND_HEADER, ...FAULTY_ROWS.map((name) => rows[name])])
}

/** A cancel on which the merchant's own file and the PG disagree, on purpose. */
export interface LedgerDifference {
  readonly kind: 'only-at-pg' | 'only-in-file' | 'other-amount'
  readonly impUid: string
  readonly merchantUid: string
  readonly pgAmount: number | null
  readonly fileAmount: number | null
}

const LEDGER_HEADER = ['구분', '주문번호', '거래번호', '일시', '금액', '결제수단', 'PG', '비고']
const METHOD_NAMES: Readonly<Record<PayMethod, string>> = {
  vbank: '가상계좌',
  card: '신용카드',
  trans: '계좌이체',
  phone: '휴대폰',
}
const HOUR_MS = 60 * 60 * 1000

/** The three differences of the merchant's own file; none is about a payment that the refund sample touches. */
export function merchantLedgerDifferences(
  today: string,
): readonly [LedgerDifference, LedgerDifference, LedgerDifference] {
  const { payments, refunded, rest } = choose(today)
  const once = payments.filter(
    (payment) => isOrdinary(payment) && payment.cancels.length === 1 && !refunded.includes(payment),
  )
  const [onlyAtPg, otherAmount] = once
  const untouched = rest.filter((payment) => payment.cancels.length === 0 && payment.payMethod === 'vbank').at(-1)
  const pgAmount = onlyAtPg?.cancels[0]?.amount
  const otherPgAmount = otherAmount?.cancels[0]?.amount
  if (
    onlyAtPg === undefined ||
    otherAmount === undefined ||
    untouched === undefined ||
    pgAmount === undefined ||
    otherPgAmount === undefined
  ) {
    throw new Error('the sample shop has too few partly refunded payments')
  }
  const of = (
    kind: LedgerDifference['kind'],
    { impUid, merchantUid }: PracticePayment,
    pg: number | null,
    file: number | null,
  ): LedgerDifference => ({ kind, impUid, merchantUid, pgAmount: pg, fileAmount: file })
  return [
    of('only-at-pg', onlyAtPg, pgAmount, null),
    of('only-in-file', untouched, null, 5000),
    of('other-amount', otherAmount, otherPgAmount, otherPgAmount - 500),
  ]
}

/** The merchant's own record of payments and cancels in won; equal to the PG's but for three cancels. */
export function merchantLedgerCsv(today: string): string {
  const differences = new Map(merchantLedgerDifferences(today).map((difference) => [difference.impUid, difference]))
  const rows = sampleShop(today)
    .filter((payment) => payment.status === 'paid' && payment.currency === 'KRW' && !payment.sandbox)
    .flatMap((payment) => {
      const line = (kind: '결제' | '취소', atMs: number, amount: number, note: string): Cells => [
        kind,
        payment.merchantUid,
        payment.impUid,
        kstText(atMs),
        amount,
        METHOD_NAMES[payment.payMethod],
        payment.pgProvider,
        note,
      ]
      const paidAtMs = payment.paidAtMs ?? payment.startedAtMs
      const paid = line('결제', paidAtMs, payment.amount, payment.name)
      const cancels = payment.cancels.map((cancel) => line('취소', cancel.acceptedAtMs, cancel.amount, cancel.reason))
      const difference = differences.get(payment.impUid)
      if (difference === undefined) return [paid, ...cancels]
      const atMs = payment.cancels[0]?.acceptedAtMs ?? paidAtMs + HOUR_MS
      return difference.fileAmount === null ? [paid] : [paid, line('취소', atMs, difference.fileAmount, '고객 변심')]
    })
  return csv([LEDGER_HEADER, ...rows])
}
