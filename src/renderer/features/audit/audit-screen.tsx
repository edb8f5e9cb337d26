import { Button } from '@mantine/core'
import { IconHistory, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { AuditEntry } from '../../../contract/views'
import { call, useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { figureText } from '../../ui/formats'
import { EmptyState } from '../../ui/empty-state'
import { Notice } from '../../ui/notice'
import { Page, PageHeader } from '../../ui/page-header'
import { PagedTable } from '../../ui/paged-table'
import { ProblemAlert } from '../../ui/problem-text'
import type { TableColumn } from '../../ui/table-columns'
import { When } from '../../ui/when'
import { useActionWord } from './action-word'
import { useDetailText } from './detail-text'
import styles from './audit.module.css'

/** How the log names deeds that no person did. */
const PROGRAM: readonly string[] = ['program', 'system']

/** Who did what, newest first, and the proof that nothing was taken out. */
export function AuditScreen() {
  const say = useWords('audit')
  const verify = useAct('audit.verify')
  const columns = useAuditColumns()
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
      <PagedTable
        name="audit"
        label={say('list.label')}
        columns={columns}
        queryKey={['audit.list']}
        topics={['audit']}
        load={(offset, limit) => call('audit.list', { offset, limit })}
        rowKey={(entry) => String(entry.seq)}
        empty={<EmptyState icon={IconHistory} sentence={say('list.empty')} />}
      />
    </Page>
  )

  function verdict({ intact, entries, brokenAtSeq }: NonNullable<typeof result>): string {
    if (intact) return say('verify.intact', { count: entries })
    return brokenAtSeq === null ? say('verify.brokenUnknown') : say('verify.broken', { seq: brokenAtSeq })
  }
}

function useAuditColumns(): readonly TableColumn<AuditEntry>[] {
  const say = useWords('audit')
  const actionWord = useActionWord()
  const detailText = useDetailText()
  return useMemo(
    () => [
      {
        id: 'seq',
        title: say('column.seq'),
        width: 96,
        align: 'right',
        sticky: true,
        cell: ({ seq }) => figureText(seq),
      },
      { id: 'at', title: say('column.at'), width: 152, cell: ({ atMs }) => <When atMs={atMs} /> },
      {
        id: 'who',
        title: say('column.who'),
        width: 120,
        cell: ({ who }) => (PROGRAM.includes(who) ? say('program') : who),
      },
      { id: 'action', title: say('column.action'), width: 168, cell: ({ action }) => actionWord(action) },
      { id: 'subject', title: say('column.subject'), width: 176, cell: ({ subject }) => subject },
      { id: 'detail', title: say('column.detail'), width: 280, flex: true, cell: ({ detail }) => detailText(detail) },
    ],
    [say, actionWord, detailText],
  )
}
