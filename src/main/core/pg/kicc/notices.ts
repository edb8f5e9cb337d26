import { createHash } from 'node:crypto'
import { won, WON_MAX, type Won } from '../../../../domain/money'
import type { PaymentMethod } from '../../../../domain/payment'
import type { NoticedPayment, PgNotice } from '../../../../domain/pg-notice'
import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import { scrubMessage } from '../scrub'
import { stampMs } from './stamps'

interface NoticeField {
  /** A key: 20 digits that came as a number have lost some. */
  readonly key: boolean
  /**
   * Whether notifications that differ in it tell of different things. Not the account: it could be guessed from a
   * fingerprint.
   */
  readonly tells: boolean
}

const field = (kind: 'key' | 'value', tells: 'tells' | 'says'): NoticeField => ({
  key: kind === 'key',
  tells: tells === 'tells',
})

/**
 * Every field of a notification that is read, from KICC's notification page, where `depositPgCno` stands with a payout
 * only; `customerName` and `goodsName` are unconfirmed and only shown. The rest, such as bank codes of two digits, is
 * passed over.
 */
export const NOTICE_FIELDS = {
  mallId: field('key', 'tells'),
  notiType: field('value', 'tells'),
  resCd: field('value', 'tells'),
  resMsg: field('value', 'says'),
  pgCno: field('key', 'tells'),
  shopOrderNo: field('key', 'tells'),
  transactionDate: field('value', 'tells'),
  statusCode: field('value', 'tells'),
  payMethodTypeCode: field('value', 'tells'),
  amount: field('value', 'tells'),
  currency: field('value', 'tells'),
  escrowUsed: field('value', 'tells'),
  tlfSno: field('key', 'tells'),
  cancelPgCno: field('key', 'tells'),
  cancelAmount: field('value', 'tells'),
  cancelRemainAmount: field('value', 'tells'),
  depositPgCno: field('key', 'says'),
  accountNo: field('key', 'says'),
  customerName: field('value', 'says'),
  goodsName: field('value', 'says'),
} as const satisfies Readonly<Record<string, NoticeField>>

type FieldName = keyof typeof NOTICE_FIELDS
/** Missing fields are empty. */
type Fields = Readonly<Record<FieldName, string>>

const FIELD_NAMES = Object.keys(NOTICE_FIELDS) as readonly FieldName[]

const METHODS: ReadonlyMap<string, PaymentMethod> = new Map([
  ['11', 'card'],
  ['21', 'transfer'],
  ['22', 'virtual-account'],
  ['31', 'mobile'],
  ['60', 'easy-pay'],
])

/** A payment in one of these states is not, or no more, a paid one. */
const NOT_PAID: ReadonlySet<string> = new Set(['TS02', 'TS05', 'TS06', 'TS07', 'RF01', 'RF02', 'RF03'])

const unreadable = (what: string) => fail(problem('notice-unreadable', { what }))

/**
 * Reads one notification as it lies in the merchant's log: a parsed JSON object, or a row of a table by KICC's field
 * names. Problem: notice-unreadable.
 */
export function readKiccNotice(record: unknown): Result<PgNotice, Problem> {
  const read = fieldsOf(record)
  if (!read.ok) return read
  const fields = read.value
  if (!isKey(fields.mallId)) return unreadable('mallId')
  if (!/^\d{2}$/.test(fields.notiType)) return unreadable('notiType')
  const content = contentOf(fields)
  if (!content.ok) return content
  return ok({
    merchantId: fields.mallId,
    fingerprint: fingerprintOf(fields),
    atMs: stampMs(fields.transactionDate),
    orderNo: fields.shopOrderNo,
    ...content.value,
  })
}

const isKey = (text: string): boolean => /^[\x21-\x7e]{1,60}$/.test(text)

function fieldsOf(record: unknown): Result<Fields, Problem> {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return unreadable('record')
  const values = record as Readonly<Record<string, unknown>>
  const entries: [FieldName, string][] = []
  for (const name of FIELD_NAMES) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined || value === null) entries.push([name, ''])
    else if (typeof value === 'string') entries.push([name, value.trim()])
    else if (typeof value === 'number' && !NOTICE_FIELDS[name].key) entries.push([name, String(value)])
    else return unreadable(name)
  }
  return ok(Object.fromEntries(entries) as Fields)
}

function fingerprintOf(fields: Fields): string {
  const told = FIELD_NAMES.filter((name) => NOTICE_FIELDS[name].tells && fields[name] !== '').toSorted()
  return createHash('sha256')
    .update(told.map((name) => `${name}=${JSON.stringify(fields[name])}`).join('\n'), 'utf8')
    .digest('hex')
}

type WithoutHead<T> = T extends unknown ? Omit<T, 'merchantId' | 'fingerprint' | 'atMs' | 'orderNo'> : never
type Content = WithoutHead<PgNotice>

