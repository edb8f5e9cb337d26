import { residentNumberLikeness } from '../../../domain/cell-text'
import { isWon, won, type Won } from '../../../domain/money'
import { problem, type Problem, type RefundColumn, type RowProblem } from '../../../domain/problem'
import { readRefundCells, type ParsedRefundCells, type RefundCells } from '../../../domain/refund-row'
import { fail, ok, type Result } from '../../../domain/result'
import { readSignedWon } from '../../../domain/won-text'
import { looksBooksHeader } from './books-columns'
import type { Encoding } from './decode-text'
import { looksMisread } from './misread-text'
import { openTable, type Newline } from './open-table'
import { isTotalLabel, type Delimiter, type TableRecord } from './read-table'
import { countRefundNames, mapRefundColumns } from './refund-columns'
import { runInSlices, type Sliced } from './slices'

export interface RefundFileRow {
  /** Line of the file, from 1. */
  readonly line: number
  /** As they stand in the file, in the order of the header. */
  readonly cells: readonly string[]
  readonly parsed: ParsedRefundCells
}

export interface RefundFile {
  readonly encoding: Encoding
  readonly hadBom: boolean
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string
  readonly header: readonly string[]
  readonly columns: ReadonlyMap<RefundColumn, number>
  readonly rows: readonly RefundFileRow[]
  /** What the file's own total row says, null without one. A difference to `readTotal` is for the caller to tell. */
  readonly controlTotal: Won | null
  /** Sum of the amounts that could be read. */
  readonly readTotal: Won
  readonly newline: Newline
  readonly delimiter: Delimiter
}

export interface IntakeOptions {
  readonly encoding: Encoding | 'auto'
  /** Called between slices with rows read and rows in all; `all` is 0 while the file is still being taken apart. */
  readonly onProgress?: (done: number, all: number) => void
  /** Lets other work of the thread run; a slice is some milliseconds. */
  readonly yieldNow?: () => Promise<void>
}

export interface RefundFileOptions extends IntakeOptions {
  /** The PG's own names of its payment key, as people copy them out of its console. */
  readonly paymentKeyNames: readonly string[]
}

const ROWS_PER_SLICE = 250

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/**
 * A refund file, row by row, nothing judged against payments yet. Problems of the whole file: those of decodeText and
 * readTable, file-header-missing-column, file-header-duplicate-column, file-wrong-kind (the merchant's books),
 * amount-too-large (the sum of the file is out of range). Problems of a row are with the row.
 */
export function readRefundFile(bytes: Uint8Array, options: RefundFileOptions): Promise<Result<RefundFile, Problem>> {
  return runInSlices(refundFileSlices(bytes, options), options.yieldNow ?? nextTurn)
}

function* refundFileSlices(bytes: Uint8Array, options: RefundFileOptions): Sliced<Result<RefundFile, Problem>> {
  options.onProgress?.(0, 0)
  const opened = yield* openTable(bytes, options.encoding, (cells) => countRefundNames(cells, options.paymentKeyNames))
  if (!opened.ok) return opened
  const { header, delimiter, newline, encoding, hadBom, sha256 } = opened.value
  if (looksBooksHeader(header)) return fail(problem('file-wrong-kind'))
  const mapped = mapRefundColumns(header, options.paymentKeyNames)
  if (!mapped.ok) return mapped
  const columns = mapped.value

  const { records, totalRow } = withRealTotal(opened.value.records, opened.value.totalRow, columns)
  const rows: RefundFileRow[] = []
  let readTotal = 0
  for (const record of records) {
    const row = readRow(record, header, columns)
    rows.push(row)
    readTotal += row.parsed.amount ?? 0
    if (rows.length % ROWS_PER_SLICE === 0) {
      options.onProgress?.(rows.length, records.length)
      yield
    }
  }
  options.onProgress?.(rows.length, records.length)
  if (!isWon(readTotal)) return fail(problem('amount-too-large'))
  const controlTotal = totalRow === null ? null : readControlTotal(totalRow, columns)
  return ok({
    encoding,
    hadBom,
    sha256,
    header,
    columns,
    rows,
    controlTotal,
    readTotal: won(readTotal),
    newline,
    delimiter,
  })
}

