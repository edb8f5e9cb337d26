/** Beside the ledger file. */
export const BACKUP_FOLDER = 'backups'

/** Backups are named by their Seoul day: `ledger-2026-11-21.db`, a second one of the day `ledger-2026-11-21-2.db`. */
const NAME = /^ledger-(\d{4}-\d{2}-\d{2})(?:-(\d{1,4}))?\.db$/

const DAYS_KEPT = 14
const MONTHS_KEPT = 12
/** So that no number of them on one day pushes the days before out. */
const SAME_DAY_KEPT = 5

interface Place {
  readonly day: string
  readonly number: number
}

/** Null for a file that is no backup. */
export function backupPlace(name: string): Place | null {
  const [, day, number] = NAME.exec(name) ?? []
  return day === undefined ? null : { day, number: Number(number ?? 1) }
}

/** The next free name of this day. */
export function backupName(day: string, taken: readonly string[]): string {
  const numbers = taken.map(backupPlace).map((place) => (place?.day === day ? place.number : 0))
  const number = Math.max(0, ...numbers) + 1
  return number === 1 ? `ledger-${day}.db` : `ledger-${day}-${number}.db`
}

/**
 * What may go: kept are the last of each of the newest 14 days, the first of each of the newest 12 months, and the last
 * five of today. The newest of all is always among them.
 */
export function backupsToDrop(names: readonly string[], today: string): string[] {
  const oldestFirst = names
    .flatMap((name) => {
      const place = backupPlace(name)
      return place === null ? [] : [{ name, ...place }]
    })
    .toSorted((a, b) => a.day.localeCompare(b.day) || a.number - b.number)
  const lastOfDay = new Map(oldestFirst.map(({ day, name }) => [day, name]))
  const firstOfMonth = new Map(oldestFirst.toReversed().map(({ day, name }) => [day.slice(0, 7), name]))
  const newest = (found: ReadonlyMap<string, string>, count: number): string[] =>
    [...found]
      .toSorted(([a], [b]) => b.localeCompare(a))
      .slice(0, count)
      .map(([, name]) => name)
  const ofToday = oldestFirst.filter(({ day }) => day === today).slice(-SAME_DAY_KEPT)
  const kept = new Set([
    ...newest(lastOfDay, DAYS_KEPT),
    ...newest(firstOfMonth, MONTHS_KEPT),
    ...ofToday.map(({ name }) => name),
  ])
  return oldestFirst.filter(({ name }) => !kept.has(name)).map(({ name }) => name)
}
