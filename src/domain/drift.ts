import { addWon, subtractWon, won, type Won } from './money'
import type { CancelFact, PgPayment } from './payment'
import { tagIn } from './refund-tag'
import { kstDate, kstDayStartMs } from './time'

/** One cancel as OUR ledger holds it; a correction is negative and names what it corrects. */
export interface OurCancel {
  readonly entryId: string
  readonly amount: Won
  readonly atMs: number
  /**
   * `pg-baseline` is the PG's own word at first sight: never independent. `payout-failed` takes back a refund of ours
   * that the bank sent back.
   */
  readonly source: 'own-refund' | 'merchant-file' | 'adopted' | 'pg-baseline' | 'payout-failed'
  readonly cancelKey: string | null
  readonly tag: string | null
  readonly correctsEntryId: string | null
}

export type DriftKind = 'only-at-pg' | 'only-here' | 'amount-differs' | 'history-sum-differs'

export interface DriftFinding {
  readonly kind: DriftKind
  /** Amount already reduced by its corrections. */
  readonly ours: OurCancel | null
  readonly theirs: CancelFact | null
  /**
   * OURS minus THE PG'S, in won of cancelled money, signed: negative = the PG has cancelled more than we know of.
   * For `history-sum-differs` it is the PG's list minus the PG's own total. All differences of a payment add up to our
   * total minus the PG's total.
   */
  readonly difference: Won
}

export type PairedBy = 'cancel-key' | 'tag' | 'baseline' | 'amount-and-time' | 'time'

/** A line between the two timelines. A baseline may be paired with several cancels of the PG. */
export interface TimelinePair {
  readonly ours: OurCancel
  readonly theirs: CancelFact
  readonly by: PairedBy
}

export interface TimelineInput {
  readonly paid: Won
  readonly ours: readonly OurCancel[]
  readonly pg: PgPayment
}

export interface Timelines {
  readonly pairs: readonly TimelinePair[]
  readonly findings: readonly DriftFinding[]
  readonly ourTotal: Won
  readonly pgTotal: Won
  /** What is left of the payment in OUR ledger. */
  readonly ourBalance: Won
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Merchants' books often carry a day without an hour, or the next business day after a weekend. */
const SAME_AMOUNT_WINDOW_MS = 3 * DAY_MS
const OTHER_AMOUNT_DAYS_MAX = 1

/** The findings of one payment; none means that both sides agree. */
export function findDrift(input: TimelineInput): readonly DriftFinding[] {
  return matchTimelines(input).findings
}

/**
 * Compares one payment's cancels on both sides. Certain partners first (the PG's cancel key, then the tag in the
 * reason), then the baseline, then equal amounts close in time, and at last unequal amounts at most one Seoul day apart,
 * which are told as one cancel with two amounts. What has no partner is a finding.
 */
export function matchTimelines({ paid, ours, pg }: TimelineInput): Timelines {
  const left = new Sides(
    netOfCorrections(ours),
    pg.cancels.filter((cancel) => cancel.amount !== 0),
  )
  pairCertain(left, 'cancel-key', (our, their) => our.cancelKey !== null && our.cancelKey === their.cancelKey)
  pairCertain(left, 'tag', (our, their) => our.tag !== null && our.tag === tagIn(their.reason))
  const baselines = pairBaselines(left)
  pairClosest(
    left,
    'amount-and-time',
    (our, their) => our.amount === their.amount && Math.abs(our.atMs - their.cancelledAtMs) <= SAME_AMOUNT_WINDOW_MS,
  )
  pairClosest(left, 'time', (our, their) => seoulDaysApart(our.atMs, their.cancelledAtMs) <= OTHER_AMOUNT_DAYS_MAX)

  const ourTotal = addWon(won(0), ...ours.map((entry) => entry.amount))
  const historySum = addWon(won(0), ...pg.cancels.map((cancel) => cancel.amount))
  const listDifference = subtractWon(historySum, pg.cancelledTotal)
  const findings: DriftFinding[] = [
    ...baselines.findings,
    ...left.pairs
      .filter((pair) => pair.by !== 'baseline' && pair.ours.amount !== pair.theirs.amount)
      .map(({ ours: our, theirs }) => ({
        kind: 'amount-differs' as const,
        ours: our,
        theirs,
        difference: subtractWon(our.amount, theirs.amount),
      })),
    ...left.ours.map((our) => ({ kind: 'only-here' as const, ours: our, theirs: null, difference: our.amount })),
    ...left.theirs.map((theirs) => ({
      kind: 'only-at-pg' as const,
      ours: null,
      theirs,
      difference: subtractWon(won(0), theirs.amount),
    })),
  ]
  if (listDifference !== 0)
    findings.push({ kind: 'history-sum-differs', ours: null, theirs: null, difference: listDifference })
  return { pairs: left.pairs, findings, ourTotal, pgTotal: pg.cancelledTotal, ourBalance: subtractWon(paid, ourTotal) }
}

/** What has no partner yet, on either side, in order of time. */
class Sides {
  ours: readonly OurCancel[]
  theirs: readonly CancelFact[]
  readonly pairs: TimelinePair[] = []

