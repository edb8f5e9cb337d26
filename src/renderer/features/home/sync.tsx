import { Anchor, Button, Select } from '@mantine/core'
import type { HomeView } from '../../../contract/views'
import { useLanguage, useWords } from '../../i18n'
import { wonText, whenText } from '../../ui/formats'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { useNow } from '../../ui/use-now'
import styles from './home.module.css'
import { PERIODS, type SyncState } from './use-sync'

interface SyncProps {
  readonly home: HomeView
  readonly state: SyncState
  /** The button is filled where it is the next thing to do. */
  readonly primary: boolean
  /** Something else on the screen tells what came of it. */
  readonly quiet?: boolean
}

/** How fresh the PG's payments are, and reading them again. */
export function Sync({ home, state, primary, quiet = false }: SyncProps) {
  const say = useWords('home')
  const language = useLanguage()
  const nowMs = useNow()
  return (
    <section className={styles.sync} aria-label={say('sync.title')}>
      <div className={styles.syncLine}>
        <div className={styles.cardWords}>
          <h2>{say('sync.title')}</h2>
          <p className={styles.soft}>{freshness()}</p>
        </div>
        <SyncControls state={state} primary={primary} />
      </div>
      {quiet ? null : <SyncOutcome state={state} />}
    </section>
  )

  function freshness(): string {
    if (home.paymentsKnown === 0 && home.lastSyncAtMs === null) return say('sync.never')
    const known = say('sync.known', { count: home.paymentsKnown })
    return home.lastSyncAtMs === null
      ? `${known} ${say('sync.unfinished')}`
      : `${known} ${say('sync.at', { when: whenText(home.lastSyncAtMs, nowMs, language) })}`
  }
}

/** How far back, and the button. */
export function SyncControls({ state, primary }: Pick<SyncProps, 'state' | 'primary'>) {
  const say = useWords('home')
  const { days, setDays, busy, start } = state
  return (
    <div className={styles.syncControls}>
      <Select
        aria-label={say('sync.days')}
        w={132}
        value={String(days)}
        data={PERIODS.map((period) => ({ value: String(period), label: say(`sync.days${period}`) }))}
        allowDeselect={false}
        onChange={(value) => setDays(PERIODS.find((period) => String(period) === value) ?? days)}
      />
      <Button variant={primary ? 'filled' : 'default'} loading={busy} onClick={start}>
        {say('sync.verb')}
      </Button>
    </div>
  )
}

/** What runs, and what came of it. */
export function SyncOutcome({ state }: Pick<SyncProps, 'state'>) {
  const say = useWords('home')
  const language = useLanguage()
  const go = useGo()
  const { sync, stop, task } = state
  const report = sync.done
  return (
    <>
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
    </>
  )
}
