import { Progress } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { RunState } from '../../../contract/views'
import { subtractWon } from '../../../domain/money'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { underWay } from '../../ui/under-way'
import { useNow } from '../../ui/use-now'
import { keepMeasuring, minutesLeft, rowsPerMinute, startMeasure, type Measure, type OpenRefunds } from './run-facts'
import styles from './run.module.css'

const SECOND_MS = 1000

interface RunProgressProps {
  readonly run: RunState
  /** Null until they are known. */
  readonly open: OpenRefunds | null
}

/** How far the run is, in rows and in won, how quick, and what is under way at this moment. */
export function RunProgress({ run, open }: RunProgressProps) {
  const say = useWords('run')
  const { rowsAll, rowsDone, amountAll, amountDone } = underWay(run)
  const { rate, minutes } = usePace(run)
  if (rowsAll === 0) return null
  const rows = say('progress.rows', { done: rowsDone, all: rowsAll })
  const running = run.state === 'running'
  return (
    <div className={styles.progress}>
      {/* A full bar would look like an end while outcomes are still open. */}
      {rowsDone === rowsAll ? null : (
        <Progress
          value={(rowsDone / rowsAll) * 100}
          size="lg"
          radius="sm"
          aria-label={say('progress.label')}
          aria-valuetext={rows}
          transitionDuration={0}
        />
      )}
      <dl className={styles.figures}>
        <Figure name={say('progress.handled')}>{rows}</Figure>
        <Figure name={say('progress.done')}>
          <Amount value={amountDone} />
        </Figure>
        <Figure name={say('progress.left')}>
          <Amount value={subtractWon(amountAll, amountDone)} />
        </Figure>
        {running || run.inFlight > 0 ? (
          <Figure name={say('progress.inFlight')}>{say('counts.count', { count: run.inFlight })}</Figure>
        ) : null}
        {running ? (
          <Figure name={say('progress.rate')}>
            {rate === null ? say('progress.measuring') : say('progress.perMinute', { count: Math.round(rate) })}
            {minutes === null ? null : (
              <span className={styles.since}>{say('progress.timeLeft', { count: minutes })}</span>
            )}
          </Figure>
        ) : null}
        {open === null || open.needsLook + open.processing === 0 ? null : (
          <Figure name={say('progress.open')}>
            {say('counts.count', { count: open.needsLook + open.processing })} <Amount value={open.amount} />
          </Figure>
        )}
      </dl>
      {running && run.parallelNow < run.parallelMax ? (
        <p className={styles.slowed}>{say('progress.slowed', { now: run.parallelNow, max: run.parallelMax })}</p>
      ) : null}
    </div>
  )
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Measured since this state was seen here: the run tells how much is done, not how quickly. */
function usePace(run: RunState): { readonly rate: number | null; readonly minutes: number | null } {
  const now = { atMs: useNow(SECOND_MS), rowsDone: run.rowsDone }
  const [seen, setSeen] = useState<{ readonly state: RunState['state']; readonly measure: Measure }>({
    state: run.state,
    measure: startMeasure(now),
  })
  const measure = seen.state === run.state ? keepMeasuring(seen.measure, now) : startMeasure(now)
  if (measure !== seen.measure) setSeen({ state: run.state, measure })
  if (run.state !== 'running') return { rate: null, minutes: null }
  return {
    rate: rowsPerMinute(measure.first, measure.last),
    minutes: minutesLeft(measure.first, measure.last, underWay(run).rowsAll),
  }
}
