import { CsvError, parse } from 'csv-parse/sync'

import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { runToEnd, type Sliced } from './slices'

export interface TableLimits {
  readonly fieldCharactersMax: number
  readonly columnsMax: number
  readonly rowsMax: number
}

export const TABLE_LIMITS: TableLimits = { fieldCharactersMax: 64 * 1024, columnsMax: 100, rowsMax: 100_000 }

export const DELIMITERS = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export interface TableRecord {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface Table {
  readonly header: readonly string[]
  readonly headerLine: number
  readonly records: readonly TableRecord[]
  readonly delimiter: Delimiter
  /** A last row that sums up the others (합계); it is not among the records. */
  readonly totalRow: TableRecord | null
}

/** How well a row would do as the header; 0 = not at all. Lets the caller, who knows the names, find it under a title. */
export type HeaderScore = (cells: readonly string[]) => number

/** A title and a few remarks may stand above the header. */
const HEADER_SEARCH_ROWS = 20
const SLICE_CHARACTERS = 128 * 1024
/** Spreadsheets save empty rows, of which they have 1,048,576; more lines than that are no table. */
const LINES_MAX = 1_100_000
const TOTAL_LABEL = /^(?:합계|총계|총합계|총합|소계|계|total|grandtotal|sum)(?:금액)?(?:\d+건)?$/u

const plainScore: HeaderScore = (cells) => (cells.filter((cell) => cell.trim() !== '').length >= 2 ? 1 : 0)

/**
 * Text to a table. Problems: file-malformed-csv (with the line), file-too-many-columns, file-too-many-rows,
 * file-field-too-long, file-empty.
 */
export function readTable(
  text: string,
  limits: TableLimits,
  headerScore: HeaderScore = plainScore,
): Result<Table, Problem> {
  return runToEnd(tableSlices(text, limits, headerScore))
}

export function* tableSlices(
  text: string,
  limits: TableLimits,
  headerScore: HeaderScore = plainScore,
): Sliced<Result<Table, Problem>> {
  const named = /^sep=(?<delimiter>[,;\t|])\r?\n?/iu.exec(text)
  const body = named === null ? text : text.slice(named[0].length)
  const firstLine = named === null ? 1 : 2
  const delimiter = (named?.groups?.['delimiter'] as Delimiter | undefined) ?? sniffDelimiter(body, headerScore)
  if (hasMoreLines(body, LINES_MAX)) return fail(problem('file-too-many-rows', { max: limits.rowsMax }))
  yield
  const records: TableRecord[] = []
  let line = firstLine
  for (const slice of recordSlices(body, delimiter, limits)) {
    if (!slice.ok) return fail(withLine(slice.problem, line))
    const parsed = parseSlice(slice.value, delimiter, line, limits)
    if (!parsed.ok) return parsed
    for (const record of parsed.value.records) records.push(record)
    line = parsed.value.nextLine
    // Header, title and total rows do not count; refused here already so that a huge file does not fill the memory.
    if (records.length > limits.rowsMax + HEADER_SEARCH_ROWS + 1)
      return fail(problem('file-too-many-rows', { max: limits.rowsMax }))
    yield
  }
  return toTable(records, delimiter, limits, headerScore)
}

function toTable(
  all: readonly TableRecord[],
  delimiter: Delimiter,
  limits: TableLimits,
  headerScore: HeaderScore,
): Result<Table, Problem> {
  const headerAt = findHeader(all, headerScore)
  const header = all[headerAt]
  if (header === undefined) return fail(problem('file-empty'))
  const below = all.slice(headerAt + 1)
  const last = below.at(-1)
  const totalRow = last !== undefined && isTotalRow(last) ? last : null
  const records = totalRow === null ? below : below.slice(0, -1)
  if (records.length > limits.rowsMax)
    return fail(problem('file-too-many-rows', { rows: records.length, max: limits.rowsMax }))
  return ok({ header: header.cells, headerLine: header.line, records, delimiter, totalRow })
}

function findHeader(records: readonly TableRecord[], headerScore: HeaderScore): number {
  let best = 0
  let bestScore = 0
  for (const [index, record] of records.slice(0, HEADER_SEARCH_ROWS).entries()) {
    const score = headerScore(record.cells)
    if (score > bestScore) {
      best = index
      bestScore = score
    }
  }
  return best
}

function isTotalRow(record: TableRecord): boolean {
  return record.cells.some(isTotalLabel)
}

/** 합계 and its like, with or without a count of rows. */
export function isTotalLabel(cell: string): boolean {
  return TOTAL_LABEL.test(
    cell
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s:()]/gu, ''),
  )
}

/**
 * The delimiter under which one of the first lines makes the best header, and among equals the one that splits most.
 * Quotes are not read here: a name of a column holds no delimiter.
 */
