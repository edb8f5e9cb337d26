import { kstDay, kstDayStartMs, kstDigits } from '../clock'
import { KICC_MERCHANTS } from '../kicc/merchants'
import type { KiccDeposit, KiccPayment } from '../kicc/payment'
import { buyerName, PRODUCTS } from './names'

const DAY_MS = 24 * 60 * 60 * 1000
const HOUR_MS = 60 * 60 * 1000
const MINUTE_MS = 60_000

/** What is out of the ordinary about a payment; everything but `mobile` goes over a virtual account. */
type Turn = 'plain' | 'mobile' | 'receipt' | 'receipt-fails' | 'escrow' | 'deposits' | 'tax' | 'basket' | 'unpaid'

/** Of each MID, the oldest first. The newest are ordinary ones, as those are refunded the most. */
const TURNS: readonly (readonly [Turn, Turn])[] = [
  ['tax', 'unpaid'],
  ['escrow', 'plain'],
  ['plain', 'tax'],
  ['mobile', 'plain'],
  ['basket', 'receipt-fails'],
  ['receipt', 'basket'],
  ['deposits', 'mobile'],
  ['receipt-fails', 'plain'],
  ['plain', 'deposits'],
  ['mobile', 'receipt'],
  ['plain', 'mobile'],
  ['plain', 'plain'],
]

export const KICC_SHOP_SIZE = TURNS.length * 2

const BANK_CODES = ['004', '088', '020', '081', '003', '011']

/** The shop's payments over KICC up to `today` (a Seoul day), the oldest first, the same for the same day; all made up. */
export function sampleKiccShop(today: string): readonly KiccPayment[] {
  const todayStartMs = kstDayStartMs(today)
  return TURNS.flatMap((turns, row) =>
    turns.map((turn, mid) => {
      const number = row * 2 + mid + 1
      // Every other day up to yesterday, in the morning and in the afternoon.
      const daysAgo = (TURNS.length - row) * 2 - 1
      const approvedAtMs = todayStartMs - daysAgo * DAY_MS + (10 + mid * 5) * HOUR_MS + number * 17_000
      return onePayment(turn, number, mid, approvedAtMs)
    }),
  )
}

/** Twenty digits: the kind of event, its second in Seoul, a number. */
const pgNumber = (kind: number, atMs: number, number: number): string =>
  `${kind}${kstDigits(atMs)}${String(number).padStart(5, '0')}`

function onePayment(turn: Turn, number: number, mid: number, approvedAtMs: number): KiccPayment {
  const product = PRODUCTS[(number * 7) % PRODUCTS.length]
  const mallId = KICC_MERCHANTS[mid]?.mallId
  if (product === undefined || mallId === undefined) throw new RangeError('nothing to sell, or nobody who sells')
  const method = turn === 'mobile' ? '31' : '22'
  // Mobile carriers cap a payment.
  const amount = method === '31' ? Math.min(product.price, 54_500) : product.price
  const vat = Math.floor(amount / 22)
  const taxFree = Math.floor(amount / 2)
  const half = Math.floor(amount / 200) * 100
  const parts = turn === 'deposits' ? [half, amount - half] : turn === 'unpaid' || method === '31' ? [] : [amount]
  const depositedAtMs = approvedAtMs + 40 * MINUTE_MS
  return {
    pgCno: pgNumber(2, approvedAtMs, number),
    mallId,
    shopOrderNo: `KE-${kstDay(approvedAtMs).replaceAll('-', '')}-${String(number).padStart(3, '0')}`,
    method,
    amount,
    goodsName: product.name,
    customerName: buyerName(500 + number),
    approvedAtMs,
    vbank:
      method === '22'
        ? {
            bankCode: BANK_CODES[number % BANK_CODES.length] ?? '004',
            // 997 begins no bank's account numbers in this shop's samples but these.
            accountNo: `997${String(number * 7_340_033).padStart(11, '0')}`,
          }
        : null,
    deposits: parts.map((part, index): KiccDeposit => {
      const atMs = depositedAtMs + index * HOUR_MS
      return { pgCno: pgNumber(3, atMs, number * 10 + index), amount: part, atMs }
    }),
    escrow: turn === 'escrow',
    tax: turn === 'tax' ? { taxation: amount - taxFree - vat, taxFree, vat } : null,
    basket:
      turn === 'basket'
        ? [half, amount - half].map((part, index) => ({
            productPgCno: pgNumber(4, approvedAtMs, number * 10 + index),
            sellerId: `seller-${index + 1}`,
            amount: part,
          }))
        : [],
    cashReceipt: turn === 'receipt' ? 'cancelled' : turn === 'receipt-fails' ? 'fails' : 'none',
  }
}
