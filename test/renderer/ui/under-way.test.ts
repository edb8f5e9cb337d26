import { describe, expect, it } from 'vitest'
import type { BatchId } from '../../../src/domain/ids'
import { won } from '../../../src/domain/money'
import { underWay } from '../../../src/renderer/ui/under-way'

const run = { rowsAll: 30, rowsDone: 5, amountAll: won(30_000), amountDone: won(5000) }
const hold = { batchId: 'held' as BatchId, name: '묶음', rows: 10, amount: won(10_000), holdUntilMs: 1 }

describe('what a run is at work on', () => {
  it('leaves out a batch whose time has not come', () => {
    expect(underWay({ ...run, holds: [hold] })).toEqual({
      rowsAll: 20,
      rowsDone: 5,
      amountAll: 20_000,
      amountDone: 5000,
    })
  })

  it('is everything approved where nothing is held', () => {
    expect(underWay({ ...run, holds: [] })).toEqual(run)
  })
})
