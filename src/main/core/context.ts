import type { EventName, EventPayload, Topic } from '../../contract/events'
import type { Mode } from '../../contract/views'
import type { ChannelId } from '../../domain/ids'
import type { BackupKeeper } from './backup-keeper'
import type { Channels } from './ledger/channels'
import type { Ledger } from './ledger/open-ledger'
import type { People } from './ledger/people'
import type { Settings } from './ledger/settings'
import type { Gateway } from './pg/gateway'
import type { ConnectionWatch } from './connection-watch'
import type { ReadingOrder } from './reading-order'
import type { Sessions } from './sessions'
import type { TaskBoard } from './task-board'
import type { Timers } from './timers'

export type Emit = <E extends EventName>(name: E, payload: EventPayload<E>) => void

/** What every use case may reach. Clock, ids and randomness come in from outside. */
export interface CoreContext {
  readonly mode: Mode
  readonly ledger: Ledger
  readonly people: People
  readonly sessions: Sessions
  readonly channels: Channels
  readonly settings: Settings
  readonly tasks: TaskBoard
  readonly connection: ConnectionWatch
  readonly readings: ReadingOrder
  readonly backups: BackupKeeper
  readonly gatewayOf: (channelId: ChannelId) => Gateway
  readonly nowMs: () => number
  /** A new random id: `<prefix>_<80 random bits>`. */
  readonly newId: (prefix: string) => string
  readonly randomBytes: (count: number) => Uint8Array
  readonly timers: Timers
  /** Lets other messages of the thread be answered between two slices of a long job. */
  readonly breathe: () => Promise<void>
  readonly emit: Emit
  readonly changed: (...topics: readonly Topic[]) => void
  /** Wakes the runner: something may be sent or looked at now. */
  readonly wakeRunner: () => void
  /** Tells the log of a broken assumption that no command can answer with. */
  readonly trouble: (where: string, error: unknown) => void
}
