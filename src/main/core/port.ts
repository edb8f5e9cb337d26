import type { Channel, ChannelInput, ChannelOutput } from '../../contract/channels'
import type { EventName, EventPayload } from '../../contract/events'
import type { NoticesReport } from '../../contract/pg'
import type { ApprovalDigest } from '../../contract/secret'
import type { BackupView } from '../../contract/backup'
import type { BatchView, BooksReport, Mode, PersonView, Role } from '../../contract/views'
import type { DraftView } from '../../contract/draft'
import type { BatchId, ChannelId, PersonId, SessionId } from '../../domain/ids'
import type { Problem } from '../../domain/problem'
import type { PgKind } from '../../domain/pg'
import type { Result } from '../../domain/result'
import type { ChannelRecord } from './ledger/channels'

/**
 * The core's port: everything the shell may ask of it, and the little that it asks of the shell. The core runs in a
 * worker thread of the main process; these messages are all that crosses.
 */

/** Channels that need a window, a dialog or a restart: the shell answers them, with commands of the port below. */
export const SHELL_CHANNELS = [
  'app.state',
  'app.setPreferences',
  'session.signIn',
  'session.signOut',
  'import.chooseFile',
  'import.dropFile',
  'import.sampleFile',
  'batch.approve',
  'export.result',
  'export.failedRows',
  'export.template',
  'books.chooseFile',
  'books.dropFile',
  'books.sampleFile',
  'notices.chooseFile',
  'notices.dropFile',
  'notices.sampleFile',
  'notices.paste',
  'settings.enterKeys',
  'settings.addPerson',
  'settings.switchMode',
  'backup.restore',
  'recovery.state',
  'recovery.restore',
  'recovery.quit',
] as const satisfies readonly Channel[]
export type ShellChannel = (typeof SHELL_CHANNELS)[number]
/** Channels that the core answers as the page asked them; it checks the session's role once more itself. */
export type CoreChannel = Exclude<Channel, ShellChannel>

export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

interface Command<I, O> {
  readonly input: I
  readonly output: O
}

type PageCommands = {
  readonly [C in CoreChannel]: Command<
    { readonly session: SessionId | null; readonly input: ChannelInput<C> },
    ChannelOutput<C>
  >
}

/** Commands of the shell itself. `session` is the page's, kept by the shell; the page never sees it. */
interface ShellCommands {
  readonly 'shell.people': Command<null, readonly PersonView[]>
  /** Problems: pin-wrong, pin-locked (values: minutes). */
  readonly 'shell.openSession': Command<
    { readonly personId: PersonId; readonly pin: string },
    { readonly session: SessionId; readonly person: PersonView }
  >
  readonly 'shell.closeSession': Command<{ readonly session: SessionId }, null>
  readonly 'shell.sessionPerson': Command<{ readonly session: SessionId }, PersonView | null>
  readonly 'shell.importFile': Command<{ readonly session: SessionId | null; readonly file: NamedBytes }, DraftView>
  readonly 'shell.importBooks': Command<{ readonly session: SessionId | null; readonly file: NamedBytes }, BooksReport>
  readonly 'shell.importNotices': Command<
    { readonly session: SessionId | null; readonly file: NamedBytes },
    NoticesReport
  >
  readonly 'shell.resultFile': Command<
    { readonly session: SessionId | null; readonly batchId: BatchId },
    NamedBytes & { readonly rows: number }
  >
  readonly 'shell.failedRowsFile': Command<
    { readonly session: SessionId | null; readonly batchId: BatchId; readonly reason: string },
    NamedBytes & { readonly rows: number }
  >
  readonly 'shell.templateFile': Command<
    { readonly session: SessionId | null; readonly which: 'refunds' | 'books' },
    NamedBytes & { readonly rows: number }
  >
  /** What the secret window shows before an approval; refused early when nobody could approve. */
  readonly 'shell.approvalDigest': Command<
    { readonly session: SessionId | null; readonly batchId: BatchId },
    { readonly digest: ApprovalDigest; readonly checkers: readonly PersonView[] }
  >
  readonly 'shell.approve': Command<
    { readonly batchId: BatchId; readonly personId: PersonId; readonly pin: string; readonly contentHash: string },
    BatchView
  >
  /** Without a session only while the ledger knows nobody. Problems: pin-too-weak, name-missing, name-taken, role-missing. */
  readonly 'shell.addPerson': Command<
    {
      readonly session: SessionId | null
      readonly name: string
      readonly pin: string
      readonly roles: readonly Role[]
    },
    PersonView
  >
  readonly 'shell.channelKeys': Command<
    { readonly channelId: ChannelId },
    { readonly name: string; readonly keyNames: readonly string[] }
  >
  /** New keys lie in the vault: forget tokens, write the audit line. */
  readonly 'shell.keysChanged': Command<{ readonly session: SessionId | null; readonly channelId: ChannelId }, null>
  /** Ends this core and puts a backup in the ledger's place; the program must start anew, whatever the answer. */
  readonly 'shell.restore': Command<
    { readonly session: SessionId | null; readonly name: string; readonly reason: string },
    null
  >
  /** Ends the run after what is under way, closes the ledger. The thread may be ended after the answer. */
  readonly 'shell.stop': Command<null, null>
}

