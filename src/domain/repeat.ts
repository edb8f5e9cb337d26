/** Before this the first request may still be running at the PG. */
export const REPEAT_FROM_MS = 10 * 60 * 1000
/** Later than this a balance may have been restored by a bounced payout, so an old checksum could match again. */
export const REPEAT_UNTIL_MS = 2 * 60 * 60 * 1000

export interface RepeatInput {
  /** When the request was last sent, UTC ms. */
  readonly sentAtMs: number
  readonly nowMs: number
  /** The channel's rule says that a cancel shows at once in the balance. */
  readonly synchronous: boolean
  readonly repeatedBefore: boolean
  /** A look-up made now shows balance and history length exactly as stored with the attempt. */
  readonly unchanged: boolean
}

export type RepeatRefusal = 'clock-went-back' | 'changed' | 'repeated-before' | 'not-synchronous' | 'too-late'

export type RepeatDecision =
  | { readonly kind: 'repeat' }
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'person'; readonly why: RepeatRefusal }

/**
 * Whether the program itself may send the byte-identical request again, with the same checksum
 * (docs/architecture.md, decision 6). What it may not decide goes to a person with the evidence.
 */
export function repeatDecision(input: RepeatInput): RepeatDecision {
  const { sentAtMs, nowMs, synchronous, repeatedBefore, unchanged } = input
  const ageMs = nowMs - sentAtMs
  if (!unchanged) return { kind: 'person', why: 'changed' }
  if (repeatedBefore) return { kind: 'person', why: 'repeated-before' }
  if (!synchronous) return { kind: 'person', why: 'not-synchronous' }
  if (ageMs < 0) return { kind: 'person', why: 'clock-went-back' }
  if (ageMs > REPEAT_UNTIL_MS) return { kind: 'person', why: 'too-late' }
  if (ageMs < REPEAT_FROM_MS) return { kind: 'wait', untilMs: sentAtMs + REPEAT_FROM_MS }
  return { kind: 'repeat' }
}
