import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { WON_MAX } from '../../src/domain/money'
import { readRefundAmount, readSignedWon, readWonPart } from '../../src/domain/won-text'

const read = (text: string): number | string => {
  const amount = readRefundAmount(text)
  return amount.ok ? amount.value : amount.problem.code
}

describe('readRefundAmount', () => {
  test.each([
    ['12000', 12_000],
    ['12,000', 12_000],
    ['₩12,000', 12_000],
    ['₩ 12,000', 12_000],
    ['12,000원', 12_000],
    ['12,000 원', 12_000],
    ['1', 1],
    ['999,999,999,999', 999_999_999_999],
    ['1000000000000', WON_MAX],
  ])('reads %j', (text, value) => {
    expect(read(text)).toBe(value)
  })

  test.each([
    ['', 'amount-missing'],
    ['0', 'amount-not-positive'],
    ['-1000', 'amount-not-positive'],
    ['(1,000)', 'amount-not-positive'],
    ['▲1,000', 'amount-not-positive'],
    ['1000.5', 'amount-unreadable'],
    ['1,000.00', 'amount-unreadable'],
    ['1e3', 'amount-unreadable'],
    ['5.6E+5', 'amount-unreadable'],
    ['0x10', 'amount-unreadable'],
    ['12,00', 'amount-unreadable'],
    ['1,2000', 'amount-unreadable'],
    ['1234,567', 'amount-unreadable'],
    [',000', 'amount-unreadable'],
    ['1,,000', 'amount-unreadable'],
    ['12 000', 'amount-unreadable'],
    ['088', 'amount-unreadable'],
    ['00', 'amount-unreadable'],
    ['만원', 'amount-unreadable'],
    ['1만', 'amount-unreadable'],
    ['$12', 'amount-unreadable'],
    ['12,000원원', 'amount-unreadable'],
    ['NaN', 'amount-unreadable'],
    ['Infinity', 'amount-unreadable'],
    ['=1000', 'amount-unreadable'],
    ['+1000', 'amount-unreadable'],
    ['--5', 'amount-unreadable'],
    ['(-5)', 'amount-unreadable'],
    ['1000000000001', 'amount-too-large'],
    ['9007199254740993', 'amount-too-large'],
    ['9'.repeat(400), 'amount-too-large'],
  ])('refuses %j as %s', (text, code) => {
    expect(read(text)).toBe(code)
  })

  test('reads every amount back from each way of writing it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: WON_MAX }),
        fc.constantFrom('', '₩', '₩ '),
        fc.constantFrom('', '원', ' 원'),
        fc.boolean(),
        (value, before, after, grouped) => {
          const digits = grouped ? value.toLocaleString('en-US') : String(value)
          expect(read(`${before}${digits}${after}`)).toBe(value)
        },
      ),
    )
  })

  test('accepts nothing whose digits are not exactly the amount', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9,.\-+eE()₩원x ]{0,12}$/), (text) => {
        const value = read(text)
        if (typeof value === 'number') expect(text.replaceAll(/[,₩원 ]/g, '')).toBe(String(value))
      }),
      { numRuns: 2000 },
    )
  })
})

test('readSignedWon reads negatives as Korean files write them', () => {
  for (const text of ['-1,000', '−1000', '(1,000)', '▲1,000', '△ 1,000원', '-₩1,000'])
    expect(readSignedWon(text)).toEqual({ ok: true, value: -1000 })
  expect(readSignedWon('-0')).toEqual({ ok: true, value: 0 })
})

test('readWonPart takes 0 and refuses negatives', () => {
  expect(readWonPart('0')).toBe(0)
  expect(readWonPart('1,000')).toBe(1000)
  expect(readWonPart('-1')).toBeNull()
  expect(readWonPart('1.5')).toBeNull()
})
