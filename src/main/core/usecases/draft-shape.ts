import * as v from 'valibot'
import { RowProblemSchema } from '../../../contract/views'
import { ENCODINGS } from '../../../contract/draft'
import { PaymentIdSchema } from '../../../domain/ids'
import { refundAmountSchema, wonSchema } from '../../../domain/money'
import { PAYMENT_METHODS } from '../../../domain/payment'
import { REFUND_COLUMNS } from '../../../domain/problem'
import type { Draft, DraftFlag } from '../ledger/drafts'

/** One row of a draft as it is kept, sealed. */
export const DraftRowSchema = v.object({
  line: v.number(),
  cells: v.array(v.string()),
  orderNo: v.string(),
  paymentKey: v.string(),
  amount: v.nullable(refundAmountSchema),
  bank: v.string(),
  accountNo: v.string(),
  holder: v.string(),
  reason: v.string(),
  method: v.nullable(v.picklist(PAYMENT_METHODS)),
  promisable: v.nullable(wonSchema),
  problems: v.array(RowProblemSchema),
  order: v.nullable(
    v.object({
      paymentId: PaymentIdSchema,
      amount: refundAmountSchema,
      taxFree: v.nullable(wonSchema),
      vat: v.nullable(wonSchema),
      account: v.nullable(
        v.object({ bank: v.string(), accountNo: v.string(), holder: v.string(), phone: v.nullable(v.string()) }),
      ),
      basket: v.optional(v.array(v.object({ itemKey: v.string(), sellerId: v.string() })), []),
      reason: v.string(),
    }),
  ),
})
export type DraftRow = v.InferOutput<typeof DraftRowSchema>

/** What a draft tells without its rows: sealed, since a file's name or header may name people. */
export const DraftHeadSchema = v.object({
  fileName: v.string(),
  header: v.array(v.string()),
  takenAs: v.array(v.nullable(v.picklist(REFUND_COLUMNS))),
  earlier: v.nullable(v.object({ atMs: v.number(), by: v.string() })),
})
export type DraftHead = v.InferOutput<typeof DraftHeadSchema>

export const DraftSummarySchema = v.object({
  encoding: v.picklist(ENCODINGS),
  rowsAll: v.number(),
  rowsFine: v.number(),
  rowsWithErrors: v.number(),
  rowsWithWarnings: v.number(),
  rowsUnknown: v.optional(v.number(), 0),
  /** How many payments the ledger knew. */
  paymentsThen: v.optional(v.number(), 0),
  amountFine: wonSchema,
  rowsDuplicate: v.number(),
  amountDuplicate: wonSchema,
  amountAll: wonSchema,
  controlTotal: v.nullable(wonSchema),
})
export type DraftSummary = v.InferOutput<typeof DraftSummarySchema>

export function headOf(draft: Draft): DraftHead {
  return v.parse(DraftHeadSchema, JSON.parse(draft.head))
}

export function flagOf(row: DraftRow): DraftFlag {
  if (row.order === null) return 'error'
  return row.problems.some((each) => each.severity === 'warning') ? 'warning' : 'fine'
}

/** Warnings of a row that may pay again: it needs the maker's word, and the checker sees how many there are. */
const DUPLICATES: ReadonlySet<string> = new Set([
  'duplicate-refunded',
  'duplicate-returned',
  'duplicate-in-batches',
  'duplicate-in-file',
  'payment-notice-unplaced',
])

/** Whether a row may pay again what is paid or promised already: it goes on only where somebody says that it is meant. */
export function isDuplicate(row: DraftRow): boolean {
  return row.problems.some(({ code }) => DUPLICATES.has(code))
}
