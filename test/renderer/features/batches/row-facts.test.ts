import { describe, expect, it } from 'vitest'
import type { RowDetail } from '../../../../src/contract/views'
import type { Evidence } from '../../../../src/domain/evidence'
import { won } from '../../../../src/domain/money'
import { problem } from '../../../../src/domain/problem'
import {
  decidableFromMs,
  looksLikeOurs,
  mayFailPayout,
  nextOf,
  proposedCancel,
  sayingOf,
} from '../../../../src/renderer/features/batches/row-facts'

const NOW = 1_795_000_000_000
const draft = { next: 'none', state: 'draft', checkProblem: null, lookUntilMs: null } as const
const open = { next: 'look', state: 'needs-look', checkProblem: null, lookUntilMs: NOW + 1000 } as const

type AttemptView = RowDetail['attempts'][number]

function attempt(state: AttemptView['state'], ...whats: readonly Evidence[]): Pick<AttemptView, 'state' | 'evidence'> {
  return {
    state,
    evidence: whats.map((what, index) => ({
      atMs: index * 1000,
      state,
      what,
      pgMessage: null,
      httpStatus: null,
      transcript: null,
    })),
  }
}

describe('what is next for a row', () => {
  it('is what the check said while the row has not run', () => {
    expect(nextOf({ ...draft, checkProblem: problem('drift-balance-differs') }, NOW)).toBe('drift')
    expect(nextOf({ ...draft, checkProblem: problem('payment-not-paid') }, NOW)).toBe('blocked')
    expect(nextOf(draft, NOW)).toBe('none')
  })

  it('is what the core says once it has', () => {
    expect(nextOf({ ...open, checkProblem: problem('payment-not-paid') }, NOW)).toBe('look')
  })

  it('is a decision of a person from the deadline on, though the row was read before it', () => {
    expect(nextOf(open, NOW + 999)).toBe('look')
    expect(nextOf(open, NOW + 1000)).toBe('decide')
  })
})

describe('what is said of the next step', () => {
  it('is the step itself, but for a payout that is overdue or came back', () => {
    expect(sayingOf({ overdue: false, state: 'accepted' }, 'confirm-payout')).toBe('confirm-payout')
    expect(sayingOf({ overdue: true, state: 'accepted' }, 'confirm-payout')).toBe('overdue')
    expect(sayingOf({ overdue: false, state: 'payout-failed' }, 'new-row')).toBe('payoutFailed')
    expect(sayingOf({ overdue: false, state: 'failed' }, 'new-row')).toBe('new-row')
  })

  it('is nothing more once somebody paid it anew', () => {
    expect(sayingOf({ overdue: false, state: 'payout-failed' }, 'none')).toBe('none')
  })
})

describe('whether a payout may be recorded as failed', () => {
  it('is so for what was taken and went to an account, confirmed or not', () => {
    expect(mayFailPayout({ state: 'accepted', accountMasked: '••••-1234' })).toBe(true)
    expect(mayFailPayout({ state: 'paid-out', accountMasked: '••••-1234' })).toBe(true)
  })

  it('is not so for a card, for what is open, and a second time', () => {
    expect(mayFailPayout({ state: 'accepted', accountMasked: null })).toBe(false)
    expect(mayFailPayout({ state: 'needs-look', accountMasked: '••••-1234' })).toBe(false)
    expect(mayFailPayout({ state: 'payout-failed', accountMasked: '••••-1234' })).toBe(false)
  })
})

describe("whether a person may take the PG's new cancel for this refund", () => {
  it('follows from the last evidence of an open attempt', () => {
    expect(looksLikeOurs({ attempts: [attempt('unknown', 'sending', 'answer-lost', 'looks-like-ours')] })).toBe(true)
    expect(looksLikeOurs({ attempts: [attempt('pending', 'sending', 'looks-like-ours')] })).toBe(true)
  })

  it('ends when a later look shows something else, or the attempt has ended', () => {
    expect(looksLikeOurs({ attempts: [attempt('unknown', 'looks-like-ours', 'changed-otherwise')] })).toBe(false)
    expect(looksLikeOurs({ attempts: [attempt('accepted', 'looks-like-ours')] })).toBe(false)
    expect(looksLikeOurs({ attempts: [attempt('unknown', 'looks-like-ours'), attempt('sending', 'sending')] })).toBe(
      false,
    )
    expect(looksLikeOurs({ attempts: [] })).toBe(false)
  })
})

describe('the cancel that is proposed', () => {
  const entry = (key: string, amount: number, partner: string | null): RowDetail['theirs'][number] => ({
    key,
    atMs: 1,
    amount: won(amount),
    source: 'pg',
    note: '',
    partner,
  })
  const row = { amount: won(6600) }

  it('is the only one of the amount that has no partner', () => {
    const theirs = [entry('t1', 6600, 'o1'), entry('t2', 500, null), entry('t3', 6600, null)]
    expect(proposedCancel({ row, theirs })?.key).toBe('t3')
  })

  it('is not told where two are alike, or none is', () => {
    expect(proposedCancel({ row, theirs: [entry('t1', 6600, null), entry('t2', 6600, null)] })).toBeNull()
    expect(proposedCancel({ row, theirs: [entry('t1', 6600, 'o1')] })).toBeNull()
  })
})

describe('from when a row may be settled as not sent', () => {
  it('is ten minutes after the last sending', () => {
    expect(decidableFromMs(attempt('unknown', 'prepared', 'sending', 'answer-lost'))).toBe(1000 + 600_000)
    expect(decidableFromMs(attempt('unknown', 'sending', 'answer-lost', 'sending', 'answer-lost'))).toBe(2000 + 600_000)
  })

  it('is not told of what was never sent', () => {
    expect(decidableFromMs(attempt('prepared', 'prepared'))).toBeNull()
  })
})
