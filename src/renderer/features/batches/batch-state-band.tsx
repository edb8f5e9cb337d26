import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCheck,
  IconClockHour4,
  IconClockX,
  IconHourglass,
  IconPlayerPlay,
  IconUserCheck,
  IconX,
} from '@tabler/icons-react'
import type { BatchView } from '../../../contract/views'
import { assertNever } from '../../../domain/result'
import { useWords } from '../../i18n'
import { HoldLine } from '../../ui/hold-line'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { countOf } from '../../ui/row-piles'
import { useNow } from '../../ui/use-now'
import { When } from '../../ui/when'
import { WithdrawAct } from '../../ui/withdraw-act'
import { attentionCount, leftOutCount } from './batch-facts'
import type { RowFilter } from './batch-rows'
import { BeforeSubmit } from './before-submit'

const SECOND_MS = 1000

interface BatchStateBandProps {
  readonly batch: BatchView
  readonly onFilter: (filter: RowFilter) => void
}

/** What a batch's state means and what can be done with it now. */
export function BatchStateBand({ batch, onFilter }: BatchStateBandProps) {
  const say = useWords('batches')
  const go = useGo()
  const { state } = batch
  switch (state) {
    case 'draft':
    case 'checked':
      return <BeforeSubmit batch={batch} onFilter={onFilter} />
    case 'submitted':
      return (
        <Notice
          tone="blue"
          icon={IconUserCheck}
          title={say('submitted.title')}
          actions={
            <>
              <WithdrawAct batch={batch} />
              <Button onClick={() => go({ name: 'approvals' })}>{say('submitted.toApprovals')}</Button>
            </>
          }
        >
          <p>{say('submitted.body')}</p>
          {leftOutCount(batch) === 0 ? null : <p>{say('check.leftOut', { count: leftOutCount(batch) })}</p>}
        </Notice>
      )
    case 'approved':
    case 'running':
      return <UnderWay batch={batch} state={state} />
    case 'done':
      return <Done batch={batch} onFilter={onFilter} />
    case 'rejected':
      return (
        <Notice tone="red" icon={IconX} title={say('rejected.title')} actions={<NewFile />}>
          {batch.rejectedReason === null ? null : <p>{say('rejected.reason', { reason: batch.rejectedReason })}</p>}
          <p>{say('rejected.next')}</p>
        </Notice>
      )
    case 'withdrawn':
      return (
        <Notice icon={IconArrowBackUp} title={say('withdrawn.title')} actions={<NewFile />}>
          <p>{say('withdrawn.next')}</p>
        </Notice>
      )
    case 'expired':
      return (
        <Notice tone="amber" icon={IconClockX} title={say('expired.title')} actions={<NewFile />}>
          <p>{say('expired.next')}</p>
        </Notice>
      )
    default:
      return assertNever(state)
  }
}

/** Approved: in its hold, on its way, or with nothing left but open outcomes. */
function UnderWay({ batch, state }: { readonly batch: BatchView; readonly state: 'approved' | 'running' }) {
  const say = useWords('batches')
  const go = useGo()
  const nowMs = useNow(SECOND_MS)
  const open = countOf(batch, 'needs-look')
  if (open > 0 && countOf(batch, 'waiting') === 0) return <Settling open={open} />
  const { holdUntilMs } = batch
  const inHold = holdUntilMs !== null && holdUntilMs > nowMs
  return (
    <Notice
      tone="blue"
      icon={inHold ? IconHourglass : state === 'approved' ? IconUserCheck : IconPlayerPlay}
      title={say(inHold ? 'hold.title' : `${state}.title`)}
      actions={
        <>
          <WithdrawAct batch={batch} />
          <Button onClick={() => go({ name: 'run' })}>{say('approved.toRun')}</Button>
        </>
      }
    >
      {inHold ? (
        <>
          <p>
            <HoldLine untilMs={holdUntilMs} />
          </p>
          <p>{say('hold.body', { count: batch.rows, amount: batch.amount })}</p>
        </>
      ) : (
        <p>
          {say(`${state}.body`)}{' '}
          {batch.approvalExpiresAtMs === null ? null : (
            <>
              {say('batch.expires')}: <When atMs={batch.approvalExpiresAtMs} />
            </>
          )}
        </p>
      )}
    </Notice>
  )
}

/** Nothing is left to send, yet the batch is not over. */
function Settling({ open }: { readonly open: number }) {
  const say = useWords('batches')
  const go = useGo()
  return (
    <Notice
      tone="blue"
      icon={IconClockHour4}
      title={say('settling.title')}
      actions={<Button onClick={() => go({ name: 'run', show: 'needs-look' })}>{say('approved.toRun')}</Button>}
    >
      <p>{say('settling.body', { count: open })}</p>
    </Notice>
  )
}

function NewFile() {
  const say = useWords('batches')
  const go = useGo()
  return <Button onClick={() => go({ name: 'import' })}>{say('list.newFromFile')}</Button>
}

function Done({ batch, onFilter }: BatchStateBandProps) {
  const say = useWords('batches')
  const attention = attentionCount(batch)
  const accepted = batch.byState.some((pile) => pile.state === 'accepted' && pile.count > 0)
  const arrives = accepted ? <p>{say('done.accepted')}</p> : null
  if (attention === 0) {
    return (
      <Notice icon={IconCheck}>
        <p>{say('done.title')}</p>
        {arrives}
      </Notice>
    )
  }
  const unproven = batch.byState.some((pile) => pile.state === 'needs-look' && pile.count > 0)
  return (
    <Notice
      tone="amber"
      title={say('done.title')}
      actions={
        <Button variant="default" onClick={() => onFilter(unproven ? 'needs-look' : 'failed')}>
          {say('done.showAttention')}
        </Button>
      }
    >
      <p>{say('done.attention', { count: attention })}</p>
      {arrives}
    </Notice>
  )
}
