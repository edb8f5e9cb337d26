import { describe, expect, it } from 'vitest'
import { problem } from '../../../../../src/domain/problem'
import { fail, ok } from '../../../../../src/domain/result'
import { KICC_TIMEOUTS } from '../../../../../src/main/core/pg/kicc/client'
import { LIVE_HOST, PAYMENT_KEY_NAMES, SECRET_NAMES, TEST_HOST } from '../../../../../src/main/core/pg/kicc/key-names'
import { originOf } from '../../../../../src/main/core/pg/origin'
import { deadOrigin, tcpServer } from '../support'
import { aKicc, anIntent, MALL, MIDNIGHT, NOON, refusing, scripted, send, SILENCE, type Told } from './support'

const DATE = 'Fri, 27 Nov 2026 05:00:03 GMT'
const saying = (text: string, status = 200): Told => ({ status, text, headers: { date: DATE } })

describe('a connection test', () => {
  it('asks about a request that nobody made, today, and moves nothing', async () => {
    const { origin, seen } = await scripted(() => saying(refusing('R404', { shopTransactionId: '' })))
    expect(await aKicc(origin, {}, { nowMs: () => NOON + 400 }).testConnection()).toEqual({
      ok: true,
      value: { clockDifferenceMs: 3000, tokenLifeMs: null, samplePayments: 0 },
    })
    expect(seen).toMatchObject([{ path: '/api/trades/retrieveTransaction' }])
    expect(seen[0]?.body).toEqual({
      mallId: MALL,
      shopTransactionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      transactionDate: '20261127',
    })
  })

  it('names the Seoul day, and another key each time', async () => {
    const { origin, seen } = await scripted(() => saying('{"resCd":"0000"}'))
    const gateway = aKicc(origin, {}, { nowMs: () => MIDNIGHT })
    await gateway.testConnection()
    await gateway.testConnection()
    expect(seen[0]?.body['transactionDate']).toBe('20261128')
    expect(seen[0]?.body['shopTransactionId']).not.toBe(seen[1]?.body['shopTransactionId'])
  })

  it.each([200, 400, 404])('is passed by any readable answer, with HTTP %i', async (status) => {
    const { origin } = await scripted(() => saying('{"resCd":"R1"}', status))
    expect(await aKicc(origin).testConnection()).toMatchObject({ ok: true })
  })

  it('knows no clock where KICC tells none', async () => {
    const origin = await tcpServer((socket) => {
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{"resCd":"0000"}'))
    })
    expect(await aKicc(origin).testConnection()).toMatchObject({ ok: true, value: { clockDifferenceMs: null } })
  })

  it.each<[string, Told, string]>([
    ['HTML', saying('<html>'), 'pg-odd-answer'],
    ['an answer without a code', saying('{"resMsg":"x"}'), 'pg-odd-answer'],
    ['trouble', saying('{"resCd":"0000"}', 503), 'pg-busy'],
    ['too many requests', saying('{"resCd":"0000"}', 429), 'pg-busy'],
    ['silence', SILENCE, 'pg-timeout'],
  ])('fails with %s', async (_what, told, code) => {
    const { origin } = await scripted(() => told)
    expect(await aKicc(origin).testConnection()).toMatchObject({ ok: false, problem: { code } })
  })

  it('fails where nobody listens', async () => {
    expect(await aKicc(await deadOrigin()).testConnection()).toMatchObject({ problem: { code: 'pg-offline' } })
  })

  it('fails without a merchant or a secret, and asks nothing', async () => {
    const { origin, seen } = await scripted(() => saying('{"resCd":"0000"}'))
    const without = (keys: object) => aKicc(origin, {}, { secrets: async () => ok(keys as never) }).testConnection()
    expect(await aKicc(origin, { merchantId: '' }).testConnection()).toEqual(fail(problem('pg-merchant-missing')))
    expect(await without({})).toEqual(fail(problem('pg-keys-missing')))
    expect(await without({ secretKey: '' })).toEqual(fail(problem('pg-keys-missing')))
    expect(seen).toHaveLength(0)
  })
})

describe('the gateway', () => {
  it('shows requests, no payments', () => {
    expect(aKicc(null).reads.kind).toBe('requests')
  })

  it('speaks to KICC or to this machine only', () => {
    expect(originOf(null, LIVE_HOST)).toBe('https://pgapi.easypay.co.kr')
    expect(originOf(null, TEST_HOST)).toBe('https://testpgapi.easypay.co.kr')
    expect(originOf('http://127.0.0.1:8080', LIVE_HOST)).toBe('http://127.0.0.1:8080')
    for (const origin of [
      'https://testpgapi.easypay.co.kr',
      'https://example.com',
      'ftp://127.0.0.1',
      'http://127.0.0.1/x',
    ])
      expect(() => aKicc(origin)).toThrow()
  })

  it.each([
    ['live', 'pgapi.easypay.co.kr:443'],
    ['test', 'testpgapi.easypay.co.kr:443'],
  ] as const)('asks the %s host that the channel is set to', async (host, address) => {
    let said = ''
    const proxy = await tcpServer((socket) => {
      socket.on('data', (chunk) => {
        said += chunk.toString()
        socket.destroy()
      })
    })
    await aKicc(null, { host }, { proxy }).testConnection()
    expect(said).toMatch(new RegExp(`^CONNECT ${address} `))
  })

  it('calls its keys as KICC does', () => {
    expect(PAYMENT_KEY_NAMES).toEqual(['pgCno'])
    expect(SECRET_NAMES).toEqual(['secretKey'])
  })

  it('waits for a refund 30 seconds, as KICC asks', () => {
    expect(KICC_TIMEOUTS.cancelMs).toBe(30_000)
  })

  it('tells KICC the address of this machine where it is given', async () => {
    const { origin, seen } = await scripted(() => refusing('R1'))
    await send(aKicc(origin, {}, { clientIp: () => '203.0.113.7' }), anIntent())
    await send(aKicc(origin), anIntent())
    expect(seen.map(({ body }) => body['clientIp'])).toEqual(['203.0.113.7', undefined])
  })

  it('sends nothing once it is closed', async () => {
    const { origin, seen } = await scripted(() => refusing('R1'))
    const gateway = aKicc(origin)
    await gateway.close()
    expect(await send(gateway)).toMatchObject({ kind: 'not-sent' })
    expect(seen).toHaveLength(0)
  })
})
