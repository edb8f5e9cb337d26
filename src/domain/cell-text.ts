import { maskAccount, maskName, maskPhone } from './mask'
import { problem, type RefundColumn, type RowProblem } from './problem'

/** A cell after the rules that hold in every column: nothing is repaired unsaid, and nothing unsafe passes. */
export interface CleanCell {
  readonly text: string
  readonly problems: readonly RowProblem[]
}

/** Printable ASCII and composed Hangul: nothing to look for, which is almost every cell of almost every file. */
const PLAIN = /^[\u0020-\u007E\uAC00-\uD7A3]*$/u

/**
 * Characters that show as nothing, turn the reading direction, look like a space without being one, or are digits of
 * another script. Full-width digits and the ideographic space are not among them: they are corrected and shown.
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \u3000])\p{Zs}|(?![0-9\uFF10-\uFF19])\p{Nd}/gu

/** What remains when UTF-8 or CP949 was read as Western text, or when a character was already lost. */
const BROKEN = /\uFFFD|ï»¿|[ÂÃ][\u0080-\u00BF]|[\u0080-\u009F]|[\u00A1-\u00FF]{4,}/u

const UNSAFE_SHOWN_MAX = 5

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** The free text keeps its own letters (㈜, ①); the other columns are compared and sent, so they have one form only. */
function canonical(column: RefundColumn, text: string): string {
  return text.normalize(column === 'reason' ? 'NFC' : 'NFKC')
}

/**
 * Cleans one cell. ASCII white space around it is not part of it. Any other change is told as a note (text-corrected);
 * values of personal columns are masked. Problems: text-broken-encoding, text-unsafe-character (one per character),
 * text-corrected.
 */
export function cleanCell(column: RefundColumn, raw: string): CleanCell {
  const trimmed = trimAsciiSpace(raw)
  if (PLAIN.test(trimmed)) return { text: trimmed, problems: [] }
  if (!trimmed.isWellFormed() || BROKEN.test(trimmed))
    return { text: trimmed, problems: [{ ...problem('text-broken-encoding'), severity: 'error', column }] }
  // A line break inside a quoted cell is ordinary typing, and a PG's text field has one line.
  const oneLine = trimmed.replaceAll(/[\t\n\r]+/gu, ' ')
  const unsafe = [...new Set(oneLine.match(UNSAFE) ?? [])]
  if (unsafe.length > 0) {
    const problems = unsafe.slice(0, UNSAFE_SHOWN_MAX).map((character): RowProblem => ({
      ...problem('text-unsafe-character', { codePoint: codePointName(character) }),
      severity: 'error',
      column,
    }))
    return { text: trimmed, problems }
  }
  const text = canonical(column, oneLine).trim()
  return { text, problems: text === trimmed ? [] : [correction(column, trimmed, text)] }
}

/** A pattern for the end of a text would take its time with a cell full of spaces. */
function trimAsciiSpace(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isAsciiSpace(text[from])) from += 1
  while (to > from && isAsciiSpace(text[to - 1])) to -= 1
  return text.slice(from, to)
}

function isAsciiSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

const SHOWN_MAX = 100

/** A note that a cell was changed, before and after; personal data is masked, and a long text is cut for showing. */
export function correction(column: RefundColumn, before: string, after: string): RowProblem {
  const show =
    column === 'account'
      ? maskAccount
      : column === 'holder'
        ? maskName
        : column === 'phone'
          ? maskPhone
          : (text: string) => text
  return {
    ...problem('text-corrected', { before: show(before.slice(0, SHOWN_MAX)), after: show(after.slice(0, SHOWN_MAX)) }),
    severity: 'note',
    column,
  }
}

/** Day and month must exist, the seventh digit says century and sex. */
const RESIDENT_NUMBER = /(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?<gap>[ -]?)\d{7}(?!\d)/u

const CHECK_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5] as const

export type ResidentNumberLikeness = 'none' | 'digits' | 'digits-with-check' | 'written-out'

/**
 * Whether a text holds something like a resident registration number. `written-out` has the gap after six digits,
 * `digits-with-check` is thirteen digits whose last one fits (numbers given since October 2020 need not fit).
 */
export function residentNumberLikeness(text: string): ResidentNumberLikeness {
  const found = RESIDENT_NUMBER.exec(text)
  if (found === null) return 'none'
  if (found.groups?.['gap'] !== '') return 'written-out'
  const digits = Array.from(found[0], Number)
  const sum = CHECK_WEIGHTS.reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0)
  return (11 - (sum % 11)) % 10 === digits[12] ? 'digits-with-check' : 'digits'
}
