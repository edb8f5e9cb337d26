import { createHmac } from 'node:crypto'
import type { Books } from '../books'
import { kstDigits } from '../clock'
import type { FaultRule, Scenario } from '../scenario'
import { refundAnswer } from './answer-shape'
import { fateOf } from './fates'
import { readRevise, type ReviseOrder } from './fields'
import type { KiccBody, KiccRequest } from './ledger'
import { merchantOf, type KiccMerchant } from './merchants'
import { noteOf } from './note'
import type { KiccRefund } from './payment'
import { REFUSALS, UNKNOWN_RESULTS, type Refusal, type UnknownResult } from './results'
import { judge, REFUND_TYPES, type Judged } from './rules'

/** KST day as KICC writes it: `yyyyMMdd`. */
export const dayOf = (atMs: number): string => kstDigits(atMs).slice(0, 8)

export function authValueOf(pgCno: string, shopTransactionId: string, secret: string): string {
  return createHmac('sha256', secret).update(`${pgCno}|${shopTransactionId}`).digest('hex')
}

export const unknownResultOf = (fault: FaultRule | undefined): UnknownResult | null =>
  fault?.kind === 'kicc_vtim' || fault?.kind === 'kicc_vt00' ? UNKNOWN_RESULTS[fault.kind] : null

export const refusalBody = ({ resCd, resMsg }: Refusal, fields: KiccBody): KiccBody => ({
  resCd,
  resMsg,
  shopTransactionId: typeof fields['shopTransactionId'] === 'string' ? fields['shopTransactionId'] : '',
  ...(typeof fields['mallId'] === 'string' ? { mallId: fields['mallId'] } : {}),
})

/** What goes out in place of the true answer. */
export const unknownBody = (resCd: UnknownResult, fields: KiccBody): KiccBody =>
  refusalBody({ resCd, resMsg: '처리 결과를 확인할 수 없습니다. 재조회가 필요합니다.' }, fields)

export interface ReviseCall {
  readonly books: Books
  readonly fields: KiccBody
  readonly nowMs: number
  readonly scenario: Scenario
  readonly fault: FaultRule | undefined
}

/**
 * POST /api/trades/revise. Judges and books in one step without waiting in between, and the effect is durable on
 * return. A request uses its key up once it has proved whose it is and that it is of today; from then on its answer is
 * remembered, refusals included.
 */
export function revise(call: ReviseCall): KiccBody {
  const { books, fields, nowMs, fault } = call
  const type = fields['reviseTypeCode']
  const pgCno = typeof fields['pgCno'] === 'string' ? fields['pgCno'] : null
  if (typeof type === 'string' && type !== '' && !REFUND_TYPES.has(type))
    books.addAlarm({ alarm: 'not_a_refund', pgCno, atMs: nowMs })

  const order = readRevise(fields)
  if ('resCd' in order) return refusalBody(order, fields)
  const merchant = merchantOf(order.mallId)
  if (merchant === undefined) return refusalBody(REFUSALS.merchant, fields)
  if (order.authValue !== authValueOf(order.pgCno, order.shopTransactionId, merchant.secret))
    return refusalBody(REFUSALS.authentication, fields)
  if (order.day !== dayOf(nowMs)) return refusalBody(REFUSALS.day, fields)
  if (order.query) return query(call, order)
  if (books.kicc.request(order.mallId, order.shopTransactionId, order.day) !== undefined)
    return refusalBody(REFUSALS.duplicate, fields)

  warn(books, order, nowMs)
  const told = unknownResultOf(fault)
  const judged = judge(order, groundsOf(call, merchant, order))
  const lost = told !== null && fault?.effect !== true
  const refund = 'resCd' in judged || lost ? null : newRefund(call, order, judged)
  const answer =
    'resCd' in judged
      ? refusalBody(judged, fields)
      : refund === null
        ? refusalBody(REFUSALS.notProcessed, fields)
        : refundAnswer(paymentOf(books, order), refund, books.kicc.refunds().length)
  const { mallId, shopTransactionId, day } = order
  const amount = 'resCd' in judged ? order.amount : judged.amount
  books.kicc.addRequest(
    { mallId, shopTransactionId, day, atMs: nowMs, note: noteOf(fields), amount, answer, told },
    refund,
  )
  return told === null ? answer : unknownBody(told, fields)
}

