import { randomBytes, randomInt } from 'node:crypto'
import type { Account, Books, CancelRequestNote } from '../books'
import { ASYNCHRONOUS_AFTER_MS, type Scenario } from '../scenario'
import { done, refused, type Answer } from './envelope'
import type { PracticeCancel } from './payment'
import { DEFAULT_REASON, paymentView, shownBalance, statusOf, trueBalance } from './payment-view'
import { REFUSALS, refusalOf } from './rules'

export type Fields = Readonly<Record<string, unknown>>

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
const textOrNull = (value: unknown): string | null => text(value) || null

/** A number field as PortOne reads it: form bodies bring text; missing, null and empty are the same. NaN stands for anything unreadable. */
function numberField(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}

/** What may be kept of a request: everything but names, phones and the account itself. */
export function noteOf(fields: Fields): CancelRequestNote {
  const account = text(fields['refund_account'])
  return {
    impUid: textOrNull(fields['imp_uid']),
    merchantUid: textOrNull(fields['merchant_uid']),
    amount: numberField(fields['amount']),
    checksum: numberField(fields['checksum']),
    taxFree: numberField(fields['tax_free']),
    vatAmount: numberField(fields['vat_amount']),
    reason: textOrNull(fields['reason']),
    refundBank: textOrNull(fields['refund_bank']),
    refundAccountLength: account.length,
    refundAccountTail: account.length > 4 ? account.slice(-4) : '',
    hasRefundHolder: text(fields['refund_holder']) !== '',
    hasRefundTel: text(fields['refund_tel']) !== '',
  }
}

/** `imp_uid` wins; an order number alone means its newest paid attempt. */
function accountOf(books: Books, note: CancelRequestNote): Account | undefined {
  if (note.impUid !== null) return books.account(note.impUid)
  const attempts = note.merchantUid === null ? [] : books.accountsOfOrder(note.merchantUid)
  const newestFirst = attempts.toSorted((a, b) => b.payment.startedAtMs - a.payment.startedAtMs)
  return newestFirst.find((account) => statusOf(account) === 'paid') ?? newestFirst[0]
}

/**
 * POST /payments/cancel. Judges and books in one step without waiting in between, so two equal requests are always one
 * after the other. The effect is durable when this returns. Throws when the books cannot be written.
 */
export function cancelPayment(books: Books, fields: Fields, nowMs: number, scenario: Scenario): Answer {
  const note = noteOf(fields)
  const asked = note.amount ?? 0
  if (!(asked > 0)) books.addAlarm({ alarm: 'implicit_full_cancel', impUid: note.impUid, atMs: nowMs })
  if (note.impUid === null && note.merchantUid === null) return refused(REFUSALS.noKey)
  const account = accountOf(books, note)
  if (account === undefined) return refused(REFUSALS.unknownPayment)
  const { impUid, currency } = account.payment

  const amount = asked === 0 ? shownBalance(account) : asked
  const smallest = currency === 'KRW' ? 1 : 0.01
  const numbers = [note.checksum, note.taxFree, note.vatAmount].filter((value) => value !== null)
  if (!isMultiple(amount, smallest) || amount < 0 || numbers.some((value) => !Number.isFinite(value)))
    return refused(REFUSALS.amount)

  const order = {
    amount,
    checksum: note.checksum,
    taxFree: note.taxFree,
    vatAmount: note.vatAmount,
    reason: text(fields['reason']),
    refundHolder: text(fields['refund_holder']),
    refundBank: text(fields['refund_bank']),
    refundAccount: text(fields['refund_account']),
    refundTel: text(fields['refund_tel']),
  }
  const refusal = refusalOf(account, order, nowMs)
  if (refusal !== undefined) return refusal

  const cancel = newCancel(account, amount, note.reason ?? DEFAULT_REASON, nowMs, 'api', note.taxFree ?? 0)
  books.addCancel(impUid, isAsynchronous(account) ? { ...cancel, shownAtMs: null } : cancel, note)
  if (isAsynchronous(account)) showDue(books, impUid, nowMs, scenario, 0)
  return done(paymentView(books.account(impUid) ?? account))
}

function isMultiple(amount: number, smallest: number): boolean {
  const steps = amount / smallest
  return Number.isFinite(amount) && Math.abs(steps - Math.round(steps)) < 1e-6
}

/** Smartro's newer module takes a virtual-account refund in and books it later. */
function isAsynchronous({ payment }: Account): boolean {
  return payment.pgProvider === 'smartro_v2' && payment.payMethod === 'vbank'
}

const ID_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const cancellationId = (): string => Array.from({ length: 20 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('')

function newCancel(
  account: Account,
  amount: number,
  reason: string,
  nowMs: number,
  source: PracticeCancel['source'],
  taxFree: number,
): PracticeCancel {
  const pgTid = `${account.payment.pgProvider}-cancel-${randomBytes(8).toString('hex')}`
  const receiptUrl = account.payment.card === null ? null : `https://receipt.example/${pgTid}`
  return {
    id: cancellationId(),
    pgTid,
    amount,
    taxFree,
    reason,
    acceptedAtMs: nowMs,
    shownAtMs: nowMs,
    receiptUrl,
    source,
  }
}

/** A cancel that someone made at the PG's own console, past every client. Returns a refusal's text, or nothing. */
export function cancelAtConsole(
  books: Books,
  impUid: string,
  amount: number,
  reason: string,
  nowMs: number,
): string | undefined {
  const account = books.account(impUid)
  if (account === undefined) return REFUSALS.unknownPayment
  if (statusOf(account) !== 'paid') return REFUSALS.notPaid
  if (!(amount > 0) || amount > trueBalance(account)) return REFUSALS.amount
  books.addCancel(impUid, newCancel(account, amount, reason, nowMs, 'console', 0), null)
  return undefined
}

/** Brings asynchronous refunds that are due into the history. Call it before a payment is shown. */
export function showDue(books: Books, impUid: string, nowMs: number, scenario: Scenario, lookups: number): void {
  const account = books.account(impUid)
  if (account === undefined) return
  const { afterLookups = 0, vanishes = false } = scenario.asynchronous ?? {}
  // Counting look-ups alone means that time does not matter.
  const afterMs = scenario.asynchronous?.afterMs ?? (afterLookups > 0 ? 0 : ASYNCHRONOUS_AFTER_MS)
  for (const cancel of account.cancels) {
    if (cancel.shownAtMs !== null || nowMs < cancel.acceptedAtMs + afterMs || lookups < afterLookups) continue
    if (vanishes) books.withdrawCancel(impUid, cancel.id, nowMs)
    else books.showCancel(impUid, cancel.id, nowMs)
  }
}
