/** Where the practice PG gets its time from; tests bring their own. */
export interface PracticeClock {
  nowMs(): number
}

export const systemClock: PracticeClock = { nowMs: () => Date.now() }

/** Korea has had no summer time since 1988, so a fixed offset is exact for every payment of the sample shop. */
const KST_OFFSET_MS = 9 * 60 * 60 * 1000

/** `2026-11-21 14:02:33` in Seoul. */
export function kstText(atMs: number): string {
  return new Date(atMs + KST_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** `2026-11-21` in Seoul. */
export function kstDay(atMs: number): string {
  return kstText(atMs).slice(0, 10)
}

/** Hour of the day in Seoul, 0..23. */
export function kstHour(atMs: number): number {
  return Number(kstText(atMs).slice(11, 13))
}

/** The UTC instant at which a Seoul day (`YYYY-MM-DD`) begins. */
export function kstDayStartMs(day: string): number {
  const startMs = Date.parse(`${day}T00:00:00Z`) - KST_OFFSET_MS
  if (Number.isNaN(startMs)) throw new RangeError(`not a day: ${day}`)
  return startMs
}

/** PortOne V1 speaks whole UNIX seconds. */
export function seconds(atMs: number): number {
  return Math.floor(atMs / 1000)
}

/** `20261121140233` in Seoul. */
export function kstDigits(atMs: number): string {
  return kstText(atMs).replaceAll(/\D/g, '')
}
