import * as v from 'valibot'
import { PaymentIdSchema, type PaymentId } from '../../../domain/ids'
import { addWon, subtractWon, won, type Won } from '../../../domain/money'
import type { CancelFact, PgPayment } from '../../../domain/payment'
import { claimedKeys } from './cancels'
import { readCount, readRows } from './read-rows'
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
  return holdsKey(newestSnapshot(ledger, paymentId)?.history ?? [], cancelKey)
}

const holdsKey = (cancels: readonly CancelFact[], cancelKey: string): boolean =>
  cancels.some((each) => each.cancelKey === cancelKey)

/**
 * Adds one cancel to what the PG has told, once. One without a key is what a person saw: the PG's own word on the same
 * amount takes its place. `balanceAfter` is the PG's own balance, believed where no later cancel is known and no refund
 * has come back since. Inside a unit of work. Answers whether anything changed.
 */
export function recordPgCancel(
  ledger: Ledger,
  newId: (prefix: string) => string,
  paymentId: PaymentId,
  cancel: CancelFact,
  balanceAfter: Won | null,
): boolean {
  const seen = lastSeen(ledger, paymentId)
  if (cancel.cancelKey !== null && holdsKey(seen.cancels, cancel.cancelKey)) return false
  const unnamed = seen.cancels.findIndex((each) => each.cancelKey === null && each.amount === cancel.amount)
  const replaces = cancel.cancelKey !== null && unnamed >= 0
  const cancels = replaces ? seen.cancels.with(unnamed, cancel) : [...seen.cancels, cancel]
  // A PG tells whole seconds: within one, nobody knows the order.
  const newest = cancels.every((each) => each === cancel || each.cancelledAtMs < cancel.cancelledAtMs)
  const isBalance = balanceAfter !== null && balanceAfter >= 0 && balanceAfter <= seen.paid
  if (isBalance && newest && !cameBackSince(ledger, paymentId, cancel.cancelledAtMs)) {
    record(ledger, newId, seen, cancels, subtractWon(seen.paid, balanceAfter))
    return true
  }
  const unlisted = unlistedOf(seen)
  // An older one may be what an earlier balance has told of already.
  const explained = replaces || newest || unlisted < 0 ? 0 : Math.min(unlisted, cancel.amount)
  record(ledger, newId, seen, cancels, addWon(sumOf(cancels), won(unlisted - explained)))
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
  const cancels = seen.cancels.toSpliced(place, 1)
  const unlisted = unlistedOf(seen)
  // The PG's balance may have told of it before anybody else did.
  const explained = unlisted > 0 ? 0 : Math.min(-unlisted, amount)
  record(ledger, newId, seen, cancels, addWon(sumOf(cancels), won(unlisted + explained)))
}

const sumOf = (cancels: readonly CancelFact[]): Won => addWon(won(0), ...cancels.map(({ amount }) => amount))

/** What the PG's own balance says beyond its list: cancels that nobody has told of yet, negative for those that came back. */
const unlistedOf = ({ cancels, cancelledTotal }: PgPayment): number => cancelledTotal - sumOf(cancels)

/** Whether a refund of the payment was found to have come back after this instant: a balance from before it still had it. */
function cameBackSince(ledger: Ledger, paymentId: PaymentId, atMs: number): boolean {
  const found = ledger
    .sql(
      `SELECT 1 FROM payout_event e JOIN outbox o ON o.row_id = e.row_id
       WHERE o.payment_id = ? AND e.kind = 'payout-failed' AND e.at_ms >= ? LIMIT 1`,
    )
    .get(paymentId, atMs)
  return found !== undefined
}

/** Believes the cancels that the PG has told of, and no other total. Inside a unit of work. */
export function countWords(ledger: Ledger, newId: (prefix: string) => string, paymentId: PaymentId): void {
  const seen = lastSeen(ledger, paymentId)
  record(ledger, newId, seen, seen.cancels, sumOf(seen.cancels))
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

/** Whether this number of the PG's is that of a cancel which is known as another one of this payment or its transaction. */
export function isKnownAsAnother(ledger: Ledger, paymentId: PaymentId, cancelKey: string): boolean {
  if (claimedKeys(ledger, paymentId).has(cancelKey)) return true
  return othersOfTransaction(ledger, paymentId).some(
    (other) => claimedKeys(ledger, other).has(cancelKey) || knowsPgCancel(ledger, other, cancelKey),
  )
}

/** A payment `p` and each one `q` of the same transaction, itself among them; none where it belongs to no transaction. */
const SAME_TRANSACTION = `FROM payment p
  JOIN payment q ON q.channel_id = p.channel_id AND q.pg_transaction_key = p.pg_transaction_key`

const IdSchema = v.object({ paymentId: PaymentIdSchema })

function othersOfTransaction(ledger: Ledger, paymentId: PaymentId): PaymentId[] {
  return readRows(
    IdSchema,
    ledger
      .sql(
        `SELECT q.payment_id AS paymentId ${SAME_TRANSACTION}
         WHERE p.payment_id = ?1 AND q.payment_id <> ?1`,
      )
      .all(paymentId),
  ).map((row) => row.paymentId)
}

/** Whether another refund of the same transaction is not settled: the PG names only the transaction. */
export function hasOpenAttemptOfTransaction(ledger: Ledger, paymentId: PaymentId): boolean {
  const open = readCount(
    ledger
      .sql(
        `SELECT COUNT(*) AS n ${SAME_TRANSACTION}
         JOIN attempt t ON t.payment_id = q.payment_id AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending')
         WHERE p.payment_id = ?`,
      )
      .get(paymentId),
  )
  return open > 0
}
