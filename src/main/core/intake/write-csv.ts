import type { Newline } from './open-table'

export interface CsvShape {
  /** Korean Excel opens UTF-8 without a mark as CP949. */
  readonly bom: boolean
  readonly newline: Newline
}

/** Full-width forms too: a spreadsheet in an East Asian language may read them as the sign. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/u
const PLAIN_NEGATIVE = /^-\d+(?:,\d{3})*(?:\.\d+)?$/u

/** A cell that a spreadsheet would run as a formula gets a leading quote; negative numbers stay numbers. */
function safeCell(cell: string): string {
  return FORMULA_START.test(cell) && !PLAIN_NEGATIVE.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  return /[",\r\n]/u.test(cell) || /^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** RFC 4180 text of a table, safe to open in a spreadsheet; the text begins with the byte order mark where asked for. */
export function writeCsv(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { bom, newline }: CsvShape,
): string {
  const lines = [header, ...rows].map((cells) => cells.map((cell) => quoted(safeCell(cell))).join(','))
  return `${bom ? '\uFEFF' : ''}${lines.join(newline)}${newline}`
}
