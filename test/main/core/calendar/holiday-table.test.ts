import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { isBusinessDay } from '../../../../src/domain/business-day'
import { KstDateSchema, type KstDate } from '../../../../src/domain/time'
import {
  BUNDLED_DAYS,
  BUNDLED_YEARS,
  HOLIDAY_SOURCE,
  holidaysWith,
} from '../../../../src/main/core/calendar/holiday-table'
import { holidayName } from '../../../../src/renderer/features/settings/holiday-names'

const day = (text: string): KstDate => v.parse(KstDateSchema, text)

describe('the bundled table', () => {
  test('says the version that is installed: a new one needs its own day of publication', () => {
    const manifest: unknown = JSON.parse(readFileSync('node_modules/@hyunbinseo/holidays-kr/package.json', 'utf8'))
    expect(manifest).toMatchObject({ version: HOLIDAY_SOURCE.version, license: 'MIT' })
  })

  test('has every year from 2018 to 2027, none of them thin', () => {
    expect([...BUNDLED_YEARS.keys()].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, at) => 2018 + at),
    )
    for (const [year, days] of BUNDLED_YEARS) {
      expect(days.size, String(year)).toBeGreaterThanOrEqual(15)
      expect([...days.keys()].every((one) => one.startsWith(String(year)))).toBe(true)
    }
  })

  test.each([
    ['2026-02-17', '설날'],
    ['2026-03-02', '대체공휴일(3ㆍ1절)'],
    ['2026-06-03', '전국동시지방선거'],
    ['2026-07-17', '제헌절'],
    ['2026-10-05', '대체공휴일(개천절)'],
    ['2025-05-05', '어린이날 · 부처님 오신 날'],
    ['2027-05-03', '대체공휴일(노동절)'],
  ])('closes banks on %s, %s', (text, name) => {
    expect(BUNDLED_DAYS.get(day(text))).toBe(name)
    expect(isBusinessDay(day(text), holidaysWith([]))).toBe(false)
  })

  test('has Labour Day in every year, also where the gazette did not count it', () => {
    for (const year of BUNDLED_YEARS.keys()) {
      expect(BUNDLED_DAYS.get(day(`${year}-05-01`)), String(year)).toBe(year < 2026 ? '근로자의 날' : '노동절')
    }
  })

  test('has an English name for every holiday', () => {
    for (const name of BUNDLED_DAYS.values()) expect(holidayName(name, 'en'), name).toMatch(/^[A-Za-z' ()·]+$/)
    expect(holidayName('어린이날 · 부처님 오신 날', 'ko')).toBe('어린이날 · 부처님 오신 날')
    expect(holidayName('창립기념일', 'en')).toBe('창립기념일')
  })
})

describe('what people change', () => {
  test('closes a day, and opens a holiday', () => {
    const holidays = holidaysWith([
      { day: day('2026-11-24'), kind: 'closed', name: '임시공휴일' },
      { day: day('2026-12-25'), kind: 'struck', name: '기독탄신일' },
      { day: day('2026-05-01'), kind: 'struck', name: '노동절' },
    ])
    expect(isBusinessDay(day('2026-11-24'), holidays)).toBe(false)
    expect(isBusinessDay(day('2026-12-25'), holidays)).toBe(true)
    expect(isBusinessDay(day('2026-05-01'), holidays)).toBe(true)
    // The table itself is as it was.
    expect(isBusinessDay(day('2026-12-25'), holidaysWith([]))).toBe(false)
  })
})
