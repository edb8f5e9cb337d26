import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { FollowUpView } from '../../../contract/pg'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { FollowUpDone } from '../../ui/follow-up-done'
import { ProblemAlert } from '../../ui/problem-text'
import { useArrival } from '../../ui/use-arrival'
import { When } from '../../ui/when'
import { OpenRowButton } from './open-row-button'
import { pageAt } from './run-facts'
import styles from './run.module.css'

const PAGE_ROWS = 20

/** Tasks that refunds left behind although they were taken, the oldest first. */
export function FollowUps({ first }: { readonly first: boolean }) {
  const say = useWords('run')
  const heading = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState('')
  const [offset, setOffset] = useState(0)
  const read = useRead(
    'followUp.list',
    { offset, limit: PAGE_ROWS },
    { topics: ['rows', 'run', 'home'], keepPrevious: true },
  )
  const total = read.data?.total ?? 0
  const page = pageAt(offset, PAGE_ROWS, total)
  // The last task of the last page was done: the page before it is the last one now.
  if (read.data !== undefined && page.offset !== offset) setOffset(page.offset)
  useArrival(heading, first && total > 0)
  if (read.error !== null) return <ProblemAlert problem={problemOf(read.error)} />
  if (read.data === undefined) return null
  const { rows } = read.data
  return (
    <>
      {/* The task leaves the list once it is done, so that it is told here. */}
      <p className={styles.said} role="status">
        {said}
      </p>
      {total === 0 ? null : (
        <section className={styles.block} aria-labelledby="run-follow-ups" aria-busy={read.isPlaceholderData}>
          <div className={styles.blockHead}>
            <h2 id="run-follow-ups" ref={heading} tabIndex={-1}>
              {say('followUps.title')} <span className={styles.soft}>{say('counts.count', { count: total })}</span>
            </h2>
          </div>
          <p className={styles.soft}>{say('followUps.body')}</p>
          <ul className={styles.lookList} aria-labelledby="run-follow-ups">
            {rows.map((followUp) => (
              <FollowUpRow key={followUp.followUpId} followUp={followUp} onSaid={setSaid} />
            ))}
          </ul>
          {page.before === null && page.after === null ? null : (
            <nav className={styles.pages} aria-label={say('followUps.pages')}>
              <Button
                variant="default"
                size="xs"
                disabled={page.before === null}
                onClick={() => setOffset(page.before ?? 0)}
              >
                {say('followUps.before')}
              </Button>
              <span className={styles.soft} aria-live="polite">
                {say('followUps.range', { from: page.offset + 1, to: page.offset + rows.length, all: total })}
              </span>
              <Button
                variant="default"
                size="xs"
                disabled={page.after === null}
                onClick={() => setOffset(page.after ?? offset)}
              >
                {say('followUps.after')}
              </Button>
            </nav>
          )}
        </section>
      )}
    </>
  )
}

interface FollowUpRowProps {
  readonly followUp: FollowUpView
  readonly onSaid: (sentence: string) => void
}

function FollowUpRow({ followUp: { followUpId, kind, detail, atMs, row }, onSaid }: FollowUpRowProps) {
  const say = useWords('run')
  const ui = useWords('ui')
  return (
    <li className={styles.lookRow}>
      <div className={styles.lookWords}>
        <div className={styles.lookLine}>
          <span className={styles.order}>{row.orderNo}</span>
          <Amount value={row.amount} strong />
          <span className={styles.soft}>{row.channelName}</span>
          <span className={styles.soft}>
            <When atMs={atMs} />
          </span>
        </div>
        <p className={styles.why}>{ui(`followUp.${kind}`)}</p>
        {detail === '' ? null : <p className={styles.deadline}>{ui('followUp.pgSaid', { words: detail })}</p>}
      </div>
      <div className={styles.lookButtons}>
        <OpenRowButton row={row} />
        <FollowUpDone
          followUpId={followUpId}
          orderNo={row.orderNo}
          onDone={() => onSaid(say('followUps.done', { order: row.orderNo }))}
        />
      </div>
    </li>
  )
}
