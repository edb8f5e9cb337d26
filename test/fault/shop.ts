import type { PayMethod, PracticePayment } from '../../src/practice/portone-v1/payment'

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

/** One line of the refund file. */
export interface ShopRow {
  readonly impUid: string
  readonly amount: number
  /** Empty where the money goes back the way it came. */
  readonly account: string
  readonly cells: readonly string[]
}

export interface Shop {
  readonly payments: readonly PracticePayment[]
  readonly rows: readonly ShopRow[]
}

const HEADER = ['주문번호', '거래번호', '환불금액', '은행', '계좌번호', '예금주', '연락처', '환불사유']

export const csvOf = (rows: readonly ShopRow[]): string =>
  [HEADER, ...rows.map((row) => row.cells)].map((cells) => `${cells.join(',')}\r\n`).join('')

/**
 * A shop with `count` refunds. Three of four are partial, so that nothing but the program's own care keeps a second one
 * from taking effect; every tenth payment is refunded in two rows. Names, phones and accounts are made up.
 */
export function shopOf(
  count: number,
  only?: (kind: { readonly pg: string; readonly method: PayMethod }) => boolean,
): Shop {
  const kinds = KINDS.filter((kind) => only?.(kind) ?? true)
  const payments: PracticePayment[] = []
  const rows: ShopRow[] = []
  while (rows.length < count) {
    const number = payments.length + 1
    const kind = kinds[payments.length % kinds.length]
    if (kind === undefined) throw new RangeError('no kind of payment')
    const payment = paymentOf(number, kind)
    payments.push(payment)
    const parts = number % 10 === 0 ? 2 : 1
    for (let part = 0; part < parts && rows.length < count; part += 1) rows.push(rowOf(payment, number, part, parts))
  }
  return { payments, rows }
}

function rowOf(payment: PracticePayment, number: number, part: number, parts: number): ShopRow {
  const amount = parts === 1 && number % 4 === 3 ? payment.amount : Math.floor(payment.amount / 4 / 100) * 100
  const toAccount = payment.payMethod === 'vbank'
  const account = toAccount
    ? `9990${String(number * 7_654_321 + part * 13)
        .padStart(10, '0')
        .slice(-10)}`
    : ''
  const bank = number % 2 === 0 ? '국민은행' : '기업은행'
  const phone = payment.pgProvider.startsWith('smartro') ? payment.buyerTel : ''
  return {
    impUid: payment.impUid,
    amount,
    account,
    cells: [
      payment.merchantUid,
      payment.impUid,
      String(amount),
      ...(toAccount ? [bank, account, payment.buyerName] : ['', '', '']),
      phone,
      part === 0 ? '고객 변심' : '상품 품절',
    ],
  }
}

function paymentOf(
  number: number,
  { pg, method }: { readonly pg: string; readonly method: PayMethod },
): PracticePayment {
  const paidAtMs = START_MS - DAY_MS * (1 + (number % 20))
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
    amount: 20_000 + (number % 7) * 4000,
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
