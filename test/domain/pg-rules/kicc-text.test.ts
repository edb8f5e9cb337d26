import { describe, expect, it } from 'vitest'
import { KICC_BYTES_MAX, kiccTextTrouble } from '../../../src/domain/pg-rules/kicc-text'

describe('a text for KICC', () => {
  it.each(['나예금', 'Hong Gil-dong', '(주)가나다 3층 #2', '뷁', '☎ 02-123', '', 'ａ１'])('%j is taken', (text) => {
    expect(kiccTextTrouble(text, 100)).toBeNull()
  })

  it.each(["'", '"', '<', '>', '\\', ';', '|', '&', '\r', '\n', '\t', '\0', '\u0085'])(
    '%j is forbidden',
    (character) => {
      expect(kiccTextTrouble(`가${character}나`, 100)).toBe('forbidden-character')
    },
  )

  it.each(['😀', '⌚', '❤️', '1️⃣', '👨‍👩‍👧', '𠀀', '\u200b', '\u202e', '\ufeff', '\ud83d'])(
    '%j has no place in EUC-KR',
    (text) => {
      expect(kiccTextTrouble(`가${text}`, 100)).toBe('not-in-euc-kr')
    },
  )

  it('is counted in bytes of UTF-8, up to the edge', () => {
    expect(kiccTextTrouble(`${'가'.repeat(16)}ab`, KICC_BYTES_MAX.holder)).toBeNull()
    expect(kiccTextTrouble('가'.repeat(17), KICC_BYTES_MAX.holder)).toBe('too-long')
  })
})
