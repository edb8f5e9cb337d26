import { Button, CloseButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useRead, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { FileDrop } from '../../ui/file-drop'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { PasteNotices } from './paste-notices'
import type { Notices } from './use-notices'
import styles from './drift.module.css'

/** Brings a PG's notifications in; what it came to is told once the panel is gone. */
export function NoticesPanel({ notices, onClose }: { readonly notices: Notices; readonly onClose: () => void }) {
  const say = useWords('drift')
  const box = useRef<HTMLElement>(null)
  const [pasting, setPasting] = useState(false)
  const task = useTask('notices')
  const app = useRead('app.state', {}, { topics: ['app'] }).data
  useEffect(() => box.current?.focus(), [])
  return (
    <section ref={box} className={styles.books} tabIndex={-1} aria-label={say('notices.title')}>
      <div className={styles.booksHead}>
        <h2>{say('notices.title')}</h2>
        <CloseButton aria-label={say('books.close')} onClick={onClose} />
      </div>
      <p className={styles.soft}>{say('notices.why')}</p>
      <FileDrop
        title={say('notices.drop')}
        hint={say('notices.hint')}
        busy={notices.busy}
        onChoose={notices.choose}
        onFile={notices.drop}
      >
        <Button variant="default" disabled={notices.busy} onClick={() => setPasting(true)}>
          {say('notices.paste')}
        </Button>
        {app?.mode === 'practice' ? (
          <Button variant="default" disabled={notices.busy} onClick={notices.sample}>
            {say('notices.sample')}
          </Button>
        ) : null}
      </FileDrop>
      {app?.mode === 'practice' ? <p className={styles.soft}>{say('notices.sampleHint')}</p> : null}
      {task === null ? null : (
        <TaskProgress label={say('notices.working')} done={task.done} all={task.all} startedAtMs={task.startedAtMs} />
      )}
      <ProblemAlert problem={notices.problem} onClose={notices.clear} />
      <PasteNotices
        opened={pasting}
        onPaste={(text) => {
          setPasting(false)
          notices.paste(text)
        }}
        onClose={() => setPasting(false)}
      />
    </section>
  )
}
