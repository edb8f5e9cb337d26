import { kstDigits } from '../clock'
import type { KiccBody } from './ledger'
import type { KiccPayment, KiccRefund } from './payment'
import { CASH_RECEIPT_FAILURE, SUCCESS } from './results'

/**
 * KICC's table, its sample and its Korean page disagree on how an answer looks, so the answers take turns: each point
 * of disagreement changes with a rhythm of its own, and a client meets all of them within five refunds.
 */
export function refundAnswer(payment: KiccPayment, refund: KiccRefund, turn: number): KiccBody {
  const settlement = refund.reviseTypeCode !== '63'
  const atText = kstDigits(refund.acceptedAtMs)
  const amount = turn % 2 === 1 ? String : (value: number) => value
  // Fourteen digits as in the sample, or twelve as the table says: yyMMddHHmmss.
  const refundDate = kstDigits(settlement ? refund.dueAtMs : refund.acceptedAtMs).slice(turn % 3 === 1 ? 2 : 0)
  const [statusCode, statusMessage] = settlement
    ? turn % 3 === 2
      ? ['TS02', '취소']
      : ['RF01', '환불요청']
    : turn % 3 === 2
      ? ['TS02', '취소']
      : ['RF02', '환불완료']
  return {
    resCd: SUCCESS,
    resMsg: '환불 성공',
    shopTransactionId: refund.shopTransactionId,
    mallId: refund.mallId,
    oriPgCno: refund.pgCno,
    cancelPgCno: refund.cancelPgCno,
    ...(turn % 2 === 0 ? { shopOrderNo: payment.shopOrderNo } : {}),
    ...(turn % 5 === 3 ? {} : { cancelAmount: amount(refund.amount) }),
    ...(turn % 4 === 2 ? {} : { remainAmount: amount(refund.balanceAfter) }),
    transactionDate: atText,
    statusCode,
    statusMessage,
    escrowUsed: 'N',
    reviseInfo: {
      payMethodTypeCode: turn % 4 === 3 ? '11' : payment.method,
      approvalDate: atText,
      refundInfo: {
        refundDate,
        ...(refund.depositPgCno !== null && turn % 2 === 0 ? { depositPgCno: refund.depositPgCno } : {}),
      },
      ...cashReceipt(payment, atText),
    },
  }
}

function cashReceipt(payment: KiccPayment, atText: string): KiccBody {
  switch (payment.cashReceipt) {
    case 'none':
      return {}
    case 'cancelled':
      return {
        cashReceiptInfo: {
          resCd: SUCCESS,
          resMsg: '현금영수증 취소 성공',
          approvalNo: payment.pgCno.slice(-9),
          cancelDate: atText,
        },
      }
    case 'fails':
      return { cashReceiptInfo: { ...CASH_RECEIPT_FAILURE } }
  }
}
