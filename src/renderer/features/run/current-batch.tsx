import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ChannelInput } from '../../../contract/channels'
import type { RowView } from '../../../contract/views'
import type { BatchId } from '../../../domain/ids'
import { call, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { useProblemSentence } from '../../i18n/problem-sentence'
import { Amount } from '../../ui/amount'
import { EmptyState } from '../../ui/empty-state'
import { Filters } from '../../ui/filters'
import { whenText } from '../../ui/formats'
import { useGo } from '../../ui/navigation'
import { PagedTable } from '../../ui/paged-table'
import { countOf } from '../../ui/row-piles'
import { StateBadge } from '../../ui/state-badge'
import type { TableColumn } from '../../ui/table-columns'
import { useNow } from '../../ui/use-now'
import { When } from '../../ui/when'
import { nextStep } from './run-facts'
import styles from './run.module.css'

type RowFilter = Exclude<ChannelInput<'batch.rows'>['filter'], 'blocked'>

const FILTERS = ['waiting', 'needs-look', 'failed', 'accepted'] as const satisfies readonly RowFilter[]

/** Every row of the batch under way with its state and what happens next; a row opens with its evidence. */
export function CurrentBatch({ batchId }: { readonly batchId: BatchId }) {
  const say = useWords('run')
  const go = useGo()
  const [filter, setFilter] = useState<RowFilter>('all')
  const batch = useRead('batch.get', { batchId }, { topics: ['batches', 'rows', 'run'] }).data
  const columns = useRowColumns((batch?.channels.length ?? 0) > 1)
  if (batch === undefined) return <div />
  return (
    <section className={styles.current} aria-labelledby="run-batch">
      <div className={styles.blockHead}>
        <h2 id="run-batch">{batch.name}</h2>
        <Button variant="default" size="xs" onClick={() => go({ name: 'batch', batchId })}>
          {say('rows.openBatch')}
        </Button>
      </div>
      <Filters
        value={filter}
        none="all"
        chips={[
          { value: 'all', label: say('rows.all'), count: batch.rows },
          ...FILTERS.map((value) => ({ value, label: say(`rows.${value}`), count: countOf(batch, value) })),
        ]}
        onChange={setFilter}
      />
      <PagedTable
        name="run-rows"
        label={say('rows.label')}
        columns={columns}
        queryKey={['batch.rows', batchId, filter]}
        topics={['rows', 'batches']}
        load={(offset, limit) => call('batch.rows', { batchId, filter, offset, limit })}
        rowKey={(row) => row.rowId}
        onOpen={(row) => go({ name: 'batch', batchId, rowId: row.rowId })}
        empty={
          <EmptyState
            sentence={say('rows.empty')}
            action={{ label: say('rows.showAll'), onClick: () => setFilter('all') }}
          />
        }
      />
    </section>
  )
}

function useRowColumns(withChannel: boolean): readonly TableColumn<RowView>[] {
  const say = useWords('run')
  const sentence = useProblemSentence()
  return useMemo(
    () => [
      // Not held at the left edge: the columns that matter fit, and held cells make scrolling dear.
      {
        id: 'state',
        title: say('rows.state'),
        width: 144,
        cell: (row) => <StateBadge state={row.state} />,
      },
      { id: 'order', title: say('rows.order'), width: 156, cell: (row) => row.orderNo },
      {
        id: 'amount',
        title: say('rows.amount'),
        width: 100,
        align: 'right',
        cell: (row) => <Amount value={row.amount} unit="none" />,
      },
      { id: 'next', title: say('rows.next'), width: 224, cell: (row) => <Next row={row} /> },
      ...(withChannel
        ? [{ id: 'channel', title: say('rows.channel'), width: 120, cell: (row: RowView) => row.channelName }]
        : []),
      { id: 'at', title: say('rows.at'), width: 104, cell: (row) => <When atMs={row.sinceMs} /> },
      {
        id: 'why',
        title: say('rows.why'),
        width: 160,
        flex: true,
        cell: (row) => (row.problem === null ? null : sentence(row.problem)),
      },
      { id: 'line', title: say('rows.line'), width: 64, align: 'right', cell: (row) => row.line },
    ],
    [say, sentence, withChannel],
  )
}

/** What happens next, in words; for an open outcome also until when the program looks by itself. */
function Next({ row }: { readonly row: RowView }) {
  const say = useWords('run')
  const language = useLanguage()
  const nowMs = useNow()
  const step = nextStep(row, nowMs)
  if (step === 'none') return null
  const { lookUntilMs } = row
  return (
    <span data-step={step} className={styles.next}>
      {step === 'look' && lookUntilMs !== null
        ? say('next.lookUntil', { when: whenText(lookUntilMs, nowMs, language) })
        : say(`next.${step}`)}
    </span>
  )
}
