import { describe, expect, it } from 'vitest'
import { problem } from '../../../../../src/domain/problem'
import { fail, ok } from '../../../../../src/domain/result'
import {
  aGateway,
  anIntent,
  deadOrigin,
  envelope,
  httpServer,
  KEYS,
  openPractice,
  requestCount,
  saying,
  send,
} from '../support'

const TOKEN_PATH = '/users/getToken'
const MINUTE = 60_000

/** A gateway whose own clocks stand still or lie, before a practice PG whose clock is moved by the test. */
async function openHere() {
  const { pg, clock, refunded } = await openPractice()
  let ownMs = clock.nowMs()
  let timerMs = 0
  const gateway = aGateway(pg.origin, { nowMs: () => ownMs, monotonicMs: () => timerMs })
  return {
    pg,
    gateway,
    refunded,
    tokens: () => requestCount(pg, TOKEN_PATH),
    read: () => gateway.reads.lookup([{ by: 'pg-key', key: 'imp_000000000001' }]),
    /** Time passes for the PG and for our timer; our clock is anyone's guess. */
    pass: (ms: number) => {
      clock.advance(ms)
      timerMs += ms
    },
    passOnlyAtPg: (ms: number) => clock.advance(ms),
    setOwnClock: (ms: number) => {
      ownMs = ms
    },
    ownMs: () => ownMs,
  }
}

describe('the token', () => {
  /** A PG that keeps what it was asked with. */
  async function listening() {
    const asked: { path: string; authorization: string | undefined; body: string }[] = []
    const origin = await httpServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      request.on('end', () => {
        asked.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
        const isToken = request.url === TOKEN_PATH
        saying(envelope(isToken ? { access_token: 'T-1', now: 2_000, expired_at: 3_800 } : [], isToken ? 0 : -1))(
          request,
          response,
        )
      })
    })
    return { origin, asked }
  }

  it('is asked for with imp_key and imp_secret, and nothing else', async () => {
    const { origin, asked } = await listening()
    await aGateway(origin).testConnection()
    expect(asked[0]).toMatchObject({ path: TOKEN_PATH, authorization: undefined })
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ imp_key: KEYS.apiKey, imp_secret: KEYS.apiSecret })
  })

  it('is access_token, in the header of what follows', async () => {
    const { origin, asked } = await listening()
    await aGateway(origin).testConnection()
    expect(asked[1]?.authorization).toBe('Bearer T-1')
  })

  it('lives from now to expired_at, and now is the clock of the PG', async () => {
    const origin = await httpServer((request, response) =>
      saying(
        request.url === TOKEN_PATH
          ? envelope({ access_token: 'T-1', now: 2_000, expired_at: 3_800 })
          : envelope({ total: 0, next: 0, list: [] }),
      )(request, response),
    )
    const gateway = aGateway(origin, { nowMs: () => 1_990_000, monotonicMs: () => 0 })
    expect(await gateway.testConnection()).toMatchObject({
      value: { clockDifferenceMs: 10_000, tokenLifeMs: 1_800_000 },
    })
  })

  it('is asked for once and kept', async () => {
    const here = await openHere()
    for (let n = 0; n < 3; n += 1) expect((await here.read()).ok).toBe(true)
    expect(here.tokens()).toBe(1)
  })

  it('is shared by callers who come at the same time', async () => {
    const here = await openHere()
    const answers = await Promise.all([here.read(), here.read(), here.read(), here.read()])
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(here.tokens()).toBe(1)
  })

  it('goes on for the others when one of them stops waiting', async () => {
    const here = await openHere()
    const stop = new AbortController()
    const first = here.gateway.reads.lookup([{ by: 'pg-key', key: 'imp_000000000001' }], stop.signal)
    const second = here.read()
    stop.abort()
    expect(await first).toEqual(fail(problem('cancelled')))
    expect((await second).ok).toBe(true)
  })

  it('lives by the clock of the PG: one of ours that is a year off does no harm', async () => {
    for (const offset of [-365 * 24 * 60, 365 * 24 * 60]) {
      const here = await openHere()
      here.setOwnClock(here.ownMs() + offset * MINUTE)
      await here.read()
      here.pass(28 * MINUTE)
      expect((await here.read()).ok).toBe(true)
      expect(here.tokens()).toBe(1)
      here.pass(5 * MINUTE)
      expect((await here.read()).ok).toBe(true)
      expect(here.tokens()).toBe(2)
      expect(here.pg.requests.some(({ outcome }) => outcome.kind === 'sent' && outcome.status === 401)).toBe(false)
    }
  })

  it('is asked for again after a sleep in which the timer stood still', async () => {
    const here = await openHere()
    await here.read()
    here.passOnlyAtPg(40 * MINUTE)
    here.setOwnClock(here.ownMs() + 40 * MINUTE)
    expect(await send(here.gateway)).toMatchObject({ kind: 'accepted' })
  })

  it('is asked for again before a cancel when less than a minute and a half is left', async () => {
    const here = await openHere()
    await here.read()
    here.pass(28 * MINUTE)
    await send(here.gateway)
    expect(here.tokens()).toBe(1)
    // 50 seconds left: the PG moves the expiry of the same token by five minutes.
    here.pass(70_000)
    expect(await send(here.gateway, anIntent({ checksum: 20_000 as never, tag: 'RD00000001' }))).toMatchObject({
      kind: 'accepted',
    })
    expect(here.tokens()).toBe(2)
    here.pass(2 * MINUTE)
    await here.read()
    expect(here.tokens()).toBe(2)
  })

  it('that a read finds refused is renewed once and the read repeated once', async () => {
    const here = await openHere()
    await here.read()
    here.passOnlyAtPg(31 * MINUTE)
    expect((await here.read()).ok).toBe(true)
    expect(here.tokens()).toBe(2)
    expect(requestCount(here.pg, '/payments')).toBe(3)
  })

  it('that is refused again and again ends the read', async () => {
    const here = await openHere()
    here.pg.setScenario({ rules: [{ kind: 'status_401', path: '/payments', count: 0 }] })
    expect(await here.read()).toEqual(fail(problem('pg-refused-keys')))
    expect(requestCount(here.pg, '/payments')).toBe(2)
  })

  it('that a cancel finds refused is dropped, and the cancel is not sent again', async () => {
    const here = await openHere()
    await here.read()
    here.passOnlyAtPg(31 * MINUTE)
    expect(await send(here.gateway)).toMatchObject({ kind: 'unproven', transcript: { httpStatus: 401 } })
    expect(requestCount(here.pg, '/payments/cancel')).toBe(1)
    expect(here.refunded()).toBe(0)
    expect(await send(here.gateway)).toMatchObject({ kind: 'accepted' })
    expect(here.refunded()).toBe(10_000)
  })
})

