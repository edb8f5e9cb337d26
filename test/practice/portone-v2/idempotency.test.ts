import { describe, expect, it } from 'vitest'
import { createBooks } from '../../../src/practice/books'
import { KEY_LIFE_MS, parseKey } from '../../../src/practice/portone-v2/idempotency'
import {
  A_KEY,
  aCancel,
  aV2Payment,
  cancellationOf,
  onCancel,
  PAYMENT_ID,
  startV2,
  until,
  type V2Test,
} from './support'

const KEYED = { 'idempotency-key': A_KEY }

describe('the form of a key', () => {
  it.each([
    ['"0123456789abcdef"', '0123456789abcdef'],
    [`"${'x'.repeat(256)}"`, 'x'.repeat(256)],
    ['"with \\"quotes\\" in"', 'with "quotes" in'],
    ['"with \\\\ backslash"', 'with \\ backslash'],
  ])('takes %s', (header, key) => {
    expect(parseKey(header)).toBe(key)
  })

  it.each([
    ['"0123456789abcde"'],
    [`"${'x'.repeat(257)}"`],
    ['0123456789abcdef'],
    ["'0123456789abcdef'"],
    ['"0123456789abcdef'],
    ['"0123456789\tabcdef"'],
    ['"0123456789한글abcdef"'],
    ['"a quote " inside it"'],
    ['"a lone \\ backslash"'],
    ['"0123456789abcdef", "0123456789abcdef"'],
  ])('refuses %s', (header) => {
    expect(parseKey(header)).toBeUndefined()
  })

  it('is judged before anything happens', async () => {
    const { cancel, refunded } = await startV2()
    const reply = await cancel(aCancel(), { 'idempotency-key': 'too-short' })
    expect(reply).toMatchObject({ status: 400, body: { type: 'INVALID_REQUEST' } })
    expect(refunded()).toBe(0)
  })
})

