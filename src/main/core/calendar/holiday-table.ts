import * as presets from '@hyunbinseo/holidays-kr/all'
import * as v from 'valibot'
import { isLabourDay, type Holidays } from '../../../domain/business-day'
import { KstDateSchema, type KstDate } from '../../../domain/time'

/** Where the bundled table comes from: the library's version, and the day on which it was published. */
export const HOLIDAY_SOURCE = { version: '5.2027.1', publishedOn: v.parse(KstDateSchema, '2026-08-21') } as const

/** Its name until the gazette took it up. */
const LABOUR_DAY_NAME = '근로자의 날'
const YEAR_NAME = /^y(\d{4})$/

/** Public and substitute holidays of each year of the official gazette, with Labour Day also in the years before 2026. */
export const BUNDLED_YEARS: ReadonlyMap<number, ReadonlyMap<KstDate, string>> = new Map(
  Object.entries(presets).flatMap(([name, days]) => {
    const year = YEAR_NAME.exec(name)?.[1]
    return year === undefined ? [] : [[Number(year), readYear(year, days)]]
  }),
)

function readYear(year: string, days: Readonly<Record<string, readonly string[]>>): ReadonlyMap<KstDate, string> {
  const read = Object.entries(days).map(([day, names]) => [v.parse(KstDateSchema, day), names.join(' · ')] as const)
  if (!read.some(([day]) => isLabourDay(day))) {
    read.push([v.parse(KstDateSchema, `${year}-05-01`), LABOUR_DAY_NAME])
  }
  return new Map(read.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

export const BUNDLED_DAYS: ReadonlyMap<KstDate, string> = new Map(
  [...BUNDLED_YEARS.values()].flatMap((days) => [...days]),
)

export interface HolidayEdit {
  readonly day: KstDate
  readonly kind: 'closed' | 'struck'
  readonly name: string
}

/** The bundled table with what people added and struck out. */
export function holidaysWith(edits: readonly HolidayEdit[]): Holidays {
  const closed = new Map(BUNDLED_DAYS)
  const struck = new Set<KstDate>()
  for (const { day, kind, name } of edits) {
    if (kind === 'closed') closed.set(day, name)
    else {
      closed.delete(day)
      struck.add(day)
    }
  }
  return { closed, struck }
}
