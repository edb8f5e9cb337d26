import * as v from 'valibot'
import {
  BatchIdSchema,
  ChannelIdSchema,
  DraftIdSchema,
  DriftCaseIdSchema,
  PaymentIdSchema,
  RowIdSchema,
} from '../domain/ids'
import { ChannelOptionsSchema } from '../domain/channel-options'
import { KstDateSchema } from '../domain/time'
import { AuditEntrySchema } from './audit'
import { BackupViewSchema, QuarantineReportSchema } from './backup'
import { HolidaysViewSchema } from './holidays'
import { FollowUpViewSchema, NoticesReportSchema, PASTE_CHARS_MAX, PgKindSchema, RuleViewSchema } from './pg'
import { RecoveryViewSchema } from './recovery'
import {
  AppStateSchema,
  BatchStateSchema,
  BatchSummarySchema,
  BatchViewSchema,
  BooksReportSchema,
  ChannelViewSchema,
  CheckViewSchema,
  HomeViewSchema,
  LanguageSchema,
  ModeSchema,
  PaymentSummarySchema,
  PaymentViewSchema,
  PersonViewSchema,
  PoliciesSchema,
  PreferencesSchema,
  RoleSchema,
  RowDetailSchema,
  RowViewSchema,
  RunStateSchema,
  SavedFileSchema,
  SyncReportSchema,
  ThemeSchema,
} from './views'
import { DraftRowViewSchema, DraftViewSchema, EncodingSchema } from './draft'
import { DriftSummarySchema, DriftViewSchema } from './drift'

/** The greatest file the page may hand over, bytes. */
export const FILE_BYTES_MAX = 50 * 1024 * 1024
/** Rows in one page of a list. */
export const PAGE_ROWS_MAX = 500

const nothing = v.strictObject({})
const page = {
  offset: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PAGE_ROWS_MAX)),
}
const reason = v.pipe(v.string(), v.trim(), v.maxLength(500))
const name = v.pipe(v.string(), v.trim(), v.maxLength(100))
const droppedFile = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  bytes: v.pipe(v.instance(Uint8Array), v.maxLength(FILE_BYTES_MAX)),
})

function pageOf<const S extends v.GenericSchema>(row: S) {
  return v.object({ total: v.number(), rows: v.array(row) })
}

/** `session`: who must be signed in. `none`: anybody at the window. */
export type SessionNeed = 'none' | 'signed-in' | 'maker' | 'checker' | 'admin'

/**
 * One map from channel to what may cross it. Every call answers a `Result`: the output below, or a problem.
 * Main, preload and renderer take their types from here; a channel that is not here does not exist.
 */
