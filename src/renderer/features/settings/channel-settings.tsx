import { Button, NumberInput, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ChannelView, Mode } from '../../../contract/views'
import { problemOf, useAct, useRead, type Act } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { durationText } from '../../ui/formats'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { Tag } from '../../ui/state-badge'
import { useKeyName } from '../../ui/key-name'
import { Section } from './section'
import styles from './settings.module.css'

/** A difference of the clocks that a person should know of. */
const CLOCK_ODD_MS = 5_000

/** The shops at the PG: name, keys (set or not), test payments, and a test of the connection. */
export function ChannelSettings({ mode }: { readonly mode: Mode }) {
  const say = useWords('settings')
  const channels = useRead('settings.channels', {}, { topics: ['settings'] })
  return (
    <Section title={say('pg.title')}>
      <ProblemAlert problem={channels.error === null ? null : problemOf(channels.error)} />
      {channels.data?.length === 0 ? <p className={styles.soft}>{say('pg.none')}</p> : null}
      {channels.data?.map((channel) => (
        // What is saved elsewhere replaces what stands in the fields.
        <Channel
          key={`${channel.channelId} ${channel.name} ${channel.includeSandbox} ${channel.parallel}`}
          channel={channel}
          mode={mode}
        />
      ))}
    </Section>
  )
}

function Channel({ channel, mode }: { readonly channel: ChannelView; readonly mode: Mode }) {
  const say = useWords('settings')
  const keyName = useKeyName()
  const { channelId } = channel
  const [name, setName] = useState(channel.name)
  const [includeSandbox, setIncludeSandbox] = useState(channel.includeSandbox)
  const [parallel, setParallel] = useState<number | string>(channel.parallel)
  const save = useAct('settings.saveChannel')
  const enterKeys = useAct('settings.enterKeys')
  const test = useAct('settings.testChannel')
  const changed =
    name.trim() !== channel.name || includeSandbox !== channel.includeSandbox || parallel !== channel.parallel
  return (
    <div className={styles.channel}>
      <p className={styles.soft}>
        {say(`pg.${channel.pg}`)} · {channel.host}
      </p>
      <form
        className={styles.channel}
        onSubmit={(event) => {
          event.preventDefault()
          if (typeof parallel === 'number') save.act({ channelId, name: name.trim(), includeSandbox, parallel })
        }}
      >
        <TextInput
          label={say('pg.name')}
          value={name}
          maxLength={100}
          required
          withAsterisk={false}
          w="min(320px, 100%)"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Switch
          label={say('pg.includeSandbox')}
          description={say('pg.includeSandboxHint')}
          checked={includeSandbox}
          onChange={(event) => setIncludeSandbox(event.currentTarget.checked)}
        />
        <NumberInput
          label={say('pg.parallel')}
          description={say('pg.parallelHint')}
          suffix={say('pg.parallelUnit')}
          value={parallel}
          min={1}
          max={8}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          w="min(480px, 100%)"
          classNames={{ wrapper: styles.figure ?? '' }}
          onChange={setParallel}
        />
        {changed ? (
          <Button type="submit" variant="default" loading={save.busy} disabled={name.trim() === '' || parallel === ''}>
            {say('pg.save')}
          </Button>
        ) : null}
        <ProblemAlert problem={save.problem} onClose={save.clear} />
      </form>
      <div className={styles.keys}>
        <span className={styles.label}>{say('pg.keys')}</span>
        {channel.keys.map((key) => (
          <span key={key.name} className={styles.key}>
            {keyName(key.name)}{' '}
            <Tag tone={key.set ? 'blue' : 'amber'}>{say(key.set ? 'pg.keySet' : 'pg.keyMissing')}</Tag>
          </span>
        ))}
      </div>
      {/* The practice PG has keys of its own and takes no others. */}
      <p className={styles.soft}>{say(mode === 'practice' ? 'pg.practiceKeys' : 'pg.enterKeysHint')}</p>
      <div className={styles.line}>
        {mode === 'practice' ? null : (
          <Button variant="default" loading={enterKeys.busy} onClick={() => enterKeys.act({ channelId })}>
            {say('pg.enterKeys')}
          </Button>
        )}
        <Button variant="default" loading={test.busy} onClick={() => test.act({ channelId })}>
          {say('pg.test')}
        </Button>
      </div>
      <ProblemAlert problem={enterKeys.problem} onClose={enterKeys.clear} />
      <TestResult test={test} />
    </div>
  )
}

/** What the PG answered: payments, the clocks and how long the sign-in holds. */
function TestResult({ test }: { readonly test: Act<'settings.testChannel'> }) {
  const say = useWords('settings')
  const language = useLanguage()
  const result = test.done
  if (test.problem !== null) return <ProblemAlert problem={test.problem} onClose={test.clear} />
  if (result === null || test.busy) return null
  const { clockDifferenceMs, tokenLifeMs } = result
  const clockOdd = clockDifferenceMs !== null && Math.abs(clockDifferenceMs) >= CLOCK_ODD_MS
  return (
    <Notice tone={clockOdd ? 'amber' : 'blue'} announced onClose={test.clear}>
      <p>{say('pg.testOk', { count: result.samplePayments })}</p>
      {clockOdd ? <p>{say('pg.testClock', { time: durationText(Math.abs(clockDifferenceMs), language) })}</p> : null}
      {tokenLifeMs === null ? null : <p>{say('pg.testToken', { time: durationText(tokenLifeMs, language) })}</p>}
    </Notice>
  )
}
