import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { findDrift, matchTimelines, type OurCancel } from '../../src/domain/drift'
import { addWon, won } from '../../src/domain/money'
import type { CancelFact, PgPayment } from '../../src/domain/payment'
import { aCancel, aPgPayment } from './pg-payments'

const kst = (text: string): number => Date.parse(`${text}+09:00`)
const NOON = kst('2026-11-20T12:00:00')
const HOUR = 3_600_000
const DAY = 24 * HOUR

let count = 0
function our(change: Partial<Omit<OurCancel, 'amount'>> & { readonly amount: number }): OurCancel {
  count += 1
  return {
    entryId: `entry-${count}`,
    atMs: NOON,
    source: 'merchant-file',
    cancelKey: null,
    tag: null,
    correctsEntryId: null,
    ...change,
    amount: won(change.amount),
  }
}
const their = (amount: number, change: Parameters<typeof aCancel>[0] = {}): CancelFact =>
  aCancel({ cancelledAtMs: NOON, ...change, amount })

const compare = (ours: readonly OurCancel[], theirs: readonly CancelFact[], change: Partial<PgPayment> = {}) =>
  matchTimelines({ paid: won(50_000), ours, pg: aPgPayment({ cancels: theirs, ...change }) })
const told = (ours: readonly OurCancel[], theirs: readonly CancelFact[], change: Partial<PgPayment> = {}) =>
  compare(ours, theirs, change).findings.map((finding) => [finding.kind, finding.difference])

describe('agreement', () => {
  test('of nothing with nothing', () => {
    expect(compare([], [])).toEqual({ pairs: [], findings: [], ourTotal: 0, pgTotal: 0, ourBalance: 50_000 })
  })

  test('by the cancel key, whatever the times and the texts', () => {
    const ours = our({ amount: 1_000, cancelKey: 'c1' })
    const theirs = their(1_000, { cancelKey: 'c1', cancelledAtMs: NOON + 90 * DAY })
    expect(compare([ours], [theirs])).toEqual({
      pairs: [{ ours, theirs, by: 'cancel-key' }],
      findings: [],
      ourTotal: 1_000,
      pgTotal: 1_000,
      ourBalance: 49_000,
    })
  })

  test('by the tag in the reason', () => {
    const ours = our({ amount: 1_000, source: 'own-refund', tag: 'RD0123ABCD' })
    const theirs = their(1_000, { reason: 'RD0123ABCD 변심', cancelledAtMs: NOON + 10 * DAY })
    expect(compare([ours], [their(1_000), theirs]).pairs).toEqual([{ ours, theirs, by: 'tag' }])
  })

  test('by amount and time, the closest first', () => {
    const early = our({ amount: 1_000, atMs: NOON })
    const late = our({ amount: 1_000, atMs: NOON + 2 * HOUR })
    const theirEarly = their(1_000, { cancelledAtMs: NOON + HOUR / 2 })
    const theirLate = their(1_000, { cancelledAtMs: NOON + 2 * HOUR + 1 })
    const { pairs, findings } = compare([early, late], [theirLate, theirEarly])
    expect(findings).toEqual([])
    expect(pairs.map((pair) => [pair.ours.entryId, pair.theirs])).toEqual([
      [late.entryId, theirLate],
      [early.entryId, theirEarly],
    ])
  })

  test('of equal amounts up to three days apart, not beyond', () => {
    expect(told([our({ amount: 1_000 })], [their(1_000, { cancelledAtMs: NOON + 3 * DAY })])).toEqual([])
    expect(told([our({ amount: 1_000 })], [their(1_000, { cancelledAtMs: NOON + 3 * DAY + 1 })])).toEqual([
      ['only-here', 1_000],
      ['only-at-pg', -1_000],
    ])
  })
})

