import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RuleView } from '../../../contract/pg'
import type { ChannelView } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { providerName } from '../../i18n/provider-name'
import { ReasonDialog } from '../../ui/reason-dialog'
import { ruleActOf } from './rule-facts'
import styles from './channels.module.css'

interface RuleActProps {
  readonly rule: RuleView
  readonly channel: ChannelView
  readonly sentence: string
  /** Other PGs of the channel that the same rule binds. */
  readonly along: readonly string[]
}

/** Sets a rule aside for one channel or puts it in force again, with a reason; nothing where no contract changes it. */
export function RuleAct({ rule, along, channel: { channelId, name }, sentence }: RuleActProps) {
  const say = useWords('channels')
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const change = useAct('settings.overrideRule', { onDone: () => setAsking(false) })
  const act = ruleActOf(rule)
  if (act === null) return <span className={styles.small}>{say('rules.fixed')}</span>
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-label={say(`rules.${act}.actFor`, { sentence })}
        onClick={() => setAsking(true)}
      >
        {say(`rules.${act}.act`)}
      </Button>
      <ReasonDialog
        opened={asking}
        title={say(`rules.${act}.act`)}
        actLabel={say(`rules.${act}.confirm`)}
        busy={change.busy}
        problem={change.problem}
        onAct={(reason) => change.act({ channelId, ruleId: rule.ruleId, overridden: act === 'aside', reason })}
        onClose={() => {
          change.clear()
          setAsking(false)
        }}
      >
        <p>{sentence}</p>
        {along.length === 0 ? null : (
          <p>{say(`rules.${act}.along`, { names: along.map((pg) => providerName(pg, language)).join(', ') })}</p>
        )}
        <p>{say(`rules.${act}.body`, { name })}</p>
      </ReasonDialog>
    </>
  )
}
