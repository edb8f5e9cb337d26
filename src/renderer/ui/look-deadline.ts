import type { RowView } from '../../contract/views'
import type { PgKind } from '../../domain/pg'

/** PGs that answer about a request only for a while, after which no look-up settles it any more. */
const FORGETTING: readonly PgKind[] = ['kicc']

/** `until`, `past`: how long the program looks by itself. `pgUntil`, `pgPast`: how long the PG answers at all. */
export type DeadlineWord = 'until' | 'past' | 'pgUntil' | 'pgPast'

/** Until when an open outcome is looked for, and whether that is over; null where nothing is open. */
export function deadlineOf(
  { pg, lookUntilMs }: Pick<RowView, 'pg' | 'lookUntilMs'>,
  nowMs: number,
): { readonly word: DeadlineWord; readonly atMs: number; readonly past: boolean } | null {
  if (lookUntilMs === null) return null
  const past = nowMs >= lookUntilMs
  const word = FORGETTING.includes(pg) ? (past ? 'pgPast' : 'pgUntil') : past ? 'past' : 'until'
  return { word, atMs: lookUntilMs, past }
}
