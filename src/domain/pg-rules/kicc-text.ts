import { utf8Bytes } from '../refund-tag'

/** Values with one of these are refused by KICC (its FAQ). Line breaks belong to it; other controls help nobody. */
const FORBIDDEN = /['"<>\\;|&\p{Cc}]/u

/**
 * KICC keeps text in EUC-KR, which holds nothing beyond the basic plane, no emoji and no invisible character. Rare
 * Hangul outside KS X 1001 may fail as well; nobody confirms it, so it is no trouble here.
 */
const NOT_KEPT = /[\u{10000}-\u{10ffff}\p{Emoji_Presentation}\p{Cf}\p{Cs}\uFE0E\uFE0F\u20E3]/u

/** Lengths of texts that people write, in bytes. Whether KICC counts UTF-8 is unconfirmed; it is the stricter count. */
export const KICC_BYTES_MAX = { reason: 100, holder: 50, accountNo: 14, sellerId: 50, itemKey: 20 } as const

export type KiccTextTrouble = 'too-long' | 'forbidden-character' | 'not-in-euc-kr'

/** Why KICC would not take this text as a value, null where nothing is known against it. */
export function kiccTextTrouble(text: string, bytesMax: number): KiccTextTrouble | null {
  if (FORBIDDEN.test(text)) return 'forbidden-character'
  if (NOT_KEPT.test(text)) return 'not-in-euc-kr'
  return utf8Bytes(text) > bytesMax ? 'too-long' : null
}
