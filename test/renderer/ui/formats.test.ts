import { describe, expect, it } from 'vitest'
import { won } from '../../../src/domain/money'
import { kstDate } from '../../../src/domain/time'
import {
  dayText,
  countdownText,
  durationText,
  figureText,
  signedWonText,
  timeLeftMs,
  whenText,
  wonText,
} from '../../../src/renderer/ui/formats'

describe('amounts', () => {
  it('writes won with separators and the unit of the language', () => {
    expect(wonText(won(1_234_000), 'ko')).toBe('1,234,000원')
    expect(wonText(won(1_234_000), 'en')).toBe('₩1,234,000')
    expect(wonText(won(0), 'ko')).toBe('0원')
  })

  it('writes a negative amount with a true minus in front, never in brackets', () => {
    expect(wonText(won(-1000), 'ko')).toBe('−1,000원')
    expect(wonText(won(-1000), 'en')).toBe('−₩1,000')
    expect(figureText(-1000)).toBe('−1,000')
  })

  it('always signs a difference, but for none at all', () => {
    expect(signedWonText(won(1000), 'ko')).toBe('+1,000원')
    expect(signedWonText(won(-1000), 'ko')).toBe('−1,000원')
    expect(signedWonText(won(0), 'ko')).toBe('0원')
  })
})

describe('days', () => {
  const now = Date.UTC(2026, 10, 21, 5, 2)
  const on = (iso: string): ReturnType<typeof kstDate> => kstDate(Date.parse(`${iso}T12:00:00+09:00`))

  it('are written with their weekday, and with the year where it is another', () => {
    expect(dayText(on('2026-11-24'), now, 'ko')).toBe('11/24(화)')
    expect(dayText(on('2026-11-24'), now, 'en')).toBe('Tue 11/24')
    expect(dayText(on('2026-12-06'), now, 'ko')).toBe('12/6(일)')
    expect(dayText(on('2027-01-04'), now, 'ko')).toBe('2027/1/4(월)')
  })

  it('know the year of Seoul', () => {
    const newYear = Date.parse('2026-12-31T15:00:00Z')
    expect(dayText(on('2027-01-04'), newYear, 'ko')).toBe('1/4(월)')
    expect(dayText(on('2027-01-04'), newYear - 1, 'ko')).toBe('2027/1/4(월)')
  })
})

describe('instants', () => {
  const at = Date.UTC(2026, 10, 21, 5, 2)

  it('names today and writes other days as dates', () => {
    expect(whenText(at, at + 3_600_000, 'ko')).toBe('오늘 14:02')
    expect(whenText(at, at + 3_600_000, 'en')).toBe('today 14:02')
    expect(whenText(at, at + 24 * 3_600_000, 'ko')).toBe('2026-11-21 14:02')
  })

  it('changes the day at midnight in Seoul, not in London', () => {
    const lastMinute = Date.UTC(2026, 10, 21, 14, 59)
    expect(whenText(lastMinute, lastMinute + 30_000, 'ko')).toBe('오늘 23:59')
    expect(whenText(lastMinute, lastMinute + 60_000, 'ko')).toBe('2026-11-21 23:59')
  })
})

describe('lengths of time', () => {
  it('names the two greatest units', () => {
    expect(durationText(4_000, 'ko')).toBe('4초')
    expect(durationText(65_000, 'ko')).toBe('1분 5초')
    expect(durationText(12 * 60_000 + 20_000, 'ko')).toBe('12분')
    expect(durationText(80 * 60_000, 'ko')).toBe('1시간 20분')
    expect(durationText(80 * 60_000, 'en')).toBe('1 h 20 min')
  })

  it('counts down by the second, down to nothing and not below', () => {
    expect(countdownText(581_000)).toBe('09:41')
    expect(countdownText(1)).toBe('00:01')
    expect(countdownText(0)).toBe('00:00')
    expect(countdownText(-5_000)).toBe('00:00')
    expect(countdownText(3_600_000)).toBe('1:00:00')
  })

  it('tells the time left from the rate so far, and nothing before a second has passed', () => {
    expect(timeLeftMs(250, 1000, 0, 10_000)).toBe(30_000)
    expect(timeLeftMs(250, 1000, 0, 999)).toBeNull()
    expect(timeLeftMs(0, 1000, 0, 10_000)).toBeNull()
    expect(timeLeftMs(1000, 1000, 0, 10_000)).toBeNull()
  })
})
