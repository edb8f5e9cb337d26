import type { ChannelId, PaymentId } from '../../../domain/ids'
import { paymentIdOf } from '../../../domain/ids'
import { won, type Won } from '../../../domain/money'
import type { PgNotice } from '../../../domain/pg-notice'
import { problem, type Problem } from '../../../domain/problem'
import { assertNever } from '../../../domain/result'
import type { CoreContext } from '../context'
import { takenOrNot, type MaybeTaken } from '../ledger/attempts'
import { openFollowUp } from '../ledger/follow-ups'
import { fingerprintOf, hasNotice, insertNotice, markUnplaced, type Unplaced } from '../ledger/notices'
import { findCandidates, findPayment, newestSnapshot, recordPgPayment, type LedgerPayment } from '../ledger/payments'
import { effectsOfPayment, payoutEvents, type Effect } from '../ledger/payouts'
import { knowsPgCancel, recordPgCancel } from '../ledger/pg-words'
import { requireOrder } from '../ledger/refund-rows'
import { writePaidOut, writePayoutFailed } from './record-payout'

export type NoticeSums = {
  -readonly [K in 'paymentsNew' | 'cancelsNew' | 'paidOut' | 'payoutFailed' | 'known' | 'ignored']: number
}

type NoticeOf<K extends PgNotice['kind']> = Extract<PgNotice, { readonly kind: K }>

/** One notification on its way to its place. */
interface Placing {
  readonly context: CoreContext
  readonly channelId: ChannelId
  readonly fingerprint: string
  readonly sums: NoticeSums
  /** Payments that must be compared afterwards. */
  readonly touched: Set<PaymentId>
  /** From here on the notification is known, and not read again. */
  readonly keep: () => void
}

/**
 * Finds the place of one notification and writes what it tells. Answers what keeps it from being taken, or what a person
 * has to look at although it was. What has no place is not kept, so that it is told again and can find its place later;
 * meanwhile its payments are marked. Inside a unit of work.
 * Problems: notice-unknown-merchant, notice-without-row, notice-for-open-row, notice-contradicts, payment-unknown,
 * payment-ambiguous.
 */
export function placeNotice(
  context: CoreContext,
  notice: PgNotice,
  record: unknown,
  sums: NoticeSums,
  touched: Set<PaymentId>,
): Problem | null {
  const { ledger } = context
  const channel = context.channels
    .list()
    .find(({ options }) => options.pg === 'kicc' && options.merchantId === notice.merchantId)
  if (channel === undefined) return problem('notice-unknown-merchant', { merchant: notice.merchantId })
  const { channelId } = channel
  const fingerprint = fingerprintOf(ledger, notice)
  if (hasNotice(ledger, channelId, fingerprint)) {
    sums.known += 1
    return null
  }
  const keep = (): void => insertNotice(ledger, channelId, fingerprint, notice.kind, JSON.stringify(record))
  const placing: Placing = { context, channelId, fingerprint, sums, touched, keep }
  switch (notice.kind) {
    case 'paid':
      return placePayment(placing, notice)
    case 'cancelled':
      return placeCancel(placing, notice)
    case 'paid-out':
      return placePayout(placing, notice)
    case 'payout-failed':
      return placeReturn(placing, notice)
    case 'withdrawn':
      return placeWithdrawal(placing, notice)
    case 'other':
      keep()
      sums.ignored += 1
      return null
    default:
      return assertNever(notice)
  }
}

/** Payments that this key of the PG means: one, or the deposits of one transaction. */
function paymentsAt({ context, channelId }: Placing, pgKey: string): LedgerPayment[] {
  return findCandidates(context.ledger, { pgKey, orderNo: '' }).filter((payment) => payment.channelId === channelId)
}

function mark({ context, fingerprint }: Placing, payments: readonly LedgerPayment[], what: Unplaced): void {
  for (const { paymentId } of payments) markUnplaced(context.ledger, paymentId, fingerprint, what)
}

function placePayment(placing: Placing, notice: NoticeOf<'paid'>): Problem | null {
  const { context, channelId, sums, keep } = placing
  const { payment } = notice
  const paymentId = paymentIdOf(channelId, payment.pgKey)
  const known = findPayment(context.ledger, paymentId)
  if (known !== null && known.paid !== payment.paid) {
    mark(placing, [known], 'contradiction')
    return problem('notice-contradicts', { key: payment.pgKey })
  }
  keep()
  // Told in other words before, as by a repeat with another text.
  if (known !== null) return null
  const seen = { ...payment, channelId, paymentId, cancelledTotal: won(0), cancels: [] }
  recordPgPayment(context.ledger, context.newId, seen, context.nowMs())
  sums.paymentsNew += 1
  return null
}

