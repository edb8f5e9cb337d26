import type { ChannelOptions } from './channel-options'
import type { ChannelId, PaymentId } from './ids'
import type { Currency, Won } from './money'
import type { PaymentMethod, PaymentStatus } from './payment'
import type { PgKind } from './pg'
import { judgeByRules } from './pg-rules/judge'
import { needsAccount, needsPhone, takesBasket } from './pg-rules/scope'
import {
  problem,
  type ProblemCode,
  type ProblemValues,
  type RefundColumn,
  type RowProblem,
  type Severity,
} from './problem'
import { ID_COLUMNS, type ParsedRefundCells } from './refund-cells'
import type { RefundAccount, RefundOrder } from './refund-order'
import { kstMinuteText } from './time'

export { readRefundCells, type ParsedRefundCells, type RefundCells } from './refund-cells'

/** What our ledger knows of a payment that a row may mean. Amounts in won, instants UTC ms. */
export interface PaymentFacts {
  readonly paymentId: PaymentId
  readonly channelId: ChannelId
  readonly pgKey: string
  readonly pgTransactionKey: string | null
  readonly pg: PgKind
  /** What the channel of this payment is set to. */
  readonly channel: ChannelOptions
  /** Ids of the rules that do not hold for this channel. */
  readonly overrides: ReadonlySet<string>
  readonly orderNo: string
  readonly method: PaymentMethod
  readonly provider: string
  readonly status: PaymentStatus
  readonly currency: Currency
  readonly paid: Won
  readonly ledgerBalance: Won
  /** Already reduced by the earlier rows of the same file. */
  readonly promisable: Won
  readonly cancelCount: number
  readonly paidAtMs: number | null
  readonly escrow: boolean
  readonly sandbox: boolean
  readonly promotion: boolean
  readonly hasOpenAttempt: boolean
  /** Other batches, not yet finished, with a row for this payment. */
  readonly otherOpenBatches: number
  /** Notifications of refunds that we do not know: they may be of this payment. */
  readonly unplacedNotices: number
  /** A notification puts the payment itself in doubt. */
  readonly noticeStops: boolean
  /** Refunds of ours on this payment whose money came back, any order. */
  readonly returnedRefunds: readonly { readonly amount: Won; readonly atMs: number }[]
  /** Refunds of ours on this payment that took effect, any order. */
  readonly ownRefunds: readonly { readonly amount: Won; readonly atMs: number }[]
}

export interface RowContext {
  /** Payments of our ledger with the row's order number or payment key. */
  readonly candidates: readonly PaymentFacts[]
  readonly nowMs: number
}

export interface RowVerdict {
  /** Null as soon as one problem is an error. */
  readonly order: RefundOrder | null
  readonly problems: readonly RowProblem[]
}

function found(
  code: ProblemCode,
  column: RefundColumn | null,
  values?: ProblemValues,
  severity: Severity = 'error',
): RowProblem {
  return { ...problem(code, values), severity, column }
}

type Pick =
  | { readonly payment: PaymentFacts; readonly problem: null }
  | { readonly payment: null; readonly problem: RowProblem | null }

const refusedPick = (code: ProblemCode, column: RefundColumn, values?: ProblemValues): Pick => ({
  payment: null,
  problem: found(code, column, values),
})

/** The payment key names one payment; an order number is shared by failed and repeated attempts. */
function pickPayment({ orderNo, paymentKey }: ParsedRefundCells, candidates: readonly PaymentFacts[]): Pick {
  if (paymentKey !== null) {
    const keyed = candidates.filter(
      ({ pgKey, pgTransactionKey }) => pgKey === paymentKey || pgTransactionKey === paymentKey,
    )
    const agreeing = orderNo === null ? keyed : keyed.filter((payment) => payment.orderNo === orderNo)
    const [first] = agreeing
    if (keyed.length === 0) return refusedPick('payment-unknown', 'paymentKey')
    if (first === undefined) return refusedPick('payment-mismatch', 'paymentKey', { orderNo: keyed[0]?.orderNo ?? '' })
    // The same key at two channels, or the transaction number of another payment: only a person knows which merchant account is meant.
    return agreeing.length === 1
      ? { payment: first, problem: null }
      : refusedPick('payment-ambiguous', 'paymentKey', { count: agreeing.length })
  }
  if (orderNo === null) return { payment: null, problem: null }
  const ordered = candidates.filter((payment) => payment.orderNo === orderNo)
  const paid = ordered.filter((payment) => payment.status === 'paid')
  // One order paid over two channels may be one payment that came in twice: only a payment key can tell.
  const settled = ordered.filter(({ status }) => status === 'paid' || status === 'cancelled')
  if (new Set(settled.map(({ channelId }) => channelId)).size > 1) {
    return refusedPick('payment-ambiguous', 'orderNo', { count: settled.length })
  }
  if (paid.length > 1) return refusedPick('payment-ambiguous', 'orderNo', { count: paid.length })
  // Without a paid one, a cancelled one explains the row better than a failed try.
  const payment = paid[0] ?? ordered.find((candidate) => candidate.status === 'cancelled') ?? ordered[0]
  return payment === undefined ? refusedPick('payment-unknown', 'orderNo') : { payment, problem: null }
}

