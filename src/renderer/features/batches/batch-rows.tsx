import { useMemo } from 'react'
import type { ChannelInput } from '../../../contract/channels'
import type { BatchView, RowView } from '../../../contract/views'
import type { RowId } from '../../../domain/ids'
import { call } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useProblemSentence } from '../../i18n/problem-sentence'
import { Amount } from '../../ui/amount'
import { DueDay } from '../../ui/due-day'
import { EmptyState } from '../../ui/empty-state'
import { Filters } from '../../ui/filters'
import { PagedTable } from '../../ui/paged-table'
import { countOf } from '../../ui/row-piles'
import type { TableColumn } from '../../ui/table-columns'
import { When } from '../../ui/when'
import { blockedCount, hasDueDays, hasReasons, mixesChannels } from './batch-facts'
import { RowBadge } from './row-badge'
import styles from './batches.module.css'

export type RowFilter = ChannelInput<'batch.rows'>['filter']

const RUN_FILTERS = ['needs-look', 'failed', 'accepted', 'waiting'] as const

interface BatchRowsProps {
  readonly batch: BatchView
  readonly filter: RowFilter
  readonly onFilter: (filter: RowFilter) => void
  readonly openRow: RowId | null
  readonly onOpen: (row: RowView) => void
  readonly onActive: (row: RowView) => void
}

/** The rows of a batch with filter chips. */
export function BatchRows({ batch, filter, onFilter, openRow, onOpen, onActive }: BatchRowsProps) {
  const say = useWords('batches')
  const { batchId } = batch
  // Nothing was sent: no row can be anything but blocked.
  const ran = batch.byState.some((pile) => pile.state !== 'draft')
  // A row that was blocked at the check and one that stopped in the run stand under the same chip: only before the run
  // is their number known here.
  const beforeRun = batch.state === 'draft' || batch.state === 'checked' || batch.state === 'submitted'
  return (
    <div className={styles.rows}>
      <Filters
        value={filter}
        none="all"
        chips={[
          { value: 'all', label: say('rows.all'), count: batch.rows },
          { value: 'blocked', label: say('rows.blocked'), ...(beforeRun ? { count: blockedCount(batch) } : {}) },
          ...(ran
            ? RUN_FILTERS.map((value) => ({ value, label: say(`rows.${value}`), count: countOf(batch, value) }))
            : []),
        ]}
        onChange={onFilter}
      />
      <PagedTable
        name="batch-rows"
        label={say('rows.label')}
        columns={useRowColumns(batch)}
        queryKey={['batch.rows', batchId, filter]}
        topics={['rows', 'batches']}
        load={(offset, limit) => call('batch.rows', { batchId, filter, offset, limit })}
        rowKey={(row) => row.rowId}
        openKey={openRow}
        onOpen={onOpen}
        onActive={onActive}
        selection={{ amountOf: (row) => row.amount, lineOf: (row) => row.line }}
        empty={
          filter === 'all' ? (
            <EmptyState sentence={say('rows.empty')} />
          ) : (
            <EmptyState
              sentence={say('rows.emptyFiltered')}
              action={{ label: say('rows.showAll'), onClick: () => onFilter('all') }}
            />
          )
        }
      />
    </div>
  )
}

function whyOf(row: RowView): RowView['problem'] {
  return row.problem ?? row.checkProblem
}

/** Columns that would stand empty, or say the same in every row, are left out. */
function useRowColumns(batch: BatchView): readonly TableColumn<RowView>[] {
  const batchState = batch.state
  const withWhy = hasReasons(batch)
  const withDue = hasDueDays(batch)
  const withChannel = mixesChannels(batch)
  const say = useWords('batches')
  const state = useWords('state')
  const sentence = useProblemSentence()
  return useMemo(
    () => [
      {
        id: 'state',
        title: say('rows.state'),
        width: 160,
        sticky: true,
        cell: (row) => <RowBadge state={row.state} overdue={row.overdue} batchState={batchState} />,
      },
      { id: 'order', title: say('rows.order'), width: 168, cell: (row) => row.orderNo },
      {
        id: 'amount',
        title: say('rows.amount'),
        width: 112,
        align: 'right',
        cell: (row) => <Amount value={row.amount} unit="none" />,
      },
      { id: 'since', title: say('rows.since'), width: 140, cell: (row) => <When atMs={row.sinceMs} /> },
      ...(withDue
        ? [
            {
              id: 'due',
              title: say('rows.due'),
              width: 120,
              cell: ({ dueOn, state: rowState }: RowView) =>
                dueOn === null || rowState === 'payout-failed' ? null : (
                  <DueDay day={dueOn} arrived={rowState === 'paid-out'} />
                ),
            },
          ]
        : []),
      ...(withWhy
        ? [
            {
              id: 'why',
              title: say('rows.why'),
              width: 200,
              flex: true,
              cell: (row: RowView) => {
                const why = whyOf(row)
                return why === null ? null : sentence(why)
              },
            },
          ]
        : []),
      ...(withChannel
        ? [
            {
              id: 'channel',
              title: say('rows.channel'),
              width: 128,
              cell: (row: RowView) => row.channelName,
            },
          ]
        : []),
      { id: 'buyer', title: say('rows.buyer'), width: 88, cell: (row) => row.buyerMasked },
      { id: 'method', title: say('rows.method'), width: 120, cell: (row) => state(`method.${row.method}`) },
      {
        id: 'account',
        title: say('rows.account'),
        width: 208,
        cell: (row) => [row.bankName, row.accountMasked, row.holderMasked].filter((part) => part !== null).join(' '),
      },
      { id: 'line', title: say('rows.line'), width: 64, align: 'right', cell: (row) => row.line },
    ],
    [say, state, sentence, batchState, withWhy, withDue, withChannel],
  )
}
