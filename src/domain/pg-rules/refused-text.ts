import { assertNever } from '../result'
import type { TextPredicate } from './rule'

/** KICC refuses these and emoji: its back end knows EUC-KR only. */
const KICC_REFUSED = /['"<>\\;|&\r\n]|\p{Emoji_Presentation}|[\u{10000}-\u{10FFFF}]/u

/** The first character of a text that a PG refuses; null where it takes the text. */
export function refusedCharacter(allowed: TextPredicate, text: string): string | null {
  switch (allowed) {
    case 'kicc-text':
      return KICC_REFUSED.exec(text)?.[0] ?? null
    default:
      return assertNever(allowed)
  }
}
