import { Button } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { BATCH_STATES, type BatchSummary } from '../../../contract/views'
import { call } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount, Count } from '../../ui/amount'
import { EmptyState } from '../../ui/empty-state'
import { Filters } from '../../ui/filters'
import { useGo } from '../../ui/navigation'
import { Page, PageHeader } from '../../ui/page-header'
import { PagedTable } from '../../ui/paged-table'
import { BatchStateBadge, type BatchState } from '../../ui/state-badge'
import type { TableColumn } from '../../ui/table-columns'
import { When } from '../../ui/when'
import { attentionCount } from './batch-facts'
import styles from './batches.module.css'

const GROUPS = {
  all: BATCH_STATES,
  preparing: ['draft', 'checked'],
  submitted: ['submitted'],
  underway: ['approved', 'running'],
  done: ['done'],
  stopped: ['rejected', 'withdrawn', 'expired'],
} as const satisfies Record<string, readonly BatchState[]>
type Group = keyof typeof GROUPS
const GROUP_NAMES = Object.keys(GROUPS) as readonly Group[]

/** Every batch, the newest first. */
export function BatchesScreen() {
  const say = useWords('batches')
  const go = useGo()
  const [group, setGroup] = useState<Group>('all')
  const toImport = (): void => go({ name: 'import' })
  return (
    <Page wide>
      <PageHeader
        title={say('title')}
        subtitle={say('lead')}
        actions={
          <Button leftSection={<IconFileUpload size={16} stroke={1.75} aria-hidden />} onClick={toImport}>
            {say('list.newFromFile')}
          </Button>
        }
      />
      <Filters
        value={group}
        none="all"
        chips={GROUP_NAMES.map((value) => ({ value, label: say(`groups.${value}`) }))}
        onChange={setGroup}
      />
      <PagedTable
        name="batches"
        label={say('list.label')}
        columns={useBatchColumns()}
        queryKey={['batch.list', group]}
        topics={['batches', 'rows', 'run']}
        load={(offset, limit) => call('batch.list', { states: [...GROUPS[group]], offset, limit })}
        rowKey={(batch) => batch.batchId}
        onOpen={(batch) => go({ name: 'batch', batchId: batch.batchId })}
        empty={
          group === 'all' ? (
            <EmptyState
              icon={IconFileUpload}
              sentence={say('list.empty')}
              action={{ label: say('list.newFromFile'), onClick: toImport }}
            />
          ) : (
            <EmptyState
              sentence={say('list.emptyFiltered')}
              action={{ label: say('list.clearFilter'), onClick: () => setGroup('all') }}
            />
          )
        }
      />
    </Page>
  )
}

function useBatchColumns(): readonly TableColumn<BatchSummary>[] {
  const say = useWords('batches')
  return useMemo(
    () => [
      {
        id: 'state',
        title: say('list.state'),
        width: 160,
        sticky: true,
        cell: (batch) => <BatchStateBadge state={batch.state} />,
      },
      { id: 'name', title: say('list.name'), width: 200, flex: true, cell: (batch) => batch.name },
      {
        id: 'rows',
        title: say('list.rows'),
        width: 80,
        align: 'right',
        cell: (batch) => <Count value={batch.rows} />,
      },
      {
        id: 'amount',
        title: say('list.amount'),
        width: 128,
        align: 'right',
        cell: (batch) => <Amount value={batch.amount} unit="none" />,
      },
      {
        id: 'trouble',
        title: say('list.trouble'),
        width: 96,
        align: 'right',
        cell: (batch) => {
          const count = attentionCount(batch)
          return count === 0 ? null : (
            <span className={styles.trouble}>
              <Count value={count} />
            </span>
          )
        },
      },
      { id: 'createdAt', title: say('list.createdAt'), width: 144, cell: (batch) => <When atMs={batch.createdAtMs} /> },
      { id: 'maker', title: say('list.maker'), width: 96, cell: (batch) => batch.makerName },
      { id: 'checker', title: say('list.checker'), width: 96, cell: (batch) => batch.checkerName },
    ],
    [say],
  )
}
