import { describe, expect, it } from 'vitest'
import { problem } from '../../../../../src/domain/problem'
import { fail, ok } from '../../../../../src/domain/result'
import { createGateway } from '../../../../../src/main/core/pg/registry'
import { aPayment, NOON_MS } from '../../../../practice/support'
import { aGateway, CHANNEL, deadOrigin, envelope, KEYS, openPractice, pgWithAnswer, saying, send } from '../support'

const options = {
  channelId: CHANNEL,
  secrets: async () => ok(KEYS),
  options: { pg: 'portone-v1', includeSandbox: false } as const,
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
}

describe('the address of a PG', () => {
  it.each([
    'http://api.iamport.kr',
    'https://api.iamport.kr',
    'https://pg.example',
    'http://10.0.0.1:8080',
    'http://127.0.0.1.example:80',
    'http://user:pass@127.0.0.1:80',
    'http://127.0.0.1:80/path',
    'http://127.0.0.1:80/?x=1',
    'ftp://127.0.0.1',
    'nonsense',
  ])('is not taken from outside unless it is this machine: %s', (origin) => {
    expect(() => createGateway({ ...options, origin })).toThrow()
  })

  it.each(['http://127.0.0.1:8080', 'http://localhost:8080/', 'http://[::1]:8080'])(
    'may be this machine: %s',
    async (origin) => {
      await createGateway({ ...options, origin }).close()
    },
  )

  it('is the live one when none is given', async () => {
    const gateway = createGateway({ ...options, origin: null, proxy: 'PROXY 127.0.0.1:9' })
    // Nothing listens on that proxy, so the request for a token stays here.
    expect(await gateway.testConnection()).toMatchObject({ ok: false, problem: { code: 'pg-offline' } })
    await gateway.close()
  })
})

describe('the connection test', () => {
  it('tells life and clock of the PG and moves no money', async () => {
    const { pg, refunded } = await openPractice([aPayment()], { clockSkewMs: 5 * 60_000 })
    const gateway = aGateway(pg.origin, { nowMs: () => NOON_MS + 400, monotonicMs: () => 0 })
    expect(await gateway.testConnection()).toEqual(
      ok({ clockDifferenceMs: 5 * 60_000, tokenLifeMs: 30 * 60_000, samplePayments: 1 }),
    )
    expect(refunded()).toBe(0)
    expect(pg.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /users/getToken',
      'GET /payments/status/all',
    ])
  })

  it('proves the keys anew each time', async () => {
    const { pg } = await openPractice()
    let secrets = KEYS
    const gateway = aGateway(pg.origin, { secrets: async () => ok(secrets) })
    expect((await gateway.testConnection()).ok).toBe(true)
    secrets = { ...KEYS, apiSecret: 'wrong' }
    expect(await gateway.testConnection()).toEqual(fail(problem('pg-refused-keys')))
  })

  it('works for a merchant without payments', async () => {
    const { pg } = await openPractice([])
    expect(await aGateway(pg.origin).testConnection()).toMatchObject({ ok: true, value: { samplePayments: 0 } })
  })

  it('tells what is wrong', async () => {
    expect(await aGateway(await deadOrigin()).testConnection()).toMatchObject({ problem: { code: 'pg-offline' } })
    const odd = await pgWithAnswer(saying(envelope({ list: 1 })))
    expect(await aGateway(odd).testConnection()).toMatchObject({ problem: { code: 'pg-odd-answer' } })
    const { pg } = await openPractice()
    expect(await aGateway(pg.origin).testConnection(AbortSignal.abort())).toEqual(fail(problem('cancelled')))
  })
})

describe('a closed gateway', () => {
  it('sends nothing more', async () => {
    const { pg, refunded } = await openPractice()
    const gateway = aGateway(pg.origin)
    await gateway.close()
    expect(await send(gateway)).toMatchObject({ kind: 'not-sent' })
    expect(refunded()).toBe(0)
  })
})
