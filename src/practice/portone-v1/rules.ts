import { kstDay, kstHour } from '../clock'
import type { Account } from '../books'
import { knowsBank } from './banks'
import { refused, type Answer } from './envelope'
import { shownBalance, statusOf, sum, trueBalance } from './payment-view'

/** A cancel request after its fields were read; `amount` is already what will be refunded. */
export interface CancelOrder {
  readonly amount: number
  readonly checksum: number | null
  readonly taxFree: number | null
  readonly vatAmount: number | null
  readonly reason: string
  readonly refundHolder: string
  readonly refundBank: string
  readonly refundAccount: string
  readonly refundTel: string
}

/**
 * Texts of refusals. Those of an already cancelled, an unknown and a PG-refused payment are PortOne's own as seen in
 * public code; PortOne documents no other, so the rest are the practice PG's words. Clients go by `code` first.
 */
export const REFUSALS = {
  unknownPayment: '취소할 결제건이 존재하지 않습니다.',
  alreadyCancelled: '이미 전액취소된 주문입니다.',
  checksum: '취소 가능 잔액이 checksum과 일치하지 않습니다.',
  overRefund: '취소 요청금액이 취소 가능 잔액보다 큽니다.',
  amount: '취소 요청금액이 올바르지 않습니다.',
  notPaid: '결제완료 상태가 아닌 결제건은 취소할 수 없습니다.',
  noKey: 'imp_uid, merchant_uid 중 하나는 필수입니다.',
  tooLong: (field: string) => `${field} 값의 길이가 올바르지 않습니다.`,
  refundFields: '가상계좌 환불에는 refund_holder, refund_bank, refund_account 가 모두 필요합니다.',
  refundTel: 'refund_tel 이 필요합니다.',
} as const

/** PortOne passes a PG's own words on inside this sentence, with code -1. */
function refusedByPg(pgText: string): Answer {
  return refused(`결제취소에 실패하였습니다. [${pgText}]`, -1)
}

/** Lengths of the official V1 reference, in characters. */
const LENGTHS_MAX = { refundHolder: 16, refundBank: 4, refundAccount: 16, refundTel: 16, reason: 256 } as const
const WIRE_NAMES = {
  refundHolder: 'refund_holder',
  refundBank: 'refund_bank',
  refundAccount: 'refund_account',
  refundTel: 'refund_tel',
  reason: 'reason',
} as const

/** `tax_free` is not taken as 0 at these: a payment with a tax-free part needs it said. */
const TAX_FREE_NOT_DEFAULTED = new Set(['kcp', 'kcp_quick', 'kicc', 'nice', 'payco'])
/** These ask for it on partial cancels. */
const TAX_FREE_ON_PARTIAL = new Set(['smartro_v2', 'welcome'])
/** VAT that was given at payment must be given back by name at these. */
const VAT_BY_NAME = new Set(['nice', 'nice_v2', 'html5_inicis', 'welcome'])
/** These compare the tax parts with what is left of each (nice: PG code 1617). */
const PARTS_MUST_ADD_UP = new Set(['kcp', 'kcp_quick', 'kicc', 'nice', 'nice_v2'])

const KSNET_PARTIALS_MAX = 9
const KSNET_DAYS_MAX = 183
const DAY_MS = 24 * 60 * 60 * 1000

/** Why this cancel is not carried out, or nothing. Judges the books as they stand: the caller must not wait between this and the effect. */
export function refusalOf(account: Account, order: CancelOrder, nowMs: number): Answer | undefined {
  for (const field of Object.keys(LENGTHS_MAX) as (keyof typeof LENGTHS_MAX)[]) {
    if (order[field].length > LENGTHS_MAX[field]) return refused(REFUSALS.tooLong(WIRE_NAMES[field]))
  }
  const status = statusOf(account)
  if (status === 'cancelled') return refused(REFUSALS.alreadyCancelled)
  if (status !== 'paid') return refused(REFUSALS.notPaid)
  // Only what PortOne shows is compared: a refund on its way has not reduced it yet, which is why an asynchronous
  // cancel must not be repeated on the strength of its checksum.
  if (order.checksum !== null && order.checksum !== shownBalance(account)) return refused(REFUSALS.checksum)
  if (order.amount > shownBalance(account)) return refused(REFUSALS.overRefund)
  if (order.amount > trueBalance(account)) return refusedByPg('취소 가능 금액 초과')
  return methodRefusal(account, order, nowMs) ?? pgRefusal(account, order, nowMs) ?? taxRefusal(account, order)
}