function placeWithdrawal(placing: Placing, { pgKey }: NoticeOf<'withdrawn'>): Problem | null {
  const payments = paymentsAt(placing, pgKey)
  // Kept only where it is known whose it is, else it would be forgotten.
  if (payments.length === 0) return problem('payment-unknown', { orderNo: pgKey })
  placing.keep()
  mark(placing, payments, 'withdrawn')
  return problem('notice-contradicts', { key: pgKey })
}

function placeCancel(placing: Placing, notice: NoticeOf<'cancelled'>): Problem | null {
  const { context, sums, touched, keep } = placing
  const { ledger } = context
  const { pgKey, cancelKey, amount } = notice
  const payments = paymentsAt(placing, pgKey)
  if (payments.length === 0) return problem('payment-unknown', { orderNo: pgKey })
  const effect = effectBy(placing, payments, cancelKey)
  if (effect?.state === 'payout-failed') {
    // A late word on a refund whose money has come back since.
    keep()
    return null
  }
  const paymentId = effect?.paymentId ?? paymentOfCancel(placing, payments, notice)
  if (paymentId === null) {
    mark(placing, payments, 'cancel')
    return problem('payment-ambiguous', { count: payments.length })
  }
  keep()
  touched.add(paymentId)
  // What is left of an account with several deposits is not what is left of one of them.
  const balanceAfter = payments.length > 1 ? null : notice.balanceAfter
  if (takeWord(placing, paymentId, cancelKey, amount, notice.atMs, balanceAfter)) sums.cancelsNew += 1
  // Our entry may just have found its key.
  const ours = effectsOfPayment(ledger, paymentId).find((each) => each.wordKey === cancelKey)
  if (notice.paidOut && ours?.state === 'accepted') tellPaidOut(placing, ours, notice)
  return null
}

/** Whose cancel it is: told of before, of the only payment, or of the only request of that amount that is open. */
function paymentOfCancel(
  { context }: Placing,
  payments: readonly LedgerPayment[],
  { cancelKey, amount }: NoticeOf<'cancelled'>,
): PaymentId | null {
  const { ledger } = context
  const known = payments.find(({ paymentId }) => knowsPgCancel(ledger, paymentId, cancelKey))
  if (known !== undefined) return known.paymentId
  const [only, second] = payments
  if (only !== undefined && second === undefined) return only.paymentId
  const [open, other] = maybeTaken(context, payments).filter((each) => each.open && each.amount === amount)
  return open !== undefined && other === undefined ? open.paymentId : null
}

function placePayout(placing: Placing, notice: NoticeOf<'paid-out'>): Problem | null {
  const { context, touched, keep } = placing
  const { ledger } = context
  const { pgKey, cancelKey } = notice
  const payments = paymentsAt(placing, pgKey)
  if (payments.length === 0) return problem('payment-unknown', { orderNo: pgKey })
  const effect = effectBy(placing, payments, cancelKey)
  if (effect !== null) {
    keep()
    if (effect.state === 'accepted') tellPaidOut(placing, effect, notice)
    return effect.state === 'payout-failed' ? afterReturn(placing, effect, notice) : null
  }
  if (payments.some(({ paymentId }) => knowsPgCancel(ledger, paymentId, cancelKey))) {
    keep()
    return null
  }
  // It names no amount. Where exactly one request of ours may be meant, its amount is the likely one.
  const maybe = maybeTaken(context, payments)
  const open = maybe.filter((each) => each.open)
  const [meant, other] = open.length > 0 ? open : maybe
  if (meant !== undefined && other === undefined) {
    touched.add(meant.paymentId)
    takeWord(placing, meant.paymentId, cancelKey, meant.amount, notice.atMs, null)
    return problem('notice-for-open-row', { key: cancelKey })
  }
  mark(placing, payments, 'payout')
  return problem('notice-without-row', { key: cancelKey })
}

/** Money that had come back is said to have arrived: unless that came first, a person has to look. */
function afterReturn(placing: Placing, effect: Effect, notice: NoticeOf<'paid-out'>): Problem | null {
  const { context, touched } = placing
  const returned = payoutEvents(context.ledger, effect.rowId).find(({ kind }) => kind === 'payout-failed')
  if (notice.atMs !== null && returned !== undefined && notice.atMs <= returned.atMs) return null
  touched.add(effect.paymentId)
  takeWord(placing, effect.paymentId, notice.cancelKey, effect.amount, notice.atMs, null)
  askPerson(placing, effect, '')
  return problem('notice-contradicts', { key: notice.cancelKey })
}