/**
 * What a row asks for, against our ledger and the PG's rules, with all its problems. Problems of its own: payment-unknown,
 * -mismatch, -ambiguous, -not-paid, -fully-cancelled, -foreign-currency, -promotion, -sandbox (a warning),
 * -blocked-open-attempt, amount-over-promisable, account-not-used (a warning), duplicate-in-batches and
 * duplicate-refunded, duplicate-returned and payment-notice-unplaced (warnings), payment-notice-stops; then
 * those of judgeByRules and of readRefundCells.
 */
export function judgeRefundRow(parsed: ParsedRefundCells, context: RowContext): RowVerdict {
  const pick = pickPayment(parsed, context.candidates)
  if (pick.payment === null)
    return { order: null, problems: pick.problem === null ? parsed.problems : [...parsed.problems, pick.problem] }
  const { payment } = pick
  const usesAccount = needsAccount(payment, { paidAtMs: payment.paidAtMs, nowMs: context.nowMs })
  const account = usesAccount ? accountOf(parsed) : null
  const problems = [
    ...cellProblems(parsed, payment, usesAccount),
    ...judgePayment(payment),
    ...judgeAmount(parsed, payment),
    ...(parsed.amount === null
      ? []
      : judgeByRules({
          ...payment,
          amount: parsed.amount,
          account,
          taxFree: parsed.taxFree,
          vat: parsed.vat,
          basket: parsed.basket,
          reason: parsed.reason,
          nowMs: context.nowMs,
        })),
  ]
  if (!usesAccount && (parsed.bank ?? parsed.accountNo ?? parsed.holder) !== null)
    problems.push(found('account-not-used', 'account', { method: payment.method }, 'warning'))
  if (payment.otherOpenBatches > 0)
    problems.push(found('duplicate-in-batches', null, { batches: payment.otherOpenBatches }, 'warning'))
  problems.push(...refundedBefore(payment, parsed.amount, context.nowMs), ...returnedBefore(payment))
  const distinct = problems.filter(firstOfItsKind)
  if (parsed.amount === null || distinct.some((each) => each.severity === 'error'))
    return { order: null, problems: distinct }
  const order: RefundOrder = {
    paymentId: payment.paymentId,
    amount: parsed.amount,
    taxFree: parsed.taxFree,
    vat: parsed.vat,
    account,
    basket: parsed.basket,
    reason: parsed.reason,
  }
  return { order, problems: distinct }
}

/** The same amount of the same payment within this time is more likely the same file again than a second wish. */
const REFUNDED_LATELY_MS = 90 * 24 * 60 * 60 * 1000

function refundedBefore(payment: PaymentFacts, amount: Won | null, nowMs: number): readonly RowProblem[] {
  const last = payment.ownRefunds
    .filter((refund) => refund.amount === amount && nowMs - refund.atMs <= REFUNDED_LATELY_MS)
    .toSorted((a, b) => b.atMs - a.atMs)[0]
  return last === undefined
    ? []
    : [found('duplicate-refunded', null, { when: kstMinuteText(last.atMs), amount: last.amount }, 'warning')]
}

/** That money came back is a person's or a log's word: whoever approves the next refund must see it. */
function returnedBefore({ returnedRefunds }: PaymentFacts): readonly RowProblem[] {
  const last = returnedRefunds.toSorted((a, b) => b.atMs - a.atMs)[0]
  return last === undefined
    ? []
    : [found('duplicate-returned', null, { when: kstMinuteText(last.atMs), amount: last.amount }, 'warning')]
}

/** Missing parts stay empty and are judged by the rule book, which knows what this PG needs. */
function accountOf(parsed: ParsedRefundCells): RefundAccount {
  return {
    bank: parsed.bank ?? '',
    accountNo: parsed.accountNo ?? '',
    holder: parsed.holder ?? '',
    phone: parsed.phone,
  }
}

const ACCOUNT_COLUMNS: readonly RefundColumn[] = ['bank', 'account', 'holder']

