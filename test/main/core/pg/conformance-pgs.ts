import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FIRST_OPTIONS, type ChannelOptions } from '../../../../src/domain/channel-options'
import { refundAmount } from '../../../../src/domain/money'
import type { Problem } from '../../../../src/domain/problem'
import { kstDate } from '../../../../src/domain/time'
import type { CancelIntent, CancelOutcome } from '../../../../src/main/core/pg/gateway'
import type { Books, BooksOptions } from '../../../../src/practice/books'
import { aKiccPayment, DEPOSIT, PG_CNO } from '../../../practice/kicc/support'
import { aV2Payment, PAYMENT_ID, VIRTUAL_ACCOUNT } from '../../../practice/portone-v2/support'
import { aPayment, NOON_MS } from '../../../practice/support'
import { hasPage, pageFaults } from './kicc/page'
import { bodySchema, faults, hasOfficial } from './portone-v2/openapi'
import { ACCOUNT, anIntent } from './support'

/** What differs from PG to PG by nature. Everything else is the same promise for all. */
export interface PgUnderTest {
  readonly options: ChannelOptions
  readonly keys: Readonly<Record<string, string>>
  /** Names of the secrets among the keys. */
  readonly otherKeys: Readonly<Record<string, string>>
  /** Where a refund is sent to. */
  readonly path: string
  /** One payment of 30,000 won over a virtual account, paid today. */
  readonly books: BooksOptions
  readonly intent: CancelIntent
  /** What was really given back. */
  readonly refunded: (books: Books) => number
  /** What a refund with another secret comes to: none of them is a success. */
  readonly withOtherKeys: { readonly kind: CancelOutcome['kind']; readonly says: RegExp }
  /** What a connection test says of another secret; null where nothing but a refund can prove it. */
  readonly otherKeysProblem: Problem['code'] | null
  /** What is said of more than the PG has left. */
  readonly overBalance: CancelOutcome['kind']
  /** What an answer about something else comes to: unknown, or still to be read where the answer names no payment. */
  readonly foreignAnswer: CancelOutcome['kind']
  readonly hasDocument: boolean
  /** What is wrong with a request by the PG's own document. */
  readonly documentFaults: (body: Readonly<Record<string, unknown>>) => readonly string[]
}

const intent: CancelIntent = anIntent({
  method: 'virtual-account',
  account: ACCOUNT,
  requestedOn: kstDate(NOON_MS),
  reason: '나예금님 고객 변심',
})

const OFFICIAL_V1 = join(import.meta.dirname, '../../../../../shared/reference/portone-v1.openapi.json')

const portoneV1: PgUnderTest = {
  options: FIRST_OPTIONS['portone-v1'],
  keys: { apiKey: 'practice-key', apiSecret: 'practice-secret' },
  otherKeys: { apiKey: 'practice-key', apiSecret: 'another-secret-of-a-test' },
  path: '/payments/cancel',
  books: { payments: [aPayment({ payMethod: 'vbank' })] },
  intent,
  refunded: (books) => sum(books.account(intent.pgKey)?.cancels),
  withOtherKeys: { kind: 'not-sent', says: /pg-refused-keys/ },
  otherKeysProblem: 'pg-refused-keys',
  overBalance: 'rejected',
  foreignAnswer: 'unknown',
  hasDocument: existsSync(OFFICIAL_V1),
  documentFaults: (body) => {
    interface Parameter {
      readonly name: string
      readonly type: string
    }
    const { paths } = JSON.parse(readFileSync(OFFICIAL_V1, 'utf8')) as {
      paths: Record<string, { post: { parameters: readonly Parameter[] } }>
    }
    const parameters = paths['/payments/cancel']?.post.parameters ?? []
    return Object.entries(body)
      .filter(([name, value]) => parameters.find((each) => each.name === name)?.type !== typeof value)
      .map(([name]) => name)
  },
}

const kicc: PgUnderTest = {
  options: { ...FIRST_OPTIONS.kicc, merchantId: 'T0000001', services: ['settlement'] },
  keys: { secretKey: 'practice-kicc-secret-1' },
  otherKeys: { secretKey: 'another-secret-of-a-test' },
  path: '/api/trades/revise',
  books: { payments: [], kiccPayments: [aKiccPayment({ mallId: 'T0000001' })] },
  intent: { ...intent, pgKey: DEPOSIT, pgTransactionKey: PG_CNO, provider: 'easypay' },
  refunded: (books) => sum(books.kicc.refunds()),
  withOtherKeys: { kind: 'unproven', says: /인증값/ },
  otherKeysProblem: null,
  overBalance: 'unproven',
  foreignAnswer: 'unknown',
  hasDocument: hasPage,
  documentFaults: pageFaults,
}

const kiccRealTime: PgUnderTest = {
  ...kicc,
  options: { ...FIRST_OPTIONS.kicc, merchantId: 'T0000002', services: ['real-time'], preferred: 'real-time' },
  keys: { secretKey: 'practice-kicc-secret-2' },
  books: { payments: [], kiccPayments: [aKiccPayment({ mallId: 'T0000002' })] },
}

const portoneV2: PgUnderTest = {
  options: { ...FIRST_OPTIONS['portone-v2'], storeId: 'store-practice' },
  keys: { apiSecret: 'practice-v2-secret' },
  otherKeys: { apiSecret: 'another-secret-of-a-test' },
  path: `/payments/${PAYMENT_ID}/cancel`,
  books: { payments: [], v2Payments: [aV2Payment({ method: VIRTUAL_ACCOUNT })] },
  intent: { ...intent, pgKey: PAYMENT_ID, pgTransactionKey: 'toss-000001', provider: 'tosspayments' },
  refunded: (books) => sum(books.v2Account(PAYMENT_ID)?.cancels),
  withOtherKeys: { kind: 'unproven', says: /인증 정보/ },
  otherKeysProblem: 'pg-refused-keys',
  overBalance: 'rejected',
  foreignAnswer: 'pending',
  hasDocument: hasOfficial,
  documentFaults: (body) => faults(bodySchema('post', '/payments/{paymentId}/cancel'), body),
}

function sum(cancels: readonly { readonly amount: number }[] = []): number {
  return cancels.reduce((total, { amount }) => total + amount, 0)
}

/** More than the balance of 30,000, for a ledger that believes in more. */
export const TOO_MUCH = {
  paid: refundAmount(50_000),
  checksum: refundAmount(50_000),
  amount: refundAmount(40_000),
} as const

export const PGS: readonly (readonly [string, PgUnderTest])[] = [
  ['PortOne V1', portoneV1],
  ['KICC, settlement', kicc],
  ['KICC, real time', kiccRealTime],
  ['PortOne V2', portoneV2],
]
