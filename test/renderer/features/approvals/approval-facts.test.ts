import { describe, expect, it } from 'vitest'
import { won } from '../../../../src/domain/money'
import type { BatchState } from '../../../../src/renderer/ui/state-badge'
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

const NOW = 1_795_000_000_000
const after = (state: BatchState, holdUntilMs: number | null = null) => afterApproval({ state, holdUntilMs }, NOW)

describe('what is said of a batch after its approval', () => {
  it('is that the run begins, until the run has begun', () => {
    expect(afterApproval(undefined, NOW)).toEqual({ word: 'approve.done', over: false })
    expect(after('approved')).toEqual({ word: 'approve.done', over: false })
    expect(after('running')).toEqual({ word: 'approve.running', over: false })
  })

  it('is when it begins, while its hold lasts', () => {
    expect(after('approved', NOW + 1)).toEqual({ word: 'approve.held', over: false })
    expect(after('approved', NOW)).toEqual({ word: 'approve.done', over: false })
    expect(after('withdrawn', NOW + 1)).toEqual({ word: 'approve.withdrawn', over: true })
  })

  it('is how it ended, once it has', () => {
    expect(after('done')).toEqual({ word: 'approve.finished', over: true })
    expect(after('expired')).toEqual({ word: 'approve.expired', over: true })
    expect(after('withdrawn')).toEqual({ word: 'approve.withdrawn', over: true })
  })
})
