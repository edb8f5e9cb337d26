import type { Fields } from '../wire'
import { BANKS } from './banks'
import type { V2CancelNote } from './books-part'
import type { RetainOption } from './payment'

export interface RefundAccount {
  readonly bank: string
  readonly number: string
  readonly holderName: string
  readonly holderPhoneNumber: string | null
}

/** A cancel request whose fields have the types of CancelPaymentBody. */
export interface CancelOrder {
  readonly storeId: string | null
  readonly amount: number | null
  readonly taxFreeAmount: number | null
  readonly vatAmount: number | null
  readonly currentCancellableAmount: number | null
  readonly reason: string
  readonly retain: RetainOption
  readonly refundAccount: RefundAccount | null
}

/** A missing field and null are the same to PortOne's own reader; the schema knows no null. */
const given = (value: unknown): boolean => value !== undefined && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'
const isAmount = (value: unknown): boolean => Number.isSafeInteger(value)
const isBoolean = (value: unknown): boolean => typeof value === 'boolean'
const isOneOf = (words: readonly string[]) => (value: unknown) => isText(value) && words.includes(value)
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every field of CancelPaymentBody, with the type that it must have. */
export const FIELD_TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  storeId: isText,
  amount: isAmount,
  taxFreeAmount: isAmount,
  vatAmount: isAmount,
  reason: isText,
  requester: isOneOf(['CUSTOMER', 'ADMIN']),
  promotionDiscountRetainOption: isOneOf(['RETAIN', 'RELEASE']),
  currentCancellableAmount: isAmount,
  refundAccount: isRecord,
  refundEmail: isText,
  skipWebhook: isBoolean,
}
/** The same for its refund account. */
export const ACCOUNT_TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  bank: (value) => isText(value) && BANKS.has(value),
  number: isText,
  holderName: isText,
  holderPhoneNumber: isText,
}

function wrongField(fields: Fields, types: Readonly<Record<string, (value: unknown) => boolean>>): string | undefined {
  return Object.entries(types).find(([name, fits]) => given(fields[name]) && !fits(fields[name]))?.[0]
}

const textOrNull = (value: unknown): string | null => (isText(value) ? value : null)
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** The order, or the words of a refusal. A field that the schema does not have is passed over, as a misspelt `amount` would be. */
export function readCancelOrder(fields: Fields): CancelOrder | string {
  const wrong = wrongField(fields, FIELD_TYPES)
  if (wrong !== undefined) return `${wrong} 값이 올바르지 않습니다.`
  const { reason } = fields
  if (!isText(reason) || reason === '') return 'reason 은 필수입니다.'
  const account = fields['refundAccount']
  let refundAccount: RefundAccount | null = null
  if (isRecord(account)) {
    const wrongInAccount = wrongField(account, ACCOUNT_TYPES)
    if (wrongInAccount !== undefined) return `refundAccount.${wrongInAccount} 값이 올바르지 않습니다.`
    const { bank, number, holderName } = account
    if (!isText(bank) || !isText(number) || !isText(holderName))
      return 'refundAccount 에는 bank, number, holderName 이 필요합니다.'
    refundAccount = { bank, number, holderName, holderPhoneNumber: textOrNull(account['holderPhoneNumber']) }
  }
  const order = {
    storeId: textOrNull(fields['storeId']),
    amount: numberOrNull(fields['amount']),
    taxFreeAmount: numberOrNull(fields['taxFreeAmount']),
    vatAmount: numberOrNull(fields['vatAmount']),
    currentCancellableAmount: numberOrNull(fields['currentCancellableAmount']),
    reason,
    retain: fields['promotionDiscountRetainOption'] === 'RETAIN' ? 'RETAIN' : 'RELEASE',
    refundAccount,
  } as const
  if (order.amount !== null && order.amount <= 0) return 'amount 는 0보다 커야 합니다.'
  const others = [order.taxFreeAmount, order.vatAmount, order.currentCancellableAmount]
  if (others.some((value) => value !== null && value < 0)) return '금액은 음수일 수 없습니다.'
  return order
}

/** What may be kept of a request: everything but names, phones, mail addresses and the account itself. */
export function noteOf(fields: Fields): V2CancelNote {
  const account = isRecord(fields['refundAccount']) ? fields['refundAccount'] : {}
  const number = textOrNull(account['number']) ?? ''
  return {
    amount: numberOrNull(fields['amount']),
    taxFreeAmount: numberOrNull(fields['taxFreeAmount']),
    vatAmount: numberOrNull(fields['vatAmount']),
    currentCancellableAmount: numberOrNull(fields['currentCancellableAmount']),
    reason: textOrNull(fields['reason']),
    requester: textOrNull(fields['requester']),
    retain: textOrNull(fields['promotionDiscountRetainOption']),
    skipWebhook: typeof fields['skipWebhook'] === 'boolean' ? fields['skipWebhook'] : null,
    refundBank: textOrNull(account['bank']),
    refundAccountLength: number.length,
    refundAccountTail: number.length > 4 ? number.slice(-4) : '',
    hasRefundHolder: (textOrNull(account['holderName']) ?? '') !== '',
    hasRefundPhone: (textOrNull(account['holderPhoneNumber']) ?? '') !== '',
  }
}

/** Was a positive amount, and a balance, said at all? A wrong one is refused, which is safe. */
export const saysAmount = (fields: Fields): boolean => given(fields['amount'])
export const saysBalance = (fields: Fields): boolean => given(fields['currentCancellableAmount'])
