import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { addDays, isBusinessDay, type Holidays } from '../../../src/domain/business-day'
import { PAYMENT_METHODS, type PaymentMethod } from '../../../src/domain/payment'
import { payoutDueOn, payoutRule } from '../../../src/domain/pg-rules/payout-rules'
import type { RuleScope } from '../../../src/domain/pg-rules/rule'
import { kstDate, KstDateSchema, type KstDate } from '../../../src/domain/time'

const day = (text: string): KstDate => v.parse(KstDateSchema, text)
const kst = (text: string): number => Date.parse(`${text}+09:00`)
const holidays: Holidays = {
  closed: new Map([
    [day('2026-12-24'), '시험'],
    [day('2026-12-25'), '기독탄신일'],
    [day('2027-01-01'), '1월 1일'],
  ]),
  struck: new Set(),
}
const scope = (provider: string, method: PaymentMethod): RuleScope => ({
  pg: provider === 'easypay' ? 'kicc' : 'portone-v1',
  provider,
  method,
})
const due = (provider: string, at: string): KstDate | null =>
  payoutDueOn(scope(provider, 'virtual-account'), kst(at), holidays)

describe('a refund to an account', () => {
  test.each([
    ['2026-11-24T00:00:00', '2026-11-25'],
    ['2026-11-24T23:59:59', '2026-11-25'],
    ['2026-11-27T18:00:00', '2026-11-30'],
    ['2026-11-28T10:00:00', '2026-11-30'],
    ['2026-11-29T23:59:59', '2026-11-30'],
    ['2026-11-30T00:00:00', '2026-12-01'],
    ['2026-12-23T10:00:00', '2026-12-28'],
    ['2026-12-31T10:00:00', '2027-01-04'],
  ])('accepted at %s is due on %s, the next business day', (at, on) => {
    expect(due('kcp', at)).toBe(on)
    expect(due('smartro_v2', at)).toBe(on)
    expect(due('ksnet', at)).toBe(on)
  })

  test.each([
    ['Monday', '2026-11-23T00:00:00', '2026-11-26'],
    ['Tuesday, the last moment', '2026-11-24T23:59:59', '2026-11-26'],
    ['Wednesday, the first moment', '2026-11-25T00:00:00', '2026-12-03'],
    ['Thursday', '2026-11-26T09:00:00', '2026-12-03'],
    ['Friday', '2026-11-27T09:00:00', '2026-12-03'],
    ['Saturday', '2026-11-28T09:00:00', '2026-12-03'],
    ['Sunday', '2026-11-29T23:59:59', '2026-12-03'],
    ['Monday before a closed Thursday and Friday', '2026-12-21T09:00:00', '2026-12-28'],
    ['Wednesday before a closed Thursday', '2026-12-23T09:00:00', '2026-12-31'],
  ])('of KG Mobilians, asked on a %s, is paid on a Thursday', (_, at, on) => {
    expect(due('mobilians', at)).toBe(on)
  })

  test('of Kiwoom Pay is not late before the seventh business day', () => {
    expect(due('daou', '2026-11-24T10:00:00')).toBe('2026-12-03')
    expect(due('daou', '2026-12-23T10:00:00')).toBe('2027-01-06')
  })

  test('of KICC is due on the next business day, of a mobile payment as well', () => {
    for (const method of ['virtual-account', 'mobile'] as const)
      expect(payoutDueOn(scope('easypay', method), kst('2026-11-27T18:00:00'), holidays)).toBe('2026-11-30')
    expect(payoutDueOn(scope('easypay', 'card'), kst('2026-11-27T18:00:00'), holidays)).toBeNull()
    // The key of another interface is no provider of this one.
    expect(payoutDueOn({ ...scope('kcp', 'virtual-account'), pg: 'kicc' }, 0, holidays)).toBeNull()
  })

  test('of a PG that the rule book does not know has no date', () => {
    expect(due('newcomer', '2026-11-24T10:00:00')).toBeNull()
    expect(due('constructor', '2026-11-24T10:00:00')).toBeNull()
  })
})

test('nothing is due where the money goes back the way it came, or where nobody says when', () => {
  for (const method of PAYMENT_METHODS.filter((one) => one !== 'virtual-account')) {
    for (const provider of ['kcp', 'mobilians', 'daou', 'smartro_v2']) {
      expect(
        payoutDueOn(scope(provider, method), kst('2026-11-24T10:00:00'), holidays),
        `${provider} ${method}`,
      ).toBeNull()
    }
  }
  expect(payoutRule(scope('kcp', 'card'))?.kind).toBe('payout-final')
  expect(payoutRule(scope('kcp', 'transfer'))?.kind).toBe('payout-unknown')
})

test('every rule names its source', () => {
  for (const provider of ['kcp', 'mobilians', 'daou', 'smartro_v2', 'ksnet']) {
    for (const method of PAYMENT_METHODS)
      expect(payoutRule(scope(provider, method))?.source).toMatch(/^(guide|docs|own rule): /)
  }
})

test('a due date is never a closed day and never on or before the day of acceptance', () => {
  const start = kst('2024-01-01T00:00:00')
  const anyAt = fc.integer({ min: 0, max: 4 * 366 * 24 * 60 }).map((minutes) => start + minutes * 60_000)
  const anyDay = fc.integer({ min: 0, max: 1500 }).map((days) => addDays(day('2024-01-01'), days))
  fc.assert(
    fc.property(
      fc.constantFrom('kcp', 'mobilians', 'daou', 'smartro_v2', 'ksnet'),
      anyAt,
      fc.array(anyDay, { maxLength: 80 }),
      fc.array(anyDay, { maxLength: 10 }),
      (provider, at, shut, open) => {
        const table: Holidays = { closed: new Map(shut.map((one) => [one, 'x'])), struck: new Set(open) }
        const on = payoutDueOn(scope(provider, 'virtual-account'), at, table)
        expect(on).not.toBeNull()
        if (on === null) return
        expect(isBusinessDay(on, table)).toBe(true)
        expect(on > kstDate(at)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
