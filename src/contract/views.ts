import * as v from 'valibot'
import { ATTEMPT_STATES, ROW_STATES } from '../domain/attempt-state'
import { BATCH_EVENTS } from '../domain/batch'
import { EVIDENCE } from '../domain/evidence'
import {
  AttemptIdSchema,
  BatchIdSchema,
  ChannelIdSchema,
  PaymentIdSchema,
  PersonIdSchema,
  RowIdSchema,
} from '../domain/ids'
import { ChannelOptionsSchema } from '../domain/channel-options'
import { wonSchema } from '../domain/money'
import { PAYMENT_METHODS, PAYMENT_STATUSES } from '../domain/payment'
import { PG_KINDS } from '../domain/pg'
import { PROBLEM_CODES, REFUND_COLUMNS, type ProblemCode } from '../domain/problem'
import { KstDateSchema } from '../domain/time'
import { QuarantineSchema } from './backup'

/** What the screens are shown. Amounts are won, instants UTC ms, accounts and names are masked before they get here. */

const atMs = v.pipe(v.number(), v.integer())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.maxLength(4000))

export const ProblemSchema = v.object({
  code: v.picklist(PROBLEM_CODES as readonly [ProblemCode, ...ProblemCode[]]),
  values: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number()]))),
})

export const RowProblemSchema = v.object({
  ...ProblemSchema.entries,
  severity: v.picklist(['error', 'warning', 'note']),
  column: v.nullable(v.picklist(REFUND_COLUMNS)),
})

export const MODES = ['practice', 'sandbox', 'live'] as const
export const ModeSchema = v.picklist(MODES)
export type Mode = v.InferOutput<typeof ModeSchema>

export const LanguageSchema = v.picklist(['ko', 'en'])
export type Language = v.InferOutput<typeof LanguageSchema>
export const ThemeSchema = v.picklist(['light', 'dark', 'system'])
export type Theme = v.InferOutput<typeof ThemeSchema>

export const ROLES = ['maker', 'checker', 'admin'] as const
export const RoleSchema = v.picklist(ROLES)
export type Role = v.InferOutput<typeof RoleSchema>

export const PersonViewSchema = v.object({ personId: PersonIdSchema, name: text, roles: v.array(RoleSchema) })
export type PersonView = v.InferOutput<typeof PersonViewSchema>

export const PreferencesSchema = v.object({ language: LanguageSchema, theme: ThemeSchema })
export type Preferences = v.InferOutput<typeof PreferencesSchema>

export const AppStateSchema = v.object({
  mode: ModeSchema,
  version: text,
  /** Where the data lies, for the settings screen; the page can do nothing with it. */
  dataFolder: text,
  keyStore: v.picklist(['keyring', 'key-file']),
  unofficialRuntime: v.boolean(),
  sandboxOff: v.boolean(),
  preferences: PreferencesSchema,
  people: v.array(PersonViewSchema),
  session: v.nullable(PersonViewSchema),
  liveAvailable: v.boolean(),
  /** Why live mode cannot be entered here, null where it can. */
  liveProblem: v.nullable(ProblemSchema),
})
export type AppState = v.InferOutput<typeof AppStateSchema>

export const ConnectionSchema = v.object({
  state: v.picklist(['unknown', 'online', 'offline']),
  /** Since when this state holds. */
  sinceMs: v.nullable(atMs),
  problem: v.nullable(ProblemSchema),
})
export type Connection = v.InferOutput<typeof ConnectionSchema>

const pile = v.object({ count, amount: wonSchema })

/** Batches in hold that a screen is told of. */
export const HOLDS_MAX = 20

export const RunStateSchema = v.object({
  state: v.picklist(['idle', 'running', 'paused', 'waiting-for-pg']),
  sinceMs: v.nullable(atMs),
  problem: v.nullable(ProblemSchema),
  /** Over the rows of batches under way; done is what has left the queue, whatever became of it. */
  rowsAll: count,
  rowsDone: count,
  amountAll: wonSchema,
  amountDone: wonSchema,
  currentBatchId: v.nullable(BatchIdSchema),
  connection: ConnectionSchema,
  /** Requests under way at this moment, and how many may be: fewer than `parallelMax` while the PG asks for patience. */
  inFlight: count,
  parallelNow: count,
  parallelMax: count,
  /** While it waits for the PG: when it tries next. */
  retryAtMs: v.nullable(atMs),
  /** Approved batches whose hold has not ended, soonest first; at most HOLDS_MAX of them. */
  holds: v.array(v.object({ batchId: BatchIdSchema, name: text, rows: count, amount: wonSchema, holdUntilMs: atMs })),
})
export type RunState = v.InferOutput<typeof RunStateSchema>

