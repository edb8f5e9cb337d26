import type { Books } from '../../src/practice/books'
import type { FaultKind } from '../../src/practice/scenario'
import type { RequestNote } from '../../src/practice/server'

/** Whose payments a shop has. */
export const SHOP_PGS = ['portone-v1', 'kicc', 'portone-v2'] as const
export type ShopPg = (typeof SHOP_PGS)[number]
export const PG_CHOICES = [...SHOP_PGS, 'mixed'] as const
export type PgChoice = (typeof PG_CHOICES)[number]

export const pgsOf = (choice: PgChoice): readonly ShopPg[] => (choice === 'mixed' ? SHOP_PGS : [choice])

/** Where each PG is asked for a refund; at KICC the questions with the flag come there as well. */
export const CANCEL_PATHS: Readonly<Record<ShopPg, string>> = {
  'portone-v1': '/payments/cancel',
  kicc: '/api/trades/revise',
  'portone-v2': '/payments/*/cancel',
}

/** Where each PG is read; at KICC only what became of our own requests. */
export const READ_PATHS: Readonly<Record<ShopPg, string>> = {
  'portone-v1': '/payments',
  kicc: '/api/trades/retrieveTransaction',
  // Payments of the made-up shop; a cancel's path begins like that too.
  'portone-v2': '/payments/FLT2-*',
}

/** Answers that are lost or spoiled though the refund took effect. */
export const LOST_AFTER_EFFECT: Readonly<Record<ShopPg, readonly FaultKind[]>> = {
  'portone-v1': ['response_null', 'wrong_imp_uid'],
  kicc: ['response_null', 'wrong_imp_uid', 'kicc_vtim', 'kicc_vt00'],
  'portone-v2': ['response_null', 'wrong_imp_uid', 'v2_pg_provider'],
}

/** A refund as a request asked for it, whatever the PG calls it. */
export interface Asked {
  readonly pg: ShopPg
  readonly tag: string
  /** What makes the PG take a second one for the first; null where the PG knows no such thing. */
  readonly key: string | null
  /** Whether the balance that the caller believes in stands in it. */
  readonly saysBalance: boolean
  /** The Seoul day that it names, `yyyyMMdd`. */
  readonly day: string | null
}

export const tagOf = (text: string): string => /^RD[0-9A-Z]{8}/.exec(text)?.[0] ?? text

/** What this request asked to be refunded; null for everything else, KICC's questions included. */
export function refundAskedBy({ cancel, revise, v2Cancel }: RequestNote): Asked | null {
  if (cancel !== null) {
    const saysBalance = cancel.checksum !== null
    return { pg: 'portone-v1', tag: tagOf(cancel.reason ?? ''), key: null, saysBalance, day: null }
  }
  if (revise !== null) {
    if (revise.refundQueryFlag === 'Y') return null
    const key = revise.shopTransactionId ?? ''
    // Whether KICC compares the balance is the merchant's setting; nothing rests on it.
    return { pg: 'kicc', tag: tagOf(key), key, saysBalance: true, day: revise.cancelReqDate }
  }
  if (v2Cancel === null) return null
  const saysBalance = v2Cancel.currentCancellableAmount !== null
  return {
    pg: 'portone-v2',
    tag: tagOf(v2Cancel.reason ?? ''),
    key: v2Cancel.idempotencyKey ?? '',
    saysBalance,
    day: null,
  }
}

export const refundRequests = (requests: readonly RequestNote[]): readonly RequestNote[] =>
  requests.filter((note) => refundAskedBy(note) !== null)

/** Money that a PG gave back, or has taken in to give back. */
export interface Effect {
  readonly pg: ShopPg
  /** The payment's key as our ledger has it. */
  readonly pgKey: string
  readonly tag: string
  readonly amount: number
  readonly ours: boolean
  /** The PG's own number of it. */
  readonly cancelKey: string
}

/** Everything that stands in the PGs' books; what was rejected, sent back or withdrawn took nothing. */
export function effectsIn(books: Books): readonly Effect[] {
  const v1 = [...books.accounts()].flatMap(({ payment, cancels }) =>
    cancels.map(({ id, reason, amount, source }): Effect => {
      const ours = source === 'api'
      return { pg: 'portone-v1', pgKey: payment.impUid, tag: tagOf(reason), amount, ours, cancelKey: id }
    }),
  )
  const kicc = books.kicc
    .refunds()
    .filter(({ state }) => state === 'accepted' || state === 'paid')
    .map(({ pgCno, depositPgCno, shopTransactionId, amount, cancelPgCno }): Effect => {
      const tag = tagOf(shopTransactionId)
      const ours = tag.startsWith('RD')
      return { pg: 'kicc', pgKey: depositPgCno ?? pgCno, tag, amount, ours, cancelKey: cancelPgCno }
    })
  const v2 = books
    .v2Cancels()
    .filter(({ status }) => status !== 'FAILED')
    .map(({ paymentId, amount, request, trigger, cancellationId }): Effect => {
      const tag = tagOf(request?.reason ?? '')
      return { pg: 'portone-v2', pgKey: paymentId, tag, amount, ours: trigger === 'API', cancelKey: cancellationId }
    })
  return [...v1, ...kicc, ...v2]
}

/** What was paid in, by the payment's key in our ledger. */
export function paidIn(books: Books): ReadonlyMap<string, number> {
  return new Map([
    ...[...books.accounts()].map(({ payment }) => [payment.impUid, payment.amount] as const),
    ...books.kicc
      .accounts()
      .flatMap(({ payment }) =>
        payment.method === '22'
          ? payment.deposits.map(({ pgCno, amount }) => [pgCno, amount] as const)
          : [[payment.pgCno, payment.amount] as const],
      ),
    ...[...books.v2Accounts()].map(({ payment }) => [payment.paymentId, payment.total] as const),
  ])
}

/** Payments that gave back more than was paid in. */
export function overdrawn(books: Books): readonly string[] {
  const sums = new Map<string, number>()
  for (const { pgKey, amount } of effectsIn(books)) sums.set(pgKey, (sums.get(pgKey) ?? 0) + amount)
  return [...paidIn(books)].filter(([pgKey, paid]) => (sums.get(pgKey) ?? 0) > paid).map(([pgKey]) => pgKey)
}

/** What no client may ever do, by the PG's own words; `transaction` as KICC names a payment. */
export const alarmsIn = (books: Books): readonly { readonly alarm: string; readonly transaction: string | null }[] =>
  [...books.alarms(), ...books.v2Alarms()].map((each) => ({
    alarm: each.alarm,
    transaction: 'pgCno' in each ? each.pgCno : null,
  }))
