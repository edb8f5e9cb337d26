import { useRead, useRun } from '../../bridge/client'
import { useWords } from '../../i18n'
import { useScreen } from '../../ui/navigation'
import { Page, PageHeader } from '../../ui/page-header'
import { Feed } from './feed'
import { LastRun } from './last-run'
import { NeedsLook } from './needs-look'
import { Spoken } from './spoken'
import { StateCard } from './state-card'
import styles from './run.module.css'

/** The run as it goes: how far, what came of the last rows, and what needs a person. */
export function RunScreen() {
  const say = useWords('run')
  const run = useRun()
  const screen = useScreen('run')
  const home = useRead('home.today', {}, { topics: ['home', 'run'] }).data
  const batchId = run?.currentBatchId ?? null
  // Nothing to send and nothing to wait for.
  const over = run?.state === 'idle' && run.rowsAll === 0
  const last = over ? (home?.lastFinished ?? null) : null
  return (
    <Page>
      <PageHeader title={say('title')} subtitle={say('lead')} />
      {run === null ? null : (
        <>
          <StateCard run={run} primary={last === null} />
          <Spoken run={run} />
        </>
      )}
      {last === null ? null : <LastRun last={last} />}
      <div className={styles.columns}>
        {batchId === null ? null : <Feed batchId={batchId} />}
        <NeedsLook first={screen?.show === 'needs-look'} />
      </div>
    </Page>
  )
}