export const HomeViewSchema = v.object({
  needsLook: pile,
  awaitingApproval: pile,
  drift: pile,
  waiting: pile,
  failed: pile,
  processing: pile,
  /** Accepted refunds whose money should have arrived before today. */
  overdue: pile,
  /** Refunds that a bank sent back and that nobody has paid anew. */
  payoutFailed: pile,
  /** Tasks that refunds left behind, such as a cash receipt that was not cancelled. */
  followUps: count,
  /** The year whose holidays are missing although dates in it are counted already. */
  missingHolidayYear: v.nullable(count),
  /** Imported files that are not a batch yet. */
  drafts: count,
  /** Batches that wait for their maker: not submitted yet. */
  unsubmitted: pile,
  lastSyncAtMs: v.nullable(atMs),
  paymentsKnown: count,
  /** The newest backup of this run of the program or before, and why the last one failed. */
  backup: v.object({ atMs: v.nullable(atMs), problem: v.nullable(ProblemSchema) }),
  quarantine: v.nullable(QuarantineSchema),
  lastFinished: v.nullable(v.object({ batchId: BatchIdSchema, name: text, accepted: pile })),
})
export type HomeView = v.InferOutput<typeof HomeViewSchema>

export const BATCH_STATES = [
  'draft',
  'checked',
  'submitted',
  'approved',
  'running',
  'done',
  'rejected',
  'withdrawn',
  'expired',
] as const
export const BatchStateSchema = v.picklist(BATCH_STATES)

export const CheckViewSchema = v.object({
  checkedAtMs: atMs,
  rowsAll: count,
  willPass: v.object({ count, amount: wonSchema }),
  blocked: v.object({ count, amount: wonSchema }),
  drift: v.object({ count, amount: wonSchema }),
})
export type CheckView = v.InferOutput<typeof CheckViewSchema>

export const BatchSummarySchema = v.object({
  batchId: BatchIdSchema,
  name: text,
  state: BatchStateSchema,
  makerId: PersonIdSchema,
  makerName: text,
  checkerName: v.nullable(text),
  createdAtMs: atMs,
  submittedAtMs: v.nullable(atMs),
  approvedAtMs: v.nullable(atMs),
  approvalExpiresAtMs: v.nullable(atMs),
  /** Nothing of it is sent before this instant; null before the approval. */
  holdUntilMs: v.nullable(atMs),
  rows: count,
  amount: wonSchema,
  /** Rows and won by what the screen shows. */
  byState: v.array(v.object({ state: v.picklist(ROW_STATES), count, amount: wonSchema })),
  check: v.nullable(CheckViewSchema),
  rejectedReason: v.nullable(text),
})
export type BatchSummary = v.InferOutput<typeof BatchSummarySchema>

export const BatchViewSchema = v.object({
  ...BatchSummarySchema.entries,
  fileName: text,
  /** SHA-256 of the exact rows, hex; null before submit. */
  contentHash: v.nullable(text),
  /** Payments per PG behind the channel. */
  providers: v.array(v.object({ provider: text, count, amount: wonSchema })),
  methods: v.array(v.object({ method: v.picklist(PAYMENT_METHODS), count, amount: wonSchema })),
  /** One line for each channel that rows of this batch are paid over. */
  channels: v.array(
    v.object({
      channelId: ChannelIdSchema,
      name: text,
      pg: v.picklist(PG_KINDS),
      rows: count,
      amount: wonSchema,
      /** Accepted or paid out. */
      taken: pile,
      /** Refused, stopped, sent back or ended. */
      failed: pile,
      /** The last Seoul day on which money of it should arrive; null where nobody says when. */
      dueOn: v.nullable(KstDateSchema),
    }),
  ),
  history: v.array(v.object({ atMs, what: v.picklist(BATCH_EVENTS), who: text, note: v.nullable(text) })),
})
export type BatchView = v.InferOutput<typeof BatchViewSchema>

export const NEXT_ACTIONS = ['none', 'wait', 'look', 'decide', 'drift', 'new-row', 'confirm-payout'] as const

export const RowViewSchema = v.object({
  rowId: RowIdSchema,
  batchId: BatchIdSchema,
  line: count,
  state: v.picklist(ROW_STATES),
  sinceMs: atMs,
  orderNo: text,
  pgKey: text,
  paymentId: PaymentIdSchema,
  method: v.picklist(PAYMENT_METHODS),
  provider: text,
  pg: v.picklist(PG_KINDS),
  channelName: text,
  amount: wonSchema,
  paid: wonSchema,
  ledgerBalance: wonSchema,
  bankName: v.nullable(text),
  accountMasked: v.nullable(text),
  holderMasked: v.nullable(text),
  buyerMasked: text,
  reason: text,
  /** Why it is in this state, where there is a reason to give. */
  problem: v.nullable(ProblemSchema),
  /** What the last check against the PG said; null = not checked. */
  checkProblem: v.nullable(ProblemSchema),
  next: v.picklist(NEXT_ACTIONS),
  /** Until when the program looks by itself at a request whose outcome is open; null where nothing is open. */
  lookUntilMs: v.nullable(atMs),
  /** The Seoul day on which the money should arrive; null where nothing is paid to an account or nobody says when. */
  dueOn: v.nullable(KstDateSchema),
  overdue: v.boolean(),
  /** While the PG refuses this row at this hour: when it may be sent. */
  sendFromMs: v.nullable(atMs),
})
export type RowView = v.InferOutput<typeof RowViewSchema>

