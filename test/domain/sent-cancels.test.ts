import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { findOurCancel, provenByAnswer, type Attribution } from '../../src/domain/attribution'
import { won } from '../../src/domain/money'
import type { CancelFact, PgPayment } from '../../src/domain/payment'
import {
  FREE_REASON_BYTES_MAX,
  historyHasTag,
  REASON_BYTES_MAX,
  reasonWithTag,
  tagFromRandom,
  tagIn,
  utf8Bytes,
} from '../../src/domain/refund-tag'
import { REPEAT_FROM_MS, REPEAT_UNTIL_MS, repeatDecision, type RepeatInput } from '../../src/domain/repeat'
import { aCancel, aPgPayment } from './pg-payments'

describe('a tag', () => {
  test('is ten ASCII characters that spell the random bits', () => {
    expect(tagFromRandom(Uint8Array.of(0, 0, 0, 0, 0))).toBe('RD00000000')
    expect(tagFromRandom(Uint8Array.of(255, 255, 255, 255, 255))).toBe('RDZZZZZZZZ')
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 5, maxLength: 5 }),
        fc.uint8Array({ minLength: 5, maxLength: 5 }),
        (a, b) => {
          expect(tagFromRandom(a)).toMatch(/^RD[0-9A-HJKMNP-TV-Z]{8}$/)
          expect(tagFromRandom(a) === tagFromRandom(b)).toBe(a.join() === b.join())
        },
      ),
    )
    expect(() => tagFromRandom(Uint8Array.of(1, 2, 3, 4))).toThrow('random bytes')
  })

  test('is found in a text whole, not in the middle of a word', () => {
    expect(tagIn('RD0123ABCD 고객 변심')).toBe('RD0123ABCD')
    expect(tagIn('[관리자] RD0123ABCD')).toBe('RD0123ABCD')
    expect(tagIn('RD0123ABCDE')).toBeNull()
    expect(tagIn('XRD0123ABCD')).toBeNull()
    expect(tagIn('RD0123ABC')).toBeNull()
    expect(tagIn('고객 변심')).toBeNull()
  })

  test('is looked for in a whole history', () => {
    const cancels = [aCancel({ reason: '관리자페이지취소' }), aCancel({ reason: 'RD0123ABCD 변심' })]
    expect(historyHasTag(cancels, 'RD0123ABCD')).toBe(true)
    expect(historyHasTag(cancels, 'RD0123ABCE')).toBe(false)
    expect(historyHasTag([], 'RD0123ABCD')).toBe(false)
  })
})

describe('reasonWithTag', () => {
  test('puts the tag first', () => {
    expect(reasonWithTag('RD0123ABCD', '고객 변심')).toBe('RD0123ABCD 고객 변심')
    expect(reasonWithTag('RD0123ABCD', '')).toBe('RD0123ABCD')
  })

  test('cuts nothing off what the import lets through', () => {
    const reason = `${'가'.repeat(29)}ab`
    expect(utf8Bytes(reason)).toBe(FREE_REASON_BYTES_MAX)
    expect(reasonWithTag('RD0123ABCD', reason)).toBe(`RD0123ABCD ${reason}`)
  })

  test('never passes 100 bytes, never splits a character and never touches the tag', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (reason) => {
        const text = reasonWithTag('RD0123ABCD', reason)
        expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(REASON_BYTES_MAX)
        expect(text.isWellFormed()).toBe(true)
        expect(text.startsWith('RD0123ABCD')).toBe(true)
        if (utf8Bytes(reason) <= FREE_REASON_BYTES_MAX) expect(text).toBe(`RD0123ABCD ${reason}`.trimEnd())
      }),
    )
  })

  test('counts bytes as UTF-8 does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length)
      }),
    )
  })
})

