import { describe, expect, it } from 'vitest'
import type { HomeView } from '../../../../src/contract/views'
import { won } from '../../../../src/domain/money'
import { toDosOf } from '../../../../src/renderer/features/home/to-dos'

const none = { count: 0, amount: won(0) }
const quiet: HomeView = {
  needsLook: none,
  awaitingApproval: none,
  drift: none,
  waiting: none,
  failed: none,
  processing: none,
  drafts: 0,
  lastSyncAtMs: null,
  paymentsKnown: 0,
  lastFinished: null,
}

describe('what is to do today', () => {
  it('is nothing while everything goes on by itself', () => {
    const busy = { ...quiet, waiting: { count: 4, amount: won(4000) }, processing: { count: 2, amount: won(2000) } }
    expect(toDosOf(busy)).toEqual([])
  })

  it('puts money of unknown fate first, then differences, approvals, failures and files', () => {
    const pile = { count: 1, amount: won(1000) }
    const full = { ...quiet, needsLook: pile, awaitingApproval: pile, drift: pile, failed: pile, drafts: 2 }
    expect(toDosOf(full).map((toDo) => toDo.kind)).toEqual([
      'needsLook',
      'drift',
      'awaitingApproval',
      'failed',
      'drafts',
    ])
  })

  it('leads from the unknown rows to where they are looked up', () => {
    const [first] = toDosOf({ ...quiet, needsLook: { count: 2, amount: won(84_000) } })
    expect(first).toEqual({ kind: 'needsLook', count: 2, amount: 84_000, screen: { name: 'run', show: 'needs-look' } })
  })
})
