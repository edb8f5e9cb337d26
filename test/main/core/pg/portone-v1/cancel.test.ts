import { describe, expect, it } from 'vitest'
import { refundAmount } from '../../../../../src/domain/money'
import { gzipSync } from 'node:zlib'
import type { CancelOutcome } from '../../../../../src/main/core/pg/gateway'
import type { FaultRule } from '../../../../../src/practice/scenario'
import { aPayment } from '../../../../practice/support'
import {
  ACCOUNT,
  aGateway,
  anIntent,
  envelope,
  openPractice,
  pgWithAnswer,
  requestCount,
  saying,
  send,
  TAG,
  tcpServer,
  wirePayment,
} from '../support'

const CANCEL_PATH = '/payments/cancel'

async function sendUnder(rule: Omit<FaultRule, 'path'>) {
  const { pg, refunded } = await openPractice([aPayment()], { rules: [{ path: CANCEL_PATH, ...rule }] })
  const gateway = aGateway(pg.origin)
  return { outcome: await send(gateway), refunded: refunded(), sends: requestCount(pg, CANCEL_PATH), gateway, pg }
}

describe('a cancel that the PG carries out', () => {
  it('is accepted with the entry of the history that bears our tag', async () => {
    const { pg, refunded } = await openPractice()
    const outcome = await send(aGateway(pg.origin))
    expect(outcome).toMatchObject({
      kind: 'accepted',
      cancel: { amount: 10_000, reason: `${TAG} 고객 변심` },
      payment: { pgKey: 'imp_000000000001', cancelledTotal: 10_000, status: 'paid' },
      transcript: { method: 'POST', path: CANCEL_PATH, httpStatus: 200 },
    })
    expect(refunded()).toBe(10_000)
  })

  it('sends exactly the stored bytes, once', async () => {
    const bodies: string[] = []
    const origin = await pgWithAnswer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      request.on('end', () => {
        bodies.push(body)
        expect(request.headers).toMatchObject({
          authorization: 'Bearer token-of-a-test',
          'content-type': 'application/json',
        })
        saying(envelope(wirePayment()))(request, response)
      })
    })
    const gateway = aGateway(origin)
    const intent = anIntent()
    // Stored by an earlier version that wrote blanks: what was stored is what is sent.
    const stored = { body: gateway.encodeCancel(intent).body.replaceAll(',"', ', "') }
    expect(await gateway.sendCancel(stored, intent)).toMatchObject({ kind: 'accepted' })
    expect(bodies).toEqual([stored.body])
  })

  it('is only pending while an asynchronous PG does not show it', async () => {
    const vbank = aPayment({ payMethod: 'vbank', pgProvider: 'smartro_v2' })
    const { pg, refunded } = await openPractice([vbank], { asynchronous: { afterMs: 60_000 } })
    const intent = anIntent({ method: 'virtual-account', provider: 'smartro_v2', account: ACCOUNT })
    expect(await send(aGateway(pg.origin), intent)).toMatchObject({
      kind: 'pending',
      payment: { cancelledTotal: 0, cancels: [] },
    })
    expect(refunded()).toBe(10_000)
  })

  it.each([
    ['replaced', '취소요청api'],
    ['cut within the tag', TAG.slice(0, 9)],
    ['given the tag of another attempt', 'RD00000000 x'],
  ])('is only pending when the text of the entry was %s', async (_how, reason) => {
    const history = [{ pg_tid: 'c-1', amount: 10_000, cancelled_at: 1, reason, cancellation_id: 'C1' }]
    const origin = await pgWithAnswer(saying(envelope(wirePayment({ cancel_history: history }))))
    expect(await send(aGateway(origin))).toMatchObject({ kind: 'pending' })
  })
})

