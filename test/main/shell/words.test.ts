import { describe, expect, test } from 'vitest'
import { PROBLEM_NUMBERS } from '../../../src/domain/problem'
import { stoppedBy, titleOf, wordsOf } from '../../../src/main/shell/words'

function texts(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]]
  return Object.entries(words as object).flatMap(([key, value]) => texts(value, `${path}.${key}`))
}

describe('the words of the dialogs', () => {
  test('say the same things in both languages, and nothing is empty', () => {
    const korean = texts(wordsOf('ko'))
    const english = texts(wordsOf('en'))
    expect(english.map(([path]) => path)).toEqual(korean.map(([path]) => path))
    for (const [path, text] of [...korean, ...english]) expect(text, path).not.toBe('')
    for (const [path, text] of english) expect(text, path).not.toMatch(/[가-힣]/)
  })

  test('quote the number of the problem', () => {
    for (const language of ['ko', 'en'] as const) {
      for (const [code, { detail }] of Object.entries(wordsOf(language).stopped)) {
        const number = PROBLEM_NUMBERS[code === 'other' ? 'unexpected' : (code as keyof typeof PROBLEM_NUMBERS)]
        expect(detail, code).toContain(`(${number})`)
      }
    }
  })

  test('have a sentence for every trouble that ends the program, foreseen or not', () => {
    const words = wordsOf('ko')
    for (const code of [
      'ledger-damaged',
      'ledger-newer',
      'ledger-wrong-mode',
      'ledger-key-wrong',
      'ledger-in-use',
    ] as const) {
      expect(stoppedBy(words, code)).not.toBe(words.stopped.other)
    }
    expect(stoppedBy(words, 'batch-empty')).toBe(words.stopped.other)
  })

  test('title a window by what it asks and by the mode, but for the real one', () => {
    expect(titleOf(wordsOf('ko'), 'live', null)).toBe('환불데스크')
    expect(titleOf(wordsOf('ko'), 'practice', null)).toBe('환불데스크 · 연습')
    expect(titleOf(wordsOf('en'), 'sandbox', 'approve')).toBe('Approve refunds · Refund Desk · Test environment')
  })

  test('of a damaged ledger, shown only without a backup to go back to, say that none was found', () => {
    expect(stoppedBy(wordsOf('ko'), 'ledger-damaged').detail).toContain('백업을 찾지 못했습니다')
    expect(stoppedBy(wordsOf('en'), 'ledger-damaged').detail).toContain('No backup was found')
  })
})
