import { Button, CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { BooksReport } from '../../../contract/views'
import { useAct, useRead, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { FileDrop } from '../../ui/file-drop'
import { Notice } from '../../ui/notice'
import { ProblemAlert, ProblemText } from '../../ui/problem-text'
import { ScrollRegion } from '../../ui/scroll-region'
import { TaskProgress } from '../../ui/task-progress'
import styles from './drift.module.css'

const PROBLEMS_SHOWN = 20

/** Brings our own record of cancels in, and tells what it came to. */
export function BooksPanel({ onClose }: { readonly onClose: () => void }) {
  const say = useWords('drift')
  const box = useRef<HTMLElement>(null)
  const choose = useAct('books.chooseFile')
  const drop = useAct('books.dropFile')
  const sample = useAct('books.sampleFile')
  const task = useTask('books')
  const app = useRead('app.state', {}, { topics: ['app'] }).data
  const busy = choose.busy || drop.busy || sample.busy
  const report = choose.done ?? drop.done ?? sample.done
  useEffect(() => box.current?.focus(), [])
  return (
    <section ref={box} className={styles.books} tabIndex={-1} aria-label={say('books.title')}>
      <div className={styles.booksHead}>
        <h2>{say('books.title')}</h2>
        <CloseButton aria-label={say('books.close')} onClick={onClose} />
      </div>
      {report === null ? (
        <FileDrop
          title={say('books.drop')}
          hint={say('books.hint')}
          busy={busy}
          onChoose={() => act(() => choose.act({}))}
          onFile={(file) => act(() => drop.act(file))}
        >
          {app?.mode === 'practice' ? (
            <Button variant="default" disabled={busy} onClick={() => act(() => sample.act({}))}>
              {say('books.sample')}
            </Button>
          ) : null}
        </FileDrop>
      ) : (
        <Report report={report} onClose={forget} />
      )}
      {task === null ? null : (
        <TaskProgress label={say('books.working')} done={task.done} all={task.all} startedAtMs={task.startedAtMs} />
      )}
      <ProblemAlert problem={choose.problem ?? drop.problem ?? sample.problem} onClose={forget} />
    </section>
  )

  function act(start: () => void): void {
    forget()
    start()
  }

  function forget(): void {
    choose.clear()
    drop.clear()
    sample.clear()
  }
}

function Report({ report, onClose }: { readonly report: BooksReport; readonly onClose: () => void }) {
  const say = useWords('drift')
  const shown = report.problems.slice(0, PROBLEMS_SHOWN)
  return (
    <>
      <Notice tone={report.driftFound > 0 ? 'violet' : 'grey'} announced onClose={onClose}>
        <p>{say('books.done', { name: report.fileName, rows: report.rowsAll, count: report.cancelsAdded })}</p>
        {report.cancelsKnown === 0 ? null : <p>{say('books.known', { count: report.cancelsKnown })}</p>}
        <p>{report.driftFound === 0 ? say('books.noDrift') : say('books.drift', { count: report.driftFound })}</p>
      </Notice>
      {report.problemsAll === 0 ? null : (
        <div className={styles.booksProblems}>
          <h3>{say('books.problems', { count: report.problemsAll })}</h3>
          <p className={styles.soft}>{say('books.problemsHint')}</p>
          <ScrollRegion className={styles.problemList} label={say('books.problems', { count: report.problemsAll })}>
            <ul>
              {shown.map(({ line, problem }) => (
                <li key={`${line}:${problem.code}`}>
                  <span className={styles.line}>{say('books.line', { line })}</span>
                  <ProblemText problem={problem} />
                </li>
              ))}
            </ul>
          </ScrollRegion>
          {report.problemsAll > shown.length ? (
            <p className={styles.soft}>{say('books.problemsMore', { count: report.problemsAll - shown.length })}</p>
          ) : null}
        </div>
      )}
    </>
  )
}
