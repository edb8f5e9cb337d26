import { Button } from '@mantine/core'
import { useState } from 'react'
import type { BackupView } from '../../../contract/backup'
import type { AppState, Language } from '../../../contract/views'
import { kstMinuteText } from '../../../domain/time'
import { problemOf, useAct, useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { sizeText } from '../../ui/formats'
import { Notice } from '../../ui/notice'
import { PlainTable, type PlainColumn } from '../../ui/plain-table'
import { ProblemAlert } from '../../ui/problem-text'
import { ReasonDialog } from '../../ui/reason-dialog'
import { When } from '../../ui/when'
import { Section } from './section'
import styles from './settings.module.css'

/** What can be gone back to, making one more, and going back. */
export function BackupSettings({ app }: { readonly app: AppState }) {
  const say = useWords('backup')
  const backups = useRead('backup.list', {}, { topics: ['settings'] })
  const make = useAct('backup.make')
  const [chosen, setChosen] = useState<BackupView | null>(null)
  const isAdmin = app.session?.roles.includes('admin') === true
  return (
    <Section title={say('title')}>
      <p className={styles.soft}>{say('about')}</p>
      <ProblemAlert problem={backups.error === null ? null : problemOf(backups.error)} />
      {backups.data === undefined ? null : <BackupTable backups={backups.data} onChoose={isAdmin ? setChosen : null} />}
      {isAdmin ? null : <p className={styles.soft}>{say('restore.adminOnly')}</p>}
      <Button variant="default" loading={make.busy} onClick={() => make.act({})}>
        {say('make.verb')}
      </Button>
      <ProblemAlert problem={make.problem} onClose={make.clear} />
      {make.done === null ? null : (
        <Notice tone="blue" announced onClose={make.clear}>
          <p>{say('make.done')}</p>
        </Notice>
      )}
      <Notice>
        <p>{say('keyHint')}</p>
      </Notice>
      <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />
    </Section>
  )
}

interface BackupTableProps {
  readonly backups: readonly BackupView[]
  /** Null for people who may not restore. */
  readonly onChoose: ((backup: BackupView) => void) | null
}

function BackupTable({ backups, onChoose }: BackupTableProps) {
  const say = useWords('backup')
  const language = useLanguage()
  if (backups.length === 0) return <p className={styles.soft}>{say('list.none')}</p>
  return (
    <div className={styles.wide}>
      <PlainTable
        label={say('list.label')}
        rows={backups}
        rowKey={(backup) => backup.name}
        columns={columnsOf(say, language, onChoose)}
      />
    </div>
  )
}

function columnsOf(
  say: ReturnType<typeof useWords<'backup'>>,
  language: Language,
  onChoose: BackupTableProps['onChoose'],
): PlainColumn<BackupView>[] {
  const columns: PlainColumn<BackupView>[] = [
    {
      id: 'at',
      title: say('column.at'),
      flex: true,
      cell: ({ atMs, name }) => (atMs === null ? name : <When atMs={atMs} />),
    },
    {
      id: 'size',
      title: say('column.size'),
      align: 'right',
      cell: ({ sizeBytes }) => sizeText(sizeBytes, language),
    },
    {
      id: 'state',
      title: say('column.state'),
      cell: ({ atMs }) => say(atMs === null ? 'state.broken' : 'state.sound'),
    },
  ]
  if (onChoose === null) return columns
  const act: PlainColumn<BackupView> = {
    id: 'act',
    title: say('column.act'),
    cell: (backup) =>
      backup.atMs === null ? null : (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={say('restore.label', { when: kstMinuteText(backup.atMs) })}
          onClick={() => onChoose(backup)}
        >
          {say('restore.verb')}
        </Button>
      ),
  }
  return [...columns, act]
}

function RestoreDialog({ backup, onClose }: { readonly backup: BackupView | null; readonly onClose: () => void }) {
  const say = useWords('backup')
  const restore = useAct('backup.restore')
  return (
    <ReasonDialog
      opened={backup !== null}
      title={say('restore.title')}
      actLabel={say('restore.confirm')}
      danger
      // The program ends and starts anew: the dialog stays shut until then.
      busy={restore.busy || restore.done !== null}
      problem={restore.problem}
      onAct={(reason) => (backup === null ? undefined : restore.act({ name: backup.name, reason }))}
      onClose={() => {
        restore.clear()
        onClose()
      }}
    >
      <p>{say('restore.body', { when: kstMinuteText(backup?.atMs ?? 0) })}</p>
      <p>{say('restore.after')}</p>
    </ReasonDialog>
  )
}
