import * as v from 'valibot'
import { BatchIdSchema, type PersonId } from '../../../domain/ids'
import { problem } from '../../../domain/problem'
import { addBatchEvent, batchStateOf, setBatchState } from './batches'
import type { Ledger } from './open-ledger'
import { endWaiting, hasUnfinished } from './outbox'
import { readRow, readRows } from './read-rows'
import type { UnitOfWork } from './unit-of-work'

export const QUARANTINE_REASONS = ['restored', 'rolled-back'] as const
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number]

const OpenSchema = v.object({
  quarantineId: v.string(),
  why: v.picklist(QUARANTINE_REASONS),
  sinceMs: v.number(),
  stateAtMs: v.number(),
})
export type OpenQuarantine = v.InferOutput<typeof OpenSchema>

/** The quarantine that holds now, null when refunds may be sent. */
export function openQuarantine(work: Pick<UnitOfWork, 'sql'>): OpenQuarantine | null {
  return readRow(
    OpenSchema,
    work
      .sql(
        `SELECT quarantine_id AS quarantineId, why, since_ms AS sinceMs, state_at_ms AS stateAtMs FROM quarantine q
         WHERE NOT EXISTS (SELECT 1 FROM quarantine_end e WHERE e.quarantine_id = q.quarantine_id)`,
      )
      .get(),
  )
}

/**
 * Puts the ledger into quarantine and ends what must not go on from its state, in one unit of work. A ledger that is
 * quarantined already stays so.
 */
export function beginQuarantine(
  ledger: Ledger,
  begun: {
    readonly why: QuarantineReason
    readonly stateAtMs: number
    /** Id of the person who restored, or `program`. */
    readonly who: string
    readonly reason: string | null
  },
): void {
  ledger.write(() => {
    if (openQuarantine(ledger) !== null) return
    const quarantineId = `quarantine_${Buffer.from(ledger.randomBytes(10)).toString('hex')}`
    ledger
      .sql(
        `INSERT INTO quarantine (quarantine_id, why, since_ms, state_at_ms, who, reason_enc) VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        quarantineId,
        begun.why,
        ledger.nowMs(),
        begun.stateAtMs,
        begun.who,
        begun.reason === null ? null : ledger.cipher.seal(`quarantine.reason:${quarantineId}`, begun.reason),
      )
    const ended = endUnfinishedWork(ledger, Number.MAX_SAFE_INTEGER)
    ledger.audit.append({
      who: begun.who,
      action: `ledger.${begun.why}`,
      subject: 'ledger',
      detail: { stateAtMs: begun.stateAtMs, rows: ended },
    })
  })
}

export interface QuarantineEnd {
  readonly quarantineId: string
  readonly personId: PersonId
  readonly reason: string
  readonly comparedAtMs: number
  readonly payments: number
  readonly differences: number
}

/**
 * Inside a unit of work. What was approved before the quarantine never goes on after it, and what was imported before the
 * comparison was judged without knowing what the comparison found.
 */
export function endQuarantine(ledger: Ledger, end: QuarantineEnd): void {
  endUnfinishedWork(ledger, end.comparedAtMs)
  ledger
    .sql(
      `INSERT INTO quarantine_end (quarantine_id, ended_at_ms, person_id, reason_enc, compared_at_ms, payments, differences)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      end.quarantineId,
      ledger.nowMs(),
      end.personId,
      ledger.cipher.seal(`quarantine_end.reason:${end.quarantineId}`, end.reason),
      end.comparedAtMs,
      end.payments,
      end.differences,
    )
  ledger.audit.append({
    who: end.personId,
    action: 'ledger.quarantine-ended',
    subject: 'ledger',
    detail: { read: end.payments, drift: end.differences },
  })
}

const BatchSchema = v.object({ batchId: BatchIdSchema })

/**
 * Ends every row that waits, and every batch and draft that was made until then and could still become a refund: each of
 * them may have been paid after the state that the ledger went back to. Inside a unit of work. Answers how many rows.
 */
export function endUnfinishedWork(ledger: Ledger, madeUntilMs: number): number {
  const atMs = ledger.nowMs()
  const why = problem('ledger-restored')
  let ended = 0
  const batches = readRows(
    BatchSchema,
    ledger
      .sql(
        `SELECT batch_id AS batchId FROM batch
         WHERE state IN ('approved', 'running')
           OR (state IN ('draft', 'checked', 'submitted') AND created_at_ms <= ?)`,
      )
      .all(madeUntilMs),
  )
  for (const { batchId } of batches) {
    const rows = endWaiting(ledger, batchId, 'expired', atMs, why)
    ended += rows
    const state = batchStateOf(ledger, batchId)
    if (state === 'approved') setBatchState(ledger, batchId, 'expired')
    else if (state !== 'running') setBatchState(ledger, batchId, 'withdrawn')
    else if (!hasUnfinished(ledger, batchId)) setBatchState(ledger, batchId, 'done')
    else if (rows === 0) continue
    addBatchEvent(ledger, batchId, 'ended-by-restore', atMs, null)
  }
  ledger.sql(`DELETE FROM draft WHERE state = 'open' AND imported_at_ms <= ?`).run(madeUntilMs)
  return ended
}
