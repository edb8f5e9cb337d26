/** What `remainAmount` of a request is held against: the documents contradict each other, so a merchant is told which. */
export type RemainAmountMeaning = 'before' | 'after' | 'ignore'
/** `settlement`: D+1, types 60 and 62. `real-time`: type 63. A merchant orders one or the other. */
export type RefundService = 'settlement' | 'real-time'

export interface KiccMerchant {
  readonly mallId: string
  /** No secret of anything: it opens the practice PG only. */
  readonly secret: string
  readonly service: RefundService
  readonly remainAmount: RemainAmountMeaning
}

/** The two MIDs of the one practice merchant. */
export const KICC_MERCHANTS: readonly KiccMerchant[] = [
  { mallId: 'T0000001', secret: 'practice-kicc-secret-1', service: 'settlement', remainAmount: 'before' },
  { mallId: 'T0000002', secret: 'practice-kicc-secret-2', service: 'real-time', remainAmount: 'ignore' },
]

export const merchantOf = (mallId: unknown): KiccMerchant | undefined =>
  KICC_MERCHANTS.find((merchant) => merchant.mallId === mallId)
