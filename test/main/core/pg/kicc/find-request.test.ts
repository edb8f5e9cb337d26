import { createHmac } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { requestLookUpEndsMs } from '../../../../../src/domain/look-deadline'
import { problem } from '../../../../../src/domain/problem'
import { fail, ok } from '../../../../../src/domain/result'
import { openConversation, DEFAULT_TIMEOUTS } from '../../../../../src/main/core/pg/conversation'
import { postQuestion } from '../../../../../src/main/core/pg/kicc/find-request'
import { deadOrigin } from '../support'
import {
  ACCOUNT,
  aKicc,
  anIntent,
  answering,
  DAY_MS,
  find,
  findResult,
  FULL,
  KEY,
  kstDay,
  MALL,
  MIDNIGHT,
  NOON,
  REAL_TIME,
  refusing,
  scripted,
  SECRET,
  SILENCE,
  TAG,
  type SeenRequest,
  type Told,
} from './support'

const REVISE = '/api/trades/revise'
const RETRIEVE = '/api/trades/retrieveTransaction'
const NOT_FOUND = refusing('PR42', { resMsg: '조회된 거래가 없습니다.' })

/** A PG that answers look-ups of our key, of strangers' keys and flagged questions each as told. */
async function aPg(told: { look?: Told; stranger?: Told; flagged?: Told | ((request: SeenRequest) => Told) }) {
  const { look = NOT_FOUND, stranger = refusing('PR42', { shopTransactionId: '' }), flagged = SILENCE } = told
  return scripted((request) => {
    if (request.path === REVISE) return typeof flagged === 'function' ? flagged(request) : flagged
    return request.body['shopTransactionId'] === KEY ? look : stranger
  })
}

describe('a look-up', () => {
  it('asks by the key and the original day, of the merchant of the request', async () => {
    const { origin, seen } = await aPg({ look: answering() })
    await find(aKicc(origin, {}, { nowMs: () => NOON + DAY_MS }))
    expect(seen).toMatchObject([{ path: RETRIEVE, contentType: 'application/json; charset=utf-8' }])
    expect(seen[0]?.body).toEqual({ mallId: MALL, shopTransactionId: KEY, transactionDate: '20261127' })
  })

  it('of a refund that was taken is accepted like its own answer', async () => {
    const { origin, seen } = await aPg({ look: answering({ statusCode: 'RF02', cancelAmount: '10000' }) })
    expect(await find(aKicc(origin))).toMatchObject({
      kind: 'accepted',
      payment: null,
      cancel: { cancelKey: '26112710000000000099', amount: 10_000, reason: `${TAG} 고객 변심` },
      balanceAfter: 20_000,
      transcript: { path: RETRIEVE, httpStatus: 200 },
    })
    expect(seen).toHaveLength(1)
  })

  it('of a real-time refund that was taken asks nothing more', async () => {
    const { origin, seen } = await aPg({ look: answering() })
    expect(await find(aKicc(origin, REAL_TIME))).toMatchObject({ kind: 'accepted' })
    expect(seen).toHaveLength(1)
  })

  it('of a key that is known to mean "not found" is none', async () => {
    const { origin, seen } = await aPg({})
    expect(await find(aKicc(origin))).toMatchObject({ kind: 'none', transcript: { path: RETRIEVE } })
    expect(seen).toHaveLength(1)
  })

  it('of a "not found" that shows our payment is unsettled', async () => {
    const { origin } = await aPg({ look: refusing('PR42', { oriPgCno: '26112710000000000001' }) })
    expect(await find(aKicc(origin))).toMatchObject({ kind: 'unsettled' })
  })

  it.each(['VTIM', 'VT00'])('that is answered with %s is unsettled', async (resCd) => {
    const { origin } = await aPg({ look: refusing(resCd) })
    expect(await find(aKicc(origin))).toMatchObject({ kind: 'unsettled', pgMessage: `${resCd} 처리할 수 없습니다.` })
  })

  it('that shows success and rejection at once is unsettled', async () => {
    const { origin } = await aPg({ look: answering({ statusCode: 'RF03' }) })
    expect(await find(aKicc(origin))).toMatchObject({ kind: 'unsettled', pgMessage: '0000 환불 성공 (RF03)' })
  })

  it.each<[string, Told, string]>([
    ['another key', answering({ shopTransactionId: `${TAG}-20261126` }), 'pg-odd-answer'],
    ['no key', answering({ shopTransactionId: '' }), 'pg-odd-answer'],
    ['another payment', answering({ oriPgCno: '26112710000000000002' }), 'pg-odd-answer'],
    ['another merchant', answering({ mallId: 'T0009999' }), 'pg-odd-answer'],
    ['another amount', answering({ cancelAmount: 1 }), 'pg-odd-answer'],
    ['our own question and nothing else', answering({ cancelPgCno: '', oriPgCno: '' }), 'pg-odd-answer'],
    ['HTML', '<html>', 'pg-odd-answer'],
    ['a bad request', { status: 400, text: refusing('R1') }, 'pg-odd-answer'],
    ['trouble at KICC', { status: 500, text: '' }, 'pg-busy'],
    ['silence', SILENCE, 'pg-timeout'],
  ])('that is answered with %s is a problem', async (_what, look, code) => {
    const { origin } = await aPg({ look })
    expect(await findResult(aKicc(origin))).toMatchObject({ ok: false, problem: { code } })
  })

  it('where nobody listens is a problem', async () => {
    expect(await findResult(aKicc(await deadOrigin()))).toMatchObject({ problem: { code: 'pg-offline' } })
  })

  it('of another request than the stored one is a bug', async () => {
    const { origin, seen } = await aPg({})
    const gateway = aKicc(origin)
    const encoded = gateway.encodeCancel(anIntent())
    if (gateway.reads.kind !== 'requests') throw new Error('KICC shows requests')
    await expect(gateway.reads.findRequest(encoded, anIntent({ tag: 'RD00000000' }))).rejects.toThrow()
    expect(seen).toHaveLength(0)
  })

  it('without a merchant in the request is a problem', async () => {
    const { origin, seen } = await aPg({})
    expect(await findResult(aKicc(origin, { merchantId: '' }))).toMatchObject({
      problem: { code: 'pg-merchant-missing' },
    })
    expect(seen).toHaveLength(0)
  })

  it('holds no account in its transcript', async () => {
    const { origin } = await aPg({ look: refusing('VTIM', { resMsg: `${ACCOUNT.accountNo} ${ACCOUNT.holder}` }) })
    const kept = JSON.stringify(await find(aKicc(origin)))
    expect(kept).not.toContain(ACCOUNT.accountNo)
    expect(kept).not.toContain(ACCOUNT.holder)
  })
})