describe('a repeated request', () => {
  it('refunds once and gets the same answer under its key, twice without one', async () => {
    const { cancel, refunded } = await startV2()
    const partly = { amount: 10_000, reason: 'R' }
    const first = await cancel(partly, KEYED)
    expect(await cancel(partly, KEYED)).toEqual(first)
    expect(refunded()).toBe(10_000)
    await cancel(partly)
    await cancel(partly)
    expect(refunded()).toBe(30_000)
  })

  it('raises no second alarm', async () => {
    const { cancel, books } = await startV2()
    await cancel({ reason: 'R' }, KEYED)
    await cancel({ reason: 'R' }, KEYED)
    expect(books.v2Alarms().map(({ alarm }) => alarm)).toEqual(['implicit_full_cancel', 'no_cancellable_amount'])
  })

  it('gets the same refusal, although the truth has moved on', async () => {
    const { cancel } = await startV2()
    const early = aCancel({ currentCancellableAmount: 20_000 })
    const first = await cancel(early, KEYED)
    expect(first).toMatchObject({ status: 409, body: { type: 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN' } })
    await cancel()
    expect(await cancel(early, KEYED)).toEqual(first)
    expect((await cancel(early)).status).toBe(200)
  })

  it('gets the old REQUESTED, although the cancel is done', async () => {
    const { cancel, get, clock } = await startV2({ scenario: onCancel({ kind: 'v2_cancellation_requested' }) })
    await cancel(aCancel(), KEYED)
    clock.advance(5000)
    expect((await get(`/payments/${PAYMENT_ID}`)).body['status']).toBe('PARTIAL_CANCELLED')
    expect(cancellationOf(await cancel(aCancel(), KEYED))['status']).toBe('REQUESTED')
  })

  it("gets the provider's error again, although the money went", async () => {
    const { cancel, refunded } = await startV2({ scenario: onCancel({ kind: 'v2_pg_provider', effect: true }) })
    const first = await cancel(aCancel(), KEYED)
    expect(first.status).toBe(502)
    expect(await cancel(aCancel(), KEYED)).toEqual(first)
    expect(refunded()).toBe(10_000)
  })

  it.each([
    ['another amount', aCancel({ amount: 10_001 }), PAYMENT_ID],
    ['another payment', aCancel(), 'order-test-0002'],
  ])('that is about %s is refused', async (_, fields, paymentId) => {
    const { cancel, refunded } = await startV2({
      payments: [aV2Payment(), aV2Payment({ paymentId: 'order-test-0002' })],
    })
    await cancel(aCancel(), KEYED)
    expect(await cancel(fields, KEYED, paymentId)).toMatchObject({ status: 400, body: { type: 'INVALID_REQUEST' } })
    expect(refunded() + refunded('order-test-0002')).toBe(10_000)
  })

  it('is a new one after three hours of the clock of the PG, and not a millisecond earlier', async () => {
    const { cancel, refunded, clock } = await startV2()
    const partly = { amount: 10_000, reason: 'R' }
    await cancel(partly, KEYED)
    clock.advance(KEY_LIFE_MS - 1)
    await cancel(partly, KEYED)
    expect(refunded()).toBe(10_000)
    clock.advance(1)
    await cancel(partly, KEYED)
    expect(refunded()).toBe(20_000)
  })

  it('is known after a restart, refusals too', async () => {
    const { cancel, pg, books, booksFile } = await startV2()
    const done = await cancel(aCancel(), KEYED)
    const other = { 'idempotency-key': '"test-key-00000002"' }
    const refused = await cancel(aCancel({ amount: 0 }), other)
    await pg.close()
    books.close()
    const again = await startV2({ booksFile })
    expect(await again.cancel(aCancel(), KEYED)).toEqual(done)
    expect(await again.cancel(aCancel({ amount: 0 }), other)).toEqual(refused)
    expect(again.refunded()).toBe(10_000)
    expect(again.books.v2Cancels()).toHaveLength(1)
  })

  it('without authorization uses no key up', async () => {
    const { cancel, refunded } = await startV2()
    expect((await cancel(aCancel(), { ...KEYED, authorization: 'PortOne wrong' })).status).toBe(401)
    expect((await cancel(aCancel(), KEYED)).status).toBe(200)
    expect(refunded()).toBe(10_000)
  })
})

describe('a request whose first is still running', () => {
  const OUTSTANDING = { status: 409, body: { type: 'IDEMPOTENCY_OUTSTANDING_REQUEST' } }
  const held = async (stage: 'before' | 'after'): Promise<{ test: V2Test; first: ReturnType<V2Test['cancel']> }> => {
    const test = await startV2({ scenario: onCancel({ kind: 'hold', stage }) })
    const first = test.cancel(aCancel(), KEYED)
    await until(() => test.pg.holds.held.length === 1)
    return { test, first }
  }

  it.each(['before', 'after'] as const)('is told so, whatever it asks, held %s the effect', async (stage) => {
    const { test, first } = await held(stage)
    expect(await test.cancel(aCancel(), KEYED)).toMatchObject(OUTSTANDING)
    expect(await test.cancel(aCancel({ amount: 1 }), KEYED)).toMatchObject(OUTSTANDING)
    test.pg.holds.release()
    const answer = await first
    expect(answer.status).toBe(200)
    expect(await test.cancel(aCancel(), KEYED)).toEqual(answer)
    expect(test.refunded()).toBe(10_000)
  })

  it('is not in the way of another key', async () => {
    const { test, first } = await held('before')
    expect((await test.cancel(aCancel(), { 'idempotency-key': '"test-key-00000002"' })).status).toBe(200)
    test.pg.holds.release()
    expect(await first).toMatchObject({ status: 409, body: { type: 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN' } })
  })

  it('that was dropped before its effect has left the key free', async () => {
    const { test, first } = await held('before')
    test.pg.holds.release(undefined, true)
    await expect(first).rejects.toThrow(/fetch failed/)
    expect((await test.cancel(aCancel(), KEYED)).status).toBe(200)
    expect(test.refunded()).toBe(10_000)
  })
})

describe('a lost answer', () => {
  it.each([
    ['lose_answer_before_effect', 0],
    ['lose_answer_after_effect', 10_000],
  ] as const)('by %s is found under its key, with one refund in the end', async (kind, refundedWon) => {
    const { cancel, refunded } = await startV2({ scenario: onCancel({ kind }) })
    await expect(cancel(aCancel(), KEYED)).rejects.toThrow(/fetch failed/)
    expect(refunded()).toBe(refundedWon)
    expect(cancellationOf(await cancel(aCancel(), KEYED))).toMatchObject({ status: 'SUCCEEDED', totalAmount: 10_000 })
    expect(refunded()).toBe(10_000)
  })
})

describe('the V2 books', () => {
  it('know no payment twice and no cancel of an unknown one', async () => {
    const { books } = await startV2()
    expect(() => books.addV2Payment(aV2Payment())).toThrow(/already/)
    expect(() => books.decideV2Cancel('order-none', 'c', 'FAILED', 0)).toThrow(/no V2 payment/)
  })

  it('come with the sample shop, and stay empty where only V1 payments are given', async () => {
    const { booksFile } = await startV2()
    const sample = createBooks(`${booksFile}.sample`)
    expect([...sample.v2Accounts()]).toHaveLength(16)
    sample.close()
    const bare = createBooks(`${booksFile}.bare`, { payments: [] })
    expect([...bare.v2Accounts()]).toEqual([])
    bare.close()
  })
})
