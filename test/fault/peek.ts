import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'

export interface Peek {
  /** Rows by state. */
  readonly rows: Readonly<Record<string, number>>
  /** Attempts that may be at the PG at this moment, or were when the process died. */
  readonly underWay: number
}

/** Copies a ledger's files as they lie there, as a crash at this moment would leave them. */
export function copyLedger(from: string, to: string): void {
  for (const end of ['', '-wal']) {
    rmSync(to + end, { force: true })
    if (existsSync(from + end)) copyFileSync(from + end, to + end)
  }
}

/** Tags of the requests that a ledger whose desk is gone has committed as sent. */
export function sentTags(ledgerFile: string, scratch: string): ReadonlySet<string> {
  return inCopy(ledgerFile, scratch, (db) => {
    const tags = db.prepare('SELECT tag FROM attempt WHERE sent_count > 0').pluck().all()
    return new Set(tags.map(String))
  })
}

/**
 * Looks into a copy of a ledger that a desk has locked, or has died over; its own files stay as they are. Null where the
 * copy was torn by a write meanwhile.
 */
export function peek(ledgerFile: string, scratch: string): Peek | null {
  try {
    return inCopy(ledgerFile, scratch, (db) => {
      const rows = db.prepare('SELECT state, COUNT(*) AS n FROM outbox GROUP BY state').all() as {
        readonly state: string
        readonly n: number
      }[]
      const underWay = db.prepare(`SELECT COUNT(*) FROM attempt WHERE state IN ('prepared', 'sending')`).pluck().get()
      return { rows: Object.fromEntries(rows.map(({ state, n }) => [state, n])), underWay: Number(underWay) }
    })
  } catch {
    // The files were copied while the desk wrote: the next look will do.
    return null
  }
}

function inCopy<T>(ledgerFile: string, scratch: string, work: (db: Database.Database) => T): T {
  const folder = mkdtempSync(path.join(scratch, 'peek-'))
  try {
    const copy = path.join(folder, 'ledger.db')
    copyLedger(ledgerFile, copy)
    const db = new Database(copy, { fileMustExist: true })
    try {
      db.pragma('locking_mode = EXCLUSIVE')
      return work(db)
    } finally {
      db.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