const other = (what: string): Result<Content, Problem> => ok({ kind: 'other', what })

function contentOf(fields: Fields): Result<Content, Problem> {
  const { notiType, resCd, statusCode, pgCno, payMethodTypeCode } = fields
  if (!['10', '20', '30', '31', '50', '51'].includes(notiType)) return other(notiType)
  if (!isKey(pgCno)) return unreadable('pgCno')
  if (notiType === '31') return ok({ kind: 'withdrawn', pgKey: pgCno })
  if (notiType === '51') return payoutFailed(fields)
  // A failure that was notified: nothing came of it.
  if (resCd !== '' && resCd !== '0000') return other(`${notiType} ${resCd}`)
  switch (notiType) {
    case '20':
      return cancelled(fields)
    case '50':
      return paidOut(fields)
    default:
      // An account that was issued is no payment yet: its deposits are notified one by one.
      if (notiType === '10' && payMethodTypeCode === '22') return other('10 22')
      return NOT_PAID.has(statusCode) ? other(`${notiType} ${statusCode}`) : paid(fields)
  }
}

function paid(fields: Fields): Result<Content, Problem> {
  const { notiType, pgCno, payMethodTypeCode, tlfSno, transactionDate } = fields
  const amount = amountOf(fields.amount)
  if (amount === null || amount === 0) return unreadable('amount')
  // Without the number of the account's issue a refund would name the wrong payment.
  if (notiType === '30' && !isKey(tlfSno)) return unreadable('tlfSno')
  const payment: NoticedPayment = {
    pgKey: pgCno,
    orderNo: fields.shopOrderNo,
    method: notiType === '30' ? 'virtual-account' : (METHODS.get(payMethodTypeCode) ?? 'other'),
    provider: 'easypay',
    pgTransactionKey: notiType === '30' ? tlfSno : null,
    status: 'paid',
    currency: currencyOf(fields.currency),
    paid: amount,
    paidAtMs: stampMs(transactionDate),
    buyerName: fields.customerName,
    productName: fields.goodsName,
    escrow: fields.escrowUsed === 'Y',
    sandbox: false,
    promotion: false,
  }
  return ok({ kind: 'paid', payment })
}

function cancelled(fields: Fields): Result<Content, Problem> {
  const { pgCno, depositPgCno, cancelPgCno, statusCode, cancelAmount, cancelRemainAmount } = fields
  if (!isKey(cancelPgCno)) return unreadable('cancelPgCno')
  // Rejected: nothing was given back.
  if (statusCode === 'RF03') return other(`20 ${statusCode}`)
  const amount = amountOf(cancelAmount)
  if (amount === null || amount === 0) return unreadable('cancelAmount')
  const balanceAfter = amountOf(cancelRemainAmount)
  if (balanceAfter === null && cancelRemainAmount !== '') return unreadable('cancelRemainAmount')
  return ok({
    kind: 'cancelled',
    // Of an account with several deposits the number of the account alone does not say whose cancel it is.
    pgKey: isKey(depositPgCno) ? depositPgCno : pgCno,
    cancelKey: cancelPgCno,
    amount,
    balanceAfter,
    paidOut: statusCode === 'RF02',
  })
}

/** KICC sends this type for refunds that worked; a status that says otherwise is not believed either way. */
function paidOut({ pgCno, depositPgCno, cancelPgCno, statusCode }: Fields): Result<Content, Problem> {
  if (statusCode !== '' && statusCode !== 'RF02') return other(`50 ${statusCode}`)
  const pgKey = isKey(depositPgCno) ? depositPgCno : pgCno
  return isKey(cancelPgCno) ? ok({ kind: 'paid-out', pgKey, cancelKey: cancelPgCno }) : unreadable('cancelPgCno')
}

function payoutFailed({ pgCno, cancelPgCno, accountNo, resCd, resMsg }: Fields): Result<Content, Problem> {
  if (cancelPgCno !== '' && !isKey(cancelPgCno)) return unreadable('cancelPgCno')
  const digits = accountNo.replaceAll(/[ -]/g, '')
  return ok({
    kind: 'payout-failed',
    pgKey: pgCno,
    cancelKey: cancelPgCno === '' ? null : cancelPgCno,
    accountNo: /^\d{1,20}$/.test(digits) ? digits : null,
    pgMessage: scrubMessage(`${resCd} ${resMsg}`.trim(), [accountNo, digits]),
  })
}

/** Whole won in digits; null for anything else. */
function amountOf(text: string): Won | null {
  if (!/^\d{1,13}$/.test(text)) return null
  const amount = Number(text)
  return amount <= WON_MAX ? won(amount) : null
}

/** KICC writes won as 00. What is not known to be won is shown, never refunded. */
function currencyOf(code: string): string {
  return ['', '00', '410', 'KRW'].includes(code) ? 'KRW' : code
}
