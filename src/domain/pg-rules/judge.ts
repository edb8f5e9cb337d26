import { bankName } from '../bank'
import type { ChannelOptions } from '../channel-options'
import type { Won } from '../money'
import {
  problem,
  type ProblemCode,
  type ProblemValues,
  type RefundColumn,
  type RowProblem,
  type Severity,
} from '../problem'
import type { BasketItem, RefundAccount } from '../refund-order'
import { utf8Bytes } from '../refund-tag'
import { assertNever } from '../result'
import { kstDate, kstMonth } from '../time'
import { addDays } from '../business-day'
import { pgBankCode } from './bank-codes'
import { refusedCharacter } from './refused-text'
import type { Rule, RuleScope } from './rule'
import { isKnownProvider, isOverridden, rulesBinding } from './rule-book'
import { isInWindow, isSameMonth, needsAccount, windowValues } from './scope'

/** What a row asks of a payment; amounts in won, instants UTC ms. */
export interface RuleInput extends RuleScope {
  readonly overrides: ReadonlySet<string>
  readonly channel: ChannelOptions
  readonly paid: Won
  readonly ledgerBalance: Won
  /** Cancels of this payment so far. */
  readonly cancelCount: number
  readonly amount: Won
  readonly paidAtMs: number | null
  readonly nowMs: number
  readonly escrow: boolean
  readonly account: RefundAccount | null
  readonly taxFree: Won | null
  readonly vat: Won | null
  readonly basket: readonly BasketItem[]
  readonly reason: string
  /** Whether the payment has a tax-free part; null or left out where nobody knows. */
  readonly paymentHasTaxFree?: boolean | null
  /** Whether the payment is split among sellers; null or left out where nobody knows. */
  readonly paymentSplit?: boolean | null
}

/**
 * Every rule that this refund breaks, and what deserves a look. A rule that a person has overridden gives the warning
 * rule-overridden in place of its errors, and nothing in place of its warnings.
 *
 * Problems: payment-escrow, rule-escrow-status-change, rule-method-not-refundable, rule-cancel-elsewhere,
 * rule-service-missing, rule-mobile-month, rule-month-unconfirmed (a warning), rule-partial-not-allowed,
 * rule-partial-count, rule-partial-contract (a warning), rule-refund-age, rule-night-window (a warning: the run waits for
 * the morning), rule-unknown-provider, bank-missing, bank-not-at-pg, account-missing, account-too-long, holder-missing,
 * holder-too-long, holder-bytes-too-long, phone-missing, text-refused-character, tax-free-required,
 * tax-free-over-amount, vat-required, vat-over-amount, rule-tax-not-sent, rule-vat-on-partial and
 * rule-tax-free-on-partial (warnings), rule-basket-needed, rule-basket-not-sent, basket-item-too-long.
 */
export function judgeByRules(input: RuleInput): readonly RowProblem[] {
  return rulesBinding(input).flatMap((rule) => {
    const found = judgeRule(rule, input)
    if (found.length === 0 || !isOverridden(rule, input.overrides)) return found
    return found.some(({ severity }) => severity === 'error')
      ? [rowProblem('warning', 'rule-overridden', null, { rule: rule.id, provider: input.provider })]
      : []
  })
}

function rowProblem(
  severity: Severity,
  code: ProblemCode,
  column: RefundColumn | null,
  values?: ProblemValues,
): RowProblem {
  return { ...problem(code, values), severity, column }
}

