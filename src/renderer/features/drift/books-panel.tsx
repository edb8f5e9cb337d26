import { Button, CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useAct, useRead, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { FileDrop } from '../../ui/file-drop'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import type { Books } from './use-books'
import styles from './drift.module.css'

/** Brings our own record of cancels in; what it came to is told once the panel is gone. */
export function BooksPanel({ books, onClose }: { readonly books: Books; readonly onClose: () => void }) {
  const say = useWords('drift')
  const box = useRef<HTMLElement>(null)
  const task = useTask('books')
  const template = useAct('export.template')
  const app = useRead('app.state', {}, { topics: ['app'] }).data
  useEffect(() => box.current?.focus(), [])
  return (
    <section ref={box} className={styles.books} tabIndex={-1} aria-label={say('books.title')}>
      <div className={styles.booksHead}>
        <h2>{say('books.title')}</h2>
        <CloseButton aria-label={say('books.close')} onClick={onClose} />
      </div>
      <FileDrop
        title={say('books.drop')}
        hint={say('books.hint')}
        busy={books.busy}
        onChoose={books.choose}
        onFile={books.drop}
      >
        {app?.mode === 'practice' ? (
          <Button variant="default" disabled={books.busy} onClick={books.sample}>
            {say('books.sample')}
          </Button>
        ) : null}
        <Button variant="subtle" color="gray" loading={template.busy} onClick={() => template.act({ which: 'books' })}>
          {say('books.template')}
        </Button>
      </FileDrop>
      {template.done === null ? null : (
        <Notice announced onClose={template.clear}>
          {say('books.templateSaved', { name: template.done.fileName })}
        </Notice>
      )}
      <ProblemAlert problem={template.problem} onClose={template.clear} />
      {task === null ? null : (
        <TaskProgress label={say('books.working')} done={task.done} all={task.all} startedAtMs={task.startedAtMs} />
      )}
      <ProblemAlert problem={books.problem} onClose={books.clear} />
    </section>
  )
}
