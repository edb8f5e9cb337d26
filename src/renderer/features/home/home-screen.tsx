import type { HomeView, Mode } from '../../../contract/views'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Page, PageHeader } from '../../ui/page-header'
import { ProblemAlert } from '../../ui/problem-text'
import { FirstSteps } from './first-steps'
import styles from './home.module.css'
import { QuietWork } from './quiet-work'
import { Sync } from './sync'
import { toDosOf } from './to-dos'
import { ToDoCards } from './to-do-cards'

/** What to do today, by urgency; with nothing to do, how to begin. */
export function HomeScreen({ mode }: { readonly mode: Mode }) {
  const say = useWords('home')
  const home = useRead('home.today', {}, { topics: ['home', 'batches', 'rows', 'drift', 'run', 'drafts', 'payments'] })
  return (
    <Page>
      <PageHeader title={say('title')} />
      <ProblemAlert problem={home.error === null ? null : problemOf(home.error)} />
      {home.data === undefined ? null : <Today home={home.data} mode={mode} />}
    </Page>
  )
}

function Today({ home, mode }: { readonly home: HomeView; readonly mode: Mode }) {
  const say = useWords('home')
  const toDos = toDosOf(home)
  const total = toDos.reduce((sum, toDo) => sum + toDo.count, 0)
  const beginner = home.lastFinished === null && home.waiting.count === 0 && home.processing.count === 0
  return (
    <>
      <p className={styles.number}>{total === 0 ? say('todo.none') : say('todo.count', { count: total })}</p>
      {toDos.length === 0 ? null : <ToDoCards toDos={toDos} />}
      <QuietWork home={home} />
      {/* The button is the next action only where nothing is more urgent. */}
      <Sync home={home} primary={toDos.length === 0 && home.paymentsKnown === 0} />
      {beginner ? <FirstSteps home={home} mode={mode} primary={toDos.length === 0 && home.paymentsKnown > 0} /> : null}
    </>
  )
}
