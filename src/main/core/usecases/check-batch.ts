import type { CheckView } from '../../../contract/views'
import { balancesDiffer } from '../../../domain/balances'
import type { BatchId } from '../../../domain/ids'
import { addWon, subtractWon, won, type Won } from '../../../domain/money'
import { judgeByRules } from '../../../domain/pg-rules/judge'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { addBatchEvent, findBatch, setBatchCheck, setBatchState, type BatchState } from '../ledger/batches'
import type { Ledger } from '../ledger/open-ledger'
import { findPayment, type LedgerPayment } from '../ledger/payments'
import { stopsRefunds, unplacedOf } from '../ledger/notices'
import { contentRows, putRowCheck, type RefundRow } from '../ledger/refund-rows'
import { ruleScopeOf } from '../rule-scope'
import { readPayments } from './sync-pg'

/** States of a batch in which a check still says something to somebody. */
const CHECKABLE: ReadonlySet<BatchState> = new Set(['draft', 'checked', 'submitted'])

type Verdict = { readonly verdict: 'pass' | 'blocked' | 'drift'; readonly problem: Problem | null }

/**
 * The dry run: reads every payment of a batch from the PG, 100 in a call, and says what would happen now. Sends nothing.
 * Problems: not-found, batch-wrong-state, those of the gateway, cancelled.
 */
export function checkBatch(context: CoreContext, who: string, batchId: BatchId): Promise<Result<CheckView, Problem>> {
  const { ledger } = context
  return context.tasks.run('check', async (task) => {
    const batch = ledger.read(() => findBatch(ledger, batchId))
    if (batch === null) return fail(problem('not-found'))
    if (!CHECKABLE.has(batch.state)) {
      return fail(problem('batch-wrong-state', { state: batch.state }))
    }
    const rows = ledger.read(() => contentRows(ledger, batchId))
    const payments = new Map(rows.map((row) => [row.paymentId, ledger.read(() => findPayment(ledger, row.paymentId))]))
    const seen = new Set<string>()
    for (const channel of context.channels.list()) {
      const refs = [...payments.values()].flatMap((payment) =>
        payment?.channelId === channel.channelId ? [{ by: 'pg-key' as const, key: payment.pgKey }] : [],
      )
      const read = await readPayments(
        context,
        channel.channelId,
        refs,
        (done) => task.progress(done, refs.length),
        task.signal,
      )
      if (!read.ok) return read
      for (const payment of read.value) seen.add(payment.paymentId)
    }
    if (task.signal.aborted) return fail(problem('cancelled'))
    const check = writeVerdicts(context, who, batchId, seen)
    context.changed('batches', 'rows', 'home', 'drift')
    return check
  })
}

function writeVerdicts(
  context: CoreContext,
  who: string,
  batchId: BatchId,
  seen: ReadonlySet<string>,
): Result<CheckView, Problem> {
  const { ledger } = context
  return ledger.write((): Result<CheckView, Problem> => {
    // While the PG was asked the batch may have been submitted with fewer rows, approved or withdrawn.
    const batch = findBatch(ledger, batchId)
    if (batch === null || !CHECKABLE.has(batch.state)) {
      return fail(batch === null ? problem('not-found') : problem('batch-wrong-state', { state: batch.state }))
    }
    const rows = contentRows(ledger, batchId)
    const atMs = context.nowMs()
    const piles = {
      pass: { count: 0, amount: won(0) },
      blocked: { count: 0, amount: won(0) },
      drift: { count: 0, amount: won(0) },
    }
    const promised = new Map<string, Won>()
    for (const row of rows) {
      const payment = findPayment(ledger, row.paymentId)
      const earlier = promised.get(row.paymentId) ?? won(0)
      const { verdict, problem: found } =
        payment === null || !seen.has(row.paymentId)
          ? {
              verdict: 'blocked' as const,
              problem: problem('pg-payment-not-found', { orderNo: payment?.orderNo ?? '' }),
            }
          : judge(ledger, payment, row, earlier, atMs)
      if (verdict === 'pass') promised.set(row.paymentId, addWon(earlier, row.amount))
      putRowCheck(ledger, row.rowId, verdict, found, atMs)
      piles[verdict] = { count: piles[verdict].count + 1, amount: addWon(piles[verdict].amount, row.amount) }
    }
    const check: CheckView = {
      checkedAtMs: atMs,
      rowsAll: rows.length,
      willPass: piles.pass,
      blocked: piles.blocked,
      drift: piles.drift,
    }
    setBatchCheck(ledger, batchId, check)
    if (batch.state === 'draft') setBatchState(ledger, batchId, 'checked')
    addBatchEvent(ledger, batchId, 'checked', atMs, null)
    ledger.audit.append({
      who,
      action: 'batch.checked',
      subject: batchId,
      detail: { pass: piles.pass.count, blocked: piles.blocked.count, drift: piles.drift.count },
    })
    return ok(check)
  })
}

/** What the runner would say of this row now; `earlier` is what earlier rows of the batch take from the same payment. */
function judge(ledger: Ledger, payment: LedgerPayment, row: RefundRow, earlier: Won, nowMs: number): Verdict {
  if (balancesDiffer(payment)) {
    return {
      verdict: 'drift',
      problem: problem('drift-balance-differs', { ours: payment.ledgerBalance, pg: payment.pgBalance }),
    }
  }
  if (stopsRefunds(unplacedOf(ledger, payment.paymentId)))
    return { verdict: 'blocked', problem: problem('payment-notice-stops') }
  if (payment.status !== 'paid')
    return { verdict: 'blocked', problem: problem('payment-not-paid', { status: payment.status }) }
  if (payment.openAttempt) return { verdict: 'blocked', problem: problem('payment-blocked-open-attempt') }
  const left = subtractWon(payment.promisable, earlier)
  if (row.amount > left) return { verdict: 'blocked', problem: problem('amount-over-promisable', { promisable: left }) }
  const refused = judgeByRules({
    ...ruleScopeOf(ledger, payment),
    escrow: payment.escrow,
    paid: payment.paid,
    ledgerBalance: subtractWon(payment.ledgerBalance, earlier),
    cancelCount: payment.cancelCount,
    amount: row.amount,
    paidAtMs: payment.paidAtMs,
    nowMs,
    account: row.order.account,
    taxFree: row.order.taxFree,
    vat: row.order.vat,
    basket: row.order.basket,
    reason: row.order.reason,
  }).find((each) => each.severity === 'error')
  if (refused === undefined) return { verdict: 'pass', problem: null }
  return {
    verdict: 'blocked',
    problem: refused.values === undefined ? problem(refused.code) : problem(refused.code, refused.values),
  }
}
