import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { RowView } from '../../../contract/views'
import type { Problem } from '../../../domain/problem'
import { problemOf, useAct, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { useGo } from '../../ui/navigation'
import { ProblemAlert, ProblemText } from '../../ui/problem-text'
import { StateBadge } from '../../ui/state-badge'
import { When } from '../../ui/when'
import styles from './run.module.css'

const SHOWN_MAX = 50

/** Rows whose outcome nobody knows yet, over all batches. `first`: the person came for these. */
export function NeedsLook({ first }: { readonly first: boolean }) {
  const say = useWords('run')
  const heading = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const rows = useRead('row.needingLook', { offset: 0, limit: SHOWN_MAX }, { topics: ['rows', 'run'] })
  const shown = rows.data !== undefined
  useEffect(() => {
    if (!first || !shown) return
    heading.current?.focus()
    heading.current?.scrollIntoView({ block: 'start' })
  }, [first, shown])
  if (rows.error !== null) return <ProblemAlert problem={problemOf(rows.error)} />
  if (rows.data === undefined) return null
  const { total, rows: list } = rows.data
  return (
    <section className={styles.block} aria-labelledby="run-look">
      <div className={styles.blockHead}>
        <h2 id="run-look" ref={heading} tabIndex={-1}>
          {say('look.title')} <span className={styles.soft}>{say('counts.count', { count: total })}</span>
        </h2>
      </div>
      <p className={styles.soft}>{say(total === 0 ? 'look.none' : 'look.body')}</p>
      {/* The row leaves the list once it is settled, so what came of it is told here. */}
      <p className={styles.said} role="status">
        {said}
      </p>
      <ProblemAlert problem={problem} onClose={() => setProblem(null)} />
      {list.length === 0 ? null : (
        <ul className={styles.lookList} aria-label={say('look.label')}>
          {list.map((row) => (
            <LookRow key={row.rowId} row={row} onSaid={setSaid} onProblem={setProblem} />
          ))}
        </ul>
      )}
      {total > list.length ? <p className={styles.soft}>{say('look.more', { count: total - list.length })}</p> : null}
    </section>
  )
}

interface LookRowProps {
  readonly row: RowView
  readonly onSaid: (sentence: string) => void
  readonly onProblem: (problem: Problem | null) => void
}

function LookRow({ row, onSaid, onProblem }: LookRowProps) {
  const say = useWords('run')
  const state = useWords('state')
  const go = useGo()
  const look = useAct('row.look', {
    onDone: (detail) =>
      onSaid(say('look.done', { order: detail.row.orderNo, state: state(`row.${detail.row.state}`) })),
  })
  const { problem } = look
  useEffect(() => {
    if (problem !== null) onProblem(problem)
  }, [problem, onProblem])
  return (
    <li className={styles.lookRow}>
      <div className={styles.lookWords}>
        <div className={styles.lookLine}>
          <StateBadge state={row.state} />
          <span className={styles.order}>{row.orderNo}</span>
          <Amount value={row.amount} strong />
          <span className={styles.soft}>
            <When atMs={row.sinceMs} />
          </span>
        </div>
        {row.problem === null ? null : (
          <p className={styles.why}>
            <ProblemText problem={row.problem} />
          </p>
        )}
      </div>
      <div className={styles.lookButtons}>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={say('look.open', { order: row.orderNo })}
          onClick={() => go({ name: 'batch', batchId: row.batchId, rowId: row.rowId })}
        >
          {say('look.openShort')}
        </Button>
        <Button
          variant="default"
          size="xs"
          loading={look.busy}
          aria-label={look.busy ? say('look.looking') : say('look.actionFor', { order: row.orderNo })}
          onClick={() => {
            onProblem(null)
            look.act({ rowId: row.rowId })
          }}
        >
          {say('look.action')}
        </Button>
      </div>
    </li>
  )
}
