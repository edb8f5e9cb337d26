import { Button } from '@mantine/core'
import { useEffect, useRef, useState, type Ref } from 'react'
import { PAGE_ROWS_MAX } from '../../../contract/channels'
import type { HomeView, RowView } from '../../../contract/views'
import type { Problem } from '../../../domain/problem'
import { problemOf, useAct, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { whenText } from '../../ui/formats'
import { deadlineOf } from '../../ui/look-deadline'
import { ProblemAlert, ProblemText } from '../../ui/problem-text'
import { StateBadge } from '../../ui/state-badge'
import { useArrival } from '../../ui/use-arrival'
import { When } from '../../ui/when'
import { useNow } from '../../ui/use-now'
import { OpenRowButton } from './open-row-button'
import { nextStep, splitOpen } from './run-facts'
import styles from './run.module.css'

const SHOWN_MAX = 50

interface OpenRowsProps {
  /** The exact counts; the list is read up to one page. */
  readonly home: HomeView | undefined
  /** The person came for the rows that need a look. */
  readonly first: boolean
  /** Beside a run, where nothing open needs no words. */
  readonly beside: boolean
}

/** Rows whose outcome is open, over all batches: those for a person, and those that the PG still works on. */
export function OpenRows({ home, first, beside }: OpenRowsProps) {
  const say = useWords('run')
  const heading = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const rows = useRead('row.needingLook', { offset: 0, limit: PAGE_ROWS_MAX }, { topics: ['rows', 'run'] })
  const shown = rows.data !== undefined
  useArrival(heading, first && shown)
  if (rows.error !== null) return <ProblemAlert problem={problemOf(rows.error)} />
  if (rows.data === undefined) return null
  const { needsLook, processing } = splitOpen(rows.data.rows)
  if (beside && !first && rows.data.rows.length === 0 && said === '' && problem === null) return null
  return (
    <div className={styles.stack}>
      {/* The row leaves the list once it is settled, so what came of it is told here. */}
      <p className={styles.said} role="status">
        {said}
      </p>
      <ProblemAlert problem={problem} onClose={() => setProblem(null)} />
      {beside && !first && needsLook.length === 0 ? null : (
        <Group
          ref={heading}
          id="run-look"
          title={say('look.title')}
          body={say(needsLook.length === 0 ? 'look.none' : 'look.body')}
          rows={needsLook}
          total={home?.needsLook.count ?? needsLook.length}
          onSaid={setSaid}
          onProblem={setProblem}
        />
      )}
      {processing.length === 0 ? null : (
        <Group
          id="run-processing"
          title={say('processing.title')}
          body={say('processing.body')}
          rows={processing}
          total={home?.processing.count ?? processing.length}
          onSaid={setSaid}
          onProblem={setProblem}
        />
      )}
    </div>
  )
}

interface GroupProps {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly rows: readonly RowView[]
  readonly total: number
  readonly onSaid: (sentence: string) => void
  readonly onProblem: (problem: Problem | null) => void
  readonly ref?: Ref<HTMLHeadingElement>
}

function Group({ id, title, body, rows, total, onSaid, onProblem, ref }: GroupProps) {
  const say = useWords('run')
  const list = rows.slice(0, SHOWN_MAX)
  return (
    <section className={styles.block} aria-labelledby={id}>
      <div className={styles.blockHead}>
        <h2 id={id} ref={ref} tabIndex={-1}>
          {title} <span className={styles.soft}>{say('counts.count', { count: total })}</span>
        </h2>
      </div>
      <p className={styles.soft}>{body}</p>
      {list.length === 0 ? null : (
        <ul className={styles.lookList} aria-labelledby={id}>
          {list.map((row) => (
            <LookRow key={row.rowId} row={row} onSaid={onSaid} onProblem={onProblem} />
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
  const look = useAct('row.look', {
    onDone: (detail) =>
      onSaid(say('look.done', { order: detail.row.orderNo, state: state(`row.${detail.row.state}`) })),
  })
  const { problem } = look
  const decide = nextStep(row, useNow()) === 'decide'
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
        <Deadline row={row} />
      </div>
      <div className={styles.lookButtons}>
        <OpenRowButton row={row} decide={decide} />
        <Button
          {...(decide ? { variant: 'subtle', color: 'gray' } : { variant: 'default' })}
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

/** Until when the program looks by itself, and that a person decides after that. */
function Deadline({ row }: { readonly row: RowView }) {
  const say = useWords('run')
  const language = useLanguage()
  const nowMs = useNow()
  const deadline = deadlineOf(row, nowMs)
  if (deadline === null) return null
  return (
    <p className={styles.deadline} data-past={deadline.past || undefined}>
      {say(`look.${deadline.word}`, { when: whenText(deadline.atMs, nowMs, language) })}
    </p>
  )
}
