import { Button, Progress } from '@mantine/core'
import {
  IconClockHour4,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlugConnectedX,
  type Icon,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { RunState } from '../../../contract/views'
import { subtractWon } from '../../../domain/money'
import { useAct } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { whenText } from '../../ui/formats'
import { useGo } from '../../ui/navigation'
import { ProblemAlert } from '../../ui/problem-text'
import { useNow } from '../../ui/use-now'
import { minutesLeft, toldOf, type OpenRefunds, type Reading } from './run-facts'
import styles from './run.module.css'

/** The rate is taken anew this often; more often, the minutes would flicker. */
const RATE_EVERY_MS = 5_000

const GLYPHS: Readonly<Record<RunState['state'], Icon>> = {
  idle: IconClockHour4,
  running: IconPlayerPlayFilled,
  paused: IconPlayerPauseFilled,
  'waiting-for-pg': IconPlugConnectedX,
}
const BODIES = {
  idle: 'idle.body',
  settling: 'settling.body',
  later: 'later.body',
  running: 'running.body',
  paused: 'paused.body',
  'waiting-for-pg': 'waiting.body',
} as const

interface StateCardProps {
  readonly run: RunState
  /** Null until they are known. */
  readonly open: OpenRefunds | null
  /** Whether the card holds the next action of the screen. */
  readonly primary: boolean
}

/** The state of the run with its progress, and the buttons that change it. */
export function StateCard({ run, open, primary }: StateCardProps) {
  const say = useWords('run')
  const language = useLanguage()
  const nowMs = useNow()
  const go = useGo()
  const pause = useAct('run.pause')
  const resume = useAct('run.resume')
  const Glyph = GLYPHS[run.state]
  const under = run.rowsAll > 0
  const told = toldOf(run)
  return (
    <section className={styles.card} data-state={run.state} aria-labelledby="run-state">
      <div className={styles.cardHead}>
        <Glyph size={20} stroke={1.75} aria-hidden className={styles.glyph} />
        <div className={styles.cardWords}>
          <h2 id="run-state">
            {say(`states.${told}`)}
            {run.state === 'idle' || run.sinceMs === null ? null : (
              <span className={styles.since}>{say('since', { when: whenText(run.sinceMs, nowMs, language) })}</span>
            )}
          </h2>
          <p className={styles.soft}>{pause.busy ? say('pausing') : say(BODIES[told])}</p>
        </div>
        {told === 'idle' ? (
          <Button variant={primary ? 'filled' : 'default'} onClick={() => go({ name: 'approvals' })}>
            {say('idle.action')}
          </Button>
        ) : null}
        {run.state === 'running' || run.state === 'waiting-for-pg' ? (
          <Button
            variant={primary ? 'filled' : 'default'}
            leftSection={<IconPlayerPauseFilled size={16} aria-hidden />}
            loading={pause.busy}
            onClick={() => pause.act({})}
          >
            {say('pause')}
          </Button>
        ) : null}
        {run.state === 'paused' ? (
          <Button
            variant={primary ? 'filled' : 'default'}
            leftSection={<IconPlayerPlayFilled size={16} aria-hidden />}
            loading={resume.busy}
            onClick={() => resume.act({})}
          >
            {say('resume')}
          </Button>
        ) : null}
      </div>
      <ProblemAlert problem={pause.problem ?? resume.problem} />
      <ProblemAlert problem={run.problem} tone={run.state === 'waiting-for-pg' ? 'calm' : 'trouble'} />
      {under ? <RunProgress run={run} open={open} /> : null}
      {run.state === 'idle' ? null : <p className={styles.soft}>{say('closing')}</p>}
    </section>
  )
}

function RunProgress({ run, open }: { readonly run: RunState; readonly open: OpenRefunds | null }) {
  const say = useWords('run')
  const left = useMinutesLeft(run)
  const rows = say('progress.rows', { done: run.rowsDone, all: run.rowsAll })
  return (
    <div className={styles.progress}>
      {/* A full bar would look like an end while outcomes are still open. */}
      {run.rowsDone === run.rowsAll ? null : (
        <Progress
          value={(run.rowsDone / run.rowsAll) * 100}
          size="lg"
          radius="sm"
          aria-label={say('progress.label')}
          aria-valuetext={rows}
          transitionDuration={0}
        />
      )}
      <dl className={styles.figures}>
        <div>
          <dt>{say('progress.handled')}</dt>
          <dd>
            {rows}
            {left === null ? null : <span className={styles.since}>{say('progress.timeLeft', { count: left })}</span>}
          </dd>
        </div>
        <div>
          <dt>{say('progress.done')}</dt>
          <dd>
            <Amount value={run.amountDone} />
          </dd>
        </div>
        <div>
          <dt>{say('progress.left')}</dt>
          <dd>
            <Amount value={subtractWon(run.amountAll, run.amountDone)} />
          </dd>
        </div>
        {open === null || open.needsLook + open.processing === 0 ? null : (
          <div>
            <dt>{say('progress.open')}</dt>
            <dd>
              {say('counts.count', { count: open.needsLook + open.processing })} <Amount value={open.amount} />
            </dd>
          </div>
        )}
      </dl>
    </div>
  )
}

/** Measured since this state was first seen here: the run tells how much is done, not since when. */
function useMinutesLeft(run: RunState): number | null {
  const nowMs = useNow(RATE_EVERY_MS)
  const now = { atMs: nowMs, rowsDone: run.rowsDone, state: run.state }
  const [first, setFirst] = useState<Reading & { readonly state: RunState['state'] }>(now)
  if (first.state !== run.state || run.rowsDone < first.rowsDone) setFirst(now)
  return run.state === 'running' ? minutesLeft(first, now, run.rowsAll) : null
}
