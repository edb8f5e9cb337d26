import { describe, expect, it } from 'vitest'
import type { HomeView } from '../../../../src/contract/views'
import { won } from '../../../../src/domain/money'
import { beginningOf } from '../../../../src/renderer/features/home/beginning'
import { quietHome } from './quiet-home'

const one = { count: 1, amount: won(1000) }

describe('the beginning', () => {
  const synced = { ...quietHome, lastSyncAtMs: 1_795_000_000_000, paymentsKnown: 40 }

  it('goes from payments to a file to a batch', () => {
    expect(beginningOf(quietHome)).toEqual({ synced: false, imported: false })
    expect(beginningOf(synced)).toEqual({ synced: true, imported: false })
    expect(beginningOf({ ...synced, drafts: 1 })).toEqual({ synced: true, imported: true })
    expect(beginningOf({ ...synced, unsubmitted: one })).toEqual({ synced: true, imported: true })
    expect(beginningOf({ ...synced, awaitingApproval: one })).toEqual({ synced: true, imported: true })
  })

  it('has read no payments while only a file made some of them known', () => {
    expect(beginningOf({ ...quietHome, paymentsKnown: 24, drafts: 1 })).toEqual({ synced: false, imported: true })
  })

  it('is over once a batch went on its way', () => {
    const later: readonly Partial<HomeView>[] = [
      { waiting: one },
      { processing: one },
      { needsLook: one },
      { payoutFailed: one },
      { overdue: one },
      { failed: one },
    ]
    for (const part of later) expect(beginningOf({ ...synced, ...part })).toBeNull()
  })
})
