/**
 * States of a batch. A batch is submitted from `draft` or `checked`: the check asks the PG and is not possible offline,
 * the run judges each row again anyway, and the approval digest says whether it was checked.
 */
export type BatchState =
  | 'draft'
  | 'checked'
  | 'submitted'
  | 'approved'
  | 'running'
  | 'done'
  | 'rejected'
  | 'withdrawn'
  | 'expired'

/** Every allowed step; the ledger's trigger refuses the rest as well. */
export const BATCH_STEPS: Readonly<Record<BatchState, readonly BatchState[]>> = {
  draft: ['checked', 'submitted', 'withdrawn'],
  checked: ['draft', 'submitted', 'withdrawn'],
  submitted: ['approved', 'rejected', 'withdrawn'],
  approved: ['running', 'withdrawn', 'expired', 'done'],
  running: ['done', 'expired'],
  done: [],
  rejected: [],
  withdrawn: [],
  expired: [],
}

export function canStepBatch(from: BatchState, to: BatchState): boolean {
  return BATCH_STEPS[from].includes(to)
}

/** What happens to a batch; also the i18n key of its sentence (`history.<what>`). */
export const BATCH_EVENTS = [
  'created',
  'checked',
  'submitted',
  'approved',
  'rejected',
  'withdrawn',
  'started',
  'finished',
  'expired',
  'ended-by-restore',
  'result-saved',
  'failed-rows-saved',
] as const
export type BatchEvent = (typeof BATCH_EVENTS)[number]
