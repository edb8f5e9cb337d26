import { describe, expect, it } from 'vitest'
import { kstDay, kstDayStartMs } from '../../../src/practice/clock'
import { sampleShop, SHOP_SIZE } from '../../../src/practice/shop/sample-shop'
import { DAY_MS } from '../support'

const TODAY = '2026-11-21'
const shop = sampleShop(TODAY)
const count = (fits: (payment: (typeof shop)[number]) => boolean) => shop.filter(fits).length

describe('the sample shop', () => {
  it('is the same for the same day and moves with it', () => {
    expect(sampleShop(TODAY)).toEqual(shop)
    const later = sampleShop('2026-11-22')
    expect(later.map(({ paidAtMs }) => paidAtMs !== null && paidAtMs - DAY_MS)).toEqual(
      shop.map(({ paidAtMs }) => paidAtMs !== null && paidAtMs),
    )
  })

  it('holds 300 payments with unique transaction numbers, three of five over virtual accounts', () => {
    expect(shop).toHaveLength(SHOP_SIZE)
    expect(new Set(shop.map(({ impUid }) => impUid)).size).toBe(SHOP_SIZE)
    expect(count(({ payMethod }) => payMethod === 'vbank')).toBe(180)
    expect(new Set(shop.map(({ pgProvider }) => pgProvider)).size).toBe(9)
  })

  it('has every turn that a shop meets', () => {
    const cancelled = ({ amount, cancels }: (typeof shop)[number]) =>
      cancels.reduce((left, cancel) => left - cancel.amount, amount)
    expect(count(({ status }) => status === 'ready')).toBe(12)
    expect(count(({ status }) => status === 'failed')).toBe(8)
    expect(count((payment) => cancelled(payment) === 0)).toBe(15)
    expect(count((payment) => payment.cancels.length > 0 && cancelled(payment) > 0)).toBe(20)
    expect(count(({ sandbox }) => sandbox)).toBe(3)
    expect(count(({ currency }) => currency === 'USD')).toBe(2)
    expect(count(({ escrow }) => escrow)).toBe(6)
    expect(count(({ taxFree }) => taxFree > 0)).toBe(8)
    expect(new Set(shop.map(({ merchantUid }) => merchantUid)).size).toBeLessThan(SHOP_SIZE)
  })

  it('keeps amounts, lengths and order numbers plausible', () => {
    for (const payment of shop) {
      if (payment.currency === 'KRW') {
        expect(Number.isInteger(payment.amount)).toBe(true)
        expect(payment.amount).toBeGreaterThanOrEqual(9900)
        expect(payment.amount).toBeLessThanOrEqual(1_250_000)
      }
      expect(payment.merchantUid).toMatch(/^ORD-\d{8}-\d{4}$/)
      expect(payment.buyerName).toMatch(/^[가-힣]{3,4}$/)
      expect(payment.name.length).toBeLessThanOrEqual(40)
      for (const cancel of payment.cancels) expect(cancel.amount).toBeGreaterThan(0)
    }
  })

  it('lies within ninety days, in order of time within a day, and never in the future', () => {
    const midnight = kstDayStartMs(TODAY)
    for (const { startedAtMs, paidAtMs, cancels } of shop) {
      expect(startedAtMs).toBeGreaterThan(midnight - 90 * DAY_MS)
      for (const at of [startedAtMs, paidAtMs ?? 0, ...cancels.map(({ acceptedAtMs }) => acceptedAtMs)])
        expect(at).toBeLessThanOrEqual(midnight + 10_000)
      for (const cancel of cancels) expect(cancel.acceptedAtMs).toBeGreaterThan(paidAtMs ?? Infinity)
    }
    const starts = shop.map(({ startedAtMs }) => startedAtMs)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  })

  it('has mobile payments of this month even on its first day, and older ones', () => {
    const first = sampleShop('2026-12-01').filter(({ payMethod }) => payMethod === 'phone')
    const thisMonth = first.filter(({ paidAtMs }) => kstDay(paidAtMs ?? 0).startsWith('2026-12'))
    expect(thisMonth.length).toBeGreaterThanOrEqual(2)
    expect(first.length).toBeGreaterThan(thisMonth.length)
  })
})
