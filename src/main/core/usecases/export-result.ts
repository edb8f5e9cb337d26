import type { PersonView } from '../../../contract/views'
import type { RowState } from '../../../domain/attempt-state'
import type { BatchId } from '../../../domain/ids'
import { maskAccount, maskName, maskPhone } from '../../../domain/mask'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { kstDate, kstMinuteText } from '../../../domain/time'
import type { CoreContext } from '../context'
import { writeCsv } from '../intake/write-csv'
import { attemptEvents, attemptsOfRow, tagsOfRow } from '../ledger/attempts'
import { addBatchEvent, findBatch, type Batch } from '../ledger/batches'
import type { Ledger } from '../ledger/open-ledger'
import { showsTag } from '../ledger/payments'
import { contentRows, type RefundRow } from '../ledger/refund-rows'
import type { NamedBytes } from '../port'
import { isOverdue } from '../views/row-view'

/** Files of the merchant's staff are Korean, whatever language the screen speaks. */
const STATE_WORDS: Readonly<Record<RowState, string>> = {
  draft: '작성 중',
  waiting: '대기',
  sending: '전송 중',
  'needs-look': '확인 필요',
  'pg-processing': 'PG 처리 중',
  accepted: 'PG 접수',
  failed: '실패',
  'stopped-drift': '불일치',
  'stopped-rule': '규정에 막힘',
  'paid-out': '입금 완료',
  'payout-failed': '입금 실패',
  cancelled: '철회됨',
  expired: '기한 지남',
}
const OVERDUE_WORD = '입금 예정일 지남'
/** A row that did not count as carried out, and whose refund the PG's history shows all the same. */
const LATE_WORD = 'PG에 처리됨(불일치)'
const RESULT_COLUMNS = ['처리상태', '처리금액', '처리시각', '입금예정일', '환불표시', 'PG메시지', '기록지문'] as const
const AGAIN_STATES: ReadonlySet<RowState> = new Set([
  'failed',
  'stopped-drift',
  'stopped-rule',
  'payout-failed',
  'expired',
  'cancelled',
])

/** Hex digits of the chain head in a file: 64 bits, enough to recognise it by. */
const ANCHOR_DIGITS = 16

type ExportedFile = NamedBytes & { readonly rows: number }

/**
 * The result in the shape of the upload, with what became of each row behind its own columns. Accounts, phones and
 * holders are masked; the chain head stands in the file so that paper can anchor the audit log.
 * Problems: not-found, batch-wrong-state.
 */
export function exportResult(context: CoreContext, who: PersonView, batchId: BatchId): Result<ExportedFile, Problem> {
  const { ledger } = context
  const batch = ledger.read(() => findBatch(ledger, batchId))
  if (batch === null) return fail(problem('not-found'))
  if (batch.approvedAtMs === null) return fail(problem('batch-wrong-state', { state: batch.state }))
  const rows = ledger.read(() => contentRows(ledger, batchId))
  const { seq, hash } = ledger.read(() => ledger.audit.head())
  const anchor = `${seq}-${hash.slice(0, ANCHOR_DIGITS)}`
  const practice = context.mode === 'practice'
  const header = [...batch.head.header, ...RESULT_COLUMNS, ...(practice ? ['모드'] : [])]
  const lines = ledger.read(() =>
    rows.map((row) => [
      ...maskedCells(batch, row),
      ...resultCells(context, row),
      anchor,
      ...(practice ? ['연습'] : []),
    ]),
  )
  ledger.write(() => {
    addBatchEvent(ledger, batchId, 'result-saved', context.nowMs(), who.personId)
    ledger.audit.append({ who: who.personId, action: 'export.result', subject: batchId, detail: { rows: rows.length } })
  })
  return ok(toFile(context, batch, '환불결과', header, lines))
}

/**
 * The rows that did not go through, in the shape of the upload and with their full accounts, to be imported again. What
 * took effect at the PG after all is left out. Needs a reason, which is kept.
 * Problems: not-found, reason-missing, batch-empty (nothing failed).
 */
export function exportFailedRows(
  context: CoreContext,
  who: PersonView,
  batchId: BatchId,
  reason: string,
): Result<ExportedFile, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const batch = ledger.read(() => findBatch(ledger, batchId))
  if (batch === null) return fail(problem('not-found'))
  const rows = ledger.read(() =>
    contentRows(ledger, batchId).filter((row) => AGAIN_STATES.has(row.state) && !tookEffectLate(ledger, row)),
  )
  if (rows.length === 0) return fail(problem('batch-empty'))
  ledger.write(() => {
    addBatchEvent(ledger, batchId, 'failed-rows-saved', context.nowMs(), who.personId, reason)
    ledger.audit.append({
      who: who.personId,
      action: 'export.failed-rows',
      subject: batchId,
      detail: { rows: rows.length, fullAccounts: true },
    })
  })
  const lines = rows.map((row) => [...row.secret.cells])
  return ok(toFile(context, batch, '실패건', batch.head.header, lines))
}

const MASKS: Readonly<Record<string, (cell: string) => string>> = {
  account: (cell) => (cell === '' ? '' : maskAccount(cell.replaceAll(/\D/g, ''))),
  holder: (cell) => (cell === '' ? '' : maskName(cell)),
  phone: (cell) => (cell === '' ? '' : maskPhone(cell)),
}

function maskedCells(batch: Batch, row: RefundRow): string[] {
  return batch.head.header.map((_, index) => {
    const cell = row.secret.cells[index] ?? ''
    const taken = batch.head.takenAs[index] ?? null
    const mask = taken === null ? undefined : MASKS[taken]
    if (mask !== undefined) return mask(cell)
    // A column that nobody asked for, and a free text, may hold anything: long runs of digits are never written out.
    return taken === null || taken === 'reason'
      ? cell.replaceAll(/\d[\d-]{8,}\d/g, (digits) => maskAccount(digits.replaceAll('-', '')))
      : cell
  })
}

function tookEffectLate(ledger: Ledger, { rowId, paymentId }: RefundRow): boolean {
  return showsTag(ledger, paymentId, tagsOfRow(ledger, rowId))
}

function resultCells(context: CoreContext, row: RefundRow): string[] {
  const attempts = attemptsOfRow(context.ledger, row.rowId)
  const last = attempts.at(-1)
  const message =
    last === undefined
      ? ''
      : (attemptEvents(context.ledger, last.attemptId).findLast((event) => event.pgMessage !== null)?.pgMessage ?? '')
  const late = AGAIN_STATES.has(row.state) && tookEffectLate(context.ledger, row)
  const took = row.state === 'accepted' || row.state === 'paid-out' || late
  return [
    late ? LATE_WORD : isOverdue(row, context.nowMs()) ? OVERDUE_WORD : STATE_WORDS[row.state],
    took ? String(row.amount) : '',
    kstMinuteText(row.sinceMs),
    row.dueOn ?? '',
    last?.tag ?? '',
    message,
  ]
}

function toFile(
  context: CoreContext,
  batch: Batch,
  what: string,
  header: readonly string[],
  lines: readonly (readonly string[])[],
): ExportedFile {
  const text = writeCsv(header, lines, { bom: true, newline: '\r\n' })
  const day = kstDate(context.nowMs()).replaceAll('-', '')
  const safeName = batch.name
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .trim()
    .slice(0, 40)
  const prefix = context.mode === 'practice' ? '연습_' : ''
  return {
    name: `${prefix}${day}_${what}_${safeName}_${lines.length}건.csv`,
    bytes: new TextEncoder().encode(text),
    rows: lines.length,
  }
}
