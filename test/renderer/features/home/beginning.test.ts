import { describe, expect, it } from 'vitest'
import type { HomeView } from '../../../../src/contract/views'
import { won } from '../../../../src/domain/money'
import { beginningOf } from '../../../../src/renderer/features/home/beginning'
import { quietHome } from './quiet-home'

describe('the beginning', () => {
  it('goes from payments to a file to a batch', () => {
    expect(beginningOf(quietHome, false)).toEqual({ synced: false, imported: false })
    const known = { ...quietHome, paymentsKnown: 40 }
    expect(beginningOf(known, false)).toEqual({ synced: true, imported: false })
    expect(beginningOf({ ...known, drafts: 1 }, false)).toEqual({ synced: true, imported: true })
    const unsubmitted = { count: 1, amount: won(1000) }
    expect(beginningOf({ ...known, unsubmitted }, false)).toEqual({ synced: true, imported: true })
  })

  it('has not read the payments while they are being read', () => {
    expect(beginningOf({ ...quietHome, paymentsKnown: 40 }, true)).toEqual({ synced: false, imported: false })
  })

  it('is over once a batch went on its way', () => {
    const one = { count: 1, amount: won(1000) }
    const later: readonly Partial<HomeView>[] = [{ waiting: one }, { processing: one }]
    for (const part of later) expect(beginningOf({ ...quietHome, ...part }, false)).toBeNull()
  })
})
