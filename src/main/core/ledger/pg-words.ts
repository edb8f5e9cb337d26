import type { PaymentId } from '../../../domain/ids'
import { addWon, subtractWon, won, type Won } from '../../../domain/money'
import type { CancelFact, PgPayment } from '../../../domain/payment'
import { readCount } from './read-rows'
import type { Ledger } from './open-ledger'
import { newestSnapshot, recordPgPayment, requirePayment } from './payments'

/**
 * What a PG that shows no payments has told of one, cancel by cancel: answers to our requests, notifications, and what a
 * person saw in its console. Together they stand for the history that other PGs show as a whole.
 */
export function lastSeen(ledger: Ledger, paymentId: PaymentId): PgPayment {
  const payment = requirePayment(ledger, paymentId)
  const snapshot = newestSnapshot(ledger, paymentId)
  return {
    channelId: payment.channelId,
    paymentId,
    pgKey: payment.pgKey,
    orderNo: payment.orderNo,
    method: payment.method,
    provider: payment.provider,
    pgTransactionKey: payment.pgTransactionKey,
    status: payment.status,
    currency: payment.currency,
    paid: payment.paid,
    cancelledTotal: snapshot?.cancelledTotal ?? won(0),
    cancels: snapshot?.history ?? [],
    paidAtMs: payment.paidAtMs,
    buyerName: payment.buyerName,
    productName: payment.productName,
    escrow: payment.escrow,
    sandbox: payment.sandbox,
    promotion: payment.promotion,
  }
}

/** Whether the PG has told of this cancel before. */
export function knowsPgCancel(ledger: Ledger, paymentId: PaymentId, cancelKey: string): boolean {
  return (newestSnapshot(ledger, paymentId)?.history ?? []).some((each) => each.cancelKey === cancelKey)
}

/**
 * Adds one cancel to what the PG has told, once. One without a key is what a person saw: the PG's own word on the same
 * amount takes its place. `balanceAfter` is the PG's own balance, believed where no later cancel is known. Inside a unit
 * of work. Answers whether anything changed.
 */
export function recordPgCancel(
  ledger: Ledger,
  newId: (prefix: string) => string,
  paymentId: PaymentId,
  cancel: CancelFact,
  balanceAfter: Won | null,
): boolean {
  const seen = lastSeen(ledger, paymentId)
  if (cancel.cancelKey !== null && knowsPgCancel(ledger, paymentId, cancel.cancelKey)) return false
  const unnamed = seen.cancels.findIndex((each) => each.cancelKey === null && each.amount === cancel.amount)
  const replaces = cancel.cancelKey !== null && unnamed >= 0
  const cancels = replaces ? seen.cancels.with(unnamed, cancel) : [...seen.cancels, cancel]
  const newest = cancels.every((each) => each.cancelledAtMs <= cancel.cancelledAtMs)
  const counted = replaces ? seen.cancelledTotal : addWon(seen.cancelledTotal, cancel.amount)
  const isBalance = balanceAfter !== null && balanceAfter >= 0 && balanceAfter <= seen.paid
  const told = isBalance && newest ? subtractWon(seen.paid, balanceAfter) : counted
  record(ledger, newId, seen, cancels, told)
  return true
}

/** Takes one cancel out of what the PG has told: the bank sent its money back. Inside a unit of work. */
export function dropPgCancel(
  ledger: Ledger,
  newId: (prefix: string) => string,
  paymentId: PaymentId,
  { cancelKey, amount }: { readonly cancelKey: string | null; readonly amount: Won },
): void {
  const seen = lastSeen(ledger, paymentId)
  const place = seen.cancels.findIndex((each) => each.cancelKey === cancelKey && each.amount === amount)
  if (place < 0) return
  record(ledger, newId, seen, seen.cancels.toSpliced(place, 1), subtractWon(seen.cancelledTotal, amount))
}

/** Believes the cancels that the PG has told of, and no other total. Inside a unit of work. */
export function countWords(ledger: Ledger, newId: (prefix: string) => string, paymentId: PaymentId): void {
  const seen = lastSeen(ledger, paymentId)
  record(ledger, newId, seen, seen.cancels, addWon(won(0), ...seen.cancels.map(({ amount }) => amount)))
}

function record(
  ledger: Ledger,
  newId: (prefix: string) => string,
  seen: PgPayment,
  cancels: readonly CancelFact[],
  cancelledTotal: Won,
): void {
  const status = cancelledTotal >= seen.paid ? 'cancelled' : 'paid'
  recordPgPayment(ledger, newId, { ...seen, status, cancels, cancelledTotal }, ledger.nowMs())
}

/** Whether another refund of the same transaction is not settled: the PG names only the transaction. */
export function hasOpenAttemptOfTransaction(ledger: Ledger, paymentId: PaymentId): boolean {
  const open = readCount(
    ledger
      .sql(
        `SELECT COUNT(*) AS n FROM payment p
         JOIN payment q ON q.channel_id = p.channel_id AND q.pg_transaction_key = p.pg_transaction_key
         JOIN attempt t ON t.payment_id = q.payment_id AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending')
         WHERE p.payment_id = ? AND p.pg_transaction_key IS NOT NULL`,
      )
      .get(paymentId),
  )
  return open > 0
}
