import { Button, Select } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { DraftId } from '../../../domain/ids'
import { useAct, useRead, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { BooksPanel } from './books-panel'
import { BooksOutcome } from './books-report'
import { NoticesPanel } from './notices-panel'
import { NoticesOutcome } from './notices-report'
import { useBooks } from './use-books'
import { useNotices } from './use-notices'
import styles from './drift.module.css'

const PERIODS = [7, 30, 90] as const
const PERIOD_FIRST = 90
type Period = (typeof PERIODS)[number]

type Panel = 'books' | 'notices'

interface SourcesOptions {
  readonly primary: boolean
  /** The panel that stands open at first; null for none. */
  readonly open: Panel | null
  /** The refund file to go back to once its payments are known; null for none. */
  readonly draftId: DraftId | null
}

/** The sides of every comparison: what the PG says, asked or by itself, and what our books say. */
export function useSources({ primary, open, draftId }: SourcesOptions): {
  /** For the head of the screen; the rest stands below it. */
  readonly buttons: ReactNode
  readonly below: ReactNode
  /** Takes away what the last load or import came to. */
  readonly clear: () => void
} {
  const say = useWords('drift')
  const [days, setDays] = useState<Period>(PERIOD_FIRST)
  const [panel, setPanel] = useState<Panel | null>(open)
  const sync = useAct('sync.start')
  const channels = useRead('settings.channels', {}, { topics: ['settings'] }).data
  // Only the newest of the outcomes stays: the screen belongs to the case.
  const [newest, setNewest] = useState<Panel | null>(null)
  const doneWith = (source: Panel) => (): void => {
    sync.clear()
    setPanel(null)
    setNewest(source)
  }
  const books = useBooks(doneWith('books'))
  const notices = useNotices(doneWith('notices'))
  const task = useTask('sync')
  const stop = useAct('task.cancel')
  const report = sync.done
  const clear = (): void => {
    sync.clear()
    books.clear()
    notices.clear()
  }
  const show = (next: Panel | null): void => {
    setPanel(next)
    // The problem that stood in the panel goes with it.
    if (books.problem !== null) books.clear()
    if (notices.problem !== null) notices.clear()
  }
  const closePanel = (): void => show(null)
  // Another PG answers for itself, so that its notifications would tell nothing new.
  const byNotices = panel === 'notices' || channels?.some((channel) => channel.pg === 'kicc') === true
  return {
    clear,
    buttons: (
      <>
        {byNotices ? (
          <Button
            variant="default"
            aria-expanded={panel === 'notices'}
            onClick={() => show(panel === 'notices' ? null : 'notices')}
          >
            {say('notices.action')}
          </Button>
        ) : null}
        <Button
          variant="default"
          aria-expanded={panel === 'books'}
          onClick={() => show(panel === 'books' ? null : 'books')}
        >
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
        {newest !== 'books' || books.report === null ? null : (
          <BooksOutcome report={books.report} onClose={books.clear} />
        )}
        {newest !== 'notices' || notices.report === null ? null : (
          <NoticesOutcome report={notices.report} draftId={draftId} onClose={notices.clear} />
        )}
        {panel === 'books' ? <BooksPanel books={books} onClose={closePanel} /> : null}
        {panel === 'notices' ? <NoticesPanel notices={notices} onClose={closePanel} /> : null}
      </>
    ),
  }
}
