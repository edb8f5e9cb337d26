import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createBooks } from '../../../src/practice/books'
import type { V2Payment } from '../../../src/practice/portone-v2/payment'
import { V2_SECRET } from '../../../src/practice/portone-v2/protocol'
import type { FaultRule, Scenario } from '../../../src/practice/scenario'
import { createPracticePg } from '../../../src/practice/server'
import { schemaFaults, type Schema } from '../schema-check'
import { CONTROL_KEY, fakeClock, NOON_MS, temporaryFolder } from '../support'

/** PortOne's own description is not part of this repository; it is looked for beside it. */
const OFFICIAL_FILE = join(import.meta.dirname, '../../../../shared/reference/portone-v2.openapi.json')
export const hasOfficial = existsSync(OFFICIAL_FILE)

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json'?: { readonly schema: Schema } } }>
  >
}
interface Official {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}
const official = (
  hasOfficial ? JSON.parse(readFileSync(OFFICIAL_FILE, 'utf8')) : { paths: {}, components: { schemas: {} } }
) as Official
export const officialSchemas = official.components.schemas
const check = { schemas: officialSchemas, nullIsMissing: false, unknownIsFault: true }

export interface V2Reply {
  readonly status: number
  // Answers are judged field by field in the tests, so they stay loose here.
  readonly body: Record<string, unknown>
}

/** Prose documents this type, the schema does not carry it. */
const OUTSIDE_THE_SCHEMA = ['IDEMPOTENCY_OUTSTANDING_REQUEST']

/** What is wrong with an answer by the official description; nothing where that is not at hand. */
export function officialFaults(method: string, path: string, { status, body }: V2Reply): string[] {
  if (!hasOfficial || OUTSIDE_THE_SCHEMA.includes(String(body['type']))) return []
  const place = path.split('?')[0] ?? ''
  const template = place.replace(/^\/payments\/[^/]+/, '/payments/{paymentId}')
  const schema = official.paths[template]?.[method.toLowerCase()]?.responses[String(status)]?.content
  const described = schema?.['application/json']?.schema
  return described === undefined
    ? [`${method} ${template} knows no ${status}`]
    : schemaFaults(check, described, body, `${method} ${template} ${status}`)
}

export const PAYMENT_ID = 'order-test-0001'
export const AUTHORIZATION = `PortOne ${V2_SECRET}`
export const A_KEY = '"test-key-00000001"'

const card = {
  type: 'PaymentMethodCard',
  card: {
    publisher: 'SHINHAN_CARD',
    issuer: 'SHINHAN_CARD',
    brand: 'LOCAL',
    type: 'CREDIT',
    ownerType: 'PERSONAL',
    bin: '999999',
    name: '신한카드',
    number: '999999******0000',
  },
  approvalNumber: '00000001',
  installment: { month: 0, isInterestFree: false },
  pointUsed: false,
} as const

export const VIRTUAL_ACCOUNT = {
  type: 'PaymentMethodVirtualAccount',
  bank: 'SHINHAN',
  accountNumber: '99820001000001',
  accountType: 'NORMAL',
  remitteeName: '연습상점',
  remitterName: '김가온',
  expiredAt: '2026-11-24T05:00:00Z',
  issuedAt: '2026-11-21T03:59:00Z',
} as const

export const REFUND_ACCOUNT = { bank: 'KOOKMIN', number: '999012345678', holderName: '김가온' } as const

/** A card payment of 30,000 won at Toss Payments, paid an hour ago, unless told otherwise. */
export function aV2Payment(changes: Partial<V2Payment> = {}): V2Payment {
  const paidAtMs = NOON_MS - 60 * 60 * 1000
  return {
    paymentId: PAYMENT_ID,
    transactionId: 'practice-tx-1',
    status: 'PAID',
    method: card,
    channel: aChannel('TOSSPAYMENTS'),
    orderName: '드립 커피',
    currency: 'KRW',
    total: 30_000,
    taxFree: 0,
    promotion: null,
    customer: { id: 'buyer-1', name: '김가온', email: 'buyer001@example.com', phoneNumber: '010-0000-0001' },
    escrow: false,
    isCulturalExpense: false,
    requestedAtMs: paidAtMs - 60_000,
    paidAtMs,
    failedAtMs: null,
    failure: null,
    pgTxId: 'toss-000001',
    cancels: [],
    ...changes,
  }
}

export const aChannel = (pgProvider: V2Payment['channel']['pgProvider']): V2Payment['channel'] => ({
  type: 'LIVE',
  id: 'channel-id-test',
  key: 'channel-key-test',
  name: '연습',
  pgProvider,
  pgMerchantId: 'practice',
})

/** A whole request: amount, balance and reason. */
export const aCancel = (changes: Record<string, unknown> = {}) => ({
  amount: 10_000,
  currentCancellableAmount: 30_000,
  reason: 'R1 변심',
  ...changes,
})

export const onCancel = (rule: Omit<FaultRule, 'path'>): Scenario => ({
  rules: [{ path: `/payments/${PAYMENT_ID}/cancel`, ...rule }],
})

/** The practice PG over V2 payments; every JSON answer that comes through here is held against the description. */
export async function startV2(
  options: { readonly payments?: readonly V2Payment[]; readonly scenario?: Scenario; readonly booksFile?: string } = {},
) {
  const clock = fakeClock()
  const booksFile = options.booksFile ?? join(temporaryFolder(), 'books.jsonl')
  const books = createBooks(booksFile, {
    nowMs: clock.nowMs,
    payments: [],
    v2Payments: options.payments ?? [aV2Payment()],
  })
  const pg = await createPracticePg({ books, clock, scenario: options.scenario ?? {}, controlKey: CONTROL_KEY })
  onTestFinished(async () => {
    await pg.close()
    books.close()
  })

  const call = async (
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<V2Reply> => {
    const response = await fetch(pg.origin + path, {
      method,
      headers: { authorization: AUTHORIZATION, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const reply = { status: response.status, body: (await response.json()) as Record<string, unknown> }
    expect(officialFaults(method, path, reply)).toEqual([])
    return reply
  }
  return {
    pg,
    books,
    booksFile,
    clock,
    call,
    get: (path: string, headers: Record<string, string> = {}) => call('GET', path, undefined, headers),
    /** A list with its fields in the query. */
    list: (path: string, fields: unknown) =>
      call('GET', `${path}?requestBody=${encodeURIComponent(JSON.stringify(fields))}`),
    cancel: (fields: unknown = aCancel(), headers: Record<string, string> = {}, paymentId = PAYMENT_ID) =>
      call('POST', `/payments/${paymentId}/cancel`, fields, headers),
    /** What really went back to buyers, or is on its way. */
    refunded: (paymentId = PAYMENT_ID): number =>
      (books.v2Account(paymentId)?.cancels ?? [])
        .filter(({ status }) => status !== 'FAILED')
        .reduce((total, { amount }) => total + amount, 0),
  }
}

export type V2Test = Awaited<ReturnType<typeof startV2>>

export const cancellationOf = ({ body }: V2Reply): Record<string, unknown> =>
  body['cancellation'] as Record<string, unknown>

/** Waits for a state of the PG that comes within milliseconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error('it never came')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
