import { bankName } from '../bank'
import { addDays } from '../business-day'
import type { Won } from '../money'
import type { PaymentMethod } from '../payment'
import {
  problem,
  type Problem,
  type ProblemCode,
  type ProblemValues,
  type RefundColumn,
  type RowProblem,
  type Severity,
} from '../problem'
import type { RefundAccount } from '../refund-order'
import { assertNever } from '../result'
import { kstDate, kstDayStartMs, kstMinuteOfDay, kstMonth } from '../time'
import { pgBankCode } from './bank-codes'
import { GENERAL_RULES, providerRules, type Rule } from './rules'

export { providerRules } from './rules'

/** What a row asks of a payment; amounts in won, instants UTC ms. */
export interface RuleInput {
  readonly provider: string
  readonly method: PaymentMethod
  readonly paid: Won
  readonly ledgerBalance: Won
  /** Cancels of this payment so far. */
  readonly cancelCount: number
  readonly amount: Won
  readonly paidAtMs: number | null
  readonly nowMs: number
  readonly account: RefundAccount | null
  readonly taxFree: Won | null
  /** Whether the payment has a tax-free part; null or left out where nobody knows. */
  readonly paymentHasTaxFree?: boolean | null
}

function rulesFor(provider: string, method: PaymentMethod): readonly Rule[] {
  const all = [...GENERAL_RULES, ...(providerRules(provider)?.rules ?? [])]
  return all.filter((rule) => !('methods' in rule) || rule.methods.includes(method))
}

function hasRule(provider: string, method: PaymentMethod, kind: Rule['kind']): boolean {
  return rulesFor(provider, method).some((rule) => rule.kind === kind)
}

/** Whether bank, account and holder are needed, because the money cannot go back the way it came. */
export function needsAccount(provider: string, method: PaymentMethod): boolean {
  return hasRule(provider, method, 'needs-account')
}

export function needsPhone(provider: string, method: PaymentMethod): boolean {
  return hasRule(provider, method, 'needs-phone')
}

/** The PG is known to answer "asked" and to show the cancel later. */
export function isAsynchronous(provider: string, method: PaymentMethod): boolean {
  return hasRule(provider, method, 'asynchronous')
}

/** The PG is known to show a cancel at once. Neither this nor `isAsynchronous` holds where nobody says. */
export function isSynchronous(provider: string, method: PaymentMethod): boolean {
  if (providerRules(provider) === null || method === 'other') return false
  return !isAsynchronous(provider, method) && !hasRule(provider, method, 'timing-unknown')
}

function rowProblem(
  code: ProblemCode,
  column: RefundColumn | null,
  values?: ProblemValues,
  severity: Severity = 'error',
): RowProblem {
  return { ...problem(code, values), severity, column }
}

/**
 * Every rule that this refund breaks, and what deserves a look. Problems: rule-method-not-refundable, rule-mobile-month,
 * rule-partial-not-allowed, rule-partial-count, rule-refund-age, rule-night-window (a warning: the run waits for the
 * morning), rule-unknown-provider, bank-missing, bank-not-at-pg, account-missing, account-too-long, holder-missing,
 * holder-too-long, phone-missing, tax-free-required, tax-free-over-amount.
 */
export function judgeByRules(input: RuleInput): readonly RowProblem[] {
  const rules = rulesFor(input.provider, input.method)
  return [
    ...unknownProvider(input),
    ...rules.flatMap((rule) => judgeRule(rule, input)).filter(notRepeated),
    ...judgeTax(input),
  ]
}

/** A PG's own rule may say again what a general one says. */
function notRepeated(found: RowProblem, index: number, all: readonly RowProblem[]): boolean {
  return all.findIndex((other) => other.code === found.code && other.column === found.column) === index
}

function unknownProvider(input: RuleInput): readonly RowProblem[] {
  if (providerRules(input.provider) !== null) return []
  // Which code that PG reads as which bank is not known, and a wrong guess pays a stranger.
  const severity = needsAccount(input.provider, input.method) ? 'error' : 'warning'
  return [rowProblem('rule-unknown-provider', null, { provider: input.provider }, severity)]
}

function judgeRule(rule: Rule, input: RuleInput): readonly RowProblem[] {
  const { provider, method, account } = input
  switch (rule.kind) {
    case 'not-refundable':
      return [rowProblem('rule-method-not-refundable', null, { method })]
    case 'needs-account':
      return judgeAccount(provider, account)
    case 'needs-phone':
      return account?.phone ? [] : [rowProblem('phone-missing', 'phone', { provider })]
    case 'account-lengths':
      return account === null || !needsAccount(provider, method) ? [] : judgeLengths(rule, account)
    case 'same-month':
      // Without a time of payment nobody can tell the month, which is no reason to try.
      if (input.paidAtMs === null) return [rowProblem('rule-mobile-month', null)]
      return kstMonth(input.paidAtMs) === kstMonth(input.nowMs)
        ? []
        : [rowProblem('rule-mobile-month', null, { paidMonth: kstMonth(input.paidAtMs) })]
    case 'full-only':
      return input.amount === input.paid && input.cancelCount === 0
        ? []
        : [rowProblem('rule-partial-not-allowed', 'amount', { paid: input.paid, amount: input.amount, provider })]
    case 'partial-max':
      return input.amount < input.paid && input.cancelCount >= rule.max
        ? [rowProblem('rule-partial-count', null, { max: rule.max, count: input.cancelCount, provider })]
        : []
    case 'refund-age':
      return isOlderThanMonths(input.paidAtMs, input.nowMs, rule.months)
        ? [rowProblem('rule-refund-age', null, { months: rule.months, provider }, rule.severity)]
        : []
    case 'night-window':
      return isInWindow(rule, input.nowMs)
        ? [rowProblem('rule-night-window', null, windowValues(rule, provider), 'warning')]
        : []
    case 'asynchronous':
    case 'timing-unknown':
      return []
    default:
      return assertNever(rule)
  }
}