describe('the days of a look-up', () => {
  const look = async (nowMs: number) => {
    const pg = await aPg({})
    return { result: await findResult(aKicc(pg.origin, {}, { nowMs: () => nowMs })), seen: pg.seen }
  }

  it('end at the start of the second Seoul day after', async () => {
    expect(requestLookUpEndsMs('kicc', kstDay('2026-11-27'))).toBe(MIDNIGHT + DAY_MS)
    expect(requestLookUpEndsMs('kicc', kstDay('2026-12-31'))).toBe(Date.parse('2027-01-02T00:00:00+09:00'))
    expect((await look(MIDNIGHT + DAY_MS - 1)).result).toMatchObject({ ok: true })
    const closed = await look(MIDNIGHT + DAY_MS)
    expect(closed.result).toEqual({
      ok: false,
      problem: { code: 'pg-look-up-closed', values: { until: '2026-11-29 00:00' } },
    })
    expect(closed.seen).toHaveLength(0)
  })

  it('are the original one alone until midnight, then also the next, where a late request may stand', async () => {
    const days = (seen: readonly SeenRequest[]) => seen.map(({ body }) => body['transactionDate'])
    expect(days((await look(MIDNIGHT - 1)).seen)).toEqual(['20261127'])
    expect(days((await look(MIDNIGHT)).seen)).toEqual(['20261127', '20261128'])
  })

  it('find a request that KICC took after midnight', async () => {
    const { origin } = await scripted(({ body }) => (body['transactionDate'] === '20261128' ? answering() : NOT_FOUND))
    expect(await find(aKicc(origin, {}, { nowMs: () => MIDNIGHT + 60_000 }))).toMatchObject({ kind: 'accepted' })
  })
})

