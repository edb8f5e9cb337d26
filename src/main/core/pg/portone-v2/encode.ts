import { isRefundAmount } from '../../../../domain/money'
import type { RefundAccount } from '../../../../domain/refund-order'
import { reasonWithTag, tagIn } from '../../../../domain/refund-tag'
import { assert } from '../../../../domain/result'
import type { CancelIntent, EncodedCancel } from '../gateway'
import { bankOf } from './banks'
import type { CANCEL_REQUEST, REFUND_ACCOUNT } from './fields'
import { isPaymentId } from './schemas'

type FieldName = keyof typeof CANCEL_REQUEST | keyof typeof REFUND_ACCOUNT

/** The value itself may be personal and stays out of the messages. */
function text(name: FieldName, value: string): string {
  assert(value !== '', `${name} is empty`)
  assert(!/\p{Cc}/u.test(value), `${name} has a control character`)
  return value
}

function digits(name: FieldName, value: string): string {
  assert(/^\d+$/.test(value), `${name} has more than digits`)
  return value
}

/** A part of the amount, such as its tax-free part. */
function partOf(name: FieldName, part: number, amount: number): number {
  assert(Number.isSafeInteger(part) && part >= 0 && part <= amount, `${name} is not a part of the amount`)
  return part
}

function accountOf({ bank, accountNo, holder, phone }: RefundAccount): Readonly<Record<string, string>> {
  const name = bankOf(bank)
  assert(name !== null, `PortOne V2 has no name of the bank ${bank}`)
  return {
    bank: name,
    number: digits('number', accountNo),
    holderName: text('holderName', holder),
    ...(phone === null ? {} : { holderPhoneNumber: digits('holderPhoneNumber', phone) }),
  }
}

/**
 * The body of POST /payments/{paymentId}/cancel: the same intent always gives the same bytes. `amount` and
 * `currentCancellableAmount` are always there and positive, since PortOne reads a missing amount as "everything" and a
 * missing balance as "do not compare". `taxFreeAmount` is always said. Throws on an intent that the checks before should
 * have stopped.
 */
export function encodeCancel(storeId: string, intent: CancelIntent): EncodedCancel {
  const { amount, checksum, vat, account } = intent
  const taxFree = intent.taxFree ?? 0
  assert(isPaymentId(intent.pgKey), 'the payment key is none')
  assert(isRefundAmount(amount), 'the amount is not a positive whole number')
  assert(isRefundAmount(checksum), 'the checksum is not a positive whole number')
  assert(amount <= checksum, 'the amount is greater than the balance')
  assert(taxFree + (vat ?? 0) <= amount, 'the parts are greater than the amount')
  assert(tagIn(intent.tag) === intent.tag, 'the tag is none of ours')
  assert(account !== null || intent.method !== 'virtual-account', 'a virtual-account refund has no account')
  assert(intent.basket.length === 0, 'PortOne V2 refunds no single goods')
  return {
    body: JSON.stringify({
      ...(storeId === '' ? {} : { storeId }),
      amount,
      currentCancellableAmount: checksum,
      taxFreeAmount: partOf('taxFreeAmount', taxFree, amount),
      ...(vat === null ? {} : { vatAmount: partOf('vatAmount', vat, amount) }),
      reason: text('reason', reasonWithTag(intent.tag, intent.reason)),
      ...(account === null ? {} : { refundAccount: accountOf(account) }),
      requester: 'ADMIN',
    }),
  }
}

/**
 * A structured-field string of 16 to 256 characters. Made of the tag alone, so that the same attempt sent again carries
 * the same key: PortOne keeps it for three hours and answers what it answered before.
 */
export function idempotencyKey(tag: string): string {
  assert(tagIn(tag) === tag, 'the tag is none of ours')
  return `"refund-desk-${tag}"`
}
