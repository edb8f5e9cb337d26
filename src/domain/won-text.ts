import { refundAmount, subtractWon, won, WON_MAX, type RefundAmount, type Won } from './money'
import { problem, type Problem } from './problem'
import { fail, ok, type Result } from './result'

/** An optional won sign, digits with correct groups of three or none, an optional 원. No leading zero: that is a code, not an amount. */
const AMOUNT = /^(?:₩ ?)?(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*) ?원?$/u
/** How Korean files write a negative amount: a sign, brackets or a triangle. */
const NEGATIVE = /^(?:[-−▲△] ?(?<signed>.+)|\((?<bracketed>.+)\))$/u

type WonTextProblem = 'unreadable' | 'too-large'

function readUnsigned(text: string): Result<Won, WonTextProblem> {
  const digits = AMOUNT.exec(text)?.[1]?.replaceAll(',', '')
  if (digits === undefined) return fail('unreadable')
  // Longer than any amount in range, and perhaps longer than a number holds exactly.
  if (digits.length > String(WON_MAX).length) return fail('too-large')
  const value = Number(digits)
  return value > WON_MAX ? fail('too-large') : ok(won(value))
}

/**
 * Whole won as people write them, `12,000`, `₩12,000`, `12,000원`, negatives with a sign, in brackets or with ▲. Nothing
 * else is guessed at: `1e3`, `1000.5`, `0x10`, `12,00` are unreadable.
 */
export function readSignedWon(text: string): Result<Won, WonTextProblem> {
  const negative = NEGATIVE.exec(text)?.groups
  if (negative === undefined) return readUnsigned(text)
  const size = readUnsigned((negative['signed'] ?? negative['bracketed'] ?? '').trim())
  return size.ok ? ok(subtractWon(won(0), size.value)) : size
}

/** An amount to refund. Problems: amount-missing, amount-unreadable, amount-not-positive, amount-too-large. */
export function readRefundAmount(text: string): Result<RefundAmount, Problem> {
  if (text === '') return fail(problem('amount-missing'))
  const amount = readSignedWon(text)
  if (!amount.ok)
    return fail(
      amount.problem === 'too-large' ? problem('amount-too-large', { max: WON_MAX }) : problem('amount-unreadable'),
    )
  return amount.value > 0 ? ok(refundAmount(amount.value)) : fail(problem('amount-not-positive'))
}

/** A part of an amount, 0 allowed; null where it is not a whole, not negative amount. */
export function readWonPart(text: string): Won | null {
  const amount = readUnsigned(text)
  return amount.ok ? amount.value : null
}
