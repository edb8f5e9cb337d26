import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import type { AppState, Policies } from '../../../contract/views'
import { problemOf, useAct, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Facts } from '../../ui/facts'
import { ProblemAlert } from '../../ui/problem-text'
import { Section } from './section'
import styles from './settings.module.css'

/** How long an approval lives and how long an approved batch is held: an administrator's choice, seen by everybody. */
export function PolicySettings({ app }: { readonly app: AppState }) {
  const say = useWords('settings')
  const policies = useRead('settings.policies', {}, { topics: ['settings'] })
  const { data } = policies
  const admin = app.session?.roles.includes('admin') === true
  return (
    <Section title={say('policies.title')}>
      <ProblemAlert problem={policies.error === null ? null : problemOf(policies.error)} />
      {data !== undefined && admin ? (
        // What is saved elsewhere replaces what stands in the fields.
        <PolicyForm key={`${data.approvalLifeDays} ${data.holdMinutes}`} policies={data} />
      ) : null}
      {data !== undefined && !admin ? <PolicyFacts policies={data} /> : null}
    </Section>
  )
}

function PolicyFacts({ policies }: { readonly policies: Policies }) {
  const say = useWords('settings')
  return (
    <>
      <div className={styles.wide}>
        <Facts
          items={[
            { label: say('policies.life'), value: say('policies.days', { count: policies.approvalLifeDays }) },
            {
              label: say('policies.hold'),
              value:
                policies.holdMinutes === 0
                  ? say('policies.noHold')
                  : say('policies.minutes', { count: policies.holdMinutes }),
            },
          ]}
        />
      </div>
      <p className={styles.soft}>{say('policies.adminOnly')}</p>
    </>
  )
}

function PolicyForm({ policies }: { readonly policies: Policies }) {
  const say = useWords('settings')
  const [days, setDays] = useState<number | string>(policies.approvalLifeDays)
  const [minutes, setMinutes] = useState<number | string>(policies.holdMinutes)
  const save = useAct('settings.savePolicies')
  const changed = days !== policies.approvalLifeDays || minutes !== policies.holdMinutes
  const whole = typeof days === 'number' && typeof minutes === 'number'
  return (
    <form
      className={styles.channel}
      onSubmit={(event) => {
        event.preventDefault()
        if (whole) save.act({ approvalLifeDays: days, holdMinutes: minutes })
      }}
    >
      <NumberInput
        label={say('policies.life')}
        description={say('policies.lifeHint')}
        suffix={say('policies.daysUnit')}
        value={days}
        min={1}
        max={30}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        w="min(480px, 100%)"
        classNames={{ wrapper: styles.figure ?? '' }}
        onChange={setDays}
      />
      <NumberInput
        label={say('policies.hold')}
        description={say('policies.holdHint')}
        suffix={say('policies.minutesUnit')}
        value={minutes}
        min={0}
        max={60}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        w="min(480px, 100%)"
        classNames={{ wrapper: styles.figure ?? '' }}
        onChange={setMinutes}
      />
      <p className={styles.soft}>{say('policies.fromNow')}</p>
      {changed ? (
        <Button type="submit" variant="default" loading={save.busy} disabled={!whole}>
          {say('policies.save')}
        </Button>
      ) : null}
      <ProblemAlert problem={save.problem} onClose={save.clear} />
    </form>
  )
}
