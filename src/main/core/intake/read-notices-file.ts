import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { parseJson } from '../pg/json-text'
import { decodeSlices } from './decode-text'
import { runInSlices, type Sliced } from './slices'
import { TABLE_LIMITS, tableSlices } from './read-table'

/** One notification as the merchant's log holds it. */
export interface NoticeLine {
  readonly line: number
  /** An object of the PG's fields; null where the line cannot be read. */
  readonly record: Readonly<Record<string, unknown>> | null
}

export interface NoticesFileOptions {
  /** The PG's own field names, by which a table's header is found. */
  readonly fieldNames: readonly string[]
  readonly yieldNow: () => Promise<void>
}

/** A notification has some thirty short fields. */
const LINE_CHARS_MAX = 64 * 1024
const LINES_MAX = TABLE_LIMITS.rowsMax
const LINES_PER_SLICE = 500

/**
 * A log of notifications: one JSON object a line (whatever a logger wrote before it), a JSON list, or a table whose header
 * names the PG's fields. Problems: those of decodeText and readTable, file-too-many-rows, file-not-notices.
 */
export function readNoticesFile(
  bytes: Uint8Array,
  options: NoticesFileOptions,
): Promise<Result<readonly NoticeLine[], Problem>> {
  return runInSlices(slices(bytes, options), options.yieldNow)
}

function* slices(
  bytes: Uint8Array,
  { fieldNames }: NoticesFileOptions,
): Sliced<Result<readonly NoticeLine[], Problem>> {
  const decoded = yield* decodeSlices(bytes, 'auto')
  if (!decoded.ok) return decoded
  const { text } = decoded.value
  if (text.trimStart().startsWith('[')) return listOf(text)
  if (text.includes('{')) return yield* jsonLines(text)
  return yield* tableRows(text, fieldNames)
}

function listOf(text: string): Result<readonly NoticeLine[], Problem> {
  const json = parseJson(text)
  if (!json.ok || !Array.isArray(json.value)) return fail(problem('file-not-notices'))
  if (json.value.length > LINES_MAX) return fail(problem('file-too-many-rows', { max: LINES_MAX }))
  return ok(json.value.map((value, index) => ({ line: index + 1, record: recordOf(value) })))
}

function* jsonLines(text: string): Sliced<Result<readonly NoticeLine[], Problem>> {
  // A single object that was printed over several lines.
  const whole = parseJson(text.trim())
  if (whole.ok) return ok([{ line: 1, record: recordOf(whole.value) }])
  const found: NoticeLine[] = []
  for (const [index, line] of text.split(/\r\n|\n|\r/u).entries()) {
    if (index % LINES_PER_SLICE === LINES_PER_SLICE - 1) yield
    if (line.trim() === '') continue
    if (found.length >= LINES_MAX) return fail(problem('file-too-many-rows', { max: LINES_MAX }))
    const [from, to] = [line.indexOf('{'), line.lastIndexOf('}')]
    const json = line.length <= LINE_CHARS_MAX && from >= 0 ? parseJson(line.slice(from, to + 1)) : null
    found.push({ line: index + 1, record: json?.ok === true ? recordOf(json.value) : null })
  }
  return ok(found)
}

function* tableRows(text: string, fieldNames: readonly string[]): Sliced<Result<readonly NoticeLine[], Problem>> {
  const known = new Set(fieldNames.map((name) => name.toLowerCase()))
  const score = (cells: readonly string[]): number =>
    cells.filter((cell) => known.has(cell.trim().toLowerCase())).length
  const table = yield* tableSlices(text, TABLE_LIMITS, score)
  if (!table.ok) return table
  const names = table.value.header.map((cell) => {
    const lower = cell.trim().toLowerCase()
    return fieldNames.find((name) => name.toLowerCase() === lower) ?? cell.trim()
  })
  if (score(names) < 2) return fail(problem('file-not-notices'))
  return ok(
    table.value.records.map(({ line, cells }) => ({
      line,
      // An empty cell is a field that the notification did not have.
      record: Object.fromEntries(names.flatMap((name, at) => (cells[at] ? [[name, cells[at].trim()]] : []))),
    })),
  )
}

function recordOf(value: unknown): NoticeLine['record'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null
}
