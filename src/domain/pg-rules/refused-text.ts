import { assertNever } from '../result'
import { kiccTextTrouble } from './kicc-text'
import type { TextPredicate } from './rule'

/** The first character of a text that a PG refuses; null where it takes the text. */
export function refusedCharacter(allowed: TextPredicate, text: string): string | null {
  switch (allowed) {
    case 'kicc-text':
      return firstOf(text, (part) => kiccTextTrouble(part, Number.MAX_SAFE_INTEGER) !== null)
    default:
      return assertNever(allowed)
  }
}

function firstOf(text: string, isRefused: (text: string) => boolean): string | null {
  return isRefused(text) ? (Array.from(text).find(isRefused) ?? text) : null
}
