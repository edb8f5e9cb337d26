import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { BatchView } from '../../../contract/views'
import type { BatchId } from '../../../domain/ids'
import { wonInWords } from '../../../domain/won-words'
import { problemOf, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { providerName } from '../../i18n/provider-name'
import { Amount, Count } from '../../ui/amount'
import { Facts } from '../../ui/facts'
import { useGo } from '../../ui/navigation'
import { pilesByName, type Pile } from '../../ui/piles'
import { PlainTable, type PlainColumn } from '../../ui/plain-table'
import { ProblemAlert } from '../../ui/problem-text'
import { ScrollRegion } from '../../ui/scroll-region'
import { When } from '../../ui/when'
import { CheckSummary } from './check-summary'
import { Decide } from './decide'
import type { Decided } from './outcome'
import styles from './approvals.module.css'

interface ApprovalDigestProps {
  readonly batchId: BatchId
  readonly onDecided: (decided: Decided) => void
}

/** How much, to whom, from what, what is unusual; the buttons come last. */
export function ApprovalDigest({ batchId, onDecided }: ApprovalDigestProps) {
  const say = useWords('approvals')
  const batch = useRead('batch.get', { batchId }, { topics: ['batches', 'rows'] })
  if (batch.error !== null) return <ProblemAlert problem={problemOf(batch.error)} />
  const data = batch.data?.batchId === batchId ? batch.data : undefined
  return (
    <section className={styles.digest} aria-label={say('digest.label')} aria-busy={data === undefined}>
      {data === undefined ? null : <Digest batch={data} onDecided={onDecided} />}
    </section>
  )
}

function Digest({ batch, onDecided }: { readonly batch: BatchView; readonly onDecided: (decided: Decided) => void }) {
  const say = useWords('approvals')
  const state = useWords('state')
  const language = useLanguage()
  const go = useGo()
  return (
    <>
      <ScrollRegion className={styles.digestBody} label={batch.name}>
        <h2>{batch.name}</h2>
        <div>
          <p className={styles.soft}>{say('digest.total')}</p>
          <p className={styles.big}>
            <Amount value={batch.amount} strong />
          </p>
          <p className={styles.words}>
            {language === 'ko' ? `${wonInWords(batch.amount)} · ` : ''}
            {say('digest.count', { count: batch.rows })}
          </p>
        </div>
        <Facts
          items={[
            { label: say('digest.maker'), value: batch.makerName },
            ...(batch.submittedAtMs === null
              ? []
              : [{ label: say('digest.submittedAt'), value: <When atMs={batch.submittedAtMs} /> }]),
            { label: say('digest.file'), value: batch.fileName },
          ]}
        />
        <CheckSummary batch={batch} />
        <div className={styles.tables}>
          <SplitTable
            title={say('digest.byChannel')}
            piles={batch.channels.map(({ name, pg, rows, amount }) => ({
              name: `${name} · ${state(`pg.${pg}`)}`,
              count: rows,
              amount,
            }))}
          />
          <SplitTable
            title={say('digest.byMethod')}
            piles={batch.methods.map((pile) => ({ ...pile, name: state(`method.${pile.method}`) }))}
          />
          <SplitTable
            title={say('digest.byProvider')}
            piles={batch.providers.map((pile) => ({ ...pile, name: providerName(pile.provider, language) }))}
          />
        </div>
        <Button
          variant="default"
          className={styles.rowsButton}
          onClick={() => go({ name: 'batch', batchId: batch.batchId })}
        >
          {say('digest.openRows')}
        </Button>
      </ScrollRegion>
      <Decide batch={batch} onDecided={onDecided} />
    </>
  )
}

function SplitTable({ title, piles }: { readonly title: string; readonly piles: readonly Pile[] }) {
  return (
    <PlainTable label={title} columns={usePileColumns(title)} rows={pilesByName(piles)} rowKey={(pile) => pile.name} />
  )
}

function usePileColumns(title: string): readonly PlainColumn<Pile>[] {
  const say = useWords('approvals')
  return useMemo(
    () => [
      { id: 'name', title, flex: true, cell: (pile) => pile.name },
      { id: 'count', title: say('digest.rows'), align: 'right', cell: (pile) => <Count value={pile.count} /> },
      {
        id: 'amount',
        title: say('digest.amount'),
        align: 'right',
        cell: (pile) => <Amount value={pile.amount} unit="none" />,
      },
    ],
    [say, title],
  )
}