describe('a cancel without a token is surely not sent', () => {
  it('when the keys are wrong', async () => {
    const { pg, refunded } = await openPractice()
    const gateway = aGateway(pg.origin, { secrets: async () => ok({ ...KEYS, apiSecret: 'wrong' }) })
    expect(await send(gateway)).toMatchObject({
      kind: 'not-sent',
      problem: problem('pg-refused-keys'),
      transcript: { httpStatus: null, response: '' },
    })
    expect(requestCount(pg, '/payments/cancel')).toBe(0)
    expect(refunded()).toBe(0)
  })

  it('when there are no keys', async () => {
    const { pg } = await openPractice()
    for (const secrets of [ok({}), ok({ apiKey: '', apiSecret: 'x' }), fail(problem('pg-keys-missing'))]) {
      const gateway = aGateway(pg.origin, { secrets: async () => secrets })
      expect(await send(gateway)).toMatchObject({ kind: 'not-sent', problem: problem('pg-keys-missing') })
    }
    expect(pg.requests).toHaveLength(0)
  })

  it('when the PG cannot be reached', async () => {
    expect(await send(aGateway(await deadOrigin()))).toMatchObject({
      kind: 'not-sent',
      problem: { code: 'pg-offline' },
    })
  })

  it('when it was given up before', async () => {
    const { pg } = await openPractice()
    expect(await send(aGateway(pg.origin), anIntent(), AbortSignal.abort())).toMatchObject({
      kind: 'not-sent',
      problem: problem('cancelled'),
    })
    expect(requestCount(pg, '/payments/cancel')).toBe(0)
  })

  it.each<[string, string, number, string]>([
    ['HTML', '<html>', 200, 'pg-odd-answer'],
    ['a redirect', '', 302, 'pg-odd-answer'],
    ['a refusal with 200', envelope(null, -1, 'x'), 200, 'pg-odd-answer'],
    ['a token that is dead already', envelope({ access_token: 't', now: 100, expired_at: 100 }), 200, 'pg-odd-answer'],
    [
      'a token that is no header',
      envelope({ access_token: 'a\r\nb', now: 100, expired_at: 1900 }),
      200,
      'pg-odd-answer',
    ],
    ['too many calls', 'slow down', 429, 'pg-busy'],
    ['a broken gateway', '<html>', 502, 'pg-busy'],
  ])('when the token request is answered with %s', async (_what, text, status, code) => {
    const origin = await httpServer(saying(text, status))
    expect(await send(aGateway(origin))).toMatchObject({ kind: 'not-sent', problem: { code } })
  })

  it('when the token request stays without an answer', async () => {
    const origin = await httpServer((request) => request.resume())
    const gateway = aGateway(origin, { timeouts: { readMs: 200 } })
    expect(await send(gateway)).toMatchObject({ kind: 'not-sent', problem: { code: 'pg-timeout' } })
  })
})
