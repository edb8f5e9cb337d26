/** Documented by KICC: success, and the two that say "the result is not known, ask again with refundQueryFlag". */
export const SUCCESS = '0000'
export const UNKNOWN_RESULTS = { kicc_vtim: 'VTIM', kicc_vt00: 'VT00' } as const
export type UnknownResult = (typeof UNKNOWN_RESULTS)[keyof typeof UNKNOWN_RESULTS]

export interface Refusal {
  readonly resCd: string
  readonly resMsg: string
}

const refusal = (resCd: string, resMsg: string): Refusal => ({ resCd, resMsg })

/**
 * Everything else. UNCONFIRMED: KICC gives out no list of the refund service's codes, so all of these are the practice
 * PG's own, in a form (`PR..`) that KICC surely does not use. A client must go by "0000 or not" and show the rest as it comes.
 */
export const REFUSALS = {
  unreadable: refusal('PR01', '요청 전문을 읽을 수 없습니다.'),
  field: (name: string) => refusal('PR02', `${name} 값이 없거나 형식 또는 길이가 올바르지 않습니다.`),
  characters: (name: string) => refusal('PR03', `${name} 값에 사용할 수 없는 문자가 있습니다.`),
  merchant: refusal('PR04', '등록되지 않은 상점입니다.'),
  authentication: refusal('PR05', '메시지 인증값이 일치하지 않습니다.'),
  duplicate: refusal('PR06', '이미 사용된 상점거래고유번호입니다.'),
  day: refusal('PR07', '취소요청일자가 당일이 아닙니다.'),
  unknownPayment: refusal('PR08', '원거래가 존재하지 않습니다.'),
  type: refusal('PR09', '환불 서비스에 사용할 수 없는 변경구분입니다.'),
  subType: refusal('PR10', '변경세부구분이 올바르지 않습니다.'),
  service: refusal('PR11', '신청되지 않은 환불 서비스입니다.'),
  amount: refusal('PR12', '환불 금액이 올바르지 않습니다.'),
  overBalance: refusal('PR13', '환불 가능 금액을 초과하였습니다.'),
  partlyRefunded: refusal('PR14', '부분환불된 거래는 전체환불할 수 없습니다.'),
  escrow: refusal('PR15', '에스크로 거래는 환불할 수 없습니다. 에스크로 상태변경을 이용하십시오.'),
  method: refusal('PR16', '환불할 수 없는 결제수단입니다.'),
  account: refusal('PR17', '환불 계좌 정보가 올바르지 않습니다.'),
  remainAmount: refusal('PR18', '잔액 정보가 일치하지 않습니다.'),
  deposit: refusal('PR19', '입금 거래번호가 없거나 올바르지 않습니다.'),
  tax: refusal('PR20', '복합과세 금액 정보가 없거나 환불 금액과 일치하지 않습니다.'),
  basket: refusal('PR21', '정산 분할 장바구니 정보가 없거나 올바르지 않습니다.'),
  accountCheck: refusal('PR22', '예금주 또는 계좌 확인에 실패하였습니다.'),
  notDeposited: refusal('PR23', '입금되지 않은 거래입니다.'),
  queryService: refusal('PR24', '환불 결과 조회는 실시간 환불에만 사용할 수 있습니다.'),
  queryNotFound: refusal('PR31', '조회할 환불 요청이 없습니다.'),
  notProcessed: refusal('PR32', '환불이 처리되지 않았습니다.'),
  lookupDay: refusal('PR41', '조회 가능한 거래일자는 전일과 당일입니다.'),
  lookupNotFound: refusal('PR42', '조회된 거래가 없습니다.'),
  noSuchPlace: refusal('PR98', '존재하지 않는 서비스입니다.'),
  failure: refusal('PR99', '처리 중 오류가 발생하였습니다.'),
} as const

/** Of a cash receipt that could not be cancelled along with its refund. UNCONFIRMED as well. */
export const CASH_RECEIPT_FAILURE = refusal('PR90', '현금영수증 취소에 실패하였습니다.')
/** Of notification 51, from its sample. */
export const TRANSFER_IMPOSSIBLE = refusal('5413', '이체불능 (계좌 오류)')
