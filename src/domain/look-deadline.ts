import type { RowState } from './attempt-state'
import { addDays } from './business-day'
import type { PgKind } from './pg'
import { REPEAT_UNTIL_MS } from './repeat'
import { kstDayStartMs, type KstDate } from './time'

/**
 * How long the program looks by itself at a request whose outcome is open, counted from when the row came into that
 * state. For a lost answer that is the time in which a repeat is possible; an asynchronous refund that no history shows
 * after three days is nothing that waiting resolves.
 */
const LOOK_MS: Partial<Readonly<Record<RowState, number>>> = {
  'needs-look': REPEAT_UNTIL_MS,
  'pg-processing': 3 * 24 * 60 * 60 * 1000,
}

/** The instant (UTC ms) from which the row is work for a person; null for a row whose outcome is not open. */
export function lookUntilMs(state: RowState, sinceMs: number): number | null {
  const lookMs = LOOK_MS[state]
  return lookMs === undefined ? null : sinceMs + lookMs
}

/** Days for which KICC answers about a request: that of the request and the one after it (docs.kicc.co.kr, query-status). */
const KICC_DAYS = 2

/**
 * The instant (UTC ms) from which the PG says nothing any more about a request of this Seoul day; null where a PG shows
 * payments, for good.
 */
export function requestLookUpEndsMs(pg: PgKind, requestedOn: KstDate): number | null {
  return pg === 'kicc' ? kstDayStartMs(addDays(requestedOn, KICC_DAYS)) : null
}
