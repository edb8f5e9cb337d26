import type { ChannelInput } from '../../../contract/channels'
import type { HomeView, PaymentSummary, PaymentView } from '../../../contract/views'
import type { PaymentId } from '../../../domain/ids'
import { addWon, won, type Won } from '../../../domain/money'
import { maskName } from '../../../domain/mask'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { kstDate } from '../../../domain/time'
import type { CoreContext } from '../context'
import { batchByState, listBatches } from '../ledger/batches'
import { countOpenDrafts } from '../ledger/drafts'
import { hasOpenCase, openDriftPile } from '../ledger/drifts'
import { countOpenFollowUps } from '../ledger/follow-ups'
import { pileOf } from '../ledger/outbox'
import { overduePile } from '../ledger/payout-calendar'
import type { Ledger } from '../ledger/open-ledger'
import { searchPayments } from '../ledger/payment-search'
import { countPayments, findPayment, lastSyncMs, type LedgerPayment } from '../ledger/payments'
import { unpaidAgainPile } from '../ledger/payouts'
import { rowsOfPayment } from '../ledger/refund-rows'
import { viewRows } from '../views/row-view'
import { showQuarantine } from './quarantine'
import { timelinesOf } from '../views/timeline-view'
import { missingHolidays } from './holidays'

/** 오늘: what waits for somebody, by urgency. */
export function showHome(context: CoreContext): Result<HomeView, Problem> {
  const { ledger } = context
  return ledger.read((): Result<HomeView, Problem> => {
    const [finished] = listBatches(ledger, ['done'], 0, 1).rows
    const took =
      finished === undefined
        ? []
        : batchByState(ledger, finished.batchId).filter(
            (each) => each.state === 'accepted' || each.state === 'paid-out',
          )
    return ok({
      needsLook: pileOf(ledger, ['needs-look']),
      processing: pileOf(ledger, ['pg-processing']),
      waiting: pileOf(ledger, ['waiting', 'sending']),
      failed: pileOf(ledger, ['failed', 'stopped-drift', 'stopped-rule', 'expired']),
      overdue: overduePile(ledger, kstDate(context.nowMs())),
      payoutFailed: unpaidAgainPile(ledger),
      followUps: countOpenFollowUps(ledger),
      missingHolidayYear: missingHolidays(context),
      awaitingApproval: pileOfBatches(listBatches(ledger, ['submitted'], 0, BATCHES_SUMMED)),
      drift: openDriftPile(ledger),
      drafts: countOpenDrafts(ledger),
      unsubmitted: pileOfBatches(listBatches(ledger, ['draft', 'checked'], 0, BATCHES_SUMMED)),
      lastSyncAtMs: lastSyncMs(ledger),
      paymentsKnown: countPayments(ledger),
      backup: context.backups.state(),
      quarantine: showQuarantine(context),
      lastFinished:
        finished === undefined
          ? null
          : {
              batchId: finished.batchId,
              name: finished.name,
              accepted: {
                count: took.reduce((sum, each) => sum + each.count, 0),
                amount: addWon(won(0), ...took.map((each) => each.amount)),
              },
            },
    })
  })
}

/** More open batches than this is not a day's work; the count stays right, the sum covers the newest. */
const BATCHES_SUMMED = 500

function pileOfBatches({ total, rows }: ReturnType<typeof listBatches>): { count: number; amount: Won } {
  return { count: total, amount: rows.reduce((sum, batch) => addWon(sum, batch.amount), won(0)) }
}

function toSummary(ledger: Ledger, payment: LedgerPayment): PaymentSummary {
  return {
    paymentId: payment.paymentId,
    orderNo: payment.orderNo,
    pgKey: payment.pgKey,
    method: payment.method,
    provider: payment.provider,
    status: payment.status,
    currency: payment.currency,
    paid: payment.paid,
    cancelled: payment.cancelled,
    ledgerBalance: payment.ledgerBalance,
    pgBalance: payment.pgBalance,
    promisable: payment.promisable,
    paidAtMs: payment.paidAtMs,
    buyerMasked: maskName(payment.buyerName),
    productName: payment.productName,
    drift: hasOpenCase(ledger, payment.paymentId),
  }
}

export function showPayments(
  context: CoreContext,
  input: ChannelInput<'payment.search'>,
): Result<{ total: number; rows: PaymentSummary[] }, Problem> {
  const { ledger } = context
  return ledger.read(() => {
    const { total, rows } = searchPayments(ledger, input.text, input.offset, input.limit)
    return ok({ total, rows: rows.map((payment) => toSummary(ledger, payment)) })
  })
}

/** Problems: not-found. */
export function showPayment(context: CoreContext, paymentId: PaymentId): Result<PaymentView, Problem> {
  const { ledger } = context
  return ledger.read((): Result<PaymentView, Problem> => {
    const payment = findPayment(ledger, paymentId)
    if (payment === null) return fail(problem('not-found'))
    return ok({
      ...toSummary(ledger, payment),
      ...timelinesOf(ledger, paymentId),
      rows: viewRows(context, rowsOfPayment(ledger, paymentId)),
    })
  })
}
