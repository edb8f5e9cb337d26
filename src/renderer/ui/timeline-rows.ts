import { won, type Won } from '../../domain/money'

/** One event of one side, as the contract gives it. */
export interface TimelineEntry {
  readonly key: string
  readonly atMs: number
  readonly amount: Won
  readonly source: string
  readonly note: string
  readonly partner: string | null
}

/** One line across both columns: a pair, or an event that stands alone. */
export interface TimelineRow {
  readonly atMs: number
  readonly ours: TimelineEntry | null
  readonly theirs: TimelineEntry | null
}

/** Puts both sides on one axis of time: partners share a line at the time of the earlier one. */
export function timelineRows(ours: readonly TimelineEntry[], theirs: readonly TimelineEntry[]): readonly TimelineRow[] {
  const theirsByKey = new Map(theirs.map((entry) => [entry.key, entry]))
  const rows: TimelineRow[] = []
  const paired = new Set<string>()
  for (const entry of ours) {
    const partner = entry.partner === null ? undefined : theirsByKey.get(entry.partner)
    if (partner === undefined || paired.has(partner.key)) {
      rows.push({ atMs: entry.atMs, ours: entry, theirs: null })
    } else {
      paired.add(partner.key)
      rows.push({ atMs: Math.min(entry.atMs, partner.atMs), ours: entry, theirs: partner })
    }
  }
  for (const entry of theirs) {
    if (!paired.has(entry.key)) rows.push({ atMs: entry.atMs, ours: null, theirs: entry })
  }
  return rows.toSorted((a, b) => a.atMs - b.atMs)
}

export function timelineSum(entries: readonly TimelineEntry[]): Won {
  return won(entries.reduce((sum, entry) => sum + entry.amount, 0))
}

/**
 * Keys of the events that the other side really lacks. An entry and the correction that takes it back stand alone as
 * well, but nothing is missing on the other side; nor is it where several events share one partner.
 */
export function oddKeys(ours: readonly TimelineEntry[], theirs: readonly TimelineEntry[]): ReadonlySet<string> {
  return keysOf([...alone(ours, theirs).lacking, ...alone(theirs, ours).lacking])
}

/** Keys of the entries that were taken back, together with the corrections that took them back: they add up to nothing. */
export function takenBackKeys(ours: readonly TimelineEntry[], theirs: readonly TimelineEntry[]): ReadonlySet<string> {
  return keysOf([...alone(ours, theirs).takenBack, ...alone(theirs, ours).takenBack])
}

function keysOf(entries: readonly TimelineEntry[]): ReadonlySet<string> {
  return new Set(entries.map((entry) => entry.key))
}

/** Source of what takes back a refund of ours whose payout failed. */
const CAME_BACK = 'payout-failed'

interface Alone {
  readonly lacking: readonly TimelineEntry[]
  readonly takenBack: readonly TimelineEntry[]
}

function alone(side: readonly TimelineEntry[], other: readonly TimelineEntry[]): Alone {
  const otherKeys = new Set(other.map((entry) => entry.key))
  const lacking = side.filter((entry) => entry.partner === null || !otherKeys.has(entry.partner))
  const takenBack: TimelineEntry[] = []
  for (const correction of lacking.filter((entry) => entry.amount < 0)) {
    const corrected = lacking.find(
      (entry) =>
        entry.amount === -correction.amount && (correction.source !== CAME_BACK || entry.source === 'own-refund'),
    )
    if (corrected === undefined) continue
    for (const entry of [corrected, correction]) {
      lacking.splice(lacking.indexOf(entry), 1)
      takenBack.push(entry)
    }
  }
  // A payout that came back is taken back here alone: the PG's record of the refund stays as it is.
  const cameBack = lacking.filter((entry) => entry.source === CAME_BACK)
  return { lacking: lacking.filter((entry) => !cameBack.includes(entry)), takenBack: [...takenBack, ...cameBack] }
}
