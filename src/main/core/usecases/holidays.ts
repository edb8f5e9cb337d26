import type { ChannelInput } from '../../../contract/channels'
import type { HolidaysView } from '../../../contract/holidays'
import type { PersonView } from '../../../contract/views'
import { isBusinessDay, isCalendarDay, isWeekend, missingHolidayYear } from '../../../domain/business-day'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { kstDate, type KstDate } from '../../../domain/time'
import { BUNDLED_DAYS, BUNDLED_YEARS, HOLIDAY_SOURCE } from '../calendar/holiday-table'
import { currentHolidays, recountOver } from '../calendar/payout-dates'
import type { CoreContext } from '../context'
import { dropHolidayEdit, holidayEdits, putHolidayEdit, type StoredEdit } from '../ledger/payout-calendar'

const YEARS = [...BUNDLED_YEARS.keys()].toSorted((a, b) => a - b)
const FIRST_YEAR = Math.min(...YEARS)
const LAST_YEAR = Math.max(...YEARS)
/** No due date lies further ahead; a year beyond is a slip of the hand. */
const YEARS_AHEAD_MAX = 3

type ViewedDay = HolidaysView['years'][number]['days'][number]

/** The year whose holidays are missing although dates in it are counted already; null while all is there. */
export function missingHolidays(context: CoreContext): number | null {
  return missingHolidayYear(kstDate(context.nowMs()), YEARS)
}

/** The table from last year on, with what people changed and where it comes from. */
export function showHolidays(context: CoreContext): Result<HolidaysView, Problem> {
  const { ledger } = context
  const thisYear = yearOf(kstDate(context.nowMs()))
  return ledger.read(() => {
    const edits = new Map(holidayEdits(ledger).map((edit) => [edit.day, edit]))
    const days = new Set([...BUNDLED_DAYS.keys(), ...edits.keys()])
    const years = new Set([...YEARS, thisYear, thisYear + 1, ...[...edits.keys()].map(yearOf)])
    return ok({
      version: HOLIDAY_SOURCE.version,
      publishedOn: HOLIDAY_SOURCE.publishedOn,
      firstYear: FIRST_YEAR,
      lastYear: LAST_YEAR,
      missingYear: missingHolidays(context),
      thisYear,
      years: [...years]
        .filter((year) => year >= thisYear - 1)
        .toSorted((a, b) => a - b)
        .map((year) => ({
          year,
          bundled: BUNDLED_YEARS.has(year),
          days: [...days]
            .filter((day) => yearOf(day) === year)
            .toSorted()
            .map((day) => toViewedDay(day, edits.get(day))),
        })),
    })
  })
}

function yearOf(day: KstDate): number {
  return Number(day.slice(0, 4))
}

function toViewedDay(day: KstDate, edit: StoredEdit | undefined): ViewedDay {
  const name = edit?.name ?? BUNDLED_DAYS.get(day) ?? ''
  const base = { day, name, weekend: isWeekend(day) }
  if (edit === undefined) return { ...base, kind: 'bundled', by: null, atMs: null }
  return { ...base, kind: edit.kind === 'closed' ? 'added' : 'struck', by: edit.by, atMs: edit.atMs }
}

/**
 * Adds a closed day, strikes one of the table out, or takes either back; the due dates of unpaid refunds follow.
 * Problems: date-unreadable, name-missing, holiday-closed-already (also a weekend), not-found (nothing to strike out or
 * to take back).
 */
export function saveHoliday(
  context: CoreContext,
  who: PersonView,
  input: ChannelInput<'settings.saveHoliday'>,
): Result<HolidaysView, Problem> {
  const { ledger } = context
  const { day, act } = input
  const lastYear = yearOf(kstDate(context.nowMs())) + YEARS_AHEAD_MAX
  if (!isCalendarDay(day) || yearOf(day) < FIRST_YEAR || yearOf(day) > lastYear) return fail(problem('date-unreadable'))
  const saved = ledger.write((): Result<null, Problem> => {
    const bundled = BUNDLED_DAYS.get(day)
    const name = act === 'close' ? input.name : (bundled ?? '')
    if (act === 'close') {
      if (name === '') return fail(problem('name-missing'))
      if (!isBusinessDay(day, currentHolidays(ledger))) return fail(problem('holiday-closed-already'))
      putHolidayEdit(ledger, { day, kind: 'closed', name }, who.personId, context.nowMs())
    } else if (act === 'strike') {
      if (bundled === undefined) return fail(problem('not-found'))
      putHolidayEdit(ledger, { day, kind: 'struck', name: bundled }, who.personId, context.nowMs())
    } else if (!dropHolidayEdit(ledger, day)) return fail(problem('not-found'))
    ledger.audit.append({
      who: who.personId,
      action: `holiday.${act}`,
      subject: day,
      detail: { name, moved: recountOver(ledger, day) },
    })
    return ok(null)
  })
  if (!saved.ok) return saved
  context.changed('settings', 'rows', 'home', 'batches', 'audit')
  return showHolidays(context)
}
