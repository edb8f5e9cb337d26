import { REFUSALS, type Refusal } from './results'
import type { KiccBody } from './ledger'

/** As KICC's refund page writes it; lengths are bytes. */
export interface KiccField {
  readonly type: 'String' | 'Number' | 'Object'
  readonly bytesMax?: number
  readonly required?: true
}
export type KiccFields = Readonly<Record<string, KiccField>>

const text = (bytesMax: number): KiccField => ({ type: 'String', bytesMax })
const number: KiccField = { type: 'Number' }
const object: KiccField = { type: 'Object' }
const required = (field: KiccField): KiccField => ({ ...field, required: true })

/** KICC's tables of the refund page, carried over by hand; a test holds them against the page. */
export const REVISE_FIELDS: KiccFields = {
  mallId: required(text(8)),
  shopTransactionId: required(text(60)),
  pgCno: required(text(20)),
  reviseTypeCode: required(text(2)),
  reviseSubTypeCode: text(4),
  amount: number,
  remainAmount: number,
  clientIp: text(20),
  clientId: text(32),
  cancelReqDate: required(text(8)),
  msgAuthValue: required(text(200)),
  reviseMessage: text(100),
  refundQueryFlag: text(1),
  refundInfo: required(object),
  taxInfo: object,
  basketUsed: text(1),
  basketInfo: object,
}
export const REFUND_INFO_FIELDS: KiccFields = {
  refundBankCode: required(text(3)),
  refundAccountNo: required(text(14)),
  refundDepositName: required(text(50)),
  depositPgCno: text(20),
}
export const TAX_INFO_FIELDS: KiccFields = {
  taxationAmount: required(number),
  taxFreeAmount: required(number),
  vatAmount: required(number),
}
export const BASKET_INFO_FIELDS: KiccFields = { productPgCno: required(text(20)), sellerId: required(text(50)) }

export const ANSWER_FIELDS: KiccFields = {
  resCd: required(text(4)),
  resMsg: required(text(1000)),
  shopTransactionId: required(text(60)),
  mallId: text(8),
  oriPgCno: text(20),
  cancelPgCno: text(20),
  cancelAmount: required(number),
  remainAmount: number,
  transactionDate: text(14),
  statusCode: text(4),
  statusMessage: text(50),
  escrowUsed: text(1),
  reviseInfo: object,
}
export const REVISE_INFO_FIELDS: KiccFields = {
  payMethodTypeCode: required(text(2)),
  approvalNo: text(50),
  approvalDate: required(text(14)),
  refundInfo: required(object),
  cashReceiptInfo: object,
}
export const REFUND_DETAIL_FIELDS: KiccFields = { refundDate: required(text(14)), depositPgCno: required(text(20)) }
export const CASH_RECEIPT_FIELDS: KiccFields = {
  resCd: required(text(4)),
  resMsg: required(text(1000)),
  approvalNo: text(50),
  cancelDate: text(14),
}

/** POST /api/trades/retrieveTransaction. */
export const RETRIEVE_FIELDS: KiccFields = {
  mallId: required(text(8)),
  shopTransactionId: required(text(60)),
  transactionDate: required(text(8)),
}

