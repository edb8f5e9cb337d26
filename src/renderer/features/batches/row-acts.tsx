import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RowDetail } from '../../../contract/views'
import { useAct, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import { useOpenDrift } from '../../ui/open-drift'
import { ProblemAlert } from '../../ui/problem-text'
import { ReasonDialog } from '../../ui/reason-dialog'
import { When } from '../../ui/when'
import styles from './batches.module.css'

/** What to do with this row, said first and then offered as a button. */
export function RowActs({ detail }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const { row } = detail
  const attempt = detail.attempts.at(-1)
  const next = nextOf(row)
  const unknown = attempt?.state === 'unknown' || attempt?.state === 'unproven'
  return (
    <section className={styles.acts}>
      <p>{say(`next.${next}`)}</p>
      {unknown && detail.repeatFromMs !== null ? (
        <p className={styles.soft}>
          {say('next.repeatFrom')}: <When atMs={detail.repeatFromMs} />
        </p>
      ) : null}
      {unknown && detail.repeatFromMs === null ? <p className={styles.soft}>{say('next.repeatNever')}</p> : null}
      <Act detail={detail} next={next} />
      {unknown ? <DecideNotSent detail={detail} /> : null}
    </section>
  )
}

type Next = RowDetail['row']['next'] | 'blocked'

/** Before the run, what stands in the way is what the check said. */
function nextOf({ next, state, checkProblem }: RowDetail['row']): Next {
  if (state !== 'draft' || checkProblem === null) return next
  return checkProblem.code === 'drift-balance-differs' ? 'drift' : 'blocked'
}

function Act({ detail, next }: { readonly detail: RowDetail; readonly next: Next }) {
  const say = useWords('batches')
  const go = useGo()
  const openDrift = useOpenDrift()
  switch (next) {
    case 'look':
    case 'decide':
      return <Look detail={detail} />
    case 'drift':
      return (
        <Button variant="light" onClick={() => openDrift(detail.row.paymentId)}>
          {say('act.drift')}
        </Button>
      )
    case 'new-row':
      return (
        <Button variant="light" onClick={() => go({ name: 'import' })}>
          {say('act.newRow')}
        </Button>
      )
    case 'confirm-payout':
      return <ConfirmPayout detail={detail} />
    case 'none':
    case 'wait':
    case 'blocked':
      return null
  }
}

/** Asks the PG; repeated as often as a person likes, since it sends no money. */
function Look({ detail: { row } }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const state = useWords('state')
  const look = useAct('row.look')
  return (
    <>
      <Button variant="light" loading={look.busy} onClick={() => look.act({ rowId: row.rowId })}>
        {say('act.look')}
      </Button>
      <p className={styles.soft} aria-live="polite">
        {look.busy ? say('act.looking') : null}
        {look.done === null || look.busy ? null : say('act.looked', { state: state(`row.${look.done.row.state}`) })}
      </p>
      <ProblemAlert problem={look.problem} onClose={look.clear} />
    </>
  )
}

/** The last resort, kept apart from the harmless button above. */
function DecideNotSent({ detail: { row } }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const [asking, setAsking] = useState(false)
  const decide = useAct('row.decideNotSent', { onDone: () => setAsking(false) })
  const session = useRead('app.state', {}, { topics: ['app'] }).data?.session ?? null
  const allowed = session?.roles.includes('checker') === true
  return (
    <div className={styles.lastResort}>
      {allowed ? (
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          className={styles.inlineButton}
          onClick={() => setAsking(true)}
        >
          {say('act.decide')}
        </Button>
      ) : (
        <p className={styles.soft}>{say('act.decideNeedsChecker')}</p>
      )}
      <ReasonDialog
        opened={asking}
        title={say('act.decide')}
        actLabel={say('act.decideConfirm', { amount: row.amount })}
        danger
        busy={decide.busy}
        problem={decide.problem}
        onAct={(reason) => decide.act({ rowId: row.rowId, reason })}
        onClose={() => {
          decide.clear()
          setAsking(false)
        }}
      >
        <p>{say('act.decideBody')}</p>
      </ReasonDialog>
    </div>
  )
}

function ConfirmPayout({ detail: { row } }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const [asking, setAsking] = useState(false)
  const confirm = useAct('row.confirmPayout', { onDone: () => setAsking(false) })
  return (
    <>
      <Button variant="light" onClick={() => setAsking(true)}>
        {say('act.payout')}
      </Button>
      <ReasonDialog
        opened={asking}
        title={say('act.payout')}
        actLabel={say('act.payoutConfirm', { amount: row.amount })}
        busy={confirm.busy}
        problem={confirm.problem}
        onAct={(reason) => confirm.act({ rowId: row.rowId, reason })}
        onClose={() => {
          confirm.clear()
          setAsking(false)
        }}
      >
        <p>{say('act.payoutBody')}</p>
      </ReasonDialog>
    </>
  )
}
