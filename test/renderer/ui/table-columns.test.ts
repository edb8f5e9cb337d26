import { describe, expect, it } from 'vitest'
import { placesOf, type SizedColumn } from '../../../src/renderer/ui/table-columns'

function column(width: number, marks: { sticky?: boolean; grows?: boolean } = {}): SizedColumn<unknown> {
  return {
    column: { id: `c${width}`, title: '', width, sticky: marks.sticky ?? false, cell: () => null },
    width,
    grows: marks.grows ?? false,
    resize: () => undefined,
  }
}

describe('places of columns', () => {
  it('sets sticky columns one after the other from the left edge', () => {
    const places = placesOf([column(80, { sticky: true }), column(120, { sticky: true }), column(200)], false)
    expect(places.stickyLeft).toEqual([0, 80, null])
    expect(places.width).toBe(400)
  })

  it('leaves room for the boxes of a table whose rows can be selected', () => {
    const places = placesOf([column(80, { sticky: true }), column(200, { grows: true })], true)
    expect(places.stickyLeft).toEqual([36, null])
    expect(places.template).toBe('36px 80px minmax(200px, 1fr)')
    expect(places.width).toBe(316)
  })

  it('keeps what is left at the right empty where no column grows', () => {
    expect(placesOf([column(80), column(100)], false).template).toBe('80px 100px minmax(0, 1fr)')
  })
})
