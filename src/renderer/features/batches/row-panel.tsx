import { Button } from '@mantine/core'
import type { RowDetail } from '../../../contract/views'
import type { RowId } from '../../../domain/ids'
import { problemOf, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { providerName } from '../../i18n/provider-name'
import { BalanceBar } from '../../ui/balance-bar'
import { DueDay } from '../../ui/due-day'
import { Facts } from '../../ui/facts'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { ProblemAlert, ProblemText } from '../../ui/problem-text'
import { SidePanel } from '../../ui/side-panel'
import type { BatchState } from '../../ui/state-badge'
import { Timelines } from '../../ui/timelines'
import { When } from '../../ui/when'
import { Attempts } from './attempts'
import { rowSplit } from './batch-facts'
import { RowActs } from './row-acts'
import { RowBadge } from './row-badge'
import { Payouts, RowFollowUps } from './row-payouts'
import styles from './batches.module.css'

interface RowPanelProps {
  readonly rowId: RowId
  readonly batchState: BatchState
  readonly onClose: () => void
}

/** Everything about one row: why it is where it is, what to do, the money, and the evidence. */
export function RowPanel({ rowId, batchState, onClose }: RowPanelProps) {
  const say = useWords('batches')
  const detail = useRead('row.get', { rowId }, { topics: ['rows', 'drift', 'payments'] })
  const data = detail.data?.row.rowId === rowId ? detail.data : null
  return (
    <SidePanel
      title={data === null ? say('row.loading') : say('row.title', { line: data.row.line })}
      badges={
        data === null ? null : <RowBadge state={data.row.state} overdue={data.row.overdue} batchState={batchState} />
      }
      onClose={onClose}
    >
      <ProblemAlert problem={detail.error === null ? null : problemOf(detail.error)} />
      {data === null ? null : <RowBody detail={data} />}
    </SidePanel>
  )
}

function RowBody({ detail }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const state = useWords('state')
  const language = useLanguage()
  const go = useGo()
  const { row } = detail
  return (
    <div className={styles.panel}>
      {row.problem === null ? null : (
        <Notice tone={row.state === 'stopped-drift' ? 'violet' : 'amber'}>
          <ProblemText problem={row.problem} />
        </Notice>
      )}
      {row.checkProblem === null || row.problem !== null ? null : (
        <Notice tone="amber" title={say('row.checkSaid')}>
          <ProblemText problem={row.checkProblem} />
        </Notice>
      )}
      <RowActs detail={detail} />
      <RowFollowUps detail={detail} />
      <RowBalance detail={detail} />
      <Facts
        items={[
          { label: say('row.order'), value: row.orderNo },
          { label: say('row.pgKey'), value: row.pgKey },
          {
            label: say('row.method'),
            value: `${state(`method.${row.method}`)} · ${providerName(row.provider, language)}`,
          },
          { label: say('row.channel'), value: `${row.channelName} · ${state(`pg.${row.pg}`)}` },
          { label: say('row.buyer'), value: row.buyerMasked },
          { label: say('row.account'), value: accountOf(row) ?? say('row.noAccount') },
          { label: say('row.reason'), value: row.reason },
          { label: say('row.since'), value: <When atMs={row.sinceMs} /> },
          ...(row.dueOn === null || row.state === 'payout-failed'
            ? []
            : [{ label: say('row.dueOn'), value: <DueDay day={row.dueOn} arrived={row.state === 'paid-out'} /> }]),
        ]}
      />
      <Button
        variant="default"
        size="compact-sm"
        className={styles.alone}
        onClick={() => go({ name: 'search', paymentId: row.paymentId })}
      >
        {say('row.openPayment')}
      </Button>
      <Payouts payouts={detail.payouts} />
      <Attempts attempts={detail.attempts} />
      <h3>{say('timelines.title')}</h3>
      <Timelines ours={detail.ours} theirs={detail.theirs} snapshotAtMs={detail.snapshotAtMs} />
    </div>
  )
}

function RowBalance({ detail: { row } }: { readonly detail: RowDetail }) {
  const say = useWords('batches')
  const split = rowSplit(row)
  return (
    <>
      <BalanceBar
        whole={{ label: say('balance.paid'), amount: row.paid }}
        parts={[
          { tone: 'earlier', label: say('balance.earlier'), amount: split.earlier },
          {
            tone: split.unproven ? 'maybe' : 'now',
            label: say(split.unproven ? 'balance.maybe' : 'balance.now'),
            amount: split.amount,
          },
          { tone: 'left', label: say('balance.left'), amount: split.left },
        ]}
      />
      {split.over ? <p className={styles.over}>{say('balance.over')}</p> : null}
    </>
  )
}

function accountOf(row: RowDetail['row']): string | null {
  if (row.accountMasked === null) return null
  return [row.bankName, row.accountMasked, row.holderMasked].filter((part) => part !== null).join(' ')
}
