import type { ChannelOptions } from '../../domain/channel-options'
import type { ChannelId } from '../../domain/ids'
import type { RuleScope } from '../../domain/pg-rules/rule'
import type { Attempt } from './ledger/attempts'
import { createChannels } from './ledger/channels'
import type { Ledger } from './ledger/open-ledger'
import { requirePayment } from './ledger/payments'
import { overriddenRules } from './ledger/rule-overrides'

/** What the rule book has to know of a channel. */
interface ChannelRules {
  readonly channel: ChannelOptions
  /** Rules that a person has set aside for it. */
  readonly overrides: ReadonlySet<string>
}

/** A file of a hundred thousand rows asks for each: kept until the next commit, which may change a channel. */
const known = new WeakMap<Ledger, Map<ChannelId, ChannelRules>>()

function channelRules(ledger: Ledger, channelId: ChannelId): ChannelRules {
  let kept = known.get(ledger)
  if (kept === undefined) {
    const fresh = new Map<ChannelId, ChannelRules>()
    ledger.whenCommitted(() => fresh.clear())
    known.set(ledger, fresh)
    kept = fresh
  }
  const found = kept.get(channelId)
  if (found !== undefined) return found
  const { options } = createChannels(ledger).require(channelId)
  const rules = { channel: options, overrides: overriddenRules(ledger, channelId) }
  kept.set(channelId, rules)
  return rules
}

/** Whom the rule book is asked about for a payment of our ledger, and what it has to know of the channel. */
export function ruleScopeOf(
  ledger: Ledger,
  { channelId, provider, method }: Pick<RuleScope, 'provider' | 'method'> & { readonly channelId: ChannelId },
): RuleScope & ChannelRules {
  const rules = channelRules(ledger, channelId)
  return { pg: rules.channel.pg, provider, method, ...rules }
}

/** The same for a request, which keeps the PG and method that it was made for. */
export function ruleScopeOfAttempt(ledger: Ledger, { paymentId, intent }: Attempt): RuleScope {
  const { channelId } = requirePayment(ledger, paymentId)
  return ruleScopeOf(ledger, { channelId, provider: intent.provider, method: intent.method })
}
