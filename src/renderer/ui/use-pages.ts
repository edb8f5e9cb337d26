import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Topic } from '../../contract/events'

/** Rows read in one go: a few screens full, small enough to cross to the page in a few milliseconds. */
const PAGE_ROWS = 200
/** While the scroll bar is dragged past whole pages, nothing is read until it rests this long. */
const REST_MS = 40
const UNUSED_PAGE_MS = 30_000

interface PageOf<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}

export type LoadPage<Row> = (offset: number, limit: number) => Promise<PageOf<Row>>

interface Pages<Row> {
  /** Null until the first page is read. */
  readonly total: number | null
  readonly rowAt: (index: number) => Row | null
  readonly error: unknown
  readonly retry: () => void
}

interface PagesOptions<Row> {
  readonly queryKey: readonly unknown[]
  readonly topics: readonly Topic[]
  readonly load: LoadPage<Row>
  readonly firstIndex: number
  readonly lastIndex: number
}

/** Reads the pages that cover the rows from `firstIndex` to `lastIndex` and keeps them by page number. */
export function usePages<Row>({ queryKey, topics, load, firstIndex, lastIndex }: PagesOptions<Row>): Pages<Row> {
  const numbers = useRested(Math.floor(firstIndex / PAGE_ROWS), Math.floor(Math.max(lastIndex, 0) / PAGE_ROWS))
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: [...queryKey, 'page', page],
      queryFn: () => load(page * PAGE_ROWS, PAGE_ROWS),
      meta: { topics },
      gcTime: UNUSED_PAGE_MS,
    })),
  })
  const rowsOf = new Map<number, readonly Row[]>()
  let newest: { readonly atMs: number; readonly total: number } | null = null
  for (const [position, page] of pages.entries()) {
    const number = numbers[position]
    if (number === undefined || page.data === undefined) continue
    rowsOf.set(number, page.data.rows)
    if (newest === null || page.dataUpdatedAt > newest.atMs)
      newest = { atMs: page.dataUpdatedAt, total: page.data.total }
  }
  return {
    total: newest?.total ?? null,
    rowAt: (index) => rowsOf.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS] ?? null,
    error: pages.find((page) => page.error !== null)?.error ?? null,
    retry: () => {
      for (const page of pages) if (page.error !== null) void page.refetch()
    },
  }
}

/** Page numbers from first to last; a jump past all present ones waits until the scroll rests. */
function useRested(first: number, last: number): readonly number[] {
  const [rested, setRested] = useState({ first, last })
  const same = first === rested.first && last === rested.last
  const near = first <= rested.last + 1 && last >= rested.first - 1
  if (near && !same) setRested({ first, last })
  useEffect(() => {
    if (near) return undefined
    const timer = setTimeout(() => setRested({ first, last }), REST_MS)
    return () => clearTimeout(timer)
  }, [near, first, last])
  return Array.from({ length: rested.last - rested.first + 1 }, (_, step) => rested.first + step)
}
