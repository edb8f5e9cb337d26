/** Days and digits of Seoul, counted here apart from the program's own. */
export const DAY_MS = 24 * 60 * 60 * 1000
const SEOUL_MS = 9 * 60 * 60 * 1000

/** yyyyMMddHHmmss. */
export const seoulDigits = (atMs: number): string =>
  new Date(atMs + SEOUL_MS).toISOString().replaceAll(/\D/g, '').slice(0, 14)

/** yyyyMMdd. */
export const seoulDay = (atMs: number): string => seoulDigits(atMs).slice(0, 8)

export const msIntoSeoulDay = (atMs: number): number => (atMs + SEOUL_MS) % DAY_MS
