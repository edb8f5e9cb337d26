import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ChannelView } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { durationText } from '../../ui/formats'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import styles from './channels.module.css'

/** A difference of the clocks that a person should know of. */
const CLOCK_ODD_MS = 5_000

interface ChannelTestProps {
  readonly channel: ChannelView
  /** Further buttons of the same line. */
  readonly children: ReactNode
}

/** Asks the PG for something harmless, and says what its answer proves and what it does not. */
export function ChannelTest({ channel: { channelId, name, pg }, children }: ChannelTestProps) {
  const say = useWords('channels')
  const language = useLanguage()
  const test = useAct('settings.testChannel')
  const result = test.busy ? null : test.done
  const clock = result?.clockDifferenceMs ?? null
  const clockOdd = clock !== null && Math.abs(clock) >= CLOCK_ODD_MS
  return (
    <>
      <div className={styles.line}>
        <Button
          variant="default"
          size="xs"
          loading={test.busy}
          aria-label={say('testFor', { name })}
          onClick={() => test.act({ channelId })}
        >
          {say('test')}
        </Button>
        {children}
      </div>
      <ProblemAlert problem={test.problem} onClose={test.clear} />
      {result === null ? null : (
        <Notice tone={clockOdd || pg === 'kicc' ? 'amber' : 'blue'} announced onClose={test.clear}>
          {pg === 'kicc' ? (
            <>
              <p>{say('test.proved.kicc')}</p>
              <p>{say('test.unproved.kicc')}</p>
            </>
          ) : (
            <p>{say(`test.proved.${pg}`, { count: result.samplePayments })}</p>
          )}
          {clockOdd ? <p>{say('test.clock', { time: durationText(Math.abs(clock), language) })}</p> : null}
          {result.tokenLifeMs === null ? null : (
            <p>{say('test.token', { time: durationText(result.tokenLifeMs, language) })}</p>
          )}
        </Notice>
      )}
    </>
  )
}
