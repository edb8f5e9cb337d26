import * as v from 'valibot'
import { DraftIdSchema } from '../domain/ids'
import { wonSchema } from '../domain/money'
import { PAYMENT_METHODS } from '../domain/payment'
import { REFUND_COLUMNS } from '../domain/problem'
import { RowProblemSchema } from './views'

/** An imported refund file, before it is a batch. Amounts are won, instants UTC ms; accounts and names are masked. */

const atMs = v.pipe(v.number(), v.integer())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.maxLength(4000))

export const ENCODINGS = ['utf-8', 'cp949', 'utf-16le', 'utf-16be'] as const
export const EncodingSchema = v.picklist(ENCODINGS)

export const DraftViewSchema = v.object({
  draftId: DraftIdSchema,
  fileName: text,
  encoding: EncodingSchema,
  importedAtMs: atMs,
  importedBy: text,
  /** Column names of the file, in order, with what each was taken for (null = kept, not used). */
  columns: v.array(v.object({ name: text, takenAs: v.nullable(v.picklist(REFUND_COLUMNS)) })),
  rowsAll: count,
  rowsFine: count,
  rowsWithErrors: count,
  rowsWithWarnings: count,
  /** Rows whose payment the ledger did not know when the file was checked. */
  rowsUnknown: count,
  amountFine: wonSchema,
  /** Fine rows that may pay again what is paid or promised already. */
  rowsDuplicate: count,
  amountDuplicate: wonSchema,
  amountAll: wonSchema,
  /** The file's own total row, null when it has none. */
  controlTotal: v.nullable(wonSchema),
  /** An earlier import of the same bytes. */
  importedBefore: v.nullable(v.object({ atMs, by: text })),
  /** Payments that the ledger knows by now, and how many of them came after the file was checked. */
  paymentsKnown: count,
  paymentsSince: count,
})
export type DraftView = v.InferOutput<typeof DraftViewSchema>

export const DraftRowViewSchema = v.object({
  line: count,
  orderNo: text,
  paymentKey: text,
  /** The cell as it stands in the file, accounts masked. */
  amountText: text,
  amount: v.nullable(wonSchema),
  bank: text,
  accountMasked: text,
  holderMasked: text,
  reason: text,
  method: v.nullable(v.picklist(PAYMENT_METHODS)),
  promisable: v.nullable(wonSchema),
  fine: v.boolean(),
  problems: v.array(RowProblemSchema),
})
export type DraftRowView = v.InferOutput<typeof DraftRowViewSchema>
