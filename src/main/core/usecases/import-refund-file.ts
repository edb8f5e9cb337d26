import * as v from 'valibot'
import {
  problem,
  type Problem,
  type ProblemCode,
  type RefundColumn,
  type RowProblem,
  type Severity,
} from '../../../domain/problem'
import type { DraftView } from '../../../contract/draft'
import { DraftIdSchema, type DraftId, type PaymentId, type PersonId } from '../../../domain/ids'
import { addWon, isWon, subtractWon, won, type Won } from '../../../domain/money'
import { duplicateProblems, judgeRefundRow, type PaymentFacts } from '../../../domain/refund-row'
import { fail, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import type { Encoding } from '../intake/decode-text'
import { readRefundFile, type RefundFile, type RefundFileRow } from '../intake/read-refund-file'
import { draftBytes, findDraft, putDraft, rememberImport, earlierImport } from '../ledger/drafts'
import type { Ledger } from '../ledger/open-ledger'
import {
  countOpenBatches,
  countPayments,
  findCandidates,
  knowsPayment,
  ownRefundsOf,
  type LedgerPayment,
} from '../ledger/payments'
import { stopsRefunds, unplacedOf } from '../ledger/notices'
import { returnedRefunds } from '../ledger/payouts'
import { PAYMENT_KEY_NAMES } from '../pg/registry'
import { ruleScopeOf } from '../rule-scope'
import type { PaymentRef } from '../pg/gateway'
import type { NamedBytes } from '../port'
import { flagOf, headOf, isDuplicate, type DraftHead, type DraftRow, type DraftSummary } from './draft-shape'
import { showDraft } from './show-draft'
import { readPayments } from './sync-pg'

/** Rows judged in one slice. */
const SLICE = 100

/**
 * A refund file becomes a draft: every row is fine or has all its problems. Payments that our ledger does not know are
 * asked of the PG, 100 in a call; where it cannot be reached they stay unknown and the rows say so.
 * Problems: those of readRefundFile, cancelled.
 */
export function importRefundFile(
  context: CoreContext,
  personId: PersonId,
  file: NamedBytes,
): Promise<Result<DraftView, Problem>> {
  const draftId = v.parse(DraftIdSchema, context.newId('draft'))
  return readIntoDraft(context, {
    draftId,
    personId,
    importedAtMs: context.nowMs(),
    fileName: file.name,
    bytes: file.bytes,
    encoding: 'auto',
    first: true,
  })
}

/** Reads a draft's bytes again: in another encoding, or against payments that are known by now. Problems: not-found. */
export async function rereadDraft(
  context: CoreContext,
  personId: PersonId,
  draftId: DraftId,
  encoding: Encoding,
): Promise<Result<DraftView, Problem>> {
  const draft = context.ledger.read(() => findDraft(context.ledger, draftId))
  const bytes = context.ledger.read(() => draftBytes(context.ledger, draftId))
  if (draft?.state !== 'open' || bytes === null || bytes.length === 0) return fail(problem('not-found'))
  const { fileName } = headOf(draft)
  return readIntoDraft(context, {
    draftId,
    personId,
    importedAtMs: draft.importedAtMs,
    fileName,
    bytes,
    encoding,
    first: false,
  })
}

interface Reading {
  readonly draftId: DraftId
  readonly personId: PersonId
  readonly importedAtMs: number
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly encoding: Encoding | 'auto'
  readonly first: boolean
}

function readIntoDraft(context: CoreContext, reading: Reading): Promise<Result<DraftView, Problem>> {
  const { ledger } = context
  return context.tasks.run('import', async (task) => {
    const read = await readRefundFile(reading.bytes, {
      encoding: reading.encoding,
      paymentKeyNames: PAYMENT_KEY_NAMES,
      yieldNow: context.breathe,
      onProgress: (done, all) => task.progress(done, all * 2),
    })
    if (!read.ok) return read
    const file = read.value
    await askForUnknown(context, file, task.signal)
    const rows = await judgeRows(
      context,
      file,
      (done) => task.progress(file.rows.length + done, file.rows.length * 2),
      task.signal,
    )
    if (rows === null) return fail(problem('cancelled'))

    const summary = summarise(
      file,
      rows,
      ledger.read(() => countPayments(ledger)),
    )
    const earlier = ledger.read(() => (reading.first ? earlierImport(ledger, 'refunds', file.sha256) : null))
    const known = ledger.read(() => findDraft(ledger, reading.draftId))
    const head: DraftHead = {
      fileName: reading.fileName,
      header: [...file.header],
      takenAs: takenAs(file),
      earlier:
        earlier === null ? (known === null ? null : headOf(known).earlier) : { atMs: earlier.atMs, by: earlier.name },
    }
    // A resident number may not be kept: neither the row's cells nor the bytes they came from.
    const keepsBytes = !rows.some((row) => row.problems.some(isResidentNumber))
    const kept = ledger.write((): boolean => {
      // A draft that became a batch or was thrown away during the reading does not come back.
      if (!reading.first && findDraft(ledger, reading.draftId)?.state !== 'open') return false
      putDraft(
        ledger,
        {
          draftId: reading.draftId,
          personId: reading.personId,
          fileHash: file.sha256,
          importedAtMs: reading.importedAtMs,
          summary: JSON.stringify(summary),
          head: JSON.stringify(head),
          bytes: keepsBytes ? reading.bytes : new Uint8Array(),
        },
        { flags: rows.map(flagOf), rows: rows.map((row) => JSON.stringify(row)) },
      )
      if (reading.first) rememberImport(ledger, 'refunds', file.sha256, reading.personId, reading.importedAtMs)
      ledger.audit.append({
        who: reading.personId,
        action: reading.first ? 'file.imported' : 'file.reread',
        subject: reading.draftId,
        detail: { rows: summary.rowsAll, fine: summary.rowsFine, errors: summary.rowsWithErrors, sha256: file.sha256 },
      })
      return true
    })
    if (!kept) return fail(problem('not-found'))
    context.changed('drafts', 'home')
    return showDraft(context, reading.draftId)
  })
}

/** Asks the PG for the payments that rows name and our ledger does not know. Being offline is no problem of the file. */
async function askForUnknown(context: CoreContext, file: RefundFile, signal: AbortSignal): Promise<void> {
  const refs = new Map<string, PaymentRef>()
  for (const [index, { parsed }] of file.rows.entries()) {
    if (index % SLICE === SLICE - 1) await context.breathe()
    const ref = { pgKey: parsed.paymentKey ?? '', orderNo: parsed.orderNo ?? '' }
    if (context.ledger.read(() => knowsPayment(context.ledger, ref))) continue
    if (ref.pgKey !== '') refs.set(`k:${ref.pgKey}`, { by: 'pg-key', key: ref.pgKey })
    else if (ref.orderNo !== '') refs.set(`o:${ref.orderNo}`, { by: 'order-no', orderNo: ref.orderNo })
  }
  if (refs.size === 0) return
  for (const channel of context.channels.list()) {
    const read = await readPayments(context, channel.channelId, [...refs.values()], undefined, signal)
    if (!read.ok) return
  }
}

async function judgeRows(
  context: CoreContext,
  file: RefundFile,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<DraftRow[] | null> {
  const used = new Map<PaymentId, Won>()
  const rows: DraftRow[] = []
  for (const [index, row] of file.rows.entries()) {
    rows.push(judgeRow(context, row, used))
    if (index % SLICE === SLICE - 1) {
      onProgress(index + 1)
      await context.breathe()
      if (signal.aborted) return null
    }
  }
  const marks = duplicateProblems(rows.map((row) => ({ line: row.line, paymentId: row.order?.paymentId ?? null })))
  return rows.map((row) => ({ ...row, problems: [...row.problems, ...(marks.get(row.line) ?? []).map(toPlain)] }))
}

function judgeRow(context: CoreContext, row: RefundFileRow, used: Map<PaymentId, Won>): DraftRow {
  const { ledger } = context
  const { parsed } = row
  const candidates = ledger.read(() =>
    findCandidates(ledger, { pgKey: parsed.paymentKey ?? '', orderNo: parsed.orderNo ?? '' }),
  )
  const facts = candidates.map((payment) => factsOf(ledger, payment, used.get(payment.paymentId) ?? won(0)))
  const { order, problems } = judgeRefundRow(parsed, { candidates: facts, nowMs: context.nowMs() })
  const fact = facts.find((each) => each.paymentId === order?.paymentId) ?? (facts.length === 1 ? facts[0] : undefined)
  if (order !== null) used.set(order.paymentId, addWon(used.get(order.paymentId) ?? won(0), order.amount))
  const mayKeep = !problems.some(isResidentNumber)
  return {
    line: row.line,
    cells: mayKeep ? [...row.cells] : row.cells.map(() => ''),
    orderNo: mayKeep ? (parsed.orderNo ?? '') : '',
    paymentKey: mayKeep ? (parsed.paymentKey ?? '') : '',
    amount: parsed.amount,
    bank: parsed.bank ?? '',
    accountNo: mayKeep ? (parsed.accountNo ?? '') : '',
    holder: mayKeep ? (parsed.holder ?? '') : '',
    reason: mayKeep ? parsed.reason : '',
    method: fact?.method ?? null,
    promisable: fact?.promisable ?? null,
    problems: problems.map(toPlain),
    order: order === null ? null : { ...order, basket: [...order.basket] },
  }
}

/** The error only: as a warning it says that digits merely look like one. */
function isResidentNumber(found: { readonly code: ProblemCode; readonly severity: Severity }): boolean {
  return found.code === 'text-resident-number' && found.severity === 'error'
}

function factsOf(ledger: Ledger, payment: LedgerPayment, usedInFile: Won): PaymentFacts {
  return ledger.read(() => {
    const unplaced = unplacedOf(ledger, payment.paymentId)
    return {
      ...payment,
      ...ruleScopeOf(ledger, payment),
      promisable: subtractWon(payment.promisable, usedInFile),
      hasOpenAttempt: payment.openAttempt,
      otherOpenBatches: countOpenBatches(ledger, payment.paymentId),
      unplacedNotices: unplaced.length,
      noticeStops: stopsRefunds(unplaced),
      returnedRefunds: returnedRefunds(ledger, payment.paymentId),
      ownRefunds: ownRefundsOf(ledger, payment.paymentId),
    }
  })
}

function toPlain({ code, values, severity, column }: RowProblem): DraftRow['problems'][number] {
  return values === undefined ? { code, severity, column } : { code, values: { ...values }, severity, column }
}

function summarise(file: RefundFile, rows: readonly DraftRow[], paymentsThen: number): DraftSummary {
  const fine = rows.filter((row) => row.order !== null)
  return {
    encoding: file.encoding,
    rowsAll: rows.length,
    rowsFine: fine.length,
    rowsWithErrors: rows.length - fine.length,
    rowsWithWarnings: rows.filter((row) => flagOf(row) === 'warning').length,
    rowsUnknown: rows.filter((row) => row.problems.some(({ code }) => code === 'payment-unknown')).length,
    paymentsThen,
    rowsDuplicate: fine.filter(isDuplicate).length,
    amountDuplicate: fine.filter(isDuplicate).reduce((sum, row) => addWon(sum, row.amount ?? won(0)), won(0)),
    amountFine: fine.reduce((sum, row) => addWon(sum, row.amount ?? won(0)), won(0)),
    amountAll: file.readTotal,
    controlTotal: file.controlTotal !== null && isWon(file.controlTotal) ? file.controlTotal : null,
  }
}

function takenAs(file: RefundFile): (RefundColumn | null)[] {
  const names: (RefundColumn | null)[] = file.header.map(() => null)
  for (const [column, index] of file.columns) names[index] = column
  return names
}