export type CoreCommands = PageCommands & ShellCommands
export type CoreCommand = keyof CoreCommands
export type CommandInput<C extends CoreCommand> = CoreCommands[C]['input']
export type CommandOutput<C extends CoreCommand> = CoreCommands[C]['output']

/** What the shell hands to the thread at its start: no secret is in it. */
export interface CoreStart {
  readonly mode: Mode
  /** Absolute path of the ledger file. */
  readonly ledgerFile: string
  /** Where backups and the like go. */
  readonly dataFolder: string
  /** Loopback origins of the practice or sandbox PG; null in live mode, and for a PG that nobody started. */
  readonly pgOrigins: Readonly<Record<PgKind, string | null>>
  /** Proxies that the office uses for the PGs' hosts, as Electron resolved them; null = direct. */
  readonly proxies: Readonly<Record<PgKind, string | null>>
  /** Fixed instant to count from, unpackaged builds only (REFUND_DESK_CLOCK), UTC ms. */
  readonly clockMs: number | null
  /** Channels that a practice ledger has besides its first. Empty in other modes. */
  readonly practiceChannels: readonly Omit<ChannelRecord, 'parallel'>[]
  /** People who exist in a new practice ledger. Empty in live mode. */
  readonly practicePeople: readonly { readonly name: string; readonly pin: string; readonly roles: readonly Role[] }[]
}

/** What the core asks of the shell. */
export interface ShellAnswers {
  /** 32 bytes that unlock the ledger's data keys. */
  readonly masterKey: { readonly input: null; readonly output: Uint8Array }
  readonly channelSecrets: {
    readonly input: { readonly channelId: ChannelId }
    readonly output: Readonly<Record<string, string>> | null
  }
}
export type ShellAsk = keyof ShellAnswers

export type ToCore =
  | { readonly kind: 'start'; readonly start: CoreStart }
  /** Only after `refused` with an offer: puts the offered backup in the ledger's place. */
  | { readonly kind: 'restore' }
  | { readonly kind: 'command'; readonly id: number; readonly command: CoreCommand; readonly input: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown, Problem> }

export type FromCore =
  | { readonly kind: 'ready' }
  /** The ledger could not be opened: nothing else will work until the person acts. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly offer: BackupView | null }
  | { readonly kind: 'restored'; readonly result: Result<null, Problem> }
  | { readonly kind: 'response'; readonly id: number; readonly result: Result<unknown, Problem> }
  | { readonly kind: 'ask'; readonly id: number; readonly ask: ShellAsk; readonly input: unknown }
  /** A broken assumption: goes to the log. */
  | { readonly kind: 'trouble'; readonly text: string }
  | { readonly kind: 'event'; readonly name: EventName; readonly payload: EventPayload<EventName> }

/** The core as the shell holds it: the same in the worker thread and, for tests, in place. */
export interface CorePort {
  command<C extends CoreCommand>(command: C, input: CommandInput<C>): Promise<Result<CommandOutput<C>, Problem>>
  onEvent(listener: <E extends EventName>(name: E, payload: EventPayload<E>) => void): void
}
