import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { problem } from '../../../../../src/domain/problem'
import { fail, ok } from '../../../../../src/domain/result'
import { encodeCancel } from '../../../../../src/main/core/pg/kicc/encode'
import { deadOrigin, tcpServer } from '../support'
import {
  ACCOUNT,
  aKicc,
  anAnswer,
  anIntent,
  answering,
  DAY_MS,
  KEY,
  MALL,
  MIDNIGHT,
  NOON,
  refusing,
  scripted,
  SECRET,
  send,
  sendTo,
  settings,
  SILENCE,
  TAG,
} from './support'

const REVISE = '/api/trades/revise'
const PG_CNO = '26112710000000000001'
const macOf = (text: string): string => createHmac('sha256', SECRET).update(text).digest('hex')

describe('a refund that KICC takes', () => {
  it('is accepted with what the answer says of it', async () => {
    const { outcome, seen } = await sendTo(answering())
    expect(outcome).toMatchObject({
      kind: 'accepted',
      payment: null,
      cancel: {
        cancelKey: '26112710000000000099',
        pgTransactionKey: PG_CNO,
        amount: 10_000,
        cancelledAtMs: Date.parse('2026-11-27T14:00:01+09:00'),
        reason: `${TAG} 고객 변심`,
      },
      balanceAfter: 20_000,
      receiptTrouble: null,
      transcript: { method: 'POST', path: REVISE, httpStatus: 200 },
    })
    expect(seen).toHaveLength(1)
  })

  it('left as the stored bytes with the proof behind them, once, as JSON in UTF-8', async () => {
    const { origin, seen } = await scripted(() => answering())
    const gateway = aKicc(origin)
    // Stored by an earlier version that wrote blanks: what was stored is what is sent.
    const stored = { body: gateway.encodeCancel(anIntent()).body.replaceAll(',"', ', "') }
    expect(await gateway.sendCancel(stored, anIntent())).toMatchObject({ kind: 'accepted' })
    expect(seen).toMatchObject([{ path: REVISE, contentType: 'application/json; charset=utf-8' }])
    expect(seen[0]?.raw).toBe(`${stored.body.slice(0, -1)},"msgAuthValue":"${macOf(`${PG_CNO}|${KEY}`)}"}`)
  })

  it('msgAuthValue is HMAC-SHA256 of payment and key in lower-case hex', async () => {
    const { seen } = await sendTo(answering())
    // Computed with another program.
    expect(seen[0]?.body['msgAuthValue']).toBe('35a482b70dc924569ea735b8682b7fa2a4a14ef02abca1c8d40cea0f34a9f779')
  })

  it('msgAuthValue covers the number of the account issue where there is one', async () => {
    const issue = '26112710000000000777'
    const { seen } = await sendTo(answering({ oriPgCno: issue, reviseInfo: {} }), anIntent({ pgTransactionKey: issue }))
    expect(seen[0]?.body['msgAuthValue']).toBe(macOf(`${issue}|${KEY}`))
  })

  it.each(['', 'RF01', 'RF02', 'TS02', 'TS06', null, undefined])('is accepted with status %j', async (statusCode) => {
    expect((await sendTo(answering({ statusCode }))).outcome).toMatchObject({ kind: 'accepted' })
  })

  it('takes its time from the approval, then from the answer itself, where it says no other', async () => {
    const approval = await sendTo(answering({ transactionDate: '' }))
    expect(approval.outcome).toMatchObject({ cancel: { cancelledAtMs: Date.parse('2026-11-27T14:00:02+09:00') } })
    const none = await sendTo(answering({ transactionDate: 'soon', reviseInfo: null }))
    expect(none.outcome).toMatchObject({ kind: 'accepted', cancel: { cancelledAtMs: NOON } })
  })

  it('tells of a cash receipt that failed, without the numbers in its words', async () => {
    const cashReceiptInfo = { resCd: 'C001', resMsg: `현금영수증 오류 ${ACCOUNT.holder} 01077776666` }
    const { outcome } = await sendTo(answering({ reviseInfo: { cashReceiptInfo } }))
    expect(outcome).toMatchObject({ kind: 'accepted', receiptTrouble: 'C001 현금영수증 오류 *** ***' })
    const quiet = await sendTo(answering({ reviseInfo: { cashReceiptInfo: { resCd: '', resMsg: '' } } }))
    expect(quiet.outcome).toMatchObject({ kind: 'accepted', receiptTrouble: null })
  })

  it('may leave out everything but its key and the number of the refund', async () => {
    const bare = { resCd: '0000', resMsg: '성공', shopTransactionId: KEY, cancelPgCno: '26112710000000000099' }
    expect((await sendTo(JSON.stringify(bare))).outcome).toMatchObject({
      kind: 'accepted',
      cancel: { cancelKey: '26112710000000000099', amount: 10_000 },
      balanceAfter: null,
    })
  })

  it('may name our payment and the amount instead of our key', async () => {
    const { outcome } = await sendTo(answering({ shopTransactionId: undefined }))
    expect(outcome).toMatchObject({ kind: 'accepted', cancel: { amount: 10_000 } })
  })

  it('has no number where KICC gives none, if both of ours are there', async () => {
    expect((await sendTo(answering({ cancelPgCno: '' }))).outcome).toMatchObject({
      kind: 'accepted',
      cancel: { cancelKey: null },
    })
  })
})

