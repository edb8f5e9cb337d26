import type { ChannelId, PaymentId } from '../../src/domain/ids'
import { addWon, won } from '../../src/domain/money'
import type { CancelFact, PgPayment } from '../../src/domain/payment'

/** A payment as a PG shows it; the total follows the list unless a test says otherwise. */
export function aPgPayment(change: Partial<PgPayment> = {}): PgPayment {
  const cancels = change.cancels ?? []
  return {
    channelId: 'shop' as ChannelId,
    paymentId: 'shop:key_1' as PaymentId,
    pgKey: 'key_1',
    orderNo: 'ORD-1',
    method: 'virtual-account',
    provider: 'html5_inicis',
    pgTransactionKey: null,
    status: 'paid',
    currency: 'KRW',
    paid: won(50_000),
    cancelledTotal: addWon(won(0), ...cancels.map((cancel) => cancel.amount)),
    cancels,
    paidAtMs: 0,
    buyerName: '홍길동',
    productName: '상품',
    escrow: false,
    sandbox: false,
    promotion: false,
    ...change,
  }
}

export function aCancel(change: Partial<Omit<CancelFact, 'amount'>> & { readonly amount?: number } = {}): CancelFact {
  return {
    cancelKey: null,
    pgTransactionKey: null,
    cancelledAtMs: 0,
    reason: '',
    ...change,
    amount: won(change.amount ?? 1_000),
  }
}