function sniffDelimiter(body: string, headerScore: HeaderScore): Delimiter {
  const lines = body.slice(0, SLICE_CHARACTERS).split(/\r\n|\n|\r/u, HEADER_SEARCH_ROWS)
  const rank = (delimiter: Delimiter): number =>
    Math.max(
      ...lines.map((text) => {
        const cells = text.split(delimiter).map((cell) => cell.replaceAll('"', ''))
        return headerScore(cells) * 1000 + Math.min(cells.length, 999)
      }),
    )
  return DELIMITERS.reduce((best, delimiter) => (rank(delimiter) > rank(best) ? delimiter : best))
}

/**
 * Cuts the text at ends of records, which are line ends with an even number of quotes before them. A quote that is never
 * closed ends the search at the length of the longest honest record; the parser then names its line.
 */
function* recordSlices(body: string, delimiter: Delimiter, limits: TableLimits): Generator<Result<string, Problem>> {
  const recordMax = limits.columnsMax * limits.fieldCharactersMax
  const lineEnd = lineEndOf(body)
  for (let from = 0; from < body.length;) {
    const columns = columnsOfEndlessLine(body.slice(from, from + SLICE_CHARACTERS), delimiter)
    if (columns > limits.columnsMax)
      return yield fail(problem('file-too-many-columns', { columns, max: limits.columnsMax }))
    let to = nextLineEnd(body, lineEnd, from + SLICE_CHARACTERS)
    let quotesOdd = hasOddQuotes(body.slice(from, to))
    while (quotesOdd && to < body.length && to - from <= recordMax) {
      const end = nextLineEnd(body, lineEnd, to)
      quotesOdd = quotesOdd !== hasOddQuotes(body.slice(to, end))
      to = end
    }
    if (to - from > SLICE_CHARACTERS + recordMax)
      return yield fail(problem('file-field-too-long', { max: limits.fieldCharactersMax }))
    yield ok(body.slice(from, to))
    from = to
  }
}

/** Ten million columns are told from their beginning, before they fill the memory; 0 where the line ends or is quoted. */
function columnsOfEndlessLine(start: string, delimiter: Delimiter): number {
  return /[\n\r"]/u.test(start) ? 0 : start.split(delimiter).length
}

function lineEndOf(body: string): string {
  return body.includes('\n') ? '\n' : '\r'
}

function hasMoreLines(body: string, max: number): boolean {
  const lineEnd = lineEndOf(body)
  let lines = 0
  for (let at = body.indexOf(lineEnd); at >= 0 && lines <= max; at = body.indexOf(lineEnd, at + 1)) lines += 1
  return lines > max
}

function nextLineEnd(body: string, lineEnd: string, from: number): number {
  const at = from >= body.length ? -1 : body.indexOf(lineEnd, from)
  return at < 0 ? body.length : at + 1
}

function hasOddQuotes(part: string): boolean {
  let odd = false
  for (let at = part.indexOf('"'); at >= 0; at = part.indexOf('"', at + 1)) odd = !odd
  return odd
}

interface ParsedSlice {
  readonly records: readonly TableRecord[]
  readonly nextLine: number
}

function parseSlice(
  slice: string,
  delimiter: Delimiter,
  firstLine: number,
  limits: TableLimits,
): Result<ParsedSlice, Problem> {
  let rows: readonly (readonly string[])[]
  try {
    rows = parse(slice, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      quote: '"',
      escape: '"',
      columns: false,
      cast: false,
      trim: false,
      bom: false,
      comment: null,
      relax_quotes: false,
      // A short or long row is told row by row, with its line.
      relax_column_count: true,
      // Empty lines are needed to count lines; they are dropped below.
      skip_empty_lines: false,
      max_record_size: limits.columnsMax * limits.fieldCharactersMax * 2,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      return fail(problem('file-field-too-long', { line: firstLine, max: limits.fieldCharactersMax }))
    return fail(problem('file-malformed-csv', { line: firstLine + linesBefore(slice, error) }))
  }
  const records: TableRecord[] = []
  let line = firstLine
  for (const cells of rows) {
    if (cells.length > limits.columnsMax)
      return fail(problem('file-too-many-columns', { line, columns: cells.length, max: limits.columnsMax }))
    let breaks = 0
    let empty = true
    for (const cell of cells) {
      if (cell === '') continue
      empty = empty && cell.trim() === ''
      if (cell.length > limits.fieldCharactersMax)
        return fail(problem('file-field-too-long', { line, max: limits.fieldCharactersMax }))
      if (cell.includes('\n') || cell.includes('\r')) breaks += cell.split(/\r\n|\n|\r/u).length - 1
    }
    if (!empty) records.push({ line, cells })
    line += 1 + breaks
  }
  return ok({ records, nextLine: line })
}

/** Lines of the slice above the fault; a quote that never closes is told where it opens, not where the text ends. */
function linesBefore(slice: string, error: CsvError): number {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return slice.slice(0, slice.lastIndexOf('"')).split(/\r\n|\n|\r/u).length - 1
  const lines: unknown = error['lines']
  return typeof lines === 'number' ? lines - 1 : 0
}

function withLine(found: Problem, line: number): Problem {
  return problem(found.code, { ...found.values, line })
}
