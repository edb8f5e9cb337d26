import { describe, expect, test } from 'vitest'
import { balancesDiffer, balancesOf } from '../../src/domain/balances'
import { won } from '../../src/domain/money'

const figures = { paid: won(10_000), cancelled: won(1_000), reserved: won(2_000), pgCancelled: won(1_000) }

describe('the three balances', () => {
  test('keeps what we believe, what the PG says and what may be promised apart', () => {
    expect(balancesOf({ ...figures, pgCancelled: won(4_000) })).toEqual({
      ledgerBalance: 9_000,
      pgBalance: 6_000,
      promisable: 7_000,
    })
  })

  test('differ by one won or not at all, whatever is reserved', () => {
    expect(balancesDiffer(balancesOf(figures))).toBe(false)
    expect(balancesDiffer(balancesOf({ ...figures, pgCancelled: won(1_001) }))).toBe(true)
    expect(balancesDiffer(balancesOf({ ...figures, reserved: won(9_000) }))).toBe(false)
  })
})
