import { Select } from '@mantine/core'
import { useState } from 'react'
import type { RuleView } from '../../../contract/pg'
import type { ChannelView } from '../../../contract/views'
import { problemOf, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { providerName } from '../../i18n/provider-name'
import { ruleSource } from '../../i18n/rule-source'
import { Filters } from '../../ui/filters'
import { ProblemAlert } from '../../ui/problem-text'
import { ScrollRegion } from '../../ui/scroll-region'
import { Tag } from '../../ui/state-badge'
import { When } from '../../ui/when'
import { RuleAct } from './rule-act'
import {
  alongWith,
  bindsEveryMethod,
  CONFIDENCE_TONES,
  passes,
  providersToChoose,
  ruleCounts,
  RULE_FILTERS,
  type RuleFilter,
} from './rule-facts'
import { useRuleSentence } from './rule-words'
import styles from './channels.module.css'

interface RuleBookProps {
  readonly channel: ChannelView
  readonly admin: boolean
}

/** Every rule that binds a channel, with who says so; contracts differ, so that some can be set aside. */
export function RuleBook({ channel, admin }: RuleBookProps) {
  const say = useWords('channels')
  const { channelId } = channel
  const language = useLanguage()
  const [filter, setFilter] = useState<RuleFilter>('all')
  const [pg, setPg] = useState<string | null>(null)
  const rules = useRead('settings.rules', { channelId }, { topics: ['settings', 'payments'] })
  if (rules.error !== null) return <ProblemAlert problem={problemOf(rules.error)} />
  if (rules.data === undefined) return null
  const providers = providersToChoose(rules.data)
  const ofPg = rules.data.filter((rule) => pg === null || rule.provider === pg || rule.provider === null)
  const counts = ruleCounts(ofPg)
  const shown = ofPg.filter((rule) => passes(rule, filter))
  const label = say('rules.label', { name: channel.name })
  if (rules.data.length === 0) return <p className={styles.soft}>{say('rules.none')}</p>
  return (
    <section className={styles.rules} aria-label={label}>
      <p className={styles.soft}>{say('rules.about')}</p>
      {providers.length === 0 ? null : (
        <Select
          label={say('rules.pg')}
          placeholder={say('rules.everyPg')}
          value={pg}
          data={providers.map((provider) => ({ value: provider, label: providerName(provider, language) }))}
          clearable
          clearButtonProps={{ 'aria-label': say('rules.showEveryPg') }}
          w="min(240px, 100%)"
          onChange={setPg}
        />
      )}
      <Filters
        value={filter}
        none="all"
        chips={RULE_FILTERS.map((value) => ({ value, label: say(`rules.filter.${value}`), count: counts[value] }))}
        onChange={setFilter}
      />
      {shown.length === 0 ? <p className={styles.soft}>{say('rules.empty')}</p> : null}
      {shown.length === 0 ? null : (
        <ScrollRegion className={styles.ruleList} label={label}>
          <ul>
            {shown.map((rule) => (
              <Rule
                key={`${rule.ruleId} ${rule.provider ?? ''}`}
                rule={rule}
                along={alongWith(rules.data, rule)}
                channel={channel}
                admin={admin}
              />
            ))}
          </ul>
        </ScrollRegion>
      )}
      {admin ? null : <p className={styles.soft}>{say('rules.adminOnly')}</p>}
    </section>
  )
}

interface RuleProps extends RuleBookProps {
  readonly rule: RuleView
  readonly along: readonly string[]
}

function Rule({ rule, along, channel, admin }: RuleProps) {
  const say = useWords('channels')
  const state = useWords('state')
  const language = useLanguage()
  const sentence = useRuleSentence()
  const { override } = rule
  const whom = rule.provider === null ? say('rules.everyPg') : providerName(rule.provider, language)
  const how = bindsEveryMethod(rule)
    ? say('rules.everyMethod')
    : rule.methods.map((method) => state(`method.${method}`)).join(', ')
  return (
    <li className={styles.rule} data-aside={override === null ? undefined : true}>
      <div className={styles.ruleWords}>
        <p className={styles.ruleSentence}>{sentence(rule)}</p>
        <div className={styles.head}>
          <Tag tone={CONFIDENCE_TONES[rule.confidence]}>{say(`rules.confidence.${rule.confidence}`)}</Tag>
          {override === null ? null : <Tag tone="amber">{say('rules.aside')}</Tag>}
          <span className={styles.small}>
            {whom} · {how}
          </span>
        </div>
        <p className={styles.small}>{say('rules.source', { source: ruleSource(rule.source, language) })}</p>
        {override === null ? null : (
          <p className={styles.small}>
            {say('rules.asideBy', { name: override.by, reason: override.reason })} <When atMs={override.atMs} />
          </p>
        )}
      </div>
      {admin ? <RuleAct rule={rule} along={along} channel={channel} sentence={sentence(rule)} /> : null}
    </li>
  )
}
