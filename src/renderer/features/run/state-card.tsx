import { Button } from '@mantine/core'
import {
  IconClockHour4,
  IconHourglass,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlugConnectedX,
  type Icon,
} from '@tabler/icons-react'
import type { RunState } from '../../../contract/views'
import type { BatchId } from '../../../domain/ids'
import { useAct, useRead, type Act } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { whenText } from '../../ui/formats'
import { useGo } from '../../ui/navigation'
import { ProblemAlert } from '../../ui/problem-text'
import { useNow } from '../../ui/use-now'
import { WithdrawAct } from '../../ui/withdraw-act'
import { RetryLine } from './retry-line'
import { toldOf, type OpenRefunds, type RunTold } from './run-facts'
import { RunProgress } from './run-progress'
import styles from './run.module.css'

const SECOND_MS = 1000

const GLYPHS: Readonly<Record<RunTold, Icon>> = {
  idle: IconClockHour4,
  settling: IconClockHour4,
  later: IconClockHour4,
  hold: IconHourglass,
  running: IconPlayerPlayFilled,
  paused: IconPlayerPauseFilled,
  'waiting-for-pg': IconPlugConnectedX,
}

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
  const told = toldOf(run)
  const Glyph = GLYPHS[told]
  const waiting = run.state === 'waiting-for-pg'
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
          <p className={styles.soft}>{body()}</p>
          {waiting && run.retryAtMs !== null ? <RetryLine atMs={run.retryAtMs} /> : null}
        </div>
        <div className={styles.cardButtons}>
          {told === 'idle' ? (
            <Button variant={primary ? 'filled' : 'default'} onClick={() => go({ name: 'approvals' })}>
              {say('idle.action')}
            </Button>
          ) : (
            <PauseButton
              paused={run.state === 'paused'}
              filled={primary && (run.state === 'running' || run.state === 'paused')}
              pause={pause}
              resume={resume}
            />
          )}
          {waiting ? (
            <Button variant={primary ? 'filled' : 'default'} loading={resume.busy} onClick={() => resume.act({})}>
              {say('waiting.retry')}
            </Button>
          ) : null}
        </div>
      </div>
      <ProblemAlert problem={pause.problem ?? resume.problem} />
      <ProblemAlert problem={run.problem} tone={waiting ? 'calm' : 'trouble'} />
      <RunProgress run={run} open={open} />
      {told === 'idle' || told === 'settling' ? null : (
        <div className={styles.cardFoot}>
          <p className={styles.soft}>{say(told === 'hold' ? 'hold.closing' : 'closing')}</p>
          {run.currentBatchId === null ? null : <Rest batchId={run.currentBatchId} />}
        </div>
      )}
    </section>
  )

  function body(): string {
    // What was under way at the click still comes to its end.
    if (run.state === 'paused' && run.inFlight > 0) return say('pausing', { count: run.inFlight })
    return say(`${told}.body`)
  }
}

interface PauseButtonProps {
  readonly paused: boolean
  readonly filled: boolean
  readonly pause: Act<'run.pause'>
  readonly resume: Act<'run.resume'>
}

/** One button for both ways, so that the focus stays on it: who paused by key resumes by the same key. */
function PauseButton({ paused, filled, pause, resume }: PauseButtonProps) {
  const say = useWords('run')
  const busy = pause.busy || resume.busy
  const Glyph = paused ? IconPlayerPlayFilled : IconPlayerPauseFilled
  return (
    <Button
      variant={filled ? 'filled' : 'default'}
      leftSection={<Glyph size={16} aria-hidden />}
      // A disabled button would lose the focus.
      aria-disabled={busy}
      onClick={() => {
        if (busy) return
        if (paused) resume.act({})
        else pause.act({})
      }}
    >
      {say(paused ? 'resume' : 'pause')}
    </Button>
  )
}

/** The end of what was not sent yet: apart from the pause, as small as it is final. */
function Rest({ batchId }: { readonly batchId: BatchId }) {
  const batch = useRead('batch.get', { batchId }, { topics: ['batches', 'rows', 'run'] }).data
  const nowMs = useNow(SECOND_MS)
  // A batch in its hold has a line and a button of its own.
  if (batch === undefined || (batch.holdUntilMs !== null && batch.holdUntilMs > nowMs)) return null
  return <WithdrawAct batch={batch} button={{ variant: 'subtle', color: 'red', size: 'compact-sm' }} />
}
