import * as v from 'valibot'

/** Korea has had no summer time since 1988, so a fixed offset is exact for every date this program meets. */
const KST_OFFSET_MS = 9 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** A day in Asia/Seoul, `YYYY-MM-DD`. */
export const KstDateSchema = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/), v.brand('KstDate'))
export type KstDate = v.InferOutput<typeof KstDateSchema>

/** A month in Asia/Seoul, `YYYY-MM`. */
export type KstMonth = string & { readonly __brand: 'KstMonth' }

export function kstDate(atMs: number): KstDate {
  return v.parse(KstDateSchema, new Date(atMs + KST_OFFSET_MS).toISOString().slice(0, 10))
}

export function kstMonth(atMs: number): KstMonth {
  return kstDate(atMs).slice(0, 7) as KstMonth
}

/** Minutes since midnight in Asia/Seoul, 0..1439. */
export function kstMinuteOfDay(atMs: number): number {
  return Math.floor(((((atMs + KST_OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS) / 60_000)
}

/** The UTC instant at which this Seoul day begins. */
export function kstDayStartMs(date: KstDate): number {
  return Date.parse(`${date}T00:00:00Z`) - KST_OFFSET_MS
}

/** `14:02:31` in Seoul. */
export function kstClockText(atMs: number): string {
  return new Date(atMs + KST_OFFSET_MS).toISOString().slice(11, 19)
}

/** `2026-11-21 14:02` in Seoul. */
export function kstMinuteText(atMs: number): string {
  return new Date(atMs + KST_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')
}
