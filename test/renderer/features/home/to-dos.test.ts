import { describe, expect, it } from 'vitest'
import { won } from '../../../../src/domain/money'
import { toDosOf } from '../../../../src/renderer/features/home/to-dos'
import { quietHome } from './quiet-home'

describe('what is to do today', () => {
  it('is nothing while everything goes on by itself', () => {
    const busy = { ...quietHome, waiting: { count: 4, amount: won(4000) }, processing: { count: 2, amount: won(2000) } }
    expect(toDosOf(busy)).toEqual([])
  })

  it('puts money of unknown fate first, then differences, payouts, approvals, failures, tasks, batches and files', () => {
    const pile = { count: 1, amount: won(1000) }
    const full = {
      ...quietHome,
      needsLook: pile,
      awaitingApproval: pile,
      drift: pile,
      overdue: pile,
      payoutFailed: pile,
      followUps: 3,
      failed: pile,
      unsubmitted: pile,
      drafts: 2,
    }
    expect(toDosOf(full).map((toDo) => toDo.kind)).toEqual([
      'needsLook',
      'drift',
      'payoutFailed',
      'overdue',
      'awaitingApproval',
      'failed',
      'followUps',
      'unsubmitted',
      'drafts',
    ])
  })

  it('leads from the unknown rows to where they are looked up', () => {
    const [first] = toDosOf({ ...quietHome, needsLook: { count: 2, amount: won(84_000) } })
    expect(first).toEqual({ kind: 'needsLook', count: 2, amount: 84_000, screen: { name: 'run', show: 'needs-look' } })
  })

  it('leads from the overdue payouts to where they are confirmed', () => {
    const [first] = toDosOf({ ...quietHome, overdue: { count: 2, amount: won(84_000) } })
    expect(first?.screen).toEqual({ name: 'run', show: 'overdue' })
  })

  it('leads from the tasks that refunds left behind to their list, with no money at stake', () => {
    const [first] = toDosOf({ ...quietHome, followUps: 2 })
    expect(first).toEqual({ kind: 'followUps', count: 2, amount: null, screen: { name: 'run', show: 'follow-ups' } })
  })
})