describe('a code that nobody has listed', () => {
  it('is the stored refusal where the answer shows our payment', async () => {
    const { origin, seen } = await aPg({ look: refusing('8521', { oriPgCno: '26112710000000000001', resMsg: '한도' }) })
    expect(await find(aKicc(origin))).toMatchObject({ kind: 'refused', pgMessage: '8521 한도' })
    expect(seen).toHaveLength(1)
  })

  it('is the stored refusal where a key that nobody used gets another code, and ours the same again', async () => {
    const { origin, seen } = await aPg({ look: refusing('8521') })
    expect(await find(aKicc(origin))).toMatchObject({ kind: 'refused', pgMessage: '8521 처리할 수 없습니다.' })
    expect(seen.map(({ path }) => path)).toEqual([RETRIEVE, RETRIEVE, RETRIEVE])
    const keys = seen.map(({ body }) => body['shopTransactionId'])
    expect(keys).toEqual([KEY, expect.stringMatching(/^[0-9a-f-]{36}$/), KEY])
  })

  it.each<[string, Parameters<typeof aPg>[0]]>([
    ['a stranger gets it as well', { look: refusing('R404'), stranger: refusing('R404') }],
    ['it does not name our key', { look: refusing('8521', { shopTransactionId: '' }) }],
    [
      'it shows our payment and does not name our key',
      { look: refusing('8521', { shopTransactionId: '', oriPgCno: '26112710000000000001' }) },
    ],
    ['a stranger gets a success', { look: refusing('8521'), stranger: '{"resCd":"0000"}' }],
    ['a stranger gets doubt', { look: refusing('8521'), stranger: '{"resCd":"VTIM"}' }],
    ['a stranger gets something unreadable', { look: refusing('8521'), stranger: '<html>' }],
  ])('is unsettled, never a refusal and never none, where %s', async (_what, told) => {
    const { origin } = await aPg(told)
    expect(await find(aKicc(origin))).toMatchObject({ kind: 'unsettled' })
  })

  it('is unsettled where it comes only once', async () => {
    let looks = 0
    const { origin } = await scripted(({ body }) => {
      if (body['shopTransactionId'] !== KEY) return refusing('PR42', { shopTransactionId: '' })
      looks += 1
      return looks === 1 ? refusing('S001') : NOT_FOUND
    })
    expect(await find(aKicc(origin))).toMatchObject({ kind: 'unsettled', pgMessage: 'S001 처리할 수 없습니다.' })
  })

  it('is a problem where the comparison cannot be made', async () => {
    const { origin } = await aPg({ look: refusing('8521'), stranger: { status: 500, text: '' } })
    expect(await findResult(aKicc(origin))).toMatchObject({ problem: { code: 'pg-busy' } })
  })
})

