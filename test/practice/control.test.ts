import { describe, expect, it } from 'vitest'
import { aCancel, NOON_MS, startPg } from './support'

const IMP = 'imp_000000000001'

describe('the control surface', () => {
  it('does not exist without a key at start, nor for a wrong key', async () => {
    const closed = await startPg({ controlKey: null })
    expect((await closed.control('GET', 'books')).status).toBe(404)
    const empty = await startPg({ controlKey: '' })
    const answer = await fetch(`${empty.pg.origin}/__practice/books`, { headers: { 'x-practice-control': '' } })
    expect(answer.status).toBe(404)
    const other = await startPg({ controlKey: 'another-key' })
    expect((await other.control('GET', 'books')).status).toBe(404)
  })

  it('cannot be taken for the PG: no envelope, a header of its own, no PG token', async () => {
    const { pg, get, control } = await startPg()
    const { body } = await control('GET', 'books')
    expect(body).not.toHaveProperty('code')
    expect((await get('/__practice/books')).status).toBe(404)
    const answer = await fetch(`${pg.origin}/__practice/books`)
    expect(answer.headers.get('x-practice-surface')).toBe('control')
  })

  it('tells payments, cancels and alarms', async () => {
    const { cancel, control } = await startPg()
    await cancel(aCancel())
    await cancel({ imp_uid: IMP })
    const { body } = await control('GET', 'books')
    expect(body).toMatchObject({
      today: '2026-11-21',
      payments: [{ imp_uid: IMP, status: 'cancelled', shown_balance: 0, true_balance: 0, cancels: 2 }],
      cancels: [
        { source: 'api', amount: 10_000, request: { amount: 10_000, checksum: 30_000, reason: 'R1 변심' } },
        { amount: 20_000 },
      ],
      alarms: [{ alarm: 'implicit_full_cancel', impUid: IMP }],
    })
  })

  it('replaces the scenario, and refuses a misspelt one', async () => {
    const { cancel, control } = await startPg()
    expect(
      (await control('POST', 'scenario', { rules: [{ kind: 'status_401', path: '/payments/cancel' }] })).status,
    ).toBe(200)
    expect((await cancel(aCancel())).status).toBe(401)
    expect(
      (await control('POST', 'scenario', { rules: [{ kind: 'status_402', path: '/payments/cancel' }] })).status,
    ).toBe(400)
    expect((await control('GET', 'scenario')).body).toMatchObject({ rules: [{ kind: 'status_401' }] })
  })

  it('cancels at the console, past the client', async () => {
    const { get, cancel, control } = await startPg()
    expect(
      (await control('POST', 'console-cancel', { imp_uid: IMP, amount: 7000, reason: '관리자 취소' })).status,
    ).toBe(200)
    expect((await get(`/payments/${IMP}`)).body.response).toMatchObject({
      cancel_amount: 7000,
      cancel_reason: '관리자 취소',
    })
    expect((await cancel(aCancel())).body.code).toBe(1)
    expect((await control('POST', 'console-cancel', { imp_uid: IMP, amount: 30_000 })).status).toBe(400)
    expect((await control('POST', 'console-cancel', { imp_uid: 'imp_none', amount: 1 })).status).toBe(400)
    expect((await control('POST', 'console-cancel', { amount: 1 })).status).toBe(400)
  })

  it('moves the clock', async () => {
    const { control, get } = await startPg()
    expect((await control('POST', 'clock', { offsetMs: 31 * 60_000 })).body).toEqual({
      nowMs: NOON_MS + 31 * 60_000,
      offsetMs: 31 * 60_000,
    })
    expect((await get(`/payments/${IMP}`)).status).toBe(401)
    expect((await control('POST', 'clock', { offsetMs: 'late' })).status).toBe(400)
  })

  it('shows and releases held requests', async () => {
    const { cancel, control } = await startPg({
      scenario: { rules: [{ kind: 'hold', path: '/payments/cancel', stage: 'after' }] },
    })
    const answer = cancel(aCancel())
    let held: unknown = []
    for (let tries = 0; tries < 200 && JSON.stringify(held) === '[]'; tries++)
      held = (await control('GET', 'holds')).body['held']
    expect(held).toEqual([{ id: 1, path: '/payments/cancel', subjects: [IMP], stage: 'after' }])
    expect((await control('POST', 'release', { id: 'x' })).status).toBe(400)
    expect((await control('POST', 'release', {})).body).toEqual({ released: 1 })
    expect((await answer).body.code).toBe(0)
  })

  it('counts the requests', async () => {
    const { get, control } = await startPg()
    await get(`/payments/${IMP}`)
    await get(`/payments/${IMP}`)
    expect((await control('GET', 'requests')).body['counts']).toEqual({
      'POST /users/getToken': 1,
      [`GET /payments/${IMP}`]: 2,
    })
  })
})

describe('the door', () => {
  it('is shut to other host names', async () => {
    const { pg } = await startPg()
    const { request } = await import('node:http')
    const status = await new Promise((resolve, reject) => {
      request({ port: pg.port, host: '127.0.0.1', path: '/payments', headers: { host: 'evil.example' } }, (answer) =>
        resolve(answer.resume().statusCode),
      )
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })

  it('answers 413 to a body beyond all measure, 400 to one it cannot read, 404 to an unknown place', async () => {
    const { pg, post, get, refunded } = await startPg()
    expect((await post('/payments/cancel', { reason: 'x'.repeat(70_000) })).status).toBe(413)
    expect((await post('/payments/cancel', [1])).status).toBe(400)
    const answer = await fetch(`${pg.origin}/payments/cancel`, { method: 'POST', body: '{"imp_uid":' })
    expect(answer.status).toBe(400)
    expect((await get('/users/pg')).status).toBe(404)
    expect(refunded()).toBe(0)
  })
})
