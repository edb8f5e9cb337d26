/**
 * How old a reading of the PG may be when something is sent on it. Long enough for a hundred payments to be read in one
 * call and sent one after another, short enough that nobody else refunds in between but by rare chance, which the
 * checksum then catches.
 */
export const FRESH_MS = 10_000

/** Whether a reading that was asked for at `askedAtMs` may still be acted on. One from the future was dated by another clock. */
export function isFresh(askedAtMs: number, nowMs: number): boolean {
  return askedAtMs <= nowMs && nowMs - askedAtMs <= FRESH_MS
}
