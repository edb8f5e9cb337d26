import Database from 'better-sqlite3'
import type { ProblemCode } from '../../../domain/problem'

export type LedgerTroubleCode = Extract<
  ProblemCode,
  | 'ledger-damaged'
  | 'ledger-newer'
  | 'ledger-wrong-mode'
  | 'ledger-key-wrong'
  | 'ledger-in-use'
  | 'disk-full'
  | 'unexpected'
>

/**
 * Trouble with the ledger itself, wherever in a use case it strikes. Thrown rather than returned: no use case may go on
 * after it. `code` is the problem to show; `detail` is for support and carries no personal data.
 */
export class LedgerTrouble extends Error {
  override readonly name = 'LedgerTrouble'
  readonly code: LedgerTroubleCode
  readonly detail: string

  constructor(code: LedgerTroubleCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause })
    this.code = code
    this.detail = detail
  }
}

/** Names the trouble behind an error of SQLite or of the disk; anything else (a constraint, a bug) comes back as it is. */
export function namedTrouble(error: unknown): unknown {
  if (error instanceof Database.SqliteError) {
    const code = sqliteTrouble(error.code)
    return code === null ? error : new LedgerTrouble(code, error.code, error)
  }
  if (isSystemError(error)) {
    const full = error.code === 'ENOSPC' || error.code === 'EDQUOT'
    return new LedgerTrouble(full ? 'disk-full' : 'unexpected', error.code, error)
  }
  return error
}

// Extended codes begin with the name of their family: SQLITE_IOERR_FSYNC, SQLITE_BUSY_RECOVERY.
function sqliteTrouble(code: string): LedgerTroubleCode | null {
  if (code.startsWith('SQLITE_FULL')) return 'disk-full'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'ledger-in-use'
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) return 'ledger-damaged'
  if (/^SQLITE_(CANTOPEN|PERM|AUTH)/.test(code)) return 'unexpected'
  return null
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
}
