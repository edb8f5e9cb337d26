import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { refundAmount, won } from '../../../../src/domain/money'
import { tagIn } from '../../../../src/domain/refund-tag'
import { ok } from '../../../../src/domain/result'
import type { CancelIntent, CancelOutcome, Gateway } from '../../../../src/main/core/pg/gateway'
import { createGateway, secretNames, type GatewayOptions } from '../../../../src/main/core/pg/registry'
import { createBooks } from '../../../../src/practice/books'
import type { FaultRule } from '../../../../src/practice/scenario'
import { createPracticePg } from '../../../../src/practice/server'
import { fakeClock, temporaryFolder } from '../../../practice/support'
import { PGS, TOO_MUCH, type PgUnderTest } from './conformance-pgs'
import { ACCOUNT, CHANNEL, deadOrigin, httpServer, SHORT, TAG } from './support'

/** The promises of the port (src/main/core/pg/gateway.ts), the same for every PG, over a real socket. */
describe.each(PGS)('the gateway to %s', (_name, pg) => {
  const { intent } = pg

  it('names its secrets', () => {
    expect(Object.keys(pg.keys)).toEqual([...secretNames(pg.options.pg)])
  })

  it('encodes without asking anyone: the same intent gives the same bytes, and no secret is in them', async () => {
    const gateway = aGateway(pg, 'http://127.0.0.1:9', {
      secrets: () => expect.fail('the encoder asked for the keys'),
      nowMs: () => expect.fail('the encoder asked for the time'),
    })
    const { body } = gateway.encodeCancel(intent)
    const reversed = Object.fromEntries(Object.entries(intent).toReversed()) as unknown as CancelIntent
    expect(gateway.encodeCancel(reversed)).toEqual({ body })
    expect(aGateway(pg, 'http://127.0.0.1:9').encodeCancel(intent)).toEqual({ body })
    for (const secret of Object.values(pg.keys)) expect(body).not.toContain(secret)
    expect(gateway.encodeCancel({ ...intent, tag: 'RD00000000' }).body).not.toBe(body)
    expect(gateway.encodeCancel({ ...intent, amount: refundAmount(9999) }).body).not.toBe(body)
  })

  it.each<[string, Partial<CancelIntent>]>([
    ['an amount of 0', { amount: 0 as never }],
    ['more than our balance', { amount: refundAmount(30_001) }],
    ['no account', { account: null }],
    ['another tag', { tag: 'XX00000000' }],
  ])('does not encode %s', (_what, changes) => {
    expect(() => aGateway(pg, 'http://127.0.0.1:9').encodeCancel({ ...intent, ...changes })).toThrow()
  })

  it('an accepted refund took effect once, and names its amount and our tag', async () => {
    const here = await open(pg)
    const outcome = await here.send()
    expect(outcome).toMatchObject({
      kind: 'accepted',
      cancel: { amount: 10_000, cancelKey: expect.stringMatching(/./) },
      transcript: { method: 'POST', path: pg.path, httpStatus: 200 },
    })
    expect(outcome.kind === 'accepted' && tagIn(outcome.cancel.reason)).toBe(TAG)
    expect(here.refunded()).toBe(10_000)
    expect(here.sends()).toBe(1)
    expect(await here.said()).toBe('ours once')
  })

  it('leaves as the bytes that were stored, and nothing but a proof of the sender is added', async () => {
    const here = await open(pg)
    const sent: string[] = []
    const gateway = aGateway(
      pg,
      await between(here.origin, pg.path, (answer, body) => {
        sent.push(body)
        return answer
      }),
      { nowMs: here.clock.nowMs },
    )
    const encoded = gateway.encodeCancel(intent)
    // Stored by another version, with a blank in it: what was stored is what is sent.
    const stored = { body: encoded.body.replace(':', ': ') }
    expect(await gateway.sendCancel(stored, intent)).toMatchObject({ kind: 'accepted' })
    expect(sent).toHaveLength(1)
    expect(sent[0]?.startsWith(stored.body.slice(0, -1))).toBe(true)
    const added = Object.keys(JSON.parse(sent[0] ?? '') as object).filter((name) => !encoded.body.includes(`"${name}"`))
    expect(added.length).toBeLessThanOrEqual(1)
    for (const secret of Object.values(pg.otherKeys)) expect(sent[0]).not.toContain(secret)
  })

  it('does not send the stored bytes of another refund', async () => {
    const here = await open(pg)
    const encoded = here.gateway.encodeCancel(intent)
    for (const changes of [{ amount: refundAmount(9999) }, { tag: 'RD00000000' }])
      await expect(here.gateway.sendCancel(encoded, { ...intent, ...changes })).rejects.toThrow(
        'not the one of this refund',
      )
    expect(here.sends()).toBe(0)
  })

  it.each<[string, FaultRule['kind'], string, boolean]>([
    ['lost before the effect', 'lose_answer_before_effect', 'connection-lost', false],
    ['lost after the effect', 'lose_answer_after_effect', 'connection-lost', true],
    ['not given before the effect', 'timeout_before', 'timeout', false],
    ['not given after the effect', 'timeout_after', 'timeout', true],
    ['cut in the middle', 'half_body', 'connection-lost', true],
    ['a page', 'html_200', 'odd-answer', true],
    ['without an end', 'huge_body', 'odd-answer', true],
    ['empty', 'response_null', 'odd-answer', true],
  ])(
    'an answer that is %s leaves it unknown; nothing is repeated, and the PG itself says what was',
    async (_what, kind, why, effect) => {
      const here = await open(pg, { kind })
      expect(await here.send()).toMatchObject({ kind: 'unknown', why })
      expect(here.sends()).toBe(1)
      expect(here.refunded()).toBe(effect ? 10_000 : 0)
      expect(await here.said()).toBe(effect ? 'ours once' : 'nothing')
    },
  )

  it('an answer about something else is no success', async () => {
    const here = await open(pg, { kind: 'wrong_imp_uid' })
    expect((await here.send()).kind).toBe(pg.foreignAnswer)
    expect(here.sends()).toBe(1)
  })

  it('an answer with another amount leaves it unknown', async () => {
    const here = await open(pg)
    const origin = await between(here.origin, pg.path, (answer) => answer.replaceAll('10000', '10001'))
    const outcome = await sendBy(aGateway(pg, origin, { nowMs: here.clock.nowMs }), intent)
    expect(outcome).toMatchObject({ kind: 'unknown', why: 'odd-answer' })
    expect(here.sends()).toBe(1)
  })

  it.each(['status_401', 'status_429', 'status_500', 'status_502', 'status_503'] as const)(
    '%s proves nothing, with or without an effect',
    async (kind) => {
      for (const effect of [false, true]) {
        const here = await open(pg, { kind, effect })
        expect(await here.send()).toMatchObject({
          kind: 'unproven',
          transcript: { httpStatus: Number(kind.slice(-3)) },
        })
        expect(here.sends()).toBe(1)
        expect(await here.said()).toBe(effect ? 'ours once' : 'nothing')
      }
    },
  )

  it('a refusal in words that nobody has listed proves nothing', async () => {
    for (const effect of [false, true]) {
      const here = await open(pg, { kind: 'refuse', code: 999, message: '처리할 수 없습니다', effect })
      const outcome = await here.send()
      expect(outcome.kind).toBe('unproven')
      expect(outcome.kind === 'unproven' && outcome.pgMessage).toContain('처리할 수 없습니다')
      expect(here.refunded()).toBe(effect ? 10_000 : 0)
    }
  })

  it('more than the PG has left is never accepted, and nothing happens', async () => {
    const here = await open(pg)
    expect((await here.send({ ...intent, ...TOO_MUCH })).kind).toBe(pg.overBalance)
    expect(here.refunded()).toBe(0)
    expect(here.sends()).toBe(1)
  })

  it('with another secret nothing is accepted, and the outcome tells why', async () => {
    const here = await open(pg)
    const gateway = aGateway(pg, here.origin, { nowMs: here.clock.nowMs, secrets: async () => ok(pg.otherKeys) })
    const outcome = await sendBy(gateway, intent)
    expect(outcome.kind).toBe(pg.withOtherKeys.kind)
    const { transcript: _kept, ...told } = outcome
    expect(JSON.stringify(told)).toMatch(pg.withOtherKeys.says)
    expect(here.refunded()).toBe(0)
  })

  it('without keys, or where nobody listens, nothing is sent', async () => {
    const here = await open(pg)
    const keyless = aGateway(pg, here.origin, { nowMs: here.clock.nowMs, secrets: async () => ok({}) })
    expect(await sendBy(keyless, intent)).toMatchObject({ kind: 'not-sent', problem: { code: 'pg-keys-missing' } })
    const dead = aGateway(pg, await deadOrigin(), { nowMs: here.clock.nowMs })
    expect(await sendBy(dead, intent)).toMatchObject({ kind: 'not-sent', problem: { code: 'pg-offline' } })
    expect(here.sends()).toBe(0)
  })

  it('what is given up before it leaves is not sent, and what is given up later is unknown', async () => {
    const here = await open(pg, { kind: 'timeout_after' })
    const encoded = here.gateway.encodeCancel(intent)
    expect(await here.gateway.sendCancel(encoded, intent, AbortSignal.abort())).toMatchObject({
      kind: 'not-sent',
      problem: { code: 'cancelled' },
    })
    expect(here.sends()).toBe(0)
    expect(await here.gateway.sendCancel(encoded, intent, AbortSignal.timeout(250))).toMatchObject({
      kind: 'unknown',
      why: 'connection-lost',
    })
    expect(here.refunded()).toBe(10_000)
  })

  it('sends nothing once it is closed', async () => {
    const here = await open(pg)
    await here.gateway.close()
    expect(await here.send()).toMatchObject({ kind: 'not-sent' })
    expect(here.sends()).toBe(0)
    await here.gateway.close()
  })

  it('a connection test moves no money and tells what is wrong', async () => {
    const here = await open(pg)
    expect(await here.gateway.testConnection()).toMatchObject({ ok: true, value: { clockDifferenceMs: 0 } })
    expect(here.sends()).toBe(0)
    expect(here.refunded()).toBe(0)

    const other = aGateway(pg, here.origin, { nowMs: here.clock.nowMs, secrets: async () => ok(pg.otherKeys) })
    const { otherKeysProblem: code } = pg
    expect(await other.testConnection()).toMatchObject(code === null ? { ok: true } : { ok: false, problem: { code } })
    const dead = aGateway(pg, await deadOrigin(), { nowMs: here.clock.nowMs })
    expect(await dead.testConnection()).toMatchObject({ ok: false, problem: { code: 'pg-offline' } })
    const keyless = aGateway(pg, here.origin, { nowMs: here.clock.nowMs, secrets: async () => ok({}) })
    expect(await keyless.testConnection()).toMatchObject({ ok: false, problem: { code: 'pg-keys-missing' } })
    expect(await here.gateway.testConnection(AbortSignal.abort())).toMatchObject({ problem: { code: 'cancelled' } })
  })

  it('its transcripts hold no account, holder, phone, secret, token or proof, whatever was answered', async () => {
    const echo = `${ACCOUNT.accountNo} ${ACCOUNT.holder} ${ACCOUNT.phone}`
    const rules: readonly (Omit<FaultRule, 'path'> | null)[] = [
      null,
      { kind: 'lose_answer_after_effect' },
      { kind: 'half_body' },
      { kind: 'html_200' },
      { kind: 'wrong_imp_uid' },
      { kind: 'status_401' },
      { kind: 'status_503' },
      { kind: 'refuse', code: 999, message: '처리할 수 없습니다' },
    ]
    for (const rule of rules) {
      const here = await open(pg, rule)
      const proofs: string[] = []
      const origin = await between(here.origin, pg.path, (answer, body, authorization) => {
        const { msgAuthValue } = JSON.parse(body) as { msgAuthValue?: string }
        for (const proof of [msgAuthValue, authorization.split(' ')[1]])
          if (proof !== undefined && proof !== '') proofs.push(proof)
        // Whatever words there are in an answer, the PG may repeat in them what it was told.
        return answer.replace(/점검|처리할|성공/g, `${echo} ${proofs.join(' ')}`)
      })
      const gateway = aGateway(pg, origin, { nowMs: here.clock.nowMs })
      const { transcript, ...outcome } = await sendBy(gateway, intent)
      const told = [transcript, 'pgMessage' in outcome ? outcome.pgMessage : '', await lookedUp(gateway, intent)]
      expect(proofs.length).toBeGreaterThan(0)
      // Of a proof not even a part: what is left of it when only its long numbers are masked.
      const secrets = Object.values(pg.keys)
      const parts = proofs.flatMap((proof) => (secrets.includes(proof) ? [] : (proof.match(/.{8}/g) ?? [])))
      const words = [ACCOUNT.accountNo, ACCOUNT.holder, ACCOUNT.phone, ...secrets, ...parts]
      for (const word of words) expect(JSON.stringify(told)).not.toContain(word)
      expect(transcript.request).toContain(TAG)
    }
  })

  it.skipIf(!pg.hasDocument)('its requests are valid by the document of the PG', async () => {
    const here = await open(pg)
    const sent: string[] = []
    const origin = await between(here.origin, pg.path, (answer, body) => {
      sent.push(body)
      return answer
    })
    const gateway = aGateway(pg, origin, { nowMs: here.clock.nowMs })
    const variants: readonly Partial<CancelIntent>[] = [
      {},
      { tag: 'RD00000001', reason: '' },
      { tag: 'RD00000002', reason: '가'.repeat(60) },
      { tag: 'RD00000003', amount: refundAmount(1), taxFree: won(0), vat: won(0) },
      { tag: 'RD00000004', amount: refundAmount(30_000) },
    ]
    for (const changes of variants) await sendBy(gateway, { ...intent, ...changes })
    expect(sent).toHaveLength(variants.length)
    for (const body of sent) expect(pg.documentFaults(JSON.parse(body) as Record<string, unknown>)).toEqual([])
    expect(pg.documentFaults({ ...(JSON.parse(sent[0] ?? '') as object), amount: '10000' })).not.toEqual([])
    expect(pg.documentFaults({ ...(JSON.parse(sent[0] ?? '') as object), unheardOf: 1 })).not.toEqual([])
  })
})

