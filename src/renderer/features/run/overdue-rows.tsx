import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { RowView } from '../../../contract/views'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { DueDay } from '../../ui/due-day'
import { useGo } from '../../ui/navigation'
import { ProblemAlert } from '../../ui/problem-text'
import { ReasonedAct } from '../../ui/reasoned-act'
import { StateBadge } from '../../ui/state-badge'
import { useArrival } from '../../ui/use-arrival'
import { OpenRowButton } from './open-row-button'
import styles from './run.module.css'

const SHOWN_MAX = 50

/** Accepted refunds whose money should have arrived: a person looks for it and records that it did. */
export function OverdueRows({ first }: { readonly first: boolean }) {
  const say = useWords('run')
  const heading = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState('')
  const read = useRead('row.overdue', { offset: 0, limit: SHOWN_MAX }, { topics: ['rows', 'run', 'settings'] })
  const shown = read.data !== undefined && read.data.total > 0
  useArrival(heading, first && shown)
  if (read.error !== null) return <ProblemAlert problem={problemOf(read.error)} />
  if (read.data === undefined) return null
  const { rows, total } = read.data
  return (
    <>
      {/* The row leaves the list once it is settled, so what came of it is told here. */}
      <p className={styles.said} role="status">
        {said}
      </p>
      {total === 0 ? null : (
        <section className={styles.block} aria-labelledby="run-overdue">
          <div className={styles.blockHead}>
            <h2 id="run-overdue" ref={heading} tabIndex={-1}>
              {say('overdue.title')} <span className={styles.soft}>{say('counts.count', { count: total })}</span>
            </h2>
          </div>
          <p className={styles.soft}>{say('overdue.body')}</p>
          {rows.some((row) => row.pg === 'kicc') ? <ToNotices /> : null}
          <ul className={styles.lookList} aria-labelledby="run-overdue">
            {rows.map((row) => (
              <OverdueRow key={row.rowId} row={row} onSaid={setSaid} />
            ))}
          </ul>
          {total > rows.length ? (
            <p className={styles.soft}>{say('look.more', { count: total - rows.length })}</p>
          ) : null}
        </section>
      )}
    </>
  )
}

/** A PG that only tells by notifications needs them brought here: the place for that is beside our own books. */
function ToNotices() {
  const say = useWords('run')
  const go = useGo()
  return (
    <div className={styles.toNotices}>
      <p className={styles.soft}>{say('overdue.notices')}</p>
      <Button variant="default" size="xs" onClick={() => go({ name: 'drift', show: 'notices' })}>
        {say('overdue.toNotices')}
      </Button>
    </div>
  )
}

interface OverdueRowProps {
  readonly row: RowView
  readonly onSaid: (sentence: string) => void
}

function OverdueRow({ row, onSaid }: OverdueRowProps) {
  const say = useWords('run')
  const act = useWords('ui')
  return (
    <li className={styles.lookRow}>
      <div className={styles.lookWords}>
        <div className={styles.lookLine}>
          <StateBadge state={row.state} overdue={row.overdue} />
          <span className={styles.order}>{row.orderNo}</span>
          <Amount value={row.amount} strong />
          {row.dueOn === null ? null : (
            <span className={styles.soft}>
              <DueDay day={row.dueOn} />
            </span>
          )}
          <span className={styles.soft}>
            {[row.bankName, row.accountMasked, row.holderMasked].filter((part) => part !== null).join(' ')}
          </span>
        </div>
      </div>
      <div className={styles.lookButtons}>
        <OpenRowButton row={row} />
        <ReasonedAct
          channel="row.confirmPayout"
          rowId={row.rowId}
          label={act('payout.act')}
          accessibleName={say('overdue.confirmFor', { order: row.orderNo })}
          confirm={act('payout.confirm', { amount: row.amount })}
          button={{ variant: 'default', size: 'xs' }}
          onDone={() => onSaid(say('overdue.confirmed', { order: row.orderNo }))}
        >
          <p>
            {row.orderNo} · <Amount value={row.amount} />
          </p>
          <p>{act('payout.body')}</p>
        </ReasonedAct>
      </div>
    </li>
  )
}
