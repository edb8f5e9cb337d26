import { kstDay } from '../clock'
import { cancellableAmount, cancellableTaxFree, statusOf } from './amounts'
import { failed, providerError, type V2Answer } from './answer'
import type { V2Account } from './books-part'
import type { CancelOrder } from './cancel-fields'
import type { V2Provider } from './payment'

/** A cancel whose missing parts are filled in. */
export interface CancelPlan {
  readonly amount: number
  readonly taxFree: number
  /** What goes back to the buyer; negative where a lost promotion is worth more. */
  readonly refund: number
}

/** KSNET takes nine partial cancels (its warning page for V1); PortOne gives no other number. */
const CANCELS_MAX: Partial<Readonly<Record<V2Provider, number>>> = { KSNET: 9 }

/** Nothing has a right to be cancelled before its amount means anything. */
export function stateRefusal(account: V2Account): V2Answer | undefined {
  switch (statusOf(account)) {
    case 'CANCELLED':
      return failed('PAYMENT_ALREADY_CANCELLED', '결제가 이미 취소되었습니다.')
    case 'PAID':
    case 'PARTIAL_CANCELLED':
      return undefined
    case 'READY':
    case 'VIRTUAL_ACCOUNT_ISSUED':
    case 'FAILED':
      return failed('PAYMENT_NOT_PAID', '결제가 완료되지 않았습니다.')
  }
}

/** Why PortOne does not pass this cancel on, or nothing. Judges the books as they stand. */
export function refusalOf(account: V2Account, order: CancelOrder, plan: CancelPlan): V2Answer | undefined {
  const left = cancellableAmount(account)
  if (order.currentCancellableAmount !== null && order.currentCancellableAmount !== left)
    return failed('CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN', '취소 가능 잔액이 일치하지 않습니다.')
  // Nothing left while a cancel is on its way: the payment is not cancelled yet, its amount is spoken for.
  if (plan.amount > left || left === 0)
    return failed('CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT', '취소 금액이 취소 가능 금액을 초과합니다.')
  return partsRefusal(account, order, plan, left) ?? promotionRefusal(account, order, plan) ?? countRefusal(account)
}

function partsRefusal(
  account: V2Account,
  order: CancelOrder,
  { amount, taxFree }: CancelPlan,
  left: number,
): V2Answer | undefined {
  if (taxFree + (order.vatAmount ?? 0) > amount)
    return failed('SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT', '하위 항목들의 합이 취소 금액을 초과합니다.')
  const taxFreeLeft = cancellableTaxFree(account)
  if (taxFree > taxFreeLeft)
    return failed(
      'CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT',
      '취소 면세 금액이 취소 가능한 면세 금액을 초과합니다.',
    )
  if (amount - taxFree > left - taxFreeLeft)
    return failed(
      'CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT',
      '취소 과세 금액이 취소 가능한 과세 금액을 초과합니다.',
    )
  return undefined
}

/** The first partial cancel binds the later ones to its option. */
function promotionRefusal(
  { payment, cancels }: V2Account,
  { retain }: CancelOrder,
  { refund }: CancelPlan,
): V2Answer | undefined {
  if (payment.promotion === null) return undefined
  const first = cancels.find(({ status }) => status !== 'FAILED')
  if (first !== undefined && first.retain !== retain)
    return failed(
      'PROMOTION_DISCOUNT_RETAIN_OPTION_SHOULD_NOT_BE_CHANGED',
      '프로모션 혜택 유지 옵션은 이전 부분 취소와 같아야 합니다.',
    )
  if (refund < 0)
    return failed('NEGATIVE_PROMOTION_ADJUSTED_CANCEL_AMOUNT', '프로모션에 의해 조정된 취소 금액이 음수입니다.')
  return undefined
}

/** Failed attempts count: the schema speaks of attempts. */
function countRefusal({ payment, cancels }: V2Account): V2Answer | undefined {
  const max = CANCELS_MAX[payment.channel.pgProvider]
  return max !== undefined && cancels.length >= max
    ? failed('MAX_CANCEL_COUNT_REACHED', '취소 시도 횟수를 초과하였습니다.')
    : undefined
}

/** Why a refund account is asked for, or why the provider behind refuses. The provider's codes are made up. */
export function methodRefusal(
  { payment }: V2Account,
  order: CancelOrder,
  plan: CancelPlan,
  nowMs: number,
): V2Answer | undefined {
  const { method, channel, paidAtMs } = payment
  switch (method.type) {
    case 'PaymentMethodVirtualAccount':
      return accountRefusal(order, channel.pgProvider)
    case 'PaymentMethodMobile': {
      if (plan.amount !== payment.total) return providerError('M001', '휴대폰 결제는 부분취소할 수 없습니다')
      // After the month of the payment the carrier has settled; the money goes to an account instead.
      const sameMonth = kstDay(paidAtMs ?? 0).slice(0, 7) === kstDay(nowMs).slice(0, 7)
      return sameMonth ? undefined : accountRefusal(order, channel.pgProvider)
    }
    case 'PaymentMethodCard':
    case 'PaymentMethodTransfer':
    case 'PaymentMethodEasyPay':
      return undefined
  }
}

function accountRefusal({ refundAccount }: CancelOrder, provider: V2Provider): V2Answer | undefined {
  if (refundAccount === null || refundAccount.number === '' || refundAccount.holderName === '')
    return failed('INVALID_REQUEST', '계좌 환불에는 refundAccount 가 필요합니다.')
  const needsPhone = provider === 'SMARTRO' || provider === 'SMARTRO_V2'
  if (needsPhone && !/^[\d-]+$/.test(refundAccount.holderPhoneNumber ?? ''))
    return failed('INVALID_REQUEST', 'refundAccount.holderPhoneNumber 가 필요합니다.')
  return /^\d+$/.test(refundAccount.number) ? undefined : providerError('A001', '환불 계좌번호 오류')
}
