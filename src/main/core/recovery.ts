import type { BackupView } from '../../contract/backup'
import type { Problem, ProblemCode } from '../../domain/problem'
import { ok, type Result } from '../../domain/result'
import type { CoreDeps } from './core'
import { newestSoundBackup, restoreBackup } from './ledger/restore'
import { viewOfBackup } from './usecases/backups'

/** What stands in the ledger's place is damaged, foreign, or gone; a newer ledger is sound and wants a newer program. */
const MENDED_BY_RESTORE: ReadonlySet<ProblemCode> = new Set(['ledger-damaged', 'ledger-wrong-mode', 'ledger-key-wrong'])

export interface Recovery {
  readonly offer: BackupView
  /** Problems: those of opening a ledger; what was there is then still there. */
  readonly restore: () => Result<null, Problem>
}

/** A way back for a ledger that was refused: the newest backup that proves sound with this vault's key, if there is one. */
export async function findRecovery(deps: CoreDeps, refused: Problem): Promise<Recovery | null> {
  if (!MENDED_BY_RESTORE.has(refused.code)) return null
  const { ledgerFile, mode } = deps.start
  const masterKey = await deps.ask('masterKey', null)
  if (!masterKey.ok) return null
  const place = { file: ledgerFile, mode, masterKey: masterKey.value, nowMs: deps.nowMs }
  const backup = newestSoundBackup(place)
  if (backup === null) return null
  return {
    offer: viewOfBackup(backup),
    restore: () => {
      const restored = restoreBackup({ ...place, name: backup.name, who: 'program', reason: null })
      return restored.ok ? ok(null) : restored
    },
  }
}
