import type { NoticesReport } from '../../../contract/pg'
import type { PersonView } from '../../../contract/views'
import type { PaymentId } from '../../../domain/ids'
import type { PgNotice } from '../../../domain/pg-notice'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { readNoticesFile, type NoticeLine } from '../intake/read-notices-file'
import { openAttemptOf } from '../ledger/attempts'
import { openDriftPile } from '../ledger/drifts'
import { lastSeen } from '../ledger/pg-words'
import { NOTICE_FIELD_NAMES, readNotice } from '../pg/registry'
import type { NamedBytes } from '../port'
import { findEffect, resolveAttempt } from '../runner/look'
import { placeNotice, type NoticeSums } from './place-notice'
import { reconcilePayment } from './reconcile'

const PROBLEMS_SHOWN = 200
/** Notifications taken in one unit of work. */
const SLICE = 25

type LineProblem = NoticesReport['problems'][number]

interface ReadNotice {
  readonly line: number
  readonly notice: PgNotice
  readonly record: NonNullable<NoticeLine['record']>
}

/** Payments before their cancels, and those before what became of the money: a log keeps no such order. */
const RANK: Readonly<Record<PgNotice['kind'], number>> = {
  paid: 0,
  cancelled: 1,
  'paid-out': 2,
  'payout-failed': 2,
  withdrawn: 3,
  other: 4,
}

/** Within one rank by time, what does not say its time at last. */
function inOrder({ notice: a }: ReadNotice, { notice: b }: ReadNotice): number {
  const rank = RANK[a.kind] - RANK[b.kind]
  if (rank !== 0) return rank
  if (a.atMs === b.atMs) return 0
  return (a.atMs ?? Infinity) < (b.atMs ?? Infinity) ? -1 : 1
}

/**
 * Takes the PG's notifications out of the merchant's own log, the only place where a PG like KICC tells what became of a
 * refund. Every notification counts once, however often it stands there. Problems: those of readNoticesFile, cancelled.
 * Problems of a line are in the report: notice-unreadable, and those of placeNotice.
 */
export function importNotices(
  context: CoreContext,
  who: PersonView,
  file: NamedBytes,
): Promise<Result<NoticesReport, Problem>> {
  const { ledger } = context
  return context.tasks.run('notices', async (task) => {
    const read = await readNoticesFile(file.bytes, { fieldNames: NOTICE_FIELD_NAMES, yieldNow: context.breathe })
    if (!read.ok) return read
    if (task.signal.aborted) return fail(problem('cancelled'))
    const problems: LineProblem[] = []
    const notices = readAll(read.value, problems)
    const sums: NoticeSums = { paymentsNew: 0, cancelsNew: 0, paidOut: 0, payoutFailed: 0, known: 0, ignored: 0 }
    let done = 0
    for (let start = 0; start < notices.length; start += SLICE) {
      // What was taken stays: the rest can be imported again.
      if (task.signal.aborted) return fail(problem('cancelled'))
      const touched = new Set<PaymentId>()
      ledger.write(() => {
        for (const each of notices.slice(start, start + SLICE)) {
          const found = placeNotice(context, each.notice, each.record, sums, touched)
          if (found !== null) problems.push({ line: each.line, problem: found })
        }
      })
      for (const paymentId of touched) settleAfterNotice(context, paymentId)
      done = Math.min(start + SLICE, notices.length)
      task.progress(done, notices.length)
      await context.breathe()
    }
    ledger.write(() => {
      const { paymentsNew, cancelsNew, paidOut, payoutFailed } = sums
      ledger.audit.append({
        who: who.personId,
        action: 'notices.imported',
        subject: 'notices',
        detail: { rows: read.value.length, new: paymentsNew, added: cancelsNew, paidOut, payoutFailed },
      })
    })
    context.changed('payments', 'rows', 'batches', 'home', 'drift', 'drafts', 'audit')
    return ok({
      fileName: file.name,
      lines: read.value.length,
      ...sums,
      problems: problems.toSorted((a, b) => a.line - b.line).slice(0, PROBLEMS_SHOWN),
      problemsAll: problems.length,
      driftFound: ledger.read(() => openDriftPile(ledger)).count,
    })
  })
}

function readAll(lines: readonly NoticeLine[], problems: LineProblem[]): ReadNotice[] {
  const notices: ReadNotice[] = []
  for (const { line, record } of lines) {
    const notice = record === null ? fail(problem('notice-unreadable')) : readNotice(record)
    if (notice.ok && record !== null) notices.push({ line, notice: notice.value, record })
    else if (!notice.ok) problems.push({ line, problem: notice.problem })
  }
  return notices.toSorted(inOrder)
}

/** What is under way is settled as far as the PG's word proves it, and the rest is compared. */
function settleAfterNotice(context: CoreContext, paymentId: PaymentId): void {
  const { ledger } = context
  const open = ledger.read(() => openAttemptOf(ledger, paymentId))
  const seen = ledger.read(() => lastSeen(ledger, paymentId))
  // That no notification tells of it proves nothing about a request.
  if (open !== null && findEffect(context, open, seen).kind !== 'nothing-changed') {
    resolveAttempt(context, open.attemptId, seen, context.readings.ask())
  }
  reconcilePayment(context, paymentId)
}
