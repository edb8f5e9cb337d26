import { describe, expect, it } from 'vitest'
import { won } from '../../src/domain/money'
import { isAnotherPayment } from '../../src/domain/payment'

const paid = (amount: number, pgTransactionKey: string | null = 'tx-1') => ({ paid: won(amount), pgTransactionKey })

describe('another payment under a known number', () => {
  it.each(['portone-v1', 'kicc', 'portone-v2'] as const)('of %s is one of another amount', (pg) => {
    expect(isAnotherPayment(pg, paid(10_000), paid(10_000))).toBe(false)
    expect(isAnotherPayment(pg, paid(10_000), paid(10_001))).toBe(true)
  })

  it('of PortOne V2, whose numbers are the merchant’s own, is also one of another transaction', () => {
    expect(isAnotherPayment('portone-v2', paid(10_000), paid(10_000, 'tx-2'))).toBe(true)
    expect(isAnotherPayment('portone-v2', paid(10_000, null), paid(10_000, 'tx-2'))).toBe(false)
    expect(isAnotherPayment('portone-v2', paid(10_000), paid(10_000, null))).toBe(false)
    expect(isAnotherPayment('portone-v1', paid(10_000), paid(10_000, 'tx-2'))).toBe(false)
  })
})
