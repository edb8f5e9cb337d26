import { Button } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import type { BatchView } from '../../../contract/views'
import { useAct, useRead, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { When } from '../../ui/when'
import { WithdrawAct } from '../../ui/withdraw-act'
import { blockedCount } from './batch-facts'
import type { RowFilter } from './batch-rows'
import styles from './batches.module.css'

interface BeforeSubmitProps {
  readonly batch: BatchView
  readonly onFilter: (filter: RowFilter) => void
}

/** Checking with the PG and submitting. The next of the two is filled; only the maker submits. */
export function BeforeSubmit({ batch, onFilter }: BeforeSubmitProps) {
  const say = useWords('batches')
  const { batchId, check: result } = batch
  const check = useAct('batch.check')
  const submit = useAct('batch.submit')
  const task = useTask('check')
  const stop = useAct('task.cancel')
  const session = useRead('app.state', {}, { topics: ['app'] }).data?.session ?? null
  const isMaker = session?.personId === batch.makerId
  const blocked = blockedCount(batch)
  const busy = check.busy || submit.busy
  return (
    <>
      <Notice
        tone={blocked > 0 ? 'amber' : 'grey'}
        icon={IconListCheck}
        {...(result === null ? {} : { title: sentenceOf(result) })}
        actions={
          <>
            <WithdrawAct batch={batch} disabled={busy} />
            <Button
              variant={result === null ? 'filled' : 'default'}
              loading={check.busy}
              disabled={submit.busy}
              onClick={() => {
                submit.clear()
                check.act({ batchId })
              }}
            >
              {say(result === null ? 'check.action' : 'check.again')}
            </Button>
            {isMaker ? <SubmitAct batch={batch} busy={busy} submit={submit} /> : null}
          </>
        }
      >
        <div className={styles.checkLines} aria-live="polite">
          {result === null ? <p>{say('check.notYet')}</p> : null}
          {result === null ? null : (
            <p className={styles.soft}>
              {say('check.at')} <When atMs={result.checkedAtMs} />
            </p>
          )}
          {result !== null && blocked > 0 && isMaker ? <p>{hintOf(result)}</p> : null}
          {blocked > 0 ? (
            <Button
              variant="subtle"
              size="compact-sm"
              className={styles.inlineButton}
              onClick={() => onFilter('blocked')}
            >
              {say('check.showBlocked')}
            </Button>
          ) : null}
          {isMaker ? null : <p>{say('draft.othersBatch', { name: batch.makerName })}</p>}
        </div>
      </Notice>
      {check.busy && task !== null ? (
        <TaskProgress
          label={say('check.working')}
          done={task.done}
          all={task.all}
          startedAtMs={task.startedAtMs}
          onCancel={() => stop.act({ taskId: task.taskId })}
        />
      ) : null}
      <ProblemAlert
        problem={check.problem ?? submit.problem}
        onClose={() => {
          check.clear()
          submit.clear()
        }}
      />
    </>
  )

  function sentenceOf({ willPass, blocked: stopped, drift }: NonNullable<BatchView['check']>): string {
    return say('check.sentence', { pass: willPass.count, blocked: stopped.count, drift: drift.count })
  }

  function hintOf({ willPass }: NonNullable<BatchView['check']>): string {
    return willPass.count === 0
      ? say('submit.allBlocked')
      : say('submit.withoutBlockedHint', { count: willPass.count, amount: willPass.amount })
  }
}

interface SubmitActProps {
  readonly batch: BatchView
  readonly busy: boolean
  readonly submit: {
    readonly busy: boolean
    readonly act: (input: { batchId: BatchView['batchId']; withoutBlocked: boolean }) => void
  }
}

function SubmitAct({ batch, busy, submit }: SubmitActProps) {
  const say = useWords('batches')
  const blocked = blockedCount(batch)
  const nothingLeft = batch.rows <= blocked
  return (
    <Button
      variant={batch.check === null ? 'default' : 'filled'}
      loading={submit.busy}
      disabled={nothingLeft || (busy && !submit.busy)}
      onClick={() => submit.act({ batchId: batch.batchId, withoutBlocked: blocked > 0 })}
    >
      {blocked > 0
        ? say('submit.withoutBlocked', { count: blocked })
        : say('submit.action', { count: batch.rows, amount: batch.amount })}
    </Button>
  )
}