describe('an answer that is lost', () => {
  it.each([
    ['lose_answer_before_effect', 'connection-lost', 0],
    ['lose_answer_after_effect', 'connection-lost', 10_000],
    ['timeout_before', 'timeout', 0],
    ['timeout_after', 'timeout', 10_000],
    ['half_body', 'connection-lost', 10_000],
    ['huge_body', 'odd-answer', 10_000],
    ['html_200', 'odd-answer', 10_000],
    ['response_null', 'odd-answer', 10_000],
    ['wrong_imp_uid', 'odd-answer', 10_000],
  ] as const)('by %s leaves it unknown (%s), and nothing is repeated', async (kind, why, effect) => {
    const { outcome, refunded, sends } = await sendUnder({ kind })
    expect(outcome).toMatchObject({ kind: 'unknown', why })
    expect(refunded).toBe(effect)
    expect(sends).toBe(1)
  })

  it('is found again by its tag', async () => {
    const { gateway } = await sendUnder({ kind: 'lose_answer_after_effect' })
    const seen = await gateway.lookup([{ by: 'pg-key', key: 'imp_000000000001' }])
    expect(seen).toMatchObject({
      ok: true,
      value: { found: [{ cancels: [{ amount: 10_000, reason: `${TAG} 고객 변심` }] }] },
    })
  })
})

describe('a refusal', () => {
  it('of a checksum that differs is clean', async () => {
    const { pg, refunded } = await openPractice()
    const outcome = await send(aGateway(pg.origin), anIntent({ checksum: refundAmount(29_999) }))
    expect(outcome).toMatchObject({ kind: 'rejected', why: 'balance-differs' })
    expect(refunded()).toBe(0)
  })

  it('of a payment that is unknown or already cancelled is clean', async () => {
    const { pg } = await openPractice()
    const gateway = aGateway(pg.origin)
    expect(await send(gateway, anIntent({ pgKey: 'imp_999999999999' }))).toMatchObject({
      kind: 'rejected',
      why: 'no-such-payment',
    })
    await send(gateway, anIntent({ amount: refundAmount(30_000) }))
    expect(await send(gateway)).toMatchObject({
      kind: 'rejected',
      why: 'already-cancelled',
      pgMessage: '이미 전액취소된 주문입니다.',
    })
  })

  it('in the words of the PG behind proves nothing', async () => {
    const { pg } = await openPractice([aPayment({ payMethod: 'vbank' })])
    const intent = anIntent({
      method: 'virtual-account',
      account: { ...ACCOUNT, phone: null },
      provider: 'html5_inicis',
    })
    // The bank code of another PG.
    expect(await send(aGateway(pg.origin), intent)).toMatchObject({
      kind: 'unproven',
      pgMessage: '결제취소에 실패하였습니다. [환불 은행코드 오류]',
    })
  })

  it.each([1, -1, 99_999])('that is not in the table proves nothing, with code %i', async (code) => {
    for (const effect of [false, true]) {
      const { outcome, refunded, sends } = await sendUnder({
        kind: 'refuse',
        code,
        message: '처리할 수 없습니다',
        effect,
      })
      expect(outcome).toMatchObject({ kind: 'unproven', pgMessage: '처리할 수 없습니다', retryAfterMs: null })
      expect(refunded).toBe(effect ? 10_000 : 0)
      expect(sends).toBe(1)
    }
  })

  it.each([
    ['status_401', undefined, null],
    ['status_429', '3', 3000],
    ['status_429', '0', 1000],
    ['status_429', '99999999', 600_000],
    ['status_429', 'soon', null],
    ['status_429', '-5', null],
    ['status_503', 'Sat, 21 Nov 2026 05:00:30 GMT', 30_000],
    ['status_503', 'Sat, 21 Nov 2020 05:00:30 GMT', 1000],
    ['status_503', 'Sat, 99 Nov 2026', null],
    ['status_500', undefined, null],
    ['status_502', undefined, null],
  ] as const)('by %s proves nothing (Retry-After: %s)', async (kind, retryAfter, retryAfterMs) => {
    const { outcome, sends } = await sendUnder({
      kind,
      effect: true,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    })
    expect(outcome).toMatchObject({ kind: 'unproven', retryAfterMs })
    expect(sends).toBe(1)
  })

  it.each([400, 403, 404, 405, 409, 501])(
    'by HTTP %i proves nothing, even in the words of a clean one',
    async (status) => {
      const origin = await pgWithAnswer(saying(envelope(null, 1, '이미 전액취소된 주문입니다.'), status))
      expect(await send(aGateway(origin))).toMatchObject({ kind: 'unproven', transcript: { httpStatus: status } })
    },
  )

  it('that comes with a payment proves nothing', async () => {
    const origin = await pgWithAnswer(saying(envelope(wirePayment(), 1, '이미 전액취소된 주문입니다.')))
    expect(await send(aGateway(origin))).toMatchObject({ kind: 'unproven' })
  })
})

