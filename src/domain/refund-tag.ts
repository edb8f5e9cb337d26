import type { CancelFact } from './payment'
import { assert } from './result'

/** Crockford's base 32: no I, L, O, U, so that a tag read aloud stays the same tag. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const PREFIX = 'RD'
const LETTERS = 8
const TAG_BYTES = 5

/** The shortest limit among the PGs whose limit is known (KICC): longer text may be cut at the PG. */
export const REASON_BYTES_MAX = 100
/** What is left for the free text after the tag and a space, in UTF-8 bytes. */
export const FREE_REASON_BYTES_MAX = REASON_BYTES_MAX - PREFIX.length - LETTERS - 1

/** Ten ASCII characters with 40 random bits: names one attempt in a PG's history and says nothing about a person. */
export function tagFromRandom(bytes: Uint8Array): string {
  assert(bytes.length >= TAG_BYTES, `a tag takes ${TAG_BYTES} random bytes`)
  let bits = 0n
  for (const byte of bytes.subarray(0, TAG_BYTES)) bits = (bits << 8n) | BigInt(byte)
  const letters = Array.from(
    { length: LETTERS },
    (_, place) => ALPHABET[Number((bits >> BigInt(5 * place)) & 31n)] ?? '',
  )
  return PREFIX + letters.join('')
}

/** Length in UTF-8, which is what PGs count. */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/**
 * The text stored with a cancel: the tag first, since a PG that shortens it cuts the end. The whole is at most 100 UTF-8
 * bytes; the import refuses a longer reason (reason-too-long), so the cut here is only a last guard and never splits a
 * character.
 */
export function reasonWithTag(tag: string, reason: string): string {
  if (reason === '') return tag
  let text = `${tag} `
  let bytes = utf8Bytes(text)
  for (const character of reason) {
    bytes += utf8Bytes(character)
    if (bytes > REASON_BYTES_MAX) break
    text += character
  }
  return text.trimEnd()
}

/** The tag of any attempt of this program in a stored text, null without one. */
export function tagIn(text: string): string | null {
  return /(?<![0-9A-Z])RD[0-9A-HJKMNP-TV-Z]{8}(?![0-9A-Z])/u.exec(text)?.[0] ?? null
}

export function historyHasTag(cancels: readonly CancelFact[], tag: string): boolean {
  return cancels.some((cancel) => tagIn(cancel.reason) === tag)
}