function readRow(
  record: TableRecord,
  header: readonly string[],
  columns: ReadonlyMap<RefundColumn, number>,
): RefundFileRow {
  const cells: RefundCells = {}
  const misread: RowProblem[] = []
  for (const [column, index] of columns) {
    const cell = record.cells[index] ?? ''
    cells[column] = cell
    if (looksMisread(cell)) misread.push({ ...problem('text-broken-encoding'), severity: 'error', column })
  }
  const parsed = readRefundCells(cells)
  const extra = [...misread, ...strayCells(record, header), ...residentNumbersElsewhere(record, columns)]
  return {
    line: record.line,
    cells: record.cells,
    parsed: extra.length === 0 ? parsed : { ...parsed, problems: [...parsed.problems, ...extra] },
  }
}

/**
 * More cells than the header has names for: an amount such as 12,000 without quotes was torn in two, and every cell
 * behind it stands under the wrong name. Even an empty one too many shows that, so the row is not guessed at.
 */
function strayCells(record: TableRecord, header: readonly string[]): readonly RowProblem[] {
  const isStray = (cell: string, index: number) =>
    index >= header.length || ((header[index] ?? '').trim() === '' && cell.trim() !== '')
  if (!record.cells.some(isStray)) return []
  return [
    {
      ...problem('row-too-many-cells', { cells: record.cells.length, columns: header.length }),
      severity: 'error',
      column: null,
    },
  ]
}

/**
 * Nobody's resident number is kept, in whatever column it stands. Columns without a use here may hold bar codes of
 * thirteen digits that begin like a date, so only the written-out form is refused there.
 */
function residentNumbersElsewhere(
  record: TableRecord,
  columns: ReadonlyMap<RefundColumn, number>,
): readonly RowProblem[] {
  const used = new Set(columns.values())
  for (const [index, cell] of record.cells.entries()) {
    if (used.has(index) || cell.length < 13) continue
    const likeness = residentNumberLikeness(cell.normalize('NFKC'))
    if (likeness === 'written-out') return [{ ...problem('text-resident-number'), severity: 'error', column: null }]
    if (likeness === 'digits-with-check')
      return [{ ...problem('text-resident-number'), severity: 'warning', column: null }]
  }
  return []
}

interface RowsAndTotal {
  readonly records: readonly TableRecord[]
  readonly totalRow: TableRecord | null
}

/** A last row that names a payment is a refund, whatever word stands elsewhere in it. */
function withRealTotal(
  records: readonly TableRecord[],
  totalRow: TableRecord | null,
  columns: ReadonlyMap<RefundColumn, number>,
): RowsAndTotal {
  if (totalRow === null) return { records, totalRow }
  const namesPayment = (['orderNo', 'paymentKey'] as const).some((column) => {
    const cell = totalRow.cells[columns.get(column) ?? -1]?.trim() ?? ''
    return cell !== '' && !isTotalLabel(cell)
  })
  return namesPayment ? { records: [...records, totalRow], totalRow: null } : { records, totalRow }
}

/** The amount under its heading, else the only amount in the row: totals are often written in merged cells. */
function readControlTotal(totalRow: TableRecord, columns: ReadonlyMap<RefundColumn, number>): Won | null {
  const read = (cell: string | undefined): Won | null => {
    const total = readSignedWon((cell ?? '').normalize('NFKC').trim())
    return total.ok ? total.value : null
  }
  const underHeading = read(totalRow.cells[columns.get('amount') ?? -1])
  if (underHeading !== null) return underHeading
  const amounts = totalRow.cells.map(read).filter((total) => total !== null)
  return amounts.length === 1 ? (amounts[0] ?? null) : null
}