describe('findOurCancel', () => {
  const tag = 'RD0123ABCD'
  const old = aCancel({ amount: 1_000, cancelledAtMs: 1_000 })
  const look = (cancels: readonly CancelFact[], change: Partial<PgPayment> = {}): Attribution =>
    findOurCancel({
      tag,
      amount: won(5_000),
      before: { historyLength: 1, balance: won(49_000), knownKeys: null },
      now: aPgPayment({ paid: won(50_000), cancels, ...change }),
      claimedKeys: new Set(),
    })

  test('finds it by the tag, wherever it stands in the list', () => {
    const ours = aCancel({ amount: 5_000, cancelledAtMs: 2_000, reason: `${tag} 변심` })
    expect(look([ours, old])).toEqual({ kind: 'found', cancel: ours })
    expect(look([old, ours, aCancel({ amount: 5_000, cancelledAtMs: 3_000 })])).toEqual({
      kind: 'found',
      cancel: ours,
    })
  })

  test('calls nothing its own that bears the tag twice or another amount', () => {
    const ours = aCancel({ amount: 5_000, cancelledAtMs: 2_000, reason: tag })
    expect(look([old, ours, { ...ours, cancelledAtMs: 3_000 }])).toEqual({ kind: 'changed-otherwise' })
    expect(look([old, { ...ours, amount: won(5_001) }])).toEqual({ kind: 'changed-otherwise' })
  })

  test('sees that nothing changed only when balance and length agree', () => {
    expect(look([old])).toEqual({ kind: 'nothing-changed' })
    expect(look([old], { cancelledTotal: won(6_000) })).toEqual({ kind: 'changed-otherwise' })
    expect(look([old, aCancel({ amount: 0, cancelledAtMs: 2_000 })])).toEqual({ kind: 'changed-otherwise' })
    expect(look([], { cancelledTotal: won(1_000) })).toEqual({ kind: 'changed-otherwise' })
  })

  test('sees in a cancel that is only asked for no proof that nothing happened', () => {
    const ours = aCancel({ amount: 5_000, cancelledAtMs: 2_000, reason: `${tag} 변심` })
    const another = aCancel({ amount: 5_000, cancelledAtMs: 2_000, reason: '관리자페이지취소' })
    expect(look([old], { requested: [another, ours] })).toEqual({ kind: 'requested' })
    expect(look([old], { requested: [another] })).toEqual({ kind: 'changed-otherwise' })
    expect(look([old], { requested: [] })).toEqual({ kind: 'nothing-changed' })
    expect(look([old, ours], { requested: [another] })).toEqual({ kind: 'found', cancel: ours })
  })

  test('proposes a new cancel of the same amount whose text a PG replaced', () => {
    const alike = aCancel({ amount: 5_000, cancelledAtMs: 2_000, reason: '관리자페이지취소' })
    expect(look([alike, old])).toEqual({ kind: 'proposal', cancel: alike })
  })

  test('proposes no old cancel, none of another attempt, and none of two', () => {
    const another = aCancel({ amount: 5_000, cancelledAtMs: 2_000, reason: 'RDZZZZZZZZ' })
    expect(look([old, another])).toEqual({ kind: 'changed-otherwise' })
    expect(look([aCancel({ amount: 5_000, cancelledAtMs: 500 }), old])).toEqual({ kind: 'changed-otherwise' })
    const twin = aCancel({ amount: 5_000, cancelledAtMs: 2_000 })
    expect(look([old, twin, { ...twin, cancelledAtMs: 3_000 }])).toEqual({ kind: 'changed-otherwise' })
    expect(look([old, aCancel({ amount: 4_999, cancelledAtMs: 2_000 })])).toEqual({ kind: 'changed-otherwise' })
  })
})

