import { UnstyledButton } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useState } from 'react'
import type { BatchSummary } from '../../../contract/views'
import type { BatchId } from '../../../domain/ids'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { EmptyState } from '../../ui/empty-state'
import { useGo } from '../../ui/navigation'
import { stepInList } from '../../ui/list-keys'
import { Page, PageHeader } from '../../ui/page-header'
import { ProblemAlert } from '../../ui/problem-text'
import { When } from '../../ui/when'
import { ApprovalDigest } from './approval-digest'
import { Outcome, type Decided } from './outcome'
import styles from './approvals.module.css'

/** More never wait at once in one office; what is beyond appears as the first are decided. */
const SHOWN_MAX = 200

/** Batches that wait for a second person, with all that this person needs to decide. */
export function ApprovalsScreen() {
  const say = useWords('approvals')
  const go = useGo()
  const list = useRead('batch.list', { states: ['submitted'], offset: 0, limit: SHOWN_MAX }, { topics: ['batches'] })
  const [chosen, setChosen] = useState<BatchId | null>(null)
  const [decided, setDecided] = useState<Decided | null>(null)
  const batches = list.data?.rows ?? []
  const open = batches.find((batch) => batch.batchId === chosen) ?? batches[0]
  return (
    <Page wide>
      <PageHeader title={say('title')} subtitle={say('lead')} />
      <Outcome decided={decided} primary={open === undefined} onClose={() => setDecided(null)} />
      <ProblemAlert problem={list.error === null ? null : problemOf(list.error)} />
      {list.data !== undefined && open === undefined ? (
        <EmptyState
          icon={IconInbox}
          sentence={say('list.empty')}
          {...(decided?.how !== 'approved'
            ? { action: { label: say('list.emptyAction'), onClick: () => go({ name: 'batches' }) } }
            : {})}
        />
      ) : null}
      {open === undefined ? null : (
        <div className={styles.split}>
          <WaitingList batches={batches} open={open.batchId} onOpen={setChosen} />
          <ApprovalDigest key={open.batchId} batchId={open.batchId} onDecided={setDecided} />
        </div>
      )}
    </Page>
  )
}

interface WaitingListProps {
  readonly batches: readonly BatchSummary[]
  readonly open: BatchId
  readonly onOpen: (batchId: BatchId) => void
}

function WaitingList({ batches, open, onOpen }: WaitingListProps) {
  const say = useWords('approvals')
  return (
    <ul className={styles.list} aria-label={say('list.label')}>
      {batches.map((batch, index) => (
        <li key={batch.batchId}>
          <UnstyledButton
            className={styles.item}
            aria-current={batch.batchId === open}
            onClick={() => onOpen(batch.batchId)}
            onKeyDown={(event) => {
              const next = batches[index + stepInList(event)]
              if (next !== undefined && next.batchId !== open) onOpen(next.batchId)
            }}
          >
            <span className={styles.itemName}>{batch.name}</span>
            <span className={styles.itemLine}>
              <span>{say('list.count', { count: batch.rows })}</span>
              <Amount value={batch.amount} strong />
            </span>
            <span className={styles.itemLine}>
              <span>{say('list.by', { name: batch.makerName })}</span>
              {batch.submittedAtMs === null ? null : <When atMs={batch.submittedAtMs} />}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
