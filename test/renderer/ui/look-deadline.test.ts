import { describe, expect, it } from 'vitest'
import { deadlineOf } from '../../../src/renderer/ui/look-deadline'

const NOW = 1_795_000_000_000

describe('until when an open outcome is looked for', () => {
  it('is how long the program looks by itself where the PG shows payments for good', () => {
    for (const pg of ['portone-v1', 'portone-v2'] as const) {
      expect(deadlineOf({ pg, lookUntilMs: NOW + 1 }, NOW)).toEqual({ word: 'until', atMs: NOW + 1, past: false })
      expect(deadlineOf({ pg, lookUntilMs: NOW }, NOW)).toEqual({ word: 'past', atMs: NOW, past: true })
    }
  })

  it('is how long the PG answers at all where it forgets a request', () => {
    expect(deadlineOf({ pg: 'kicc', lookUntilMs: NOW + 1 }, NOW)?.word).toBe('pgUntil')
    expect(deadlineOf({ pg: 'kicc', lookUntilMs: NOW }, NOW)?.word).toBe('pgPast')
  })

  it('is not told where nothing is open', () => {
    expect(deadlineOf({ pg: 'kicc', lookUntilMs: null }, NOW)).toBeNull()
  })
})
