import type { ChannelInput } from '../../../contract/channels'
import type { RuleView } from '../../../contract/pg'
import type { PersonView } from '../../../contract/views'
import type { ChannelId } from '../../../domain/ids'
import type { PgKind } from '../../../domain/pg'
import { rulesOfChannel } from '../../../domain/pg-rules/statements'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { providersOfChannel } from '../ledger/payments'
import { putRuleOverride, ruleOverrides } from '../ledger/rule-overrides'

/** PGs behind an interface that has only one, so that its rules can be read before the first payment. */
const OWN_PROVIDER: Partial<Readonly<Record<PgKind, string>>> = { kicc: 'easypay' }

/** The rules that bind a channel, for every PG that its payments went over. Problems: not-found. */
export function showRules(context: CoreContext, channelId: ChannelId): Result<RuleView[], Problem> {
  const { ledger } = context
  return ledger.read((): Result<RuleView[], Problem> => {
    const channel = context.channels.get(channelId)
    if (channel === null) return fail(problem('not-found'))
    const { pg } = channel.options
    const own = OWN_PROVIDER[pg]
    const providers = new Set([...(own === undefined ? [] : [own]), ...providersOfChannel(ledger, channelId)])
    const set = new Map(ruleOverrides(ledger, channelId).map((each) => [each.ruleId, each]))
    const overrides = new Set(set.keys())
    const views = [...providers].flatMap((provider) =>
      rulesOfChannel({ pg, provider, overrides }).map((rule): RuleView => {
        const aside = set.get(rule.id)
        return {
          ruleId: rule.id,
          kind: rule.kind,
          provider,
          methods: [...rule.methods],
          values: { ...rule.values },
          source: rule.source,
          confidence: rule.confidence,
          overridable: rule.overridable,
          override: aside === undefined ? null : { by: aside.by, reason: aside.reason, atMs: aside.atMs },
        }
      }),
    )
    return ok(views)
  })
}

/**
 * Sets a rule aside for one channel, or puts it in force again. Rows that are imported, checked or sent from now on are
 * judged by it. Problems: not-found, reason-missing, rule-unknown, rule-not-overridable.
 */
export function overrideRule(
  context: CoreContext,
  who: PersonView,
  { channelId, ruleId, overridden, reason }: ChannelInput<'settings.overrideRule'>,
): Result<RuleView[], Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const rules = showRules(context, channelId)
  if (!rules.ok) return rules
  const rule = rules.value.find((each) => each.ruleId === ruleId)
  if (rule === undefined) return fail(problem('rule-unknown'))
  if (!rule.overridable) return fail(problem('rule-not-overridable'))
  if ((rule.override !== null) === overridden) return rules
  ledger.write(() => {
    putRuleOverride(ledger, channelId, ruleId, overridden, who.personId, reason, context.nowMs())
    ledger.audit.append({
      who: who.personId,
      action: overridden ? 'rule.set-aside' : 'rule.restored',
      subject: channelId,
      detail: { rule: ruleId },
    })
  })
  context.changed('settings', 'audit', 'drafts')
  context.wakeRunner()
  return showRules(context, channelId)
}
