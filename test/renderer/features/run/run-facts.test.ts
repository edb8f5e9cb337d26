import { describe, expect, it } from 'vitest'
import { won } from '../../../../src/domain/money'
import { feedWindow, minutesLeft, openOf, splitOpen, toldOf } from '../../../../src/renderer/features/run/run-facts'

describe('time left of a run', () => {
  const first = { atMs: 0, rowsDone: 100 }

  it('follows from the rate since the first reading', () => {
    // 60 rows in a minute, 600 left.
    expect(minutesLeft(first, { atMs: 60_000, rowsDone: 160 }, 760)).toBe(10)
  })

  it('is at least a minute while rows are left', () => {
    expect(minutesLeft(first, { atMs: 60_000, rowsDone: 160 }, 161)).toBe(1)
  })

  it('is not told from a moment, without progress, or at the end', () => {
    expect(minutesLeft(first, { atMs: 4999, rowsDone: 160 }, 760)).toBeNull()
    expect(minutesLeft(first, { atMs: 60_000, rowsDone: 100 }, 760)).toBeNull()
    expect(minutesLeft(first, { atMs: 60_000, rowsDone: 160 }, 160)).toBeNull()
  })
})

describe('the part of a batch that the feed reads', () => {
  it('ends where the waiting rows begin', () => {
    expect(feedWindow(1000, 600, 40)).toEqual({ offset: 360, limit: 40 })
  })

  it('begins at the top while few rows are handled', () => {
    expect(feedWindow(1000, 990, 40)).toEqual({ offset: 0, limit: 40 })
  })

  it('reads the last rows of a finished batch', () => {
    expect(feedWindow(1000, 0, 40)).toEqual({ offset: 960, limit: 40 })
  })
})

describe('what the run tells while it rests', () => {
  it('is nothing more than resting where no batch is under way', () => {
    expect(toldOf({ state: 'idle', rowsAll: 0, rowsDone: 0 })).toBe('idle')
  })

  it('is that outcomes are open once every row was handled', () => {
    expect(toldOf({ state: 'idle', rowsAll: 24, rowsDone: 24 })).toBe('settling')
  })

  it('is that rows cannot be sent just now while some still wait', () => {
    expect(toldOf({ state: 'idle', rowsAll: 24, rowsDone: 23 })).toBe('later')
  })

  it('is its own state otherwise', () => {
    expect(toldOf({ state: 'paused', rowsAll: 24, rowsDone: 24 })).toBe('paused')
  })
})

describe('refunds whose outcome is open', () => {
  it('are counted apart, with one sum', () => {
    const home = { needsLook: { count: 2, amount: won(3000) }, processing: { count: 1, amount: won(500) } }
    expect(openOf(home)).toEqual({ needsLook: 2, processing: 1, amount: 3500 })
  })

  it('are split into those for a person and those that the PG still works on', () => {
    const rows = [{ state: 'needs-look' }, { state: 'pg-processing' }, { state: 'needs-look' }] as const
    expect(splitOpen(rows)).toEqual({ needsLook: [rows[0], rows[2]], processing: [rows[1]] })
  })
})
