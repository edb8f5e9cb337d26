import { serviceOf, type KiccOptions } from '../../../../domain/channel-options'
import { isRefundAmount, subtractWon } from '../../../../domain/money'
import { pgBankCode } from '../../../../domain/pg-rules/bank-codes'
import { kiccTextTrouble } from '../../../../domain/pg-rules/kicc-text'
import type { BasketItem } from '../../../../domain/refund-order'
import { reasonWithTag, tagIn } from '../../../../domain/refund-tag'
import { assert } from '../../../../domain/result'
import type { CancelIntent, EncodedCancel } from '../gateway'
import { BASKET_INFO, REFUND_INFO, REVISE_REQUEST } from './fields'
import { dayText } from './stamps'

const TEXTS = { ...REVISE_REQUEST, ...REFUND_INFO, ...BASKET_INFO }
type TextName = keyof typeof TEXTS

const troubleOf = (name: TextName, value: string) => kiccTextTrouble(value, TEXTS[name].bytesMax ?? 0)

/** Never cut: a cut account number is another account. */
function fitting(name: TextName, value: string): string {
  assert(value !== '', `${name} is empty`)
  const trouble = troubleOf(name, value)
  // The value itself may be personal and stays out of the message.
  assert(trouble === null, `${name}: ${String(trouble)}`)
  return value
}

const key = (name: TextName, value: string): string => {
  assert(/^[\x21-\x7e]+$/.test(value), `${name} is no key`)
  return fitting(name, value)
}

/** Tells KICC who asks; left out where it does not fit, since nothing depends on it. */
function note(name: 'clientIp' | 'clientId', value: string | null): Readonly<Record<string, string>> {
  return value === null || value === '' || troubleOf(name, value) !== null ? {} : { [name]: value }
}

/** The merchant's own number of this request. It holds the day, so that it is never used again on another one. */
export const requestKey = ({ tag, requestedOn }: Pick<CancelIntent, 'tag' | 'requestedOn'>): string =>
  `${tag}-${dayText(requestedOn)}`

/** The number that KICC asks for: of an account with several deposits the account's, else the payment's own. */
export const pgCnoOf = ({ pgTransactionKey, pgKey }: CancelIntent): string => pgTransactionKey ?? pgKey

/** Full only while nothing of the payment was given back: the rest of a payment is a part of it. */
export const isFull = ({ amount, paid, checksum }: CancelIntent): boolean => amount === paid && checksum === paid

/** The only codes that ever leave: 60 and 62 out of the settlement, 63 at once. Never a code that cancels a payment. */
function codes(settings: KiccOptions, full: boolean): { readonly type: string; readonly subType: string } {
  const service = serviceOf(settings)
  assert(service !== null, 'no refund service is ordered')
  if (service === 'settlement') return { type: full ? '60' : '62', subType: 'RF01' }
  return { type: '63', subType: `${settings.accountCheck === 'by-pg' ? '1' : '2'}${full ? '0' : '1'}` }
}

function remainAmount(intent: CancelIntent, { remainingAmount }: KiccOptions): Readonly<Record<string, number>> {
  switch (remainingAmount) {
    case 'before':
      return { remainAmount: intent.checksum }
    case 'after':
      return { remainAmount: subtractWon(intent.checksum, intent.amount) }
    case 'omit':
      return {}
  }
}

function refundInfo(intent: CancelIntent): Readonly<Record<string, string>> {
  const { account, pgTransactionKey, pgKey } = intent
  assert(account !== null, 'a refund by KICC is paid to an account')
  const bank = pgBankCode('easypay', account.bank)
  assert(bank !== null, `no bank code of KICC for ${account.bank}`)
  assert(/^\d+$/.test(account.accountNo), 'refundAccountNo has more than digits')
  return {
    refundBankCode: fitting('refundBankCode', bank),
    refundAccountNo: fitting('refundAccountNo', account.accountNo),
    refundDepositName: fitting('refundDepositName', account.holder),
    ...(pgTransactionKey === null ? {} : { depositPgCno: key('depositPgCno', pgKey) }),
  }
}

/** The three parts of the amount; together they are all of it. */
function taxInfo({ amount, taxFree, vat }: CancelIntent): Readonly<Record<string, number>> {
  assert(taxFree !== null && vat !== null, 'a complex-tax refund states its parts')
  assert(taxFree >= 0 && vat >= 0 && taxFree + vat <= amount, 'the tax parts are more than the amount')
  return { taxationAmount: amount - taxFree - vat, taxFreeAmount: taxFree, vatAmount: vat }
}

/** The table says "object", which holds one of the goods; several can only be a list. Unconfirmed. */
function basketInfo(basket: readonly BasketItem[]): object {
  const items = basket.map(({ itemKey, sellerId }) => ({
    productPgCno: key('productPgCno', itemKey),
    sellerId: fitting('sellerId', sellerId),
  }))
  const [first, second] = items
  return first !== undefined && second === undefined ? first : items
}

/**
 * The body of POST revise without what proves the sender: the same intent and settings always give the same bytes. The
 * amount of a partial refund is always there; a full one is full by its code, and names its amount where the channel is
 * set to. Throws on an intent that the checks before should have stopped.
 */
export function encodeCancel(intent: CancelIntent, settings: KiccOptions, clientIp: string | null): EncodedCancel {
  const { amount, checksum, paid } = intent
  assert(isRefundAmount(amount), 'the amount is not a positive whole number')
  assert(isRefundAmount(checksum), 'the checksum is not a positive whole number')
  assert(isRefundAmount(paid), 'what was paid is not a positive whole number')
  assert(amount <= checksum && checksum <= paid, 'the amount is greater than the balance')
  assert(tagIn(intent.tag) === intent.tag, 'the tag is none of ours')
  assert(intent.method === 'virtual-account' || intent.method === 'mobile', `KICC does not refund ${intent.method}`)
  const full = isFull(intent)
  const { type, subType } = codes(settings, full)
  return {
    body: JSON.stringify({
      // An empty one is never sent; see sendCancel.
      mallId: settings.merchantId,
      shopTransactionId: key('shopTransactionId', requestKey(intent)),
      pgCno: key('pgCno', pgCnoOf(intent)),
      reviseTypeCode: type,
      reviseSubTypeCode: subType,
      ...(full && settings.fullAmount === 'omit' ? {} : { amount }),
      ...(full ? {} : remainAmount(intent, settings)),
      ...note('clientIp', clientIp),
      ...note('clientId', settings.operatorId),
      cancelReqDate: fitting('cancelReqDate', dayText(intent.requestedOn)),
      reviseMessage: fitting('reviseMessage', reasonWithTag(intent.tag, intent.reason)),
      refundInfo: refundInfo(intent),
      ...(settings.complexTax ? { taxInfo: taxInfo(intent) } : {}),
      ...(intent.basket.length === 0 ? {} : { basketUsed: 'Y', basketInfo: basketInfo(intent.basket) }),
    }),
  }
}
