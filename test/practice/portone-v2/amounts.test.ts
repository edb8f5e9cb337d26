import { describe, expect, it } from 'vitest'
import { aCancel, aV2Payment, cancellationOf, PAYMENT_ID, startV2 } from './support'

const failure = (status: number, type: string) => ({ status, body: { type } })

describe('the parts of an amount', () => {
  const mixed = () => startV2({ payments: [aV2Payment({ taxFree: 12_000 })] })

  it('may not be more than the whole, to the last won', async () => {
    const { cancel, refunded } = await mixed()
    expect(await cancel(aCancel({ taxFreeAmount: 9000, vatAmount: 1001 }))).toMatchObject(
      failure(409, 'SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT'),
    )
    await cancel(aCancel({ taxFreeAmount: 9000, vatAmount: 1000 }))
    expect(refunded()).toBe(10_000)
  })

  it('take no more of the tax-free part than is left', async () => {
    const { cancel } = await mixed()
    const over = await cancel(aCancel({ amount: 13_000, taxFreeAmount: 12_001 }))
    expect(over).toMatchObject(failure(409, 'CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT'))
    expect((await cancel(aCancel({ amount: 13_000, taxFreeAmount: 12_000 }))).status).toBe(200)
  })

  it('are all taxed where no tax-free part is said, so the whole cannot be taken that way', async () => {
    const { cancel } = await mixed()
    for (const amount of [18_001, 30_000])
      expect(await cancel(aCancel({ amount }))).toMatchObject(
        failure(409, 'CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT'),
      )
    expect((await cancel(aCancel({ amount: 18_000 }))).status).toBe(200)
  })

  it('follow of themselves where everything left is asked for by leaving the amount out', async () => {
    const { cancel, get } = await mixed()
    expect(cancellationOf(await cancel({ reason: 'R' }))).toMatchObject({ totalAmount: 30_000, taxFreeAmount: 12_000 })
    expect((await get(`/payments/${PAYMENT_ID}`)).body['amount']).toMatchObject({ cancelledTaxFree: 12_000 })
  })
})

describe('a promotion', () => {
  const promoted = (total: number, minimumTotal: number, discount: { percent: number } | { amount: number }) =>
    startV2({ payments: [aV2Payment({ total, promotion: { id: 'promotion-1', minimumTotal, discount } })] })
  const ask = (amount: number, balance: number, option?: 'RETAIN' | 'RELEASE') => ({
    amount,
    currentCancellableAmount: balance,
    reason: 'R',
    ...(option === undefined ? {} : { promotionDiscountRetainOption: option }),
  })

  // The four examples of PortOne's page on refunds of promoted payments.
  it.each([
    [{ percent: 10 }, 'RELEASE', 1400],
    [{ amount: 1000 }, 'RELEASE', 1000],
    [{ percent: 10 }, 'RETAIN', 1800],
    [{ amount: 1000 }, 'RETAIN', 1800],
  ] as const)('of %j gives back under %s what the rest of the order is worth', async (discount, option, refund) => {
    const { cancel } = await promoted(6000, 5000, discount)
    expect(cancellationOf(await cancel(ask(2000, 6000, option)))['totalAmount']).toBe(refund)
  })

  it('counts amounts and balances in terms of the order', async () => {
    const { cancel, get, refunded } = await promoted(20_000, 5000, { percent: 10 })
    expect((await get(`/payments/${PAYMENT_ID}`)).body).toMatchObject({
      promotionId: 'promotion-1',
      amount: { total: 20_000, discount: 2000, paid: 18_000 },
    })
    expect(await cancel(ask(10_000, 18_000))).toMatchObject(failure(409, 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN'))
    expect(cancellationOf(await cancel(ask(10_000, 20_000)))['totalAmount']).toBe(9000)
    await cancel(ask(10_000, 10_000))
    expect(refunded()).toBe(18_000)
    expect((await get(`/payments/${PAYMENT_ID}`)).body).toMatchObject({
      status: 'CANCELLED',
      amount: { cancelled: 18_000 },
    })
  })

  it('that is lost for more than what is cancelled forbids the cancel', async () => {
    const { cancel, refunded } = await promoted(10_000, 10_000, { percent: 10 })
    for (const amount of [500, 999])
      expect(await cancel(ask(amount, 10_000))).toMatchObject(failure(400, 'NEGATIVE_PROMOTION_ADJUSTED_CANCEL_AMOUNT'))
    expect(cancellationOf(await cancel(ask(1001, 10_000)))['totalAmount']).toBe(1)
    expect(refunded()).toBe(1)
  })

  it('keeps the option of its first cancel', async () => {
    const { cancel } = await promoted(20_000, 5000, { percent: 10 })
    await cancel(ask(1000, 20_000, 'RETAIN'))
    expect(await cancel(ask(1000, 19_000))).toMatchObject(
      failure(400, 'PROMOTION_DISCOUNT_RETAIN_OPTION_SHOULD_NOT_BE_CHANGED'),
    )
    expect((await cancel(ask(1000, 19_000, 'RETAIN'))).status).toBe(200)
  })
})
