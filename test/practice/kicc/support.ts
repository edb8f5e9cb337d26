import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createBooks } from '../../../src/practice/books'
import type { KiccPayment } from '../../../src/practice/kicc/payment'
import type { FaultRule, Scenario } from '../../../src/practice/scenario'
import { createPracticePg } from '../../../src/practice/server'
import { CONTROL_KEY, fakeClock, NOON_MS, temporaryFolder } from '../support'

/** Saturday, 21 Nov 2026. */
export const TODAY = '20261121'
/** Written down a second time on purpose. */
const SECRETS: Readonly<Record<string, string>> = {
  T0000001: 'practice-kicc-secret-1',
  T0000002: 'practice-kicc-secret-2',
}

export const PG_CNO = '20000000000000000001'
export const DEPOSIT = '30000000000000000001'
const HOUR_MS = 60 * 60 * 1000

/** A virtual account of T0000002 (real time) with one deposit of 30,000 won, an hour ago, unless told otherwise. */
export function aKiccPayment(changes: Partial<KiccPayment> = {}): KiccPayment {
  return {
    pgCno: PG_CNO,
    mallId: 'T0000002',
    shopOrderNo: 'KE-20261121-001',
    method: '22',
    amount: 30_000,
    goodsName: '드립 커피',
    customerName: '김가온',
    approvedAtMs: NOON_MS - 2 * HOUR_MS,
    vbank: { bankCode: '088', accountNo: '99700000000001' },
    deposits: [{ pgCno: DEPOSIT, amount: 30_000, atMs: NOON_MS - HOUR_MS }],
    escrow: false,
    tax: null,
    basket: [],
    cashReceipt: 'none',
    ...changes,
  }
}

/** The same, of the MID with settlement refunds. */
export const aSettlementPayment = (changes: Partial<KiccPayment> = {}): KiccPayment =>
  aKiccPayment({ mallId: 'T0000001', ...changes })

/** The other numbers of a second payment. */
export const OTHER = {
  pgCno: '20000000000000000002',
  deposits: [{ pgCno: '30000000000000000002', amount: 30_000, atMs: NOON_MS - HOUR_MS }],
} as const

export const ACCOUNT = {
  refundBankCode: '088',
  refundAccountNo: '99900000000011',
  refundDepositName: '김가온',
} as const

export type Fields = Readonly<Record<string, unknown>>

let keys = 0

/** A real-time refund of 10,000 won with a key of its own, rightly authenticated unless `msgAuthValue` is given. */
export function aRevise(changes: Fields = {}): Fields {
  keys += 1
  const fields: Fields = {
    mallId: 'T0000002',
    shopTransactionId: `key-${keys}`,
    pgCno: PG_CNO,
    reviseTypeCode: '63',
    reviseSubTypeCode: '11',
    amount: 10_000,
    cancelReqDate: TODAY,
    reviseMessage: 'R1 변심',
    refundInfo: ACCOUNT,
    ...changes,
  }
  const msgAuthValue = createHmac('sha256', SECRETS[String(fields['mallId'])] ?? 'none')
    .update(`${String(fields['pgCno'])}|${String(fields['shopTransactionId'])}`)
    .digest('hex')
  return { msgAuthValue, ...fields }
}

/** A settlement refund of 10,000 won. */
export const aSettlement = (changes: Fields = {}): Fields =>
  aRevise({ mallId: 'T0000001', reviseTypeCode: '62', reviseSubTypeCode: 'RF01', ...changes })

export interface KiccAnswer {
  readonly status: number
  readonly resCd: string
  // Answers are judged field by field in the tests, so they stay loose here.
  readonly body: Readonly<Record<string, unknown>>
}

export async function startKicc(
  options: { readonly payments?: readonly KiccPayment[]; readonly scenario?: Scenario; readonly atMs?: number } = {},
) {
  const clock = fakeClock(options.atMs)
  const booksFile = join(temporaryFolder(), 'books.jsonl')
  const books = createBooks(booksFile, {
    nowMs: clock.nowMs,
    payments: [],
    kiccPayments: options.payments ?? [aKiccPayment()],
  })
  const pg = await createPracticePg({ books, clock, scenario: options.scenario ?? {}, controlKey: CONTROL_KEY })
  onTestFinished(async () => {
    await pg.close()
    books.close()
  })

  const send = async (path: string, body: string, type = 'application/json; charset=utf-8'): Promise<KiccAnswer> => {
    const answer = await fetch(pg.origin + path, { method: 'POST', headers: { 'content-type': type }, body })
    const content = (await answer.json()) as Record<string, unknown>
    return { status: answer.status, resCd: String(content['resCd']), body: content }
  }
  const revise = (fields: Fields) => send('/api/trades/revise', JSON.stringify(fields))
  return {
    pg,
    books,
    booksFile,
    clock,
    send,
    revise,
    codeOf: async (fields: Fields) => (await revise(fields)).resCd,
    retrieve: (shopTransactionId: unknown, transactionDate = TODAY, mallId = 'T0000002') =>
      send('/api/trades/retrieveTransaction', JSON.stringify({ mallId, shopTransactionId, transactionDate })),
    control: (method: 'GET' | 'POST', place: string, fields?: Fields) =>
      fetch(`${pg.origin}/__practice/${place}`, {
        method,
        headers: { 'x-practice-control': CONTROL_KEY, 'content-type': 'application/json' },
        ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
      }),
    alarms: () => books.alarms().map(({ alarm }) => alarm),
    /** What took money, as a judge counts it. */
    refunded: (pgCno = PG_CNO) =>
      books.kicc
        .refunds()
        .filter((refund) => refund.pgCno === pgCno && (refund.state === 'accepted' || refund.state === 'paid'))
        .reduce((total, { amount }) => total + amount, 0),
  }
}

export const onRevise = (rule: Omit<FaultRule, 'path'>): Scenario => ({
  rules: [{ path: '/api/trades/revise', ...rule }],
})

export const atKst = (text: string): number => Date.parse(`${text}+09:00`)
