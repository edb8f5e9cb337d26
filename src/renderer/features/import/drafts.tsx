import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { DraftView } from '../../../contract/draft'
import { problemOf, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount, Count } from '../../ui/amount'
import { useGo } from '../../ui/navigation'
import { PlainTable, type PlainColumn } from '../../ui/plain-table'
import { ProblemAlert } from '../../ui/problem-text'
import { When } from '../../ui/when'
import styles from './import.module.css'

/** Files that were read and have become neither a batch nor waste. */
export function Drafts() {
  const say = useWords('import')
  const columns = useDraftsColumns()
  const drafts = useRead('import.drafts', {}, { topics: ['drafts'] })
  return (
    <section className={styles.drafts} aria-labelledby="drafts-title">
      <h2 id="drafts-title">{say('drafts.title')}</h2>
      <ProblemAlert problem={drafts.error === null ? null : problemOf(drafts.error)} />
      {drafts.data?.length === 0 ? <p className={styles.soft}>{say('drafts.empty')}</p> : null}
      {drafts.data === undefined || drafts.data.length === 0 ? null : (
        <PlainTable
          label={say('drafts.title')}
          columns={columns}
          rows={drafts.data}
          rowKey={(draft) => draft.draftId}
        />
      )}
    </section>
  )
}

function useDraftsColumns(): readonly PlainColumn<DraftView>[] {
  const say = useWords('import')
  const go = useGo()
  return useMemo(
    () => [
      {
        id: 'file',
        title: say('drafts.file'),
        flex: true,
        cell: (draft) => (
          <Button
            variant="subtle"
            size="compact-sm"
            className={styles.fileLink}
            aria-label={say('drafts.open', { name: draft.fileName })}
            onClick={() => go({ name: 'import', draftId: draft.draftId })}
          >
            {draft.fileName}
          </Button>
        ),
      },
      { id: 'fine', title: say('drafts.fine'), align: 'right', cell: (draft) => <Count value={draft.rowsFine} /> },
      {
        id: 'errors',
        title: say('drafts.errors'),
        align: 'right',
        cell: (draft) => <Count value={draft.rowsWithErrors} />,
      },
      {
        id: 'amount',
        title: say('drafts.amount'),
        align: 'right',
        cell: (draft) => <Amount value={draft.amountFine} unit="none" />,
      },
      { id: 'at', title: say('drafts.at'), cell: (draft) => <When atMs={draft.importedAtMs} /> },
      { id: 'by', title: say('drafts.by'), cell: (draft) => draft.importedBy },
    ],
    [say, go],
  )
}
