import { chmodSync, existsSync, statSync } from 'node:fs'
import { randomBytes as systemRandomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import * as v from 'valibot'
import type { Mode } from '../../../contract/views'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { createAudit, type Audit, type AuditVerdict } from '../audit/audit'
import { isRolledBack, readAnchor, sealOf, unseal } from './anchor'
import { createAuditLines } from './audit-lines'
import { makeBackupNow } from './backup'
import { checkValue, createCipher, deriveKeys, type LedgerCipher } from './cipher'
import { APPLICATION_ID, connect, createLedgerFile, refuseForeignFile, removeLeftovers } from './ledger-file'
import { LedgerTrouble, namedTrouble } from './ledger-trouble'
import { ledgerVersion, migrate, MIGRATIONS } from './migrate'
import { beginQuarantine } from './quarantine'
import { readRows } from './read-rows'
import { createReserve, type Reserve } from './reserve'
import { createUnitOfWork, type UnitOfWork } from './unit-of-work'

/** The ledger of one mode: one SQLite file, one connection, one process. */
export interface Ledger extends UnitOfWork {
  readonly db: Database
  readonly cipher: LedgerCipher
  readonly audit: Audit
  readonly nowMs: () => number
  readonly randomBytes: (size: number) => Uint8Array
  readonly file: string
  readonly ledgerId: string
  readonly reserve: Reserve
  /**
   * A write that records what already happened outside: what a PG answered. On a full disk the reserve is given up for
   * it and it is tried once more. Never for an intent, which must fail before anything is sent.
   */
  writeOutcome<T>(work: () => T): T
  /** Calls the listener after every commit. */
  whenCommitted(listener: () => void): void
  close(): void
}

export interface OpenLedgerOptions {
  /** Absolute path. A new ledger is made only where neither the file nor a leftover of one exists. */
  readonly file: string
  readonly mode: Mode
  /** 32 bytes that unlock the data keys. */
  readonly masterKey: Uint8Array
  readonly nowMs: () => number
  readonly randomBytes?: (size: number) => Uint8Array
}

/**
 * Opens the ledger, or makes a new one. Nothing that exists is ever overwritten.
 * Problems, with `detail` for support: ledger-damaged, ledger-newer, ledger-wrong-mode, ledger-key-wrong,
 * ledger-in-use, disk-full, unexpected (the disk refuses: permissions and the like).
 */
export function openLedger(options: OpenLedgerOptions): Result<Ledger, Problem> {
  const start = { randomBytes: (size: number): Uint8Array => systemRandomBytes(size), ...options }
  try {
    if (!existsSync(start.file)) createLedgerFile(start)
    return ok(openAnchored(start))
  } catch (error) {
    const trouble = namedTrouble(error)
    if (trouble instanceof LedgerTrouble) return fail(problem(trouble.code, { detail: trouble.detail }))
    throw trouble
  }
}

type StartOptions = Required<OpenLedgerOptions>

/**
 * Opens the ledger against its anchor. An older file that was put back by hand may lack refunds that were paid, and is
 * quarantined; one that holds the newest line and yet is not the file that was closed was damaged. A file that nobody
 * closed in order is examined with its indexes: one that lacks an entry hides rows that wait, and says nothing.
 */
function openAnchored(options: StartOptions): Ledger {
  const anchor = readAnchor(options.file)
  const seal = sealOf(options.file, anchor)
  let rolledBack = false
  const ledger = openExisting(
    options,
    seal === 'whole' ? 'quick_check' : 'integrity_check',
    (db, version, ledgerId) => {
      rolledBack = isRolledBack(db, ledgerId, anchor)
      if (seal === 'broken' && !rolledBack)
        throw new LedgerTrouble('ledger-damaged', 'the file has changed since it was closed')
      unseal(options.file)
      // Without a backup nothing is migrated: there would be no way back.
      if (version < MIGRATIONS.length) makeBackupNow(db, options.file, options, options.nowMs())
    },
  )
  if (!rolledBack) return ledger
  try {
    const stateAtMs = ledger.read(() => ledger.audit.list(0, 1).lines[0]?.atMs ?? ledger.nowMs())
    beginQuarantine(ledger, { why: 'rolled-back', stateAtMs, who: 'program', reason: null })
    return ledger
  } catch (error) {
    ledger.close()
    throw error
  }
}

/** Judges a ledger that was read and found to be ours, before anything is written to it. */
type BeforeWriting = (db: Database, version: number, ledgerId: string) => void

/** Opens a copy of a ledger that is being put in its place. Throws LedgerTrouble. */
export function openCopy(options: OpenLedgerOptions): Ledger {
  return openExisting(
    { randomBytes: (size: number): Uint8Array => systemRandomBytes(size), ...options },
    'integrity_check',
    () => undefined,
  )
}

type Check = 'quick_check' | 'integrity_check'

function openExisting(options: StartOptions, check: Check, beforeWriting: BeforeWriting): Ledger {
  refuseForeignFile(options.file)
  const db = connect(options.file)
  try {
    return checkedLedger(db, options, check, beforeWriting)
  } catch (error) {
    db.close()
    throw error
  }
}

function checkedLedger(db: Database, options: StartOptions, check: Check, beforeWriting: BeforeWriting): Ledger {
  const { file, mode, masterKey, nowMs, randomBytes } = options
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new LedgerTrouble('ledger-damaged', 'not a ledger of this program')
  }
  const version = ledgerVersion(db)
  if (version > MIGRATIONS.length) {
    throw new LedgerTrouble('ledger-newer', `version ${version}, this program knows ${MIGRATIONS.length}`)
  }
  if (version < 1) throw new LedgerTrouble('ledger-damaged', `version ${version}`)
  assertSound(db, check)

  const meta = readMeta(db)
  const ledgerId = meta('ledger_id')
  const keys = deriveKeys(masterKey, ledgerId)
  if (meta('mode') !== mode) {
    throw new LedgerTrouble('ledger-wrong-mode', `the ledger belongs to ${meta('mode')}, not to ${mode}`)
  }
  if (meta('key_check') !== checkValue(keys, mode)) {
    throw new LedgerTrouble('ledger-key-wrong', 'the key does not belong to this ledger')
  }
  beforeWriting(db, version, ledgerId)
  migrate(db)

  const cipher = createCipher({ db, keys, nowMs, randomBytes })
  const listeners: (() => void)[] = []
  const work = createUnitOfWork(
    db,
    () => cipher.ready(),
    () => {
      for (const listener of listeners) listener()
    },
  )
  const audit = createAudit({
    store: createAuditLines(work),
    key: keys.audit,
    nowMs,
    broken: (detail) => new LedgerTrouble('ledger-damaged', detail),
  })
  if (!audit.headFits()) throw new LedgerTrouble('ledger-damaged', 'the audit log does not end in its head')
  cipher.ready()

  removeLeftovers(file)
  // The group and the world may read nothing. Windows keeps its own rules; there these bits mean little.
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)

  const reserve = createReserve(file)
  return {
    ...work,
    db,
    cipher,
    audit,
    nowMs,
    randomBytes,
    file,
    ledgerId,
    reserve,
    writeOutcome(outcome) {
      try {
        return work.write(outcome)
      } catch (error) {
        const full = error instanceof LedgerTrouble && error.code === 'disk-full'
        if (!full || !reserve.free()) throw error
        return work.write(outcome)
      }
    },
    whenCommitted: (listener) => void listeners.push(listener),
    close: () => {
      db.close()
    },
  }
}

