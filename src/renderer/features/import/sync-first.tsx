import { Button } from '@mantine/core'
import { IconDatabaseImport } from '@tabler/icons-react'
import { useAct, useTask, type Act } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'

/** Covers the orders that a refund file of this month may name; older ones can be loaded on the mismatch screen. */
const FIRST_SYNC_DAYS = 90

export interface FirstSync {
  readonly sync: Act<'sync.start'>
  readonly start: () => void
}

/** The first load of payments. `onLoaded` comes when there is something to compare with. */
export function useFirstSync(onLoaded?: () => void): FirstSync {
  const sync = useAct('sync.start', {
    onDone: (report) => {
      if (report.paymentsRead > 0) onLoaded?.()
    },
  })
  return { sync, start: () => sync.act({ days: FIRST_SYNC_DAYS }) }
}

interface SyncFirstProps {
  readonly sync: FirstSync
  readonly nothingKnown: boolean
}

/** Offers to load the payments before a file is there, shows how far that is, and stays with its result. */
export function SyncFirst({ sync: { sync, start }, nothingKnown }: SyncFirstProps) {
  const say = useWords('import')
  if (sync.done !== null && !sync.busy) return <SyncResult sync={sync} />
  if (!nothingKnown && !sync.busy && sync.problem === null) return null
  return (
    <>
      <Notice
        icon={IconDatabaseImport}
        title={say('syncFirst.title')}
        actions={
          <Button variant="default" onClick={start} loading={sync.busy}>
            {say('syncFirst.action')}
          </Button>
        }
      >
        <p>{say('syncFirst.body')}</p>
      </Notice>
      <SyncProgress sync={sync} />
    </>
  )
}

interface SyncPartProps {
  readonly sync: Act<'sync.start'>
}

/** What a load came to. */
export function SyncResult({ sync }: SyncPartProps) {
  const say = useWords('import')
  if (sync.done === null || sync.busy) return null
  const { paymentsRead } = sync.done
  return (
    <Notice announced tone={paymentsRead === 0 ? 'amber' : 'grey'} onClose={sync.clear}>
      {paymentsRead === 0 ? say('syncFirst.none') : say('syncFirst.done', { count: paymentsRead })}
    </Notice>
  )
}

/** How far a load is, and what stopped it. */
export function SyncProgress({ sync }: SyncPartProps) {
  const say = useWords('import')
  const task = useTask('sync')
  const stop = useAct('task.cancel')
  return (
    <>
      {sync.busy && task !== null ? (
        <TaskProgress
          label={say('syncFirst.working')}
          done={task.done}
          all={task.all}
          startedAtMs={task.startedAtMs}
          onCancel={() => stop.act({ taskId: task.taskId })}
        />
      ) : null}
      <ProblemAlert problem={sync.problem} onClose={sync.clear} />
    </>
  )
}