const FORBIDDEN = /['"<>\\;|&\r\n]/
/** The back end is EUC-KR: nothing beyond the basic plane, and no picture within it. */
const EMOJI = /[\u{10000}-\u{10ffff}\p{Emoji_Presentation}\uFE0F]/u

const isObject = (value: unknown): value is KiccBody =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with the fields of one table, or nothing. Fields that the table does not have are passed over, as KICC does. */
export function fieldRefusal(table: KiccFields, values: KiccBody): Refusal | undefined {
  for (const [name, { type, bytesMax = 0, required: isRequired }] of Object.entries(table)) {
    const value = values[name]
    if (value === undefined || value === null || value === '') {
      if (isRequired === true) return REFUSALS.field(name)
      continue
    }
    switch (type) {
      case 'String':
        if (typeof value !== 'string' || Buffer.byteLength(value) > bytesMax) return REFUSALS.field(name)
        if (FORBIDDEN.test(value) || EMOJI.test(value)) return REFUSALS.characters(name)
        break
      case 'Number':
        if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return REFUSALS.field(name)
        break
      case 'Object':
        // A list is read item by item: the table says Object where a split basket needs several.
        if (!isObject(value) && !(name === 'basketInfo' && Array.isArray(value))) return REFUSALS.field(name)
        break
    }
  }
  return undefined
}

export interface ReviseOrder {
  readonly mallId: string
  readonly shopTransactionId: string
  readonly pgCno: string
  readonly typeCode: string
  readonly subTypeCode: string
  readonly amount: number | null
  readonly remainAmount: number | null
  readonly day: string
  readonly authValue: string
  readonly query: boolean
  readonly bankCode: string
  readonly accountNo: string
  readonly depositPgCno: string | null
  readonly tax: { readonly taxation: number; readonly taxFree: number; readonly vat: number } | null
  readonly basketUsed: boolean
  readonly basket: readonly { readonly productPgCno: string; readonly sellerId: string }[]
}

/** Reads a revise request by its tables. */
export function readRevise(fields: KiccBody): ReviseOrder | Refusal {
  const { refundInfo, taxInfo, basketInfo } = fields
  const items: readonly unknown[] = Array.isArray(basketInfo) ? basketInfo : isObject(basketInfo) ? [basketInfo] : []
  const account = isObject(refundInfo) ? refundInfo : {}
  const tax = isObject(taxInfo) ? taxInfo : null
  const refusal =
    fieldRefusal(REVISE_FIELDS, fields) ??
    fieldRefusal(REFUND_INFO_FIELDS, account) ??
    (tax === null ? undefined : fieldRefusal(TAX_INFO_FIELDS, tax)) ??
    items
      .map((item) => (isObject(item) ? fieldRefusal(BASKET_INFO_FIELDS, item) : REFUSALS.field('basketInfo')))
      .find((each) => each !== undefined) ??
    flagRefusal(fields, 'refundQueryFlag') ??
    flagRefusal(fields, 'basketUsed')
  if (refusal !== undefined) return refusal

  const string = (value: unknown): string => (typeof value === 'string' ? value : '')
  const amountOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
  return {
    mallId: string(fields['mallId']),
    shopTransactionId: string(fields['shopTransactionId']),
    pgCno: string(fields['pgCno']),
    typeCode: string(fields['reviseTypeCode']),
    subTypeCode: string(fields['reviseSubTypeCode']),
    amount: amountOf(fields['amount']),
    remainAmount: amountOf(fields['remainAmount']),
    day: string(fields['cancelReqDate']),
    authValue: string(fields['msgAuthValue']),
    query: fields['refundQueryFlag'] === 'Y',
    bankCode: string(account['refundBankCode']),
    accountNo: string(account['refundAccountNo']),
    depositPgCno: string(account['depositPgCno']) || null,
    tax:
      tax === null
        ? null
        : {
            taxation: amountOf(tax['taxationAmount']) ?? 0,
            taxFree: amountOf(tax['taxFreeAmount']) ?? 0,
            vat: amountOf(tax['vatAmount']) ?? 0,
          },
    basketUsed: fields['basketUsed'] === 'Y',
    basket: items
      .filter(isObject)
      .map((item) => ({ productPgCno: string(item['productPgCno']), sellerId: string(item['sellerId']) })),
  }
}

/** A flag is Y or N; anything else would be read as N, and an unflagged query moves money. */
function flagRefusal(fields: KiccBody, name: string): Refusal | undefined {
  const value = fields[name]
  return value === undefined || value === null || value === '' || value === 'Y' || value === 'N'
    ? undefined
    : REFUSALS.field(name)
}
