import type { RuleScope } from '../../domain/pg-rules/rule'

/** Whom the rule book is asked about for a payment of our ledger. */
export function ruleScopeOf({ provider, method }: Pick<RuleScope, 'provider' | 'method'>): RuleScope {
  return { pg: 'portone-v1', provider, method }
}