describe('findings', () => {
  test('a cancel that only the PG knows is negative: it has cancelled more', () => {
    const theirs = their(1_000)
    expect(findDrift({ paid: won(50_000), ours: [], pg: aPgPayment({ cancels: [theirs] }) })).toEqual([
      { kind: 'only-at-pg', ours: null, theirs, difference: -1_000 },
    ])
  })

  test('a cancel that only we know is positive', () => {
    const ours = our({ amount: 1_000 })
    expect(compare([ours], []).findings).toEqual([{ kind: 'only-here', ours, theirs: null, difference: 1_000 }])
  })

  test('two amounts for one cancel, by key, by tag, or within a Seoul day', () => {
    expect(told([our({ amount: 1_000, cancelKey: 'c1' })], [their(1_500, { cancelKey: 'c1' })])).toEqual([
      ['amount-differs', -500],
    ])
    expect(told([our({ amount: 1_000, tag: 'RD0123ABCD' })], [their(900, { reason: 'RD0123ABCD' })])).toEqual([
      ['amount-differs', 100],
    ])
    expect(told([our({ amount: 1_000 })], [their(1_500)])).toEqual([['amount-differs', -500]])
  })

  test('unequal amounts are one cancel on neighbouring days in Seoul, two beyond', () => {
    const ours = our({ amount: 1_000, atMs: kst('2026-11-20T00:00:00') })
    expect(told([ours], [their(1_500, { cancelledAtMs: kst('2026-11-21T23:59:59') })])).toEqual([
      ['amount-differs', -500],
    ])
    expect(told([ours], [their(1_500, { cancelledAtMs: kst('2026-11-22T00:00:00') })])).toEqual([
      ['only-here', 1_000],
      ['only-at-pg', -1_500],
    ])
  })

  test('differing keys or tags are proof of two cancels, however alike they look', () => {
    expect(told([our({ amount: 1_000, cancelKey: 'c1' })], [their(1_000, { cancelKey: 'c2' })])).toEqual([
      ['only-here', 1_000],
      ['only-at-pg', -1_000],
    ])
    expect(told([our({ amount: 1_000, tag: 'RD0123ABCD' })], [their(1_000, { reason: 'RDZZZZZZZZ' })])).toHaveLength(2)
  })

  test("a PG's list that does not add up to its own total is told beside the rest", () => {
    expect(told([our({ amount: 1_000 })], [their(1_000)], { cancelledTotal: won(1_200) })).toEqual([
      ['history-sum-differs', -200],
    ])
    expect(told([], [], { cancelledTotal: won(1_200) })).toEqual([['history-sum-differs', -1_200]])
  })
})

describe('corrections', () => {
  test('take back what they correct', () => {
    const wrong = our({ amount: 1_000 })
    const back = our({ amount: -1_000, correctsEntryId: wrong.entryId, source: 'adopted' })
    expect(compare([wrong, back], [])).toMatchObject({ findings: [], ourTotal: 0 })
    expect(told([wrong, back], [their(1_000)])).toEqual([['only-at-pg', -1_000]])
  })

  test('in part leave the rest, which can have a partner', () => {
    const wrong = our({ amount: 1_000 })
    const part = our({ amount: -400, correctsEntryId: wrong.entryId })
    expect(told([wrong, part], [their(600)])).toEqual([])
  })

  test('of a correction count for what that one corrected', () => {
    const wrong = our({ amount: 1_000 })
    const back = our({ amount: -1_000, correctsEntryId: wrong.entryId })
    const forth = our({ amount: 1_000, correctsEntryId: back.entryId })
    expect(told([wrong, back, forth], [their(1_000)])).toEqual([])
  })

  test('of nothing known stand for themselves', () => {
    expect(told([our({ amount: -1_000, correctsEntryId: 'gone' })], [])).toEqual([['only-here', -1_000]])
  })
})

