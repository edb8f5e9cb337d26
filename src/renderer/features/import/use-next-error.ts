import { useCallback, useMemo, useRef, useState } from 'react'
import type { DraftRowView, DraftView } from '../../../contract/draft'
import type { Problem } from '../../../domain/problem'
import { call, problemOf } from '../../bridge/client'
import type { DraftFilter } from './draft-rows'
import { firstAfterLine } from './next-error'

interface NextErrorOptions {
  readonly draft: DraftView
  readonly filter: DraftFilter
  readonly openLine: number | null
  readonly setFilter: (filter: DraftFilter) => void
  readonly onFound: (row: DraftRowView) => void
}

export interface NextError {
  readonly go: () => void
  /** The found row's place in the list on screen. */
  readonly reveal: { readonly index: number } | null
  readonly problem: Problem | null
}

/**
 * F8: opens the next row with an error after the open one, and begins again at the top after the last. Stays in the
 * whole list when that is shown, else shows the errors.
 */
export function useNextError({ draft, filter, openLine, setFilter, onFound }: NextErrorOptions): NextError {
  const { draftId, rowsWithErrors, rowsAll } = draft
  const [reveal, setReveal] = useState<NextError['reveal']>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const seeking = useRef(false)
  const seek = useCallback(async (): Promise<void> => {
    const read = async (which: DraftFilter, index: number): Promise<DraftRowView | null> =>
      (await call('import.rows', { draftId, filter: which, offset: index, limit: 1 })).rows[0] ?? null
    const lineAt = (which: DraftFilter) => async (index: number) => (await read(which, index))?.line ?? 0
    const after = openLine === null ? 0 : await firstAfterLine(openLine, rowsWithErrors, lineAt('errors'))
    const errorIndex = after >= rowsWithErrors ? 0 : after
    const row = await read('errors', errorIndex)
    if (row === null) return
    const inAll = filter === 'all'
    // The first row after the line before it is the row itself.
    const index = inAll ? await firstAfterLine(row.line - 1, rowsAll, lineAt('all')) : errorIndex
    if (!inAll) setFilter('errors')
    onFound(row)
    setReveal({ index })
  }, [draftId, rowsWithErrors, rowsAll, filter, openLine, setFilter, onFound])
  const go = useCallback((): void => {
    if (rowsWithErrors === 0 || seeking.current) return
    seeking.current = true
    setProblem(null)
    seek()
      .catch((error: unknown) => setProblem(problemOf(error)))
      .finally(() => {
        seeking.current = false
      })
  }, [rowsWithErrors, seek])
  return useMemo(() => ({ go, reveal, problem }), [go, reveal, problem])
}
