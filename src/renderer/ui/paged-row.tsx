import { Checkbox } from '@mantine/core'
import { memo } from 'react'
import { useWords } from '../i18n'
import styles from './paged-table.module.css'
import type { TableColumn } from './table-columns'

interface PagedRowProps<Row> {
  readonly id: string
  readonly index: number
  readonly top: number
  /** Null while its page is read. */
  readonly row: Row | null
  readonly columns: readonly TableColumn<Row>[]
  readonly template: string
  readonly stickyLeft: readonly (number | null)[]
  readonly selected: boolean
  readonly open: boolean
  readonly active: boolean
  readonly opens: boolean
  readonly choosable: boolean
  /** What the box of a row that can be chosen calls it. */
  readonly line: string | number | null
  readonly onChoose: (index: number, row: Row, on: boolean) => void
}

/** One line of a long list. Kept as it is while its row and place are the same: scrolling draws only what is new. */
export const PagedRow = memo(Line, isSame) as typeof Line

function isSame<Row>(before: PagedRowProps<Row>, now: PagedRowProps<Row>): boolean {
  const { stickyLeft: oldLeft, ...old } = before
  const { stickyLeft, ...rest } = now
  return (
    Object.entries(rest).every(([name, value]) => Object.is(value, old[name as keyof typeof old])) &&
    stickyLeft.length === oldLeft.length &&
    stickyLeft.every((left, index) => left === oldLeft[index])
  )
}

function Line<Row>(props: PagedRowProps<Row>) {
  const {
    id,
    index,
    top,
    row,
    columns,
    template,
    stickyLeft,
    selected,
    open,
    active,
    opens,
    choosable,
    line,
    onChoose,
  } = props
  const say = useWords('ui')
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={choosable ? selected : open}
      className={styles.row}
      data-index={index}
      data-active={active || undefined}
      data-chosen={selected || undefined}
      data-open={open || undefined}
      data-opens={opens || undefined}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
    >
      {choosable ? (
        <div role="gridcell" className={styles.cell} data-sticky style={{ left: 0 }}>
          {row === null ? null : (
            <Checkbox
              checked={selected}
              tabIndex={-1}
              aria-label={say('table.chooseRow', { line: line ?? index + 1 })}
              onChange={() => onChoose(index, row, !selected)}
            />
          )}
        </div>
      ) : null}
      {columns.map((column, place) => (
        <div
          key={column.id}
          role="gridcell"
          className={styles.cell}
          data-align={column.align ?? 'left'}
          {...stickyAt(stickyLeft[place])}
        >
          {row === null ? <span className={styles.pending} aria-hidden /> : column.cell(row)}
        </div>
      ))}
    </div>
  )
}

/** What keeps a cell at the left edge; nothing for one that scrolls. */
export function stickyAt(left: number | null | undefined): {
  readonly 'data-sticky'?: true
  readonly style?: { readonly left: number }
} {
  return left === undefined || left === null ? {} : { 'data-sticky': true, style: { left } }
}
