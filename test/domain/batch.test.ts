import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { judgeApproval, type ApprovalInput } from '../../src/domain/approval'
import { BATCH_STEPS, canStepBatch, type BatchState } from '../../src/domain/batch'
import { canonicalBatch } from '../../src/domain/batch-content'
import type { PaymentId, PersonId } from '../../src/domain/ids'
import { refundAmount, won } from '../../src/domain/money'
import type { RefundOrder } from '../../src/domain/refund-order'

describe('steps of a batch', () => {
  test('lead from draft or checked over submitted and approved to done', () => {
    for (const [from, to] of [
      ['draft', 'checked'],
      ['draft', 'submitted'],
      ['checked', 'submitted'],
      ['checked', 'draft'],
      ['submitted', 'approved'],
      ['approved', 'running'],
      ['running', 'done'],
    ] as const) {
      expect(canStepBatch(from, to), `${from} -> ${to}`).toBe(true)
    }
  })

  test('never skip the approval and never leave an end', () => {
    for (const from of ['draft', 'checked', 'submitted', 'rejected', 'withdrawn', 'expired', 'done'] as const)
      expect(canStepBatch(from, 'running'), from).toBe(false)
    for (const from of ['draft', 'checked', 'running', 'rejected'] as const)
      expect(canStepBatch(from, 'approved'), from).toBe(false)
    for (const end of ['done', 'rejected', 'withdrawn', 'expired'] as const) expect(BATCH_STEPS[end]).toEqual([])
    expect(canStepBatch('running', 'withdrawn')).toBe(false)
  })
})

describe('judgeApproval', () => {
  const asked: ApprovalInput = {
    makerId: 'kim' as PersonId,
    checkerId: 'lee' as PersonId,
    checkerRoles: ['checker'],
    batchState: 'submitted',
    contentHashShown: 'abc',
    contentHashNow: 'abc',
    checkedAtMs: 1_000,
    nowMs: 61_000,
  }
  const code = (change: Partial<ApprovalInput>) => {
    const verdict = judgeApproval({ ...asked, ...change })
    return verdict.ok ? 'ok' : verdict.problem.code
  }

  test('lets another person with the role approve what was shown', () => {
    expect(judgeApproval(asked)).toEqual({ ok: true, value: { contentHash: 'abc', checkAgeMs: 60_000 } })
    expect(judgeApproval({ ...asked, checkedAtMs: null })).toEqual({
      ok: true,
      value: { contentHash: 'abc', checkAgeMs: null },
    })
  })

  test('never the maker, whatever roles they have', () => {
    expect(code({ checkerId: asked.makerId, checkerRoles: ['maker', 'checker', 'admin'] })).toBe('approver-is-maker')
  })

  test('never without the role', () => {
    expect(code({ checkerRoles: [] })).toBe('role-missing')
    expect(code({ checkerRoles: ['maker', 'admin'] })).toBe('role-missing')
  })

  test('never other content, nor no content', () => {
    expect(code({ contentHashNow: 'abd' })).toBe('content-changed')
    expect(code({ contentHashShown: '', contentHashNow: '' })).toBe('content-changed')
  })

  test('only a submitted batch', () => {
    for (const state of Object.keys(BATCH_STEPS) as BatchState[])
      expect(code({ batchState: state })).toBe(state === 'submitted' ? 'ok' : 'batch-wrong-state')
  })
})

describe('canonicalBatch', () => {
  const text = fc.string({ unit: 'binary', maxLength: 8 })
  const account = fc.record({ bank: text, accountNo: text, holder: text, phone: fc.option(text) })
  const order: fc.Arbitrary<RefundOrder> = fc.record({
    paymentId: text.map((id) => id as PaymentId),
    amount: fc.integer({ min: 1, max: 1_000_000 }).map(refundAmount),
    taxFree: fc.option(fc.integer({ min: 0, max: 1000 }).map(won)),
    vat: fc.option(fc.integer({ min: 0, max: 1000 }).map(won)),
    account: fc.option(account),
    basket: fc.array(fc.record({ itemKey: text, sellerId: text }), { maxLength: 2 }),
    reason: text,
  })
  const change = (kind: number, row: RefundOrder, extra: string): RefundOrder => {
    const other = (value: string) => `${value}${extra}`
    const held = row.account ?? { bank: '', accountNo: '', holder: '', phone: null }
    const changes: readonly RefundOrder[] = [
      { ...row, paymentId: other(row.paymentId) as PaymentId },
      { ...row, amount: refundAmount(row.amount + 1) },
      { ...row, taxFree: row.taxFree === null ? won(0) : null },
      { ...row, vat: row.vat === null ? won(0) : null },
      { ...row, account: row.account === null ? held : null },
      { ...row, account: { ...held, bank: other(held.bank) } },
      { ...row, account: { ...held, accountNo: other(held.accountNo) } },
      { ...row, account: { ...held, holder: other(held.holder) } },
      { ...row, account: { ...held, phone: held.phone === null ? '' : null } },
      { ...row, reason: other(row.reason) },
      { ...row, basket: [...row.basket, { itemKey: extra, sellerId: '' }] },
      { ...row, basket: [{ itemKey: other(row.basket[0]?.itemKey ?? ''), sellerId: '' }, ...row.basket] },
    ]
    return changes[kind] ?? row
  }

  test('is the same for the same rows, in whatever order their fields were written', () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 4 }), (rows) => {
        const turned = rows.map((row) => Object.fromEntries(Object.entries(row).toReversed()) as unknown as RefundOrder)
        expect(canonicalBatch(turned)).toBe(canonicalBatch(rows))
      }),
    )
  })

  test('differs after any change of any field of any row', () => {
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.integer({ min: 0, max: 11 }),
        fc.string({ minLength: 1, maxLength: 3 }),
        (rows, at, kind, extra) => {
          const index = at % rows.length
          const changed = rows.map((row, each) => (each === index ? change(kind, row, extra) : row))
          expect(canonicalBatch(changed)).not.toBe(canonicalBatch(rows))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('differs when rows change places, are left out or repeated', () => {
    fc.assert(
      fc.property(order, order, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b))
        expect(canonicalBatch([a, b])).not.toBe(canonicalBatch([b, a]))
        expect(canonicalBatch([a])).not.toBe(canonicalBatch([a, b]))
        expect(canonicalBatch([a, a])).not.toBe(canonicalBatch([a]))
      }),
    )
  })
})