/** Two ways to pay twice that KICC does not stop. They are carried out all the same; the books tell. */
function warn(books: Books, order: ReviseOrder, nowMs: number): void {
  const { mallId, pgCno, shopTransactionId } = order
  const earlier = books.kicc.requests().filter((request) => request.mallId === mallId)
  if (order.typeCode === '63' && earlier.some(({ note, told }) => told !== null && note.pgCno === pgCno))
    books.addAlarm({ alarm: 'unflagged_second_refund', pgCno, atMs: nowMs })
  if (earlier.some((request) => request.shopTransactionId === shopTransactionId))
    books.addAlarm({ alarm: 'key_of_another_day', pgCno, atMs: nowMs })
}

function groundsOf({ books, scenario }: ReviseCall, merchant: KiccMerchant, { pgCno }: ReviseOrder) {
  const remainAmount = scenario.kicc?.remainAmount?.[merchant.mallId] ?? merchant.remainAmount
  return { merchant, account: books.kicc.account(pgCno), remainAmount }
}

function paymentOf(books: Books, { pgCno }: ReviseOrder) {
  const account = books.kicc.account(pgCno)
  if (account === undefined) throw new Error(`the books know no KICC payment ${pgCno}`)
  return account.payment
}

function newRefund({ books, fields, nowMs, scenario }: ReviseCall, order: ReviseOrder, judged: Judged): KiccRefund {
  const { mallId, pgCno, shopTransactionId, day, tax, bankCode, accountNo } = order
  const { amount, deposit, balance } = judged
  const { fate, dueAtMs } = fateOf(order.typeCode, accountNo, nowMs, scenario.kicc?.holidays ?? [])
  return {
    // Twenty digits, unique by the count of refunds even where the clock went back.
    cancelPgCno: `9${kstDigits(nowMs)}${String(books.kicc.refunds().length + 1).padStart(5, '0')}`,
    pgCno,
    mallId,
    shopTransactionId,
    day,
    reviseTypeCode: order.typeCode,
    amount,
    tax,
    depositPgCno: deposit?.pgCno ?? null,
    balanceAfter: balance - amount,
    acceptedAtMs: nowMs,
    fate,
    dueAtMs,
    account: fate === 'bounced' ? { bankCode, accountNo } : null,
    request: noteOf(fields),
  }
}

/**
 * A request with refundQueryFlag "Y" asks for the result of an earlier one of the same day and never moves money, nor
 * does it use its key up. UNCONFIRMED how KICC finds the earlier one: by the same key, or, where the query brings a
 * new key, the last request of this payment and amount.
 */
function query({ books, fields, fault }: ReviseCall, order: ReviseOrder): KiccBody {
  if (order.typeCode !== '63') return refusalBody(REFUSALS.queryService, fields)
  const told = unknownResultOf(fault)
  if (told !== null) return unknownBody(told, fields)
  const found = askedFor(books, order)
  if (found === undefined) return refusalBody(REFUSALS.queryNotFound, fields)
  if (found.told !== null) books.kicc.resolve(found)
  return { ...found.answer, shopTransactionId: order.shopTransactionId }
}

function askedFor({ kicc }: Books, order: ReviseOrder): KiccRequest | undefined {
  const { mallId, shopTransactionId, pgCno, day } = order
  const same = kicc.request(mallId, shopTransactionId, day)
  if (same !== undefined) return same.note.pgCno === pgCno && same.note.reviseTypeCode === '63' ? same : undefined
  return kicc.requests().findLast(
    (request) =>
      request.mallId === mallId &&
      request.day === day &&
      request.note.pgCno === pgCno &&
      request.note.reviseTypeCode === '63' &&
      // A full refund may be asked after without an amount.
      (order.amount === null ? request.note.reviseSubTypeCode === order.subTypeCode : request.amount === order.amount),
  )
}