function aGateway(pg: PgUnderTest, origin: string, changes: Partial<GatewayOptions> = {}): Gateway {
  const gateway = createGateway({
    channelId: CHANNEL,
    options: pg.options,
    origin,
    secrets: async () => ok(pg.keys),
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    timeouts: SHORT,
    ...changes,
  })
  onTestFinished(() => gateway.close())
  return gateway
}

const sendBy = (gateway: Gateway, intent: CancelIntent): Promise<CancelOutcome> =>
  gateway.sendCancel(gateway.encodeCancel(intent), intent)

/** A practice PG over one payment, whose refunds a rule may strike once, and a gateway to it. */
async function open(pg: PgUnderTest, rule: Omit<FaultRule, 'path'> | null = null) {
  const clock = fakeClock()
  const books = createBooks(join(temporaryFolder(), 'books.jsonl'), { nowMs: clock.nowMs, ...pg.books })
  const rules = rule === null ? [] : [{ ...rule, path: pg.path }]
  const practice = await createPracticePg({ books, clock, scenario: { rules } })
  onTestFinished(async () => {
    await practice.close()
    books.close()
  })
  const gateway = aGateway(pg, practice.origin, { nowMs: clock.nowMs })
  return {
    clock,
    origin: practice.origin,
    gateway,
    send: (intent = pg.intent) => sendBy(gateway, intent),
    refunded: () => pg.refunded(books),
    /** Requests that move money, as the PG noted them. */
    sends: () =>
      practice.requests.filter(
        ({ path, cancel, revise, v2Cancel }) => path === pg.path && (cancel ?? revise ?? v2Cancel) !== null,
      ).length,
    said: async () => (await lookedUp(gateway, pg.intent)).verdict,
  }
}

