import type { Database } from 'better-sqlite3'
import * as v from 'valibot'
import { assert } from '../../../domain/result'
import { LedgerTrouble } from './ledger-trouble'
import { firstLedger } from './migrations/0001-first-ledger'
import { parallelRun } from './migrations/0002-parallel-run'
import { payoutCalendar } from './migrations/0003-payout-calendar'
import { quarantine } from './migrations/0004-quarantine'
import { severalPgs } from './migrations/0005-several-pgs'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  /** Drops tables that others refer to and makes them anew: references are checked at its end, all at once. */
  readonly rebuilds?: true
}

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: 'first-ledger', sql: firstLedger },
  { version: 2, name: 'parallel-run', sql: parallelRun },
  { version: 3, name: 'payout-calendar', sql: payoutCalendar },
  { version: 4, name: 'quarantine', sql: quarantine },
  { version: 5, name: 'several-pgs', sql: severalPgs, rebuilds: true },
]

export function ledgerVersion(db: Database): number {
  return v.parse(v.number(), db.pragma('user_version', { simple: true }))
}

/**
 * Brings a ledger to the newest version, each migration in one transaction together with its version number: a kill in
 * between leaves the version before. Throws LedgerTrouble ledger-newer for a ledger of a newer program.
 */
export function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): void {
  migrations.forEach(({ version }, position) => assert(version === position + 1, 'migrations are numbered from 1 up'))
  const from = ledgerVersion(db)
  if (from > migrations.length) {
    throw new LedgerTrouble('ledger-newer', `version ${from}, this program knows ${migrations.length}`)
  }
  if (from < 0) throw new LedgerTrouble('ledger-damaged', `version ${from}`)
  for (const { version, sql, rebuilds } of migrations.slice(from)) {
    const step = db.transaction(() => {
      db.exec(sql)
      const dangling = rebuilds === true ? v.parse(v.array(v.unknown()), db.pragma('foreign_key_check')) : []
      assert(dangling.length === 0, `migration ${version} left references that lead nowhere`)
      db.pragma(`user_version = ${version}`)
    })
    // Not to be changed inside a transaction.
    if (rebuilds === true) db.pragma('foreign_keys = OFF')
    try {
      step.immediate()
    } finally {
      if (rebuilds === true) db.pragma('foreign_keys = ON')
    }
  }
}