function judgeAccount(provider: string, account: RefundAccount | null): readonly RowProblem[] {
  const found: RowProblem[] = []
  if (!account?.bank) found.push(rowProblem('bank-missing', 'bank'))
  else if (providerRules(provider) !== null && pgBankCode(provider, account.bank) === null) {
    found.push(rowProblem('bank-not-at-pg', 'bank', { bank: bankName(account.bank), provider }))
  }
  if (!account?.accountNo) found.push(rowProblem('account-missing', 'account'))
  if (!account?.holder) found.push(rowProblem('holder-missing', 'holder'))
  return found
}

function judgeLengths(rule: Extract<Rule, { kind: 'account-lengths' }>, account: RefundAccount): readonly RowProblem[] {
  const found: RowProblem[] = []
  const { accountMax, holderMax } = rule
  if (account.accountNo.length > accountMax)
    found.push(rowProblem('account-too-long', 'account', { length: account.accountNo.length, max: accountMax }))
  // UTF-16 units: the stricter reading where nobody says what a character is.
  if (account.holder.length > holderMax)
    found.push(rowProblem('holder-too-long', 'holder', { length: account.holder.length, max: holderMax }))
  return found
}

function judgeTax({ taxFree, amount, paymentHasTaxFree }: RuleInput): readonly RowProblem[] {
  if (taxFree === null) return paymentHasTaxFree === true ? [rowProblem('tax-free-required', 'taxFree')] : []
  return taxFree > amount ? [rowProblem('tax-free-over-amount', 'taxFree', { taxFree, amount })] : []
}

/** Compared as calendar days in Seoul; the day of the same number is still in time. An unknown day is too old. */
function isOlderThanMonths(paidAtMs: number | null, nowMs: number, months: number): boolean {
  if (paidAtMs === null) return true
  const paidOn = kstDate(paidAtMs)
  const monthIndex = Number(paidOn.slice(0, 4)) * 12 + Number(paidOn.slice(5, 7)) - 1 + months
  const year = String(Math.floor(monthIndex / 12)).padStart(4, '0')
  const month = String((monthIndex % 12) + 1).padStart(2, '0')
  // The 31st of a short month does not exist, but as text it still stands between that month and the next.
  return kstDate(nowMs) > `${year}-${month}-${paidOn.slice(8)}`
}

type NightWindow = Extract<Rule, { kind: 'night-window' }>

function isInWindow({ fromMinute, untilMinute }: NightWindow, nowMs: number): boolean {
  const minute = kstMinuteOfDay(nowMs)
  return fromMinute <= untilMinute
    ? minute >= fromMinute && minute < untilMinute
    : minute >= fromMinute || minute < untilMinute
}

function windowValues({ fromMinute, untilMinute }: NightWindow, provider: string): ProblemValues {
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return { from: clock(fromMinute), to: clock(untilMinute), provider }
}

/** For the runner: rule-night-window while the PG refuses this method at this hour; the row waits, it does not fail. */
export function mayNotSendNow(provider: string, method: PaymentMethod, nowMs: number): Problem | null {
  for (const rule of rulesFor(provider, method)) {
    if (rule.kind === 'night-window' && isInWindow(rule, nowMs))
      return problem('rule-night-window', windowValues(rule, provider))
  }
  return null
}

/** The instant from which `mayNotSendNow` lets this method through again; null where it may be sent now. */
export function maySendFromMs(provider: string, method: PaymentMethod, nowMs: number): number | null {
  const opens = rulesFor(provider, method).flatMap((rule) =>
    rule.kind === 'night-window' && isInWindow(rule, nowMs) ? [windowEndMs(rule, nowMs)] : [],
  )
  return opens.length === 0 ? null : Math.max(...opens)
}

function windowEndMs({ fromMinute, untilMinute }: NightWindow, nowMs: number): number {
  const today = kstDate(nowMs)
  // Before midnight a window that goes over it ends tomorrow.
  const endsTomorrow = fromMinute > untilMinute && kstMinuteOfDay(nowMs) >= fromMinute
  return kstDayStartMs(endsTomorrow ? addDays(today, 1) : today) + untilMinute * 60_000
}