export const CHANNELS = {
  'app.state': { session: 'none', input: nothing, output: AppStateSchema },
  'app.setPreferences': {
    session: 'none',
    input: v.strictObject({ language: LanguageSchema, theme: ThemeSchema }),
    output: PreferencesSchema,
  },
  /** Opens the secret window; answers who signed in. */
  'session.signIn': { session: 'none', input: nothing, output: PersonViewSchema },
  'session.signOut': { session: 'signed-in', input: nothing, output: nothing },

  'home.today': { session: 'signed-in', input: nothing, output: HomeViewSchema },

  /** Main's own file dialog; answers `cancelled` when the person closes it. */
  'import.chooseFile': { session: 'maker', input: nothing, output: DraftViewSchema },
  'import.dropFile': { session: 'maker', input: droppedFile, output: DraftViewSchema },
  /** Practice only: the sample refund file of the practice shop. */
  'import.sampleFile': {
    session: 'maker',
    input: v.strictObject({ which: v.picklist(['fine', 'with-errors', 'kicc']) }),
    output: DraftViewSchema,
  },
  'import.drafts': { session: 'signed-in', input: nothing, output: v.array(DraftViewSchema) },
  'import.draft': { session: 'signed-in', input: v.strictObject({ draftId: DraftIdSchema }), output: DraftViewSchema },
  'import.rows': {
    session: 'signed-in',
    input: v.strictObject({
      draftId: DraftIdSchema,
      filter: v.picklist(['all', 'errors', 'warnings', 'fine']),
      ...page,
    }),
    output: pageOf(DraftRowViewSchema),
  },
  /** Reads the same bytes again in another encoding, or against newly synced payments. */
  'import.reread': {
    session: 'maker',
    input: v.strictObject({ draftId: DraftIdSchema, encoding: EncodingSchema }),
    output: DraftViewSchema,
  },
  'import.discard': { session: 'maker', input: v.strictObject({ draftId: DraftIdSchema }), output: nothing },

  /**
   * Takes the fine rows of a draft; rows with errors stay in the draft's file. Rows that may pay again what is paid or
   * promised already go on only with `duplicatesIntended`.
   */
  'batch.create': {
    session: 'maker',
    input: v.strictObject({ draftId: DraftIdSchema, name, duplicatesIntended: v.boolean() }),
    output: BatchViewSchema,
  },
  'batch.list': {
    session: 'signed-in',
    input: v.strictObject({ states: v.array(BatchStateSchema), ...page }),
    output: pageOf(BatchSummarySchema),
  },
  'batch.get': { session: 'signed-in', input: v.strictObject({ batchId: BatchIdSchema }), output: BatchViewSchema },
  'batch.rows': {
    session: 'signed-in',
    input: v.strictObject({
      batchId: BatchIdSchema,
      filter: v.picklist(['all', 'blocked', 'needs-look', 'failed', 'accepted', 'waiting']),
      ...page,
    }),
    output: pageOf(RowViewSchema),
  },
  /** The dry run: asks the PG, sends nothing. Progress comes as `task` events. */
  'batch.check': { session: 'signed-in', input: v.strictObject({ batchId: BatchIdSchema }), output: CheckViewSchema },
  'batch.submit': {
    session: 'maker',
    input: v.strictObject({ batchId: BatchIdSchema, withoutBlocked: v.boolean() }),
    output: BatchViewSchema,
  },
  /** The maker takes it back; once it is approved, a checker may stop what was not sent yet as well. */
  'batch.withdraw': {
    session: 'signed-in',
    input: v.strictObject({ batchId: BatchIdSchema, reason }),
    output: BatchViewSchema,
  },
  /** Opens the secret window, where the second person reads the digest and enters a PIN. */
  'batch.approve': { session: 'signed-in', input: v.strictObject({ batchId: BatchIdSchema }), output: BatchViewSchema },
  'batch.reject': {
    session: 'checker',
    input: v.strictObject({ batchId: BatchIdSchema, reason }),
    output: BatchViewSchema,
  },

  'run.state': { session: 'signed-in', input: nothing, output: RunStateSchema },
  /** Sends nothing more after what is under way. */
  'run.pause': { session: 'signed-in', input: nothing, output: RunStateSchema },
  'run.resume': { session: 'signed-in', input: nothing, output: RunStateSchema },

  'row.get': { session: 'signed-in', input: v.strictObject({ rowId: RowIdSchema }), output: RowDetailSchema },
  /** Reads the PG and settles the row as far as that proves it. */
  'row.look': { session: 'signed-in', input: v.strictObject({ rowId: RowIdSchema }), output: RowDetailSchema },
  /** A person states, with the evidence on the table, that the request never took effect. */
  'row.decideNotSent': {
    session: 'checker',
    input: v.strictObject({ rowId: RowIdSchema, reason }),
    output: RowDetailSchema,
  },
  /** A person states that the PG's cancel of the same amount, whose text was replaced, is this row's. */
  'row.decideOurs': {
    session: 'checker',
    input: v.strictObject({ rowId: RowIdSchema, reason }),
    output: RowDetailSchema,
  },
  /** A person states that the money arrived (PG site, PG file). */
  'row.confirmPayout': {
    session: 'signed-in',
    input: v.strictObject({ rowId: RowIdSchema, reason }),
    output: RowDetailSchema,
  },
  /** A person states that the bank sent the money back, or that the PG refused the payout (PG site). */
  'row.payoutFailed': {
    session: 'checker',
    input: v.strictObject({ rowId: RowIdSchema, reason }),
    output: RowDetailSchema,
  },
  'row.needingLook': { session: 'signed-in', input: v.strictObject({ ...page }), output: pageOf(RowViewSchema) },
  /** Accepted rows whose money should have arrived before today and that nobody has confirmed. */
  'row.overdue': { session: 'signed-in', input: v.strictObject({ ...page }), output: pageOf(RowViewSchema) },

  /** Tasks that refunds left behind, oldest first. */
  'followUp.list': { session: 'signed-in', input: v.strictObject({ ...page }), output: pageOf(FollowUpViewSchema) },
  /** A person states that such a task is done. */
  'followUp.done': {
    session: 'signed-in',
    input: v.strictObject({ followUpId: v.pipe(v.string(), v.maxLength(80)), reason }),
    output: nothing,
  },

  'export.result': { session: 'signed-in', input: v.strictObject({ batchId: BatchIdSchema }), output: SavedFileSchema },
  /** The failed rows in the upload's shape with full account numbers: needs a reason, is logged. */
  'export.failedRows': {
    session: 'maker',
    input: v.strictObject({ batchId: BatchIdSchema, reason }),
    output: SavedFileSchema,
  },

  /** Saves an empty file of the right shape, to be filled in. */
  'export.template': {
    session: 'signed-in',
    input: v.strictObject({ which: v.picklist(['refunds', 'books']) }),
    output: SavedFileSchema,
  },

  'sync.start': {
    session: 'signed-in',
    input: v.strictObject({ days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(400)) }),
    output: SyncReportSchema,
  },
  'books.chooseFile': { session: 'signed-in', input: nothing, output: BooksReportSchema },
  'books.dropFile': { session: 'signed-in', input: droppedFile, output: BooksReportSchema },
  'books.sampleFile': { session: 'signed-in', input: nothing, output: BooksReportSchema },
  /** A PG's notifications out of the merchant's own log: JSON lines, a JSON list or CSV. */
  'notices.chooseFile': { session: 'signed-in', input: nothing, output: NoticesReportSchema },
  'notices.dropFile': { session: 'signed-in', input: droppedFile, output: NoticesReportSchema },
  'notices.sampleFile': { session: 'signed-in', input: nothing, output: NoticesReportSchema },
  'notices.paste': {
    session: 'signed-in',
    input: v.strictObject({ text: v.pipe(v.string(), v.maxLength(PASTE_CHARS_MAX)) }),
    output: NoticesReportSchema,
  },
  'drift.list': {
    session: 'signed-in',
    input: v.strictObject({ state: v.picklist(['open', 'settled', 'all']), ...page }),
    output: pageOf(DriftSummarySchema),
  },
  'drift.get': { session: 'signed-in', input: v.strictObject({ caseId: DriftCaseIdSchema }), output: DriftViewSchema },
  'drift.adopt': {
    session: 'signed-in',
    input: v.strictObject({ caseId: DriftCaseIdSchema, reason }),
    output: DriftViewSchema,
  },
  'drift.dismiss': {
    session: 'signed-in',
    input: v.strictObject({ caseId: DriftCaseIdSchema, reason }),
    output: DriftViewSchema,
  },

  'payment.search': {
    session: 'signed-in',
    input: v.strictObject({ text: v.pipe(v.string(), v.trim(), v.maxLength(100)), ...page }),
    output: pageOf(PaymentSummarySchema),
  },
  'payment.get': {
    session: 'signed-in',
    input: v.strictObject({ paymentId: PaymentIdSchema }),
    output: PaymentViewSchema,
  },

  'audit.list': { session: 'signed-in', input: v.strictObject({ ...page }), output: pageOf(AuditEntrySchema) },
  'audit.verify': {
    session: 'signed-in',
    input: nothing,
    output: v.object({
      entries: v.number(),
      intact: v.boolean(),
      brokenAtSeq: v.nullable(v.number()),
      head: v.string(),
    }),
  },

  'settings.channels': { session: 'signed-in', input: nothing, output: v.array(ChannelViewSchema) },
  /** A further merchant account; its keys are entered afterwards. */
  'settings.addChannel': {
    session: 'admin',
    input: v.strictObject({ pg: PgKindSchema, name }),
    output: ChannelViewSchema,
  },
  /** Rules of the book that bind a channel. */
  'settings.rules': {
    session: 'signed-in',
    input: v.strictObject({ channelId: ChannelIdSchema }),
    output: v.array(RuleViewSchema),
  },
  /** Sets a rule aside for a channel, since contracts differ, or puts it in force again. */
  'settings.overrideRule': {
    session: 'admin',
    input: v.strictObject({
      channelId: ChannelIdSchema,
      ruleId: v.pipe(v.string(), v.maxLength(80)),
      overridden: v.boolean(),
      reason,
    }),
    output: v.array(RuleViewSchema),
  },
  'settings.saveChannel': {
    session: 'admin',
    input: v.strictObject({
      channelId: ChannelIdSchema,
      name,
      options: ChannelOptionsSchema,
      parallel: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
    }),
    output: ChannelViewSchema,
  },
  /** Opens the secret window for the PG keys; the page learns only "set". */
  'settings.enterKeys': {
    session: 'admin',
    input: v.strictObject({ channelId: ChannelIdSchema }),
    output: ChannelViewSchema,
  },
  'settings.testChannel': {
    session: 'signed-in',
    input: v.strictObject({ channelId: ChannelIdSchema }),
    output: v.object({
      clockDifferenceMs: v.nullable(v.number()),
      tokenLifeMs: v.nullable(v.number()),
      samplePayments: v.number(),
    }),
  },
  'settings.policies': { session: 'signed-in', input: nothing, output: PoliciesSchema },
  /** Holds for approvals from now on; those that stand keep their dates. */
  'settings.savePolicies': { session: 'admin', input: PoliciesSchema, output: PoliciesSchema },
  /** Opens the secret window, where name and PIN are entered. The first person needs no session. */
  'settings.addPerson': {
    session: 'none',
    input: v.strictObject({ roles: v.array(RoleSchema) }),
    output: PersonViewSchema,
  },
  /** Takes effect at the next start, which it triggers. */
  'settings.switchMode': { session: 'none', input: v.strictObject({ mode: ModeSchema }), output: nothing },
  'settings.holidays': { session: 'signed-in', input: nothing, output: HolidaysViewSchema },
  /** Adds a closed day, strikes one of the table out, or takes either back; `name` counts for a new day only. */
  'settings.saveHoliday': {
    session: 'admin',
    input: v.strictObject({ day: KstDateSchema, act: v.picklist(['close', 'strike', 'restore']), name }),
    output: HolidaysViewSchema,
  },

  'backup.list': { session: 'signed-in', input: nothing, output: v.array(BackupViewSchema) },
  /** Makes and verifies a backup now. */
  'backup.make': { session: 'signed-in', input: nothing, output: v.array(BackupViewSchema) },
  /** Puts a backup in the ledger's place, in quarantine, and starts the program anew. */
  'backup.restore': {
    session: 'admin',
    input: v.strictObject({ name: v.pipe(v.string(), v.maxLength(40)), reason }),
    output: nothing,
  },
  /** Reads the PG again as far as the ledger reaches and compares. */
  'quarantine.compare': { session: 'signed-in', input: nothing, output: QuarantineReportSchema },
  'quarantine.end': { session: 'checker', input: v.strictObject({ reason }), output: nothing },
  /** For the window of a program whose ledger cannot be opened; nobody can sign in then. */
  'recovery.state': { session: 'none', input: nothing, output: RecoveryViewSchema },
  'recovery.restore': { session: 'none', input: nothing, output: nothing },
  'recovery.quit': { session: 'none', input: nothing, output: nothing },

  'task.cancel': {
    session: 'signed-in',
    input: v.strictObject({ taskId: v.pipe(v.string(), v.maxLength(80)) }),
    output: nothing,
  },
} as const satisfies Record<string, { session: SessionNeed; input: v.GenericSchema; output: v.GenericSchema }>

export type Channel = keyof typeof CHANNELS
export type ChannelInput<C extends Channel> = v.InferOutput<(typeof CHANNELS)[C]['input']>
export type ChannelOutput<C extends Channel> = v.InferOutput<(typeof CHANNELS)[C]['output']>
