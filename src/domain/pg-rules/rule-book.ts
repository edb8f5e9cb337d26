import type { PgKind } from '../pg'
import type { Rule, RuleScope } from './rule'
import { GENERAL_RULES } from './rules/general'
import { KICC_PROVIDERS, KICC_RULES } from './rules/kicc'
import { PORTONE_RULES } from './rules/portone'
import { PORTONE_PROVIDERS, PROVIDER_RULES } from './rules/providers'

/** Every rule that this program knows; import, dry run and runner ask the same book. */
export const RULE_BOOK: readonly Rule[] = [...GENERAL_RULES, ...KICC_RULES, ...PORTONE_RULES, ...PROVIDER_RULES]

const PROVIDERS: Readonly<Record<PgKind, ReadonlySet<string>>> = {
  'portone-v1': new Set(PORTONE_PROVIDERS),
  kicc: new Set(KICC_PROVIDERS),
  'portone-v2': new Set(PORTONE_PROVIDERS),
}

/** Whether the book has the PG behind this interface at all. */
export function isKnownProvider(pg: PgKind, provider: string): boolean {
  return PROVIDERS[pg].has(provider)
}

/** The rules of a PG for all its methods, overridden ones among them. */
export function rulesOfProvider(pg: PgKind, provider: string): readonly Rule[] {
  return RULE_BOOK.filter((rule) => rule.pgs.includes(pg) && bindsProvider(rule, pg, provider))
}

function bindsProvider({ providers, except }: Rule, pg: PgKind, provider: string): boolean {
  if (providers === 'unknown') return !isKnownProvider(pg, provider)
  return (providers?.includes(provider) ?? true) && except?.includes(provider) !== true
}

/** A file has up to a hundred thousand rows and a channel a handful of PGs and methods. */
const remembered = new Map<string, readonly Rule[]>()

/** The rules that bind a payment, overridden ones among them. */
export function rulesBinding({ pg, provider, method }: RuleScope): readonly Rule[] {
  const key = `${pg}|${method}|${provider}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const rules = rulesOfProvider(pg, provider).filter(({ methods }) => methods.includes(method))
  // What nobody has heard of is not kept: such names come from outside and have no end.
  if (isKnownProvider(pg, provider)) remembered.set(key, rules)
  return rules
}

/** The rules of one kind that hold here. */
export function holding<K extends Rule['kind']>(
  scope: RuleScope,
  kind: K,
): readonly Extract<Rule, { readonly kind: K }>[] {
  return rulesBinding(scope).filter(
    (rule): rule is Extract<Rule, { readonly kind: K }> => rule.kind === kind && !isOverridden(rule, scope.overrides),
  )
}

/** Whether a person has said that the merchant's contract has this otherwise. */
export function isOverridden(
  { id, overridable }: Pick<Rule, 'id' | 'overridable'>,
  overrides: RuleScope['overrides'],
): boolean {
  return overridable && overrides?.has(id) === true
}
