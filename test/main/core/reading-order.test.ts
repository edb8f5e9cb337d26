import { describe, expect, test } from 'vitest'
import type { PaymentId } from '../../../src/domain/ids'
import { createReadingOrder } from '../../../src/main/core/reading-order'

const PAYMENT = 'shop:key_1' as PaymentId
const OTHER = 'shop:key_2' as PaymentId

describe('the order of readings', () => {
  test('is that of the questions, whatever the clock says', () => {
    let nowMs = 10_000
    const readings = createReadingOrder(
      () => nowMs,
      () => 0,
    )
    const before = readings.ask()
    nowMs = 1_000
    readings.noteEnd(PAYMENT)
    const after = readings.ask()
    expect(before.askedAtMs).toBeGreaterThan(after.askedAtMs)
    expect(readings.wasAskedAfterEnd(PAYMENT, before)).toBe(false)
    expect(readings.wasAskedAfterEnd(PAYMENT, after)).toBe(true)
    expect(readings.wasAskedAfterEnd(OTHER, before)).toBe(true)
  })

  test('tells how long a payment has been quiet by a timer, not by the clock', () => {
    let timerMs = 5_000
    const readings = createReadingOrder(
      () => 0,
      () => timerMs,
    )
    timerMs = 7_000
    expect(readings.quietForMs(PAYMENT)).toBe(2_000)
    readings.noteEnd(PAYMENT)
    timerMs = 7_500
    expect([readings.quietForMs(PAYMENT), readings.quietForMs(OTHER)]).toEqual([500, 2_500])
  })

  test('lets no older reading follow a newer one, and the same one come twice', () => {
    const readings = createReadingOrder(
      () => 0,
      () => 0,
    )
    const [older, newer] = [readings.ask(), readings.ask()]
    expect(readings.take(PAYMENT, newer)).toBe(true)
    expect(readings.take(PAYMENT, older)).toBe(false)
    expect(readings.take(PAYMENT, newer)).toBe(true)
    expect(readings.take(OTHER, older)).toBe(true)
  })

  test('counts as the newest what was taken last, until a request about the payment has ended', () => {
    const readings = createReadingOrder(
      () => 0,
      () => 0,
    )
    const [older, newer] = [readings.ask(), readings.ask()]
    expect(readings.isNewest(PAYMENT, older)).toBe(false)
    readings.take(PAYMENT, older)
    expect(readings.isNewest(PAYMENT, older)).toBe(true)
    readings.take(PAYMENT, newer)
    expect([readings.isNewest(PAYMENT, older), readings.isNewest(PAYMENT, newer)]).toEqual([false, true])
    readings.noteEnd(PAYMENT)
    expect(readings.isNewest(PAYMENT, newer)).toBe(false)
  })
})
