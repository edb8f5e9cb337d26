import * as v from 'valibot'
import type { ChannelInput } from '../../../contract/channels'
import type { DraftRowView, DraftView } from '../../../contract/draft'
import { bankName } from '../../../domain/bank'
import type { DraftId } from '../../../domain/ids'
import { maskAccount, maskName } from '../../../domain/mask'
import { problem, type Problem, type RefundColumn } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import {
  closeDraft,
  draftPositions,
  draftRowsAt,
  findDraft,
  openDrafts,
  type Draft,
  type DraftFlag,
} from '../ledger/drafts'
import { countPayments } from '../ledger/payments'
import { DraftRowSchema, DraftSummarySchema, headOf, type DraftHead, type DraftRow } from './draft-shape'

export function showDraft(context: CoreContext, draftId: DraftId): Result<DraftView, Problem> {
  const draft = context.ledger.read(() => findDraft(context.ledger, draftId))
  return draft === null ? fail(problem('not-found')) : ok(toDraftView(context, draft))
}

export function showDrafts(context: CoreContext): Result<DraftView[], Problem> {
  return ok(context.ledger.read(() => openDrafts(context.ledger)).map((draft) => toDraftView(context, draft)))
}

function toDraftView(context: CoreContext, draft: Draft): DraftView {
  const head = headOf(draft)
  const { paymentsThen, ...summary } = v.parse(DraftSummarySchema, JSON.parse(draft.summary))
  const paymentsKnown = context.ledger.read(() => countPayments(context.ledger))
  return {
    draftId: draft.draftId,
    fileName: head.fileName,
    ...summary,
    importedAtMs: draft.importedAtMs,
    importedBy: context.people.get(draft.personId)?.name ?? '',
    columns: head.header.map((name, index) => ({ name, takenAs: head.takenAs[index] ?? null })),
    importedBefore: head.earlier,
    paymentsKnown,
    paymentsSince: Math.max(0, paymentsKnown - paymentsThen),
  }
}

const FLAGS: Readonly<Record<ChannelInput<'import.rows'>['filter'], readonly DraftFlag[]>> = {
  all: ['error', 'warning', 'fine'],
  errors: ['error'],
  warnings: ['warning'],
  fine: ['fine', 'warning'],
}

/** Rows of a draft, masked. Problems: not-found. */
export function showDraftRows(
  context: CoreContext,
  input: ChannelInput<'import.rows'>,
): Result<{ total: number; rows: DraftRowView[] }, Problem> {
  const { ledger } = context
  const draft = ledger.read(() => findDraft(ledger, input.draftId))
  if (draft === null) return fail(problem('not-found'))
  const { takenAs } = headOf(draft)
  const { total, positions } = ledger.read(() =>
    draftPositions(ledger, input.draftId, FLAGS[input.filter], input.offset, input.limit),
  )
  const rows = readDraftRows(context, input.draftId, positions).map((row) => toRowView(row, takenAs))
  return ok({ total, rows })
}

export function readDraftRows(context: CoreContext, draftId: DraftId, positions: readonly number[]): DraftRow[] {
  const { ledger } = context
  return ledger.read(() => draftRowsAt(ledger, draftId, positions)).map((row) => v.parse(DraftRowSchema, row))
}

function toRowView(row: DraftRow, takenAs: DraftHead['takenAs']): DraftRowView {
  const cell = (column: RefundColumn): string => row.cells[takenAs.indexOf(column)] ?? ''
  return {
    line: row.line,
    orderNo: row.orderNo,
    paymentKey: row.paymentKey,
    amountText: cell('amount'),
    amount: row.amount,
    bank: row.bank === '' ? cell('bank') : bankName(row.bank),
    accountMasked: row.accountNo === '' ? maskUnreadable(cell('account')) : maskAccount(row.accountNo),
    holderMasked: row.holder === '' ? '' : maskName(row.holder),
    reason: row.reason,
    method: row.method,
    promisable: row.promisable,
    fine: row.order !== null,
    problems: row.problems,
  }
}

/** Digits that stay visible of a cell that is no account: what went wrong must be seen, a whole number must not. */
const SHOWN_DIGITS = 5

/** A cell that could not be read as an account, as it is written: `5.62E+13` stays whole, a long run of digits does not. */
function maskUnreadable(cell: string): string {
  const signs = Array.from(cell)
  const hidden = signs.filter(isDigit).length - SHOWN_DIGITS
  return signs
    .map((sign, at) => (isDigit(sign) && signs.slice(0, at).filter(isDigit).length < hidden ? '•' : sign))
    .join('')
}

const isDigit = (sign: string): boolean => /\p{Nd}/u.test(sign)

/** Throws a draft away, with its file. Nothing of it was ever sent. */
export function discardDraft(
  context: CoreContext,
  who: string,
  draftId: DraftId,
): Result<Record<string, never>, Problem> {
  const { ledger } = context
  const draft = ledger.read(() => findDraft(ledger, draftId))
  if (draft?.state !== 'open') return fail(problem('not-found'))
  ledger.write(() => {
    closeDraft(ledger, draftId, 'discarded')
    ledger.audit.append({ who, action: 'draft.discarded', subject: draftId, detail: { sha256: draft.fileHash } })
  })
  context.changed('drafts', 'home')
  return ok({})
}
