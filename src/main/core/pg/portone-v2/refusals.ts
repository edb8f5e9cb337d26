import type { CancelOutcome } from '../gateway'

export type CleanRefusal = Extract<CancelOutcome, { kind: 'rejected' }>['why']

interface KnownRefusal {
  readonly type: string
  readonly httpStatus: number
  readonly why: CleanRefusal
}

/**
 * Refusals after which surely nothing happened. Source of all: the schema's answers of the cancel, where each is a check of
 * PortOne's own before the PG is called; what a PG says comes as 502 PG_PROVIDER. A refusal that is missing here costs a
 * look-up; a wrong one could cost a refund. Not here: UNAUTHORIZED and FORBIDDEN, as in V1; IDEMPOTENCY_OUTSTANDING_REQUEST,
 * with which the first request still runs.
 */
export const KNOWN_REFUSALS: readonly KnownRefusal[] = [
  { type: 'INVALID_REQUEST', httpStatus: 400, why: 'field-error' },
  { type: 'NEGATIVE_PROMOTION_ADJUSTED_CANCEL_AMOUNT', httpStatus: 400, why: 'field-error' },
  { type: 'PROMOTION_DISCOUNT_RETAIN_OPTION_SHOULD_NOT_BE_CHANGED', httpStatus: 400, why: 'field-error' },
  { type: 'PAYMENT_NOT_FOUND', httpStatus: 404, why: 'no-such-payment' },
  { type: 'PAYMENT_NOT_PAID', httpStatus: 409, why: 'field-error' },
  { type: 'PAYMENT_ALREADY_CANCELLED', httpStatus: 409, why: 'already-cancelled' },
  { type: 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN', httpStatus: 409, why: 'balance-differs' },
  { type: 'CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT', httpStatus: 409, why: 'field-error' },
  { type: 'CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT', httpStatus: 409, why: 'field-error' },
  { type: 'CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT', httpStatus: 409, why: 'field-error' },
  { type: 'SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT', httpStatus: 409, why: 'field-error' },
  { type: 'MAX_CANCEL_COUNT_REACHED', httpStatus: 409, why: 'field-error' },
]

/** What a refusal is known to mean, or null when it proves nothing. */
export function knownRefusal(httpStatus: number, type: string): CleanRefusal | null {
  return KNOWN_REFUSALS.find((known) => known.httpStatus === httpStatus && known.type === type)?.why ?? null
}
