import { KICC_BYTES_MAX } from '../../../../domain/pg-rules/kicc-text'
import { shownFields, type Shown } from '../scrub'

/** The two questions of KICC that this adapter knows. */
export const PATHS = { revise: '/api/trades/revise', retrieve: '/api/trades/retrieveTransaction' } as const

/**
 * Every field of KICC that this adapter sends or reads, written down by us from KICC's refund page, look-up page and
 * notification page. Nothing else is sent, nothing else is read; a test compares the tables with the refund page.
 */
export interface WireField {
  readonly type: 'string' | 'number' | 'object'
  /** Null where the page gives none. */
  readonly bytesMax: number | null
  readonly transcript: Shown
}

type WireTable = Readonly<Record<string, WireField>>

const text = (bytesMax: number, transcript: Shown = 'kept'): WireField => ({ type: 'string', bytesMax, transcript })
const number: WireField = { type: 'number', bytesMax: null, transcript: 'kept' }
const object: WireField = { type: 'object', bytesMax: null, transcript: 'kept' }

/** POST revise. `msgAuthValue` and `refundQueryFlag` are added when it is sent and are never stored. */
export const REVISE_REQUEST = {
  mallId: text(8),
  shopTransactionId: text(60),
  pgCno: text(20),
  reviseTypeCode: text(2),
  reviseSubTypeCode: text(4),
  amount: number,
  remainAmount: number,
  clientIp: text(20, 'masked'),
  clientId: text(32, 'masked'),
  cancelReqDate: text(8),
  msgAuthValue: text(200, 'masked'),
  reviseMessage: text(KICC_BYTES_MAX.reason, 'tag'),
  refundQueryFlag: text(1),
  refundInfo: object,
  taxInfo: object,
  basketUsed: text(1),
  basketInfo: object,
} as const satisfies WireTable

export const REFUND_INFO = {
  refundBankCode: text(3),
  refundAccountNo: text(KICC_BYTES_MAX.accountNo, 'masked'),
  refundDepositName: text(KICC_BYTES_MAX.holder, 'masked'),
  depositPgCno: text(20),
} as const satisfies WireTable

export const TAX_INFO = {
  taxationAmount: number,
  taxFreeAmount: number,
  vatAmount: number,
} as const satisfies WireTable

export const BASKET_INFO = {
  productPgCno: text(KICC_BYTES_MAX.itemKey),
  sellerId: text(KICC_BYTES_MAX.sellerId),
} as const satisfies WireTable

/** POST retrieveTransaction. */
export const RETRIEVE_REQUEST = {
  mallId: text(8),
  shopTransactionId: text(60),
  transactionDate: text(8),
} as const satisfies WireTable

/** What both questions answer. */
export const ANSWER = {
  resCd: text(4),
  resMsg: text(1000, 'words'),
  shopTransactionId: text(60),
  mallId: text(8),
  oriPgCno: text(20),
  cancelPgCno: text(20),
  cancelAmount: number,
  remainAmount: number,
  transactionDate: text(14),
  statusCode: text(4),
  reviseInfo: object,
} as const satisfies WireTable

export const REVISE_INFO = {
  approvalDate: text(14),
  refundInfo: object,
  cashReceiptInfo: object,
} as const satisfies WireTable

/** The refund part of an answer. */
export const REFUND_DETAIL = { depositPgCno: text(20) } as const satisfies WireTable

export const CASH_RECEIPT_INFO = { resCd: text(4), resMsg: text(1000, 'words') } as const satisfies WireTable

/** Shown in a transcript for a person, read by nobody here. */
const SHOWN_ONLY = {
  shopOrderNo: text(40),
  statusMessage: text(50, 'words'),
  payMethodTypeCode: text(2),
  refundDate: text(14),
} as const satisfies WireTable

export const TRANSCRIPT_FIELDS = shownFields([
  REVISE_REQUEST,
  REFUND_INFO,
  TAX_INFO,
  BASKET_INFO,
  RETRIEVE_REQUEST,
  ANSWER,
  REVISE_INFO,
  REFUND_DETAIL,
  CASH_RECEIPT_INFO,
  SHOWN_ONLY,
])
