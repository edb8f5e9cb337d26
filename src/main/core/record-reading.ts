import type { PgPayment } from '../../domain/payment'
import type { CoreContext } from './context'
import { recordPgPayment } from './ledger/payments'
import type { Reading } from './reading-order'

/**
 * Takes what the PG showed into the ledger, unless something newer was taken already. Inside a unit of work. Answers
 * whether the payment is new.
 */
export function recordReading(context: CoreContext, seen: PgPayment, reading: Reading): boolean {
  if (!context.readings.take(seen.paymentId, reading)) return false
  return recordPgPayment(context.ledger, context.newId, seen, reading.askedAtMs)
}
