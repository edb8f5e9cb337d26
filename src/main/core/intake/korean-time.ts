const KST_OFFSET_MS = 9 * 60 * 60 * 1000
const YEAR_MIN = 1990
const YEAR_MAX = 2100

export interface KoreanTime {
  /** UTC ms; without an hour it is the beginning of that day in Seoul. */
  readonly atMs: number
  readonly hasTime: boolean
}

const DATE =
  /^(?<year>\d{4})(?:-|\/|\. ?|년 ?)(?<month>\d{1,2})(?:-|\/|\. ?|월 ?)(?<day>\d{1,2})(?:\.|일)?(?:\s*\([월화수목금토일]\))?/u
const COMPACT_DATE = /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})/u
const CLOCK =
  /^(?:[T ] *)?(?<half>오전|오후|am|pm)? *(?<hour>\d{1,2})(?::|시 ?)(?<minute>\d{2})(?:분)?(?:[: ] *(?<second>\d{2})(?:초|\.\d{1,6})?)?(?: *(?<lateHalf>am|pm))?(?<zone>Z|\+09:?00)?$/iu
const COMPACT_CLOCK = /^[T ]?(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?$/u

/**
 * A time as Korean files write it, Seoul time: `2026-11-21 14:02:11`, `2026.11.21`, `2026. 11. 21. 오후 2:02`,
 * `2026년 11월 21일 14시 02분`, `20261121140211`, and ISO with `Z` or `+09:00`. Null for anything else: two-digit years
 * and other orders are not guessed at.
 */
export function readKoreanTime(text: string): KoreanTime | null {
  const date = DATE.exec(text) ?? COMPACT_DATE.exec(text)
  if (date === null) return null
  const dayMs = dayStart(number(date, 'year'), number(date, 'month'), number(date, 'day'))
  if (dayMs === null) return null
  const rest = text.slice(date[0].length).trim()
  if (rest === '') return { atMs: dayMs, hasTime: false }
  const clock = CLOCK.exec(rest) ?? COMPACT_CLOCK.exec(rest)
  const clockMs = clock === null ? null : clockOf(clock)
  if (clock === null || clockMs === null) return null
  const isUtc = clock.groups?.['zone']?.toUpperCase() === 'Z'
  return { atMs: dayMs + clockMs + (isUtc ? KST_OFFSET_MS : 0), hasTime: true }
}

function number(found: RegExpExecArray, name: string): number {
  return Number(found.groups?.[name] ?? 0)
}

function dayStart(year: number, month: number, day: number): number | null {
  if (year < YEAR_MIN || year > YEAR_MAX) return null
  const utc = new Date(Date.UTC(year, month - 1, day))
  // The 31st of a short month would quietly become another day.
  return utc.getUTCMonth() === month - 1 && utc.getUTCDate() === day ? utc.getTime() - KST_OFFSET_MS : null
}

function clockOf(found: RegExpExecArray): number | null {
  const half = (found.groups?.['half'] ?? found.groups?.['lateHalf'] ?? '').toLowerCase()
  const shown = number(found, 'hour')
  if (half !== '' && (shown < 1 || shown > 12)) return null
  const isLate = half === '오후' || half === 'pm'
  const hour = half === '' ? shown : (shown % 12) + (isLate ? 12 : 0)
  const minute = number(found, 'minute')
  const second = number(found, 'second')
  if (hour > 23 || minute > 59 || second > 59) return null
  return ((hour * 60 + minute) * 60 + second) * 1000
}