describe('an odd answer never becomes a success or a failure', () => {
  const good = envelope(wirePayment())
  const twice = wirePayment().cancel_history as readonly unknown[]
  const cases: readonly [string, string | Buffer, number?, Record<string, string>?][] = [
    ['empty', ''],
    ['HTML', '<html>점검 중</html>'],
    ['null', 'null'],
    ['a list', '[]'],
    ['text', '"ok"'],
    ['cut JSON', good.slice(0, -10)],
    ['a code that stands twice', good.replace('"code":0', '"code":1,"code":0')],
    ['an amount that stands twice', good.replace('"amount":10000', '"amount":30000,"amount":10000')],
    ['a code in text', good.replace('"code":0', '"code":"0"')],
    ['a broken code', good.replace('"code":0', '"code":0.5')],
    ['no code', good.replace('"code":0,', '')],
    ['a null code', good.replace('"code":0', '"code":null')],
    ['a response that is a list', envelope([wirePayment()])],
    ['another payment', envelope(wirePayment({ imp_uid: 'imp_000000000002' }))],
    ['half a won', envelope(wirePayment({ cancel_amount: 1000.5 }))],
    ['another amount under our tag', good.replace('"amount":10000', '"amount":30000')],
    ['our tag twice', envelope(wirePayment({ cancel_history: [...twice, ...twice] }))],
    ['an unreadable history', envelope(wirePayment({ cancel_history: 'none' }))],
    ['status 202', good, 202],
    ['status 207', good, 207],
    ['a redirect', good, 302],
    ['gzip', gzipSync(good), 200, { 'content-encoding': 'gzip' }],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(good.slice(0, -2)), Buffer.from([0xff]), Buffer.from('}}')]),
    ],
  ]
  it.each(cases)('%s', async (_what, text, status = 200, headers = {}) => {
    const origin = await pgWithAnswer(saying(text, status, headers))
    expect(await send(aGateway(origin))).toMatchObject({ kind: 'unknown', why: 'odd-answer' })
  })

  it('but numbers in text and 1e4 are numbers', async () => {
    const odd = good.replace('"amount":30000', '"amount":"30000"').replace('"amount":10000', '"amount":1e4')
    const origin = await pgWithAnswer(saying(odd))
    expect(await send(aGateway(origin))).toMatchObject({ kind: 'accepted', cancel: { amount: 10_000 } })
  })
})

describe('a lost connection', () => {
  it('after the token was given and before an answer leaves the cancel unknown', async () => {
    let cancels = 0
    const origin = await tcpServer((socket) => {
      socket.on('data', (chunk) => {
        if (chunk.toString().includes('/users/getToken')) {
          const body = envelope({ access_token: 't', now: 1, expired_at: 1801 })
          socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
          return
        }
        cancels += 1
        socket.resetAndDestroy()
      })
    })
    expect(await send(aGateway(origin))).toMatchObject({ kind: 'unknown', why: 'connection-lost' })
    expect(cancels).toBe(1)
  })

  it('on our own side, too', async () => {
    const { pg } = await openPractice([aPayment()], { rules: [{ kind: 'timeout_after', path: CANCEL_PATH }] })
    const stop = new AbortController()
    const running = send(aGateway(pg.origin, { timeouts: { cancelMs: 5000 } }), anIntent(), stop.signal)
    setTimeout(() => stop.abort(), 300)
    expect(await running).toMatchObject({ kind: 'unknown', why: 'connection-lost' })
  })
})

