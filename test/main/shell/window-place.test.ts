import { describe, expect, test } from 'vitest'
import { placeOnDisplays } from '../../../src/main/shell/window-place'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 2560, height: 1440 }
const place = { x: 100, y: 60, width: 1280, height: 800, maximized: false }

describe('the main window', () => {
  test('opens where it was', () => {
    expect(placeOnDisplays(place, [laptop])).toEqual({ x: 100, y: 60, width: 1280, height: 800 })
    expect(placeOnDisplays({ ...place, x: 2000 }, [laptop, beside])).toMatchObject({ x: 2000 })
  })

  test('opens in the usual place the first time, and when its display is gone', () => {
    expect(placeOnDisplays(null, [laptop])).toBeNull()
    expect(placeOnDisplays({ ...place, x: 2000 }, [laptop])).toBeNull()
  })

  test('needs enough in reach of a hand, on either side of the limit', () => {
    expect(placeOnDisplays({ ...place, x: 1440 - 200 }, [laptop])).not.toBeNull()
    expect(placeOnDisplays({ ...place, x: 1440 - 199 }, [laptop])).toBeNull()
    expect(placeOnDisplays({ ...place, y: 900 - 80 }, [laptop])).not.toBeNull()
    expect(placeOnDisplays({ ...place, y: 900 - 79 }, [laptop])).toBeNull()
    // Its title bar would be above the display.
    expect(placeOnDisplays({ ...place, y: 24 }, [laptop])).toBeNull()
  })

  test('is no larger than its display and no smaller than its screens can be', () => {
    expect(placeOnDisplays({ ...place, width: 5000, height: 5000 }, [laptop])).toMatchObject({
      width: 1440,
      height: 875,
    })
    expect(placeOnDisplays({ ...place, width: 10, height: 10 }, [laptop])).toMatchObject({ width: 1024, height: 700 })
  })
})
