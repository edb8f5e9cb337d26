import * as v from 'valibot'
import { assert } from './result'
import { kstDate, KstDateSchema, type KstDate } from './time'

/** Days on which banks do not pay, besides weekends: gathered outside, since the table changes with every gazette. */
export interface Holidays {
  /** Public and substitute holidays, with their names. */
  readonly closed: ReadonlyMap<KstDate, string>
  /** Days that somebody struck out of the table: they count as working days, unless they fall on a weekend. */
  readonly struck: ReadonlySet<KstDate>
}

/** ISO number of a weekday, Monday to Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const DAY_MS = 24 * 60 * 60 * 1000
/** Banks are closed on Labour Day by law; the official table has the day from 2026 on only. */
const LABOUR_DAY = '05-01'

/** Whether this is a day of the calendar: the shape alone lets 2026-02-30 through. */
export function isCalendarDay(date: KstDate): boolean {
  const atMs = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(date)
}

/** A day as somebody typed it, `2026-12-24`; null where it is none. */
export function readCalendarDay(text: string): KstDate | null {
  const day = v.safeParse(KstDateSchema, text.trim())
  return day.success && isCalendarDay(day.output) ? day.output : null
}

export function addDays(date: KstDate, days: number): KstDate {
  assert(isCalendarDay(date), `${date} is a day of the calendar`)
  // Noon of a Seoul day, so that no reading of the instant can fall into the day before or after.
  return kstDate(Date.parse(`${date}T12:00:00+09:00`) + days * DAY_MS)
}

export function weekdayOf(date: KstDate): Weekday {
  assert(isCalendarDay(date), `${date} is a day of the calendar`)
  return (new Date(`${date}T00:00:00Z`).getUTCDay() || 7) as Weekday
}

export function isWeekend(date: KstDate): boolean {
  return weekdayOf(date) >= 6
}

export function isLabourDay(date: KstDate): boolean {
  return date.endsWith(LABOUR_DAY)
}

export function isBusinessDay(date: KstDate, holidays: Holidays): boolean {
  if (isWeekend(date)) return false
  if (holidays.struck.has(date)) return true
  return !isLabourDay(date) && !holidays.closed.has(date)
}

/** The first business day after this day, which itself may be anything. */
export function nextBusinessDay(date: KstDate, holidays: Holidays): KstDate {
  return sameOrNextBusinessDay(addDays(date, 1), holidays)
}

/** The day itself where banks work on it, else the next one on which they do. */
export function sameOrNextBusinessDay(date: KstDate, holidays: Holidays): KstDate {
  let day = date
  // Ends: beyond the last day of the table only weekends and Labour Day are closed.
  while (!isBusinessDay(day, holidays)) day = addDays(day, 1)
  return day
}

/** The nth business day after this day; 0 is the day itself. */
export function addBusinessDays(date: KstDate, days: number, holidays: Holidays): KstDate {
  let day = date
  for (let left = days; left > 0; left -= 1) day = nextBusinessDay(day, holidays)
  return day
}

/** A month from which the official table of the next year has usually been published. */
const NEXT_YEAR_FROM_MONTH = 10

/**
 * The year whose holidays the table should have by now and has not: this year at any time, the next one from October on,
 * since dates in January are then counted already. Null while nothing is missing.
 */
export function missingHolidayYear(today: KstDate, years: readonly number[]): number | null {
  const year = Number(today.slice(0, 4))
  if (!years.includes(year)) return year
  return Number(today.slice(5, 7)) >= NEXT_YEAR_FROM_MONTH && !years.includes(year + 1) ? year + 1 : null
}
