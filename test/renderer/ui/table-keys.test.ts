import { describe, expect, it } from 'vitest'
import { nextIndex } from '../../../src/renderer/ui/table-keys'

describe('keys in a table', () => {
  it('moves by a line, by a page and to the ends', () => {
    expect(nextIndex('ArrowDown', 3, 100, 20)).toBe(4)
    expect(nextIndex('ArrowUp', 3, 100, 20)).toBe(2)
    expect(nextIndex('PageDown', 3, 100, 20)).toBe(23)
    expect(nextIndex('PageUp', 53, 100, 20)).toBe(33)
    expect(nextIndex('Home', 53, 100, 20)).toBe(0)
    expect(nextIndex('End', 53, 100, 20)).toBe(99)
  })

  it('stops at the first and the last line', () => {
    expect(nextIndex('ArrowUp', 0, 100, 20)).toBe(0)
    expect(nextIndex('ArrowDown', 99, 100, 20)).toBe(99)
    expect(nextIndex('PageDown', 90, 100, 20)).toBe(99)
    expect(nextIndex('PageUp', 5, 100, 20)).toBe(0)
  })

  it('does not answer other keys, nor any key in an empty table', () => {
    expect(nextIndex('Enter', 3, 100, 20)).toBeNull()
    expect(nextIndex('ArrowDown', 0, 0, 20)).toBeNull()
  })
})
