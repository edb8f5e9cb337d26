import { kstClockText, kstDate, type KstDate } from '../../../../domain/time'

/** KICC's way to write a day: yyyyMMdd. */
export const dayText = (day: KstDate): string => day.replaceAll('-', '')

/**
 * The instant of a KICC time, which is Seoul's: 14 digits, or 12 where the century is left out (the table of one field
 * says 12, its sample shows 14). Null for anything that is no time.
 */
export function stampMs(text: string): number | null {
  const digits = text.length === 12 ? `20${text}` : text
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? []
  if (year === undefined) return null
  const date = `${year}-${month}-${day}`
  const clock = `${hour}:${minute}:${second}`
  const ms = Date.parse(`${date}T${clock}+09:00`)
  // 30 February would be read as a day in March.
  return Number.isFinite(ms) && kstDate(ms) === date && kstClockText(ms) === clock ? ms : null
}
