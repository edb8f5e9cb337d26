import { describe, expect, it } from 'vitest'
import { PASTE_CHARS_MAX } from '../../../../src/contract/pg'
import { outcomesOf, pasteState, toneOf } from '../../../../src/renderer/features/drift/notices-facts'

const nothing = { paymentsNew: 0, cancelsNew: 0, paidOut: 0, payoutFailed: 0, known: 0, ignored: 0 }
const quiet = { payoutFailed: 0, problemsAll: 0, driftFound: 0 }

describe('what an import of notifications came to', () => {
  it('is told with what came back first, and without noughts', () => {
    expect(outcomesOf({ ...nothing, paidOut: 12, payoutFailed: 1, known: 3 })).toEqual([
      { outcome: 'payoutFailed', count: 1 },
      { outcome: 'paidOut', count: 12 },
      { outcome: 'known', count: 3 },
    ])
    expect(outcomesOf(nothing)).toEqual([])
  })

  it('is as grave as the gravest of it', () => {
    expect(toneOf(quiet)).toBe('grey')
    expect(toneOf({ ...quiet, driftFound: 1 })).toBe('violet')
    expect(toneOf({ ...quiet, driftFound: 1, problemsAll: 1 })).toBe('amber')
    expect(toneOf({ payoutFailed: 1, driftFound: 1, problemsAll: 1 })).toBe('red')
  })
})

describe('pasted notifications', () => {
  it('are taken whole or not at all', () => {
    expect(pasteState('{"notiType":"50"}')).toBe('fine')
    expect(pasteState('x'.repeat(PASTE_CHARS_MAX))).toBe('fine')
    expect(pasteState('x'.repeat(PASTE_CHARS_MAX + 1))).toBe('too-long')
  })

  it('are not there while there is only blank', () => {
    expect(pasteState(' \n ')).toBe('empty')
  })
})
