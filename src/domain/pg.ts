/** The PG interfaces that this program speaks. Which PG stands behind a channel is `PgPayment.provider`. */
export const PG_KINDS = ['portone-v1', 'kicc', 'portone-v2'] as const
export type PgKind = (typeof PG_KINDS)[number]
