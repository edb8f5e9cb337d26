import { findBank } from './bank'
import { correction, residentNumberLikeness } from './cell-text'
import { problem, type ProblemCode, type ProblemValues, type RowProblem, type Severity } from './problem'

/** Excel keeps 15 significant digits of a number and writes zeros for the rest. */
const EXCEL_DIGITS = 15
/** A number in scientific notation saved and opened again keeps six digits; that many zeros at the end are no accident. */
const TRAILING_ZEROS_ODD = 6
const ACCOUNT_DIGITS_MIN = 7
const ACCOUNT_DIGITS_MAX = 16
/** Nothing more is worth saying about a longer one. */
const ACCOUNT_DIGITS_READ_MAX = 40

/**
 * Usual lengths of account numbers, by KFTC code. Common knowledge that no bank publishes in one place: good for a
 * warning (a leading zero may be lost), never for a refusal.
 */
const USUAL_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  '002': [11, 14],
  '003': [10, 11, 12, 14],
  '004': [10, 11, 12, 14],
  '007': [11, 12, 14],
  '011': [11, 12, 13, 14],
  '012': [13, 14],
  '020': [11, 12, 13, 14],
  '023': [11, 14],
  '027': [10, 11, 12, 13],
  '031': [11, 12, 13, 14],
  '032': [12, 13],
  '034': [12, 13],
  '035': [10, 12],
  '037': [12, 13],
  '039': [12, 13],
  '045': [13, 14],
  '071': [12, 13, 14],
  '081': [11, 12, 14],
  '088': [11, 12, 13, 14],
  '090': [13],
  '092': [12, 14],
}
const USUAL_LENGTHS_ANYWHERE: readonly number[] = [10, 11, 12, 13, 14]

export interface AccountReading {
  /** Digits only; null where they cannot be trusted. */
  readonly accountNo: string | null
  readonly problems: readonly RowProblem[]
}

function accountProblem(code: ProblemCode, values?: ProblemValues, severity: Severity = 'error'): RowProblem {
  return { ...problem(code, values), severity, column: 'account' }
}

/**
 * Reads an account number out of a cleaned cell: digits, with hyphens and spaces between them. It never goes through a
 * number, and nothing lost is padded. Problems: account-digits-lost, account-bank-alike, account-unreadable,
 * account-too-long, account-zeros-suspicious, account-length-unusual, text-resident-number, text-corrected.
 * `bank` is the KFTC code of the row, null where it is not known.
 */
export function readAccount(cell: string, bank: string | null): AccountReading {
  if (cell === '') return { accountNo: null, problems: [] }
  if (/^[+-]?\d+(?:[.,]\d*)?e[+-]?\d+$/iu.test(cell))
    return { accountNo: null, problems: [accountProblem('account-digits-lost')] }
  // Excel's own mark for "this is text", kept by some programs.
  const text = cell.startsWith("'") ? cell.slice(1) : cell
  const notes = text === cell ? [] : [correction('account', cell, text)]
  if (!/\d/u.test(text) && findBank(text).kind !== 'none')
    return { accountNo: null, problems: [...notes, accountProblem('account-bank-alike')] }
  const stray = /[^\d -]/u.exec(text)?.[0]
  if (stray !== undefined)
    return { accountNo: null, problems: [...notes, accountProblem('account-unreadable', { character: nameOf(stray) })] }
  const digits = text.replaceAll(/[ -]/gu, '')
  const problems = [...notes, ...judgeDigits(digits, digits !== text, bank), ...judgeResidentNumber(text, bank)]
  return { accountNo: problems.some((found) => found.severity === 'error') ? null : digits, problems }
}

/** Named without its neighbours: the problem's values never carry an account. */
function nameOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `${character} (U+${code})`
}

function judgeDigits(digits: string, separated: boolean, bank: string | null): readonly RowProblem[] {
  const found: RowProblem[] = []
  const length = digits.length
  if (length > ACCOUNT_DIGITS_READ_MAX) return [accountProblem('account-too-long', { length, max: ACCOUNT_DIGITS_MAX })]
  if (length < ACCOUNT_DIGITS_MIN || /^0+$/u.test(digits)) return [accountProblem('account-unreadable', { length })]
  // Hyphens prove that the cell was text, so no spreadsheet has rounded it.
  if (!separated && length > EXCEL_DIGITS && digits.endsWith('0'))
    found.push(accountProblem('account-zeros-suspicious', { length }))
  else if (!separated && trailingZeros(digits) >= TRAILING_ZEROS_ODD)
    found.push(accountProblem('account-zeros-suspicious', { length }, 'warning'))
  if (length > ACCOUNT_DIGITS_MAX) found.push(accountProblem('account-too-long', { length, max: ACCOUNT_DIGITS_MAX }))
  else if (!usualLengths(bank).includes(length)) {
    found.push(accountProblem('account-length-unusual', { length, usual: usualLengths(bank).join(', ') }, 'warning'))
  }
  return found
}

function usualLengths(bank: string | null): readonly number[] {
  return (bank === null ? undefined : USUAL_LENGTHS[bank]) ?? USUAL_LENGTHS_ANYWHERE
}

function trailingZeros(digits: string): number {
  return digits.length - digits.replace(/0+$/u, '').length
}

/**
 * Some banks' numbers have thirteen digits too, and many of them begin like a date. There only the written-out form is
 * refused; a fitting check digit is worth a look.
 */
function judgeResidentNumber(text: string, bank: string | null): readonly RowProblem[] {
  const likeness = residentNumberLikeness(text)
  if (likeness === 'none') return []
  if (likeness === 'written-out' || bank === null || !usualLengths(bank).includes(13))
    return [accountProblem('text-resident-number')]
  return likeness === 'digits-with-check' ? [accountProblem('text-resident-number', undefined, 'warning')] : []
}