/** What the PG says itself of our refund, in the way in which it can. */
async function lookedUp(gateway: Gateway, intent: CancelIntent) {
  if (gateway.reads.kind === 'requests') {
    const found = await gateway.reads.findRequest(gateway.encodeCancel(intent), intent)
    const kind = found.ok ? found.value.kind : found.problem.code
    const verdict = kind === 'accepted' ? 'ours once' : kind === 'none' ? 'nothing' : kind
    return { verdict, transcript: found.ok ? found.value.transcript : null }
  }
  const answer = await gateway.reads.lookup([{ by: 'pg-key', key: intent.pgKey }])
  const cancels = answer.ok ? answer.value.found.flatMap((payment) => payment.cancels) : []
  const ours = cancels.filter(({ reason, amount }) => tagIn(reason) === intent.tag && amount === intent.amount)
  const verdict = !answer.ok
    ? answer.problem.code
    : ours.length === 1 && cancels.length === 1
      ? 'ours once'
      : cancels.length === 0
        ? 'nothing'
        : `${ours.length} of ${cancels.length} are ours`
  return { verdict, transcript: null }
}

/** Stands between gateway and PG, and may put another answer in the place of the PG's to requests of one path. */
function between(
  origin: string,
  path: string,
  change: (answer: string, body: string, authorization: string) => string,
): Promise<string> {
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
    const changed = (answer: string): string =>
      request.url === path ? change(answer, body.toString('utf8'), headers.authorization ?? '') : answer
    try {
      const answer = await fetch(origin + (request.url ?? ''), {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(body.length === 0 ? {} : { body }),
      })
      const text = await answer.text()
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(changed(text))
    } catch {
      // The PG gave no answer, or half of one: this side gives none either.
      changed('')
      response.destroy()
    }
  }
  return httpServer((request, response) => void forward(request, response))
}
