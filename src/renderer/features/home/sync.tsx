import { Anchor, Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { HomeView } from '../../../contract/views'
import { useAct, useTask } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { wonText, whenText } from '../../ui/formats'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { useNow } from '../../ui/use-now'
import styles from './home.module.css'

const PERIODS = [7, 30, 90, 400] as const

/** How fresh the PG's payments are, and reading them again. */
export function Sync({ home, primary }: { readonly home: HomeView; readonly primary: boolean }) {
  const say = useWords('home')
  const language = useLanguage()
  const nowMs = useNow()
  const go = useGo()
  const [days, setDays] = useState<(typeof PERIODS)[number]>(30)
  const sync = useAct('sync.start')
  const task = useTask('sync')
  const stop = useAct('task.cancel')
  const report = sync.done
  return (
    <section className={styles.sync} aria-label={say('sync.title')}>
      <div className={styles.syncLine}>
        <div className={styles.cardWords}>
          <h2>{say('sync.title')}</h2>
          <p className={styles.soft}>
            {home.lastSyncAtMs === null ? (
              say('sync.never')
            ) : (
              <>
                {say('sync.known', { count: home.paymentsKnown })}{' '}
                {say('sync.at', { when: whenText(home.lastSyncAtMs, nowMs, language) })}
              </>
            )}
          </p>
        </div>
        <Select
          aria-label={say('sync.days')}
          w={132}
          value={String(days)}
          data={PERIODS.map((period) => ({ value: String(period), label: say(`sync.days${period}`) }))}
          onChange={(value) => setDays(PERIODS.find((period) => String(period) === value) ?? 30)}
        />
        <Button variant={primary ? 'filled' : 'default'} loading={sync.busy} onClick={() => sync.act({ days })}>
          {say('sync.verb')}
        </Button>
      </div>
      {task === null ? null : (
        <TaskProgress
          label={say('sync.running')}
          done={task.done}
          all={task.all}
          startedAtMs={task.startedAtMs}
          onCancel={() => stop.act({ taskId: task.taskId })}
        />
      )}
      <ProblemAlert problem={sync.problem} onClose={sync.clear} />
      {report === null || sync.busy ? null : (
        <Notice tone={report.driftFound > 0 ? 'violet' : 'blue'} announced onClose={sync.clear}>
          <p>
            {say('sync.done', { read: report.paymentsRead, fresh: report.paymentsNew })}{' '}
            {report.driftFound === 0
              ? say('sync.noDrift')
              : say('sync.drift', { count: report.driftFound, amount: wonText(report.driftAmount, language) })}{' '}
            {report.driftFound === 0 ? null : (
              <Anchor component="button" inherit onClick={() => go({ name: 'drift' })}>
                {say('sync.seeDrift')}
              </Anchor>
            )}
          </p>
        </Notice>
      )}
    </section>
  )
}
