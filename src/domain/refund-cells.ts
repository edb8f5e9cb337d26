import { readAccount } from './account-text'
import { findBank } from './bank'
import { cleanCell, correction, residentNumberLikeness } from './cell-text'
import type { RefundAmount, Won } from './money'
import {
  problem,
  REFUND_COLUMNS,
  type ProblemCode,
  type ProblemValues,
  type RefundColumn,
  type RowProblem,
  type Severity,
} from './problem'
import type { BasketItem } from './refund-order'
import { FREE_REASON_BYTES_MAX, utf8Bytes } from './refund-tag'
import { readRefundAmount, readWonPart } from './won-text'

/** One row of a refund file, read cell by cell. A value that cannot be trusted is null and has a problem. */
export interface ParsedRefundCells {
  readonly orderNo: string | null
  readonly paymentKey: string | null
  readonly amount: RefundAmount | null
  /** 3-digit KFTC code. */
  readonly bank: string | null
  /** Digits only. */
  readonly accountNo: string | null
  readonly holder: string | null
  /** Digits only, with the leading 0. */
  readonly phone: string | null
  /** Empty where the file gives none. */
  readonly reason: string
  readonly taxFree: Won | null
  readonly vat: Won | null
  /** Empty where the file gives none. */
  readonly basket: readonly BasketItem[]
  readonly problems: readonly RowProblem[]
}

export type RefundCells = Partial<Record<RefundColumn, string>>

/** Columns that name a payment: thirteen digits there may be an ordinary order number. */
export const ID_COLUMNS: readonly RefundColumn[] = ['orderNo', 'paymentKey']

function at(column: RefundColumn, code: ProblemCode, values?: ProblemValues, severity: Severity = 'error'): RowProblem {
  return { ...problem(code, values), severity, column }
}

/**
 * Reads the cells of one row and tells every problem, not only the first. Text that a spreadsheet would take for a
 * formula is text here. A row with text-resident-number holds what must not be stored.
 *
 * Problems: payment-missing; amount-missing, -unreadable, -not-positive, -too-large; bank-unknown, bank-ambiguous; those
 * of readAccount; phone-unreadable; reason-too-long; tax-free-unreadable, tax-free-over-amount, vat-unreadable,
 * vat-over-amount; basket-unreadable; text-broken-encoding, text-unsafe-character, text-resident-number, text-corrected (a note).
 */
export function readRefundCells(cells: RefundCells): ParsedRefundCells {
  const problems: RowProblem[] = []
  const texts = Object.fromEntries(REFUND_COLUMNS.map((column) => [column, ''])) as Record<RefundColumn, string>
  const broken = new Set<RefundColumn>()
  for (const column of REFUND_COLUMNS) {
    const clean = cleanCell(column, cells[column] ?? '')
    problems.push(...clean.problems)
    if (clean.problems.some((found) => found.severity === 'error')) broken.add(column)
    else texts[column] = clean.text
    // The account column has its own, finer judgement.
    if (column !== 'account' && clean.text.length >= 13 && residentNumberLikeness(clean.text) !== 'none')
      problems.push(at(column, 'text-resident-number'))
  }
  /** A cell that is already refused is not called missing or unreadable as well. */
  const whole = (column: RefundColumn): boolean => !broken.has(column)

  if (texts.orderNo === '' && texts.paymentKey === '' && whole('orderNo') && whole('paymentKey'))
    problems.push(at('orderNo', 'payment-missing'))
  const amount = whole('amount') ? readAmount(texts.amount, problems) : null
  const bank = readBank(texts.bank, problems)
  const account = readAccount(texts.account, bank)
  problems.push(...account.problems)
  const phone = readPhone(texts.phone, problems)
  const bytes = utf8Bytes(texts.reason)
  if (bytes > FREE_REASON_BYTES_MAX)
    problems.push(at('reason', 'reason-too-long', { bytes, max: FREE_REASON_BYTES_MAX }))
  const taxFree = readPart(texts.taxFree, 'taxFree', 'tax-free-unreadable', problems)
  const vat = readPart(texts.vat, 'vat', 'vat-unreadable', problems)
  if (amount !== null && taxFree !== null && taxFree > amount)
    problems.push(at('taxFree', 'tax-free-over-amount', { taxFree, amount }))
  else if (amount !== null && vat !== null && vat + (taxFree ?? 0) > amount)
    problems.push(at('vat', 'vat-over-amount', { vat, amount }))

  return {
    orderNo: texts.orderNo || null,
    paymentKey: texts.paymentKey || null,
    amount,
    bank,
    accountNo: account.accountNo,
    holder: texts.holder || null,
    phone,
    reason: texts.reason,
    taxFree,
    vat,
    basket: readBasket(texts.basket, problems),
    problems,
  }
}

function readAmount(text: string, problems: RowProblem[]): RefundAmount | null {
  const amount = readRefundAmount(text)
  if (amount.ok) return amount.value
  problems.push({ ...amount.problem, severity: 'error', column: 'amount' })
  return null
}

function readBank(text: string, problems: RowProblem[]): string | null {
  if (text === '') return null
  const found = findBank(text)
  switch (found.kind) {
    case 'one':
      // A bank that is now another one is told, since the sheet and the PG will name the successor.
      if (found.merged !== null) problems.push(correction('bank', text, `${found.bank.nameKo} (${found.bank.code})`))
      return found.bank.code
    case 'many':
      problems.push(
        at('bank', 'bank-ambiguous', {
          choices: found.banks.map((bank) => `${bank.nameKo} (${bank.code})`).join(', '),
        }),
      )
      return null
    case 'none':
      problems.push(at('bank', 'bank-unknown'))
      return null
  }
}

function readPhone(text: string, problems: RowProblem[]): string | null {
  if (text === '') return null
  const digits = text.replace(/^\+82[ -]?(?:\(0\))?0?/u, '0').replaceAll(/[ ().-]/gu, '')
  // Without its leading 0 a spreadsheet has taken it for a number: not padded, since other digits may be gone too.
  if (/^0\d{8,11}$|^1[568]\d{6}$/u.test(digits)) return digits
  problems.push(at('phone', 'phone-unreadable'))
  return null
}

function readPart(text: string, column: RefundColumn, code: ProblemCode, problems: RowProblem[]): Won | null {
  if (text === '') return null
  const part = readWonPart(text)
  if (part === null) problems.push(at(column, code))
  return part
}

/** More parts than any shop splits a payment into. */
const BASKET_ITEMS_MAX = 100
/** Longer than any PG's; each PG's own limits are in the rule book. The key of a part is printable ASCII everywhere. */
const BASKET_ITEM = /^([!-9<-~]{1,100}):([^\s:;]{1,100})$/u

/** `part:seller`, one after the other, between them `;`, ` / ` or white space: a line break in a cell is a space here. */
function readBasket(text: string, problems: RowProblem[]): readonly BasketItem[] {
  if (text === '') return []
  const words = text.split(/[; ]/u).filter((word) => word !== '' && word !== '/')
  const parts = words.join(' ').replaceAll(/ ?: ?/gu, ':').split(' ')
  const items = parts.flatMap((part): readonly BasketItem[] => {
    const [, itemKey, sellerId] = BASKET_ITEM.exec(part) ?? []
    return itemKey === undefined || sellerId === undefined ? [] : [{ itemKey, sellerId }]
  })
  const distinct = new Set(items.map(({ itemKey }) => itemKey))
  if (parts.length <= BASKET_ITEMS_MAX && distinct.size === parts.length) return items
  problems.push(at('basket', 'basket-unreadable'))
  return []
}
