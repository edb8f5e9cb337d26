import { describe, expect, it } from 'vitest'
import { feedWindow, minutesLeft } from '../../../../src/renderer/features/run/run-facts'

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
