import { isRefundAmount } from '../../../../domain/money'
import { pgBankCode } from '../../../../domain/pg-rules/bank-codes'
import type { RefundAccount } from '../../../../domain/refund-order'
import { reasonWithTag, tagIn } from '../../../../domain/refund-tag'
import { assert } from '../../../../domain/result'
import type { CancelIntent, EncodedCancel } from '../gateway'
import { CANCEL_REQUEST } from './fields'

type FieldName = keyof typeof CANCEL_REQUEST

/** Never cut: a cut account number is another account. */
function fitting(name: FieldName, value: string): string {
  const { lengthMax } = CANCEL_REQUEST[name]
  assert(value !== '', `${name} is empty`)
  // The value itself may be personal and stays out of the message.
  assert(lengthMax === null || value.length <= lengthMax, `${name} is longer than ${String(lengthMax)}`)
  assert(!/\p{Cc}/u.test(value), `${name} has a control character`)
  return value
}

const digits = (name: FieldName, value: string): string => {
  assert(/^\d+$/.test(value), `${name} has more than digits`)
  return fitting(name, value)
}

/** A part of the amount, such as its tax-free part. */
function partOf(name: FieldName, part: number, amount: number): number {
  assert(Number.isSafeInteger(part) && part >= 0 && part <= amount, `${name} is not a part of the amount`)
  return part
}

function accountFields(provider: string, account: RefundAccount): Readonly<Record<string, string>> {
  const bank = pgBankCode(provider, account.bank)
  assert(bank !== null, `no bank code of ${provider} for ${account.bank}`)
  return {
    refund_holder: fitting('refund_holder', account.holder),
    refund_bank: fitting('refund_bank', bank),
    refund_account: digits('refund_account', account.accountNo),
    ...(account.phone === null ? {} : { refund_tel: digits('refund_tel', account.phone) }),
  }
}

/**
 * The body of POST /payments/cancel: the same intent always gives the same bytes. `amount` and `checksum` are always
 * there and positive, since PortOne reads a missing or zero amount as "everything" and a missing checksum as "do not
 * compare". `tax_free` is always said, since some PGs do not take a missing one as 0. Throws on an intent that the
 * checks before should have stopped.
 */
export function encodeCancel(intent: CancelIntent): EncodedCancel {
  const { amount, checksum, taxFree, vat, account } = intent
  assert(isRefundAmount(amount), 'the amount is not a positive whole number')
  assert(isRefundAmount(checksum), 'the checksum is not a positive whole number')
  assert(amount <= checksum, 'the amount is greater than the balance')
  assert(tagIn(intent.tag) === intent.tag, 'the tag is none of ours')
  assert(account !== null || intent.method !== 'virtual-account', 'a virtual-account refund has no account')
  return {
    body: JSON.stringify({
      imp_uid: fitting('imp_uid', intent.pgKey),
      amount,
      checksum,
      tax_free: partOf('tax_free', taxFree ?? 0, amount),
      ...(vat === null ? {} : { vat_amount: partOf('vat_amount', vat, amount) }),
      reason: fitting('reason', reasonWithTag(intent.tag, intent.reason)),
      ...(account === null ? {} : accountFields(intent.provider, account)),
    }),
  }
}
