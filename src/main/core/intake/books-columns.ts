import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { normalisedName } from './refund-columns'

/** Columns of the merchant's own books. */
export type BooksColumn = 'kind' | 'orderNo' | 'paymentKey' | 'at' | 'amount' | 'method' | 'pg' | 'note'

const NAMES: Readonly<Record<BooksColumn, readonly string[]>> = {
  kind: ['구분', '거래구분', '유형', '거래유형', '결제취소구분', 'kind', 'type'],
  orderNo: ['주문번호', '주문id', '주문코드', 'orderno', 'orderid', 'ordernumber'],
  paymentKey: ['거래번호', '결제번호', '거래id', '결제id', '결제고유번호', 'paymentkey', 'paymentid', 'transactionid'],
  at: [
    '일시',
    '거래일시',
    '거래일',
    '거래일자',
    '일자',
    '날짜',
    '결제일시',
    '처리일시',
    'date',
    'datetime',
    'time',
    'at',
  ],
  amount: ['금액', '거래금액', 'amount'],
  method: ['결제수단', '지불수단', 'method', 'paymentmethod'],
  pg: ['pg', 'pg사', '결제대행사'],
  note: ['비고', '메모', '적요', 'note', 'memo'],
}

const NEEDED = ['kind', 'at', 'amount'] as const satisfies readonly BooksColumn[]

const columnOfName: ReadonlyMap<string, BooksColumn> = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [name, column as BooksColumn] as const)),
)

function columnOf(name: string, paymentKeyNames: ReadonlySet<string>): BooksColumn | undefined {
  const normalised = normalisedName(name)
  return paymentKeyNames.has(normalised) ? 'paymentKey' : columnOfName.get(normalised)
}

export function countBooksNames(cells: readonly string[], paymentKeyNames: readonly string[]): number {
  const keys = new Set(paymentKeyNames.map(normalisedName))
  return new Set(cells.map((cell) => columnOf(cell, keys)).filter((column) => column !== undefined)).size
}

/** Books have a kind and a time in every row; a refund file asks for money and has neither. */
export function looksBooksHeader(header: readonly string[]): boolean {
  const columns = new Set(header.map((name) => columnOf(name, new Set())))
  return columns.has('kind') && columns.has('at') && columns.has('amount')
}

/** Problems: file-header-missing-column, file-header-duplicate-column. */
export function mapBooksColumns(
  header: readonly string[],
  paymentKeyNames: readonly string[],
): Result<ReadonlyMap<BooksColumn, number>, Problem> {
  const keys = new Set(paymentKeyNames.map(normalisedName))
  const columns = new Map<BooksColumn, number>()
  for (const [index, name] of header.entries()) {
    const column = columnOf(name, keys)
    if (column === undefined) continue
    const earlier = columns.get(column)
    if (earlier !== undefined)
      return fail(problem('file-header-duplicate-column', { column, first: header[earlier] ?? '', second: name }))
    columns.set(column, index)
  }
  const missing = NEEDED.find((column) => !columns.has(column))
  if (missing !== undefined) return fail(problem('file-header-missing-column', { column: missing }))
  if (!columns.has('orderNo') && !columns.has('paymentKey'))
    return fail(problem('file-header-missing-column', { column: 'orderNo' }))
  return ok(columns)
}
