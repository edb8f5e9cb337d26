import { fail, ok, type Result } from '../../../domain/result'

export type JsonTrouble = 'malformed' | 'duplicate-key'

/**
 * Reads JSON that came over the wire. A key that stands twice in one object is refused: parsers disagree on which of
 * the two counts, so a duplicate can hide another amount behind the one we read.
 */
export function parseJson(text: string): Result<unknown, JsonTrouble> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail('malformed')
  }
  return countKeys(value) === countColons(text) ? ok(value) : fail('duplicate-key')
}

/** The parsed value has one key less than the text has colons for every key that was written twice. */
function countKeys(root: unknown): number {
  let keys = 0
  // A stack instead of a recursion: deep nesting from outside must not exhaust ours.
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    const isList = Array.isArray(value)
    for (const key of Object.keys(value)) {
      if (!isList) keys += 1
      const inner = (value as Record<string, unknown>)[key]
      if (typeof inner === 'object' && inner !== null) open.push(inner)
    }
  }
  return keys
}

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c

/** Counts colons outside of strings; the text is known to be JSON. */
function countColons(text: string): number {
  let colons = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === COLON) colons += 1
    else if (code === QUOTE) at = endOfString(text, at + 1)
  }
  return colons
}

/** The index of the quote that ends the string whose first character stands at `from`. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at !== -1) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return at
    at = text.indexOf('"', at + 1)
  }
  return text.length
}
