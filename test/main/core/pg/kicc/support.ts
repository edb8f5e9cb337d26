import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import { FIRST_OPTIONS, type KiccOptions } from '../../../../../src/domain/channel-options'
import { refundAmount } from '../../../../../src/domain/money'
import { ok } from '../../../../../src/domain/result'
import { KstDateSchema } from '../../../../../src/domain/time'
import type { CancelIntent, CancelOutcome, Gateway, RequestFinding } from '../../../../../src/main/core/pg/gateway'
import { createKiccGateway, type KiccGatewayOptions } from '../../../../../src/main/core/pg/kicc/client'
import { encodeCancel } from '../../../../../src/main/core/pg/kicc/encode'
import { CHANNEL, httpServer, TAG } from '../support'

export { CHANNEL, TAG }

export const SECRET = 'kicc-secret-of-a-test'
export const MALL = 'T0001234'
export const KEY = `${TAG}-20261127`
/** 14:00 in Seoul on the day of every request here. */
export const NOON = Date.parse('2026-11-27T14:00:00+09:00')
export const MIDNIGHT = Date.parse('2026-11-28T00:00:00+09:00')
export const DAY_MS = 24 * 60 * 60 * 1000

/** An account that no other text of a test contains. */
export const ACCOUNT = { bank: '088', accountNo: '99901234567890', holder: '나예금', phone: '01077776666' } as const

/** Short enough for a test, long enough for a loaded machine. */
const SHORT = { connectMs: 2000, readMs: 1500, listMs: 1500, cancelMs: 700 } as const

export const kstDay = (text: string) => v.parse(KstDateSchema, text)

export const settings = (changes: Partial<KiccOptions> = {}): KiccOptions => ({
  ...FIRST_OPTIONS.kicc,
  merchantId: MALL,
  services: ['settlement'],
  ...changes,
})
export const REAL_TIME = { services: ['real-time'], preferred: 'real-time' } as const satisfies Partial<KiccOptions>

/** A partial refund of a virtual account with one deposit. */
export const anIntent = (changes: Partial<CancelIntent> = {}): CancelIntent => ({
  pgKey: '26112710000000000001',
  pgTransactionKey: null,
  provider: 'easypay',
  method: 'virtual-account',
  paid: refundAmount(51_004),
  amount: refundAmount(10_000),
  checksum: refundAmount(30_000),
  taxFree: null,
  vat: null,
  account: ACCOUNT,
  basket: [],
  requestedOn: kstDay('2026-11-27'),
  tag: TAG,
  reason: '고객 변심',
  ...changes,
})
export const FULL = { amount: refundAmount(51_004), checksum: refundAmount(51_004) } as const

export const bodyOf = (
  changes: Partial<CancelIntent> = {},
  set: Partial<KiccOptions> = {},
  clientIp: string | null = null,
): Record<string, unknown> =>
  JSON.parse(encodeCancel(anIntent(changes), settings(set), clientIp).body) as Record<string, unknown>

export interface SeenRequest {
  readonly path: string
  readonly contentType: string | undefined
  readonly raw: string
  readonly body: Readonly<Record<string, unknown>>
}

/** No answer at all. */
export const SILENCE = { silent: true } as const
export type Told =
  | string
  | { readonly status: number; readonly text: string; readonly headers?: object }
  | typeof SILENCE

/** A PG that writes down what it was asked and answers as told. */
export async function scripted(
  answer: (request: SeenRequest, index: number) => Told,
): Promise<{ readonly origin: string; readonly seen: SeenRequest[] }> {
  const seen: SeenRequest[] = []
  const origin = await httpServer((request, response) => {
    let raw = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk))
    request.on('end', () => {
      const body = JSON.parse(raw) as Record<string, unknown>
      const one = { path: request.url ?? '', contentType: request.headers['content-type'], raw, body }
      seen.push(one)
      const told = answer(one, seen.length - 1)
      if (typeof told === 'object' && 'silent' in told) return
      const { status, text, headers = {} } = typeof told === 'string' ? { status: 200, text: told } : told
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
    })
  })
  return { origin, seen }
}

export function aKicc(
  origin: string | null,
  set: Partial<KiccOptions> = {},
  changes: Partial<KiccGatewayOptions> = {},
): Gateway {
  const gateway = createKiccGateway({
    channelId: CHANNEL,
    origin,
    secrets: async () => ok({ secretKey: SECRET }),
    settings: settings(set),
    nowMs: () => NOON,
    timeouts: SHORT,
    ...changes,
  })
  onTestFinished(() => gateway.close())
  return gateway
}

export const send = (gateway: Gateway, intent = anIntent()): Promise<CancelOutcome> =>
  gateway.sendCancel(gateway.encodeCancel(intent), intent)

/** Sends one refund to a PG that gives this answer. */
export async function sendTo(
  told: Told,
  intent = anIntent(),
  set: Partial<KiccOptions> = {},
): Promise<{ readonly outcome: CancelOutcome; readonly seen: readonly SeenRequest[] }> {
  const { origin, seen } = await scripted(() => told)
  return { outcome: await send(aKicc(origin, set), intent), seen }
}

export async function find(gateway: Gateway, intent = anIntent(), encoder = gateway): Promise<RequestFinding> {
  const found = await findResult(gateway, intent, encoder)
  if (!found.ok) throw new Error(JSON.stringify(found.problem))
  return found.value
}

export function findResult(gateway: Gateway, intent = anIntent(), encoder = gateway) {
  if (gateway.reads.kind !== 'requests') throw new Error('KICC shows requests')
  return gateway.reads.findRequest(encoder.encodeCancel(intent), intent)
}

/** The answer to `anIntent()`, every documented field in it. */
export const anAnswer = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  resCd: '0000',
  resMsg: '환불 성공',
  shopTransactionId: KEY,
  mallId: MALL,
  oriPgCno: '26112710000000000001',
  cancelPgCno: '26112710000000000099',
  cancelAmount: 10_000,
  remainAmount: 20_000,
  transactionDate: '20261127140001',
  statusCode: 'RF01',
  statusMessage: '환불요청',
  escrowUsed: 'N',
  reviseInfo: {
    payMethodTypeCode: '22',
    approvalNo: '12345678',
    approvalDate: '20261127140002',
    refundInfo: { refundDate: '20261130090000', depositPgCno: '26112710000000000002' },
    cashReceiptInfo: { resCd: '0000', resMsg: '정상', approvalNo: '1', cancelDate: '20261127140003' },
  },
  ...changes,
})
export const answering = (changes: Record<string, unknown> = {}): string => JSON.stringify(anAnswer(changes))
export const refusing = (resCd: string, changes: Record<string, unknown> = {}): string =>
  JSON.stringify({ resCd, resMsg: '처리할 수 없습니다.', shopTransactionId: KEY, mallId: MALL, ...changes })
