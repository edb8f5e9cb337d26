import { describe, expect, test } from 'vitest'

import { BANKS, bankName, findBank } from '../../src/domain/bank'

const codeOf = (text: string): string | readonly string[] => {
  const found = findBank(text)
  if (found.kind === 'one') return found.bank.code
  return found.kind === 'many' ? found.banks.map((bank) => bank.code) : 'none'
}

describe('findBank', () => {
  test.each([
    ['신한', '088'],
    ['신한은행', '088'],
    [' 신한 은행 ', '088'],
    ['국민', '004'],
    ['KB국민은행', '004'],
    ['kb', '004'],
    ['대구은행', '031'],
    ['iM뱅크', '031'],
    ['ｉＭ뱅크', '031'],
    ['카카오뱅크', '090'],
    ['카카오페이증권', '288'],
    ['토스', '092'],
    ['토스증권', '271'],
    ['축협', '012'],
    ['농협은행', '011'],
    ['부산', '032'],
    ['088', '088'],
    ['88', '088'],
    ['4', '004'],
    ['０８８', '088'],
    ['088 신한은행', '088'],
    ['신한은행(088)', '088'],
    ['농협(012)', '012'],
  ])('takes %j for %s', (text, code) => {
    expect(codeOf(text)).toBe(code)
  })

  test.each(['', '신', '한은행', '카카오페이', '신한은행 강남', '999', '1234', 'constructor', 'toString', '은행'])(
    'knows no bank for %j',
    (text) => {
      expect(codeOf(text)).toBe('none')
    },
  )

  test.each([
    ['농협', ['011', '012']],
    ['NH농협', ['011', '012']],
    ['수협중앙회', ['007', '030']],
    ['우리투자증권', ['295', '247']],
    ['026', ['088', '026']],
    ['26', ['088', '026']],
    ['088 국민은행', ['088', '004']],
  ])('asks which one %j means', (text, codes) => {
    expect(codeOf(text)).toEqual(codes)
  })

  test('takes a merged bank for its successor and says so', () => {
    const found = findBank('외환은행')
    expect(found).toMatchObject({ kind: 'one', bank: { code: '081' }, merged: { code: '005' } })
    expect(codeOf('005')).toBe('081')
    expect(findBank('하나은행')).toMatchObject({ merged: null })
  })

  test('finds every institution by its own Korean name, or asks', () => {
    for (const bank of BANKS) {
      const found = codeOf(bank.nameKo)
      if (bank.status === 'merged:081') expect(found).toBe('081')
      else expect([found].flat(), bank.nameKo).toContain(bank.code)
    }
  })

  test('answers a hostile cell at once', () => {
    const startedAt = performance.now()
    expect(codeOf('.'.repeat(65_000))).toBe('none')
    expect(codeOf(`${'가'.repeat(65_000)}088`)).toBe('none')
    expect(performance.now() - startedAt).toBeLessThan(200)
  })
})

test('bankName gives the Korean name, and the code itself where nobody knows it', () => {
  expect(bankName('088')).toBe('신한은행')
  expect(bankName('999')).toBe('999')
})
