import { kstDigits } from '../../src/practice/clock'
import type { KiccPayment } from '../../src/practice/kicc/payment'
import type { PayMethod, PracticePayment } from '../../src/practice/portone-v1/payment'
import type { V2Payment } from '../../src/practice/portone-v2/payment'
import { pgsOf, type PgChoice, type ShopPg } from './pgs'
import { v2PaymentOf } from './shop-v2'

/** When every run begins: 2026-11-21 12:00 in Seoul. */
export const START_MS = Date.parse('2026-11-21T03:00:00Z')
const DAY_MS = 24 * 60 * 60 * 1000

/** PGs and methods in turn; smartro_v2 shows a virtual-account refund only later, ksnet has a night without refunds. */
const KINDS: readonly { readonly pg: string; readonly method: PayMethod }[] = [
  { pg: 'kcp', method: 'vbank' },
  { pg: 'html5_inicis', method: 'vbank' },
  { pg: 'smartro_v2', method: 'vbank' },
  { pg: 'kcp', method: 'card' },
  { pg: 'nice_v2', method: 'vbank' },
  { pg: 'ksnet', method: 'vbank' },
  { pg: 'tosspayments', method: 'vbank' },
  { pg: 'html5_inicis', method: 'trans' },
  { pg: 'kicc', method: 'vbank' },
  { pg: 'tosspayments', method: 'card' },
]

/** At KICC in turn: both merchants, accounts that were paid into twice, mobile payments. */
const KICC_KINDS: readonly { readonly mallId: string; readonly of: 'account' | 'two-deposits' | 'mobile' }[] = [
  { mallId: 'T0000001', of: 'account' },
  { mallId: 'T0000002', of: 'account' },
  { mallId: 'T0000002', of: 'two-deposits' },
  { mallId: 'T0000001', of: 'mobile' },
  { mallId: 'T0000001', of: 'account' },
  { mallId: 'T0000002', of: 'mobile' },
  { mallId: 'T0000001', of: 'two-deposits' },
  { mallId: 'T0000002', of: 'account' },
]

/** One line of the refund file. */
export interface ShopRow {
  readonly pg: ShopPg
  /** The payment's key in our ledger: imp_uid, the deposit's or the payment's number at KICC, paymentId. */
  readonly pgKey: string
  /** Of KICC: what its requests name, the number of the account's issue. */
  readonly transaction: string
  readonly amount: number
  /** Empty where the money goes back the way it came. */
  readonly account: string
  readonly cells: readonly string[]
}

export interface Shop {
  readonly payments: readonly PracticePayment[]
  readonly kiccPayments: readonly KiccPayment[]
  readonly v2Payments: readonly V2Payment[]
  readonly rows: readonly ShopRow[]
}

const HEADER = ['주문번호', '거래번호', '환불금액', '은행', '계좌번호', '예금주', '연락처', '환불사유']

export const csvOf = (rows: readonly ShopRow[]): string =>
  [HEADER, ...rows.map((row) => row.cells)].map((cells) => `${cells.join(',')}\r\n`).join('')

/** What a row takes from its payment, whatever the PG. */
interface Source {
  readonly pg: ShopPg
  readonly pgKey: string
  readonly transaction: string
  readonly orderNo: string
  readonly paid: number
  readonly toAccount: boolean
  readonly phone: string
}

/**
 * A shop with `count` refunds. Three of four are partial, so that nothing but the program's own care keeps a second one
 * from taking effect; every tenth payment is refunded in two rows. Names, phones and accounts are made up.
 */
export function shopOf(count: number, choice: PgChoice): Shop {
  const pgs = pgsOf(choice)
  const payments: PracticePayment[] = []
  const kiccPayments: KiccPayment[] = []
  const v2Payments: V2Payment[] = []
  const rows: ShopRow[] = []
  for (let number = 1; rows.length < count; number += 1) {
    const sources: Source[] = []
    switch (pgs[(number - 1) % pgs.length]) {
      case 'kicc': {
        const payment = kiccPaymentOf(number, kiccPayments.length)
        kiccPayments.push(payment)
        sources.push(...kiccSources(payment))
        break
      }
      case 'portone-v2': {
        const payment = v2PaymentOf(number, v2Payments.length, paidAtOf(number))
        v2Payments.push(payment)
        sources.push(v2Source(payment))
        break
      }
      default: {
        const payment = paymentOf(number, payments.length)
        payments.push(payment)
        sources.push(v1Source(payment))
      }
    }
    const parts = number % 10 === 0 ? 2 : 1
    for (const [place, source] of sources.entries()) {
      for (let part = 0; part < parts && rows.length < count; part += 1) {
        rows.push(rowOf(source, number, part + place * parts, parts))
      }
    }
  }
  return { payments, kiccPayments, v2Payments, rows }
}

const paidAtOf = (number: number): number => START_MS - DAY_MS * (1 + (number % 20))
const amountOf = (number: number): number => 20_000 + (number % 7) * 4000

