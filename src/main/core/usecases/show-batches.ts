import type { ChannelInput } from '../../../contract/channels'
import type { BatchSummary, BatchView, RowView } from '../../../contract/views'
import type { BatchId } from '../../../domain/ids'
import { addWon, won, type Won } from '../../../domain/money'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { kstDate } from '../../../domain/time'
import type { CoreContext } from '../context'
import {
  batchByChannel,
  batchByState,
  batchEvents,
  batchSplit,
  findBatch,
  listBatches,
  type Batch,
} from '../ledger/batches'
import { overdueRows, pageOfRows, rowsNeedingLook } from '../ledger/refund-rows'
import { viewRows } from '../views/row-view'

function toSummary(context: CoreContext, batch: Batch): BatchSummary {
  const rejected =
    batch.state === 'rejected'
      ? batchEvents(context.ledger, batch.batchId).findLast((event) => event.what === 'rejected')
      : undefined
  return {
    batchId: batch.batchId,
    name: batch.name,
    state: batch.state,
    makerId: batch.makerId,
    makerName: batch.makerName,
    checkerName: batch.checkerName,
    createdAtMs: batch.createdAtMs,
    submittedAtMs: batch.submittedAtMs,
    approvedAtMs: batch.approvedAtMs,
    approvalExpiresAtMs: batch.approvalExpiresAtMs,
    holdUntilMs: batch.holdUntilMs,
    rows: batch.rows,
    amount: batch.amount,
    byState: batchByState(context.ledger, batch.batchId),
    check: batch.check,
    rejectedReason: rejected?.note ?? null,
  }
}

/** Problems: not-found. */
export function showBatch(context: CoreContext, batchId: BatchId): Result<BatchView, Problem> {
  const { ledger } = context
  return ledger.read((): Result<BatchView, Problem> => {
    const batch = findBatch(ledger, batchId)
    if (batch === null) return fail(problem('not-found'))
    const split = batchSplit(ledger, batchId)
    return ok({
      ...toSummary(context, batch),
      fileName: batch.head.fileName,
      contentHash: batch.contentHash,
      providers: groupBy(split, (each) => each.provider).map(([provider, rest]) => ({ provider, ...rest })),
      methods: groupBy(split, (each) => each.method).map(([method, rest]) => ({ method, ...rest })),
      channels: batchByChannel(ledger, batchId).map((each) => toChannelLine(context, each)),
      history: batchEvents(ledger, batchId),
    })
  })
}

function toChannelLine(
  context: CoreContext,
  line: ReturnType<typeof batchByChannel>[number],
): BatchView['channels'][number] {
  const { name, options } = context.channels.require(line.channelId)
  return {
    channelId: line.channelId,
    name,
    pg: options.pg,
    rows: line.rows,
    amount: line.amount,
    taken: { count: line.takenRows, amount: line.takenAmount },
    failed: { count: line.failedRows, amount: line.failedAmount },
    dueOn: line.dueOn,
  }
}

function groupBy<T extends { readonly count: number; readonly amount: Won }, K>(
  rows: readonly T[],
  keyOf: (row: T) => K,
): [K, { count: number; amount: Won }][] {
  const groups = new Map<K, { count: number; amount: Won }>()
  for (const row of rows) {
    const group = groups.get(keyOf(row)) ?? { count: 0, amount: won(0) }
    groups.set(keyOf(row), { count: group.count + row.count, amount: addWon(group.amount, row.amount) })
  }
  return [...groups]
}

export function showBatches(
  context: CoreContext,
  input: ChannelInput<'batch.list'>,
): Result<{ total: number; rows: BatchSummary[] }, Problem> {
  const { ledger } = context
  return ledger.read(() => {
    const { total, rows } = listBatches(ledger, input.states, input.offset, input.limit)
    return ok({ total, rows: rows.map((batch) => toSummary(context, batch)) })
  })
}

export function showBatchRows(
  context: CoreContext,
  input: ChannelInput<'batch.rows'>,
): Result<{ total: number; rows: RowView[] }, Problem> {
  const { ledger } = context
  return ledger.read(() => {
    const { total, rows } = pageOfRows(ledger, input.batchId, input.filter, input.offset, input.limit)
    return ok({ total, rows: viewRows(context, rows) })
  })
}

export function showRowsNeedingLook(
  context: CoreContext,
  input: ChannelInput<'row.needingLook'>,
): Result<{ total: number; rows: RowView[] }, Problem> {
  const { ledger } = context
  return ledger.read(() => {
    const { total, rows } = rowsNeedingLook(ledger, input.offset, input.limit)
    return ok({ total, rows: viewRows(context, rows) })
  })
}

/** What is overdue follows from the day of the clock; nothing is written at midnight. */
export function showOverdueRows(
  context: CoreContext,
  input: ChannelInput<'row.overdue'>,
): Result<{ total: number; rows: RowView[] }, Problem> {
  const { ledger } = context
  return ledger.read(() => {
    const { total, rows } = overdueRows(ledger, kstDate(context.nowMs()), input.offset, input.limit)
    return ok({ total, rows: viewRows(context, rows) })
  })
}
