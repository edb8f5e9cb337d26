import type { RefundOrder } from './refund-order'

/**
 * The text whose SHA-256 an approval signs: every field of every row in order, accounts included. Arrays in a fixed
 * order rather than objects, so that neither key order nor a missing field can give two texts for one content.
 * A change of this shape is a new first element: hashes of older batches stay what they were.
 */
export function canonicalBatch(rows: readonly RefundOrder[]): string {
  return JSON.stringify(['refund-batch/1', rows.map(canonicalOrder)])
}

function canonicalOrder(order: RefundOrder): readonly unknown[] {
  const { account } = order
  return [
    order.paymentId,
    order.amount,
    order.taxFree,
    order.vat,
    account === null ? null : [account.bank, account.accountNo, account.holder, account.phone],
    order.reason,
    // Only where there is one, so that contents without any keep their text.
    ...(order.basket.length === 0 ? [] : [order.basket.map(({ itemKey, sellerId }) => [itemKey, sellerId])]),
  ]
}