  constructor(ours: readonly OurCancel[], theirs: readonly CancelFact[]) {
    this.ours = ours.toSorted((a, b) => a.atMs - b.atMs)
    this.theirs = theirs.toSorted((a, b) => a.cancelledAtMs - b.cancelledAtMs)
  }

  pair(ours: OurCancel, theirs: CancelFact, by: PairedBy): void {
    this.ours = this.ours.filter((each) => each !== ours)
    this.theirs = this.theirs.filter((each) => each !== theirs)
    this.pairs.push({ ours, theirs, by })
  }
}

/** Entries with their corrections taken off. One that is corrected away is gone; a correction of nothing known stays. */
function netOfCorrections(entries: readonly OurCancel[]): readonly OurCancel[] {
  const byId = new Map(entries.map((entry) => [entry.entryId, entry]))
  const rootOf = (entry: OurCancel): OurCancel => {
    const seen = new Set([entry])
    for (let root = entry; ;) {
      const target = root.correctsEntryId === null ? undefined : byId.get(root.correctsEntryId)
      // A ring of corrections cannot be stored; if it ever were, each stays for itself.
      if (target === undefined || seen.has(target)) return target === undefined ? root : entry
      seen.add(target)
      root = target
    }
  }
  const net = new Map<OurCancel, Won>()
  for (const entry of entries) {
    const root = rootOf(entry)
    net.set(root, addWon(net.get(root) ?? won(0), entry.amount))
  }
  return [...net]
    .filter(([, amount]) => amount !== 0)
    .map(([entry, amount]) => (amount === entry.amount ? entry : { ...entry, amount }))
}

type Fits = (ours: OurCancel, theirs: CancelFact) => boolean

function pairCertain(left: Sides, by: PairedBy, fits: Fits): void {
  for (const our of left.ours) {
    const partner = left.theirs.find((their) => fits(our, their))
    if (partner !== undefined) left.pair(our, partner, by)
  }
}

/**
 * A baseline is the sum of what the PG showed at first sight: it takes the oldest cancels that add up to it, else all
 * that are not younger than it, and the rest is told as a difference of amounts.
 */
function pairBaselines(left: Sides): { readonly findings: readonly DriftFinding[] } {
  const findings: DriftFinding[] = []
  for (const baseline of left.ours.filter((entry) => entry.source === 'pg-baseline')) {
    const taken =
      exactPrefix(left.theirs, baseline.amount) ?? left.theirs.filter((their) => their.cancelledAtMs <= baseline.atMs)
    const [only] = taken
    if (only === undefined) continue
    const difference = subtractWon(baseline.amount, addWon(won(0), ...taken.map((their) => their.amount)))
    for (const their of taken) left.pair(baseline, their, 'baseline')
    if (difference !== 0)
      findings.push({ kind: 'amount-differs', ours: baseline, theirs: taken.length === 1 ? only : null, difference })
  }
  return { findings }
}

function exactPrefix(theirs: readonly CancelFact[], amount: Won): readonly CancelFact[] | null {
  let sum = 0
  for (const [index, their] of theirs.entries()) {
    sum += their.amount
    if (sum === amount) return theirs.slice(0, index + 1)
  }
  return null
}

/** Proof that two cancels are not the same one: both are named, and the names differ. */
function provenOther(our: OurCancel, their: CancelFact): boolean {
  if (our.cancelKey !== null && their.cancelKey !== null && our.cancelKey !== their.cancelKey) return true
  const theirTag = tagIn(their.reason)
  return our.tag !== null && theirTag !== null && our.tag !== theirTag
}

/** The closest in time first, so that no pair takes a partner that belongs to a closer one. Negative entries stand alone. */
function pairClosest(left: Sides, by: PairedBy, fits: Fits): void {
  const possible = left.ours
    .filter((our) => our.amount > 0)
    .flatMap((our) =>
      left.theirs
        .filter((their) => fits(our, their) && !provenOther(our, their))
        .map((their) => ({ our, their, apartMs: Math.abs(our.atMs - their.cancelledAtMs) })),
    )
    .toSorted((a, b) => a.apartMs - b.apartMs)
  for (const { our, their } of possible) {
    if (left.ours.includes(our) && left.theirs.includes(their)) left.pair(our, their, by)
  }
}

function seoulDaysApart(aMs: number, bMs: number): number {
  return Math.abs(kstDayStartMs(kstDate(aMs)) - kstDayStartMs(kstDate(bMs))) / DAY_MS
}
