import { describe, expect, it } from 'vitest'
import { won } from '../../../../src/domain/money'
import { unusualCount } from '../../../../src/renderer/features/approvals/approval-facts'

const pile = (count: number) => ({ count, amount: won(0) })
const check = { checkedAtMs: 1, rowsAll: 1000, willPass: pile(982), blocked: pile(15), drift: pile(3) }

describe('what is unusual in a batch to approve', () => {
  it('is every row that the check would stop', () => {
    expect(unusualCount({ check, rows: 1000 })).toBe(18)
  })

  it('is nothing once the maker left those rows out', () => {
    expect(unusualCount({ check, rows: 982 })).toBe(0)
  })

  it('is unknown, and told elsewhere, when nobody checked', () => {
    expect(unusualCount({ check: null, rows: 1000 })).toBe(0)
  })
})