function judgeRule(rule: Rule, input: RuleInput): readonly RowProblem[] {
  const { provider, method, account, amount, paid, cancelCount, taxFree, vat } = input
  const isPartial = amount < paid
  const broken = (code: ProblemCode, column: RefundColumn | null, values?: ProblemValues) => [
    rowProblem(rule.severity, code, column, values),
  ]
  switch (rule.kind) {
    case 'unknown-provider':
      return broken('rule-unknown-provider', null, { provider })
    case 'not-refundable':
      return broken('rule-method-not-refundable', null, { method })
    case 'cancel-elsewhere':
      return broken('rule-cancel-elsewhere', null, { provider, method })
    case 'escrow':
      if (!input.escrow) return []
      return rule.remedy === 'console'
        ? broken('payment-escrow', null, { provider })
        : broken('rule-escrow-status-change', null, { provider })
    case 'needs-service':
      return input.channel.pg === 'kicc' && input.channel.services.length > 0
        ? []
        : broken('rule-service-missing', null, { provider })
    case 'needs-account':
      return missingParts(rule, account)
    case 'account-after-month':
      return needsAccount(input, input) ? missingParts(rule, account) : []
    case 'needs-phone':
      return account?.phone ? [] : broken('phone-missing', 'phone', { provider })
    case 'bank-table':
      if (account === null || account.bank === '' || !isKnownProvider(input.pg, provider)) return []
      return pgBankCode(provider, account.bank) === null
        ? broken('bank-not-at-pg', 'bank', { bank: bankName(account.bank), provider })
        : []
    case 'account-max':
      return account !== null && account.accountNo.length > rule.max
        ? broken('account-too-long', 'account', { length: account.accountNo.length, max: rule.max })
        : []
    case 'holder-max':
      return account !== null && account.holder.length > rule.max
        ? broken('holder-too-long', 'holder', { length: account.holder.length, max: rule.max })
        : []
    case 'holder-bytes-max': {
      const bytes = account === null ? 0 : utf8Bytes(account.holder)
      return bytes > rule.max ? broken('holder-bytes-too-long', 'holder', { bytes, max: rule.max }) : []
    }
    case 'characters':
      return refusedCharacters(rule, input)
    case 'full-only':
      return amount === paid && cancelCount === 0
        ? []
        : broken('rule-partial-not-allowed', 'amount', { paid, amount, provider })
    case 'partial-max':
      return isPartial && cancelCount >= rule.max
        ? broken('rule-partial-count', null, { max: rule.max, count: cancelCount, provider })
        : []
    case 'partial-contract':
      return isPartial ? broken('rule-partial-contract', 'amount', { provider }) : []
    case 'same-month':
      // Without a time of payment nobody can tell the month, which is no reason to try.
      return isSameMonth(input) ? [] : broken('rule-mobile-month', null, monthValues(input))
    case 'month-unconfirmed':
      return isSameMonth(input) ? [] : broken('rule-month-unconfirmed', null, { ...monthValues(input), provider })
    case 'refund-age':
      return isOlderThanMonths(input, rule.months)
        ? broken('rule-refund-age', null, { months: rule.months, provider })
        : []
    case 'refund-age-days':
      return isOlderThanDays(input, rule.days) ? broken('rule-refund-age', null, { days: rule.days, provider }) : []
    case 'night-window':
      return isInWindow(rule, input.nowMs) ? broken('rule-night-window', null, windowValues(rule, provider)) : []
    case 'tax-parts':
      if (taxFree === null && input.paymentHasTaxFree === true) return broken('tax-free-required', 'taxFree')
      if (taxFree !== null && taxFree > amount) return broken('tax-free-over-amount', 'taxFree', { taxFree, amount })
      return vat !== null && vat + (taxFree ?? 0) > amount ? broken('vat-over-amount', 'vat', { vat, amount }) : []
    case 'tax-split':
      return judgeTaxSplit(rule, input)
    case 'vat-on-partial':
      return isPartial && vat === null && (rule.doubted === 'always' || isMixed(input))
        ? broken('rule-vat-on-partial', 'vat', { provider })
        : []
    case 'tax-free-on-partial':
      return isPartial && taxFree !== null && taxFree > 0
        ? broken('rule-tax-free-on-partial', 'taxFree', { provider })
        : []
    case 'basket-needed':
      return judgeBasket(rule, input)
    case 'basket-not-sent':
      return input.basket.length > 0 || input.paymentSplit === true
        ? broken('rule-basket-not-sent', 'basket', { provider })
        : []
    case 'needs-contract':
    case 'fee':
    case 'cash-receipt-by-hand':
    case 'tax-free-sent':
    case 'asynchronous':
    case 'timing-unknown':
      return []
    default:
      return assertNever(rule)
  }
}

