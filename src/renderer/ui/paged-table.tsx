import { Button } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react'
import type { Topic } from '../../contract/events'
import { addWon, won, type Won } from '../../domain/money'
import { problemOf } from '../bridge/client'
import { useWords } from '../i18n'
import { placesOf, useColumns, type TableColumn } from './table-columns'
import { figureText } from './formats'
import { nextIndex } from './table-keys'
import { PagedRow, stickyAt } from './paged-row'
import styles from './paged-table.module.css'
import { ProblemAlert } from './problem-text'
import { useShowSelection } from './selection'
import { usePages, type LoadPage } from './use-pages'

const ROW_PX = 32
/** A page's element may be about 33 million pixels high; beyond that the browser shows nothing. */
const ROWS_SHOWN_MAX = 1_000_000

interface PagedTableProps<Row> {
  /** Stable name: widths are remembered under it. */
  readonly name: string
  /** What the table lists, for screen readers. */
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  /** Identity of the list: everything that `load` depends on. */
  readonly queryKey: readonly unknown[]
  readonly topics: readonly Topic[]
  readonly load: LoadPage<Row>
  readonly rowKey: (row: Row) => string
  /** Enter or a click on a row. */
  readonly onOpen?: (row: Row) => void
  /** The row that is open in a side panel. */
  readonly openKey?: string | null
  /** Another object moves to this position and scrolls there, as a search for the next error does. */
  readonly reveal?: { readonly index: number } | null
  /** Arrow keys moved to this row; a table with a side panel may follow. */
  readonly onActive?: (row: Row) => void
  /** Lets rows be selected; the status bar shows how many and how much. */
  readonly selection?: {
    readonly amountOf: (row: Row) => Won
    readonly lineOf: (row: Row) => string | number
    readonly onChange?: (rows: readonly Row[]) => void
  }
  readonly empty: ReactNode
}

/**
 * A long list, read page by page. Arrows, Home, End, PageUp and PageDown move, Enter opens, Space selects, Shift with an
 * arrow selects on the way.
 */
