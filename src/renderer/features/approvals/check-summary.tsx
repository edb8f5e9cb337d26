import { Button } from '@mantine/core'
import { IconAlertTriangle, IconListCheck } from '@tabler/icons-react'
import type { BatchView } from '../../../contract/views'
import { useAct, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { When } from '../../ui/when'
import { unusualCount } from './approval-facts'
import styles from './approvals.module.css'

/** What the PG said when it was asked, or that nobody asked; the approver may ask now. */
export function CheckSummary({ batch }: { readonly batch: BatchView }) {
  const say = useWords('approvals')
  const check = useAct('batch.check')
  const task = useTask('check')
  const { batchId, check: result } = batch
  const now = (
    <Button variant="default" size="xs" loading={check.busy} onClick={() => check.act({ batchId })}>
      {say('check.now')}
    </Button>
  )
  const leftOut = result === null ? 0 : Math.max(0, result.rowsAll - batch.rows)
  const unusual = unusualCount(batch)
  return (
    <div className={styles.check}>
      {result === null ? (
        <Notice tone="amber" icon={IconAlertTriangle} title={say('check.never')} actions={now}>
          <p>{say('check.neverHint')}</p>
        </Notice>
      ) : (
        <Notice
          tone={unusual > 0 ? 'amber' : 'grey'}
          icon={unusual > 0 ? IconAlertTriangle : IconListCheck}
          title={say('check.sentence', {
            pass: result.willPass.count,
            blocked: result.blocked.count,
            drift: result.drift.count,
          })}
          actions={now}
        >
          <p className={styles.soft}>
            {say('check.at')} <When atMs={result.checkedAtMs} />
          </p>
          {leftOut > 0 ? <p>{say('check.leftOut', { count: leftOut })}</p> : null}
          {unusual > 0 ? <p>{say('check.unusual')}</p> : null}
        </Notice>
      )}
      {check.busy && task !== null ? (
        <TaskProgress label={say('check.working')} done={task.done} all={task.all} startedAtMs={task.startedAtMs} />
      ) : null}
      <ProblemAlert problem={check.problem} onClose={check.clear} />
    </div>
  )
}