describe('a baseline', () => {
  const baseline = (amount: number, atMs = NOON) => our({ amount, source: 'pg-baseline', atMs })

  test('stands for all cancels that the PG showed at first sight', () => {
    const first = their(1_000, { cancelledAtMs: NOON - 40 * DAY })
    const second = their(2_000, { cancelledAtMs: NOON - 20 * DAY })
    const entry = baseline(3_000)
    expect(compare([entry], [second, first])).toMatchObject({
      findings: [],
      pairs: [
        { ours: entry, theirs: first, by: 'baseline' },
        { ours: entry, theirs: second, by: 'baseline' },
      ],
    })
  })

  test('leaves later cancels as drift', () => {
    const later = their(500, { cancelledAtMs: NOON + DAY })
    expect(told([baseline(1_000)], [their(1_000, { cancelledAtMs: NOON - DAY }), later])).toEqual([
      ['only-at-pg', -500],
    ])
  })

  test('does not swallow our own refund of before', () => {
    const own = our({ amount: 1_000, source: 'own-refund', tag: 'RD0123ABCD', atMs: NOON - DAY })
    expect(
      told(
        [baseline(2_000), own],
        [
          their(1_000, { reason: 'RD0123ABCD', cancelledAtMs: NOON - DAY }),
          their(2_000, { cancelledAtMs: NOON - 2 * DAY }),
        ],
      ),
    ).toEqual([])
  })

  test('that the PG no longer agrees with is a difference of amounts', () => {
    expect(
      told(
        [baseline(3_000)],
        [their(1_000, { cancelledAtMs: NOON - DAY }), their(1_500, { cancelledAtMs: NOON - DAY })],
      ),
    ).toEqual([['amount-differs', 500]])
    expect(told([baseline(3_000)], [])).toEqual([['only-here', 3_000]])
  })
})

test('the differences always add up to our total minus the total of the PG, and nothing is paired twice', () => {
  const key = fc.constantFrom(null, 'c1', 'c2', 'c3')
  const tag = fc.constantFrom(null, 'RD0123ABCD', 'RDZZZZZZZZ')
  const atMs = fc.integer({ min: 0, max: 6 }).map((days) => NOON + days * 17 * HOUR)
  const amount = fc.constantFrom(100, 200, 300, 1_000)
  const oursArb = fc.array(
    fc.record({
      amount: fc.oneof(amount, fc.constantFrom(-100, -200)),
      atMs,
      cancelKey: key,
      tag,
      source: fc.constantFrom('own-refund', 'merchant-file', 'adopted', 'pg-baseline'),
      corrects: fc.nat(5),
    }),
    { maxLength: 6 },
  )
  const theirsArb = fc.array(
    fc.record({ amount: fc.oneof(amount, fc.constant(0)), cancelledAtMs: atMs, cancelKey: key, tag }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(oursArb, theirsArb, fc.constantFrom(0, 0, 50, -50), (oursIn, theirsIn, off) => {
      const ours = oursIn.map(({ corrects, ...entry }, index): OurCancel => ({
        ...entry,
        amount: won(entry.amount),
        entryId: `e${index}`,
        correctsEntryId: entry.amount < 0 ? `e${corrects}` : null,
      }))
      const theirs = theirsIn.map(({ tag: theirTag, ...cancel }) => aCancel({ ...cancel, reason: theirTag ?? '' }))
      const cancelledTotal = addWon(won(off), ...theirs.map((cancel) => cancel.amount))
      const { findings, pairs, ourTotal, pgTotal } = compare(ours, theirs, { cancelledTotal })
      expect(addWon(won(0), ...findings.map((finding) => finding.difference))).toBe(ourTotal - pgTotal)
      expect(new Set(pairs.map((pair) => pair.theirs)).size).toBe(pairs.length)
      const single = pairs.filter((pair) => pair.by !== 'baseline')
      expect(new Set(single.map((pair) => pair.ours.entryId)).size).toBe(single.length)
      expect(findings.every((finding) => finding.difference !== 0)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})
