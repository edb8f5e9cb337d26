import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createBooks } from '../../src/practice/books'
import type { PracticePayment } from '../../src/practice/portone-v1/payment'
import { PRACTICE_KEY, PRACTICE_SECRET } from '../../src/practice/portone-v1/token'
import type { Scenario } from '../../src/practice/scenario'
import { createPracticePg, type PracticePg } from '../../src/practice/server'

/** 21 Nov 2026, 14:00 in Seoul. */
export const NOON_MS = Date.parse('2026-11-21T05:00:00Z')
export const CONTROL_KEY = 'control-key-of-a-test'
export const DAY_MS = 24 * 60 * 60 * 1000

export interface Envelope {
  readonly code: number
  readonly message: string | null
  // Answers are judged field by field in the tests, so they stay loose here.
  readonly response: Record<string, unknown> & { readonly list?: readonly Record<string, unknown>[] }
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'practice-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A clock that stands still until it is moved. */
export function fakeClock(startMs = NOON_MS) {
  let atMs = startMs
  return {
    nowMs: () => atMs,
    advance: (ms: number) => {
      atMs += ms
    },
    set: (ms: number) => {
      atMs = ms
    },
  }
}

/** A card payment of 30,000 won at KCP, paid an hour ago, unless told otherwise. */
export function aPayment(changes: Partial<PracticePayment> = {}): PracticePayment {
  const paidAtMs = NOON_MS - 60 * 60 * 1000
  return {
    impUid: 'imp_000000000001',
    merchantUid: 'ORD-20261121-0001',
    payMethod: 'card',
    pgProvider: 'kcp',
    pgTid: 'kcp-000001',
    pgId: 'practice-kcp',
    status: 'paid',
    currency: 'KRW',
    amount: 30_000,
    taxFree: 0,
    vatAmount: null,
    name: '드립 커피',
    buyerName: '김가온',
    buyerTel: '010-0000-0001',
    buyerEmail: 'buyer001@example.com',
    escrow: false,
    sandbox: false,
    startedAtMs: paidAtMs - 60_000,
    paidAtMs,
    failedAtMs: null,
    failReason: null,
    card: null,
    bank: null,
    vbank: null,
    cancels: [],
    ...changes,
  }
}

export interface TestPg {
  readonly pg: PracticePg
  readonly clock: ReturnType<typeof fakeClock>
  readonly booksFile: string
  readonly get: (
    path: string,
    headers?: Record<string, string>,
  ) => Promise<{ readonly status: number; readonly body: Envelope }>
  readonly post: (path: string, fields: unknown) => Promise<{ readonly status: number; readonly body: Envelope }>
  readonly cancel: (fields: Record<string, unknown>) => Promise<{ readonly status: number; readonly body: Envelope }>
  readonly control: (
    method: 'GET' | 'POST',
    place: string,
    fields?: unknown,
  ) => Promise<{ readonly status: number; readonly body: Record<string, unknown> }>
  /** The sum of what was really refunded. */
  readonly refunded: (impUid?: string) => number
}

/** The practice PG on a free port over books of its own, with a token in hand. */
export async function startPg(
  options: {
    readonly payments?: readonly PracticePayment[]
    readonly scenario?: Scenario
    readonly atMs?: number
    readonly controlKey?: string | null
  } = {},
): Promise<TestPg> {
  const clock = fakeClock(options.atMs)
  const booksFile = join(temporaryFolder(), 'books.jsonl')
  const books = createBooks(booksFile, { nowMs: clock.nowMs, payments: options.payments ?? [aPayment()] })
  const controlKey = options.controlKey === undefined ? CONTROL_KEY : options.controlKey
  const pg = await createPracticePg({
    books,
    clock,
    scenario: options.scenario ?? {},
    ...(controlKey === null ? {} : { controlKey }),
  })
  onTestFinished(async () => {
    await pg.close()
    books.close()
  })

  const json = { 'content-type': 'application/json' }
  const issued = await fetch(`${pg.origin}/users/getToken`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ imp_key: PRACTICE_KEY, imp_secret: PRACTICE_SECRET }),
  })
  const { response } = (await issued.json()) as Envelope
  const authorization = `Bearer ${String(response['access_token'])}`

  const read = async (answer: Response) => ({ status: answer.status, body: (await answer.json()) as Envelope })
  const post = async (path: string, fields: unknown) =>
    read(
      await fetch(pg.origin + path, {
        method: 'POST',
        headers: { ...json, authorization },
        body: JSON.stringify(fields),
      }),
    )
  return {
    pg,
    clock,
    booksFile,
    get: async (path, headers = {}) => read(await fetch(pg.origin + path, { headers: { authorization, ...headers } })),
    post,
    cancel: (fields) => post('/payments/cancel', fields),
    control: async (method, place, fields) => {
      const answer = await fetch(`${pg.origin}/__practice/${place}`, {
        method,
        headers: { 'x-practice-control': CONTROL_KEY, ...json },
        ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
      })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    refunded: (impUid = 'imp_000000000001') =>
      books.account(impUid)?.cancels.reduce((total, { amount }) => total + amount, 0) ?? 0,
  }
}

/** The three account fields, with KCP's code of Shinhan Bank. */
export const KCP_ACCOUNT = { refund_holder: '김가온', refund_bank: 'BK88', refund_account: '999012345678' } as const

export const aCancel = (changes: Record<string, unknown> = {}) => ({
  imp_uid: 'imp_000000000001',
  amount: 10_000,
  checksum: 30_000,
  reason: 'R1 변심',
  ...changes,
})
