import { useState } from 'react'
import type { BatchId, RowId } from '../../../domain/ids'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { EmptyState } from '../../ui/empty-state'
import { useGo, useScreen } from '../../ui/navigation'
import { Page, PageHeader } from '../../ui/page-header'
import { PanelTable } from '../../ui/panel-table'
import { ProblemAlert } from '../../ui/problem-text'
import { BatchStateBadge } from '../../ui/state-badge'
import { BatchDetails } from './batch-details'
import { BatchRows, type RowFilter } from './batch-rows'
import { BatchStateBand } from './batch-state-band'
import { ExportActs } from './export-acts'
import { RowPanel } from './row-panel'
import styles from './batches.module.css'

/** One batch: where it stands, what can be done with it now, and every row. */
export function BatchScreen({ batchId }: { readonly batchId: BatchId }) {
  const say = useWords('batches')
  const go = useGo()
  const screen = useScreen('batch')
  const batch = useRead('batch.get', { batchId }, { topics: ['batches', 'rows', 'run'] })
  const [filter, setFilter] = useState<RowFilter>('all')
  const [openRow, setOpenRow] = useState<RowId | null>(screen?.rowId ?? null)
  const toList = (): void => go({ name: 'batches' })
  if (batch.error !== null) {
    return (
      <Page>
        <PageHeader title={say('title')} onBack={toList} />
        <ProblemAlert problem={problemOf(batch.error)} />
        <EmptyState sentence={say('batch.missing')} action={{ label: say('batch.back'), onClick: toList }} />
      </Page>
    )
  }
  // Data of the batch before stays while this one is read; it must not be taken for this one.
  if (batch.data?.batchId !== batchId) return <Page>{null}</Page>
  const { data } = batch
  return (
    <Page wide>
      <PageHeader
        title={data.name}
        badges={<BatchStateBadge state={data.state} />}
        subtitle={
          <span className={styles.total}>
            {say('batch.count', { count: data.rows })} · <Amount value={data.amount} strong />
          </span>
        }
        onBack={toList}
        actions={<ExportActs batch={data} />}
      />
      <div className={styles.band}>
        <BatchDetails batch={data} />
        <BatchStateBand batch={data} onFilter={setFilter} />
      </div>
      <div className={styles.work}>
        <PanelTable
          panel={
            openRow === null ? null : (
              <RowPanel key={openRow} rowId={openRow} batchState={data.state} onClose={() => setOpenRow(null)} />
            )
          }
        >
          <BatchRows
            batch={data}
            filter={filter}
            onFilter={setFilter}
            openRow={openRow}
            onOpen={(row) => setOpenRow(row.rowId)}
            onActive={(row) => {
              if (openRow !== null) setOpenRow(row.rowId)
            }}
          />
        </PanelTable>
      </div>
    </Page>
  )
}
