import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { ChannelView, Mode } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useKeyName } from '../../ui/key-name'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { Tag, type Tone } from '../../ui/state-badge'
import { hostKindOf, lacksOf, savedKey } from './channel-facts'
import { ChannelForm } from './channel-form'
import { ChannelTest } from './channel-test'
import { RuleBook } from './rule-book'
import styles from './channels.module.css'

const HOST_TONES = { practice: 'orange', test: 'teal', live: 'grey' } as const satisfies Record<string, Tone>

interface ChannelCardProps {
  readonly channel: ChannelView
  readonly mode: Mode
  readonly admin: boolean
}

/** One merchant account: where it leads, what it lacks, its keys and a test; options and rules unfold. */
export function ChannelCard({ channel, mode, admin }: ChannelCardProps) {
  const say = useWords('channels')
  const state = useWords('state')
  const titleId = useId()
  const host = hostKindOf(channel.options, mode)
  return (
    <article className={styles.card} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h3 id={titleId}>{channel.name}</h3>
        <Tag tone="grey">{state(`pg.${channel.pg}`)}</Tag>
        <Tag tone={HOST_TONES[host]}>{say(`host.${host}`)}</Tag>
        <span className={styles.soft}>{channel.host}</span>
      </div>
      {/* Said once above all cards where it is the same for all of them. */}
      {host === 'practice' ? null : <p className={styles.soft}>{say(`host.${host}Text`)}</p>}
      <Lacks channel={channel} mode={mode} />
      <Keys channel={channel} mode={mode} admin={admin} />
      <Unfold channel={channel} mode={mode} admin={admin} />
    </article>
  )
}

/** What keeps refunds from being sent, each with what to do about it. */
function Lacks({ channel, mode }: Pick<ChannelCardProps, 'channel' | 'mode'>) {
  const say = useWords('channels')
  const lacks = lacksOf(channel)
  if (lacks.length === 0) return null
  return (
    <Notice tone="amber" icon={IconAlertTriangle} title={say('lacks.title')}>
      <ul className={styles.lacks}>
        {lacks.map((lack) => (
          <li key={lack}>{say(lack === 'keys' && mode === 'practice' ? 'lacks.practiceKeys' : `lacks.${lack}`)}</li>
        ))}
      </ul>
    </Notice>
  )
}

function Keys({ channel, mode, admin }: ChannelCardProps) {
  const say = useWords('channels')
  const keyName = useKeyName()
  const { channelId } = channel
  const enterKeys = useAct('settings.enterKeys')
  return (
    <>
      <div className={styles.keys}>
        <span className={styles.label}>{say('keys')}</span>
        {channel.keys.map((key) => (
          <span key={key.name} className={styles.key}>
            {keyName(key.name)} <Tag tone={key.set ? 'blue' : 'amber'}>{say(key.set ? 'keySet' : 'keyMissing')}</Tag>
          </span>
        ))}
        {/* The practice PG has keys of its own and takes no others. */}
        {mode === 'practice' || !admin ? null : (
          <Button
            variant="default"
            size="xs"
            loading={enterKeys.busy}
            aria-label={say('enterKeysFor', { name: channel.name })}
            onClick={() => enterKeys.act({ channelId })}
          >
            {say('enterKeys')}
          </Button>
        )}
      </div>
      <ProblemAlert problem={enterKeys.problem} onClose={enterKeys.clear} />
    </>
  )
}

/** Options and rules are long: they stand there for who asks, and for a channel that lacks an option. */
function Unfold({ channel, mode, admin }: ChannelCardProps) {
  const say = useWords('channels')
  const [options, setOptions] = useState(() => admin && lacksOf(channel).some((lack) => lack !== 'keys'))
  const [rules, setRules] = useState(false)
  const optionsId = useId()
  const rulesId = useId()
  return (
    <>
      <ChannelTest channel={channel}>
        {admin ? (
          <Button
            variant="default"
            size="xs"
            aria-expanded={options}
            aria-controls={optionsId}
            aria-label={say(options ? 'options.hideFor' : 'options.showFor', { name: channel.name })}
            onClick={() => setOptions(!options)}
          >
            {say(options ? 'options.hide' : 'options.show')}
          </Button>
        ) : null}
        <Button
          variant="default"
          size="xs"
          aria-expanded={rules}
          aria-controls={rulesId}
          aria-label={say(rules ? 'rules.hideFor' : 'rules.showFor', { name: channel.name })}
          onClick={() => setRules(!rules)}
        >
          {say(rules ? 'rules.hide' : 'rules.show')}
        </Button>
      </ChannelTest>
      {/* Kept while it is folded: what was typed must not be lost by a look elsewhere. */}
      <div id={optionsId} hidden={!options} className={styles.part}>
        {admin ? <ChannelForm key={savedKey(channel)} channel={channel} mode={mode} /> : null}
      </div>
      <div id={rulesId} hidden={!rules} className={styles.part}>
        {rules ? <RuleBook channel={channel} admin={admin} /> : null}
      </div>
    </>
  )
}