describe('an answer that proves nothing', () => {
  it.each(['VTIM', 'VT00'])('%s is a time-out at KICC', async (resCd) => {
    expect((await sendTo(refusing(resCd))).outcome).toMatchObject({ kind: 'unknown', why: 'timeout' })
  })

  it.each([
    ['a refusal', refusing('8521', { resMsg: '한도 초과' }), '8521 한도 초과'],
    ['a used key', refusing('R101', { resMsg: '중복된 상점거래번호' }), 'R101 중복된 상점거래번호'],
    ['words with an account in them', refusing('R1', { resMsg: `계좌 ${ACCOUNT.accountNo} 오류` }), 'R1 계좌 *** 오류'],
    ['success and rejection at once', answering({ statusCode: 'RF03' }), '0000 환불 성공 (RF03)'],
    ['a code without words', refusing('R1', { resMsg: '' }), 'R1'],
  ])('%s is unproven, in the words of KICC', async (_what, text, pgMessage) => {
    expect((await sendTo(text)).outcome).toMatchObject({ kind: 'unproven', pgMessage, retryAfterMs: null })
  })

  it.each([
    ['a bad request', 400, refusing('R400', { resMsg: '형식 오류' }), 'R400 형식 오류'],
    ['a bad request that says success', 400, answering(), '0000 환불 성공 (RF01)'],
    ['a page', 500, '<html>', 'HTTP 500'],
  ])('%s is unproven', async (_what, status, text, pgMessage) => {
    expect((await sendTo({ status, text })).outcome).toMatchObject({ kind: 'unproven', pgMessage })
  })

  it('tells how long KICC asks to wait', async () => {
    const told = { status: 503, text: '', headers: { 'retry-after': '7' } }
    expect((await sendTo(told)).outcome).toMatchObject({ kind: 'unproven', retryAfterMs: 7000 })
  })
})

