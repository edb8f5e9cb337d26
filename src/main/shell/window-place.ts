import type { SecretPrompt } from '../../contract/secret'
import { assertNever } from './answer'
import type { Place } from './preferences'

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const MAIN_SIZE = { width: 1280, height: 800 } as const
export const MAIN_SIZE_MIN = { width: 1024, height: 700 } as const

/** So much of the window must lie on a display that a hand can get hold of it. */
const VISIBLE_MIN = { width: 200, height: 80 } as const

/**
 * Where the main window opens: its last place when a display still shows enough of it, else `null` (the middle of the
 * main display, in the usual size). A display may have been unplugged since.
 */
export function placeOnDisplays(last: Place | null, displays: readonly Area[]): Area | null {
  if (last === null) return null
  const place = {
    x: last.x,
    y: last.y,
    width: Math.max(last.width, MAIN_SIZE_MIN.width),
    height: Math.max(last.height, MAIN_SIZE_MIN.height),
  }
  const home = displays.find((display) => isInReach(place, display))
  if (home === undefined) return null
  return { ...place, width: Math.min(place.width, home.width), height: Math.min(place.height, home.height) }
}

/** The title bar is at the top, so the top edge itself must be on the display. */
function isInReach(place: Area, display: Area): boolean {
  const across = Math.min(place.x + place.width, display.x + display.width) - Math.max(place.x, display.x)
  const below = display.y + display.height - place.y
  return across >= VISIBLE_MIN.width && below >= VISIBLE_MIN.height && place.y >= display.y
}

/** The secret window's content is as high as its purpose needs, so that no form stands in an empty page. */
const SECRET_WIDTH = 560
const SECRET_HEIGHT_MAX = 720
/** The window's own edges, and a little air above and below. */
const AROUND_WINDOW = 60

/** Content size of the secret window for what it asks, on a display with this much room. */
export function secretSize(prompt: SecretPrompt, display: Pick<Area, 'height'>): Pick<Area, 'width' | 'height'> {
  const height = Math.min(heightOf(prompt), SECRET_HEIGHT_MAX, display.height - AROUND_WINDOW)
  return { width: SECRET_WIDTH, height }
}

/** With room for the sentence that a refused entry adds. */
function heightOf(prompt: SecretPrompt): number {
  switch (prompt.purpose) {
    case 'sign-in':
      return 400 + 50 * prompt.people.length
    case 'approve':
      return SECRET_HEIGHT_MAX
    case 'enter-keys':
      return 300 + 76 * prompt.keyNames.length
    case 'add-person':
      return prompt.first ? 536 : 500
    default:
      return assertNever(prompt)
  }
}