function rowOf(source: Source, number: number, part: number, parts: number): ShopRow {
  const { pg, pgKey, transaction, orderNo, paid, toAccount, phone } = source
  const amount = parts === 1 && number % 4 === 3 ? paid : Math.floor(paid / 4 / 100) * 100
  const account = toAccount ? accountOf(number * 7_654_321 + part * 13) : ''
  const bank = number % 2 === 0 ? '국민은행' : '기업은행'
  return {
    pg,
    pgKey,
    transaction,
    amount,
    account,
    cells: [
      orderNo,
      pgKey,
      String(amount),
      ...(toAccount ? [bank, account, '김가온'] : ['', '', '']),
      phone,
      part % 2 === 0 ? '고객 변심' : '상품 품절',
    ],
  }
}

/** Never one of the ends by which the practice PG lets a transfer fail later on (kicc/fates.ts). */
function accountOf(number: number): string {
  const digits = String(number).padStart(10, '0').slice(-10)
  return `9990${/99(?:51|03|13)$/.test(digits) ? `${digits.slice(0, -1)}7` : digits}`
}

const v1Source = ({ impUid, merchantUid, amount, payMethod, pgProvider, buyerTel }: PracticePayment): Source => ({
  pg: 'portone-v1',
  pgKey: impUid,
  transaction: impUid,
  orderNo: merchantUid,
  paid: amount,
  toAccount: payMethod === 'vbank',
  phone: pgProvider.startsWith('smartro') ? buyerTel : '',
})

const v2Source = ({ paymentId, total, method, channel, customer }: V2Payment): Source => ({
  pg: 'portone-v2',
  pgKey: paymentId,
  transaction: paymentId,
  orderNo: paymentId,
  paid: total,
  toAccount: method.type === 'PaymentMethodVirtualAccount',
  phone: channel.pgProvider.startsWith('SMARTRO') ? customer.phoneNumber : '',
})

/** A deposit each; a mobile payment as a whole. */
function kiccSources({ pgCno, shopOrderNo, amount, deposits, method }: KiccPayment): readonly Source[] {
  const common = { pg: 'kicc', transaction: pgCno, toAccount: true, phone: '' } as const
  if (method !== '22') return [{ ...common, pgKey: pgCno, orderNo: shopOrderNo, paid: amount }]
  // The order's number means both deposits.
  const orderNo = deposits.length === 1 ? shopOrderNo : ''
  return deposits.map((deposit) => ({ ...common, pgKey: deposit.pgCno, orderNo, paid: deposit.amount }))
}

function kiccPaymentOf(number: number, place: number): KiccPayment {
  const kind = KICC_KINDS[place % KICC_KINDS.length]
  if (kind === undefined) throw new RangeError('no kind of payment')
  const approvedAtMs = paidAtOf(number) - 60 * 60_000
  const pgNumber = (first: number, atMs: number, last: number): string =>
    `${first}${kstDigits(atMs)}${String(last).padStart(5, '0')}`
  const amount = amountOf(number)
  const parts = kind.of === 'mobile' ? [] : kind.of === 'account' ? [amount] : [amount, amount]
  return {
    pgCno: pgNumber(2, approvedAtMs, number),
    mallId: kind.mallId,
    shopOrderNo: `FLTK-${String(number).padStart(6, '0')}`,
    method: kind.of === 'mobile' ? '31' : '22',
    amount: kind.of === 'two-deposits' ? amount * 2 : amount,
    goodsName: '드립 커피 30봉',
    customerName: '김가온',
    approvedAtMs,
    vbank: kind.of === 'mobile' ? null : { bankCode: '004', accountNo: `99700${String(number).padStart(9, '0')}` },
    deposits: parts.map((part, index) => {
      const atMs = paidAtOf(number) + index * 60_000
      return { pgCno: pgNumber(3, atMs, number * 10 + index), amount: part, atMs }
    }),
    escrow: false,
    tax: null,
    basket: [],
    cashReceipt: 'none',
  }
}

function paymentOf(number: number, place: number): PracticePayment {
  const kind = KINDS[place % KINDS.length]
  if (kind === undefined) throw new RangeError('no kind of payment')
  const { pg, method } = kind
  const paidAtMs = paidAtOf(number)
  const digits = String(number).padStart(6, '0')
  return {
    impUid: `imp_800000${digits}`,
    merchantUid: `FLT-${digits}`,
    payMethod: method,
    pgProvider: pg,
    pgTid: `${pg}-${digits}`,
    pgId: `practice-${pg}`,
    status: 'paid',
    currency: 'KRW',
    amount: amountOf(number),
    taxFree: 0,
    vatAmount: null,
    name: '드립 커피 30봉',
    buyerName: '김가온',
    buyerTel: `010-0000-${digits.slice(-4)}`,
    buyerEmail: `buyer${digits}@example.com`,
    escrow: false,
    sandbox: false,
    startedAtMs: paidAtMs - 60_000,
    paidAtMs,
    failedAtMs: null,
    failReason: null,
    card:
      method === 'card' ? { code: '366', name: '신한카드', number: '999999******0000', applyNum: '00000000' } : null,
    bank: method === 'trans' ? { code: '004', name: '국민은행' } : null,
    vbank:
      method === 'vbank'
        ? { code: '004', name: '국민은행', num: `99800${digits}0`, holder: '연습상점', dueAtMs: paidAtMs + DAY_MS }
        : null,
    cancels: [],
  }
}
