import { describe, expect, test } from 'vitest'
import { placeOnDisplays, secretSize } from '../../../src/main/shell/window-place'

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

describe('the secret window', () => {
  const frame = { language: 'ko', theme: 'light', mode: 'practice' } as const
  const keys = (count: number) => ({
    ...frame,
    purpose: 'enter-keys' as const,
    channelName: '상점',
    keyNames: Array.from({ length: count }, (_, index) => `key-${index}`),
  })

  test('is as high as what it asks needs', () => {
    const two = secretSize(keys(2), laptop).height
    expect(secretSize(keys(3), laptop).height).toBeGreaterThan(two)
    const person = { ...frame, purpose: 'add-person' as const, roles: ['checker'], first: false }
    expect(secretSize({ ...person, first: true }, laptop).height).toBeGreaterThan(secretSize(person, laptop).height)
  })

  test('grows no higher than a digest needs, nor than its display', () => {
    expect(secretSize(keys(50), laptop)).toEqual({ width: 560, height: 720 })
    expect(secretSize(keys(50), { height: 700 }).height).toBeLessThan(700)
  })
})
