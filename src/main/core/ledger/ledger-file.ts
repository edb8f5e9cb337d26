import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Mode } from '../../../contract/views'
import { kstMonth } from '../../../domain/time'
import { assert } from '../../../domain/result'
import { createAudit, startChain } from '../audit/audit'
import { anchorFileOf } from './anchor'
import { createAuditLines } from './audit-lines'
import { BACKUP_FOLDER, backupPlace } from './backup-names'
import { insertChannel, MAIN_CHANNEL } from './channels'
import { checkValue, createCipher, deriveKeys } from './cipher'
import { LedgerTrouble } from './ledger-trouble'
import { migrate } from './migrate'
import { createUnitOfWork } from './unit-of-work'

/** Marks the file as a ledger of this program: "RfDk". */
export const APPLICATION_ID = 0x5266446b

/** Before this version a reset of the write-ahead log could damage a database. */
const SQLITE_VERSION_MIN = [3, 51, 3] as const
/** Long enough for a process that is just ending, short enough for a person who waits. */
const BUSY_TIMEOUT_MS = 300

/**
 * Opens one connection with the settings that safety rests on, and reads each of them back.
 * The lock is exclusive and kept: a second program, or a second copy of this one, gets nowhere.
 */
export function connect(file: string): Database.Database {
  const db = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  try {
    const set = (name: string, value: string, readsBack: string | number): void => {
      db.pragma(`${name} = ${value}`)
      const is = db.pragma(name, { simple: true })
      assert(is === readsBack, `${name} is ${String(is)}, not ${readsBack}`)
    }
    // Before anything is read: a log that was opened without it stays shared until the first write, and a second program
    // would get in.
    set('locking_mode', 'EXCLUSIVE', 'exclusive')
    assertSqliteVersion(db)
    set('journal_mode', 'WAL', 'wal')
    // FULL: what was committed before a PG is called survives a power cut.
    set('synchronous', 'FULL', 2)
    set('foreign_keys', 'ON', 1)
    // Without it INSERT OR REPLACE deletes rows past the triggers that forbid it.
    set('recursive_triggers', 'ON', 1)
    set('trusted_schema', 'OFF', 0)
    set('cell_size_check', 'ON', 1)
    // Overwrites deleted cells where that costs no extra write: a destroyed data key is one of them.
    set('secure_delete', 'FAST', 2)
    // macOS only tells the drive to write with this; elsewhere it has no effect.
    set('fullfsync', 'ON', 1)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function assertSqliteVersion(db: Database.Database): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  assert(isSqliteNewEnough(version), `SQLite ${version} is older than ${SQLITE_VERSION_MIN.join('.')}`)
}

export function isSqliteNewEnough(version: string): boolean {
  const parts = version.split('.').map(Number)
  const different = SQLITE_VERSION_MIN.findIndex((least, place) => parts[place] !== least)
  return different === -1 || (parts[different] ?? 0) > (SQLITE_VERSION_MIN[different] ?? 0)
}

/** Where the header says whether the file is read together with a write-ahead log. */
const READ_VERSION_AT = 19
const WITHOUT_LOG = 1

const SQLITE_MAGIC = 'SQLite format 3\0'
const HEADER_BYTES = 100
/** Where SQLite keeps the application id in the file's header, big endian. */
const APPLICATION_ID_AT = 68

/**
 * Throws LedgerTrouble ledger-damaged for an empty, cut or foreign file, before SQLite touches it: to SQLite an empty
 * file is a new database, and it would write there.
 */
export function refuseForeignFile(file: string): void {
  const header = Buffer.alloc(HEADER_BYTES)
  const handle = openSync(file, 'r')
  try {
    const size = readSync(handle, header, 0, HEADER_BYTES, 0)
    if (size === 0) throw new LedgerTrouble('ledger-damaged', 'the file is empty')
    if (size < HEADER_BYTES || header.toString('latin1', 0, SQLITE_MAGIC.length) !== SQLITE_MAGIC) {
      throw new LedgerTrouble('ledger-damaged', 'not a database')
    }
    if (header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
      throw new LedgerTrouble('ledger-damaged', 'not a ledger of this program')
    }
    // A backup that somebody put here by hand beside the log of another file: SQLite would mix the two.
    if (header[READ_VERSION_AT] === WITHOUT_LOG && existsSync(`${file}-wal`)) {
      throw new LedgerTrouble('ledger-damaged', 'the log beside the file is not its own')
    }
  } finally {
    closeSync(handle)
  }
}

interface NewLedger {
  readonly file: string
  readonly mode: Mode
  readonly masterKey: Uint8Array
  readonly nowMs: () => number
  readonly randomBytes: (size: number) => Uint8Array
}

/**
 * Makes a new ledger beside its final name and puts it there complete, so that a kill in between leaves no half ledger
 * that would have to be refused. A ledger that appeared meanwhile is kept.
 */
export function createLedgerFile(options: NewLedger): void {
  const { file, randomBytes } = options
  // The log of a lost ledger may hold its last refunds: a new ledger under the same name would destroy it. An anchor or a
  // backup says as well that there was a ledger; a new, empty one would know of no refund that was paid.
  for (const trace of [`${file}-wal`, `${file}-journal`, anchorFileOf(file)]) {
    if (!existsSync(trace)) continue
    throw new LedgerTrouble('ledger-damaged', `the file is gone, ${path.basename(trace)} is still there`)
  }
  const backups = path.join(path.dirname(file), BACKUP_FOLDER)
  if (existsSync(backups) && readdirSync(backups).some((name) => backupPlace(name) !== null)) {
    throw new LedgerTrouble('ledger-damaged', 'the file is gone, its backups are still there')
  }
  const folder = path.dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const building = `${file}${BUILDING}${Buffer.from(randomBytes(8)).toString('hex')}`
  closeSync(openSync(building, 'wx', 0o600))
  try {
    fillNewLedger(building, options)
    publish(building, file)
    syncFolder(folder)
  } finally {
    rmSync(building, { force: true })
    rmSync(`${building}-journal`, { force: true })
  }
}

const BUILDING = '.new-'
/** Ends the name of a backup that is being put in the ledger's place. */
export const RESTORING = '.restoring'

/** Removes what kills during earlier beginnings left; to be called while this process holds the ledger. */
export function removeLeftovers(file: string): void {
  const folder = path.dirname(file)
  for (const name of readdirSync(folder)) {
    if ([BUILDING, RESTORING].some((begun) => name.startsWith(path.basename(file) + begun)))
      rmSync(path.join(folder, name), { force: true })
  }
}

function fillNewLedger(building: string, { mode, masterKey, nowMs, randomBytes }: NewLedger): void {
  const db = new Database(building, { fileMustExist: true })
  try {
    assertSqliteVersion(db)
    db.pragma('synchronous = FULL')
    db.pragma(`application_id = ${APPLICATION_ID}`)
    migrate(db)
    const ledgerId = Buffer.from(randomBytes(16)).toString('hex')
    const keys = deriveKeys(masterKey, ledgerId)
    const cipher = createCipher({ db, keys, nowMs, randomBytes })
    const work = createUnitOfWork(db, () => cipher.ready())
    const store = createAuditLines(work)
    const audit = createAudit({ store, key: keys.audit, nowMs, broken: (detail) => new Error(detail) })
    work.write(() => {
      const insert = work.sql('INSERT INTO meta (key, value) VALUES (?, ?)')
      insert.run('ledger_id', ledgerId)
      insert.run('mode', mode)
      insert.run('key_check', checkValue(keys, mode))
      insertChannel(work, MAIN_CHANNEL, nowMs())
      startChain(store, keys.audit)
      audit.append({ who: 'system', action: 'ledger-created', subject: mode, detail: { month: kstMonth(nowMs()) } })
    })
  } finally {
    db.close()
  }
}

/** A link never replaces what is there; a rename would. */
function publish(building: string, file: string): void {
  try {
    linkSync(building, file)
  } catch (error) {
    if (existsSync(file)) return
    const code = error instanceof Error && 'code' in error ? error.code : null
    // Some file systems (FAT, some network shares) know no links; the program's single instance has to do there.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error
    renameSync(building, file)
  }
}

/** Makes the new name itself durable. Windows has no such call for folders and does it by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
