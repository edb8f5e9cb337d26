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
  /** Before a file is there, loading payments is a choice; after it, a file without any known payment needs it. */
  readonly needed: boolean
}

/** Offers to load the payments, shows how far that is, and stays with its result. */
export function SyncFirst({ sync: { sync, start }, nothingKnown, needed }: SyncFirstProps) {
  const say = useWords('import')
  const task = useTask('sync')
  const stop = useAct('task.cancel')
  if (sync.done !== null && !sync.busy) {
    return (
      <Notice announced tone={sync.done.paymentsRead === 0 ? 'amber' : 'grey'} onClose={sync.clear}>
        {sync.done.paymentsRead === 0
          ? say('syncFirst.none')
          : say('syncFirst.done', { count: sync.done.paymentsRead })}
      </Notice>
    )
  }
  if (!nothingKnown && !sync.busy && sync.problem === null) return null
  return (
    <>
      <Notice
        tone={needed ? 'amber' : 'grey'}
        icon={IconDatabaseImport}
        title={say(needed ? 'syncNeeded.title' : 'syncFirst.title')}
        actions={
          <Button variant={needed ? 'filled' : 'default'} onClick={start} loading={sync.busy}>
            {say('syncFirst.action')}
          </Button>
        }
      >
        <p>{say(needed ? 'syncNeeded.body' : 'syncFirst.body')}</p>
      </Notice>
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
