import type { PaymentSummary } from '../../../contract/views'

export const SHOWN_STATUSES = ['drift', 'ready', 'paid', 'partly-cancelled', 'cancelled', 'failed'] as const
/** What the list says of a payment. The PG has no word for "partly cancelled": the amounts say it. */
export type ShownStatus = (typeof SHOWN_STATUSES)[number]

export function shownStatus(payment: Pick<PaymentSummary, 'drift' | 'status' | 'cancelled' | 'paid'>): ShownStatus {
  if (payment.drift) return 'drift'
  if (payment.status === 'paid' && payment.cancelled > 0) {
    return payment.cancelled >= payment.paid ? 'cancelled' : 'partly-cancelled'
  }
  return payment.status
}

/** Whether there was money to refund: a payment that failed or was never made has nothing left, not 0 won. */
export function wasPaid({ status }: Pick<PaymentSummary, 'status'>): boolean {
  return status === 'paid' || status === 'cancelled'
}
