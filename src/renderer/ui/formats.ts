import type { Language } from '../../contract/views'
import { weekdayOf } from '../../domain/business-day'
import type { Won } from '../../domain/money'
import { kstDate, kstMinuteText, type KstDate } from '../../domain/time'

/** U+2212, as wide as a figure and the plus; a hyphen reads as a range. */
const MINUS = '−'

/** The figure alone, `1,234,000`; negative with a true minus. */
export function figureText(value: number): string {
  const figure = Math.abs(value).toLocaleString('en-US')
  return value < 0 ? `${MINUS}${figure}` : figure
}

/** An amount with its unit: `1,234,000원`, in English `₩1,234,000`. */
export function wonText(amount: Won, language: Language): string {
  const figure = Math.abs(amount).toLocaleString('en-US')
  const sign = amount < 0 ? MINUS : ''
  return language === 'ko' ? `${sign}${figure}원` : `${sign}₩${figure}`
}

/** A difference, always with its sign but for 0: `+1,000원`. */
export function signedWonText(amount: Won, language: Language): string {
  return amount > 0 ? `+${wonText(amount, language)}` : wonText(amount, language)
}

/** `오늘 14:02` on the day itself, else `2026-11-21 14:02`; always the clock of Seoul. */
export function whenText(atMs: number, nowMs: number, language: Language): string {
  const text = kstMinuteText(atMs)
  if (kstDate(atMs) !== kstDate(nowMs)) return text
  return `${language === 'ko' ? '오늘' : 'today'} ${text.slice(11)}`
}

const WEEKDAYS = {
  ko: ['월', '화', '수', '목', '금', '토', '일'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const satisfies Readonly<Record<Language, readonly string[]>>

/** A day with its weekday, `11/24(화)`, in English `Tue 11/24`; of another year than now with the year. */
export function dayText(day: KstDate, nowMs: number, language: Language): string {
  const [year = '', month, date] = day.split('-')
  const short = `${Number(month)}/${Number(date)}`
  const text = year === kstDate(nowMs).slice(0, 4) ? short : `${year}/${short}`
  const weekday = WEEKDAYS[language][weekdayOf(day) - 1] ?? ''
  return language === 'ko' ? `${text}(${weekday})` : `${weekday} ${text}`
}

/** The size of a file, `1.2 MB`. */
export function sizeText(sizeBytes: number, language: Language): string {
  const megabytes = sizeBytes / (1024 * 1024)
  const figure = megabytes.toLocaleString('en-US', { maximumFractionDigits: megabytes < 10 ? 1 : 0 })
  return language === 'ko' ? `${figure}MB` : `${figure} MB`
}

/** A length of time in its two greatest units, `1시간 20분`; under a minute in seconds. */
export function durationText(durationMs: number, language: Language): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = seconds % 60
  const [h, m, s] = language === 'ko' ? ['시간', '분', '초'] : [' h', ' min', ' s']
  if (hours > 0) return minutes > 0 ? `${hours}${h} ${minutes}${m}` : `${hours}${h}`
  if (minutes > 0) return rest > 0 && minutes < 10 ? `${minutes}${m} ${rest}${s}` : `${minutes}${m}`
  return `${rest}${s}`
}

/** Minutes and seconds until something, `09:41`; with hours from one hour on. Never below zero. */
export function countdownText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return hours === 0 ? rest : `${hours}:${rest}`
}

/** Time left of a task at its present rate; null while too little is done to say. */
export function timeLeftMs(done: number, all: number, startedAtMs: number, nowMs: number): number | null {
  const spentMs = nowMs - startedAtMs
  if (done <= 0 || all <= done || spentMs < 1000) return null
  return (spentMs / done) * (all - done)
}
