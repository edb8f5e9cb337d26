import { balancesDiffer } from '../../../domain/balances'
import { isRefundAmount, type RefundAmount } from '../../../domain/money'
import { isAnotherPayment, type PgPayment } from '../../../domain/payment'
import { judgeByRules } from '../../../domain/pg-rules/judge'
import { mayNotSendNow } from '../../../domain/pg-rules/scope'
import { problem, type Problem } from '../../../domain/problem'
import type { RefundOrder } from '../../../domain/refund-order'
import { tagIn } from '../../../domain/refund-tag'
import type { CoreContext } from '../context'
import { tagsOfRow } from '../ledger/attempts'
import type { Ledger } from '../ledger/open-ledger'
import { findQueued, type QueuedRow } from '../ledger/outbox'
import { requirePayment, type LedgerPayment } from '../ledger/payments'
import { stopsRefunds, unplacedOf } from '../ledger/notices'
import { hasOpenAttemptOfTransaction } from '../ledger/pg-words'
import { requireOrder } from '../ledger/refund-rows'
import type { Reading } from '../reading-order'
import { ruleScopeOf } from '../rule-scope'
import { sendingStop } from './sending-stop'

export type StoppedState = 'stopped-drift' | 'stopped-rule'

export type Judgement =
  | {
      readonly kind: 'send'
      readonly order: RefundOrder
      readonly payment: LedgerPayment
      /** OUR balance, which the PG has to find the same. */
      readonly checksum: RefundAmount
    }
  /** Not now: the row keeps waiting. */
  | { readonly kind: 'later'; readonly problem: Problem }
  | { readonly kind: 'stop'; readonly state: StoppedState; readonly problem: Problem }

const later = (why: Problem): Judgement => ({ kind: 'later', problem: why })
const stop = (state: StoppedState, why: Problem): Judgement => ({ kind: 'stop', state, problem: why })

/**
 * Whether an approved row may be sent now, on the payment as the PG shows it. `seen` is recorded in the ledger already;
 * `reading` tells when the PG was asked for it. Writes nothing. What it finds holds until the next await: nobody else
 * writes to the ledger.
 */
export function judgeRow(
  context: CoreContext,
  queued: QueuedRow,
  seen: PgPayment,
  reading: Reading,
  atMs: number,
): Judgement {
  const { ledger } = context
  // Something newer is known: the payment is read again.
  if (!context.readings.isNewest(seen.paymentId, reading)) return later(problem('busy-already'))
  const stopped = sendingStop(context)
  if (stopped !== null) return later(stopped)
  const row = findQueued(ledger, queued.rowId)
  if (row?.state !== 'waiting') return later(problem('busy-already'))
  // It may have run out during the look-up; the run's next step ends these rows.
  if (row.expiresAtMs < atMs) return later(problem('approval-expired'))
  // The clock may have been set back during the look-up.
  if (row.holdUntilMs > atMs) return later(problem('busy-already'))
  const payment = requirePayment(ledger, queued.paymentId)
  // A request of this very row that counted as not carried out has been, however late.
  const earlier = tagsOfRow(ledger, queued.rowId)
  if (seen.cancels.some(({ reason }) => earlier.includes(tagIn(reason) ?? ''))) {
    return stop('stopped-drift', problem('row-took-effect'))
  }
  const { pg } = context.channels.require(payment.channelId).options
  if (isAnotherPayment(pg, payment, seen)) return stop('stopped-drift', problem('payment-changed'))
  if (stopsRefunds(unplacedOf(ledger, queued.paymentId))) return stop('stopped-rule', problem('payment-notice-stops'))
  if (balancesDiffer(payment)) {
    return stop(
      'stopped-drift',
      problem('drift-balance-differs', { ours: payment.ledgerBalance, pg: payment.pgBalance }),
    )
  }
  if (payment.status !== 'paid') return stop('stopped-rule', problem('payment-not-paid', { status: payment.status }))
  // Somebody's cancel that the PG has not carried out yet would change the balance under ours.
  if ((seen.requested ?? []).length > 0) return later(problem('payment-blocked-open-attempt'))
  // KICC is asked by the transaction, so a lost refund of one deposit could be taken for that of another.
  const shared = pg === 'kicc' && hasOpenAttemptOfTransaction(ledger, payment.paymentId)
  if (payment.openAttempt || shared) return later(problem('payment-blocked-open-attempt'))
  const closed = mayNotSendNow(ruleScopeOf(ledger, payment), atMs)
  if (closed !== null) return later(closed)
  return judgeOrder(ledger, payment, requireOrder(ledger, queued.rowId), atMs)
}

function judgeOrder(ledger: Ledger, payment: LedgerPayment, order: RefundOrder, atMs: number): Judgement {
  const refused = judgeByRules({
    ...ruleScopeOf(ledger, payment),
    escrow: payment.escrow,
    paid: payment.paid,
    ledgerBalance: payment.ledgerBalance,
    cancelCount: payment.cancelCount,
    amount: order.amount,
    paidAtMs: payment.paidAtMs,
    nowMs: atMs,
    account: order.account,
    taxFree: order.taxFree,
    vat: order.vat,
    basket: order.basket,
    reason: order.reason,
  }).find((each) => each.severity === 'error')
  if (refused !== undefined) return stop('stopped-rule', plain(refused))
  const checksum = payment.ledgerBalance
  if (!isRefundAmount(checksum) || order.amount > checksum) {
    return stop('stopped-rule', problem('amount-over-promisable', { promisable: payment.ledgerBalance }))
  }
  return { kind: 'send', order, payment, checksum }
}

function plain({ code, values }: Problem): Problem {
  return values === undefined ? problem(code) : problem(code, values)
}
