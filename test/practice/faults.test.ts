import { describe, expect, it } from 'vitest'
import { FAULT_KINDS, parseScenario, runScenario, type FaultRule } from '../../src/practice/scenario'
import { aCancel, aPayment, KCP_ACCOUNT, startPg, type TestPg } from './support'

const IMP = 'imp_000000000001'
const onCancel = (rule: Omit<FaultRule, 'path'>): { scenario: { rules: FaultRule[] } } => ({
  scenario: { rules: [{ path: '/payments/cancel', ...rule }] },
})

/** The raw answer to a cancel, for answers that are no envelope. */
async function rawCancel({ pg }: TestPg, signal?: AbortSignal): Promise<Response> {
  const issued = await fetch(`${pg.origin}/users/getToken`, {
    method: 'POST',
    body: new URLSearchParams({ imp_key: 'practice-key', imp_secret: 'practice-secret' }),
  })
  const { response } = (await issued.json()) as { response: { access_token: string } }
  return fetch(`${pg.origin}/payments/cancel`, {
    method: 'POST',
    headers: { authorization: response.access_token, 'content-type': 'application/json' },
    body: JSON.stringify(aCancel()),
    ...(signal === undefined ? {} : { signal }),
  })
}

/** Waits for a state of the PG that comes within milliseconds. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error('it never came')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('lost answers', () => {
  it.each([
    ['lose_answer_before_effect', 0],
    ['lose_answer_after_effect', 10_000],
  ] as const)('%s hangs up and leaves %i won refunded', async (kind, refunded) => {
    const test = await startPg(onCancel({ kind }))
    await expect(test.cancel(aCancel())).rejects.toThrow(/fetch failed/)
    expect(test.refunded()).toBe(refunded)
  })

  it.each([
    ['timeout_before', 0],
    ['timeout_after', 10_000],
  ] as const)('%s stays silent and leaves %i won refunded', async (kind, refunded) => {
    const test = await startPg(onCancel({ kind }))
    await expect(rawCancel(test, AbortSignal.timeout(150))).rejects.toThrow(/timeout/)
    expect(test.refunded()).toBe(refunded)
  })

  it('half_body refunds, announces the whole length and breaks off', async () => {
    const test = await startPg(onCancel({ kind: 'half_body' }))
    const answer = await rawCancel(test)
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow(/terminated/)
    expect(test.refunded()).toBe(10_000)
  })
})

describe('false answers', () => {
  it.each([
    ['status_500', 500],
    ['status_502', 502],
    ['status_503', 503],
    ['status_429', 429],
  ] as const)('%s is an HTML page without effect, or with it where the rule says so', async (kind, status) => {
    for (const effect of [false, true]) {
      const test = await startPg(onCancel({ kind, effect }))
      const answer = await rawCancel(test)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toContain('text/html')
      expect(await answer.text()).toContain('<html>')
      expect(test.refunded()).toBe(effect ? 10_000 : 0)
    }
  })

  it('status_429 carries retry-after as given', async () => {
    const test = await startPg(onCancel({ kind: 'status_429', retryAfter: 'soon' }))
    expect((await rawCancel(test)).headers.get('retry-after')).toBe('soon')
  })

  it('status_401 is an envelope without effect', async () => {
    const test = await startPg(onCancel({ kind: 'status_401' }))
    expect(await test.cancel(aCancel())).toMatchObject({ status: 401, body: { code: -1 } })
    expect(test.refunded()).toBe(0)
  })

  it('refuse answers 200 with the code and words of the rule', async () => {
    const test = await startPg(
      onCancel({ kind: 'refuse', code: -1, message: '결제취소에 실패하였습니다. [한도 초과]' }),
    )
    expect(await test.cancel(aCancel())).toEqual({
      status: 200,
      body: { code: -1, message: '결제취소에 실패하였습니다. [한도 초과]', response: null },
    })
    expect(test.refunded()).toBe(0)
  })

  it('html_200, wrong_imp_uid and response_null refund and spoil the answer', async () => {
    const html = await startPg(onCancel({ kind: 'html_200' }))
    expect(await (await rawCancel(html)).text()).toContain('<html>')
    const wrong = await startPg(onCancel({ kind: 'wrong_imp_uid' }))
    expect((await wrong.cancel(aCancel())).body.response['imp_uid']).toBe('imp_000000000000')
    const empty = await startPg(onCancel({ kind: 'response_null' }))
    expect(await empty.cancel(aCancel())).toEqual({ status: 200, body: { code: 0, message: null, response: null } })
    expect([html, wrong, empty].map((test) => test.refunded())).toEqual([10_000, 10_000, 10_000])
  })

  it('huge_body sends as much as asked, and survives a client that hangs up', async () => {
    const test = await startPg(onCancel({ kind: 'huge_body', bytes: 1024 * 1024, count: 0 }))
    expect((await (await rawCancel(test)).arrayBuffer()).byteLength).toBeGreaterThanOrEqual(1024 * 1024)
    const answer = await rawCancel(test)
    await answer.body?.cancel()
    expect((await test.get(`/payments/${IMP}`)).status).toBe(200)
  })

  it('slow goes on as usual after its time', async () => {
    const test = await startPg(onCancel({ kind: 'slow', delayMs: 60 }))
    const startedAt = performance.now()
    expect((await test.cancel(aCancel())).body.code).toBe(0)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55)
  })
})

describe('which requests a rule strikes', () => {
  it('the nth match and count of them, then none', async () => {
    const { cancel, refunded } = await startPg(onCancel({ kind: 'status_401', nth: 2, count: 2 }))
    const statuses = []
    for (const checksum of [30_000, 29_000, 29_000, 29_000])
      statuses.push((await cancel(aCancel({ amount: 1000, checksum }))).status)
    expect(statuses).toEqual([200, 401, 401, 200])
    expect(refunded()).toBe(2000)
  })

  it('only those about its payment, in the path, in the query and in the body', async () => {
    const rules: FaultRule[] = [{ kind: 'status_401', path: '/payments*', subject: 'imp_2', count: 0 }]
    const { get, cancel } = await startPg({
      payments: [aPayment(), aPayment({ impUid: 'imp_2' })],
      scenario: { rules },
    })
    expect((await get(`/payments/${IMP}`)).status).toBe(200)
    expect((await get('/payments/imp_2')).status).toBe(401)
    expect((await get(`/payments?imp_uid[]=${IMP}&imp_uid[]=imp_2`)).status).toBe(401)
    expect((await cancel(aCancel())).status).toBe(200)
    expect((await cancel(aCancel({ imp_uid: 'imp_2' }))).status).toBe(401)
  })
})

describe('hold', () => {
  it('stops before the effect until it is released, and lets others pass', async () => {
    const test = await startPg(onCancel({ kind: 'hold', stage: 'before' }))
    const answer = test.cancel(aCancel())
    await until(() => test.pg.holds.held.length === 1)
    expect(test.pg.holds.held).toEqual([{ id: 1, path: '/payments/cancel', subjects: [IMP], stage: 'before' }])
    expect((await test.get(`/payments/${IMP}`)).body.response['cancel_amount']).toBe(0)
    expect(test.pg.holds.release()).toBe(1)
    expect((await answer).body.code).toBe(0)
    expect(test.refunded()).toBe(10_000)
  })

  it('stops before the answer with the effect done', async () => {
    const test = await startPg(onCancel({ kind: 'hold', stage: 'after' }))
    const answer = test.cancel(aCancel())
    await until(() => test.pg.holds.held.length === 1)
    expect(test.refunded()).toBe(10_000)
    test.pg.holds.release(1)
    expect((await answer).body.code).toBe(0)
  })

  it('carries the effect out even when the client died meanwhile', async () => {
    const test = await startPg(onCancel({ kind: 'hold', stage: 'before' }))
    const dying = new AbortController()
    const answer = rawCancel(test, dying.signal)
    await until(() => test.pg.holds.held.length === 1)
    dying.abort()
    await expect(answer).rejects.toThrow(/abort/)
    test.pg.holds.release()
    await until(() => test.refunded() === 10_000)
  })

  it('drops the request without effect where that is asked', async () => {
    const test = await startPg(onCancel({ kind: 'hold', stage: 'before' }))
    const answer = expect(test.cancel(aCancel())).rejects.toThrow(/fetch failed/)
    await until(() => test.pg.holds.held.length === 1)
    test.pg.holds.release(1, true)
    await answer
    expect(test.refunded()).toBe(0)
  })
})

describe('reading a scenario', () => {
  it('takes every kind and refuses what it does not know', () => {
    for (const kind of FAULT_KINDS) {
      const path = kind.startsWith('kicc_')
        ? '/api/trades/revise'
        : kind.startsWith('v2_')
          ? '/payments/order-1/cancel'
          : '/payments/cancel'
      expect(() => parseScenario({ rules: [{ kind, path }] })).not.toThrow()
    }
    expect(() =>
      parseScenario({ kicc: { remainAmount: { T0000001: 'after' }, holidays: ['2026-12-25'] } }),
    ).not.toThrow()
    const bad: unknown[] = [
      null,
      [],
      { rule: [] },
      { rules: [{ kind: 'explode', path: '/payments/cancel' }] },
      { rules: [{ kind: 'hold', path: 'payments' }] },
      { rules: [{ kind: 'hold', path: '/payments', stage: 'during' }] },
      { rules: [{ kind: 'hold', path: '/payments', imp_uid: IMP }] },
      { rules: [{ kind: 'slow', path: '/payments', delayMs: '5' }] },
      { clockSkewMs: '5' },
      { asynchronous: { afterMs: -1 } },
      { rules: [{ kind: 'kicc_vtim', path: '/payments/cancel' }] },
      { rules: [{ kind: 'v2_pg_provider', path: '/payments/cancel' }] },
      { kicc: { remainAmount: { T0000003: 'after' } } },
      { kicc: { remainAmount: { T0000001: 'later' } } },
      { kicc: { holidays: ['25.12.2026'] } },
      { kicc: { weekends: [] } },
    ]
    for (const scenario of bad) expect(() => parseScenario(scenario), JSON.stringify(scenario)).toThrow(TypeError)
  })
})

describe('the request log', () => {
  it('marks equal bodies as equal without keeping them', async () => {
    const { cancel, pg } = await startPg({ payments: [aPayment({ payMethod: 'vbank' })] })
    const fields = aCancel({ ...KCP_ACCOUNT })
    await cancel(fields)
    await cancel(fields)
    await cancel({ ...fields, reason: 'R2 변심' })
    const cancels = pg.requests.filter(({ path }) => path === '/payments/cancel')
    expect(cancels.map(({ outcome }) => outcome)).toEqual(
      [0, 1, 1].map((code) => ({ kind: 'sent', status: 200, code })),
    )
    const [first, second, third] = cancels
    expect(second?.bodyMark).toBe(first?.bodyMark)
    expect(third?.bodyMark).not.toBe(first?.bodyMark)
  })
})

it.each([
  ['/payments/*/cancel', '/payments/order-1/cancel', true],
  ['/payments/*/cancel', '/payments/order-1', false],
  ['/payments/*/cancel', '/payments/cancel', false],
  ['/payments/*', '/payments/order-1', true],
  ['/payments', '/payments/order-1', false],
])('the path %s strikes %s: %s', (pattern, path, strikes) => {
  const running = runScenario({ rules: [{ kind: 'slow', path: pattern }] })
  expect(running.strike(path, []) !== undefined).toBe(strikes)
})