function readMeta(db: Database): (key: string) => string {
  const statement = db.prepare('SELECT value FROM meta WHERE key = ?').pluck()
  return (key) => {
    const value = statement.get(key)
    if (typeof value !== 'string') throw new LedgerTrouble('ledger-damaged', `${key} is missing`)
    return value
  }
}

const ForeignKeySchema = v.object({ table: v.string() })

/** Throws LedgerTrouble ledger-damaged unless the file's structure and its references hold. */
function assertSound(db: Database, check: Check): void {
  const answer = db.pragma(`${check}(5)`, { simple: true })
  if (answer !== 'ok') throw new LedgerTrouble('ledger-damaged', String(answer))
  const dangling = readRows(ForeignKeySchema, v.parse(v.array(v.unknown()), db.pragma('foreign_key_check')))
  const [first] = dangling
  if (first !== undefined) throw new LedgerTrouble('ledger-damaged', `a reference of ${first.table} leads nowhere`)
}

/**
 * The full examination: every page, index, reference and audit line. Takes time with the size of the ledger.
 * Throws LedgerTrouble ledger-damaged when the file itself is unsound.
 */
export function verifyLedger(ledger: Ledger): AuditVerdict {
  return ledger.read(() => {
    assertSound(ledger.db, 'integrity_check')
    return ledger.audit.verify()
  })
}
