import { problem, type Problem, type RefundColumn } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'

/**
 * What people call the columns, normalised. Left out on purpose: 결제금액 (what was paid, not what to give back), 가상계좌
 * (where the customer paid in) and 비고/메모 (notes that were not meant for the PG).
 */
const NAMES: Readonly<Record<RefundColumn, readonly string[]>> = {
  orderNo: [
    '주문번호',
    '주문id',
    '주문코드',
    '주문no',
    '가맹점주문번호',
    '상점주문번호',
    '쇼핑몰주문번호',
    '주문',
    'orderno',
    'orderid',
    'ordernumber',
    'ordercode',
    'order',
    'merchantorderno',
    'merchantorderid',
  ],
  paymentKey: [
    '거래번호',
    '결제번호',
    '거래id',
    '결제id',
    '결제고유번호',
    '거래고유번호',
    '결제키',
    'paymentkey',
    'paymentid',
    'paymentno',
    'transactionno',
    'transactionid',
  ],
  amount: [
    '환불금액',
    '환불액',
    '환불요청금액',
    '환불요청액',
    '환불예정금액',
    '환불할금액',
    '취소금액',
    '취소요청금액',
    '금액',
    '요청금액',
    'amount',
    'refundamount',
    'cancelamount',
  ],
  bank: [
    '은행',
    '은행명',
    '은행코드',
    '환불은행',
    '환불은행명',
    '환불은행코드',
    '입금은행',
    '입금은행명',
    '거래은행',
    'bank',
    'bankname',
    'bankcode',
    'refundbank',
    'refundbankcode',
  ],
  account: [
    '계좌',
    '계좌번호',
    '환불계좌',
    '환불계좌번호',
    '입금계좌',
    '입금계좌번호',
    '환불받을계좌',
    'account',
    'accountno',
    'accountnumber',
    'bankaccount',
    'refundaccount',
    'refundaccountno',
    'refundaccountnumber',
  ],
  holder: [
    '예금주',
    '예금주명',
    '환불예금주',
    '환불예금주명',
    '계좌주',
    '계좌주명',
    '수취인',
    '수취인명',
    'holder',
    'accountholder',
    'holdername',
    'refundholder',
    'depositor',
  ],
  phone: [
    '연락처',
    '전화',
    '전화번호',
    '휴대폰',
    '휴대폰번호',
    '휴대전화',
    '휴대전화번호',
    '핸드폰',
    '핸드폰번호',
    '예금주연락처',
    '예금주전화번호',
    '환불연락처',
    'phone',
    'phoneno',
    'phonenumber',
    'tel',
    'mobile',
    'refundtel',
  ],
  reason: [
    '사유',
    '환불사유',
    '취소사유',
    '환불요청사유',
    '취소요청사유',
    '반품사유',
    'reason',
    'refundreason',
    'cancelreason',
  ],
  taxFree: ['면세', '면세금액', '면세액', '비과세', '비과세금액', 'taxfree', 'taxfreeamount'],
  vat: ['부가세', '부가세액', '부가가치세', '부가가치세액', 'vat', 'vatamount'],
  basket: ['분할정산', '분할정산항목', '장바구니', '장바구니항목', 'basket', 'basketinfo', 'basketitems'],
}

/** No name of a column is longer; keeps a hostile header from being searched. */
const NAME_LENGTH_MAX = 60

/** Spaces, punctuation, a unit or a remark in brackets and the mark of a required column do not make another name. */
export function normalisedName(name: string): string {
  return name
    .slice(0, NAME_LENGTH_MAX)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/gu, '')
    .replaceAll(/[\s*_.\-/:'"·]/gu, '')
}

const columnOfName: ReadonlyMap<string, RefundColumn> = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [name, column as RefundColumn] as const)),
)

function columnOf(name: string, paymentKeyNames: ReadonlySet<string>): RefundColumn | undefined {
  const normalised = normalisedName(name)
  return paymentKeyNames.has(normalised) ? 'paymentKey' : columnOfName.get(normalised)
}

/** How many of a row's cells are names of columns; what finds the header under a title. */
export function countRefundNames(cells: readonly string[], paymentKeyNames: readonly string[]): number {
  const keys = new Set(paymentKeyNames.map(normalisedName))
  return new Set(cells.map((cell) => columnOf(cell, keys)).filter((column) => column !== undefined)).size
}

/**
 * Which cell of a row is what. `paymentKeyNames` are the PG's own names of its payment key. Problems:
 * file-header-missing-column (no amount, or neither order number nor payment key), file-header-duplicate-column (two
 * columns that mean the same: only a person knows which one counts).
 */
export function mapRefundColumns(
  header: readonly string[],
  paymentKeyNames: readonly string[],
): Result<ReadonlyMap<RefundColumn, number>, Problem> {
  const keys = new Set(paymentKeyNames.map(normalisedName))
  const columns = new Map<RefundColumn, number>()
  for (const [index, name] of header.entries()) {
    const column = columnOf(name, keys)
    if (column === undefined) continue
    const earlier = columns.get(column)
    if (earlier !== undefined)
      return fail(problem('file-header-duplicate-column', { column, first: header[earlier] ?? '', second: name }))
    columns.set(column, index)
  }
  if (!columns.has('orderNo') && !columns.has('paymentKey'))
    return fail(problem('file-header-missing-column', { column: 'orderNo' }))
  if (!columns.has('amount')) return fail(problem('file-header-missing-column', { column: 'amount' }))
  return ok(columns)
}
