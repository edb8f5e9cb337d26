import * as v from 'valibot'

/**
 * Korean won as a whole number: the won has no minor unit, so minor units and won are the same number.
 * Signed: a difference or a correction may be negative; an amount to refund is a `RefundAmount`.
 */
export type Won = number & { readonly __brand: 'Won' }

/** A won amount that may be sent to a PG: whole, greater than 0. A PG reads 0 or nothing as "refund everything". */
export type RefundAmount = Won & { readonly __positive: true }

/** ISO 4217 code; only KRW is refunded from here, other currencies are shown. */
export type Currency = string

/** The greatest amount this program handles: a thousand billion won, far below where doubles lose whole numbers. */
export const WON_MAX = 1_000_000_000_000

export function isWon(value: unknown): value is Won {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= WON_MAX
}

/** Makes won of a whole number; throws on anything else, since a wrong amount is never an expected case inside. */
export function won(value: number): Won {
  if (!isWon(value)) throw new RangeError(`not a won amount: ${String(value)}`)
  return value === 0 ? (0 as Won) : value
}

export function isRefundAmount(value: unknown): value is RefundAmount {
  return isWon(value) && value > 0
}

/** Makes an amount to refund; throws on 0, negatives and fractions. */
export function refundAmount(value: number): RefundAmount {
  if (!isRefundAmount(value)) throw new RangeError(`not a positive won amount: ${String(value)}`)
  return value
}

export function addWon(...amounts: readonly Won[]): Won {
  return won(amounts.reduce((sum, amount) => sum + amount, 0))
}

export function subtractWon(from: Won, amount: Won): Won {
  return won(from - amount)
}

export const wonSchema = v.custom<Won>(isWon, 'whole won')
export const refundAmountSchema = v.custom<RefundAmount>(isRefundAmount, 'positive whole won')
