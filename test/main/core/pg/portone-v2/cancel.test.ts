import { describe, expect, it } from 'vitest'
import { problem } from '../../../../../src/domain/problem'
import { fail, ok } from '../../../../../src/domain/result'
import { refundAmount } from '../../../../../src/domain/money'
import { ACCOUNT, deadOrigin, SHORT, TAG } from '../support'
import {
  aGateway,
  anIntent,
  CANCELLATION,
  NOT_FOUND,
  PAYMENT,
  pgThatSays,
  type Said,
  scripted,
  SECRET,
  send,
  STORE,
  wireAmount,
  wireCancellation,
  wirePayment,
} from './support'

const done = (changes: Record<string, unknown> = {}): Said => ({ body: { cancellation: wireCancellation(changes) } })
const refused = (status: number, type: string, more: Record<string, unknown> = {}): Said => ({
  status,
  body: { type, message: '취소할 수 없습니다', ...more },
})

async function outcomeOf(cancel: Said | null, payment?: Said | null, intent = anIntent()) {
  const pg = await pgThatSays(cancel, payment)
  const outcome = await send(aGateway(pg.origin), intent)
  // Whatever came back: a cancel is sent once.
  expect(pg.asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
  return { outcome, asked: pg.asked }
}

describe('a cancel', () => {
  it('sends the stored bytes to the path of its payment, with the secret and the key of the attempt', async () => {
    const pg = await pgThatSays(done())
    const gateway = aGateway(pg.origin, { storeId: STORE })
    const intent = anIntent()
    const encoded = gateway.encodeCancel(intent)
    await gateway.sendCancel(encoded, intent)
    await gateway.sendCancel(encoded, intent)
    const posts = pg.asked.filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(2)
    for (const post of posts) {
      expect(post.path).toBe(`/payments/${PAYMENT}/cancel`)
      expect(post.body).toBe(encoded.body)
      expect(post.headers).toMatchObject({
        authorization: `PortOne ${SECRET}`,
        'content-type': 'application/json',
        // A kept-alive socket may be closed by the other side just when a cancel is written to it.
        connection: 'close',
        'idempotency-key': `"refund-desk-${TAG}"`,
      })
    }
    expect(encoded.body).not.toContain(SECRET)
  })

  it('keeps any text of the shop one segment of the path', async () => {
    const pg = await pgThatSays(refused(409, 'BRAND_NEW'))
    await send(aGateway(pg.origin), anIntent({ pgKey: '주문/1?x=#' }))
    expect(pg.asked[0]?.path).toBe(`/payments/${encodeURIComponent('주문/1?x=#')}/cancel`)
  })

  it('is accepted when the payment read afterwards shows it', async () => {
    const { outcome, asked } = await outcomeOf(done())
    expect(outcome).toMatchObject({
      kind: 'accepted',
      payment: { pgKey: PAYMENT, cancelledTotal: 10_000 },
      cancel: { cancelKey: CANCELLATION, amount: 10_000 },
      balanceAfter: null,
      receiptTrouble: null,
      transcript: { method: 'POST', path: `/payments/${PAYMENT}/cancel`, httpStatus: 200 },
    })
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /payments/${PAYMENT}/cancel`,
      `GET /payments/${PAYMENT}`,
    ])
  })

  it('is accepted by its id where the PG replaced our text', async () => {
    const payment = { body: wirePayment({ cancellations: [wireCancellation({ reason: 'x' })] }) }
    expect((await outcomeOf(done({ reason: 'x' }), payment)).outcome).toMatchObject({ kind: 'accepted' })
  })

  it('is proven over a test channel too, though those payments are not shown', async () => {
    const payment = { body: wirePayment({ channel: { type: 'TEST', pgProvider: 'KCP_V2' } }) }
    expect((await outcomeOf(done(), payment)).outcome).toMatchObject({ kind: 'accepted' })
  })

  it.each<[string, Said | null]>([
    ['cannot be read', { status: 500, body: 'x' }],
    ['cannot be reached', null],
    ['is unknown', NOT_FOUND],
    ['is another one', { body: wirePayment({ id: 'ORD-2' }) }],
    ['has no such cancel yet', { body: wirePayment({ cancellations: [], amount: wireAmount({ cancelled: 0 }) }) }],
    ['shows another cancel', { body: wirePayment({ cancellations: [wireCancellation({ id: 'c-2' })] }) }],
    ['shows it as asked for', { body: wirePayment({ cancellations: [wireCancellation({ status: 'REQUESTED' })] }) }],
    ['shows it with another amount', { body: wirePayment({ cancellations: [wireCancellation({ totalAmount: 9 })] }) }],
    ['is odd', { body: wirePayment({ amount: null }) }],
  ])('stays pending when the payment read afterwards %s', async (_what, payment) => {
    const { outcome } = await outcomeOf(done(), payment)
    expect(outcome).toMatchObject({ kind: 'pending', payment: null, transcript: { httpStatus: 200 } })
  })

  it('is pending when the PG does it later', async () => {
    const { outcome, asked } = await outcomeOf(done({ status: 'REQUESTED', cancelledAt: undefined }))
    expect(outcome).toMatchObject({ kind: 'pending', payment: null })
    expect(asked).toHaveLength(1)
  })

  it('is unproven when it failed with HTTP 200', async () => {
    const { outcome } = await outcomeOf(done({ status: 'FAILED', cancelledAt: undefined }))
    expect(outcome).toMatchObject({ kind: 'unproven', pgMessage: 'FAILED', transcript: { httpStatus: 200 } })
  })

  it.each<[string, Said]>([
    ['HTML', { body: '<html>' }],
    ['nothing', { body: '' }],
    ['an empty object', { body: {} }],
    ['a new status', done({ status: 'BRAND_NEW' })],
    ['another amount', done({ totalAmount: 9999 })],
    ['the amount in text', done({ totalAmount: '10000' })],
    ['no amount', done({ totalAmount: undefined })],
    ['the tag of another attempt', done({ reason: 'RD00000000 x' })],
    ['another amount that was asked for', done({ status: 'REQUESTED', totalAmount: 1 })],
    ['no id', done({ id: '' })],
    ['a key that stands twice', { body: '{"cancellation":{"status":"SUCCEEDED","status":"FAILED"}}' }],
    ['a redirect', { status: 302, body: '', headers: { location: '/x' } }],
    ['a success of another kind', { ...done(), status: 202 }],
  ])('is unknown after %s', async (_what, said) => {
    const { outcome, asked } = await outcomeOf(said)
    expect(outcome).toMatchObject({ kind: 'unknown', why: 'odd-answer' })
    expect(asked).toHaveLength(1)
  })

  it.each([
    [409, 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN', 'balance-differs'],
    [409, 'PAYMENT_ALREADY_CANCELLED', 'already-cancelled'],
    [404, 'PAYMENT_NOT_FOUND', 'no-such-payment'],
    [400, 'INVALID_REQUEST', 'field-error'],
    [409, 'CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT', 'field-error'],
  ])('is rejected by %i %s: %s', async (status, type, why) => {
    const { outcome } = await outcomeOf(refused(status, type))
    expect(outcome).toMatchObject({
      kind: 'rejected',
      why,
      pgMessage: '취소할 수 없습니다',
      transcript: { httpStatus: status },
    })
  })

  it('tells the name of a refusal without words', async () => {
    const { outcome } = await outcomeOf({ status: 409, body: { type: 'PAYMENT_NOT_PAID' } })
    expect(outcome).toMatchObject({ kind: 'rejected', why: 'field-error', pgMessage: 'PAYMENT_NOT_PAID' })
  })

  it.each<[string, Said, string]>([
    ['a request that still runs', refused(409, 'IDEMPOTENCY_OUTSTANDING_REQUEST'), '취소할 수 없습니다'],
    ['an unknown refusal', refused(409, 'BRAND_NEW'), '취소할 수 없습니다'],
    ['a wrong secret', refused(401, 'UNAUTHORIZED'), '취소할 수 없습니다'],
    ['a forbidden request', refused(403, 'FORBIDDEN'), '취소할 수 없습니다'],
    ['a PG that says no', refused(502, 'PG_PROVIDER', { pgCode: 'E01', pgMessage: '한도 초과' }), '한도 초과 (E01)'],
    ['too many requests', { status: 429, body: 'x' }, 'HTTP 429'],
    ['a broken gateway', { status: 502, body: '<html>' }, 'HTTP 502'],
    ["another machine's 404", { status: 404, body: '<html>' }, 'HTTP 404'],
    ['a clean refusal with a wrong status', refused(500, 'PAYMENT_ALREADY_CANCELLED'), '취소할 수 없습니다'],
    [
      'a refusal that comes with a cancellation',
      refused(409, 'PAYMENT_ALREADY_CANCELLED', { cancellation: wireCancellation() }),
      '취소할 수 없습니다',
    ],
  ])('is unproven after %s', async (_what, said, pgMessage) => {
    const { outcome } = await outcomeOf(said)
    expect(outcome).toMatchObject({
      kind: 'unproven',
      pgMessage,
      retryAfterMs: null,
      transcript: { httpStatus: said.status },
    })
  })

  it('tells how long the PG asks us to wait', async () => {
    const { outcome } = await outcomeOf({ status: 429, body: 'x', headers: { 'retry-after': '7' } })
    expect(outcome).toMatchObject({ kind: 'unproven', retryAfterMs: 7000 })
  })

  it('is unknown when the connection breaks or the PG is silent', async () => {
    expect((await outcomeOf(null)).outcome).toMatchObject({ kind: 'unknown', why: 'connection-lost' })
    const silent = await scripted(() => new Promise(() => {}))
    const outcome = await send(aGateway(silent.origin, { timeouts: { ...SHORT, cancelMs: 100 } }))
    expect(outcome).toMatchObject({ kind: 'unknown', why: 'timeout' })
    const cancelled = await send(aGateway(silent.origin), anIntent(), AbortSignal.timeout(100))
    expect(cancelled).toMatchObject({ kind: 'unknown', why: 'connection-lost' })
    expect(silent.asked).toHaveLength(2)
  })

  it('is not sent without an address or a secret', async () => {
    expect(await send(aGateway(await deadOrigin()))).toMatchObject({
      kind: 'not-sent',
      problem: { code: 'pg-offline' },
    })
    const pg = await pgThatSays(done())
    for (const [secrets, code] of [
      [ok({}), 'pg-keys-missing'],
      [ok({ apiSecret: '' }), 'pg-keys-missing'],
      [ok({ apiSecret: 'with a\nline' }), 'pg-refused-keys'],
      [fail(problem('pg-keys-missing')), 'pg-keys-missing'],
    ] as const) {
      const outcome = await send(aGateway(pg.origin, { secrets: async () => secrets }))
      expect(outcome).toMatchObject({ kind: 'not-sent', problem: { code }, transcript: { httpStatus: null } })
    }
    expect(pg.asked).toEqual([])
  })

  it.each([
    ['amount', anIntent({ amount: refundAmount(9000) })],
    ['balance', anIntent({ checksum: refundAmount(29_000) })],
    ['tag', anIntent({ tag: 'RD00000000' })],
  ])('does not leave when the stored request has another %s', async (_what, other) => {
    const pg = await pgThatSays(done())
    const gateway = aGateway(pg.origin)
    const stored = gateway.encodeCancel(anIntent())
    await expect(gateway.sendCancel(stored, other)).rejects.toThrow('not the one of this refund')
    expect(pg.asked).toEqual([])
  })
})

describe('the transcript of a cancel', () => {
  const intent = anIntent({ account: ACCOUNT, method: 'virtual-account' })
  const personal = [SECRET, ACCOUNT.accountNo, ACCOUNT.holder, ACCOUNT.phone]
  const leak = personal.join(' ')

  it.each<[string, Said]>([
    ['a success', done({ reason: leak, pgCancellationId: leak, receiptUrl: leak })],
    ['a refusal', refused(409, 'PAYMENT_NOT_PAID', { message: leak })],
    ['an error of the PG', refused(502, 'PG_PROVIDER', { pgCode: leak, pgMessage: leak, type: leak })],
    ['a page', { status: 500, body: `<html>${leak}` }],
    ['torn JSON', { status: 500, body: `{"message":"${leak}","type":"${leak}","number":"${leak}` }],
  ])('has no secret, account, holder or phone after %s', async (_what, said) => {
    const { outcome } = await outcomeOf(said, { body: wirePayment() }, intent)
    const { payment: _payment, ...kept } = { payment: null, ...outcome }
    const text = JSON.stringify(kept)
    for (const word of personal) expect(text).not.toContain(word)
    expect(text).toContain(TAG)
  })

  it('has none when nothing was sent or nothing came back', async () => {
    const outcomes = [
      await send(aGateway(await deadOrigin()), intent),
      await send(aGateway(await deadOrigin(), { secrets: async () => ok({}) }), intent),
      (await outcomeOf(null, undefined, intent)).outcome,
    ]
    for (const word of personal) expect(JSON.stringify(outcomes)).not.toContain(word)
  })
})
