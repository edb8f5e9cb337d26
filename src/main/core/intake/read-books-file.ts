import { cleanCell } from '../../../domain/cell-text'
import type { Won } from '../../../domain/money'
import { won } from '../../../domain/money'
import { problem, type Problem, type ProblemCode, type RowProblem } from '../../../domain/problem'
import { fail, type Result, ok } from '../../../domain/result'
import { readSignedWon } from '../../../domain/won-text'
import { countBooksNames, mapBooksColumns, type BooksColumn } from './books-columns'
import type { Encoding } from './decode-text'
import { readKoreanTime } from './korean-time'
import { openTable } from './open-table'
import type { IntakeOptions } from './read-refund-file'
import type { TableRecord } from './read-table'
import { mapRefundColumns } from './refund-columns'
import { runInSlices, type Sliced } from './slices'

/** One line of the merchant's own books. */
export interface BooksRow {
  readonly line: number
  readonly kind: 'payment' | 'cancel'
  readonly orderNo: string | null
  readonly paymentKey: string | null
  /** UTC ms. */
  readonly atMs: number
  /** False where the file gives the day only; `atMs` is then its beginning in Seoul. */
  readonly hasTime: boolean
  /** The size in won, positive for payments and for cancels. */
  readonly amount: Won
  readonly method: string
  readonly pg: string
  readonly note: string
}

export interface BooksRowProblems {
  readonly line: number
  readonly problems: readonly RowProblem[]
}

export interface BooksFile {
  readonly encoding: Encoding
  readonly hadBom: boolean
  readonly sha256: string
  readonly header: readonly string[]
  /** The rows that could be read whole. */
  readonly rows: readonly BooksRow[]
  /** The rows that could not, with all their problems; never half a row. */
  readonly refused: readonly BooksRowProblems[]
}

export interface BooksFileOptions extends IntakeOptions {
  readonly paymentKeyNames: readonly string[]
}

const ROWS_PER_SLICE = 250
const KINDS: ReadonlyMap<string, BooksRow['kind']> = new Map<string, BooksRow['kind']>(
  Object.entries({
    결제: 'payment',
    승인: 'payment',
    입금: 'payment',
    결제완료: 'payment',
    payment: 'payment',
    paid: 'payment',
    취소: 'cancel',
    부분취소: 'cancel',
    전체취소: 'cancel',
    결제취소: 'cancel',
    환불: 'cancel',
    부분환불: 'cancel',
    cancel: 'cancel',
    cancelled: 'cancel',
    refund: 'cancel',
  } as const),
)

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/**
 * The merchant's own record of payments and cancels, an independent side of the comparison. Sign rule: some books write
 * a cancel as a negative amount (`-1,000`, `(1,000)`, `▲1,000`), others as a positive one; the kind column decides and
 * the sign of a cancel is dropped. A negative payment contradicts itself and is refused.
 *
 * Problems of the file: those of decodeText and readTable, file-header-missing-column, file-header-duplicate-column,
 * file-wrong-kind (a refund file). Of a row: kind-unreadable, date-unreadable, payment-missing, amount-missing,
 * amount-unreadable, amount-not-positive, amount-too-large, row-too-many-cells, text-unsafe-character,
 * text-broken-encoding.
 */
export function readBooksFile(bytes: Uint8Array, options: BooksFileOptions): Promise<Result<BooksFile, Problem>> {
  return runInSlices(booksFileSlices(bytes, options), options.yieldNow ?? nextTurn)
}

function* booksFileSlices(bytes: Uint8Array, options: BooksFileOptions): Sliced<Result<BooksFile, Problem>> {
  options.onProgress?.(0, 0)
  const opened = yield* openTable(bytes, options.encoding, (cells) => countBooksNames(cells, options.paymentKeyNames))
  if (!opened.ok) return opened
  const { header, records, encoding, hadBom, sha256 } = opened.value
  const mapped = mapBooksColumns(header, options.paymentKeyNames)
  if (!mapped.ok) {
    const isRefundFile =
      mapped.problem.code === 'file-header-missing-column' && mapRefundColumns(header, options.paymentKeyNames).ok
    return isRefundFile ? fail(problem('file-wrong-kind')) : mapped
  }
  const rows: BooksRow[] = []
  const refused: BooksRowProblems[] = []
  for (const [index, record] of records.entries()) {
    const row = readRow(record, header.length, mapped.value)
    if ('problems' in row) refused.push(row)
    else rows.push(row)
    if (index % ROWS_PER_SLICE === ROWS_PER_SLICE - 1) {
      options.onProgress?.(index + 1, records.length)
      yield
    }
  }
  options.onProgress?.(records.length, records.length)
  return ok({ encoding, hadBom, sha256, header, rows, refused })
}

function readRow(
  record: TableRecord,
  headerLength: number,
  columns: ReadonlyMap<BooksColumn, number>,
): BooksRow | BooksRowProblems {
  const problems: RowProblem[] = []
  const add = (code: ProblemCode, column: RowProblem['column'] = null) =>
    void problems.push({ ...problem(code), severity: 'error', column })
  const cell = (column: BooksColumn): string => {
    const raw = record.cells[columns.get(column) ?? -1] ?? ''
    const known = column === 'orderNo' || column === 'paymentKey' || column === 'amount'
    // Free text is shown and compared nowhere, so only its form is made one.
    const clean = cleanCell(known ? column : 'reason', raw)
    for (const found of clean.problems)
      if (found.severity === 'error') problems.push(known ? found : { ...found, column: null })
    return known ? clean.text : clean.text.normalize('NFKC')
  }
  if (record.cells.length > headerLength) add('row-too-many-cells')
  const kind = KINDS.get(cell('kind').toLowerCase().replaceAll(/\s/gu, ''))
  const orderNo = cell('orderNo')
  const paymentKey = cell('paymentKey')
  const time = readKoreanTime(cell('at'))
  const amount = readSize(cell('amount'), kind)
  if (kind === undefined) add('kind-unreadable')
  if (orderNo === '' && paymentKey === '') add('payment-missing', 'orderNo')
  if (time === null) add('date-unreadable')
  if (typeof amount === 'string') add(amount, 'amount')
  const method = cell('method')
  const pg = cell('pg')
  const note = cell('note')
  if (problems.length > 0 || kind === undefined || time === null || typeof amount === 'string')
    return { line: record.line, problems }
  return {
    line: record.line,
    kind,
    orderNo: orderNo || null,
    paymentKey: paymentKey || null,
    ...time,
    amount,
    method,
    pg,
    note,
  }
}

function readSize(text: string, kind: BooksRow['kind'] | undefined): Won | ProblemCode {
  if (text === '') return 'amount-missing'
  const amount = readSignedWon(text)
  if (!amount.ok) return amount.problem === 'too-large' ? 'amount-too-large' : 'amount-unreadable'
  if (amount.value === 0 || (amount.value < 0 && kind !== 'cancel')) return 'amount-not-positive'
  return won(Math.abs(amount.value))
}
