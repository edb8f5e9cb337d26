import {
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table'
import { useEffect, useMemo, useState, type MouseEvent, type ReactNode } from 'react'

export interface TableColumn<Row> {
  readonly id: string
  readonly title: string
  readonly align?: 'left' | 'right' | 'center'
  /** Pixels at first; a person may change it, and the table remembers. */
  readonly width: number
  /** Takes what is left of the table's width, at least `width`. */
  readonly flex?: boolean
  /** Stays at the left edge; only the first columns may. */
  readonly sticky?: boolean
  readonly cell: (row: Row) => ReactNode
}

export interface SizedColumn<Row> {
  readonly column: TableColumn<Row>
  readonly width: number
  /** Null width of its own: the column still takes what is left. */
  readonly grows: boolean
  readonly resize: (event: MouseEvent) => void
}

export interface Columns<Row> {
  readonly columns: readonly SizedColumn<Row>[]
}

const WIDTH_MIN = 56
const CHOICE_WIDTH = 36

const features = tableFeatures({ columnSizingFeature, columnResizingFeature })
/** Rows are read page by page elsewhere; the table library keeps columns and their widths. */
const NO_ROWS: never[] = []

/** Columns with the widths that this person gave them. */
export function useColumns<Row>(name: string, columns: readonly TableColumn<Row>[]): Columns<Row> {
  const [columnSizing, setColumnSizing] = useState(() => rememberedWidths(name))
  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<typeof features, never> => ({
        id: column.id,
        header: column.title,
        size: column.width,
        minSize: WIDTH_MIN,
      })),
    [columns],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    state: { columnSizing },
    onColumnSizingChange: setColumnSizing,
    columnResizeMode: 'onChange',
  })
  useEffect(() => {
    if (Object.keys(columnSizing).length > 0) localStorage.setItem(storageKey(name), JSON.stringify(columnSizing))
  }, [name, columnSizing])
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  return {
    columns: columns.map((column) => {
      const header = headers.find((one) => one.column.id === column.id)
      return {
        column,
        width: header?.getSize() ?? column.width,
        grows: column.flex === true && columnSizing[column.id] === undefined,
        resize: (event) => header?.getResizeHandler()(event),
      }
    }),
  }
}

/** Where columns stand: the grid's template, its least width and the left edge of each sticky column. */
export function placesOf<Row>(
  columns: readonly SizedColumn<Row>[],
  withChoice: boolean,
): { readonly template: string; readonly width: number; readonly stickyLeft: readonly (number | null)[] } {
  const tracks = columns.map(({ width, grows }) => (grows ? `minmax(${width}px, 1fr)` : `${width}px`))
  // Without a growing column the rest stays empty at the right, so that amounts stay near their names.
  if (!columns.some(({ grows }) => grows)) tracks.push('minmax(0, 1fr)')
  let left = withChoice ? CHOICE_WIDTH : 0
  const stickyLeft: (number | null)[] = []
  for (const { column, width } of columns) {
    stickyLeft.push(column.sticky === true ? left : null)
    if (column.sticky === true) left += width
  }
  const width = columns.reduce((sum, column) => sum + column.width, withChoice ? CHOICE_WIDTH : 0)
  return { template: [...(withChoice ? [`${CHOICE_WIDTH}px`] : []), ...tracks].join(' '), width, stickyLeft }
}

function storageKey(name: string): string {
  return `columns.${name}`
}

/** Widths of an earlier day; anything odd in the store counts as none. */
function rememberedWidths(name: string): Record<string, number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(name)) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return {}
    return Object.fromEntries(
      Object.entries(stored).filter(
        (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= WIDTH_MIN && entry[1] <= 2000,
      ),
    )
  } catch {
    // A width is a comfort: an unreadable store falls back to the widths of the design.
    return {}
  }
}
