import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { RowView } from '../../../contract/views'
import type { BatchId } from '../../../domain/ids'
import { useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { useGo } from '../../ui/navigation'
import { PlainTable, type PlainColumn } from '../../ui/plain-table'
import { StateBadge } from '../../ui/state-badge'
import { When } from '../../ui/when'
import { feedWindow } from './run-facts'
import styles from './run.module.css'

const READ_ROWS = 40
const SHOWN_ROWS = 15

/** The batch under way: how many rows in which state, and the rows that changed last. */
export function Feed({ batchId }: { readonly batchId: BatchId }) {
  const say = useWords('run')
  const go = useGo()
  const batch = useRead('batch.get', { batchId }, { topics: ['batches', 'rows', 'run'] }).data
  const waiting = batch?.byState.find((pile) => pile.state === 'waiting')?.count ?? 0
  const rows = useRead(
    'batch.rows',
    { batchId, filter: 'all', ...feedWindow(batch?.rows ?? 0, waiting, READ_ROWS) },
    { topics: ['rows', 'run'], enabled: batch !== undefined },
  ).data
  const latest = (rows?.rows ?? [])
    .filter((row) => row.state !== 'waiting' && row.state !== 'draft')
    .toSorted((a, b) => b.sinceMs - a.sinceMs)
    .slice(0, SHOWN_ROWS)
  const columns = useFeedColumns()
  if (batch === undefined) return null
  return (
    <section className={styles.block} aria-labelledby="run-feed">
      <div className={styles.blockHead}>
        <h2 id="run-feed">{batch.name}</h2>
        <Button variant="default" size="xs" onClick={() => go({ name: 'batch', batchId })}>
          {say('feed.openBatch')}
        </Button>
      </div>
      <ul className={styles.counts} aria-label={say('counts.title')}>
        {batch.byState.map((pile) => (
          <li key={pile.state}>
            <StateBadge state={pile.state} />
            <span>{say('counts.count', { count: pile.count })}</span>
            <span className={styles.soft}>
              <Amount value={pile.amount} />
            </span>
          </li>
        ))}
      </ul>
      <h3>{say('feed.title')}</h3>
      {latest.length === 0 ? (
        <p className={styles.soft}>{say('feed.empty')}</p>
      ) : (
        <PlainTable label={say('feed.title')} columns={columns} rows={latest} rowKey={(row) => row.rowId} />
      )}
    </section>
  )
}

function useFeedColumns(): readonly PlainColumn<RowView>[] {
  const say = useWords('run')
  return useMemo(
    () => [
      { id: 'state', title: say('feed.state'), cell: (row) => <StateBadge state={row.state} /> },
      { id: 'order', title: say('feed.order'), flex: true, cell: (row) => row.orderNo },
      {
        id: 'amount',
        title: say('feed.amount'),
        align: 'right',
        cell: (row) => <Amount value={row.amount} unit="none" />,
      },
      { id: 'at', title: say('feed.at'), cell: (row) => <When atMs={row.sinceMs} /> },
    ],
    [say],
  )
}
