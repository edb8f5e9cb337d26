import { useMemo } from 'react'
import type { DraftId } from '../../../domain/ids'
import type { DraftRowView } from '../../../contract/draft'
import { call } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { EmptyState } from '../../ui/empty-state'
import { PagedTable } from '../../ui/paged-table'
import { Tag } from '../../ui/state-badge'
import type { TableColumn } from '../../ui/table-columns'
import { problemsInOrder, useRowProblemText, VERDICT_TONES, verdictOf } from './draft-row-words'
import styles from './import.module.css'

export const DRAFT_FILTERS = ['errors', 'warnings', 'fine', 'all'] as const
export type DraftFilter = (typeof DRAFT_FILTERS)[number]

interface DraftRowsProps {
  readonly draftId: DraftId
  readonly filter: DraftFilter
  readonly openLine: number | null
  /** A row to scroll to, by its position in this filter. */
  readonly reveal: { readonly index: number } | null
  readonly onOpen: (row: DraftRowView) => void
  readonly onActive: (row: DraftRowView) => void
}

/** The file's rows with what the check found in each. */
export function DraftRows({ draftId, filter, openLine, reveal, onOpen, onActive }: DraftRowsProps) {
  const say = useWords('import')
  return (
    <PagedTable
      name="draft-rows"
      label={say('rows.label')}
      columns={useDraftColumns()}
      queryKey={['import.rows', draftId, filter]}
      topics={['drafts']}
      load={(offset, limit) => call('import.rows', { draftId, filter, offset, limit })}
      rowKey={(row) => String(row.line)}
      openKey={openLine === null ? null : String(openLine)}
      reveal={reveal}
      onOpen={onOpen}
      onActive={onActive}
      empty={<EmptyState sentence={say(`rows.empty.${filter}`)} />}
    />
  )
}

function useDraftColumns(): readonly TableColumn<DraftRowView>[] {
  const say = useWords('import')
  const state = useWords('state')
  const problemText = useRowProblemText()
  return useMemo(
    () => [
      { id: 'line', title: say('rows.line'), width: 64, align: 'right', sticky: true, cell: (row) => row.line },
      {
        id: 'state',
        title: say('rows.state'),
        width: 112,
        cell: (row) => {
          const verdict = verdictOf(row)
          return <Tag tone={VERDICT_TONES[verdict]}>{say(`rows.${verdict}`)}</Tag>
        },
      },
      { id: 'order', title: say('rows.order'), width: 168, cell: (row) => row.orderNo },
      {
        id: 'amount',
        title: say('rows.amount'),
        width: 112,
        align: 'right',
        cell: (row) => (row.amount === null ? row.amountText : <Amount value={row.amount} unit="none" />),
      },
      {
        id: 'problem',
        title: say('rows.problem'),
        width: 280,
        flex: true,
        cell: (row) => {
          const [first, ...rest] = problemsInOrder(row)
          if (first === undefined) return null
          return (
            <>
              {rest.length === 0 ? null : (
                <span className={styles.more}>{say('rows.more', { count: rest.length })}</span>
              )}
              {problemText(first)}
            </>
          )
        },
      },
      { id: 'bank', title: say('rows.bank'), width: 96, cell: (row) => row.bank },
      { id: 'account', title: say('rows.account'), width: 144, cell: (row) => row.accountMasked },
      { id: 'holder', title: say('rows.holder'), width: 88, cell: (row) => row.holderMasked },
      {
        id: 'method',
        title: say('rows.method'),
        width: 120,
        cell: (row) => (row.method === null ? null : state(`method.${row.method}`)),
      },
      {
        id: 'promisable',
        title: say('rows.promisable'),
        width: 112,
        align: 'right',
        cell: (row) => (row.promisable === null ? null : <Amount value={row.promisable} unit="none" />),
      },
      { id: 'paymentKey', title: say('rows.paymentKey'), width: 168, cell: (row) => row.paymentKey },
    ],
    [say, state, problemText],
  )
}
