import { describe, expect, it } from 'vitest'
import { dayText, stampMs } from '../../../../../src/main/core/pg/kicc/stamps'
import { kstDay } from './support'

describe("KICC's times", () => {
  it('are of Seoul, with 14 digits or 12', () => {
    expect(stampMs('20261127000000')).toBe(Date.parse('2026-11-26T15:00:00Z'))
    expect(stampMs('261127235959')).toBe(Date.parse('2026-11-27T14:59:59Z'))
    expect(stampMs('20280229120000')).toBe(Date.parse('2028-02-29T03:00:00Z'))
  })

  it.each(['', '20261127', '20260230000000', '20261301000000', '20261127240000', '20261127006000', '2026112700000x'])(
    '%j is none',
    (text) => expect(stampMs(text)).toBeNull(),
  )

  it('write a day without hyphens', () => {
    expect(dayText(kstDay('2026-11-27'))).toBe('20261127')
  })
})