describe('the flagged question', () => {
  const flaggedOf = (seen: readonly SeenRequest[]) => seen.filter(({ path }) => path === REVISE)

  it.each<[string, Told]>([
    ['none', NOT_FOUND],
    ['in doubt (VTIM)', refusing('VTIM')],
    ['in doubt (VT00)', refusing('VT00')],
    ['without a listed code', refusing('R404')],
  ])('is asked where the look-up of a real-time refund is %s; success settles it', async (_what, look) => {
    const { origin, seen } = await aPg({ look, stranger: refusing('R404'), flagged: answering({ statusCode: 'RF02' }) })
    expect(await find(aKicc(origin, REAL_TIME))).toMatchObject({
      kind: 'accepted',
      cancel: { cancelKey: '26112710000000000099', amount: 10_000 },
      transcript: { path: REVISE },
    })
    expect(flaggedOf(seen)).toHaveLength(1)
  })

  it('is the stored request with the flag and a proof, everything else as it was', async () => {
    const { origin, seen } = await aPg({ flagged: answering() })
    const gateway = aKicc(origin, REAL_TIME)
    await find(gateway)
    const stored = JSON.parse(gateway.encodeCancel(anIntent()).body) as Record<string, unknown>
    expect(flaggedOf(seen)[0]?.body).toEqual({
      ...stored,
      refundQueryFlag: 'Y',
      msgAuthValue: createHmac('sha256', SECRET).update(`26112710000000000001|${KEY}`).digest('hex'),
    })
  })

  it('has a key and a proof of its own where the channel is set to, never the same twice', async () => {
    const { origin, seen } = await aPg({
      flagged: ({ body }) => answering({ shopTransactionId: body['shopTransactionId'] }),
    })
    const gateway = aKicc(origin, { ...REAL_TIME, flaggedQueryKey: 'new' })
    expect(await find(gateway)).toMatchObject({ kind: 'accepted' })
    expect(await find(gateway)).toMatchObject({ kind: 'accepted' })
    const bodies = flaggedOf(seen).map(({ body }) => body)
    const keys = bodies.map(({ shopTransactionId }) => String(shopTransactionId))
    expect(new Set(keys).size).toBe(2)
    for (const [index, key] of keys.entries()) {
      expect(key).toMatch(new RegExp(`^${KEY}-Q\\d+$`))
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(60)
      const mac = createHmac('sha256', SECRET).update(`26112710000000000001|${key}`).digest('hex')
      expect(bodies[index]).toMatchObject({ refundQueryFlag: 'Y', msgAuthValue: mac })
    }
  })

  it('with a key of its own must be answered with the amount, or under the first key', async () => {
    const flagged = ({ body }: SeenRequest) =>
      answering({ shopTransactionId: body['shopTransactionId'], cancelAmount: undefined })
    const { origin } = await aPg({ flagged })
    const gateway = aKicc(origin, { ...REAL_TIME, flaggedQueryKey: 'new' })
    expect(await find(gateway)).toMatchObject({ kind: 'unsettled' })
  })

  it('with a key of its own may be answered under the first one', async () => {
    const { origin } = await aPg({ flagged: answering() })
    expect(await find(aKicc(origin, { ...REAL_TIME, flaggedQueryKey: 'new' }))).toMatchObject({ kind: 'accepted' })
  })

  it.each<[string, Told, Told, string]>([
    ['doubt', NOT_FOUND, refusing('VTIM'), 'unsettled'],
    ['a used key, though the look-up found none', NOT_FOUND, refusing('R101', { resMsg: '중복' }), 'unsettled'],
    ['a used key after doubt', refusing('VTIM'), refusing('R101'), 'unsettled'],
    [
      'a refusal that shows our payment',
      NOT_FOUND,
      refusing('8521', { oriPgCno: '26112710000000000001' }),
      'unsettled',
    ],
    ['success and rejection at once', NOT_FOUND, answering({ statusCode: 'RF03' }), 'unsettled'],
    ['"not found" as well', NOT_FOUND, refusing('PR31'), 'none'],
    ['"not found" after doubt', refusing('VTIM'), refusing('PR31'), 'unsettled'],
    // KICC may answer for another refund of the transaction: a person must be able to go on from there.
    ['another amount', NOT_FOUND, answering({ cancelAmount: 51_004 }), 'unsettled'],
  ])('that is answered with %s is no success', async (_what, look, flagged, kind) => {
    const { origin } = await aPg({ look, flagged })
    expect(await find(aKicc(origin, REAL_TIME))).toMatchObject({ kind })
  })

  it('tells the words of a used key', async () => {
    const { origin } = await aPg({ flagged: refusing('R101', { resMsg: '중복된 상점거래번호' }) })
    expect(await find(aKicc(origin, REAL_TIME))).toMatchObject({ pgMessage: 'R101 중복된 상점거래번호' })
  })

  it.each<[string, Told, string]>([
    ['another key', answering({ shopTransactionId: 'RD00000000-20261127' }), 'pg-odd-answer'],
    ['a bare success', '{"resCd":"0000","resMsg":""}', 'pg-odd-answer'],
    ['HTML', '<html>', 'pg-odd-answer'],
    ['silence', SILENCE, 'pg-timeout'],
    ['trouble', { status: 502, text: '' }, 'pg-busy'],
  ])('that is answered with %s is a problem, not "none"', async (_what, flagged, code) => {
    const { origin } = await aPg({ flagged })
    expect(await findResult(aKicc(origin, REAL_TIME))).toMatchObject({ ok: false, problem: { code } })
  })

  it('without the secret is a problem', async () => {
    const { origin, seen } = await aPg({})
    const secrets = async () => fail(problem('live-refused-keyring'))
    expect(await findResult(aKicc(origin, REAL_TIME, { secrets }))).toMatchObject({
      problem: { code: 'live-refused-keyring' },
    })
    expect(flaggedOf(seen)).toHaveLength(0)
  })

  it.each([
    ['in the last millisecond of its day', MIDNIGHT - 1, 1],
    ['at midnight no more', MIDNIGHT, 0],
    ['on the day after no more', NOON + DAY_MS, 0],
  ])('is asked %s', async (_when, nowMs, count) => {
    const { origin, seen } = await aPg({ flagged: answering() })
    await find(aKicc(origin, REAL_TIME, { nowMs: () => nowMs }))
    expect(flaggedOf(seen)).toHaveLength(count)
  })

  it('is not asked when midnight passes while the vault is asked', async () => {
    let nowMs = MIDNIGHT - 1
    const { origin, seen } = await aPg({ flagged: answering() })
    const secrets = async () => {
      nowMs = MIDNIGHT
      return ok({ secretKey: SECRET })
    }
    expect(await find(aKicc(origin, REAL_TIME, { nowMs: () => nowMs, secrets }))).toMatchObject({ kind: 'none' })
    expect(flaggedOf(seen)).toHaveLength(0)
  })

  it('is never asked of a settlement refund, of a settled one, or for another merchant', async () => {
    const pg = await aPg({ look: refusing('VTIM'), flagged: answering() })
    await find(aKicc(pg.origin))
    await find(aKicc(pg.origin), anIntent(FULL))
    await find(aKicc(pg.origin, { ...REAL_TIME, merchantId: 'T0009999' }), anIntent(), aKicc(null, REAL_TIME))
    expect(flaggedOf(pg.seen)).toHaveLength(0)
  })

  it('is asked of a refused one as well, and believed where it was taken all the same', async () => {
    const look = refusing('8521', { oriPgCno: '26112710000000000001' })
    const taken = await aPg({ look, flagged: answering() })
    expect(await find(aKicc(taken.origin, REAL_TIME))).toMatchObject({ kind: 'accepted' })
    const refused = await aPg({ look, flagged: refusing('8521') })
    expect(await find(aKicc(refused.origin, REAL_TIME))).toMatchObject({ kind: 'refused' })
    const open = await aPg({ look, flagged: refusing('VT00') })
    expect(await find(aKicc(open.origin, REAL_TIME))).toMatchObject({ kind: 'unsettled' })
  })

  it('holds no account, proof or secret in its transcript', async () => {
    const { origin, seen } = await aPg({
      flagged: ({ body }) =>
        refusing('VT00', { resMsg: `${ACCOUNT.accountNo} ${SECRET} ${String(body['msgAuthValue'])}` }),
    })
    const kept = JSON.stringify(await find(aKicc(origin, REAL_TIME)))
    const parts = String(flaggedOf(seen)[0]?.body['msgAuthValue']).match(/.{8}/g) ?? []
    expect(parts).toHaveLength(8)
    for (const secret of [ACCOUNT.accountNo, ACCOUNT.holder, SECRET, ...parts]) expect(kept).not.toContain(secret)
    expect(kept).toContain('refundQueryFlag')
  })
})

