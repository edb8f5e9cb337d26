import { Button, Tabs } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { DraftRowView, DraftView } from '../../../contract/draft'
import type { DraftId } from '../../../domain/ids'
import { subtractWon } from '../../../domain/money'
import { problemOf, useAct, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Amount, Count } from '../../ui/amount'
import { EmptyState } from '../../ui/empty-state'
import { useGo } from '../../ui/navigation'
import { Page, PageHeader } from '../../ui/page-header'
import { PanelTable } from '../../ui/panel-table'
import { ProblemAlert } from '../../ui/problem-text'
import { When } from '../../ui/when'
import { CreateBatchBar } from './create-batch-bar'
import { DraftBands } from './draft-bands'
import { DraftRowPanel } from './draft-row-panel'
import { DRAFT_FILTERS, DraftRows, type DraftFilter } from './draft-rows'
import { useFirstSync } from './sync-first'
import { sourceFirst } from './unknown-facts'
import { UnknownPayments } from './unknown-payments'
import { useNextError } from './use-next-error'
import styles from './import.module.css'

/** A file that was read: how it was read, what each row is worth, and the batch that its fine rows become. */
export function DraftScreen({ draftId }: { readonly draftId: DraftId }) {
  const say = useWords('import')
  const go = useGo()
  const draft = useRead('import.draft', { draftId }, { topics: ['drafts'] })
  const toStart = useCallback(() => go({ name: 'import' }), [go])
  if (draft.error !== null) {
    return (
      <Page>
        <PageHeader title={say('title')} onBack={toStart} />
        <ProblemAlert problem={problemOf(draft.error)} />
        <EmptyState sentence={say('draft.missing')} action={{ label: say('draft.back'), onClick: toStart }} />
      </Page>
    )
  }
  if (draft.data === undefined) return <Page>{null}</Page>
  return <Draft draft={draft.data} toStart={toStart} />
}

function Draft({ draft, toStart }: { readonly draft: DraftView; readonly toStart: () => void }) {
  const say = useWords('import')
  const { draftId, encoding } = draft
  const [filter, setFilter] = useState<DraftFilter>(() => firstFilter(draft))
  const [row, setRow] = useState<DraftRowView | null>(null)
  const reread = useAct('import.reread', {
    onDone: (read) => {
      setRow(null)
      setFilter(firstFilter(read))
    },
  })
  const discard = useAct('import.discard', { onDone: toStart })
  const { act: rereadNow } = reread
  const sync = useFirstSync(useCallback(() => rereadNow({ draftId, encoding }), [rereadNow, draftId, encoding]))
  const next = useNextError({ draft, filter, openLine: row?.line ?? null, setFilter, onFound: setRow })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F8' || event.isComposing) return
      event.preventDefault()
      next.go()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [next])
  return (
    <Page wide>
      <PageHeader
        title={draft.fileName}
        subtitle={
          <>
            {say('draft.summary', { count: draft.rowsAll })} · {say('file.importedBy', { by: draft.importedBy })} ·{' '}
            <When atMs={draft.importedAtMs} />
          </>
        }
        onBack={toStart}
        actions={
          <Button variant="subtle" color="gray" loading={discard.busy} onClick={() => discard.act({ draftId })}>
            {say('create.discard')}
          </Button>
        }
      />
      <UnknownPayments draft={draft} sync={sync} reread={reread} />
      <ProblemAlert problem={reread.problem ?? discard.problem ?? next.problem} onClose={reread.clear} />
      <DraftBands draft={draft} reread={reread} />
      <Tabs
        value={filter}
        onChange={(value) => {
          const chosen = DRAFT_FILTERS.find((one) => one === value)
          if (chosen !== undefined) choose(chosen)
        }}
        className={styles.tabs}
      >
        <div className={styles.tabLine}>
          <Tabs.List aria-label={say('tabs.label')}>
            {DRAFT_FILTERS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                <span className={styles.tab}>
                  {say(`tabs.${one}`)} <TabFigures draft={draft} filter={one} />
                </span>
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Button
            variant="default"
            size="xs"
            disabled={draft.rowsWithErrors === 0}
            aria-keyshortcuts="F8"
            rightSection={<kbd className={styles.key}>F8</kbd>}
            onClick={next.go}
          >
            {say('rows.nextError')}
          </Button>
        </div>
        <Tabs.Panel value={filter} className={styles.tabPanel}>
          <PanelTable panel={row === null ? null : <DraftRowPanel row={row} onClose={() => setRow(null)} />}>
            <DraftRows
              draftId={draftId}
              filter={filter}
              openLine={row?.line ?? null}
              reveal={next.reveal}
              onOpen={setRow}
              onActive={(active) => {
                if (row !== null) setRow(active)
              }}
            />
          </PanelTable>
        </Tabs.Panel>
      </Tabs>
      <CreateBatchBar draft={draft} primary={sourceFirst(draft, false) === null} />
    </Page>
  )

  function choose(chosen: DraftFilter): void {
    setFilter(chosen)
    setRow(null)
  }
}

function TabFigures({ draft, filter }: { readonly draft: DraftView; readonly filter: DraftFilter }) {
  const say = useWords('import')
  switch (filter) {
    case 'errors':
      return (
        <>
          <Count value={draft.rowsWithErrors} />
          <span className={styles.soft}>
            <Amount value={subtractWon(draft.amountAll, draft.amountFine)} />
          </span>
        </>
      )
    case 'warnings':
      return <Count value={draft.rowsWithWarnings} />
    case 'fine':
      return (
        <>
          <Count value={draft.rowsFine} />
          {draft.rowsWithWarnings === 0 ? null : (
            <span className={styles.soft}>{say('tabs.withWarnings', { count: draft.rowsWithWarnings })}</span>
          )}
          <span className={styles.soft}>
            <Amount value={draft.amountFine} />
          </span>
        </>
      )
    case 'all':
      return (
        <>
          <Count value={draft.rowsAll} />
          <span className={styles.soft}>
            <Amount value={draft.amountAll} />
          </span>
        </>
      )
  }
}

/** What needs eyes first. */
function firstFilter(draft: DraftView): DraftFilter {
  if (draft.rowsWithErrors > 0) return 'errors'
  return draft.rowsWithWarnings > 0 ? 'warnings' : 'all'
}
