import { canStepBatch, type BatchState } from './batch'
import type { PersonId } from './ids'
import { problem, type Problem } from './problem'
import { fail, ok, type Result } from './result'

export interface ApprovalInput {
  readonly makerId: PersonId
  readonly checkerId: PersonId
  readonly checkerRoles: readonly string[]
  readonly batchState: BatchState
  /** The hash that stood on the screen when the checker decided. */
  readonly contentHashShown: string
  /** The hash of the rows as they lie in the ledger now. */
  readonly contentHashNow: string
  /** When the batch was last checked against the PG; null = never. */
  readonly checkedAtMs: number | null
  readonly nowMs: number
}

export interface ApprovalVerdict {
  readonly contentHash: string
  /** Age of the last check against the PG, ms; null = never checked. Shown on the digest and kept with the approval. */
  readonly checkAgeMs: number | null
}

/**
 * Whether this person may approve this content now. There is no role that skips the second person.
 * Problems: batch-wrong-state, role-missing, approver-is-maker, content-changed.
 */
export function judgeApproval(input: ApprovalInput): Result<ApprovalVerdict, Problem> {
  if (!canStepBatch(input.batchState, 'approved'))
    return fail(problem('batch-wrong-state', { state: input.batchState }))
  if (!input.checkerRoles.includes('checker')) return fail(problem('role-missing', { role: 'checker' }))
  if (input.checkerId === input.makerId) return fail(problem('approver-is-maker'))
  // An empty hash would equal another empty one.
  if (input.contentHashShown === '' || input.contentHashShown !== input.contentHashNow)
    return fail(problem('content-changed'))
  return ok({
    contentHash: input.contentHashNow,
    checkAgeMs: input.checkedAtMs === null ? null : Math.max(0, input.nowMs - input.checkedAtMs),
  })
}
