import type { Mode } from '../../contract/views'
import { problem, type Problem } from '../../domain/problem'
import { kstDate } from '../../domain/time'
import { fail, ok, type Result } from '../../domain/result'
import type { Topic } from '../../contract/events'
import { backupFolderOf, listBackups, makeBackup } from './ledger/backup'
import { LedgerTrouble, namedTrouble } from './ledger/ledger-trouble'
import type { Ledger } from './ledger/open-ledger'
import type { Timers } from './timers'

/** The first screen comes first. */
const FIRST_AFTER_MS = 15_000
/** How often the keeper looks whether the day has changed. */
const LOOK_EVERY_MS = 60_000
/** What failed is seldom mended within a minute, and a try copies the whole ledger. */
const AGAIN_AFTER_MS = 10 * 60_000

export interface BackupState {
  readonly atMs: number | null
  readonly problem: Problem | null
}

/** Makes a verified backup a day while the program is open. A failure is shown and stops nothing. */
export interface BackupKeeper {
  state(): BackupState
  start(): void
  /** Makes one now. Problems: busy-already, disk-full, backup-failed, ledger-damaged. */
  make(): Promise<Result<null, Problem>>
  /** Ends after the one under way. */
  stop(): Promise<void>
}

export function createBackupKeeper(options: {
  readonly ledger: Ledger
  readonly mode: Mode
  readonly masterKey: Uint8Array
  readonly timers: Timers
  readonly breathe: () => Promise<void>
  /** Looks whether the ledger itself is damaged, when a copy of it is. */
  readonly examine: () => Problem | null
  readonly changed: (...topics: readonly Topic[]) => void
  readonly trouble: (where: string, error: unknown) => void
}): BackupKeeper {
  const { ledger, mode, masterKey, timers, breathe, examine, changed, trouble } = options
  const newestAtMs = (): number | null => {
    try {
      return listBackups(backupFolderOf(ledger.file))[0]?.facts?.atMs ?? null
    } catch {
      // A folder that cannot be read holds no way back; the next backup fails on it as well and says so.
      return null
    }
  }
  // Read when somebody first asks: every backup is opened for it, and the first screen comes before that.
  let known: BackupState | null = null
  const state = (): BackupState => (known ??= { atMs: newestAtMs(), problem: null })
  let underWay: Promise<Result<null, Problem>> | null = null
  let callOff: (() => void) | null = null
  let stopped = false

  const work = async (): Promise<Result<null, Problem>> => {
    try {
      await makeBackup(ledger, { mode, masterKey }, breathe)
      known = { atMs: newestAtMs(), problem: null }
      return ok(null)
    } catch (error) {
      const named = namedTrouble(error)
      const code = named instanceof LedgerTrouble ? named.code : null
      if (code !== 'disk-full') trouble('backup', error)
      const damaged = code === 'ledger-damaged' ? examine() : null
      const why = damaged ?? problem(code === 'disk-full' ? 'disk-full' : 'backup-failed')
      known = { ...state(), problem: why }
      return fail(why)
    } finally {
      changed('home', 'settings')
    }
  }

  const make = (): Promise<Result<null, Problem>> => {
    if (underWay !== null || stopped) return Promise.resolve(fail(problem('busy-already')))
    underWay = work().finally(() => {
      underWay = null
    })
    return underWay
  }

  const plan = (ms: number): void => {
    if (!stopped) callOff = timers.after(ms, look)
  }

  const look = (): void => {
    const { atMs } = state()
    const madeToday = atMs !== null && kstDate(atMs) === kstDate(ledger.nowMs())
    const after = (made: Result<null, Problem>): void => plan(made.ok ? LOOK_EVERY_MS : AGAIN_AFTER_MS)
    if (madeToday) plan(LOOK_EVERY_MS)
    else void make().then(after)
  }

  return {
    state,
    start() {
      plan(FIRST_AFTER_MS)
    },
    make,
    async stop() {
      stopped = true
      callOff?.()
      await underWay
    },
  }
}
