import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { ChannelInput } from '../../../contract/channels'
import type { BatchView, PersonView } from '../../../contract/views'
import { canonicalBatch } from '../../../domain/batch-content'
import { BatchIdSchema, RowIdSchema, type BatchId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { addBatchEvent, findBatch, freezeBatch, insertBatch, setBatchState } from '../ledger/batches'
import { closeDraft, draftPositions, findDraft } from '../ledger/drafts'
import type { Ledger } from '../ledger/open-ledger'
import { endWaiting, hasUnfinished } from '../ledger/outbox'
import { contentRows, excludeBlocked, insertRow } from '../ledger/refund-rows'
import { finishBatch } from '../runner/settle'
import { headOf, isDuplicate } from './draft-shape'
import { showBatch } from './show-batches'
import { readDraftRows } from './show-draft'

/**
 * Makes a batch of the fine rows of a draft. Problems: not-found, batch-empty, name-missing, duplicates-unconfirmed (rows
 * that may pay again what is paid or promised already, and nobody has said that they are meant).
 */
export function createBatch(
  context: CoreContext,
  maker: PersonView,
  { draftId, name, duplicatesIntended }: ChannelInput<'batch.create'>,
): Result<BatchView, Problem> {
  const { ledger } = context
  const draft = ledger.read(() => findDraft(ledger, draftId))
  if (draft?.state !== 'open') return fail(problem('not-found'))
  if (name === '') return fail(problem('name-missing'))
  const { positions } = ledger.read(() =>
    draftPositions(ledger, draftId, ['fine', 'warning'], 0, Number.MAX_SAFE_INTEGER),
  )
  const rows = readDraftRows(context, draftId, positions)
  if (rows.length === 0) return fail(problem('batch-empty'))
  const duplicates = rows.filter(isDuplicate).length
  if (duplicates > 0 && !duplicatesIntended) return fail(problem('duplicates-unconfirmed', { rows: duplicates }))
  const head = headOf(draft)
  const batchId = v.parse(BatchIdSchema, context.newId('batch'))
  const atMs = context.nowMs()
  ledger.write(() => {
    insertBatch(ledger, {
      batchId,
      name,
      makerId: maker.personId,
      createdAtMs: atMs,
      fileHash: draft.fileHash,
      head: {
        fileName: head.fileName,
        header: head.header,
        takenAs: head.takenAs,
        importedBefore: head.earlier !== null,
      },
    })
    rows.forEach((row, position) => {
      if (row.order === null) throw new Error(`line ${row.line} of draft ${draftId} has no order`)
      insertRow(ledger, {
        rowId: v.parse(RowIdSchema, context.newId('row')),
        batchId,
        position,
        line: row.line,
        order: row.order,
        cells: row.cells,
        warnings: row.problems.filter((each) => each.severity === 'warning').map((each) => each.code),
      })
    })
    addBatchEvent(ledger, batchId, 'created', atMs, maker.personId)
    closeDraft(ledger, draftId, 'used')
    ledger.audit.append({
      who: maker.personId,
      action: 'batch.created',
      subject: batchId,
      detail: { rows: rows.length, duplicates, sha256: draft.fileHash },
    })
  })
  context.changed('drafts', 'batches', 'home')
  return showBatch(context, batchId)
}

/** SHA-256 over every field of every row that would be sent, in order: what an approval signs. */
export function contentHashOf(ledger: Ledger, batchId: BatchId): string {
  const orders = contentRows(ledger, batchId).map((row) => row.order)
  return createHash('sha256').update(canonicalBatch(orders)).digest('hex')
}

/**
 * Freezes the content for approval. Problems: not-found, batch-not-own, batch-wrong-state,
 * batch-empty, batch-has-blocked-rows.
 */
export function submitBatch(
  context: CoreContext,
  maker: PersonView,
  batchId: BatchId,
  withoutBlocked: boolean,
): Result<BatchView, Problem> {
  const { ledger } = context
  const result = ledger.write((): Result<null, Problem> => {
    const batch = findBatch(ledger, batchId)
    if (batch === null) return fail(problem('not-found'))
    if (batch.makerId !== maker.personId) return fail(problem('batch-not-own'))
    if (batch.state !== 'draft' && batch.state !== 'checked')
      return fail(problem('batch-wrong-state', { state: batch.state }))
    const left = contentRows(ledger, batchId)
    const blocked = left.filter((row) => row.checkVerdict !== null && row.checkVerdict !== 'pass').length
    if (blocked > 0 && !withoutBlocked) return fail(problem('batch-has-blocked-rows', { rows: blocked }))
    if (blocked === left.length) return fail(problem('batch-empty'))
    if (blocked > 0) excludeBlocked(ledger, batchId)
    const contentHash = contentHashOf(ledger, batchId)
    const atMs = context.nowMs()
    freezeBatch(ledger, batchId, contentHash, atMs)
    addBatchEvent(ledger, batchId, 'submitted', atMs, maker.personId)
    ledger.audit.append({
      who: maker.personId,
      action: 'batch.submitted',
      subject: batchId,
      detail: { rows: left.length - blocked, leftOut: blocked, contentHash },
    })
    return ok(null)
  })
  if (!result.ok) return result
  context.changed('batches', 'rows', 'home')
  return showBatch(context, batchId)
}

/**
 * The maker takes a batch back; once it is approved, a checker may stop it too. What was sent stays sent; every waiting
 * row ends and gives back what was held. Problems: not-found, batch-not-own, reason-missing, batch-wrong-state.
 */
export function withdrawBatch(
  context: CoreContext,
  who: PersonView,
  batchId: BatchId,
  reason: string,
): Result<BatchView, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const result = ledger.write((): Result<null, Problem> => {
    const batch = findBatch(ledger, batchId)
    if (batch === null) return fail(problem('not-found'))
    const approved = batch.state === 'approved' || batch.state === 'running'
    const mayStop = batch.makerId === who.personId || (approved && who.roles.includes('checker'))
    if (!mayStop) return fail(problem('batch-not-own'))
    const atMs = context.nowMs()
    const hadUnfinished = hasUnfinished(ledger, batchId)
    const ended = endWaiting(ledger, batchId, 'cancelled', atMs)
    if (batch.state === 'running') {
      // With every row under way there is nothing to end yet, but what comes back unsent must not be sent again.
      if (!hadUnfinished) return fail(problem('batch-wrong-state', { state: batch.state }))
      finishBatch(context, batchId, atMs)
    } else if (
      batch.state === 'draft' ||
      batch.state === 'checked' ||
      batch.state === 'submitted' ||
      batch.state === 'approved'
    ) {
      setBatchState(ledger, batchId, 'withdrawn')
    } else {
      return fail(problem('batch-wrong-state', { state: batch.state }))
    }
    addBatchEvent(ledger, batchId, 'withdrawn', atMs, who.personId, reason)
    ledger.audit.append({ who: who.personId, action: 'batch.withdrawn', subject: batchId, detail: { rows: ended } })
    return ok(null)
  })
  if (!result.ok) return result
  context.changed('batches', 'rows', 'home')
  return showBatch(context, batchId)
}
