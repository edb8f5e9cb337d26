import type { ApprovalDigest } from '../../../contract/secret'
import type { BatchView, PersonView } from '../../../contract/views'
import { judgeApproval } from '../../../domain/approval'
import { bankName } from '../../../domain/bank'
import type { BatchId, PersonId } from '../../../domain/ids'
import { addWon, subtractWon, won, type Won } from '../../../domain/money'
import { maskAccount, maskName } from '../../../domain/mask'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { wonInWords } from '../../../domain/won-words'
import type { CoreContext } from '../context'
import { addBatchEvent, batchByChannel, batchSplit, findBatch, setBatchState } from '../ledger/batches'
import { insertApproval } from '../ledger/outbox'
import { requirePayment } from '../ledger/payments'
import { openQuarantine } from '../ledger/quarantine'
import { contentRows, type RefundRow } from '../ledger/refund-rows'
import { contentHashOf } from './prepare-batch'
import { showBatch } from './show-batches'

const DAY_MS = 24 * 60 * 60 * 1000
const LARGEST_SHOWN = 5

export interface ApprovalOffer {
  readonly digest: ApprovalDigest
  /** People who may approve this batch: checkers other than the maker. */
  readonly checkers: readonly PersonView[]
}

/**
 * What the second person reads before signing, made here from the ledger and never by the page.
 * Problems: not-found, ledger-quarantined, batch-wrong-state, content-changed, approver-is-maker (nobody else could
 * approve).
 */
export function describeApproval(context: CoreContext, batchId: BatchId): Result<ApprovalOffer, Problem> {
  const { ledger } = context
  return ledger.read((): Result<ApprovalOffer, Problem> => {
    const batch = findBatch(ledger, batchId)
    if (batch === null) return fail(problem('not-found'))
    if (openQuarantine(ledger) !== null) return fail(problem('ledger-quarantined'))
    if (batch.state !== 'submitted' || batch.contentHash === null || batch.submittedAtMs === null) {
      return fail(problem('batch-wrong-state', { state: batch.state }))
    }
    if (contentHashOf(ledger, batchId) !== batch.contentHash) return fail(problem('content-changed'))
    const checkers = context.people
      .list()
      .filter((person) => person.roles.includes('checker') && person.personId !== batch.makerId)
    if (checkers.length === 0) return fail(problem('approver-is-maker'))
    const rows = contentRows(ledger, batchId)
    const methods = new Map<string, { rows: number; amount: Won }>()
    for (const each of batchSplit(ledger, batchId)) {
      const sum = methods.get(each.method) ?? { rows: 0, amount: won(0) }
      methods.set(each.method, { rows: sum.rows + each.count, amount: addWon(sum.amount, each.amount) })
    }
    const full = rows.filter((row) => row.amount === requirePayment(ledger, row.paymentId).ledgerBalance).length
    return ok({
      checkers,
      digest: {
        batchName: batch.name,
        makerName: batch.makerName,
        rows: rows.length,
        amount: batch.amount,
        amountInWords: wonInWords(batch.amount),
        contentHash: batch.contentHash,
        submittedAtMs: batch.submittedAtMs,
        check:
          batch.check === null
            ? null
            : {
                atMs: batch.check.checkedAtMs,
                willPass: batch.check.willPass.count,
                blocked: batch.check.blocked.count,
                drift: batch.check.drift.count,
              },
        byChannel: batchByChannel(ledger, batchId)
          .toSorted((a, b) => b.amount - a.amount)
          .map(({ channelId, rows: count, amount }) => {
            const { name, options } = context.channels.require(channelId)
            return { name, pg: options.pg, rows: count, amount }
          }),
        byMethod: [...methods].map(([method, sum]) => ({ method, ...sum })),
        largest: rows
          .toSorted((a, b) => b.amount - a.amount)
          .slice(0, LARGEST_SHOWN)
          .map((row) => largestRow(context, row)),
        fullRefunds: full,
        partialRefunds: rows.length - full,
        warnings: [
          ...(batch.head.importedBefore ? [{ what: 'file-imported-before', rows: rows.length }] : []),
          ...countWarnings(rows),
        ],
        expiresAtMs: expiryOf(context),
        holdMinutes: context.settings.get('holdMinutes'),
      },
    })
  })
}

const expiryOf = (context: CoreContext): number => context.nowMs() + context.settings.get('approvalLifeDays') * DAY_MS

function largestRow(context: CoreContext, row: RefundRow): ApprovalDigest['largest'][number] {
  const { account } = row.order
  return {
    orderNo: requirePayment(context.ledger, row.paymentId).orderNo,
    amount: row.amount,
    bankName: account === null ? null : bankName(account.bank),
    accountMasked: account === null ? null : maskAccount(account.accountNo),
    holderMasked: account === null ? null : maskName(account.holder),
  }
}