describe('the stored request', () => {
  it.each([
    ['another payment', { pgKey: 'imp_000000000002' }],
    ['another amount', { amount: refundAmount(9999) }],
    ['another checksum', { checksum: refundAmount(29_999) }],
    ['another attempt', { tag: 'RD00000000' }],
  ])('is not sent for %s', async (_what, changes) => {
    const { pg } = await openPractice()
    const gateway = aGateway(pg.origin)
    await expect(gateway.sendCancel(gateway.encodeCancel(anIntent()), anIntent(changes))).rejects.toThrow(
      'not the one of this refund',
    )
    expect(requestCount(pg, CANCEL_PATH)).toBe(0)
  })
})

describe('the transcripts of a run through every fault', () => {
  it('hold no key, token, account, phone or name', async () => {
    const kinds: readonly FaultRule['kind'][] = [
      'lose_answer_after_effect',
      'timeout_before',
      'status_401',
      'status_429',
      'status_500',
      'refuse',
      'html_200',
      'half_body',
      'wrong_imp_uid',
      'response_null',
      'slow',
    ]
    const echo = `${ACCOUNT.holder} ${ACCOUNT.accountNo} 예금주 오류`
    const payments = kinds.map((_kind, n) =>
      aPayment({
        impUid: `imp_10000000000${n.toString(16)}`,
        merchantUid: `ORD-${n}`,
        payMethod: 'vbank',
        buyerName: '서나래',
        buyerTel: '010-8888-9999',
        buyerEmail: 'narae@example.com',
        name: '서나래님 커피',
        vbank: { code: '088', name: '신한은행', num: '56211105948400', holder: '가상예금주', dueAtMs: 0 },
        card: { code: '361', name: 'BC카드', number: '4321987612345678', applyNum: '30001234' },
      }),
    )
    const rules = kinds.map((kind, n) => ({
      kind,
      path: CANCEL_PATH,
      subject: payments[n]?.impUid ?? '',
      ...(kind === 'refuse' ? { message: echo, code: 1 } : {}),
    }))
    const { pg } = await openPractice(payments, { rules })
    let token = ''
    const gateway = aGateway(pg.origin)
    const outcomes: CancelOutcome[] = []
    for (const { impUid } of payments) {
      outcomes.push(
        await send(
          gateway,
          anIntent({ pgKey: impUid, method: 'virtual-account', account: ACCOUNT, reason: `${ACCOUNT.holder}님 요청` }),
        ),
      )
    }
    const issued = await fetch(`${pg.origin}/users/getToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ imp_key: 'practice-key', imp_secret: 'practice-secret' }),
    })
    token = ((await issued.json()) as { response: { access_token: string } }).response.access_token
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'unknown',
      'unknown',
      'unproven',
      'unproven',
      'unproven',
      'unproven',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'accepted',
    ])
    const kept = JSON.stringify(
      outcomes.map(({ transcript, ...outcome }) => [transcript, 'pgMessage' in outcome ? outcome.pgMessage : '']),
    )
    const secrets = [
      'practice-key',
      'practice-secret',
      token,
      'Bearer',
      ACCOUNT.accountNo,
      ACCOUNT.holder,
      ACCOUNT.phone,
      '서나래',
      '8888',
      'narae',
      '56211105948400',
      '가상예금주',
      '4321987612345678',
      '커피',
    ]
    for (const secret of secrets) expect(kept).not.toContain(secret)
    for (const { transcript } of outcomes) {
      expect(transcript.request).toContain(TAG)
      expect(transcript.endedAtMs).toBeGreaterThanOrEqual(transcript.startedAtMs)
    }
  })
})
