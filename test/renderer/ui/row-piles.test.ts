import { describe, expect, it } from 'vitest'
import { won } from '../../../src/domain/money'
import { countOf, pileOfStates } from '../../../src/renderer/ui/row-piles'

const batch = {
  byState: [
    { state: 'needs-look', count: 2, amount: won(2000) },
    { state: 'pg-processing', count: 3, amount: won(3000) },
    { state: 'accepted', count: 4, amount: won(4000) },
    { state: 'waiting', count: 5, amount: won(5000) },
    { state: 'payout-failed', count: 6, amount: won(6000) },
    { state: 'sending', count: 1, amount: won(1000) },
  ],
} as const

describe('rows of a batch by what the screen shows', () => {
  it('count a row that the PG is still working on as one that needs a look', () => {
    expect(countOf(batch, 'needs-look')).toBe(5)
  })

  it('count nothing unknown as accepted or failed', () => {
    expect(countOf(batch, 'accepted')).toBe(4)
  })

  it('count what a bank sent back as failed, no longer as accepted', () => {
    expect(countOf(batch, 'failed')).toBe(6)
  })

  it('have rows and won together', () => {
    expect(pileOfStates(batch, ['waiting'])).toEqual({ count: 5, amount: 5000 })
    expect(pileOfStates(batch, ['expired'])).toEqual({ count: 0, amount: 0 })
  })
})
