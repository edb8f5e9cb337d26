import { copyFileSync, chmodSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { kstMinuteText } from '../../../domain/time'
import { unseal } from './anchor'
import { backupFolderOf, listBackups, syncFile, type Backup } from './backup'
import { backupPlace } from './backup-names'
import { examineCopy, readCopyFacts, runThrough, type CopyFacts } from './examine'
import { RESTORING, syncFolder } from './ledger-file'
import { LedgerTrouble, namedTrouble } from './ledger-trouble'
import { openCopy, type OpenLedgerOptions } from './open-ledger'
import { beginQuarantine } from './quarantine'

/** The newest backup that proves sound now, null when none does. */
export function newestSoundBackup(
  options: Pick<OpenLedgerOptions, 'file' | 'mode' | 'masterKey'>,
): (Backup & { readonly facts: CopyFacts }) | null {
  const folder = backupFolderOf(options.file)
  for (const backup of listBackups(folder)) {
    try {
      return { ...backup, facts: runThrough(examineCopy(path.join(folder, backup.name), options)) }
    } catch {
      // An older one may still be sound.
    }
  }
  return null
}

/** Why this backup cannot be restored, null when it proves sound. Problems: not-found, backup-unsound. */
export function backupTrouble(
  options: Pick<OpenLedgerOptions, 'file' | 'mode' | 'masterKey'>,
  name: string,
): Problem | null {
  const backup = path.join(backupFolderOf(options.file), name)
  if (backupPlace(name) === null || !existsSync(backup)) return problem('not-found')
  try {
    runThrough(examineCopy(backup, options))
    return null
  } catch {
    // Whatever breaks in it, it is not to be relied on.
    return problem('backup-unsound')
  }
}

/**
 * Puts a backup in the ledger's place. The copy is proven, quarantined and durable before it gets the name, so that no
 * kill in between leaves a restored ledger that could send. What was there is moved aside, never deleted. The ledger
 * must be closed. Problems: not-found, backup-unsound, those of opening a ledger.
 */
export function restoreBackup(
  options: OpenLedgerOptions & { readonly name: string; readonly who: string; readonly reason: string | null },
): Result<{ readonly stateAtMs: number }, Problem> {
  const { file, name } = options
  const found = backupTrouble(options, name)
  if (found !== null) return fail(found)
  const backup = path.join(backupFolderOf(file), name)
  const side = `${file}${RESTORING}`
  try {
    const { atMs: stateAtMs } = readCopyFacts(backup)
    removeSide(side)
    copyFileSync(backup, side, constants.COPYFILE_EXCL)
    chmodSync(side, 0o600)
    const copy = openCopy({ ...options, file: side })
    try {
      beginQuarantine(copy, { why: 'restored', stateAtMs, who: options.who, reason: options.reason })
    } finally {
      copy.close()
    }
    syncFile(side)
    unseal(file)
    moveAside(file, options.nowMs())
    renameSync(side, file)
    syncFolder(path.dirname(file))
    return ok({ stateAtMs })
  } catch (error) {
    removeSide(side)
    const trouble = namedTrouble(error)
    if (trouble instanceof LedgerTrouble) return fail(problem(trouble.code, { detail: trouble.detail }))
    throw trouble
  }
}

/**
 * The file goes first: were its log moved first and the program killed, the file alone would open as an older state. A
 * log without its file is refused.
 */
function moveAside(file: string, nowMs: number): void {
  const stamp = kstMinuteText(nowMs).replaceAll(/[^\d]/g, '')
  const damaged = path.join(path.dirname(file), 'damaged')
  mkdirSync(damaged, { recursive: true, mode: 0o700 })
  let folder = path.join(damaged, stamp)
  for (let number = 2; existsSync(folder); number += 1) folder = path.join(damaged, `${stamp}-${number}`)
  mkdirSync(folder, { mode: 0o700 })
  for (const end of ['', '-wal', '-journal', '-shm']) {
    if (existsSync(file + end)) renameSync(file + end, path.join(folder, path.basename(file) + end))
  }
  syncFolder(folder)
}

function removeSide(side: string): void {
  for (const end of ['', '-wal', '-journal']) rmSync(side + end, { force: true })
}
