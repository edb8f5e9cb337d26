import { Button } from '@mantine/core'
import { IconHistory, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { AuditEntry } from '../../../contract/audit'
import { call, useAct } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { figureText } from '../../ui/formats'
import { EmptyState } from '../../ui/empty-state'
import { Notice } from '../../ui/notice'
import { Page, PageHeader } from '../../ui/page-header'
import { PagedTable } from '../../ui/paged-table'
import { ProblemAlert } from '../../ui/problem-text'
import { WithPanel } from '../../ui/side-panel'
import type { TableColumn } from '../../ui/table-columns'
import { When } from '../../ui/when'
import { AuditPanel } from './audit-panel'
import { useActionWord, useSubjectWord, useWhoWord } from './audit-words'
import styles from './audit.module.css'
import { detailText } from './detail-text'

/** Who did what, newest first, and the proof that nothing was taken out. */
export function AuditScreen() {
  const say = useWords('audit')
  const verify = useAct('audit.verify')
  const columns = useAuditColumns()
  const [open, setOpen] = useState<AuditEntry | null>(null)
  const result = verify.done
  return (
    <Page wide>
      <PageHeader
        title={say('title')}
        subtitle={say('subtitle')}
        actions={
          <Button onClick={() => verify.act({})} loading={verify.busy}>
            {say('verify')}
          </Button>
        }
      />
      <ProblemAlert problem={verify.problem} onClose={verify.clear} />
      {result === null ? null : (
        <Notice
          tone={result.intact ? 'blue' : 'red'}
          icon={result.intact ? IconShieldCheck : IconShieldX}
          announced
          onClose={verify.clear}
        >
          <p>{verdict(result)}</p>
          <p className={styles.head}>
            {say('verify.head')} <code>{result.head}</code>
          </p>
        </Notice>
      )}
      <WithPanel panel={open === null ? null : <AuditPanel entry={open} onClose={() => setOpen(null)} />}>
        <PagedTable
          name="audit"
          label={say('list.label')}
          columns={columns}
          queryKey={['audit.list']}
          topics={['audit']}
          load={(offset, limit) => call('audit.list', { offset, limit })}
          rowKey={rowKey}
          onOpen={setOpen}
          openKey={open === null ? null : rowKey(open)}
          onActive={(entry) => setOpen((now) => (now === null ? now : entry))}
          empty={<EmptyState icon={IconHistory} sentence={say('list.empty')} />}
        />
      </WithPanel>
    </Page>
  )

  function verdict({ intact, entries, brokenAtSeq }: NonNullable<typeof result>): string {
    if (intact) return say('verify.intact', { count: entries })
    return brokenAtSeq === null ? say('verify.brokenUnknown') : say('verify.broken', { seq: brokenAtSeq })
  }
}

const rowKey = (entry: AuditEntry): string => String(entry.seq)

function useAuditColumns(): readonly TableColumn<AuditEntry>[] {
  const say = useWords('audit')
  const language = useLanguage()
  const actionWord = useActionWord()
  const subjectWord = useSubjectWord()
  const whoWord = useWhoWord()
  return useMemo(
    () => [
      {
        id: 'seq',
        title: say('column.seq'),
        width: 72,
        align: 'right',
        sticky: true,
        cell: ({ seq }) => figureText(seq),
      },
      { id: 'at', title: say('column.at'), width: 136, cell: ({ atMs }) => <When atMs={atMs} /> },
      { id: 'action', title: say('column.action'), width: 184, cell: ({ action }) => actionWord(action) },
      { id: 'subject', title: say('column.subject'), width: 168, cell: ({ about }) => subjectWord(about) },
      {
        id: 'who',
        title: say('column.who'),
        width: 88,
        cell: ({ who }) => whoWord(who),
      },
      {
        id: 'detail',
        title: say('column.detail'),
        width: 132,
        flex: true,
        cell: ({ detail }) => detailText(detail, language),
      },
    ],
    [say, language, actionWord, subjectWord, whoWord],
  )
}
