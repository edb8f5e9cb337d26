import iconv from 'iconv-lite'

/** Enough to see how a file was spoilt. */
const SAMPLE_CHARACTERS = 64 * 1024
const BROKEN_SIGNS_MIN = 3

/**
 * Text that was read in the wrong encoding once and saved again. Korean read as Western text is a run of accented
 * letters; UTF-8 read as CP949 is full of syllables and Chinese characters that ordinary Korean does not use; a lost
 * character is U+FFFD. A single odd cell is left to the row it stands in.
 */
export function looksBroken(text: string): boolean {
  const sample = text.slice(0, SAMPLE_CHARACTERS)
  const western = sample.match(/[\u0080-\u00FF]{2,}/gu)?.length ?? 0
  const lost = sample.match(/\uFFFD/gu)?.length ?? 0
  const hangul = sample.match(/[\uAC00-\uD7A3]/gu)?.length ?? 0
  if (lost >= BROKEN_SIGNS_MIN || (western >= BROKEN_SIGNS_MIN && western > hangul)) return true
  const { usual, odd } = koreanLetters(sample)
  return odd >= BROKEN_SIGNS_MIN && odd > usual
}

/** Counts the 2,350 everyday syllables of KS X 1001 against the rest of CP949's syllables and Chinese characters. */
function koreanLetters(sample: string): { readonly usual: number; readonly odd: number } {
  const bytes = iconv.encode(sample.replaceAll(/[^\uAC00-\uD7A3\u4E00-\u9FFF\uF900-\uFAFF]/gu, ''), 'cp949')
  let usual = 0
  let odd = 0
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const lead = bytes[at] ?? 0
    const isUsual = lead >= 0xb0 && lead <= 0xc8 && (bytes[at + 1] ?? 0) >= 0xa1
    if (isUsual) usual += 1
    else odd += 1
  }
  return { usual, odd }
}

/** A single cell that is UTF-8 read as CP949: a lost byte shows as `?` beside letters that ordinary Korean does not use. */
export function looksMisread(cell: string): boolean {
  if (!/\?[\uAC00-\uD7A3\u4E00-\u9FFF]|[\uAC00-\uD7A3\u4E00-\u9FFF]\?/u.test(cell)) return false
  const { usual, odd } = koreanLetters(cell)
  return odd > usual
}
