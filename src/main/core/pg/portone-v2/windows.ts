/** Times of a filter, both as PortOne takes them. */
export interface Window {
  readonly fromMs: number
  readonly untilMs: number
}

/** What PortOne takes when a filter has no beginning; it states no greatest length. */
const WINDOW_MS_MAX = 90 * 24 * 60 * 60 * 1000

/**
 * Windows of at most 90 days. Nobody says whether their ends are inclusive: so they meet in the same instant, the last one
 * ends a little late, and what comes twice is left out by its key.
 */
export function windowsOf(fromMs: number, toMs: number): readonly Window[] {
  const windows: Window[] = []
  for (let at = Math.max(0, Math.floor(fromMs)); at <= toMs; at += WINDOW_MS_MAX) {
    windows.push({ fromMs: at, untilMs: Math.min(at + WINDOW_MS_MAX, Math.floor(toMs) + 1) })
  }
  return windows
}

/** Two halves; null where there is nothing left to halve. */
export function halvesOf({ fromMs, untilMs }: Window): readonly [Window, Window] | null {
  const middleMs = Math.floor((fromMs + untilMs) / 2)
  if (middleMs <= fromMs) return null
  return [
    { fromMs, untilMs: middleMs },
    { fromMs: middleMs, untilMs },
  ]
}

export const timesOf = ({ fromMs, untilMs }: Window): { readonly from: string; readonly until: string } => ({
  from: new Date(fromMs).toISOString(),
  until: new Date(untilMs).toISOString(),
})
