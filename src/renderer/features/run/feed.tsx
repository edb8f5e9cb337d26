import type { BatchId } from '../../../domain/ids'
import { useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { pileOfStates } from '../../ui/row-piles'
import { StateBadge } from '../../ui/state-badge'
import { When } from '../../ui/when'
import { feedWindow } from './run-facts'
import styles from './run.module.css'

const READ_ROWS = 20
const SHOWN_ROWS = 8

/** The rows of the batch under way that changed last. */
export function Feed({ batchId }: { readonly batchId: BatchId }) {
  const say = useWords('run')
  const batch = useRead('batch.get', { batchId }, { topics: ['batches', 'rows', 'run'] }).data
  const waiting = batch === undefined ? 0 : pileOfStates(batch, ['waiting']).count
  const rows = useRead(
    'batch.rows',
    { batchId, filter: 'all', ...feedWindow(batch?.rows ?? 0, waiting, READ_ROWS) },
    // Until the next window is read, the last one stays.
    { topics: ['rows', 'run'], enabled: batch !== undefined, keepPrevious: true },
  ).data
  const latest = (rows?.rows ?? [])
    .filter((row) => row.state !== 'waiting' && row.state !== 'draft')
    .toSorted((a, b) => b.sinceMs - a.sinceMs)
    .slice(0, SHOWN_ROWS)
  return (
    <section className={styles.block} aria-labelledby="run-feed">
      <h2 id="run-feed">{say('feed.title')}</h2>
      {latest.length === 0 ? (
        <p className={styles.soft}>{say('feed.empty')}</p>
      ) : (
        <ol className={styles.feed}>
          {latest.map((row) => (
            <li key={row.rowId}>
              <span className={styles.feedOrder} title={row.orderNo}>
                {row.orderNo}
              </span>
              <Amount value={row.amount} />
              <span>
                <StateBadge state={row.state} />
              </span>
              <span className={styles.soft}>
                <When atMs={row.sinceMs} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
