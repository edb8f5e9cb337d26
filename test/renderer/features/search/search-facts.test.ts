import { describe, expect, it } from 'vitest'
import { won } from '../../../../src/domain/money'
import { shownStatus, wasPaid } from '../../../../src/renderer/features/search/search-facts'

const payment = { drift: false, status: 'paid' as const, paid: won(10_000), cancelled: won(0) }

describe('the state of a payment in the list', () => {
  it('is the PG’s own word where nothing was cancelled', () => {
    expect(shownStatus(payment)).toBe('paid')
    expect(shownStatus({ ...payment, status: 'failed' })).toBe('failed')
  })

  it('tells a part and the whole by the amounts', () => {
    expect(shownStatus({ ...payment, cancelled: won(9999) })).toBe('partly-cancelled')
    expect(shownStatus({ ...payment, cancelled: won(10_000) })).toBe('cancelled')
  })

  it('puts a mismatch before everything else', () => {
    expect(shownStatus({ ...payment, drift: true, cancelled: won(10_000) })).toBe('drift')
  })
})

describe('a payment with money to refund', () => {
  it('was made, even if all of it went back since', () => {
    expect(wasPaid({ status: 'paid' })).toBe(true)
    expect(wasPaid({ status: 'cancelled' })).toBe(true)
  })

  it('is none that failed or was never made', () => {
    expect(wasPaid({ status: 'failed' })).toBe(false)
    expect(wasPaid({ status: 'ready' })).toBe(false)
  })
})