describe('with the keys that the PG gives its cancels', () => {
  const old = aCancel({ amount: 1_000, cancelledAtMs: 1_000, cancelKey: 'old' })
  const fresh = aCancel({ amount: 5_000, cancelledAtMs: 2_000, cancelKey: 'new' })
  const input = {
    amount: won(5_000),
    before: { historyLength: 1, balance: won(49_000), knownKeys: ['old'] },
    claimedKeys: new Set<string>(),
    now: aPgPayment({ paid: won(50_000), cancels: [fresh, old] }),
  }
  const tag = 'RD0123ABCD'

  test('what is new is told by its key, whatever its time says', () => {
    const early = { ...fresh, cancelledAtMs: 10 }
    const now = aPgPayment({ paid: won(50_000), cancels: [early, old] })
    expect(findOurCancel({ ...input, tag, now })).toEqual({ kind: 'proposal', cancel: early })
  })

  test('what is accounted for as something else is nobody’s proposal', () => {
    expect(findOurCancel({ ...input, tag, claimedKeys: new Set(['new']) })).toEqual({ kind: 'changed-otherwise' })
  })

  describe('the PG’s own success to our request proves a cancel without our tag', () => {
    const proven = (change: Partial<Parameters<typeof provenByAnswer>[0]> = {}) =>
      provenByAnswer({ ...input, checksum: won(49_000), synchronous: true, ...change })

    test('when the history grew by just our amount', () => {
      expect(proven()).toEqual(fresh)
    })

    const another = aCancel({ amount: 5_000, cancelledAtMs: 3_000, cancelKey: 'another' })
    test.each([
      ['the channel does not show cancels at once', { synchronous: false }],
      ['nobody noted the keys before', { before: { ...input.before, knownKeys: null } }],
      [
        'a cancel has no key',
        { now: aPgPayment({ paid: won(50_000), cancels: [{ ...fresh, cancelKey: null }, old] }) },
      ],
      ['there are two new ones', { now: aPgPayment({ paid: won(50_000), cancels: [fresh, another, old] }) }],
      ['the amount is another', { amount: won(4_999) }],
      ['the balance was another', { checksum: won(48_999) }],
      ['it stands in our ledger already', { claimedKeys: new Set(['new']) }],
      [
        'it bears the tag of another attempt',
        {
          now: aPgPayment({ paid: won(50_000), cancels: [{ ...fresh, reason: 'RDZZZZZZZZ' }, old] }),
        },
      ],
      ['an old one is gone', { now: aPgPayment({ paid: won(50_000), cancels: [fresh] }) }],
    ] as const)('but not when %s', (_why, change) => {
      expect(proven(change)).toBeNull()
    })
  })
})

describe('repeatDecision', () => {
  const asked: RepeatInput = {
    sentAtMs: 1_000_000,
    nowMs: 1_000_000 + REPEAT_FROM_MS,
    synchronous: true,
    repeatedBefore: false,
    unchanged: true,
  }
  const after = (ageMs: number, change: Partial<RepeatInput> = {}) =>
    repeatDecision({ ...asked, nowMs: asked.sentAtMs + ageMs, ...change })

  test('waits ten minutes to the millisecond', () => {
    const waiting = { kind: 'wait', untilMs: asked.sentAtMs + 10 * 60_000 }
    expect(after(0)).toEqual(waiting)
    expect(after(10 * 60_000 - 1)).toEqual(waiting)
    expect(after(10 * 60_000)).toEqual({ kind: 'repeat' })
  })

  test('ends two hours after sending to the millisecond', () => {
    expect(after(2 * 3_600_000)).toEqual({ kind: 'repeat' })
    expect(after(2 * 3_600_000 + 1)).toEqual({ kind: 'person', why: 'too-late' })
    expect(REPEAT_UNTIL_MS).toBe(7_200_000)
  })

  test.each([
    [{ unchanged: false }, 'changed'],
    [{ repeatedBefore: true }, 'repeated-before'],
    [{ synchronous: false }, 'not-synchronous'],
  ] as const)('leaves %j to a person at any age', (change, why) => {
    for (const age of [0, REPEAT_FROM_MS, REPEAT_UNTIL_MS, REPEAT_UNTIL_MS + 1])
      expect(after(age, change)).toEqual({ kind: 'person', why })
  })

  test('trusts no clock that went back', () => {
    expect(after(-1)).toEqual({ kind: 'person', why: 'clock-went-back' })
  })

  test('repeats under no other circumstances', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (age, synchronous, repeatedBefore, unchanged) => {
          const repeats = after(age, { synchronous, repeatedBefore, unchanged }).kind === 'repeat'
          expect(repeats).toBe(synchronous && !repeatedBefore && unchanged && age >= 600_000 && age <= 7_200_000)
        },
      ),
    )
  })
})
