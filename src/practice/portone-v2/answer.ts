/** What every PortOne V2 answer looks like: no envelope; a failure is a status and a `type`. */
export interface V2Answer {
  readonly status: number
  readonly content: unknown
}

/** The documented types with their statuses; the last two are documented in prose or not at all. */
export const ERROR_STATUS = {
  INVALID_REQUEST: 400,
  NEGATIVE_PROMOTION_ADJUSTED_CANCEL_AMOUNT: 400,
  PROMOTION_DISCOUNT_RETAIN_OPTION_SHOULD_NOT_BE_CHANGED: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  PAYMENT_NOT_FOUND: 404,
  PAYMENT_NOT_PAID: 409,
  PAYMENT_ALREADY_CANCELLED: 409,
  CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN: 409,
  CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT: 409,
  CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT: 409,
  CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT: 409,
  SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT: 409,
  MAX_CANCEL_COUNT_REACHED: 409,
  // The overview page names the type and 409; the schema does not carry it.
  IDEMPOTENCY_OUTSTANDING_REQUEST: 409,
  // Own word: what PortOne answers at a path that it does not have is not documented.
  NOT_FOUND: 404,
} as const
export type ErrorType = keyof typeof ERROR_STATUS

export const done = (content: unknown): V2Answer => ({ status: 200, content })

/** The words are the practice PG's own: PortOne documents the types only. */
export const failed = (type: ErrorType, message: string): V2Answer => ({
  status: ERROR_STATUS[type],
  content: { type, message },
})

/** The provider behind said no, or PortOne did not understand what it said. */
export const providerError = (pgCode: string, pgMessage: string): V2Answer => ({
  status: 502,
  content: { type: 'PG_PROVIDER', message: 'PG사에서 오류를 전달하였습니다.', pgCode, pgMessage },
})