export function PagedTable<Row>(props: PagedTableProps<Row>) {
  const {
    name,
    label,
    columns,
    queryKey,
    topics,
    load,
    rowKey,
    onOpen,
    openKey = null,
    reveal = null,
    onActive,
    selection,
    empty,
  } = props
  const say = useWords('ui')
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map())
  const [range, setRange] = useState({ first: 0, last: 0 })
  const pages = usePages({ queryKey, topics, load, firstIndex: range.first, lastIndex: range.last })
  const listed = JSON.stringify(queryKey)
  const count = Math.min(pages.total ?? 0, ROWS_SHOWN_MAX)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    // The head covers the top of the box: moving up must not leave the row in hand under it.
    scrollPaddingStart: ROW_PX,
    paddingStart: ROW_PX,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    setRange((now) => (now.first === first && now.last === last ? now : { first, last }))
  }, [first, last])
  // Another list begins at its top with nothing selected.
  const [shownList, setShownList] = useState(listed)
  if (shownList !== listed) {
    setShownList(listed)
    setActive(0)
    setChosen(new Map())
  }
  useEffect(() => {
    box.current?.scrollTo({ top: 0 })
  }, [listed])
  // Waits for the list when it is asked for together with another one; done once, so that a later list keeps its top.
  const revealed = useRef<PagedTableProps<Row>['reveal']>(null)
  const listIsRead = pages.total !== null
  useEffect(() => {
    if (reveal === null || !listIsRead || revealed.current === reveal) return
    revealed.current = reveal
    setActive(reveal.index)
    virtualizer.scrollToIndex(reveal.index, { align: 'center' })
  }, [reveal, listIsRead, listed, virtualizer])

  const amountOf = selection?.amountOf
  const shown = useMemo(
    () =>
      amountOf === undefined || chosen.size === 0
        ? null
        : { count: chosen.size, sum: addWon(won(0), ...[...chosen.values()].map(amountOf)) },
    [chosen, amountOf],
  )
  useShowSelection(shown)

  const layout = useColumns(name, columns)
  const places = placesOf(layout.columns, selection !== undefined)
  const activeShown = items.some((item) => item.index === active)

  // Rows keep one function for good, so that a choice elsewhere does not draw them anew.
  const latestChoose = useRef(choose)
  useEffect(() => {
    latestChoose.current = choose
  })
  const chooseAt = useCallback((index: number, row: Row, on: boolean) => {
    setActive(index)
    latestChoose.current(row, on)
  }, [])

  if (pages.error !== null && pages.total === null) return trouble()
  if (pages.total === 0) return <div className={styles.empty}>{empty}</div>
  return (
    <div className={styles.frame}>
      {pages.error === null ? null : trouble()}
      <div
        ref={box}
        className={styles.box}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length + (selection === undefined ? 0 : 1)}
        aria-multiselectable={selection !== undefined}
        aria-busy={pages.total === null}
        {...(activeShown ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerOver={showWhole}
      >
        <div className={styles.sheet} style={{ height: virtualizer.getTotalSize(), minWidth: places.width }}>
          <div className={styles.head} role="rowgroup">
            <div className={styles.row} role="row" aria-rowindex={1} style={{ gridTemplateColumns: places.template }}>
              {selection === undefined ? null : (
                <div role="columnheader" className={styles.cell} data-sticky style={{ left: 0 }}>
                  <span className={styles.heard}>{say('table.choose')}</span>
                </div>
              )}
              {layout.columns.map(({ column, resize }, index) => (
                <div
                  key={column.id}
                  role="columnheader"
                  className={styles.cell}
                  data-align={column.align ?? 'left'}
                  {...stickyAt(places.stickyLeft[index])}
                >
                  <span className={styles.title}>{column.title}</span>
                  <span className={styles.grip} aria-hidden onMouseDown={resize} />
                </div>
              ))}
            </div>
          </div>
          <div role="rowgroup">
            {items.map((item) => {
              const row = pages.rowAt(item.index)
              const key = row === null ? null : rowKey(row)
              return (
                <PagedRow
                  key={item.key}
                  id={`${id}-${item.index}`}
                  index={item.index}
                  top={item.start}
                  row={row}
                  columns={columns}
                  template={places.template}
                  stickyLeft={places.stickyLeft}
                  selected={key !== null && chosen.has(key)}
                  open={key !== null && key === openKey}
                  active={item.index === active}
                  opens={onOpen !== undefined}
                  choosable={selection !== undefined}
                  line={selection === undefined || row === null ? null : selection.lineOf(row)}
                  onChoose={chooseAt}
                />
              )
            })}
          </div>
        </div>
      </div>
      {(pages.total ?? 0) > ROWS_SHOWN_MAX ? (
        <p className={styles.capped}>{say('table.capped', { shown: figureText(ROWS_SHOWN_MAX) })}</p>
      ) : null}
    </div>
  )

  /** A page that could not be read leaves its rows empty until it is read again. */
  function trouble(): ReactNode {
    return (
      <ProblemAlert problem={problemOf(pages.error)}>
        <Button variant="default" size="xs" mt={8} display="block" onClick={pages.retry}>
          {say('table.again')}
        </Button>
      </ProblemAlert>
    )
  }

  function choose(row: Row, on: boolean): void {
    const next = new Map(chosen)
    if (on) next.set(rowKey(row), row)
    else next.delete(rowKey(row))
    setChosen(next)
    selection?.onChange?.([...next.values()])
  }

  function onClick(event: MouseEvent<HTMLDivElement>): void {
    if (!(event.target instanceof HTMLElement)) return
    const place = event.target.closest<HTMLElement>('[data-index]')
    // A box or a button in a cell does its own work.
    if (place === null || event.target.closest('label, input, button, a') !== null) return
    const index = Number(place.dataset['index'])
    const row = pages.rowAt(index)
    setActive(index)
    if (row !== null) onOpen?.(row)
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    // Keys inside a button or a field of a cell belong to it; a half-typed syllable belongs to the input method.
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return
    const row = pages.rowAt(active)
    if (event.key === 'Enter' && row !== null && onOpen !== undefined) {
      event.preventDefault()
      onOpen(row)
      return
    }
    if (event.key === ' ' && selection !== undefined && row !== null) {
      event.preventDefault()
      choose(row, !chosen.has(rowKey(row)))
      return
    }
    const next = nextIndex(
      event.key,
      active,
      count,
      Math.max(1, Math.floor(event.currentTarget.clientHeight / ROW_PX) - 2),
    )
    if (next === null || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    const nextRow = pages.rowAt(next)
    if (event.shiftKey && selection !== undefined && nextRow !== null) choose(nextRow, true)
    setActive(next)
    virtualizer.scrollToIndex(next, { align: 'auto' })
    if (nextRow !== null) onActive?.(nextRow)
  }
}

/** A cell whose text is cut tells the whole to the pointer. */
function showWhole(event: MouseEvent<HTMLDivElement>): void {
  const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role="gridcell"]') : null
  if (cell !== null) cell.title = cell.scrollWidth > cell.clientWidth ? cell.innerText : ''
}