/** The cells' own problems, seen in the light of the payment. */
function cellProblems(parsed: ParsedRefundCells, payment: PaymentFacts, usesAccount: boolean): readonly RowProblem[] {
  const usesPhone = needsPhone(payment)
  return parsed.problems.flatMap((each): readonly RowProblem[] => {
    const { column } = each
    // An order number that our ledger knows is no personal number, whatever it looks like.
    if (each.code === 'text-resident-number' && column !== null && ID_COLUMNS.includes(column)) return []
    const unused =
      (column === 'phone' && !usesPhone) ||
      // Where no parts are sent, a cell that names none is some other list of goods.
      (column === 'basket' && !takesBasket(payment)) ||
      (column !== null && ACCOUNT_COLUMNS.includes(column) && !usesAccount)
    // What is not sent cannot misdirect money, but it must not be stored either when it is somebody's number.
    const harmless = unused && each.severity === 'error' && each.code !== 'text-resident-number'
    return [harmless ? { ...each, severity: 'warning' } : each]
  })
}

function judgePayment(payment: PaymentFacts): readonly RowProblem[] {
  const problems: RowProblem[] = []
  if (payment.status === 'cancelled' || (payment.status === 'paid' && payment.ledgerBalance <= 0))
    problems.push(found('payment-fully-cancelled', null))
  else if (payment.status !== 'paid') problems.push(found('payment-not-paid', null, { status: payment.status }))
  if (payment.currency !== 'KRW') problems.push(found('payment-foreign-currency', null, { currency: payment.currency }))
  if (payment.promotion) problems.push(found('payment-promotion', null))
  if (payment.sandbox) problems.push(found('payment-sandbox', null, undefined, 'warning'))
  if (payment.noticeStops) problems.push(found('payment-notice-stops', null))
  if (payment.unplacedNotices > 0)
    problems.push(found('payment-notice-unplaced', null, { count: payment.unplacedNotices }, 'warning'))
  if (payment.hasOpenAttempt) problems.push(found('payment-blocked-open-attempt', null))
  return problems
}

function judgeAmount({ amount }: ParsedRefundCells, payment: PaymentFacts): readonly RowProblem[] {
  // A fully cancelled or unpaid payment already says more than its balance.
  if (amount === null || payment.status !== 'paid' || payment.ledgerBalance <= 0 || amount <= payment.promisable)
    return []
  return [
    found('amount-over-promisable', 'amount', {
      amount,
      promisable: payment.promisable,
      ledgerBalance: payment.ledgerBalance,
    }),
  ]
}

/** An account that is unreadable is not missing as well, and a part that two rules judge is told once. */
function firstOfItsKind(each: RowProblem, index: number, all: readonly RowProblem[]): boolean {
  const ofColumn = all.slice(0, index).filter((other) => other.column === each.column)
  if (isMissing(each.code)) return !ofColumn.some((other) => other.severity === 'error')
  return !ofColumn.some((other) => other.code === each.code && sameValues(other, each))
}

function isMissing(code: ProblemCode): boolean {
  return code === 'account-missing' || code === 'bank-missing' || code === 'holder-missing' || code === 'phone-missing'
}

function sameValues(a: RowProblem, b: RowProblem): boolean {
  return a.code !== 'text-unsafe-character' || a.values?.['codePoint'] === b.values?.['codePoint']
}

/**
 * Rows of one file that mean the same payment: two partial refunds may be intended, so duplicate-in-file is a warning
 * that names the other lines. By line; rows without a payment are left out.
 */
export function duplicateProblems(
  rows: readonly { readonly line: number; readonly paymentId: PaymentId | null }[],
): ReadonlyMap<number, readonly RowProblem[]> {
  const linesOf = new Map<PaymentId, number[]>()
  for (const { line, paymentId } of rows) {
    if (paymentId === null) continue
    const lines = linesOf.get(paymentId)
    if (lines === undefined) linesOf.set(paymentId, [line])
    else lines.push(line)
  }
  const problems = new Map<number, readonly RowProblem[]>()
  for (const lines of linesOf.values()) {
    if (lines.length < 2) continue
    const first = lines.slice(0, LINES_SHOWN_MAX + 1)
    for (const line of lines) {
      const shown = first.filter((other) => other !== line).slice(0, LINES_SHOWN_MAX)
      const more = lines.length - 1 > shown.length ? ' …' : ''
      problems.set(line, [
        found('duplicate-in-file', null, { lines: shown.join(', ') + more, count: lines.length - 1 }, 'warning'),
      ])
    }
  }
  return problems
}

const LINES_SHOWN_MAX = 10
