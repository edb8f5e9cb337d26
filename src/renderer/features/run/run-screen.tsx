import { useRead, useRun } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useScreen } from '../../ui/navigation'
import { Page, PageHeader } from '../../ui/page-header'
import { Feed } from './feed'
import { LastRun } from './last-run'
import { OpenRows } from './open-rows'
import { OverdueRows } from './overdue-rows'
import { openOf } from './run-facts'
import { Spoken } from './spoken'
import { StateCard } from './state-card'
import styles from './run.module.css'

/** The run as it goes: how far, what came of the last rows, and what needs a person. */
export function RunScreen() {
  const say = useWords('run')
  const run = useRun()
  const screen = useScreen('run')
  const home = useRead('home.today', {}, { topics: ['home', 'run', 'rows'] }).data
  const batchId = run?.currentBatchId ?? null
  // Nothing to send and nothing to wait for.
  const over = run?.state === 'idle' && run.rowsAll === 0
  const last = over ? (home?.lastFinished ?? null) : null
  return (
    <Page>
      <PageHeader title={say('title')} subtitle={say('lead')} />
      {run === null ? null : (
        <>
          <StateCard run={run} open={home === undefined ? null : openOf(home)} primary={last === null} />
          <Spoken run={run} />
        </>
      )}
      {last === null ? null : <LastRun last={last} />}
      <OverdueRows first={screen?.show === 'overdue'} />
      <div className={styles.columns}>
        {batchId === null ? null : <Feed batchId={batchId} />}
        <OpenRows home={home} first={screen?.show === 'needs-look'} />
      </div>
    </Page>
  )
}
