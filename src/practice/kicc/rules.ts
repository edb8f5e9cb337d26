import { bankName } from './banks'
import { failsAccountCheck } from './fates'
import type { ReviseOrder } from './fields'
import type { KiccMerchant, RemainAmountMeaning } from './merchants'
import { balanceOf, refundsOf, taxLeft, type KiccAccount, type KiccDeposit } from './payment'
import { REFUSALS, type Refusal } from './results'

/** The change types of the refund page. "40" and its like cancel a payment: a refund desk must never send them. */
export const REFUND_TYPES: ReadonlySet<string> = new Set(['60', '62', '63'])
const SUB_TYPES: Readonly<Record<string, readonly string[]>> = {
  '60': ['RF01'],
  '62': ['RF01'],
  '63': ['10', '11', '20', '21'],
}
/** Type and sub type of the kinds that give back a part. */
const PARTIAL = new Set(['62 RF01', '63 11', '63 21'])
/** The kinds where KICC checks the account itself. */
const CHECKED_BY_KICC = new Set(['63 10', '63 11'])

const kindOf = ({ typeCode, subTypeCode }: ReviseOrder): string => `${typeCode} ${subTypeCode}`
const isPartial = (order: ReviseOrder): boolean => PARTIAL.has(kindOf(order))

/** What a request would do: how much, and of which deposit. */
export interface Judged {
  readonly amount: number
  /** Null of a mobile payment. */
  readonly deposit: KiccDeposit | null
  readonly balance: number
}

export interface Grounds {
  readonly merchant: KiccMerchant
  readonly account: KiccAccount | undefined
  readonly remainAmount: RemainAmountMeaning
}

/** Judges the books as they stand: the caller must not wait between this and the effect. */
export function judge(order: ReviseOrder, { merchant, account, remainAmount }: Grounds): Judged | Refusal {
  // A payment of another MID does not exist for this one.
  if (account === undefined || account.payment.mallId !== merchant.mallId) return REFUSALS.unknownPayment
  const refusal = kindRefusal(order, merchant) ?? paymentRefusal(account) ?? accountRefusal(order)
  if (refusal !== undefined) return refusal
  const deposit = depositOf(account, order.depositPgCno)
  if (deposit === undefined) return REFUSALS.deposit
  const balance = balanceOf(account, deposit)
  const amount = order.amount ?? balance
  const judged = { amount, deposit, balance }
  return (
    amountRefusal(order, account, judged) ??
    remainRefusal(order, judged, remainAmount) ??
    taxRefusal(order, account, amount) ??
    basketRefusal(order, account, amount) ??
    (CHECKED_BY_KICC.has(kindOf(order)) && failsAccountCheck(order.accountNo) ? REFUSALS.accountCheck : judged)
  )
}

function kindRefusal({ typeCode, subTypeCode }: ReviseOrder, { service }: KiccMerchant): Refusal | undefined {
  if (!REFUND_TYPES.has(typeCode)) return REFUSALS.type
  if (SUB_TYPES[typeCode]?.includes(subTypeCode) !== true) return REFUSALS.subType
  return (typeCode === '63') === (service === 'real-time') ? undefined : REFUSALS.service
}

function paymentRefusal({ payment }: KiccAccount): Refusal | undefined {
  if (payment.method !== '22' && payment.method !== '31') return REFUSALS.method
  if (payment.escrow) return REFUSALS.escrow
  return payment.method === '22' && payment.deposits.length === 0 ? REFUSALS.notDeposited : undefined
}

function accountRefusal({ accountNo, bankCode }: ReviseOrder): Refusal | undefined {
  return /^\d+$/.test(accountNo) && bankName(bankCode) !== undefined ? undefined : REFUSALS.account
}

/** Null of a mobile payment, nothing where the request does not say which, or names one that is not there. */
function depositOf({ payment }: KiccAccount, asked: string | null): KiccDeposit | null | undefined {
  if (payment.method === '31') return asked === null ? null : undefined
  if (asked !== null) return payment.deposits.find(({ pgCno }) => pgCno === asked)
  return payment.deposits.length === 1 ? payment.deposits[0] : undefined
}

function amountRefusal(
  order: ReviseOrder,
  account: KiccAccount,
  { amount, deposit, balance }: Judged,
): Refusal | undefined {
  if (isPartial(order)) {
    if (order.amount === null || amount < 1) return REFUSALS.amount
    return amount > balance ? REFUSALS.overBalance : undefined
  }
  if (balance === 0) return REFUSALS.overBalance
  if (refundsOf(account, deposit).length > 0) return REFUSALS.partlyRefunded
  if (amount > balance) return REFUSALS.overBalance
  return amount === balance ? undefined : REFUSALS.amount
}

/** "Used for validation during partial refund": a full one is not held against it. */
function remainRefusal(
  order: ReviseOrder,
  { amount, balance }: Judged,
  meaning: RemainAmountMeaning,
): Refusal | undefined {
  if (order.remainAmount === null || meaning === 'ignore' || !isPartial(order)) return undefined
  const expected = meaning === 'before' ? balance : balance - amount
  return order.remainAmount === expected ? undefined : REFUSALS.remainAmount
}

/** Parts that are given must add up; a payment with a split needs them, and no part may go below zero. */
function taxRefusal({ tax }: ReviseOrder, account: KiccAccount, amount: number): Refusal | undefined {
  const left = taxLeft(account)
  if (tax === null) return left === null ? undefined : REFUSALS.tax
  if (tax.taxation + tax.taxFree + tax.vat !== amount) return REFUSALS.tax
  const fits = left === null || (tax.taxation <= left.taxation && tax.taxFree <= left.taxFree && tax.vat <= left.vat)
  return fits ? undefined : REFUSALS.tax
}

function basketRefusal(
  { basket, basketUsed }: ReviseOrder,
  { payment }: KiccAccount,
  amount: number,
): Refusal | undefined {
  if (payment.basket.length === 0) return basketUsed || basket.length > 0 ? REFUSALS.basket : undefined
  const products = basket.map((item) =>
    payment.basket.find(
      ({ productPgCno, sellerId }) => productPgCno === item.productPgCno && sellerId === item.sellerId,
    ),
  )
  const distinct = new Set(basket.map(({ productPgCno }) => productPgCno)).size === basket.length
  const known = products.length > 0 && products.every((product) => product !== undefined)
  const worth = products.reduce((total, product) => total + (product?.amount ?? 0), 0)
  return basketUsed && known && distinct && amount <= worth ? undefined : REFUSALS.basket
}
