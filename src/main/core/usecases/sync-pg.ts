import type { SyncReport } from '../../../contract/views'
import { paymentIdOf, type ChannelId, type PaymentId } from '../../../domain/ids'
import type { PgPayment } from '../../../domain/payment'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { openAttemptOf } from '../ledger/attempts'
import { openDriftPile } from '../ledger/drifts'
import { differingPayments, findPayment, noteSync } from '../ledger/payments'
import { lastSeen } from '../ledger/pg-words'
import type { Reading } from '../reading-order'
import { recordReading } from '../record-reading'
import type { PaymentRef } from '../pg/gateway'
import { resolveAttempt } from '../runner/look'
import type { Task } from '../task-board'
import { reconcilePayment } from './reconcile'

const DAY_MS = 24 * 60 * 60 * 1000
/** Payments written in one unit of work: a slice of well under 50 ms. */
const SLICE = 50

/**
 * Reads every payment of the last days from the PG by list, and compares each. A payment paid earlier whose partial
 * cancel is recent does not appear in a window of paid payments, so every payment that we know and that the list did not
 * show is not judged here; `readPayments` reads those by id. Problems: those of the gateway, cancelled.
 */
export async function syncPg(context: CoreContext, who: string, days: number): Promise<Result<SyncReport, Problem>> {
  return context.tasks.run('sync', async (task) => {
    const startedAtMs = context.nowMs()
    const list = await readList(context, days, task)
    if (!list.ok) return list
    const { seen, paymentsNew } = list.value
    const drift = context.ledger.read(() => openDriftPile(context.ledger))
    context.ledger.write(() => {
      context.ledger.audit.append({
        who,
        action: 'sync.done',
        subject: 'payments',
        detail: { read: seen.size, new: paymentsNew, days },
      })
    })
    context.changed('payments', 'home', 'drift', 'drafts', 'audit')
    return ok({
      paymentsRead: seen.size,
      paymentsNew,
      driftFound: drift.count,
      driftAmount: drift.amount,
      startedAtMs,
      endedAtMs: context.nowMs(),
    })
  })
}

/** Reads every channel's list of the last days, page by page. Problems: those of the gateway, cancelled. */
export async function readList(
  context: CoreContext,
  days: number,
  task: Task,
): Promise<Result<{ readonly seen: ReadonlySet<PaymentId>; readonly paymentsNew: number }, Problem>> {
  const startedAtMs = context.nowMs()
  const seen = new Set<PaymentId>()
  let paymentsNew = 0
  for (const channel of context.channels.list()) {
    const { reads } = context.gatewayOf(channel.channelId)
    // Its payments come by notifications: only what a crash kept from being compared is compared now.
    if (reads.kind === 'requests') {
      await compareTold(context, channel.channelId)
      continue
    }
    const pages = reads.list({ status: 'all', fromMs: startedAtMs - days * DAY_MS, toMs: startedAtMs }, task.signal)
    let reading = context.readings.ask()
    for await (const page of pages) {
      const read = context.connection.watch(page)
      if (!read.ok) return fail(ofChannel(context, channel, read.problem))
      if (task.signal.aborted) return fail(problem('cancelled'))
      paymentsNew += await takePayments(context, read.value.payments, reading)
      reading = context.readings.ask()
      for (const payment of read.value.payments) seen.add(payment.paymentId)
      task.progress(read.value.done, Math.max(read.value.all, read.value.done))
    }
    context.ledger.write(() => noteSync(context.ledger, channel.channelId, context.nowMs()))
  }
  return ok({ seen, paymentsNew })
}

async function compareTold(context: CoreContext, channelId: ChannelId): Promise<void> {
  const differing = context.ledger.read(() => differingPayments(context.ledger, channelId))
  for (const [index, paymentId] of differing.entries()) {
    reconcilePayment(context, paymentId)
    if (index % SLICE === SLICE - 1) await context.breathe()
  }
}

/** With the channel's name where there are several: the others may be fine. */
function ofChannel(context: CoreContext, { name }: { readonly name: string }, found: Problem): Problem {
  return context.channels.list().length > 1 ? problem(found.code, { ...found.values, channel: name }) : found
}

/** Writes what the PG showed when it was asked, and compares it, in slices. Answers how many payments are new. */
export async function takePayments(
  context: CoreContext,
  payments: readonly PgPayment[],
  reading: Reading,
): Promise<number> {
  let added = 0
  for (let start = 0; start < payments.length; start += SLICE) {
    const slice = payments.slice(start, start + SLICE)
    context.ledger.write(() => {
      for (const payment of slice) if (recordReading(context, payment, reading)) added += 1
    })
    for (const payment of slice) {
      const open = context.ledger.read(() => openAttemptOf(context.ledger, payment.paymentId))
      // What is under way is settled first, so that our own cancel is never told as drift.
      if (open !== null) resolveAttempt(context, open.attemptId, payment, reading)
      reconcilePayment(context, payment.paymentId)
    }
    await context.breathe()
  }
  return added
}

/**
 * Reads payments by key or order number, `lookupMax` in one call. Problems: those of the gateway. What the PG does not
 * know is simply not there afterwards. Of a PG that shows no payments, what it has told of those in the ledger.
 */
export async function readPayments(
  context: CoreContext,
  channelId: ChannelId,
  refs: readonly PaymentRef[],
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<Result<readonly PgPayment[], Problem>> {
  const { reads } = context.gatewayOf(channelId)
  if (reads.kind === 'requests') return ok(toldOf(context, channelId, refs))
  const found: PgPayment[] = []
  for (let start = 0; start < refs.length; start += reads.lookupMax) {
    const reading = context.readings.ask()
    const answer = context.connection.watch(await reads.lookup(refs.slice(start, start + reads.lookupMax), signal))
    if (!answer.ok) return answer
    found.push(...answer.value.found)
    await takePayments(context, answer.value.found, reading)
    onProgress?.(Math.min(start + reads.lookupMax, refs.length))
  }
  return ok(found)
}

function toldOf({ ledger }: CoreContext, channelId: ChannelId, refs: readonly PaymentRef[]): PgPayment[] {
  return ledger.read(() =>
    refs.flatMap((ref) => {
      const paymentId = ref.by === 'pg-key' ? paymentIdOf(channelId, ref.key) : null
      return paymentId === null || findPayment(ledger, paymentId) === null ? [] : [lastSeen(ledger, paymentId)]
    }),
  )
}
