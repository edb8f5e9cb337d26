import type { KiccBody } from './ledger'
import type { KiccReviseNote } from './payment'

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** What may be kept of a request: everything but the holder's name and the account itself. */
export function noteOf(fields: KiccBody): KiccReviseNote {
  const { refundInfo } = fields
  const account: KiccBody = typeof refundInfo === 'object' && refundInfo !== null ? (refundInfo as KiccBody) : {}
  const accountNo = textOrNull(account['refundAccountNo']) ?? ''
  return {
    mallId: textOrNull(fields['mallId']),
    shopTransactionId: textOrNull(fields['shopTransactionId']),
    pgCno: textOrNull(fields['pgCno']),
    reviseTypeCode: textOrNull(fields['reviseTypeCode']),
    reviseSubTypeCode: textOrNull(fields['reviseSubTypeCode']),
    amount: numberOrNull(fields['amount']),
    remainAmount: numberOrNull(fields['remainAmount']),
    cancelReqDate: textOrNull(fields['cancelReqDate']),
    reviseMessage: textOrNull(fields['reviseMessage']),
    refundQueryFlag: textOrNull(fields['refundQueryFlag']),
    depositPgCno: textOrNull(account['depositPgCno']),
    refundBankCode: textOrNull(account['refundBankCode']),
    refundAccountLength: accountNo.length,
    refundAccountTail: accountNo.length > 4 ? accountNo.slice(-4) : '',
    hasRefundDepositName: textOrNull(account['refundDepositName']) !== null,
    hasTaxInfo: typeof fields['taxInfo'] === 'object' && fields['taxInfo'] !== null,
    hasBasketInfo: typeof fields['basketInfo'] === 'object' && fields['basketInfo'] !== null,
  }
}