/**
 * The bank sent the money of a refund back: by the PG's key of it, else the only one that it can be about. One of which a
 * person has said so before may be it, so may a request that nobody knows as accepted, and so may a refund that somebody
 * made elsewhere: then a person has to say which.
 */
function placeReturn(placing: Placing, notice: NoticeOf<'payout-failed'>): Problem | null {
  const { context, sums, touched, keep, fingerprint } = placing
  const { pgKey, cancelKey, atMs, pgMessage } = notice
  const payments = paymentsAt(placing, pgKey)
  const effect = cancelKey === null ? effectOfReturn(placing, payments, notice) : effectBy(placing, payments, cancelKey)
  if (effect === null || effect.state === 'payout-failed') {
    return problem('notice-without-row', { key: cancelKey ?? pgKey })
  }
  keep()
  if (effect.state === 'paid-out' && !cameAfterPayout(context, effect, atMs)) {
    askPerson(placing, effect, pgMessage)
    return problem('notice-contradicts', { key: effect.wordKey ?? pgKey })
  }
  touched.add(effect.paymentId)
  const at = atMs ?? context.nowMs()
  writePayoutFailed(context, effect, { by: 'notice', fingerprint, note: pgMessage }, at, cancelKey)
  sums.payoutFailed += 1
  return null
}

/** Without a key and without a time it could be an old one told again. */
function effectOfReturn(
  placing: Placing,
  payments: readonly LedgerPayment[],
  { accountNo, atMs }: NoticeOf<'payout-failed'>,
): Effect | null {
  const { context } = placing
  const { ledger } = context
  if (atMs === null || maybeTaken(context, payments).length > 0) return null
  const effects = payments.flatMap(({ paymentId }) => effectsOfPayment(ledger, paymentId))
  const ours = new Set(effects.flatMap(({ wordKey }) => wordKey ?? []))
  const foreign = payments.some(({ paymentId }) =>
    (newestSnapshot(ledger, paymentId)?.history ?? []).some(
      (word) => word.cancelKey !== null && !ours.has(word.cancelKey),
    ),
  )
  if (foreign) return null
  // What was told before a refund was taken is not about it.
  const [only, second] = effects.filter(
    (each) =>
      each.failedBy !== 'notice' &&
      atMs >= each.atMs &&
      (accountNo === null || requireOrder(ledger, each.rowId).account?.accountNo === accountNo),
  )
  return only !== undefined && second === undefined ? only : null
}

/** A person's word that the money arrived is never taken back by a notification alone. */
function cameAfterPayout({ ledger }: CoreContext, { rowId }: Effect, atMs: number | null): boolean {
  const arrived = payoutEvents(ledger, rowId).find(({ kind }) => kind === 'paid-out')
  return arrived !== undefined && arrived.person === null && atMs !== null && atMs > arrived.atMs
}

function askPerson({ context }: Placing, { rowId }: Effect, detail: string): void {
  const followUpId = context.newId('followup')
  openFollowUp(context.ledger, { followUpId, rowId, kind: 'payout-contradicted', detail, atMs: context.nowMs() })
}

function tellPaidOut({ context, sums, fingerprint }: Placing, effect: Effect, { atMs }: PgNotice): void {
  writePaidOut(context, effect.rowId, { by: 'notice', fingerprint, note: '' }, atMs ?? context.nowMs())
  sums.paidOut += 1
}

function effectBy({ context }: Placing, payments: readonly LedgerPayment[], cancelKey: string): Effect | null {
  return (
    payments
      .flatMap(({ paymentId }) => effectsOfPayment(context.ledger, paymentId))
      .find(({ wordKey }) => wordKey === cancelKey) ?? null
  )
}

function maybeTaken({ ledger }: CoreContext, payments: readonly LedgerPayment[]): MaybeTaken[] {
  return takenOrNot(
    ledger,
    payments.map(({ paymentId }) => paymentId),
  )
}

function takeWord(
  { context }: Placing,
  paymentId: PaymentId,
  cancelKey: string,
  amount: Won,
  atMs: number | null,
  balanceAfter: Won | null,
): boolean {
  const cancel = { cancelKey, pgTransactionKey: null, amount, cancelledAtMs: atMs ?? context.nowMs(), reason: '' }
  return recordPgCancel(context.ledger, context.newId, paymentId, cancel, balanceAfter)
}
