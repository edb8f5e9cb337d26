import type { V2Account } from './books-part'
import type { RetainOption, V2Cancel, V2Payment, V2Promotion, V2Status } from './payment'

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

const succeeded = (cancels: readonly V2Cancel[]): readonly V2Cancel[] =>
  cancels.filter(({ status }) => status === 'SUCCEEDED')
const notFailed = (cancels: readonly V2Cancel[]): readonly V2Cancel[] =>
  cancels.filter(({ status }) => status !== 'FAILED')

export function discountOf(promotion: V2Promotion | null, total: number): number {
  if (promotion === null || total < promotion.minimumTotal) return 0
  const { discount } = promotion
  return 'percent' in discount ? Math.floor((total * discount.percent) / 100) : Math.min(discount.amount, total)
}

/** What the buyer paid at first. */
export const paidAmount = ({ total, promotion }: V2Payment): number => total - discountOf(promotion, total)

/** A tenth of the net price, which is an eleventh of what is paid; other currencies know no Korean VAT. */
export const vatOf = (currency: V2Payment['currency'], taxed: number): number =>
  currency === 'KRW' ? Math.round(taxed / 11) : 0

/**
 * What may still be cancelled, in terms of the order: promotions do not count, so 10,000 won of order are 10,000 won
 * here although the buyer paid 9,000. Cancels on their way are gone from it. Both are documented for V1 or not at all,
 * and taken over for V2.
 */
export function cancellableAmount({ payment, cancels }: V2Account): number {
  return payment.total - sum(notFailed(cancels).map(({ orderAmount }) => orderAmount))
}

export function cancellableTaxFree({ payment, cancels }: V2Account): number {
  return payment.taxFree - sum(notFailed(cancels).map(({ taxFree }) => taxFree))
}

/** What the buyer has still paid, refunds on their way taken off. */
export function paidNow({ payment, cancels }: V2Account): number {
  return paidAmount(payment) - sum(notFailed(cancels).map(({ amount }) => amount))
}

/** A fixed discount becomes a share of the total from which it is given: 1,000 won from 5,000 on are a fifth. */
function retainedShare({ discount, minimumTotal }: V2Promotion): number {
  return 'percent' in discount ? discount.percent / 100 : discount.amount / minimumTotal
}

/**
 * What goes back to the buyer for `orderAmount`; negative when the rest of the order loses a discount that is worth
 * more than what is cancelled. RETAIN keeps the first discount as a share, RELEASE judges the rest anew.
 */
export function refundFor(account: V2Account, orderAmount: number, retain: RetainOption): number {
  const { payment } = account
  if (payment.promotion === null) return orderAmount
  const rest = cancellableAmount(account) - orderAmount
  const due =
    retain === 'RETAIN'
      ? rest - Math.floor(rest * retainedShare(payment.promotion))
      : rest - discountOf(payment.promotion, rest)
  return paidNow(account) - due
}

/** Cancels that did not succeed change no status. */
export function statusOf({ payment, cancels }: Pick<V2Account, 'payment' | 'cancels'>): V2Status {
  const gone = sum(succeeded(cancels).map(({ orderAmount }) => orderAmount))
  if (payment.status !== 'PAID' || gone === 0) return payment.status
  return gone >= payment.total ? 'CANCELLED' : 'PARTIAL_CANCELLED'
}

/** PaymentAmount; `cancelled` is what really went back. */
export function amountView({ payment, cancels }: Pick<V2Account, 'payment' | 'cancels'>) {
  const { total, taxFree, currency } = payment
  const paid = paidAmount(payment)
  const vat = vatOf(currency, paid - taxFree)
  const gone = succeeded(cancels)
  return {
    total,
    taxFree,
    vat,
    supply: paid - taxFree - vat,
    discount: total - paid,
    paid,
    cancelled: sum(gone.map(({ amount }) => amount)),
    cancelledTaxFree: sum(gone.map((cancel) => cancel.taxFree)),
  }
}

/** The last instant at which a cancel succeeded. */
export function cancelledAtMs({ cancels }: V2Account): number {
  return Math.max(0, ...succeeded(cancels).map(({ decidedAtMs }) => decidedAtMs ?? 0))
}

/** In the order in which they succeeded. */
export function succeededCancels({ cancels }: V2Account): readonly V2Cancel[] {
  return succeeded(cancels).toSorted((a, b) => (a.decidedAtMs ?? 0) - (b.decidedAtMs ?? 0))
}
