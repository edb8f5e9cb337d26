import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import { refundAmount } from '../../../../../src/domain/money'
import { ok } from '../../../../../src/domain/result'
import type { CancelIntent, CancelOutcome, Gateway, PaymentReads } from '../../../../../src/main/core/pg/gateway'
import { createPortoneV2Gateway, type PortoneV2GatewayOptions } from '../../../../../src/main/core/pg/portone-v2/client'
import type { KstDate } from '../../../../../src/domain/time'
import { CHANNEL, httpServer, SHORT, TAG } from '../support'

export const SECRET = 'secret-of-a-v2-test-0123456789'
export const STORE = 'store-of-a-test'
export const PAYMENT = 'ORD-20261121-0001'
export const CANCELLATION = 'cancellation-1'

/** A cancel that was done. */
export const wireCancellation = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  status: 'SUCCEEDED',
  id: CANCELLATION,
  pgCancellationId: 'pg-cancel-1',
  totalAmount: 10_000,
  taxFreeAmount: 0,
  vatAmount: 909,
  reason: `${TAG} 고객 변심`,
  cancelledAt: '2026-11-21T05:00:01.123456789Z',
  requestedAt: '2026-11-21T05:00:00Z',
  ...changes,
})

/** The payment that such a cancel leaves behind. */
export const wirePayment = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  status: 'PARTIAL_CANCELLED',
  id: PAYMENT,
  transactionId: 'transaction-1',
  merchantId: 'merchant-1',
  storeId: STORE,
  method: { type: 'PaymentMethodCard' },
  channel: { type: 'LIVE', id: 'channel-1', pgProvider: 'KCP_V2', pgMerchantId: 'MID' },
  version: 'V2',
  requestedAt: '2026-11-20T04:59:00Z',
  updatedAt: '2026-11-21T05:00:01Z',
  statusChangedAt: '2026-11-21T05:00:01Z',
  orderName: '드립 커피',
  amount: {
    total: 30_000,
    taxFree: 0,
    vat: 2727,
    supply: 27_273,
    discount: 0,
    paid: 30_000,
    cancelled: 10_000,
    cancelledTaxFree: 0,
  },
  currency: 'KRW',
  customer: { name: '김가온', phoneNumber: '010-0000-0001', email: 'buyer001@example.com' },
  origin: { platformType: 'PC', ipAddress: '127.0.0.1' },
  paidAt: '2026-11-20T14:00:00+09:00',
  pgTxId: 'kcp-1',
  cancellations: [wireCancellation()],
  cancelledAt: '2026-11-21T05:00:01Z',
  ...changes,
})

export const wireAmount = (changes: Record<string, unknown>): Record<string, unknown> => ({
  ...(wirePayment()['amount'] as object),
  ...changes,
})

export const wireEvent = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'PARTIAL_CANCELLED',
  id: 'event-1',
  paymentId: PAYMENT,
  transactionId: 'transaction-1',
  merchantId: 'merchant-1',
  storeId: STORE,
  channel: { type: 'LIVE', pgProvider: 'KCP_V2', pgMerchantId: 'MID' },
  version: 'V2',
  requestedAt: '2026-11-20T04:59:00Z',
  createdAt: '2026-11-21T05:00:01Z',
  orderName: '드립 커피',
  totalAmount: wirePayment()['amount'],
  currency: 'KRW',
  customer: {},
  eventAmount: -10_000,
  origin: { platformType: 'PC', ipAddress: '127.0.0.1' },
  ...changes,
})

export function anIntent(changes: Partial<CancelIntent> = {}): CancelIntent {
  return {
    pgKey: PAYMENT,
    pgTransactionKey: 'kcp-1',
    provider: 'kcp',
    method: 'card',
    paid: refundAmount(30_000),
    amount: refundAmount(10_000),
    checksum: refundAmount(30_000),
    taxFree: null,
    vat: null,
    account: null,
    basket: [],
    requestedOn: '2026-11-21' as KstDate,
    tag: TAG,
    reason: '고객 변심',
    ...changes,
  }
}

export type V2Gateway = Gateway & { readonly reads: PaymentReads }

export function aGateway(
  origin: string,
  {
    storeId = '',
    includeTest = false,
    ...changes
  }: Partial<PortoneV2GatewayOptions> & {
    readonly storeId?: string
    readonly includeTest?: boolean
  } = {},
): V2Gateway {
  const gateway = createPortoneV2Gateway({
    channelId: CHANNEL,
    origin,
    secrets: async () => ok({ apiSecret: SECRET }),
    settings: { pg: 'portone-v2', storeId, includeTest },
    nowMs: Date.now,
    timeouts: SHORT,
    ...changes,
  })
  onTestFinished(() => gateway.close())
  return gateway as V2Gateway
}

export const send = (gateway: Gateway, intent = anIntent(), signal?: AbortSignal): Promise<CancelOutcome> =>
  gateway.sendCancel(gateway.encodeCancel(intent), intent, signal)

/** One request as it arrived. */
export interface Asked {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** The JSON in the query's `requestBody`. */
  readonly filter: Record<string, unknown>
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Said {
  readonly status?: number
  /** An object is sent as JSON. */
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A PG that says what a test tells it to, and writes down what it was asked. `null` cuts the connection. */
export async function scripted(
  answer: (asked: Asked) => Said | null | Promise<Said | null>,
): Promise<{ readonly origin: string; readonly asked: readonly Asked[] }> {
  const all: Asked[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url ?? '', 'http://x')
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      filter: JSON.parse(url.searchParams.get('requestBody') ?? '{}') as Record<string, unknown>,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    all.push(asked)
    const said = await answer(asked)
    if (said === null) {
      request.socket.destroy()
      return
    }
    const text = typeof said.body === 'string' ? said.body : JSON.stringify(said.body)
    response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers }).end(text)
  }
  // A client that went away in the middle of its request is what some of these tests are about.
  const origin = await httpServer((request, response) => void handle(request, response).catch(() => response.destroy()))
  return { origin, asked: all }
}

export const NOT_FOUND: Said = {
  status: 404,
  body: { type: 'PAYMENT_NOT_FOUND', message: '결제 건이 존재하지 않습니다' },
}

/** A cancel that is answered so, with the payment that is read afterwards. */
export const pgThatSays = (cancel: Said | null, payment: Said | null = { body: wirePayment() }) =>
  scripted(({ method }) => (method === 'POST' ? cancel : payment))
