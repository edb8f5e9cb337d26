import { describe, expect, it } from 'vitest'
import type { BatchId } from '../../../../src/domain/ids'
import { won } from '../../../../src/domain/money'
import {
  feedWindow,
  keepMeasuring,
  minutesLeft,
  nextStep,
  openOf,
  pageAt,
  rowsPerMinute,
  splitOpen,
  startMeasure,
  toldOf,
} from '../../../../src/renderer/features/run/run-facts'

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
  it('holds the rows handled last, at least as many as asked for', () => {
    for (const handled of [40, 41, 59, 60, 399, 400]) {
      const { offset, limit } = feedWindow(1000, 1000 - handled, 20)
      expect(offset, String(handled)).toBeLessThanOrEqual(handled - 20)
      expect(offset + limit, String(handled)).toBeGreaterThanOrEqual(handled)
    }
  })

  it('stays where it is for many rows, so that it is read before it moves on', () => {
    expect(feedWindow(1000, 600, 20)).toEqual({ offset: 380, limit: 40 })
    expect(feedWindow(1000, 581, 20)).toEqual({ offset: 380, limit: 40 })
    expect(feedWindow(1000, 580, 20)).toEqual({ offset: 400, limit: 40 })
  })

  it('begins at the top while few rows are handled', () => {
    expect(feedWindow(1000, 990, 20)).toEqual({ offset: 0, limit: 40 })
    expect(feedWindow(1000, 1000, 20)).toEqual({ offset: 0, limit: 40 })
  })
})

const resting = (rowsAll: number, rowsDone: number, heldRows = 0) => ({
  state: 'idle' as const,
  rowsAll,
  rowsDone,
  amountAll: won(rowsAll * 1000),
  amountDone: won(rowsDone * 1000),
  holds:
    heldRows === 0
      ? []
      : [{ batchId: 'held' as BatchId, name: '묶음', rows: heldRows, amount: won(heldRows * 1000), holdUntilMs: 1 }],
})

describe('what the run tells while it rests', () => {
  it('is nothing more than resting where no batch is under way', () => {
    expect(toldOf(resting(0, 0))).toBe('idle')
  })

  it('is that outcomes are open once every row was handled', () => {
    expect(toldOf(resting(24, 24))).toBe('settling')
  })

  it('is that rows cannot be sent just now while some still wait', () => {
    expect(toldOf(resting(24, 23))).toBe('later')
  })

  it('is that an approved batch waits for its time, and nothing else is left', () => {
    expect(toldOf(resting(24, 0, 24))).toBe('hold')
    expect(toldOf(resting(48, 24, 24))).toBe('hold')
    expect(toldOf(resting(48, 23, 24))).toBe('later')
  })

  it('is its own state otherwise', () => {
    expect(toldOf({ ...resting(24, 24), state: 'paused' })).toBe('paused')
    expect(toldOf({ ...resting(24, 0, 24), state: 'waiting-for-pg' })).toBe('waiting-for-pg')
  })
})

describe('the rate of a run', () => {
  it('is taken anew every five seconds, so that the figures do not flicker', () => {
    const start = startMeasure({ atMs: 0, rowsDone: 0 })
    expect(keepMeasuring(start, { atMs: 4999, rowsDone: 9 })).toBe(start)
    expect(keepMeasuring(start, { atMs: 5000, rowsDone: 10 }).last).toEqual({ atMs: 5000, rowsDone: 10 })
  })

  it('forgets what is older than a minute: a run that was slowed down looks slow soon', () => {
    let measure = startMeasure({ atMs: 0, rowsDone: 0 })
    // A minute of ten rows a second, then a minute of one.
    for (let second = 1; second <= 120; second += 1) {
      const rowsDone = second <= 60 ? second * 10 : 600 + (second - 60)
      measure = keepMeasuring(measure, { atMs: second * 1000, rowsDone })
    }
    expect(rowsPerMinute(measure.first, measure.last)).toBe(60)
  })

  it('begins again with another run', () => {
    const measure = keepMeasuring(startMeasure({ atMs: 0, rowsDone: 0 }), { atMs: 6000, rowsDone: 30 })
    expect(keepMeasuring(measure, { atMs: 7000, rowsDone: 0 })).toEqual(startMeasure({ atMs: 7000, rowsDone: 0 }))
  })
})

describe('a page of a list', () => {
  it('knows its neighbours', () => {
    expect(pageAt(0, 20, 45)).toEqual({ offset: 0, before: null, after: 20 })
    expect(pageAt(20, 20, 45)).toEqual({ offset: 20, before: 0, after: 40 })
    expect(pageAt(40, 20, 45)).toEqual({ offset: 40, before: 20, after: null })
  })

  it('has none where everything fits on it, to the last row', () => {
    expect(pageAt(0, 20, 20)).toEqual({ offset: 0, before: null, after: null })
    expect(pageAt(0, 20, 0)).toEqual({ offset: 0, before: null, after: null })
  })

  it('goes back to the last page when the list became shorter', () => {
    expect(pageAt(40, 20, 40)).toEqual({ offset: 20, before: 0, after: null })
    expect(pageAt(40, 20, 0)).toEqual({ offset: 0, before: null, after: null })
  })
})

describe('what happens next to a row', () => {
  const open = { state: 'needs-look', next: 'look', lookUntilMs: 1000 } as const

  it('is a look of the program up to the deadline, then a decision of a person', () => {
    expect(nextStep(open, 999)).toBe('look')
    expect(nextStep(open, 1000)).toBe('decide')
    expect(nextStep({ ...open, next: 'decide' }, 999)).toBe('decide')
  })

  it('tells a row in the queue from one whose answer is under way', () => {
    expect(nextStep({ state: 'waiting', next: 'wait', lookUntilMs: null }, 0)).toBe('turn')
    expect(nextStep({ state: 'sending', next: 'wait', lookUntilMs: null }, 0)).toBe('answer')
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
