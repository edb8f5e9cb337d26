import type { RuleView } from '../../../contract/pg'
import { PAYMENT_METHODS } from '../../../domain/payment'
import type { Tone } from '../../ui/state-badge'

/** Which rules of a book are shown. */
export const RULE_FILTERS = ['all', 'aside', 'unconfirmed', 'own'] as const
export type RuleFilter = (typeof RULE_FILTERS)[number]

type Filtered = Pick<RuleView, 'override' | 'confidence'>

export function passes(rule: Filtered, filter: RuleFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'aside':
      return rule.override !== null
    case 'unconfirmed':
    case 'own':
      return rule.confidence === filter
  }
}

export function ruleCounts(rules: readonly Filtered[]): Readonly<Record<RuleFilter, number>> {
  const countOf = (filter: RuleFilter): number => rules.filter((rule) => passes(rule, filter)).length
  return { all: countOf('all'), aside: countOf('aside'), unconfirmed: countOf('unconfirmed'), own: countOf('own') }
}

/** Green stands for proof of a payout: a document is proof of nothing. */
export const CONFIDENCE_TONES = { official: 'blue', own: 'grey', unconfirmed: 'amber' } as const satisfies Readonly<
  Record<RuleView['confidence'], Tone>
>

/** A rule that binds every method says so in one word. */
export function bindsEveryMethod({ methods }: Pick<RuleView, 'methods'>): boolean {
  return PAYMENT_METHODS.every((method) => methods.includes(method))
}

/** What an administrator may do about a rule; a field's length, for one, no contract changes. */
export function ruleActOf({
  overridable,
  override,
}: Pick<RuleView, 'overridable' | 'override'>): 'restore' | 'aside' | null {
  if (override !== null) return 'restore'
  return overridable ? 'aside' : null
}

/** PGs behind a channel in the order of the book; empty where there is no choice between any. */
export function providersToChoose(rules: readonly Pick<RuleView, 'provider'>[]): readonly string[] {
  const providers = [...new Set(rules.flatMap(({ provider }) => (provider === null ? [] : [provider])))]
  return providers.length > 1 ? providers : []
}

/** The other PGs of the channel for which the same rule is set aside or restored along with this one. */
export function alongWith(
  rules: readonly Pick<RuleView, 'ruleId' | 'provider'>[],
  { ruleId, provider }: Pick<RuleView, 'ruleId' | 'provider'>,
): readonly string[] {
  return rules.flatMap((each) =>
    each.ruleId === ruleId && each.provider !== null && each.provider !== provider ? [each.provider] : [],
  )
}
