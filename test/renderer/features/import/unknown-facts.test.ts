import { describe, expect, it } from 'vitest'
import { sourceFirst } from '../../../../src/renderer/features/import/unknown-facts'

const draft = { rowsUnknown: 18, rowsFine: 0, paymentsSince: 0 }

describe('the next step of a file whose payments are unknown', () => {
  it('is none where every payment is known', () => {
    expect(sourceFirst({ ...draft, rowsUnknown: 0 }, true)).toBeNull()
  })

  it('is the notifications where a channel of KICC is there, which tells of no payment otherwise', () => {
    expect(sourceFirst(draft, true)).toBe('notices')
    expect(sourceFirst(draft, false)).toBe('sync')
  })

  it('leaves the first place to the batch where some rows are fine', () => {
    expect(sourceFirst({ ...draft, rowsFine: 3 }, true)).toBeNull()
  })

  it('is a fresh check once payments have come in, whatever else the file holds', () => {
    expect(sourceFirst({ ...draft, rowsFine: 3, paymentsSince: 25 }, true)).toBe('recheck')
  })
})
