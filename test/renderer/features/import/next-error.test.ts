import { describe, expect, it } from 'vitest'
import { firstAfterLine } from '../../../../src/renderer/features/import/next-error'

const LINES = [2, 7, 18, 29, 40]

async function find(line: number, lines: readonly number[] = LINES): Promise<{ index: number; reads: number }> {
  let reads = 0
  const index = await firstAfterLine(line, lines.length, async (at) => {
    reads += 1
    return lines[at] ?? Number.NaN
  })
  return { index, reads }
}

describe('the next row with an error', () => {
  it('is the first one after the open line', async () => {
    expect((await find(10)).index).toBe(2)
  })

  it('is never the open line itself', async () => {
    expect((await find(18)).index).toBe(3)
  })

  it('is the first of all when nothing is open', async () => {
    expect((await find(0)).index).toBe(0)
  })

  it('is past the end after the last one, so that the caller begins again', async () => {
    expect((await find(40)).index).toBe(LINES.length)
    expect((await find(5, [])).index).toBe(0)
  })

  it('costs few reads in a long list', async () => {
    const long = Array.from({ length: 100_000 }, (_, index) => index * 3)
    const found = await find(150_000, long)
    expect(found.index).toBe(50_001)
    expect(found.reads).toBeLessThanOrEqual(17)
  })
})
