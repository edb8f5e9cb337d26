import { IconEqualNot } from '@tabler/icons-react'
import { useState } from 'react'
import type { DriftSummary } from '../../../contract/drift'
import type { DraftId, DriftCaseId } from '../../../domain/ids'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { EmptyState } from '../../ui/empty-state'
import { Filters } from '../../ui/filters'
import { Notice } from '../../ui/notice'
import { Page, PageHeader } from '../../ui/page-header'
import { ProblemAlert } from '../../ui/problem-text'
import { DriftCase, type Settled } from './drift-case'
import { DriftQueue } from './drift-queue'
import { useSources } from './sources'
import styles from './drift.module.css'

const STATES = ['open', 'settled', 'all'] as const
type StateFilter = (typeof STATES)[number]

const STEP = 100
/** The most that one read may answer. */
const SHOWN_MAX = 500

interface DriftScreenProps {
  readonly caseId?: DriftCaseId
  readonly show?: 'notices'
  /** The refund file that waits for what is imported here. */
  readonly draftId?: DraftId
}

/** Differences between our ledger and the PG: the queue at the left, the case in hand at the right. */
export function DriftScreen({ caseId, show, draftId }: DriftScreenProps) {
  const say = useWords('drift')
  const [filter, setFilter] = useState<StateFilter>('open')
  const [limit, setLimit] = useState(STEP)
  const [chosen, setChosen] = useState<DriftCaseId | null>(caseId ?? null)
  const [settled, setSettled] = useState<Settled | null>(null)
  const list = useRead('drift.list', { state: filter, offset: 0, limit }, { topics: ['drift', 'payments'] })
  // Another case may be asked for while the screen is open.
  const [lastAsked, setLastAsked] = useState(caseId)
  if (lastAsked !== caseId) {
    setLastAsked(caseId)
    if (caseId !== undefined) setChosen(caseId)
  }
  const cases = list.data?.rows ?? []
  const total = list.data?.total ?? 0
  const open = chosen ?? cases[0]?.caseId ?? null
  const sources = useSources({
    // Who came for a file goes back to it.
    primary: list.data !== undefined && open === null && draftId === undefined,
    open: show ?? null,
    draftId: draftId ?? null,
  })
  return (
    <Page wide>
      <PageHeader title={say('title')} subtitle={say('lead')} actions={sources.buttons} />
      {sources.below}
      {settled === null ? null : (
        <Notice announced onClose={() => setSettled(null)}>
          {say(`actions.${settled.how}`, { order: settled.orderNo })}
        </Notice>
      )}
      <ProblemAlert problem={list.error === null ? null : problemOf(list.error)} />
      <div className={styles.split}>
        <div className={styles.queue}>
          <Filters
            value={filter}
            none="open"
            chips={STATES.map((value) => ({
              value,
              label: say(`list.${value}`),
              ...(value === filter && list.data !== undefined ? { count: total } : {}),
            }))}
            onChange={(value) => {
              setFilter(value)
              setLimit(STEP)
              setChosen(null)
            }}
          />
          <DriftQueue
            cases={cases}
            total={total}
            open={open}
            onOpen={setChosen}
            {...(limit < SHOWN_MAX ? { onMore: () => setLimit(Math.min(SHOWN_MAX, limit + STEP)) } : {})}
          />
        </div>
        {list.data !== undefined && open === null ? (
          <EmptyState
            icon={IconEqualNot}
            sentence={say(filter === 'settled' ? 'list.emptySettled' : 'list.empty')}
            {...(filter !== 'settled'
              ? {}
              : { action: { label: say('list.showOpen'), onClick: () => setFilter('open') } })}
          />
        ) : null}
        {open === null ? null : (
          <DriftCase
            key={open}
            caseId={open}
            onNext={() => setChosen(caseAfter(cases, open))}
            onSettled={(done) => {
              sources.clear()
              setSettled(done)
              setChosen(caseAfter(cases, open))
            }}
          />
        )}
      </div>
    </Page>
  )
}

/** The next case of the queue, the first after the last; null when there is no other. */
function caseAfter(cases: readonly DriftSummary[], caseId: DriftCaseId): DriftCaseId | null {
  const position = cases.findIndex((one) => one.caseId === caseId)
  const next = cases[position + 1] ?? cases[0]
  return next === undefined || next.caseId === caseId ? null : next.caseId
}
