import { kstDay, kstDayStartMs } from '../clock'
import type { PayMethod, PracticeCancel, PracticePayment } from '../portone-v1/payment'
import { buyerName, buyerTel, PRODUCTS } from './names'

export const SHOP_SIZE = 300
const DAY_MS = 24 * 60 * 60 * 1000
/** Within one search window of 90 days, with room for a week without opening the program. */
const SHOP_DAYS = 80
/** Paid in the first seconds of today, so that the month of today has mobile payments even on its first day. */
const PAID_TODAY = 6

/** Shares of a hundred payments. */
const METHOD_SHARES: readonly { readonly method: PayMethod; readonly share: number }[] = [
  { method: 'vbank', share: 60 },
  { method: 'card', share: 22 },
  { method: 'trans', share: 11 },
  { method: 'phone', share: 7 },
]

const PGS: Readonly<Record<PayMethod, readonly string[]>> = {
  vbank: ['kcp', 'html5_inicis', 'nice_v2', 'tosspayments', 'kicc', 'smartro', 'smartro_v2', 'ksnet', 'daou'],
  card: ['kcp', 'html5_inicis', 'nice_v2', 'tosspayments', 'kicc', 'ksnet', 'smartro'],
  trans: ['kcp', 'html5_inicis', 'nice_v2', 'tosspayments', 'smartro_v2'],
  phone: ['kcp', 'html5_inicis', 'daou', 'ksnet'],
}

/** Banks in the standard three-digit codes, which the payment object uses whatever the PG. */
const BANKS = [
  { code: '004', name: '국민은행' },
  { code: '088', name: '신한은행' },
  { code: '020', name: '우리은행' },
  { code: '081', name: '하나은행' },
  { code: '003', name: '기업은행' },
  { code: '011', name: '농협은행' },
] as const
const CARDS = [
  { code: '361', name: 'BC카드' },
  { code: '366', name: '신한카드' },
  { code: '381', name: 'KB국민카드' },
  { code: '365', name: '삼성카드' },
] as const

/** What is out of the ordinary about a payment. */
type Turn =
  | 'ready'
  | 'failed'
  | 'cancelled'
  | 'partial'
  | 'sandbox'
  | 'dollars'
  | 'escrow'
  | 'tax-free'
  | 'vat'
  | 'plain'

/** How many payments of each turn, and which methods can take it. */
const TURNS: readonly { readonly turn: Turn; readonly count: number; readonly methods: readonly PayMethod[] }[] = [
  { turn: 'ready', count: 12, methods: ['vbank'] },
  { turn: 'failed', count: 8, methods: ['card'] },
  { turn: 'cancelled', count: 15, methods: ['vbank', 'card', 'trans', 'phone'] },
  { turn: 'partial', count: 20, methods: ['vbank', 'card', 'trans'] },
  { turn: 'sandbox', count: 3, methods: ['vbank', 'card'] },
  { turn: 'dollars', count: 2, methods: ['card'] },
  { turn: 'escrow', count: 6, methods: ['vbank', 'trans'] },
  { turn: 'tax-free', count: 8, methods: ['vbank', 'card'] },
  { turn: 'vat', count: 2, methods: ['card'] },
]

/** Small repeatable generator (mulberry32): the same shop on every machine. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function pick<T>(list: readonly T[], index: number): T {
  const value = list[index % list.length]
  if (value === undefined) throw new RangeError('nothing to pick from')
  return value
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0')

/** Methods mixed over the days in a fixed pattern, then one turn for each payment that gets one. */
function plan(): readonly { readonly method: PayMethod; readonly turn: Turn }[] {
  const random = generator(20_261_121)
  const methods = METHOD_SHARES.flatMap(({ method, share }) =>
    Array.from({ length: (share * SHOP_SIZE) / 100 }, () => method),
  )
  for (let index = methods.length - 1; index > 0; index--) {
    const other = random(index + 1)
    ;[methods[index], methods[other]] = [pick(methods, other), pick(methods, index)]
  }
  // Today's payments are the last ones; two of them are mobile, for the rule of the same month.
  for (const place of [SHOP_SIZE - 1, SHOP_SIZE - 3]) {
    const from = methods.indexOf('phone')
    ;[methods[place], methods[from]] = ['phone', pick(methods, place)]
  }
  const turns: Turn[] = methods.map(() => 'plain')
  for (const { turn, count, methods: allowed } of TURNS) {
    for (let left = count; left > 0;) {
      const place = random(SHOP_SIZE - PAID_TODAY)
      if (turns[place] !== 'plain' || !allowed.includes(pick(methods, place))) continue
      turns[place] = turn
      left--
    }
  }
  return methods.map((method, index) => ({ method, turn: pick(turns, index) }))
}

/**
 * The sample shop: 300 payments up to `today` (a Seoul day), the oldest first, the same for the same day.
 * Every name, phone and account number is made up.
 */