function methodRefusal(account: Account, order: CancelOrder, nowMs: number): Answer | undefined {
  const { payMethod, pgProvider, amount, paidAtMs } = account.payment
  if (payMethod === 'phone') {
    if (kstDay(paidAtMs ?? 0).slice(0, 7) !== kstDay(nowMs).slice(0, 7))
      return refusedByPg('휴대폰 결제는 결제 당월에만 취소할 수 있습니다')
    if (order.amount !== amount) return refusedByPg('휴대폰 결제는 부분취소할 수 없습니다')
  }
  if (payMethod === 'vbank' || (payMethod === 'trans' && pgProvider === 'smartro_v2')) {
    if (order.refundHolder === '' || order.refundBank === '' || order.refundAccount === '')
      return refused(REFUSALS.refundFields)
    if (!/^\d+$/.test(order.refundAccount)) return refusedByPg('환불 계좌번호 오류')
    if (!knowsBank(pgProvider, order.refundBank)) return refusedByPg('환불 은행코드 오류')
    if ((pgProvider === 'smartro' || pgProvider === 'smartro_v2') && !/^[\d-]+$/.test(order.refundTel))
      return refused(REFUSALS.refundTel)
  }
  return undefined
}

/** KSNET's warning page: nine partial cancels, six months, no virtual-account refunds between 23:00 and 06:00. */
function pgRefusal(account: Account, order: CancelOrder, nowMs: number): Answer | undefined {
  const { payment } = account
  if (payment.pgProvider !== 'ksnet') return undefined
  const hour = kstHour(nowMs)
  if (payment.payMethod === 'vbank' && (hour >= 23 || hour < 6))
    return refusedByPg('가상계좌 환불 불가 시간입니다 (23:00~06:00)')
  if (nowMs - (payment.paidAtMs ?? 0) > KSNET_DAYS_MAX * DAY_MS) return refusedByPg('취소 가능 기간이 지났습니다')
  if (account.cancels.length >= KSNET_PARTIALS_MAX && order.amount < trueBalance(account))
    return refusedByPg('부분취소 가능 횟수를 초과하였습니다')
  return undefined
}

function taxRefusal(account: Account, order: CancelOrder): Answer | undefined {
  const { pgProvider, taxFree, vatAmount, amount } = account.payment
  if (taxFree > 0 && order.taxFree === null) {
    if (TAX_FREE_NOT_DEFAULTED.has(pgProvider)) return refusedByPg('면세 금액이 필요합니다')
    if (TAX_FREE_ON_PARTIAL.has(pgProvider) && order.amount < amount)
      return refusedByPg('부분취소 면세 금액이 필요합니다')
  }
  if (vatAmount !== null && order.vatAmount === null && VAT_BY_NAME.has(pgProvider))
    return refusedByPg('부가세 금액이 필요합니다')
  const taxFreePart = order.taxFree ?? 0
  const taxFreeLeft = sum([taxFree, ...account.cancels.map((cancel) => -cancel.taxFree)])
  const taxedLeft = sum([trueBalance(account), -taxFreeLeft])
  const fits =
    taxFreePart >= 0 &&
    taxFreePart <= order.amount &&
    taxFreePart <= taxFreeLeft &&
    order.amount - taxFreePart <= taxedLeft
  if (PARTS_MUST_ADD_UP.has(pgProvider) && !fits) return refusedByPg('1617 취소 금액의 과세·면세 구성이 맞지 않습니다')
  return undefined
}
