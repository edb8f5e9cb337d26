import { useRead, useRun } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useScreen } from '../../ui/navigation'
import { Page, PageHeader } from '../../ui/page-header'
import { CurrentBatch } from './current-batch'
import { Feed } from './feed'
import { FollowUps } from './follow-ups'
import { Holds } from './holds'
import { LastRun } from './last-run'
import { OpenRows } from './open-rows'
import { OverdueRows } from './overdue-rows'
import { openOf, toldOf } from './run-facts'
import { Spoken } from './spoken'
import { StateCard } from './state-card'
import styles from './run.module.css'

/** The run as it goes: how far, every row of the batch under way, and what needs a person. */
export function RunScreen() {
  const say = useWords('run')
  const run = useRun()
  const screen = useScreen('run')
  const home = useRead('home.today', {}, { topics: ['home', 'run', 'rows'] }).data
  const batchId = run?.currentBatchId ?? null
  // Nothing to send and nothing to wait for.
  const over = run !== null && toldOf(run) === 'idle'
  const last = over ? (home?.lastFinished ?? null) : null
  const open = <OpenRows home={home} first={screen?.show === 'needs-look'} beside={batchId !== null} />
  const followUps = <FollowUps first={screen?.show === 'follow-ups'} />
  return (
    <Page wide={batchId !== null}>
      <PageHeader title={say('title')} {...(over ? { subtitle: say('lead') } : {})} />
      {run === null ? null : (
        <>
          <StateCard run={run} open={home === undefined ? null : openOf(home)} primary={last === null} />
          <Spoken run={run} />
          <Holds holds={run.holds} />
        </>
      )}
      {last === null ? null : <LastRun last={last} />}
      <OverdueRows first={screen?.show === 'overdue'} />
      {batchId === null ? (
        <>
          {followUps}
          {open}
        </>
      ) : (
        <div className={styles.work}>
          <CurrentBatch key={batchId} batchId={batchId} />
          <div className={styles.beside}>
            {open}
            <Feed key={batchId} batchId={batchId} />
          </div>
        </div>
      )}
      {/* What is left over can wait; what is being sent is watched. */}
      {batchId === null ? null : followUps}
    </Page>
  )
}
