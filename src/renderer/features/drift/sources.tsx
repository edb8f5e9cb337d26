import { Button, Select } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useAct, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { BooksPanel } from './books-panel'
import { BooksOutcome } from './books-report'
import { useBooks } from './use-books'
import styles from './drift.module.css'

const PERIODS = [7, 30, 90] as const
const PERIOD_FIRST = 90
type Period = (typeof PERIODS)[number]

/** The two sides of every comparison: what the PG says and what our books say. Buttons for the head, the rest below. */
export function useSources({ primary }: { readonly primary: boolean }): {
  readonly buttons: ReactNode
  readonly below: ReactNode
  /** Takes away what the last load or import came to. */
  readonly clear: () => void
} {
  const say = useWords('drift')
  const [days, setDays] = useState<Period>(PERIOD_FIRST)
  const [asking, setAsking] = useState(false)
  const sync = useAct('sync.start')
  // Only the newest of the two outcomes stays: the screen belongs to the case.
  const books = useBooks(() => {
    sync.clear()
    setAsking(false)
  })
  const task = useTask('sync')
  const stop = useAct('task.cancel')
  const report = sync.done
  const clear = (): void => {
    sync.clear()
    books.clear()
  }
  const closePanel = (): void => {
    setAsking(false)
    // The problem that stood in the panel goes with it.
    if (books.problem !== null) books.clear()
  }
  return {
    clear,
    buttons: (
      <>
        <Button variant="default" aria-expanded={asking} onClick={() => setAsking(!asking)}>
          {say('books.action')}
        </Button>
        <Select
          aria-label={say('sync.daysLabel')}
          className={styles.days}
          value={String(days)}
          data={PERIODS.map((period) => ({ value: String(period), label: say('sync.days', { count: period }) }))}
          onChange={(value) => setDays(PERIODS.find((period) => String(period) === value) ?? PERIOD_FIRST)}
        />
        <Button
          variant={primary ? 'filled' : 'default'}
          loading={sync.busy}
          onClick={() => {
            clear()
            sync.act({ days })
          }}
        >
          {say('sync.action')}
        </Button>
      </>
    ),
    below: (
      <>
        {task === null ? null : (
          <TaskProgress
            label={say('sync.working')}
            done={task.done}
            all={task.all}
            startedAtMs={task.startedAtMs}
            onCancel={() => stop.act({ taskId: task.taskId })}
          />
        )}
        <ProblemAlert problem={sync.problem} onClose={sync.clear} />
        {report === null || sync.busy ? null : (
          <Notice tone={report.driftFound > 0 ? 'violet' : 'grey'} announced onClose={sync.clear}>
            {say('sync.done', { count: report.paymentsRead, fresh: report.paymentsNew })}{' '}
            {report.driftFound === 0
              ? say(report.paymentsNew > 0 ? 'sync.onlyPg' : 'sync.noDrift')
              : say('sync.drift', { count: report.driftFound, amount: Math.abs(report.driftAmount) })}
          </Notice>
        )}
        {books.report === null ? null : <BooksOutcome report={books.report} onClose={books.clear} />}
        {asking ? <BooksPanel books={books} onClose={closePanel} /> : null}
      </>
    ),
  }
}
