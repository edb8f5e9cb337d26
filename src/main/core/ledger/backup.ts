import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Mode } from '../../../contract/views'
import { kstDate } from '../../../domain/time'
import { BACKUP_FOLDER, backupName, backupPlace, backupsToDrop } from './backup-names'
import { COPY_MADE_AT, examineCopy, readCopyFacts, runThrough, type CopyFacts } from './examine'
import { syncFolder } from './ledger-file'
import type { Ledger } from './open-ledger'

/** Pages copied between two breaths: a few milliseconds. */
const PAGES_PER_STEP = 200
const UNFINISHED = '.unfinished'

export function backupFolderOf(ledgerFile: string): string {
  return path.join(path.dirname(ledgerFile), BACKUP_FOLDER)
}

export interface Backup {
  readonly name: string
  readonly sizeBytes: number
  /** Null when the file can no longer be read as a copy of a ledger. */
  readonly facts: CopyFacts | null
}

/** Every backup, the newest state first; what cannot be read comes last. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => backupPlace(name) !== null)
    .map((name) => {
      const file = path.join(folder, name)
      return { name, sizeBytes: statSync(file).size, facts: factsOrNull(file) }
    })
    .toSorted((a, b) => (b.facts?.seq ?? -1) - (a.facts?.seq ?? -1) || b.name.localeCompare(a.name))
}

function factsOrNull(file: string): CopyFacts | null {
  try {
    return readCopyFacts(file)
  } catch {
    // Damaged since it was made: it is listed as such.
    return null
  }
}

interface Key {
  readonly mode: Mode
  readonly masterKey: Uint8Array
}

/**
 * Makes a verified backup while the ledger is at work: copied in steps, then opened and proven by itself, and only then
 * given its name. Throws LedgerTrouble or what the disk says; nothing is left behind then.
 */
export async function makeBackup(ledger: Ledger, key: Key, breathe: () => Promise<void>): Promise<string> {
  const folder = backupFolderOf(ledger.file)
  const unfinished = beginFile(folder)
  try {
    await ledger.db.backup(unfinished, { progress: () => PAGES_PER_STEP })
    return await finishBackup(folder, unfinished, ledger.nowMs(), key, breathe)
  } finally {
    removeFile(unfinished)
  }
}

/** The same in one go, for a ledger that is about to be migrated. */
export function makeBackupNow(db: Database.Database, ledgerFile: string, key: Key, atMs: number): string {
  const folder = backupFolderOf(ledgerFile)
  const unfinished = beginFile(folder)
  try {
    db.prepare('VACUUM INTO ?').run(unfinished)
    sealCopy(unfinished, atMs)
    runThrough(examineCopy(unfinished, key))
    return publishBackup(folder, unfinished, atMs)
  } finally {
    removeFile(unfinished)
  }
}

function beginFile(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // What a kill left of an earlier one; two are never made at once.
  for (const name of readdirSync(folder))
    if (name.includes(UNFINISHED)) rmSync(path.join(folder, name), { force: true })
  const unfinished = path.join(folder, `ledger${UNFINISHED}`)
  // Made by us first, so that nobody else may ever read it.
  closeSync(openSync(unfinished, 'wx', 0o600))
  return unfinished
}

async function finishBackup(
  folder: string,
  unfinished: string,
  atMs: number,
  key: Key,
  breathe: () => Promise<void>,
): Promise<string> {
  sealCopy(unfinished, atMs)
  const steps = examineCopy(unfinished, key)
  while (steps.next().done !== true) await breathe()
  return publishBackup(folder, unfinished, atMs)
}

/** Makes the copy one file that needs no log beside it, and writes into it when it was made. */
function sealCopy(file: string, atMs: number): void {
  const db = new Database(file, { fileMustExist: true })
  try {
    db.pragma('journal_mode = DELETE')
    db.pragma('synchronous = FULL')
    db.prepare('INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2').run({
      1: COPY_MADE_AT,
      2: String(atMs),
    })
  } finally {
    db.close()
  }
}

function publishBackup(folder: string, unfinished: string, atMs: number): string {
  syncFile(unfinished)
  const today = kstDate(atMs)
  const name = backupName(today, readdirSync(folder))
  renameSync(unfinished, path.join(folder, name))
  syncFolder(folder)
  for (const old of backupsToDrop(readdirSync(folder), today))
    if (old !== name) rmSync(path.join(folder, old), { force: true })
  return name
}

/** Forces the bytes of a closed file to the disk. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function removeFile(file: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(file + end, { force: true })
}
