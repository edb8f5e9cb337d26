import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import {
  addBusinessDays,
  addDays,
  isBusinessDay,
  isCalendarDay,
  missingHolidayYear,
  nextBusinessDay,
  readCalendarDay,
  sameOrNextBusinessDay,
  weekdayOf,
  type Holidays,
} from '../../src/domain/business-day'
import { kstDate, KstDateSchema, type KstDate } from '../../src/domain/time'

const day = (text: string): KstDate => v.parse(KstDateSchema, text)
const kst = (text: string): KstDate => kstDate(Date.parse(`${text}+09:00`))
const holidays: Holidays = {
  closed: new Map(
    ['2026-12-25', '2027-01-01', '2026-09-24', '2026-09-25', '2026-10-03', '2026-10-05'].map((text) => [
      day(text),
      '쉬는 날',
    ]),
  ),
  struck: new Set([day('2026-10-09'), day('2028-05-01'), day('2026-11-28')]),
}

describe('a day of the calendar', () => {
  test.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-13-01', false],
    ['2026-04-31', false],
    ['0000-00-00', false],
  ])('%s: %s', (text, is) => {
    expect(isCalendarDay(day(text))).toBe(is)
  })

  test('is read as somebody types it, and nothing else is', () => {
    expect(readCalendarDay(' 2026-12-24 ')).toBe('2026-12-24')
    for (const text of ['', '2026-12-2', '24.12.2026', '2026-02-30', '2026-12-24T00:00']) {
      expect(readCalendarDay(text), text).toBeNull()
    }
  })

  test('has its weekday, Monday to Sunday', () => {
    const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']
    expect(days.map((text) => weekdayOf(day(text)))).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(weekdayOf(day('2028-02-29'))).toBe(2)
  })

  test('has the next one over the ends of months, years and a leap February', () => {
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01')
    expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29')
    expect(addDays(day('2027-02-28'), 1)).toBe('2027-03-01')
    expect(addDays(day('2027-01-01'), -1)).toBe('2026-12-31')
    expect(() => addDays(day('2026-02-30'), 1)).toThrow('calendar')
  })
})

describe('a business day', () => {
  test.each([
    ['a Tuesday', '2026-11-24', true],
    ['a Friday', '2026-11-27', true],
    ['a Saturday', '2026-11-28', false],
    ['a Sunday', '2026-11-29', false],
    ['a public holiday', '2026-12-25', false],
    ['a substitute holiday', '2026-10-05', false],
    ['the day after it', '2026-10-06', true],
    ['Labour Day of a year that the table does not have', '2029-05-01', false],
    ['Labour Day that somebody struck out', '2028-05-01', true],
    ['a holiday that somebody struck out', '2026-10-09', true],
    ['a Saturday that somebody struck out', '2026-11-28', false],
  ])('%s, %s: %s', (_, text, is) => {
    expect(isBusinessDay(day(text), holidays)).toBe(is)
  })

  test('changes at midnight in Seoul, not in London', () => {
    // Thursday 23:59:59 and Friday, Christmas, 00:00:00 in Seoul are the same Thursday in London.
    expect(isBusinessDay(kst('2026-12-24T23:59:59'), holidays)).toBe(true)
    expect(isBusinessDay(kst('2026-12-25T00:00:00'), holidays)).toBe(false)
    expect(isBusinessDay(kst('2026-12-25T08:59:59'), holidays)).toBe(false)
    expect(isBusinessDay(kst('2026-11-30T00:00:00'), holidays)).toBe(true)
    expect(isBusinessDay(kst('2026-11-29T23:59:59'), holidays)).toBe(false)
  })

  test('follows a closed day, over weekends, holidays and the end of the year', () => {
    expect(nextBusinessDay(day('2026-11-24'), holidays)).toBe('2026-11-25')
    expect(nextBusinessDay(day('2026-11-27'), holidays)).toBe('2026-11-30')
    expect(nextBusinessDay(day('2026-11-28'), holidays)).toBe('2026-11-30')
    expect(nextBusinessDay(day('2026-09-23'), holidays)).toBe('2026-09-28')
    expect(nextBusinessDay(day('2026-12-31'), holidays)).toBe('2027-01-04')
    expect(nextBusinessDay(day('2028-02-28'), holidays)).toBe('2028-02-29')
    expect(sameOrNextBusinessDay(day('2026-11-24'), holidays)).toBe('2026-11-24')
    expect(sameOrNextBusinessDay(day('2026-12-25'), holidays)).toBe('2026-12-28')
  })

  test('is counted from the day after', () => {
    expect(addBusinessDays(day('2026-11-24'), 0, holidays)).toBe('2026-11-24')
    expect(addBusinessDays(day('2026-11-24'), 1, holidays)).toBe('2026-11-25')
    expect(addBusinessDays(day('2026-11-24'), 7, holidays)).toBe('2026-12-03')
    // Friday 18 December: two weekends, Christmas, New Year.
    expect(addBusinessDays(day('2026-12-18'), 10, holidays)).toBe('2027-01-05')
  })

  const anyDay = fc.integer({ min: 0, max: 4000 }).map((days) => addDays(day('2024-01-01'), days))
  test('that is next is always open, always later, and nothing between is open', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.array(anyDay, { maxLength: 40 }),
        fc.array(anyDay, { maxLength: 10 }),
        (from, shut, open) => {
          const table: Holidays = { closed: new Map(shut.map((one) => [one, 'x'])), struck: new Set(open) }
          const next = nextBusinessDay(from, table)
          expect(isBusinessDay(next, table)).toBe(true)
          expect(next > from).toBe(true)
          for (let between = addDays(from, 1); between < next; between = addDays(between, 1)) {
            expect(isBusinessDay(between, table)).toBe(false)
          }
        },
      ),
    )
  })
})

describe('a year missing in the table', () => {
  const years = [2025, 2026]
  test.each([
    ['2026-09-30', null],
    ['2026-10-01', 2027],
    ['2026-12-31', 2027],
    // The year itself is missing at any time of it.
    ['2027-01-01', 2027],
    ['2027-06-15', 2027],
  ])('is told on %s as %s', (today, missing) => {
    expect(missingHolidayYear(day(today), years)).toBe(missing)
  })

  test('is none while the next year is there', () => {
    expect(missingHolidayYear(day('2025-10-01'), years)).toBeNull()
    expect(missingHolidayYear(day('2025-12-31'), years)).toBeNull()
  })
})
