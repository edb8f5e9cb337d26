import type { HomeView, Mode } from '../../../contract/views'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Page, PageHeader } from '../../ui/page-header'
import { ProblemAlert } from '../../ui/problem-text'
import { BackupLine } from './backup-line'
import { beginningOf } from './beginning'
import { FirstSteps } from './first-steps'
import { HolidaysMissing } from './holidays-missing'
import styles from './home.module.css'
import { QuietWork } from './quiet-work'
import { Soon } from './soon'
import { Sync } from './sync'
import { toDosOf } from './to-dos'
import { ToDoCards } from './to-do-cards'
import { useSync } from './use-sync'

/** What to do today, by urgency; with nothing to do, how to begin. */
export function HomeScreen({ mode }: { readonly mode: Mode }) {
  const say = useWords('home')
  const home = useRead('home.today', {}, { topics: ['home', 'batches', 'rows', 'drift', 'run', 'drafts', 'payments'] })
  return (
    <Page>
      <PageHeader title={say('title')} />
      <Soon />
      <ProblemAlert problem={home.error === null ? null : problemOf(home.error)} />
      {home.data === undefined ? null : <Today home={home.data} mode={mode} />}
      {home.data === undefined ? null : <BackupLine backup={home.data.backup} />}
    </Page>
  )
}

function Today({ home, mode }: { readonly home: HomeView; readonly mode: Mode }) {
  const say = useWords('home')
  const sync = useSync()
  const toDos = toDosOf(home)
  const total = toDos.reduce((sum, toDo) => sum + toDo.count, 0)
  const beginning = beginningOf(home)
  if (beginning !== null && total === 0) {
    // To somebody new, "nothing to do" would be wrong: the steps are what there is to do.
    return (
      <>
        <FirstSteps beginning={beginning} mode={mode} sync={sync} main />
        {beginning.synced ? <Sync home={home} state={sync} primary={false} quiet /> : null}
      </>
    )
  }
  return (
    <>
      <p className={styles.number}>{total === 0 ? say('todo.none') : say('todo.count', { count: total })}</p>
      {toDos.length === 0 ? null : <ToDoCards toDos={toDos} />}
      {home.missingHolidayYear === null ? null : <HolidaysMissing year={home.missingHolidayYear} />}
      <QuietWork home={home} />
      {/* The button is the next action only where nothing is more urgent. */}
      <Sync home={home} state={sync} primary={total === 0} />
      {beginning === null ? null : <FirstSteps beginning={beginning} mode={mode} sync={sync} main={false} />}
    </>
  )
}
