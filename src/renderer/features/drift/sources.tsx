import { Button, Select } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useAct, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { BooksPanel } from './books-panel'
import styles from './drift.module.css'

const PERIODS = [7, 30, 90] as const
type Period = (typeof PERIODS)[number]

/** The two sides of every comparison: what the PG says and what our books say. Buttons for the head, the rest below. */
export function useSources({ primary }: { readonly primary: boolean }): {
  readonly buttons: ReactNode
  readonly below: ReactNode
} {
  const say = useWords('drift')
  const [days, setDays] = useState<Period>(30)
  const [books, setBooks] = useState(false)
  const sync = useAct('sync.start')
  const task = useTask('sync')
  const stop = useAct('task.cancel')
  const report = sync.done
  return {
    buttons: (
      <>
        <Button variant="default" aria-expanded={books} onClick={() => setBooks(!books)}>
          {say('books.action')}
        </Button>
        <Select
          aria-label={say('sync.daysLabel')}
          className={styles.days}
          value={String(days)}
          data={PERIODS.map((period) => ({ value: String(period), label: say('sync.days', { count: period }) }))}
          onChange={(value) => setDays(PERIODS.find((period) => String(period) === value) ?? 30)}
        />
        <Button
          variant={primary ? 'filled' : 'default'}
          loading={sync.busy}
          onClick={() => {
            sync.clear()
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
              ? say('sync.noDrift')
              : say('sync.drift', { count: report.driftFound, amount: Math.abs(report.driftAmount) })}
          </Notice>
        )}
        {books ? <BooksPanel onClose={() => setBooks(false)} /> : null}
      </>
    ),
  }
}
