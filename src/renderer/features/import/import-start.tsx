import { Button } from '@mantine/core'
import { useCallback } from 'react'
import type { DraftView } from '../../../contract/draft'
import { useAct, useRead, useTask } from '../../bridge/client'
import { useWords } from '../../i18n'
import { FileDrop } from '../../ui/file-drop'
import { KeyFileNote } from '../../ui/key-file-note'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { Page, PageHeader } from '../../ui/page-header'
import { ProblemAlert } from '../../ui/problem-text'
import { TaskProgress } from '../../ui/task-progress'
import { Drafts } from './drafts'
import { SyncFirst, useFirstSync } from './sync-first'
import styles from './import.module.css'

/** Before a file is there. In practice the sample is the next step, since nobody has a file of the practice shop. */
export function ImportStart() {
  const say = useWords('import')
  const go = useGo()
  const open = useCallback((draft: DraftView) => go({ name: 'import', draftId: draft.draftId }), [go])
  const choose = useAct('import.chooseFile', { onDone: open })
  const drop = useAct('import.dropFile', { onDone: open })
  const sample = useAct('import.sampleFile', { onDone: open })
  const template = useAct('export.template')
  const app = useRead('app.state', {}, { topics: ['app'] }).data
  const home = useRead('home.today', {}, { topics: ['home', 'payments'] }).data
  const reading = useTask('import')
  const sync = useFirstSync()
  const nothingKnown = home?.paymentsKnown === 0
  const practice = app?.mode === 'practice'
  const busy = choose.busy || drop.busy || sample.busy
  return (
    <Page>
      <PageHeader title={say('title')} subtitle={say('lead')} />
      <ProblemAlert problem={choose.problem ?? drop.problem ?? sample.problem} onClose={forget} />
      <KeyFileNote />
      <FileDrop
        title={say('drop.title')}
        hint={say('drop.hint')}
        busy={busy}
        primary={app !== undefined && !practice}
        onChoose={() => act(() => choose.act({}))}
        onFile={(file) => act(() => drop.act(file))}
      >
        <Button
          variant="subtle"
          color="gray"
          loading={template.busy}
          onClick={() => template.act({ which: 'refunds' })}
        >
          {say('template.action')}
        </Button>
      </FileDrop>
      {template.done === null ? null : (
        <Notice announced onClose={template.clear}>
          {say('template.saved', { name: template.done.fileName })}
        </Notice>
      )}
      <ProblemAlert problem={template.problem} onClose={template.clear} />
      {reading === null ? null : (
        <TaskProgress
          label={say('drop.reading')}
          done={reading.done}
          all={reading.all}
          startedAtMs={reading.startedAtMs}
        />
      )}
      {practice ? (
        <section className={styles.sample} aria-label={say('sample.title')}>
          <h2>{say('sample.title')}</h2>
          <Button disabled={busy} onClick={() => act(() => sample.act({ which: 'fine' }))}>
            {say('sample.fine')}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => act(() => sample.act({ which: 'with-errors' }))}>
            {say('sample.withErrors')}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => act(() => sample.act({ which: 'kicc' }))}>
            {say('sample.kicc')}
          </Button>
        </section>
      ) : null}
      <SyncFirst sync={sync} nothingKnown={nothingKnown} />
      <Drafts />
    </Page>
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
