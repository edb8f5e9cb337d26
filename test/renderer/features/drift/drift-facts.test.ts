import { describe, expect, it } from 'vitest'
import { won } from '../../../../src/domain/money'
import {
  mayAdopt,
  paymentRowsOf,
  restsOnBaseline,
  totalAfterAdopting,
  whyOf,
} from '../../../../src/renderer/features/drift/drift-facts'

const entry = (key: string, amount: number, atMs: number) => ({
  key,
  atMs,
  amount: won(amount),
  source: 'pg',
  note: '',
  partner: null,
})
const nothing = { ourAmount: null, pgAmount: null, ours: [], theirs: [], oddOurs: null, oddTheirs: null }

describe('why two records differ', () => {
  it('tells when the PG made a cancel that we do not know', () => {
    const why = whyOf({
      ...nothing,
      kind: 'only-at-pg',
      difference: won(-1000),
      pgAmount: won(1000),
      theirs: [entry('t1', 500, 1), entry('t2', 1000, 77)],
      oddTheirs: 't2',
    })
    expect(why).toEqual({ key: 'why.only-at-pg', amount: 1000, atMs: 77 })
  })

  it('tells when we wrote a cancel that the PG does not have', () => {
    const why = whyOf({
      ...nothing,
      kind: 'only-here',
      difference: won(1000),
      ourAmount: won(1000),
      ours: [entry('o1', 1000, 55)],
      oddOurs: 'o1',
    })
    expect(why).toEqual({ key: 'why.only-here', amount: 1000, atMs: 55 })
  })

  it('says it without an instant where the odd entry is not there, with the size of the difference', () => {
    expect(whyOf({ ...nothing, kind: 'only-at-pg', difference: won(-1000) })).toEqual({
      key: 'why.only-at-pg.plain',
      amount: 1000,
    })
  })

  it('names both amounts, also when one follows from the other', () => {
    expect(
      whyOf({ ...nothing, kind: 'amount-differs', difference: won(-500), ourAmount: won(1000), pgAmount: won(1500) }),
    ).toEqual({ key: 'why.amount-differs', ours: 1000, theirs: 1500 })
    expect(whyOf({ ...nothing, kind: 'amount-differs', difference: won(-500), pgAmount: won(1500) })).toEqual({
      key: 'why.amount-differs',
      ours: 1000,
      theirs: 1500,
    })
  })
})

describe('following the PG', () => {
  it('lifts our sum when the PG cancelled more, and lowers it when we wrote more', () => {
    expect(totalAfterAdopting({ ourTotal: won(1000), difference: won(-151_000) })).toBe(152_000)
    expect(totalAfterAdopting({ ourTotal: won(3000), difference: won(2000) })).toBe(1000)
  })

  it('is not offered where the PG contradicts itself', () => {
    expect(mayAdopt({ kind: 'history-sum-differs' })).toBe(false)
    expect(mayAdopt({ kind: 'only-at-pg' })).toBe(true)
  })
})

describe("whether our side rests on the PG's own first word", () => {
  const baseline = { ...entry('o1', 1000, 1), source: 'pg-baseline' }

  it('does while an entry of that kind stands', () => {
    expect(restsOnBaseline({ independent: false, ours: [baseline], theirs: [] })).toBe(true)
  })

  it('does not once our books took that entry back', () => {
    const correction = { ...entry('o2', -1000, 1), source: 'merchant-file' }
    expect(restsOnBaseline({ independent: false, ours: [baseline, correction], theirs: [] })).toBe(false)
  })

  it('does not between independent sources', () => {
    expect(restsOnBaseline({ independent: true, ours: [entry('o1', 1000, 1)], theirs: [] })).toBe(false)
  })
})

describe('rows of our books that tell of a payment', () => {
  it('are what is left of the file without cancels and rows that were not taken', () => {
    expect(paymentRowsOf({ rowsAll: 321, cancelsAdded: 46, cancelsKnown: 4, problemsAll: 1 })).toBe(270)
  })

  it('are none in a file of cancels only', () => {
    expect(paymentRowsOf({ rowsAll: 46, cancelsAdded: 46, cancelsKnown: 0, problemsAll: 0 })).toBe(0)
  })
})
