import type { Screen, ScreenName } from '../ui/navigation'

/** Places of the rail in order; Ctrl with the figure goes there. */
export const RAIL_SCREENS = [
  'home',
  'import',
  'batches',
  'approvals',
  'run',
  'drift',
  'search',
  'audit',
  'settings',
] as const satisfies readonly ScreenName[]
export type RailScreen = (typeof RAIL_SCREENS)[number]

/** The way back is kept this long; nobody retraces more. */
const STEPS_MAX = 50

export interface Trail {
  readonly screen: Screen
  readonly before: readonly Screen[]
}

export const FIRST_SCREEN: Trail = { screen: { name: 'home' }, before: [] }

/** Goes on to a screen; the present one stays behind for the way back. */
export function goTo(trail: Trail, screen: Screen): Trail {
  if (sameScreen(trail.screen, screen)) return trail
  return { screen, before: [...trail.before, trail.screen].slice(-STEPS_MAX) }
}

export function goBack(trail: Trail): Trail {
  const screen = trail.before.at(-1)
  return screen === undefined ? trail : { screen, before: trail.before.slice(0, -1) }
}

function sameScreen(a: Screen, b: Screen): boolean {
  return screenKey(a) === screenKey(b)
}

/** Tells screens apart, with all their values. */
export function screenKey(screen: Screen): string {
  return JSON.stringify(Object.entries(screen).toSorted(([a], [b]) => a.localeCompare(b)))
}

/** The place of the rail that a screen belongs to. */
export function railScreenOf(screen: Screen): RailScreen {
  return screen.name === 'batch' ? 'batches' : screen.name
}
