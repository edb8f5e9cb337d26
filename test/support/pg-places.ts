import { PG_KINDS, type PgKind } from '../../src/domain/pg'

/** One origin for every PG, as the practice PG has it; null for none. */
export const everyPg = <T>(value: T): Record<PgKind, T> =>
  Object.fromEntries(PG_KINDS.map((pg) => [pg, value])) as Record<PgKind, T>