describe('an odd answer never becomes a success or a failure', () => {
  const good = answering()
  const cases: readonly [string, string, number?][] = [
    ['empty', ''],
    ['HTML', '<html>점검 중</html>'],
    ['null', 'null'],
    ['a list', '[]'],
    ['cut JSON', good.slice(0, -10)],
    ['a code that stands twice', good.replace('"resCd":"0000"', '"resCd":"R1","resCd":"0000"')],
    ['an amount that stands twice', good.replace('"cancelAmount":10000', '"cancelAmount":1,"cancelAmount":10000')],
    ['a code as a number', answering({ resCd: 0 })],
    ['no code', answering({ resCd: undefined })],
    ['an empty code', answering({ resCd: '' })],
    ['another key (shopTransactionId)', answering({ shopTransactionId: `${TAG}-20261126` })],
    ['another payment (oriPgCno)', answering({ oriPgCno: '26112710000000000002' })],
    ['another merchant (mallId)', answering({ mallId: 'T0009999' })],
    ['another amount (cancelAmount)', answering({ cancelAmount: 51_004 })],
    ['an amount of 0', answering({ cancelAmount: '0' })],
    ['half a won', answering({ cancelAmount: 10_000.5 })],
    ['an amount with a comma', answering({ cancelAmount: '10,000' })],
    ['a balance that is none (remainAmount)', answering({ remainAmount: -1 })],
    ['a key as a number', answering({ cancelPgCno: Number('26112710000000000099') })],
    ['no number of ours', answering({ shopTransactionId: '', oriPgCno: '' })],
    ['neither the refund nor the payment', answering({ cancelPgCno: '', oriPgCno: null })],
    ['neither the refund nor our key', answering({ cancelPgCno: undefined, shopTransactionId: undefined })],
    ['our payment, but neither our key nor an amount', answering({ shopTransactionId: '', cancelAmount: '' })],
    ['a state of something else', answering({ statusCode: 'TS01' })],
    ['a state that is a number', answering({ statusCode: 1 })],
    ['reviseInfo that is text', answering({ reviseInfo: 'x' })],
    ['a refusal of another key', refusing('R1', { shopTransactionId: 'RD00000000-20261127' })],
    ['doubt about another key', refusing('VTIM', { shopTransactionId: 'RD00000000-20261127' })],
    ['status 202', good, 202],
    ['a redirect', good, 302],
  ]
  it.each(cases)('%s', async (_what, text, status = 200) => {
    expect((await sendTo({ status, text })).outcome).toMatchObject({ kind: 'unknown', why: 'odd-answer' })
  })

  it('another deposit than the one that was named (depositPgCno)', async () => {
    const intent = anIntent({ pgTransactionKey: '26112710000000000777' })
    const answer = (depositPgCno: string) =>
      answering({ oriPgCno: '26112710000000000777', reviseInfo: { refundInfo: { depositPgCno } } })
    expect((await sendTo(answer('26112710000000000555'), intent)).outcome).toMatchObject({ why: 'odd-answer' })
    expect((await sendTo(answer(PG_CNO), intent)).outcome).toMatchObject({ kind: 'accepted' })
  })

  it('the number of the deposit itself stands for the payment as well', async () => {
    const intent = anIntent({ pgTransactionKey: '26112710000000000777' })
    expect((await sendTo(answering({ oriPgCno: PG_CNO, reviseInfo: {} }), intent)).outcome).toMatchObject({
      kind: 'accepted',
    })
  })

  it('gzip', async () => {
    const origin = await tcpServer((socket) => {
      socket.on('data', () => {
        const body = gzipSync(good)
        socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n`)
        socket.write(body)
      })
    })
    expect(await send(aKicc(origin))).toMatchObject({ kind: 'unknown', why: 'odd-answer' })
  })
})

describe('a refund without an answer', () => {
  it('is unknown after the time-out, and nothing is repeated', async () => {
    const { outcome, seen } = await sendTo(SILENCE)
    expect(outcome).toMatchObject({ kind: 'unknown', why: 'timeout' })
    expect(seen).toHaveLength(1)
  })

  it('is unknown when the connection is lost, and nothing is repeated', async () => {
    let requests = 0
    const origin = await tcpServer((socket) => {
      socket.on('data', () => {
        requests += 1
        socket.resetAndDestroy()
      })
    })
    expect(await send(aKicc(origin))).toMatchObject({ kind: 'unknown', why: 'connection-lost' })
    expect(requests).toBe(1)
  })

  it('is surely not sent where nobody listens', async () => {
    expect(await send(aKicc(await deadOrigin()))).toMatchObject({ kind: 'not-sent', problem: { code: 'pg-offline' } })
  })

  it('is surely not sent when it was given up before', async () => {
    const { origin, seen } = await scripted(() => answering())
    const gateway = aKicc(origin)
    const encoded = gateway.encodeCancel(anIntent())
    expect(await gateway.sendCancel(encoded, anIntent(), AbortSignal.abort())).toMatchObject({
      kind: 'not-sent',
      problem: { code: 'cancelled' },
    })
    expect(seen).toHaveLength(0)
  })
})

describe('nothing is sent', () => {
  it.each([
    ['at the last millisecond of the day it is', MIDNIGHT - 1, 'accepted', 1],
    ['at midnight in Seoul', MIDNIGHT, 'not-sent', 0],
    ['a day later', NOON + DAY_MS, 'not-sent', 0],
    ['on the day before, by a clock that was set back', MIDNIGHT - DAY_MS - 1, 'not-sent', 0],
  ])('%s', async (_when, nowMs, kind, count) => {
    const { origin, seen } = await scripted(() => answering())
    const outcome = await send(aKicc(origin, {}, { nowMs: () => nowMs }))
    expect(outcome).toMatchObject(kind === 'accepted' ? { kind } : { kind, problem: { code: 'pg-day-passed' } })
    expect(seen).toHaveLength(count)
  })

  it('when midnight passes while the vault is asked', async () => {
    let nowMs = MIDNIGHT - 1
    const secrets = async () => {
      nowMs = MIDNIGHT
      return ok({ secretKey: SECRET })
    }
    const { origin, seen } = await scripted(() => answering())
    const outcome = await send(aKicc(origin, {}, { nowMs: () => nowMs, secrets }))
    expect(outcome).toMatchObject({ kind: 'not-sent', problem: { code: 'pg-day-passed' } })
    expect(seen).toHaveLength(0)
  })

  it.each([
    ['without a merchant', { merchantId: '' }],
    ['for a merchant that the channel no longer is', { merchantId: 'T0009999' }],
  ])('%s', async (_what, set) => {
    const { origin, seen } = await scripted(() => answering())
    const encoded = encodeCancel(anIntent(), settings({ merchantId: set.merchantId === '' ? '' : MALL }), null)
    expect(await aKicc(origin, set).sendCancel(encoded, anIntent())).toMatchObject({
      kind: 'not-sent',
      problem: { code: 'pg-merchant-missing' },
    })
    expect(seen).toHaveLength(0)
  })

  it.each([
    ['without a key', ok({}), 'pg-keys-missing'],
    ['with an empty key', ok({ secretKey: '' }), 'pg-keys-missing'],
    ['while the vault is shut', fail(problem('live-refused-keyring')), 'live-refused-keyring'],
  ])('%s', async (_what, keys, code) => {
    const { origin, seen } = await scripted(() => answering())
    expect(await send(aKicc(origin, {}, { secrets: async () => keys as never }))).toMatchObject({
      kind: 'not-sent',
      problem: { code },
    })
    expect(seen).toHaveLength(0)
  })
})

describe('the transcripts', () => {
  it('hold no account, holder, phone, key, proof or operator, whatever came back', async () => {
    const echo = `${ACCOUNT.holder} ${ACCOUNT.accountNo} ${ACCOUNT.phone} ${SECRET}`
    const mac = macOf(`${PG_CNO}|${KEY}`)
    const answers = [
      answering({ resMsg: `증명 ${mac}` }),
      refusing('R1', { resMsg: `증명 ${mac}` }),
      answering({ resMsg: echo, statusMessage: echo, refundInfo: { refundAccountNo: ACCOUNT.accountNo } }),
      answering({ shopOrderNo: echo, unheardOf: echo, msgAuthValue: mac }),
      answering({ shopOrderNo: Number(ACCOUNT.accountNo) }),
      refusing('R1', { resMsg: echo, msgAuthValue: mac }),
      answering({ resMsg: echo }).slice(0, -9),
      `<html>${echo}</html>`,
      JSON.stringify({ ...anAnswer(), resCd: 'VTIM', refundDepositName: ACCOUNT.holder }),
    ]
    for (const text of answers) {
      const { origin } = await scripted(() => text)
      const gateway = aKicc(origin, { operatorId: 'refund-admin' }, { clientIp: () => '203.0.113.7' })
      const { transcript, ...outcome } = await send(gateway, anIntent({ reason: `${ACCOUNT.holder}님 요청` }))
      const kept = JSON.stringify([transcript, 'pgMessage' in outcome ? outcome.pgMessage : ''])
      const secrets = [ACCOUNT.accountNo, ACCOUNT.holder, ACCOUNT.phone, SECRET, 'refund-admin', '203.0.113.7']
      // Of the proof not even what is left when only its long numbers are masked.
      secrets.push(...(mac.match(/.{8}/g) ?? []))
      for (const secret of secrets) expect(kept).not.toContain(secret)
      expect(JSON.parse(transcript.request)).toMatchObject({
        mallId: MALL,
        shopTransactionId: KEY,
        amount: 10_000,
        reviseMessage: `${TAG} ***`,
        msgAuthValue: '***',
        refundInfo: { refundBankCode: '088', refundAccountNo: '***', refundDepositName: '***' },
      })
    }
  })

  it('of an unsent refund hold no account either', async () => {
    const outcome = await send(aKicc(await deadOrigin()))
    expect(JSON.stringify(outcome)).not.toContain(ACCOUNT.accountNo)
    expect(outcome.transcript).toMatchObject({ path: REVISE, httpStatus: null, response: '' })
  })
})
