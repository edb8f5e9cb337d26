import type { Quarantine, QuarantineReport } from '../../../contract/backup'
import type { PersonView } from '../../../contract/views'
import type { PaymentId } from '../../../domain/ids'
import { addWon, won } from '../../../domain/money'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { attemptsIn } from '../ledger/attempts'
import { openDriftPile } from '../ledger/drifts'
import { paymentsAtStake, refundsUnknownHere } from '../ledger/payments'
import { endQuarantine, openQuarantine } from '../ledger/quarantine'
import { readList, readPayments } from './sync-pg'

/** How far back the PG's list is read: payments that the ledger has never heard of. */
const LIST_DAYS = 90
/** A comparison says nothing of what happened long after it. */
const REPORT_LIFE_MS = 60 * 60 * 1000

/** The last complete comparison of a quarantine; a restart asks for another one. */
const reports = new WeakMap<CoreContext, QuarantineReport>()

/** What the window says while nothing is sent; null when refunds may be sent. */
export function showQuarantine(context: CoreContext): Quarantine | null {
  const open = openQuarantine(context.ledger)
  if (open === null) return null
  const { why, sinceMs, stateAtMs } = open
  return { why, sinceMs, stateAtMs, report: reports.get(context) ?? null }
}

/**
 * Reads every payment that the ledger holds a row, an attempt or an entry of, one by one, and the list of the last 90
 * days, and compares them. Problems: quarantine-ended, cancelled, those of the gateway.
 */
export async function compareQuarantined(
  context: CoreContext,
  who: PersonView,
): Promise<Result<QuarantineReport, Problem>> {
  const { ledger } = context
  if (openQuarantine(ledger) === null) return fail(problem('quarantine-ended'))
  reports.delete(context)
  return context.tasks.run('sync', async (task): Promise<Result<QuarantineReport, Problem>> => {
    const compared = new Set<PaymentId>()
    let missing = 0
    let notShown = 0
    const atStake = ledger.read(() => paymentsAtStake(ledger))
    const byChannel = Map.groupBy(atStake, ({ channelId }) => channelId)
    let done = 0
    for (const [channelId, payments] of byChannel) {
      // Nothing can be read of them: their PG tells what happened since only by notifications.
      if (context.gatewayOf(channelId).reads.kind === 'requests') {
        notShown += payments.length
        done += payments.length
        continue
      }
      const refs = payments.map(({ pgKey }) => ({ by: 'pg-key', key: pgKey }) as const)
      const tell = (read: number): void => task.progress(done + read, atStake.length)
      const read = await readPayments(context, channelId, refs, tell, task.signal)
      if (!read.ok) return read
      if (task.signal.aborted) return fail(problem('cancelled'))
      done += refs.length
      for (const { paymentId } of read.value) compared.add(paymentId)
      missing += payments.filter(({ paymentId }) => !compared.has(paymentId)).length
    }
    const list = await readList(context, LIST_DAYS, task)
    if (!list.ok) return list
    for (const paymentId of list.value.seen) compared.add(paymentId)

    const report = ledger.read((): QuarantineReport => {
      const paidSince = [...compared].flatMap((paymentId) => refundsUnknownHere(ledger, paymentId))
      return {
        comparedAtMs: context.nowMs(),
        payments: compared.size,
        differences: openDriftPile(ledger).count,
        paidSince: { count: paidSince.length, amount: addWon(won(0), ...paidSince.map((each) => each.amount)) },
        undecided: attemptsIn(ledger, ['unknown', 'unproven', 'pending']).length,
        missing,
        notShown,
      }
    })
    ledger.write(() => {
      ledger.audit.append({
        who: who.personId,
        action: 'ledger.compared',
        subject: 'ledger',
        detail: { read: report.payments, drift: report.differences, paidSince: report.paidSince.count },
      })
    })
    reports.set(context, report)
    context.changed('payments', 'home', 'drift', 'audit')
    return ok(report)
  })
}

/**
 * A checker states that the comparison was read and refunds may be sent again. Payments that differ stay stopped.
 * Problems: quarantine-ended, reason-missing, quarantine-not-compared.
 */
export function liftQuarantine(context: CoreContext, who: PersonView, reason: string): Result<null, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const report = reports.get(context)
  const ended = ledger.write((): Result<null, Problem> => {
    const open = openQuarantine(ledger)
    if (open === null) return fail(problem('quarantine-ended'))
    const ageMs = report === undefined ? Number.POSITIVE_INFINITY : context.nowMs() - report.comparedAtMs
    // A clock that was set back makes no comparison younger.
    if (report === undefined || ageMs > REPORT_LIFE_MS || ageMs < 0) return fail(problem('quarantine-not-compared'))
    endQuarantine(ledger, {
      quarantineId: open.quarantineId,
      personId: who.personId,
      reason,
      comparedAtMs: report.comparedAtMs,
      payments: report.payments,
      differences: report.differences,
    })
    return ok(null)
  })
  if (!ended.ok) return ended
  reports.delete(context)
  context.changed('home', 'batches', 'rows', 'run', 'audit')
  context.wakeRunner()
  return ended
}
