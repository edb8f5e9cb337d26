import { describe, expect, it } from 'vitest'
import { paymentIdOf } from '../../../../src/domain/ids'
import { won } from '../../../../src/domain/money'
import type { CancelFact, PgPayment } from '../../../../src/domain/payment'
import { MAIN_CHANNEL } from '../../../../src/main/core/ledger/channels'
import { recordPgPayment } from '../../../../src/main/core/ledger/payments'
import { dropPgCancel, lastSeen, recordPgCancel } from '../../../../src/main/core/ledger/pg-words'
import { openTestLedger, TEST_NOW_MS } from '../../../support/open-test-ledger'

const { channelId } = MAIN_CHANNEL
const paymentId = paymentIdOf(channelId, '26112100000001')

const PAYMENT: PgPayment = {
  channelId,
  paymentId,
  pgKey: '26112100000001',
  orderNo: 'ORD-1',
  method: 'virtual-account',
  provider: 'easypay',
  pgTransactionKey: null,
  status: 'paid',
  currency: 'KRW',
  paid: won(30_000),
  cancelledTotal: won(0),
  cancels: [],
  paidAtMs: TEST_NOW_MS,
  buyerName: '홍길동',
  productName: '상품',
  escrow: false,
  sandbox: false,
  promotion: false,
}

function openTold() {
  const { ledger } = openTestLedger()
  let no = 0
  const newId = (prefix: string): string => `${prefix}_${(no += 1)}`
  ledger.write(() => recordPgPayment(ledger, newId, PAYMENT, TEST_NOW_MS))
  const cancel = (cancelKey: string, amount: number, second: number): CancelFact => ({
    cancelKey,
    pgTransactionKey: null,
    amount: won(amount),
    cancelledAtMs: TEST_NOW_MS + second * 1000,
    reason: '',
  })
  return {
    tells: (key: string, amount: number, second: number, balanceAfter: number | null) =>
      ledger.write(() =>
        recordPgCancel(
          ledger,
          newId,
          paymentId,
          cancel(key, amount, second),
          balanceAfter === null ? null : won(balanceAfter),
        ),
      ),
    cameBack: (cancelKey: string, amount: number) =>
      ledger.write(() => dropPgCancel(ledger, newId, paymentId, { cancelKey, amount: won(amount) })),
    total: () => ledger.read(() => lastSeen(ledger, paymentId)).cancelledTotal,
  }
}

describe('what a PG that shows no payments has told', () => {
  it('counts a cancel once that a balance told of before its notification', () => {
    const told = openTold()
    told.tells('ours', 5_000, 10, 23_000)
    expect(told.total()).toBe(7_000)
    told.tells('theirs', 2_000, 1, null)
    expect(told.total()).toBe(7_000)
  })

  it('counts a cancel of the same second, whose balance is the one before or after the other', () => {
    const told = openTold()
    told.tells('ours', 5_000, 10, 23_000)
    told.tells('theirs', 2_000, 10, 28_000)
    expect(told.total()).toBe(7_000)
  })

  it('takes a refund off once whose return a balance told of before', () => {
    const told = openTold()
    told.tells('first', 9_000, 1, 21_000)
    told.tells('second', 1_000, 10, 29_000)
    expect(told.total()).toBe(1_000)
    told.cameBack('first', 9_000)
    expect(told.total()).toBe(1_000)
  })

  it('counts a newer cancel besides what a balance told of', () => {
    const told = openTold()
    told.tells('ours', 5_000, 10, 23_000)
    told.tells('newer', 1_000, 20, null)
    expect(told.total()).toBe(8_000)
  })
})