describe('the way to the address that moves money', () => {
  const body = (changes: Record<string, unknown>) =>
    JSON.stringify({ reviseTypeCode: '63', refundQueryFlag: 'Y', shopTransactionId: KEY, ...changes })

  it.each([
    ['no flag', body({ refundQueryFlag: undefined })],
    ['another flag', body({ refundQueryFlag: 'N' })],
    ['a small flag', body({ refundQueryFlag: 'y' })],
    ['the flag of something inside', body({ refundQueryFlag: undefined, refundInfo: { refundQueryFlag: 'Y' } })],
    ['two flags', body({}).replace('{', '{"refundQueryFlag":"N",')],
    ['a settlement refund', body({ reviseTypeCode: '60' })],
    ['no JSON', 'refundQueryFlag=Y'],
  ])('is shut for %s', async (_what, bytes) => {
    const ask = vi.fn<() => never>()
    const deps = { conversation: { ask, close: async () => {} }, timeouts: DEFAULT_TIMEOUTS }
    await expect(postQuestion(deps, bytes)).rejects.toThrow('without its flag')
    expect(ask).not.toHaveBeenCalled()
  })

  it('is open for a question', async () => {
    const { origin, seen } = await scripted(() => answering())
    const conversation = openConversation({ origin, nowMs: Date.now, timeouts: DEFAULT_TIMEOUTS })
    expect(await postQuestion({ conversation, timeouts: DEFAULT_TIMEOUTS }, body({}))).toMatchObject({ ok: true })
    await conversation.close()
    expect(seen).toMatchObject([{ path: REVISE, raw: body({}) }])
  })
})
