import type { NoticesReport } from '../../../contract/pg'
import type { PersonView } from '../../../contract/views'
import { paymentIdOf, type ChannelId, type PaymentId } from '../../../domain/ids'
import { won } from '../../../domain/money'
import type { PgNotice } from '../../../domain/pg-notice'
import { problem, type Problem } from '../../../domain/problem'
import { assertNever, fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { readNoticesFile, type NoticeLine } from '../intake/read-notices-file'
import { mayHaveBeenTaken, openAttemptOf } from '../ledger/attempts'
import { openDriftPile } from '../ledger/drifts'
import { hasNotice, insertNotice } from '../ledger/notices'
import { findCandidates, findPayment, recordPgPayment, type LedgerPayment } from '../ledger/payments'
import { effectsOfPayment, type Effect } from '../ledger/payouts'
import { knowsPgCancel, lastSeen, recordPgCancel } from '../ledger/pg-words'
import { requireOrder } from '../ledger/refund-rows'
import { NOTICE_FIELD_NAMES, readNotice } from '../pg/registry'
import type { NamedBytes } from '../port'
import { findEffect, resolveAttempt } from '../runner/look'
import { reconcilePayment } from './reconcile'
import { writePaidOut, writePayoutFailed } from './record-payout'

const PROBLEMS_SHOWN = 200
/** Notifications taken in one unit of work. */
const SLICE = 25

type Sums = { -readonly [K in 'paymentsNew' | 'cancelsNew' | 'paidOut' | 'payoutFailed' | 'known' | 'ignored']: number }
type LineProblem = NoticesReport['problems'][number]

interface ReadNotice {
  readonly line: number
  readonly notice: PgNotice
  readonly record: NonNullable<NoticeLine['record']>
}

/** Payments before their cancels, and those before what became of the money: a log keeps no such order. */
const RANK: Readonly<Record<PgNotice['kind'], number>> = {
  paid: 0,
  cancelled: 1,
  'paid-out': 2,
  'payout-failed': 3,
  other: 4,
}

/**
 * Takes the PG's notifications out of the merchant's own log, the only place where a PG like KICC tells what became of a
 * refund. Every notification counts once, however often it stands there; one that fits nothing yet is told and not kept,
 * so that it can be imported again later. Problems: those of readNoticesFile, cancelled. Problems of a line are in the
 * report: notice-unreadable, notice-unknown-merchant, notice-without-row, payment-unknown, payment-ambiguous.
 */
export function importNotices(
  context: CoreContext,
  who: PersonView,
  file: NamedBytes,
): Promise<Result<NoticesReport, Problem>> {
  const { ledger } = context
  return context.tasks.run('notices', async (task) => {
    const read = await readNoticesFile(file.bytes, { fieldNames: NOTICE_FIELD_NAMES, yieldNow: context.breathe })
    if (!read.ok) return read
    if (task.signal.aborted) return fail(problem('cancelled'))
    const problems: LineProblem[] = []
    const notices = readAll(read.value, problems)
    const sums: Sums = { paymentsNew: 0, cancelsNew: 0, paidOut: 0, payoutFailed: 0, known: 0, ignored: 0 }
    let done = 0
    for (let start = 0; start < notices.length; start += SLICE) {
      // What was taken stays: the rest can be imported again.
      if (task.signal.aborted) return fail(problem('cancelled'))
      const touched = new Set<PaymentId>()
      ledger.write(() => {
        for (const each of notices.slice(start, start + SLICE)) {
          const found = takeNotice(context, each, sums, touched)
          if (found !== null) problems.push({ line: each.line, problem: found })
        }
      })
      for (const paymentId of touched) settleAfterNotice(context, paymentId)
      done = Math.min(start + SLICE, notices.length)
      task.progress(done, notices.length)
      await context.breathe()
    }
    ledger.write(() => {
      const { paymentsNew, cancelsNew, paidOut, payoutFailed } = sums
      ledger.audit.append({
        who: who.personId,
        action: 'notices.imported',
        subject: 'notices',
        detail: { rows: read.value.length, new: paymentsNew, added: cancelsNew, paidOut, payoutFailed },
      })
    })
    context.changed('payments', 'rows', 'batches', 'home', 'drift', 'drafts', 'audit')
    return ok({
      fileName: file.name,
      lines: read.value.length,
      ...sums,
      problems: problems.toSorted((a, b) => a.line - b.line).slice(0, PROBLEMS_SHOWN),
      problemsAll: problems.length,
      driftFound: ledger.read(() => openDriftPile(ledger)).count,
    })
  })
}

function readAll(lines: readonly NoticeLine[], problems: LineProblem[]): ReadNotice[] {
  const notices: ReadNotice[] = []
  for (const { line, record } of lines) {
    const notice = record === null ? fail(problem('notice-unreadable')) : readNotice(record)
    if (notice.ok && record !== null) notices.push({ line, notice: notice.value, record })
    else if (!notice.ok) problems.push({ line, problem: notice.problem })
  }
  return notices.toSorted((a, b) => RANK[a.notice.kind] - RANK[b.notice.kind])
}

/** Takes one notification; answers what keeps it from being taken. Inside a unit of work. */
function takeNotice(
  context: CoreContext,
  { notice, record }: ReadNotice,
  sums: Sums,
  touched: Set<PaymentId>,
): Problem | null {
  const { ledger } = context
  const channel = context.channels
    .list()
    .find(({ options }) => options.pg === 'kicc' && options.merchantId === notice.merchantId)
  if (channel === undefined) return problem('notice-unknown-merchant', { merchant: notice.merchantId })
  const { channelId } = channel
  if (hasNotice(ledger, channelId, notice.fingerprint)) {
    sums.known += 1
    return null
  }
  const keep = (): void => insertNotice(ledger, channelId, notice, JSON.stringify(record))
  switch (notice.kind) {
    case 'paid': {
      keep()
      const paymentId = paymentIdOf(channelId, notice.payment.pgKey)
      // Told in other words before, as by a repeat with another text.
      if (findPayment(ledger, paymentId) !== null) return null
      const seen = { ...notice.payment, channelId, paymentId, cancelledTotal: won(0), cancels: [] }
      recordPgPayment(ledger, context.newId, seen, context.nowMs())
      sums.paymentsNew += 1
      return null
    }
    case 'cancelled': {
      const payment = paymentOfCancel(context, channelId, notice.pgKey, notice.cancelKey)
      if ('code' in payment) return payment
      keep()
      touched.add(payment.paymentId)
      takeCancel(context, payment.paymentId, notice, sums)
      return null
    }
    case 'paid-out': {
      const effect = effectsAt(context, channelId, notice.pgKey).find((each) => each.cancelKey === notice.cancelKey)
      if (effect === undefined) return problem('notice-without-row', { key: notice.cancelKey })
      keep()
      takePaidOut(context, effect, notice, sums)
      return null
    }
    case 'payout-failed': {
      const effect = bouncedEffect(context, channelId, notice)
      if (effect === null) return problem('notice-without-row', { key: notice.cancelKey ?? notice.pgKey })
      keep()
      touched.add(effect.paymentId)
      const proof = { by: 'notice', fingerprint: notice.fingerprint, note: notice.pgMessage } as const
      writePayoutFailed(context, effect, proof)
      sums.payoutFailed += 1
      return null
    }
    case 'other':
      keep()
      sums.ignored += 1
      return null
    default:
      return assertNever(notice)
  }
}

/** Payments that this key of the PG means: one, or the deposits of one transaction. */
function paymentsAt({ ledger }: CoreContext, channelId: ChannelId, pgKey: string): LedgerPayment[] {
  return findCandidates(ledger, { pgKey, orderNo: '' }).filter((payment) => payment.channelId === channelId)
}

function effectsAt(context: CoreContext, channelId: ChannelId, pgKey: string): Effect[] {
  return paymentsAt(context, channelId, pgKey).flatMap(({ paymentId }) => effectsOfPayment(context.ledger, paymentId))
}

/** The payment of a cancel: that of our refund with its key, else the only one that the PG's key means. */
function paymentOfCancel(
  context: CoreContext,
  channelId: ChannelId,
  pgKey: string,
  cancelKey: string,
): LedgerPayment | Problem {
  const payments = paymentsAt(context, channelId, pgKey)
  const ours = payments.find(({ paymentId }) => knowsPgCancel(context.ledger, paymentId, cancelKey))
  const [only, second] = payments
  if (ours !== undefined) return ours
  if (only === undefined) return problem('payment-unknown', { orderNo: pgKey })
  return second === undefined ? only : problem('payment-ambiguous', { count: payments.length })
}

function takeCancel(
  context: CoreContext,
  paymentId: PaymentId,
  notice: Extract<PgNotice, { kind: 'cancelled' }>,
  sums: Sums,
): void {
  const { cancelKey, amount, balanceAfter } = notice
  const cancel = {
    cancelKey,
    pgTransactionKey: null,
    amount,
    cancelledAtMs: notice.atMs ?? context.nowMs(),
    reason: '',
  }
  if (recordPgCancel(context.ledger, context.newId, paymentId, cancel, balanceAfter)) sums.cancelsNew += 1
  const effect = effectsOfPayment(context.ledger, paymentId).find((each) => each.cancelKey === cancelKey)
  if (notice.paidOut && effect !== undefined) takePaidOut(context, effect, notice, sums)
}

function takePaidOut(context: CoreContext, effect: Effect, { fingerprint }: PgNotice, sums: Sums): void {
  // What a person has stated already, or what came back later, stays.
  if (effect.state !== 'accepted') return
  writePaidOut(context, effect.rowId, { by: 'notice', fingerprint, note: '' })
  sums.paidOut += 1
}

/**
 * The refund that a bank sent back: by the PG's key of it, else the only one that it can be about. One of which a person
 * has said so before may be it, and so may a request that nobody knows as accepted: then a person has to say which.
 */
function bouncedEffect(
  context: CoreContext,
  channelId: ChannelId,
  { pgKey, cancelKey, accountNo, atMs }: Extract<PgNotice, { kind: 'payout-failed' }>,
): Effect | null {
  // What was told before a refund was taken is not about it.
  const effects = effectsAt(context, channelId, pgKey).filter((each) => atMs === null || atMs >= each.atMs)
  const standing = (effect: Effect | undefined): Effect | null =>
    effect === undefined || effect.state === 'payout-failed' ? null : effect
  if (cancelKey !== null) return standing(effects.find((each) => each.cancelKey === cancelKey))
  const paymentIds = paymentsAt(context, channelId, pgKey).map(({ paymentId }) => paymentId)
  if (mayHaveBeenTaken(context.ledger, paymentIds)) return null
  const [only, second] = effects.filter(
    ({ rowId, failedBy }) =>
      failedBy !== 'notice' &&
      (accountNo === null || requireOrder(context.ledger, rowId).account?.accountNo === accountNo),
  )
  return second === undefined ? standing(only) : null
}

/** What is under way is settled as far as the PG's word proves it, and the rest is compared. */
function settleAfterNotice(context: CoreContext, paymentId: PaymentId): void {
  const { ledger } = context
  const open = ledger.read(() => openAttemptOf(ledger, paymentId))
  const seen = ledger.read(() => lastSeen(ledger, paymentId))
  // That no notification tells of it proves nothing about a request.
  if (open !== null && findEffect(context, open, seen).kind !== 'nothing-changed') {
    resolveAttempt(context, open.attemptId, seen, context.readings.ask())
  }
  reconcilePayment(context, paymentId)
}
