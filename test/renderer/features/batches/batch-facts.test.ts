import { describe, expect, it } from 'vitest'
import type { CheckView } from '../../../../src/contract/views'
import { ROW_STATES, type RowState } from '../../../../src/domain/attempt-state'
import { won } from '../../../../src/domain/money'
import { kstDate } from '../../../../src/domain/time'
import {
  attentionCount,
  blockedCount,
  hasDueDays,
  hasReasons,
  leftOutCount,
  mixesChannels,
  rowSplit,
  stepMarks,
} from '../../../../src/renderer/features/batches/batch-facts'

const pile = (count: number) => ({ count, amount: won(count * 1000) })
const check = (pass: number, blocked: number, drift: number): CheckView => ({
  checkedAtMs: 1,
  rowsAll: pass + blocked + drift,
  willPass: pile(pass),
  blocked: pile(blocked),
  drift: pile(drift),
})
const batch = (piles: Partial<Record<RowState, number>>) => ({
  byState: Object.entries(piles).map(([state, count]) => ({ state: state as RowState, ...pile(count) })),
})

describe('rows of a batch by what the screen shows', () => {
  it('does not count withdrawn or expired rows as trouble', () => {
    expect(attentionCount(batch({ cancelled: 9, expired: 4, failed: 1, 'stopped-drift': 2 }))).toBe(3)
  })

  it('has no trouble when everything was accepted', () => {
    expect(attentionCount(batch({ accepted: 3, 'paid-out': 2 }))).toBe(0)
  })

  it('counts what a bank sent back: the customer still waits for it', () => {
    expect(attentionCount(batch({ accepted: 3, 'payout-failed': 2 }))).toBe(2)
  })
})

describe('blocked rows', () => {
  it('are those that the check would not let through, mismatches included', () => {
    expect(blockedCount({ check: check(982, 15, 3), rows: 1000 })).toBe(18)
  })

  it('are no longer counted once they were left out', () => {
    const submitted = { check: check(982, 15, 3), rows: 982 }
    expect(blockedCount(submitted)).toBe(0)
    expect(leftOutCount(submitted)).toBe(18)
  })

  it('are none before a check', () => {
    expect(blockedCount({ check: null, rows: 10 })).toBe(0)
    expect(leftOutCount({ check: null, rows: 10 })).toBe(0)
  })
})

describe('the way of a batch', () => {
  const marks = (input: Parameters<typeof stepMarks>[0]) => stepMarks(input).map(({ mark }) => mark)

  it('marks what is behind, where it stands and what is ahead', () => {
    expect(marks({ state: 'submitted', check: check(1, 0, 0), submittedAtMs: 1, approvedAtMs: null })).toEqual([
      'passed',
      'passed',
      'current',
      'ahead',
      'ahead',
      'ahead',
    ])
  })

  it('tells a check that nobody made as skipped, never as passed', () => {
    expect(marks({ state: 'running', check: null, submittedAtMs: 1, approvedAtMs: 2 })[1]).toBe('skipped')
  })

  it('has nothing current when it is done', () => {
    const done = marks({ state: 'done', check: check(1, 0, 0), submittedAtMs: 1, approvedAtMs: 2 })
    expect(done).toEqual(['passed', 'passed', 'passed', 'passed', 'passed', 'passed'])
  })

  it('stops where it was withdrawn', () => {
    expect(marks({ state: 'withdrawn', check: null, submittedAtMs: null, approvedAtMs: null })[0]).toBe('stopped')
    expect(marks({ state: 'withdrawn', check: null, submittedAtMs: 1, approvedAtMs: null })[2]).toBe('stopped')
    expect(marks({ state: 'withdrawn', check: null, submittedAtMs: 1, approvedAtMs: 2 })[3]).toBe('stopped')
  })
})

describe('how a payment divides', () => {
  const row = (state: RowState, ledgerBalance: number) => ({
    state,
    amount: won(2000),
    paid: won(10_000),
    ledgerBalance: won(ledgerBalance),
  })

  it('takes a refund that waits off what is left', () => {
    expect(rowSplit(row('waiting', 9000))).toEqual({
      earlier: 1000,
      amount: 2000,
      unproven: false,
      left: 7000,
      over: false,
    })
  })

  it('does not count an accepted refund twice', () => {
    expect(rowSplit(row('accepted', 7000))).toEqual({
      earlier: 1000,
      amount: 2000,
      unproven: false,
      left: 7000,
      over: false,
    })
  })

  it('shows an unproven refund as such', () => {
    expect(rowSplit(row('needs-look', 9000)).unproven).toBe(true)
  })

  it('leaves the money where a refund failed', () => {
    expect(rowSplit(row('failed', 9000))).toMatchObject({ amount: 0, left: 9000 })
    expect(rowSplit(row('payout-failed', 9000))).toMatchObject({ amount: 0, left: 9000, over: false })
  })

  it('says when the refund is more than what is left, and not at exactly that', () => {
    expect(rowSplit(row('draft', 1999))).toMatchObject({ left: 0, over: true })
    expect(rowSplit(row('draft', 2000))).toMatchObject({ left: 0, over: false })
  })

  it('always adds up to what was paid', () => {
    for (const state of ROW_STATES) {
      const { earlier, amount, left } = rowSplit(row(state, 7000))
      expect(earlier + amount + left, state).toBe(10_000)
    }
  })
})

describe('the columns of a batch that are not always there', () => {
  const of = (...states: readonly RowState[]) => states.map((state) => ({ state, ...pile(1) }))

  it('tell reasons where a row has one, or the check found some', () => {
    expect(hasReasons({ byState: of('waiting', 'accepted'), check: null })).toBe(false)
    expect(hasReasons({ byState: of('waiting', 'needs-look'), check: null })).toBe(true)
    expect(hasReasons({ byState: of('paid-out', 'payout-failed'), check: null })).toBe(true)
    expect(hasReasons({ byState: of('draft'), check: check(2, 0, 0) })).toBe(false)
    expect(hasReasons({ byState: of('draft'), check: check(1, 1, 0) })).toBe(true)
  })

  it('tell due days once something was accepted that is paid to an account', () => {
    const account = [{ method: 'virtual-account' as const, ...pile(1) }]
    const card = [{ method: 'card' as const, ...pile(1) }]
    const channels = [{ dueOn: null }]
    expect(hasDueDays({ byState: of('accepted'), methods: account, channels })).toBe(true)
    expect(hasDueDays({ byState: of('paid-out'), methods: account, channels })).toBe(true)
    expect(hasDueDays({ byState: of('waiting'), methods: account, channels })).toBe(false)
    expect(hasDueDays({ byState: of('accepted'), methods: card, channels })).toBe(false)
  })

  it('tell due days of whatever a channel pays to accounts, such as a mobile payment', () => {
    const mobile = [{ method: 'mobile' as const, ...pile(1) }]
    const channels = [{ dueOn: null }, { dueOn: kstDate(Date.UTC(2026, 10, 30)) }]
    expect(hasDueDays({ byState: of('accepted'), methods: mobile, channels })).toBe(true)
    expect(hasDueDays({ byState: of('waiting'), methods: mobile, channels })).toBe(false)
  })

  it('name the channel only where there is more than one', () => {
    expect(mixesChannels({ channels: [] })).toBe(false)
    expect(mixesChannels({ channels: [1] })).toBe(false)
    expect(mixesChannels({ channels: [1, 2] })).toBe(true)
  })
})