export const EvidenceSchema = v.object({
  atMs,
  state: v.picklist(ATTEMPT_STATES),
  what: v.picklist(EVIDENCE),
  pgMessage: v.nullable(text),
  httpStatus: v.nullable(v.number()),
  /** Scrubbed request and answer. */
  transcript: v.nullable(text),
})

export const AttemptViewSchema = v.object({
  attemptId: AttemptIdSchema,
  tag: text,
  state: v.picklist(ATTEMPT_STATES),
  preparedAtMs: atMs,
  checksum: wonSchema,
  historyLength: count,
  pgBalance: v.nullable(wonSchema),
  evidence: v.array(EvidenceSchema),
})

export const TimelineEntrySchema = v.object({
  key: text,
  atMs,
  amount: wonSchema,
  /** `own-refund`, `merchant-file`, `adopted`, `pg-baseline`, `pg`. */
  source: text,
  note: text,
  /** Key of the partner on the other side, null for the odd one. */
  partner: v.nullable(text),
})

/**
 * Tasks that a refund may leave behind: a cash receipt that was not cancelled, and a payout that is told both ways, as
 * arrived and as sent back.
 */
export const FOLLOW_UP_KINDS = ['cash-receipt', 'payout-contradicted'] as const

export const RowDetailSchema = v.object({
  row: RowViewSchema,
  attempts: v.array(AttemptViewSchema),
  ours: v.array(TimelineEntrySchema),
  theirs: v.array(TimelineEntrySchema),
  snapshotAtMs: v.nullable(atMs),
  /** How it is known what became of the money, oldest first; `by` is null for a notification of the PG. */
  payouts: v.array(
    v.object({ kind: v.picklist(['paid-out', 'payout-failed']), by: v.nullable(text), note: text, atMs }),
  ),
  /** Open tasks that this refund left behind. */
  followUps: v.array(v.object({ followUpId: text, kind: v.picklist(FOLLOW_UP_KINDS), detail: text, atMs })),
  /** Earliest instant at which the program itself may send the same request again; null = it never will. */
  repeatFromMs: v.nullable(atMs),
})
export type RowDetail = v.InferOutput<typeof RowDetailSchema>

export const PaymentSummarySchema = v.object({
  paymentId: PaymentIdSchema,
  orderNo: text,
  pgKey: text,
  method: v.picklist(PAYMENT_METHODS),
  provider: text,
  status: v.picklist(PAYMENT_STATUSES),
  currency: text,
  paid: wonSchema,
  cancelled: wonSchema,
  ledgerBalance: wonSchema,
  pgBalance: v.nullable(wonSchema),
  promisable: wonSchema,
  paidAtMs: v.nullable(atMs),
  buyerMasked: text,
  productName: text,
  drift: v.boolean(),
})
export type PaymentSummary = v.InferOutput<typeof PaymentSummarySchema>

export const PaymentViewSchema = v.object({
  ...PaymentSummarySchema.entries,
  ours: v.array(TimelineEntrySchema),
  theirs: v.array(TimelineEntrySchema),
  snapshotAtMs: v.nullable(atMs),
  rows: v.array(RowViewSchema),
})
export type PaymentView = v.InferOutput<typeof PaymentViewSchema>

export const ChannelViewSchema = v.object({
  channelId: ChannelIdSchema,
  name: text,
  pg: v.picklist(PG_KINDS),
  host: text,
  options: ChannelOptionsSchema,
  /** Requests that may be under way at a time, 1 to 8. */
  parallel: count,
  keys: v.array(v.object({ name: text, set: v.boolean() })),
})
export type ChannelView = v.InferOutput<typeof ChannelViewSchema>

/** What the shop decided about approvals and runs. */
export const PoliciesSchema = v.strictObject({
  /** Days that an approval lives. */
  approvalLifeDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
  /** Minutes between an approval and its first refund. */
  holdMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60)),
})
export type Policies = v.InferOutput<typeof PoliciesSchema>

export const SyncReportSchema = v.object({
  paymentsRead: count,
  paymentsNew: count,
  driftFound: count,
  driftAmount: wonSchema,
  startedAtMs: atMs,
  endedAtMs: atMs,
})
export type SyncReport = v.InferOutput<typeof SyncReportSchema>

export const BooksReportSchema = v.object({
  fileName: text,
  rowsAll: count,
  cancelsAdded: count,
  cancelsKnown: count,
  paymentsMatched: count,
  problems: v.array(v.object({ line: count, problem: ProblemSchema })),
  problemsAll: count,
  driftFound: count,
})
export type BooksReport = v.InferOutput<typeof BooksReportSchema>

export const SavedFileSchema = v.object({ fileName: text, rows: count })
