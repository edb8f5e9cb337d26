import { describe, expect, it } from 'vitest'
import { won } from '../../../src/domain/money'
import {
  oddKeys,
  takenBackKeys,
  timelineRows,
  timelineSum,
  type TimelineEntry,
} from '../../../src/renderer/ui/timeline-rows'

function entry(key: string, atMs: number, partner: string | null): TimelineEntry {
  return { key, atMs, amount: won(1000), source: 'pg', note: '', partner }
}

describe('putting two timelines on one axis', () => {
  it('puts partners on one line, at the time of the earlier', () => {
    const rows = timelineRows([entry('o1', 200, 't1')], [entry('t1', 150, 'o1')])
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ atMs: 150, ours: { key: 'o1' }, theirs: { key: 't1' } })
  })

  it('gives an event without a partner a line of its own, in the order of time', () => {
    const rows = timelineRows([entry('o1', 100, 't1')], [entry('t1', 100, 'o1'), entry('t2', 50, null)])
    expect(rows.map((row) => [row.ours?.key ?? null, row.theirs?.key ?? null])).toEqual([
      [null, 't2'],
      ['o1', 't1'],
    ])
  })

  it('loses no event when two of ours claim the same partner or a partner is not there', () => {
    const rows = timelineRows(
      [entry('o1', 1, 't1'), entry('o2', 2, 't1'), entry('o3', 3, 'gone')],
      [entry('t1', 1, 'o1')],
    )
    expect(rows.map((row) => row.ours?.key)).toEqual(['o1', 'o2', 'o3'])
    expect(rows.filter((row) => row.theirs !== null)).toHaveLength(1)
  })

  it('adds up a side', () => {
    expect(timelineSum([entry('a', 1, null), entry('b', 2, null)])).toBe(2000)
    expect(timelineSum([])).toBe(0)
  })
})

describe('what the other side lacks', () => {
  const of = (key: string, amount: number, partner: string | null): TimelineEntry => ({
    ...entry(key, 1, partner),
    amount: won(amount),
  })

  it('is an event without a partner', () => {
    expect([...oddKeys([of('o1', 1000, 't1')], [of('t1', 1000, 'o1'), of('t2', 500, null)])]).toEqual(['t2'])
  })

  it('is neither an entry that was taken back nor its correction', () => {
    expect([...oddKeys([of('o1', 6600, null), of('o2', -6600, null)], [of('t1', 6600, null)])]).toEqual(['t1'])
  })

  it('is still an entry of another amount than the correction', () => {
    expect([...oddKeys([of('o1', 6600, null), of('o2', -6500, null)], [])]).toEqual(['o1', 'o2'])
  })

  it('is no event of a partner that several share, but one whose partner is not there', () => {
    const theirs = [of('t1', 400, 'o1'), of('t2', 600, 'o1'), of('t3', 1, 'gone')]
    expect([...oddKeys([of('o1', 1000, 't1')], theirs)]).toEqual(['t3'])
  })
})

describe('what was taken back', () => {
  const of = (key: string, amount: number, partner: string | null = null): TimelineEntry => ({
    ...entry(key, 1, partner),
    amount: won(amount),
  })

  it('is an entry together with its correction', () => {
    expect([...takenBackKeys([of('o1', 6600), of('o2', -6600), of('o3', 500)], [])]).toEqual(['o1', 'o2'])
  })

  it('is one entry for each correction, however alike they are', () => {
    expect([...takenBackKeys([of('o1', 6600), of('o2', 6600), of('o3', -6600)], [])]).toEqual(['o1', 'o3'])
  })

  it('is never an entry that has its partner, nor one of another amount', () => {
    expect([...takenBackKeys([of('o1', 6600, 't1'), of('o2', -6600)], [of('t1', 6600, 'o1')])]).toEqual([])
    expect([...takenBackKeys([of('o1', 6600), of('o2', -6500)], [])]).toEqual([])
  })

  it('is a payout that came back, though the PG keeps its record of the refund', () => {
    const refund = { ...of('o1', 6600, 't1'), source: 'own-refund' }
    const back = { ...of('o2', -6600), source: 'payout-failed' }
    const theirs = [of('t1', 6600, 'o1')]
    expect([...takenBackKeys([refund, back], theirs)]).toEqual(['o2'])
    expect([...oddKeys([refund, back], theirs)]).toEqual([])
  })

  it('is that refund as well where the PG shows nothing of it, and no other entry of the same amount', () => {
    const file = { ...of('o0', 6600), source: 'merchant-file' }
    const refund = { ...of('o1', 6600), source: 'own-refund' }
    const back = { ...of('o2', -6600), source: 'payout-failed' }
    expect([...takenBackKeys([file, refund, back], [])]).toEqual(['o1', 'o2'])
    expect([...oddKeys([file, refund, back], [])]).toEqual(['o0'])
  })
})
