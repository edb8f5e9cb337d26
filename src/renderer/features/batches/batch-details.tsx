import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useId, useMemo, useState } from 'react'
import type { BatchView } from '../../../contract/views'
import { useLanguage, useWords } from '../../i18n'
import { providerName } from '../../i18n/provider-name'
import { Amount, Count } from '../../ui/amount'
import { Facts } from '../../ui/facts'
import { pilesByName, type Pile } from '../../ui/piles'
import { PlainTable, type PlainColumn } from '../../ui/plain-table'
import { StateBadge } from '../../ui/state-badge'
import { When } from '../../ui/when'
import { BatchChannels } from './batch-channels'
import { BatchSteps } from './batch-steps'
import styles from './batches.module.css'

/** The way of the batch, and the rest to unfold: people, file, splits, fingerprint, history. */
export function BatchDetails({ batch }: { readonly batch: BatchView }) {
  const say = useWords('batches')
  const [open, setOpen] = useState(false)
  const id = useId()
  const Chevron = open ? IconChevronUp : IconChevronDown
  return (
    <>
      <div className={styles.way}>
        <BatchSteps batch={batch} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          rightSection={<Chevron size={14} stroke={2} aria-hidden />}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {say(open ? 'batch.hideDetails' : 'batch.details')}
        </Button>
      </div>
      <section id={id} hidden={!open} aria-label={say('batch.details')}>
        {open ? <Whole batch={batch} /> : null}
      </section>
    </>
  )
}

interface SplitProps {
  readonly label: string
  readonly piles: readonly Pile[]
}

function Split({ label, piles }: SplitProps) {
  const say = useWords('batches')
  return (
    <dl>
      <dt>
        <h3>{label}</h3>
      </dt>
      {pilesByName(piles).map((pile) => (
        <dd key={pile.name}>
          {pile.name} {say('batch.count', { count: pile.count })} <Amount value={pile.amount} />
        </dd>
      ))}
    </dl>
  )
}

function Whole({ batch }: { readonly batch: BatchView }) {
  const say = useWords('batches')
  const state = useWords('state')
  const language = useLanguage()
  return (
    <div className={styles.whole}>
      <Facts
        items={[
          { label: say('batch.file'), value: batch.fileName },
          { label: say('batch.maker'), value: batch.makerName },
          ...(batch.checkerName === null ? [] : [{ label: say('batch.checker'), value: batch.checkerName }]),
          ...(batch.approvalExpiresAtMs === null
            ? []
            : [{ label: say('batch.expires'), value: <When atMs={batch.approvalExpiresAtMs} /> }]),
          ...(batch.contentHash === null
            ? []
            : [
                {
                  label: say('batch.hash'),
                  value: (
                    <span title={say('batch.hashHint')} className={styles.hash}>
                      {batch.contentHash}
                    </span>
                  ),
                },
              ]),
        ]}
      />
      <div className={styles.splits}>
        <Split
          label={say('batch.byMethod')}
          piles={batch.methods.map((pile) => ({ ...pile, name: state(`method.${pile.method}`) }))}
        />
        <Split
          label={say('batch.byProvider')}
          piles={batch.providers.map((pile) => ({ ...pile, name: providerName(pile.provider, language) }))}
        />
      </div>
      <BatchChannels channels={batch.channels} />
      <div>
        <h3>{say('batch.byState')}</h3>
        <PlainTable
          label={say('batch.byState')}
          columns={useStateColumns()}
          rows={batch.byState}
          rowKey={(pile) => pile.state}
        />
      </div>
      <div>
        <h3>{say('batch.history')}</h3>
        <History batch={batch} />
      </div>
    </div>
  )
}

function useStateColumns(): readonly PlainColumn<BatchView['byState'][number]>[] {
  const say = useWords('batches')
  return useMemo(
    () => [
      { id: 'state', title: say('rows.state'), cell: (pile) => <StateBadge state={pile.state} /> },
      { id: 'count', title: say('list.rows'), align: 'right', cell: (pile) => <Count value={pile.count} /> },
      {
        id: 'amount',
        title: say('list.amount'),
        align: 'right',
        cell: (pile) => <Amount value={pile.amount} unit="none" />,
      },
    ],
    [say],
  )
}

function History({ batch }: { readonly batch: BatchView }) {
  const say = useWords('batches')
  return (
    <ol className={styles.history}>
      {batch.history.map((event, index) => (
        // Two events may share an instant; the list only grows at its end.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <When atMs={event.atMs} />
          <span>
            {say(`history.${event.what}`)}
            {event.who === '' ? '' : ` · ${event.who}`}
            {event.note === null ? null : <span className={styles.soft}> · {event.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