function missingParts({ severity }: Rule, account: RefundAccount | null): readonly RowProblem[] {
  return [
    ...(account?.bank ? [] : [rowProblem(severity, 'bank-missing', 'bank')]),
    ...(account?.accountNo ? [] : [rowProblem(severity, 'account-missing', 'account')]),
    ...(account?.holder ? [] : [rowProblem(severity, 'holder-missing', 'holder')]),
  ]
}

/** Some of it is taxed and some is not. */
const isMixed = ({ taxFree, amount }: RuleInput): boolean => taxFree !== null && taxFree > 0 && taxFree < amount

type RuleOf<K extends Rule['kind']> = Extract<Rule, { readonly kind: K }>

function refusedCharacters(
  { allowed, severity }: RuleOf<'characters'>,
  { account, reason, basket }: RuleInput,
): readonly RowProblem[] {
  const texts: readonly (readonly [RefundColumn, string])[] = [
    ['holder', account?.holder ?? ''],
    ['reason', reason],
    ['basket', basket.map(({ itemKey, sellerId }) => itemKey + sellerId).join('')],
  ]
  return texts.flatMap(([column, text]) => {
    const character = refusedCharacter(allowed, text)
    return character === null ? [] : [rowProblem(severity, 'text-refused-character', column, { character })]
  })
}

function judgeTaxSplit({ severity }: RuleOf<'tax-split'>, { channel, taxFree, vat }: RuleInput): readonly RowProblem[] {
  if (channel.pg !== 'kicc') return []
  // A channel without the split sends no parts: what the row says of them would be lost.
  if (!channel.complexTax) return (taxFree ?? 0) > 0 ? [rowProblem('warning', 'rule-tax-not-sent', 'taxFree')] : []
  // What is left of the amount is the taxed part.
  return [
    ...(taxFree === null ? [rowProblem(severity, 'tax-free-required', 'taxFree')] : []),
    ...(vat === null ? [rowProblem(severity, 'vat-required', 'vat')] : []),
  ]
}

function judgeBasket(
  { severity, itemKeyMax, sellerMax }: RuleOf<'basket-needed'>,
  { basket, paymentSplit }: RuleInput,
): readonly RowProblem[] {
  if (basket.length === 0) return paymentSplit === true ? [rowProblem(severity, 'rule-basket-needed', 'basket')] : []
  const long = basket.find(
    ({ itemKey, sellerId }) => utf8Bytes(itemKey) > itemKeyMax || utf8Bytes(sellerId) > sellerMax,
  )
  return long === undefined
    ? []
    : [rowProblem(severity, 'basket-item-too-long', 'basket', { item: itemKeyMax, seller: sellerMax })]
}

function monthValues({ paidAtMs }: RuleInput): ProblemValues | undefined {
  return paidAtMs === null ? undefined : { paidMonth: kstMonth(paidAtMs) }
}

/** Compared as calendar days in Seoul; the day of the same number is still in time. An unknown day is too old. */
function isOlderThanMonths({ paidAtMs, nowMs }: RuleInput, months: number): boolean {
  if (paidAtMs === null) return true
  const paidOn = kstDate(paidAtMs)
  const monthIndex = Number(paidOn.slice(0, 4)) * 12 + Number(paidOn.slice(5, 7)) - 1 + months
  const year = String(Math.floor(monthIndex / 12)).padStart(4, '0')
  const month = String((monthIndex % 12) + 1).padStart(2, '0')
  // The 31st of a short month does not exist, but as text it still stands between that month and the next.
  return kstDate(nowMs) > `${year}-${month}-${paidOn.slice(8)}`
}

/** The last of the days counts in whole; an unknown day is too old. */
function isOlderThanDays({ paidAtMs, nowMs }: RuleInput, days: number): boolean {
  return paidAtMs === null || kstDate(nowMs) > addDays(kstDate(paidAtMs), days)
}
