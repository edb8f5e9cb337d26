import type { NEXT_ACTIONS, RowView } from '../../../contract/views'
import type { RowState } from '../../../domain/attempt-state'
import { bankName } from '../../../domain/bank'
import { lookUntilMs, requestLookUpEndsMs } from '../../../domain/look-deadline'
import { maskAccount, maskName } from '../../../domain/mask'
import type { PaymentMethod } from '../../../domain/payment'
import type { PgKind } from '../../../domain/pg'
import { maySendFromMs } from '../../../domain/pg-rules/scope'
import { assertNever } from '../../../domain/result'
import { kstDate, type KstDate } from '../../../domain/time'
import type { CoreContext } from '../context'
import { lastPreparedAtMs } from '../ledger/attempts'
import type { Ledger } from '../ledger/open-ledger'
import { requirePayment } from '../ledger/payments'
import type { RefundRow } from '../ledger/refund-rows'
import { ruleScopeOf } from '../rule-scope'

type NextAction = (typeof NEXT_ACTIONS)[number]

/** Every state has a named next action. `lookedLongEnough`: the program's own look-ups have had their time. */
export function nextAction(
  state: RowState,
  dueOn: KstDate | null,
  method: PaymentMethod,
  lookedLongEnough: boolean,
): NextAction {
  switch (state) {
    case 'draft':
    case 'cancelled':
    case 'expired':
    case 'paid-out':
      return 'none'
    case 'waiting':
    case 'sending':
      return 'wait'
    case 'needs-look':
    case 'pg-processing':
      return lookedLongEnough ? 'decide' : 'look'
    case 'failed':
    case 'stopped-rule':
    case 'payout-failed':
      return 'new-row'
    case 'stopped-drift':
      return 'drift'
    case 'accepted':
      return method === 'virtual-account' || dueOn !== null ? 'confirm-payout' : 'none'
    default:
      return assertNever(state)
  }
}

/** The money should have arrived before today, and nobody has seen it. */
export function isOverdue({ state, dueOn }: Pick<RefundRow, 'state' | 'dueOn'>, nowMs: number): boolean {
  return state === 'accepted' && dueOn !== null && dueOn < kstDate(nowMs)
}

export function viewRow(context: CoreContext, row: RefundRow): RowView {
  const { ledger } = context
  const nowMs = context.nowMs()
  const payment = requirePayment(ledger, row.paymentId)
  const channel = context.channels.require(payment.channelId)
  const { pg } = channel.options
  const { account } = row.order
  const ownLooksUntil = lookUntilMs(row.state, row.sinceMs)
  const lookUntil = ownLooksUntil === null ? null : (requestEndsMs(ledger, pg, row) ?? ownLooksUntil)
  // Where the PG answers for days, a person need not wait for its last word.
  const lookedLongEnough = ownLooksUntil !== null && nowMs >= Math.min(ownLooksUntil, lookUntil ?? Infinity)
  return {
    rowId: row.rowId,
    batchId: row.batchId,
    line: row.line,
    state: row.state,
    sinceMs: row.sinceMs,
    orderNo: payment.orderNo,
    pgKey: payment.pgKey,
    paymentId: payment.paymentId,
    method: payment.method,
    provider: payment.provider,
    pg,
    channelName: channel.name,
    amount: row.amount,
    paid: payment.paid,
    ledgerBalance: payment.ledgerBalance,
    bankName: account === null ? null : bankName(account.bank),
    accountMasked: account === null ? null : maskAccount(account.accountNo),
    holderMasked: account === null ? null : maskName(account.holder),
    buyerMasked: maskName(payment.buyerName),
    reason: row.secret.reason,
    problem: row.problem,
    checkProblem: row.checkProblem,
    next: nextAction(row.state, row.dueOn, payment.method, lookedLongEnough),
    lookUntilMs: lookUntil,
    dueOn: row.dueOn,
    overdue: isOverdue(row, nowMs),
    sendFromMs: row.state === 'waiting' ? maySendFromMs(ruleScopeOf(ledger, payment), nowMs) : null,
  }
}

/** From when the PG says nothing any more about the row's request. */
function requestEndsMs(ledger: Ledger, pg: PgKind, { rowId }: RefundRow): number | null {
  if (pg !== 'kicc') return null
  const preparedAtMs = lastPreparedAtMs(ledger, rowId)
  return preparedAtMs === null ? null : requestLookUpEndsMs(pg, kstDate(preparedAtMs))
}

export function viewRows(context: CoreContext, rows: readonly RefundRow[]): RowView[] {
  return rows.map((row) => viewRow(context, row))
}
