import type { Topic } from '../../../contract/events'
import type { BackupView } from '../../../contract/backup'
import type { AppState, Mode } from '../../../contract/views'
import type { ShellChannel } from '../../core/port'
import type { Answer, Commands, Problem } from '../answer'
import type { Dialogs } from '../dialogs'
import type { Handlers } from '../ipc/gate'
import type { PageSession } from '../page-session'
import type { PracticePg } from '../practice-pg'
import type { PreferencesStore, StoredPreferences } from '../preferences'
import type { SecretPrompts } from '../secret-prompt'
import type { Vault } from '../vault/vault'

/** What the shell's own handlers stand on. */
export interface Desk {
  readonly core: Commands
  readonly session: PageSession
  readonly prompts: SecretPrompts
  readonly dialogs: Pick<Dialogs, 'chooseFile' | 'chooseTarget'>
  readonly preferences: PreferencesStore
  readonly vault: Pick<Vault, 'saveChannelSecrets'>
  /** Null outside practice mode. */
  readonly practicePg: Pick<PracticePg, 'sampleFile' | 'noticesFile'> | null
  /** The way back of a program whose ledger was refused. */
  readonly recovery: {
    /** Null while the ledger is open. */
    readonly state: () => { readonly problem: Problem; readonly ledgerFile: string; readonly backup: BackupView } | null
    readonly restore: () => Promise<Answer<null>>
    readonly quit: () => void
  }
  readonly mode: Mode
  /** Facts of this start that never change while it runs. */
  readonly facts: Pick<
    AppState,
    'version' | 'dataFolder' | 'keyStore' | 'unofficialRuntime' | 'sandboxOff' | 'liveAvailable'
  > & { readonly liveProblem: Problem | null }
  /** Null when this mode can be started here. */
  readonly modeProblem: (mode: Mode) => Problem | null
  /** Tells the page what to read again. */
  readonly changed: (topics: readonly Topic[]) => void
  /** Theme and words of what the operating system draws follow the preferences. */
  readonly applyPreferences: (preferences: StoredPreferences) => void
  /** Asks the person when a run is under way; true when the program may end. */
  readonly mayQuit: () => Promise<boolean>
  readonly restart: () => void
}

export type ShellHandlers = Pick<Handlers, ShellChannel>
