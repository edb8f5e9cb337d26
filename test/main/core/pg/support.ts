import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import { ChannelIdSchema } from '../../../../src/domain/ids'
import { refundAmount } from '../../../../src/domain/money'
import { ok } from '../../../../src/domain/result'
import { openConversation, DEFAULT_TIMEOUTS, type Ask, type Exchange } from '../../../../src/main/core/pg/conversation'
import type { CancelIntent, CancelOutcome, PaymentGateway } from '../../../../src/main/core/pg/gateway'
import { kstDate } from '../../../../src/domain/time'
import { createPortoneV1Gateway, type PortoneV1Options } from '../../../../src/main/core/pg/portone-v1/client'
import { createBooks } from '../../../../src/practice/books'
import type { PracticePayment } from '../../../../src/practice/portone-v1/payment'
import { PRACTICE_KEY, PRACTICE_SECRET } from '../../../../src/practice/portone-v1/token'
import type { Scenario } from '../../../../src/practice/scenario'
import { createPracticePg, type PracticePg } from '../../../../src/practice/server'
import { aPayment, fakeClock, temporaryFolder } from '../../../practice/support'

export const CHANNEL = v.parse(ChannelIdSchema, 'ch1')
export const TAG = 'RD7F3K2Q9M'
export const KEYS = { apiKey: PRACTICE_KEY, apiSecret: PRACTICE_SECRET }

/** Short enough for a test, long enough for a loaded machine. */
export const SHORT = { connectMs: 2000, readMs: 1500, listMs: 1500, cancelMs: 700 } as const

/** An account that no other text of a test contains. */
export const ACCOUNT = { bank: '088', accountNo: '99901234567890', holder: '나예금', phone: '01077776666' } as const

export function anIntent(changes: Partial<CancelIntent> = {}): CancelIntent {
  return {
    pgKey: 'imp_000000000001',
    pgTransactionKey: null,
    provider: 'kcp',
    method: 'card',
    paid: refundAmount(30_000),
    amount: refundAmount(10_000),
    checksum: refundAmount(30_000),
    taxFree: null,
    vat: null,
    account: null,
    basket: [],
    requestedOn: kstDate(Date.UTC(2026, 10, 21, 3)),
    tag: TAG,
    reason: '고객 변심',
    ...changes,
  }
}

export function aGateway(origin: string, changes: Partial<PortoneV1Options> = {}): PaymentGateway {
  const gateway = createPortoneV1Gateway({
    channelId: CHANNEL,
    origin,
    secrets: async () => ok(KEYS),
    includeSandbox: false,
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    timeouts: SHORT,
    ...changes,
  })
  onTestFinished(() => gateway.close())
  return gateway
}

/** A practice PG with books of its own and a clock that stands still. */
export async function openPractice(
  payments: readonly PracticePayment[] = [aPayment()],
  scenario: Scenario = {},
): Promise<{
  readonly pg: PracticePg
  readonly clock: ReturnType<typeof fakeClock>
  refunded(impUid?: string): number
}> {
  const clock = fakeClock()
  const books = createBooks(join(temporaryFolder(), 'books.jsonl'), { nowMs: clock.nowMs, payments })
  const pg = await createPracticePg({ books, clock, scenario })
  onTestFinished(async () => {
    await pg.close()
    books.close()
  })
  const refunded = (impUid = 'imp_000000000001'): number =>
    books.account(impUid)?.cancels.reduce((total, { amount }) => total + amount, 0) ?? 0
  return { pg, clock, refunded }
}

export const send = (gateway: PaymentGateway, intent = anIntent(), signal?: AbortSignal): Promise<CancelOutcome> =>
  gateway.sendCancel(gateway.encodeCancel(intent), intent, signal)

export const requestCount = (pg: PracticePg, path: string): number =>
  pg.requests.filter((request) => request.path === path).length

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function httpServer(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return listen(server)
}

/** For answers that are not HTTP, or stop being it. */
export async function tcpServer(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    // A client that gives up resets the connection; that is what these tests are about.
    socket.on('error', () => sockets.delete(socket))
    onSocket(socket)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return listen(server)
}

/** An address of this machine where nobody listens. */
export async function deadOrigin(): Promise<string> {
  const server = createTcpServer()
  const origin = await listen(server)
  server.close()
  await once(server, 'close')
  return origin
}

const TOKEN_ANSWER = {
  code: 0,
  message: null,
  response: { access_token: 'token-of-a-test', now: 1_000, expired_at: 2_800 },
}

/** Gives a token to everyone and answers everything else as told. */
export function pgWithAnswer(answer: RequestListener): Promise<string> {
  return httpServer((request, response) => {
    if (request.url !== '/users/getToken') answer(request, response)
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(TOKEN_ANSWER))
  })
}

export const saying = (text: string | Buffer, status = 200, headers: Record<string, string> = {}): RequestListener => {
  return (request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  }
}

/** The payment object of a cancel that worked, for servers made by hand. */
export const wirePayment = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  imp_uid: 'imp_000000000001',
  merchant_uid: 'ORD-1',
  pay_method: 'card',
  pg_provider: 'kcp',
  pg_tid: 'kcp-1',
  sandbox: false,
  escrow: false,
  name: '드립 커피',
  amount: 30_000,
  cancel_amount: 10_000,
  currency: 'KRW',
  buyer_name: '김가온',
  buyer_tel: '010-0000-0001',
  status: 'paid',
  paid_at: 1_795_000_000,
  cancel_history: [
    { pg_tid: 'c-1', amount: 10_000, cancelled_at: 1_795_000_100, reason: `${TAG} 고객 변심`, cancellation_id: 'C1' },
  ],
  promotion: null,
  ...changes,
})

export const envelope = (response: unknown, code = 0, message: string | null = null): string =>
  JSON.stringify({ code, message, response })

/** Asks one question without a gateway. */
export async function ask(
  origin: string,
  changes: Partial<Ask> = {},
  proxy: string | null | undefined = null,
): Promise<Exchange> {
  const timeouts = { ...DEFAULT_TIMEOUTS, connectMs: 1000 }
  const conversation = openConversation({ origin, nowMs: Date.now, proxy, timeouts })
  onTestFinished(() => conversation.close())
  return conversation.ask({
    method: 'POST',
    path: '/payments/cancel',
    headers: {},
    body: '{}',
    answerBytesMax: 1000,
    timeoutMs: 700,
    freshSocket: true,
    ...changes,
  })
}