export function sampleShop(today: string): PracticePayment[] {
  const random = generator(7)
  const todayStartMs = kstDayStartMs(today)
  const perDay = new Map<string, number>()
  const payments: PracticePayment[] = []

  for (const [index, { method, turn }] of plan().entries()) {
    const fromEnd = SHOP_SIZE - index
    // Spread evenly over the days before today; about four a day, three hours each, from nine in the morning.
    const daysAgo =
      fromEnd <= PAID_TODAY ? 0 : Math.ceil(((fromEnd - PAID_TODAY) / (SHOP_SIZE - PAID_TODAY)) * SHOP_DAYS)
    const day = kstDay(todayStartMs - daysAgo * DAY_MS)
    const sequence = (perDay.get(day) ?? 0) + 1
    perDay.set(day, sequence)
    const secondOfDay = daysAgo === 0 ? sequence - 1 : (9 + (sequence - 1) * 3) * 3600 + random(3 * 3600)
    const startedAtMs = kstDayStartMs(day) + secondOfDay * 1000
    const orderNo = `ORD-${day.replaceAll('-', '')}-${digits(sequence, 4)}`
    // A failed attempt is followed by a good one with the same order number: order numbers are not unique.
    const before = payments.at(-1)
    const repeats = before?.status === 'failed' && kstDay(before.startedAtMs) === day
    payments.push(
      onePayment({
        index,
        method,
        turn,
        startedAtMs,
        merchantUid: repeats ? before.merchantUid : orderNo,
        random,
        todayStartMs,
      }),
    )
  }
  return payments
}

interface Place {
  readonly index: number
  readonly method: PayMethod
  readonly turn: Turn
  readonly startedAtMs: number
  readonly merchantUid: string
  readonly random: (below: number) => number
  readonly todayStartMs: number
}

function onePayment({ index, method, turn, startedAtMs, merchantUid, random, todayStartMs }: Place): PracticePayment {
  const number = index + 1
  const product = pick(PRODUCTS, random(PRODUCTS.length))
  const dollars = turn === 'dollars'
  // Mobile carriers cap a payment, so the phone buys small things only.
  const quantity = product.price < 60_000 && method !== 'phone' ? 1 + random(3) : 1
  const amount = dollars
    ? Math.round(product.price / 13) / 100
    : (method === 'phone' ? Math.min(product.price, 54_500) : product.price) * quantity
  const pgProvider = pick(PGS[method], turn === 'vat' ? 1 : turn === 'tax-free' ? index % 5 : index)
  const paid = turn !== 'ready' && turn !== 'failed'
  const today = startedAtMs >= todayStartMs
  const paidAtMs = paid
    ? startedAtMs + (today ? 0 : (method === 'vbank' ? 600 + random(7200) : 20 + random(60)) * 1000)
    : null
  const buyer = buyerName(number)
  const bank = pick(BANKS, random(BANKS.length))
  const card = pick(CARDS, random(CARDS.length))
  return {
    impUid: `imp_${digits(700_000_000_000 + number * 1_370_011, 12)}`,
    merchantUid,
    payMethod: method,
    pgProvider,
    pgTid: `${pgProvider}-${digits(number, 6)}-${digits(random(1_000_000), 6)}`,
    pgId: `practice-${pgProvider}`,
    status: turn === 'ready' ? 'ready' : turn === 'failed' ? 'failed' : 'paid',
    currency: dollars ? 'USD' : 'KRW',
    amount,
    taxFree: turn === 'tax-free' ? Math.floor(amount / 3) : 0,
    vatAmount: turn === 'vat' ? Math.round(amount / 11) : null,
    name: quantity === 1 ? product.name : `${product.name} 외 ${quantity - 1}건`,
    buyerName: buyer,
    buyerTel: buyerTel(number),
    buyerEmail: `buyer${digits(number, 3)}@example.com`,
    escrow: turn === 'escrow',
    sandbox: turn === 'sandbox',
    startedAtMs,
    paidAtMs,
    failedAtMs: turn === 'failed' ? startedAtMs + 30_000 : null,
    failReason: turn === 'failed' ? '카드 한도 초과' : null,
    card: method === 'card' ? { ...card, number: '999999******0000', applyNum: digits(random(100_000_000), 8) } : null,
    bank: method === 'trans' ? bank : null,
    // 998 begins no bank's account numbers in this shop's samples but these.
    vbank:
      method === 'vbank'
        ? {
            ...bank,
            num: `998${digits(number, 4)}${digits(random(10_000_000), 7)}`,
            holder: '연습상점',
            dueAtMs: startedAtMs + 3 * DAY_MS,
          }
        : null,
    cancels: earlierCancels({ turn, amount, number, pgProvider, method, paidAtMs, todayStartMs, random }),
  }
}

const EARLIER_REASONS = ['고객 변심', '상품 품절', '배송 지연', '옵션 변경']

interface PaidPlace {
  readonly turn: Turn
  readonly amount: number
  readonly number: number
  readonly pgProvider: string
  readonly method: PayMethod
  readonly paidAtMs: number | null
  readonly todayStartMs: number
  readonly random: (below: number) => number
}

function earlierCancels({
  turn,
  amount,
  number,
  pgProvider,
  method,
  paidAtMs,
  todayStartMs,
  random,
}: PaidPlace): readonly PracticeCancel[] {
  if (paidAtMs === null || (turn !== 'cancelled' && turn !== 'partial')) return []
  const part = Math.max(1000, Math.floor(amount / 5 / 100) * 100)
  // Every third partly refunded payment was refunded twice.
  const amounts = turn === 'cancelled' ? [amount] : number % 3 === 0 ? [part, part] : [part]
  return amounts.map((cancelled, index) => {
    const atMs = Math.min(paidAtMs + (index + 1) * DAY_MS + random(20_000) * 1000, todayStartMs - 60_000 + index * 1000)
    const pgTid = `${pgProvider}-cancel-${digits(number, 6)}-${index + 1}`
    return {
      id: `PRACTICE${digits(number, 8)}${digits(index + 1, 4)}`,
      pgTid,
      amount: cancelled,
      taxFree: 0,
      reason: pick(EARLIER_REASONS, number + index),
      acceptedAtMs: atMs,
      shownAtMs: atMs,
      receiptUrl: method === 'card' ? `https://receipt.example/${pgTid}` : null,
      source: 'shop' as const,
    }
  })
}
