import { describe, expect, it } from 'vitest'
import { won } from '../../../../src/domain/money'
import { afterApproval, unusualCount } from '../../../../src/renderer/features/approvals/approval-facts'

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

describe('what is said of a batch after its approval', () => {
  it('is that the run begins, until the run has begun', () => {
    expect(afterApproval(undefined)).toEqual({ word: 'approve.done', over: false })
    expect(afterApproval('approved')).toEqual({ word: 'approve.done', over: false })
    expect(afterApproval('running')).toEqual({ word: 'approve.running', over: false })
  })

  it('is how it ended, once it has', () => {
    expect(afterApproval('done')).toEqual({ word: 'approve.finished', over: true })
    expect(afterApproval('expired')).toEqual({ word: 'approve.expired', over: true })
    expect(afterApproval('withdrawn')).toEqual({ word: 'approve.withdrawn', over: true })
  })
})
