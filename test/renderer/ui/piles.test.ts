import { describe, expect, it } from 'vitest'
import { won } from '../../../src/domain/money'
import { pilesByName } from '../../../src/renderer/ui/piles'

describe('piles by name', () => {
  it('adds up piles of the same name and keeps the order in which names come', () => {
    expect(
      pilesByName([
        { name: '스마트로', count: 1, amount: won(174_000) },
        { name: 'NHN KCP', count: 7, amount: won(788_800) },
        { name: '스마트로', count: 1, amount: won(99_000) },
      ]),
    ).toEqual([
      { name: '스마트로', count: 2, amount: 273_000 },
      { name: 'NHN KCP', count: 7, amount: 788_800 },
    ])
  })

  it('is empty where nothing is', () => {
    expect(pilesByName([])).toEqual([])
  })
})
