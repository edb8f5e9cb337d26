import { PAYMENT_METHODS, type PaymentMethod } from '../payment'
import type { ProblemValues, Severity } from '../problem'
import { assertNever } from '../result'
import { payoutRule, type PayoutRule } from './payout-rules'
import type { Confidence, Rule, RuleScope } from './rule'
import { isOverridden, RULE_BOOK, rulesBinding } from './rule-book'
import { windowHours } from './scope'

/** A rule as data for plain words: `rule.<kind>` is the sentence that quotes it. */
export interface RuleStatement {
  readonly id: string
  readonly kind: Rule['kind'] | PayoutRule['kind']
  readonly methods: readonly PaymentMethod[]
  /** What breaking it means for a row; `note` only informs. */
  readonly severity: Severity
  readonly values: ProblemValues
  readonly source: string
  readonly confidence: Confidence
  readonly overridable: boolean
  readonly overridden: boolean
}

/** Every rule that binds a channel's provider and method, when its money arrives among them. */
export function rulesOf(scope: RuleScope): readonly RuleStatement[] {
  const rules = rulesBinding(scope)
  const refundable = !rules.some(({ kind }) => kind === 'not-refundable' || kind === 'cancel-elsewhere')
  const payout = refundable ? payoutRule(scope) : null
  return [
    ...rules.map((rule) => stated(rule, scope.provider, scope.overrides)),
    ...(payout === null ? [] : [statedPayout(payout, scope)]),
  ]
}

/** The same over all methods of a channel, each rule once. */
export function rulesOfChannel(scope: Omit<RuleScope, 'method'>): readonly RuleStatement[] {
  const all = PAYMENT_METHODS.flatMap((method) => rulesOf({ ...scope, method }))
  const byId = new Map<string, RuleStatement>()
  for (const statement of all) {
    const earlier = byId.get(statement.id)
    const methods = PAYMENT_METHODS.filter((one) => statement.methods.includes(one) || earlier?.methods.includes(one))
    byId.set(statement.id, { ...statement, methods })
  }
  return [...byId.values()]
}

/** One rule of the book by its id, as it reads for this provider; null where this program has none of that id. */
export function ruleOfId(id: string, provider: string): RuleStatement | null {
  const rule = RULE_BOOK.find((one) => one.id === id)
  return rule === undefined ? null : stated(rule, provider, undefined)
}

function stated(rule: Rule, provider: string, overrides: RuleScope['overrides']): RuleStatement {
  const { id, kind, methods, severity, source, confidence, overridable } = rule
  const overridden = isOverridden(rule, overrides)
  const values = { provider, ...valuesOf(rule) }
  return { id, kind, methods, severity, values, source, confidence, overridable, overridden }
}

function statedPayout(rule: PayoutRule, { provider, method }: RuleScope): RuleStatement {
  const { id, kind, source, confidence } = rule
  const values = { provider, ...payoutValues(rule) }
  const fixed = { severity: 'note', overridable: false, overridden: false } as const
  return { id, kind, methods: [method], values, source, confidence, ...fixed }
}

function valuesOf(rule: Rule): ProblemValues {
  switch (rule.kind) {
    case 'account-max':
    case 'holder-max':
    case 'holder-bytes-max':
    case 'partial-max':
      return { max: rule.max }
    case 'refund-age':
      return { months: rule.months }
    case 'refund-age-days':
      return { days: rule.days }
    case 'night-window':
      return { ...windowHours(rule) }
    case 'fee':
      return { won: rule.won }
    case 'basket-needed':
      return { item: rule.itemKeyMax, seller: rule.sellerMax }
    default:
      return {}
  }
}

function payoutValues(rule: PayoutRule): ProblemValues {
  switch (rule.kind) {
    case 'payout-business-days':
      return { days: rule.days }
    case 'payout-weekly':
      return { on: rule.on, askedUntil: rule.askedUntil }
    case 'payout-final':
    case 'payout-unknown':
      return {}
    default:
      return assertNever(rule)
  }
}
