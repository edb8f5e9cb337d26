/**
 * States of an attempt in the ledger. `prepared`: committed, nothing sent. `sending`: committed as "may have left".
 * `unknown`: the answer was lost or odd. `unproven`: an answer that refuses, but is not known to be a clean refusal.
 * `pending`: the PG took it, its history does not show it yet. `not-sent`: the PG never took it, as far as can be known.
 * `stopped`: it ended between the intent and the sending, as after a crash there; nothing left.
 */
export const ATTEMPT_STATES = [
  'prepared',
  'sending',
  'unknown',
  'unproven',
  'pending',
  'accepted',
  'rejected',
  'not-sent',
  'stopped',
] as const
export type AttemptState = (typeof ATTEMPT_STATES)[number]

/** Every allowed step; anything else is refused here and by a trigger of the database. */
export const ATTEMPT_STEPS: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  prepared: ['sending', 'stopped'],
  sending: ['accepted', 'pending', 'rejected', 'unknown', 'unproven', 'not-sent'],
  unknown: ['accepted', 'pending', 'rejected', 'not-sent', 'sending'],
  unproven: ['accepted', 'pending', 'rejected', 'not-sent', 'unknown'],
  pending: ['accepted', 'unknown'],
  accepted: [],
  rejected: [],
  'not-sent': [],
  stopped: [],
}

/** An open attempt blocks every other attempt on its payment. */
export const OPEN_ATTEMPT_STATES = [
  'prepared',
  'sending',
  'unknown',
  'unproven',
  'pending',
] as const satisfies readonly AttemptState[]

/**
 * States of a row as people see it (docs/glossary.md has the Korean words).
 * `paid-out` needs proof; for a card `accepted` is final. `payout-failed`: the bank sent the money back.
 */
export const ROW_STATES = [
  'draft',
  'waiting',
  'sending',
  'needs-look',
  'pg-processing',
  'accepted',
  'failed',
  'stopped-drift',
  'stopped-rule',
  'paid-out',
  'payout-failed',
  'cancelled',
  'expired',
] as const
export type RowState = (typeof ROW_STATES)[number]