function countWarnings(rows: readonly RefundRow[]): { what: string; rows: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) for (const what of new Set(row.warnings)) counts.set(what, (counts.get(what) ?? 0) + 1)
  return [...counts].map(([what, count]) => ({ what, rows: count }))
}

/**
 * A second person signs the exact content with a PIN: one transaction writes the approval, the reservations and the
 * outbox. Problems: pin-wrong, pin-locked, ledger-quarantined, those of judgeApproval, amount-over-promisable (naming the order).
 */
export async function approveBatch(
  context: CoreContext,
  input: { readonly batchId: BatchId; readonly personId: PersonId; readonly pin: string; readonly contentHash: string },
): Promise<Result<BatchView, Problem>> {
  const { ledger } = context
  const verified = await context.people.verifyPin(input.personId, input.pin)
  if (!verified.ok) return verified
  const checker = verified.value
  const signed = ledger.write((): Result<null, Problem> => {
    const batch = findBatch(ledger, input.batchId)
    if (batch === null) return fail(problem('not-found'))
    if (openQuarantine(ledger) !== null) return fail(problem('ledger-quarantined'))
    const atMs = context.nowMs()
    const verdict = judgeApproval({
      makerId: batch.makerId,
      checkerId: checker.personId,
      checkerRoles: checker.roles,
      batchState: batch.state,
      contentHashShown: input.contentHash,
      contentHashNow: contentHashOf(ledger, input.batchId),
      checkedAtMs: batch.check?.checkedAtMs ?? null,
      nowMs: atMs,
    })
    if (!verdict.ok) return verdict
    const holdMinutes = context.settings.get('holdMinutes')
    const short = firstUncovered(context, input.batchId)
    if (short !== null) return fail(short)
    insertApproval(ledger, {
      batchId: input.batchId,
      contentHash: verdict.value.contentHash,
      makerId: batch.makerId,
      checkerId: checker.personId,
      approvedAtMs: atMs,
      expiresAtMs: expiryOf(context),
      holdUntilMs: atMs + holdMinutes * 60_000,
    })
    setBatchState(ledger, input.batchId, 'approved')
    addBatchEvent(ledger, input.batchId, 'approved', atMs, checker.personId)
    ledger.audit.append({
      who: checker.personId,
      action: 'batch.approved',
      subject: input.batchId,
      detail: {
        contentHash: verdict.value.contentHash,
        rows: batch.rows,
        amount: batch.amount,
        checkAgeMs: verdict.value.checkAgeMs,
        holdMinutes,
      },
    })
    return ok(null)
  })
  if (!signed.ok) return signed
  context.changed('batches', 'rows', 'run', 'home', 'payments')
  context.wakeRunner()
  return showBatch(context, input.batchId)
}

/** The first payment that can no longer give what this batch asks of it: something else was promised since the import. */
function firstUncovered(context: CoreContext, batchId: BatchId): Problem | null {
  const wanted = new Map<string, Won>()
  for (const row of contentRows(context.ledger, batchId)) {
    const payment = requirePayment(context.ledger, row.paymentId)
    const sum = addWon(wanted.get(row.paymentId) ?? won(0), row.amount)
    wanted.set(row.paymentId, sum)
    if (sum > payment.promisable) {
      return problem('amount-over-promisable', {
        orderNo: payment.orderNo,
        promisable: payment.promisable,
        short: subtractWon(sum, payment.promisable),
      })
    }
  }
  return null
}

/** The second person sends a batch back. Problems: not-found, reason-missing, approver-is-maker, batch-wrong-state. */
export function rejectBatch(
  context: CoreContext,
  checker: PersonView,
  batchId: BatchId,
  reason: string,
): Result<BatchView, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const result = ledger.write((): Result<null, Problem> => {
    const batch = findBatch(ledger, batchId)
    if (batch === null) return fail(problem('not-found'))
    if (batch.makerId === checker.personId) return fail(problem('approver-is-maker'))
    if (batch.state !== 'submitted') return fail(problem('batch-wrong-state', { state: batch.state }))
    setBatchState(ledger, batchId, 'rejected')
    addBatchEvent(ledger, batchId, 'rejected', context.nowMs(), checker.personId, reason)
    ledger.audit.append({ who: checker.personId, action: 'batch.rejected', subject: batchId, detail: {} })
    return ok(null)
  })
  if (!result.ok) return result
  context.changed('batches', 'home')
  return showBatch(context, batchId)
}
