import Database from 'better-sqlite3'
import * as v from 'valibot'
import type { Mode } from '../../../contract/views'
import { createAudit } from '../audit/audit'
import { createAuditLines } from './audit-lines'
import { checkValue, deriveKeys } from './cipher'
import { APPLICATION_ID } from './ledger-file'
import { LedgerTrouble } from './ledger-trouble'
import { ledgerVersion, MIGRATIONS } from './migrate'
import { createUnitOfWork } from './unit-of-work'

/** What a copy of a ledger says about itself. */
export interface CopyFacts {
  readonly ledgerId: string
  /** When the copy was made. */
  readonly atMs: number
  /** Number of the newest audit line: the more, the newer the state. */
  readonly seq: number
}

/** Where a copy keeps the instant at which it was made. */
export const COPY_MADE_AT = 'backup_at_ms'

const MetaSchema = v.object({ key: v.string(), value: v.string() })
const HeadSchema = v.object({ seq: v.number() })
const TableSchema = v.object({ name: v.string() })

/** Reads what a copy says about itself, without proving it. Throws for anything that is no copy of a ledger. */
export function readCopyFacts(file: string): CopyFacts {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return factsOf(db)
  } finally {
    db.close()
  }
}

function factsOf(db: Database.Database): CopyFacts {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new LedgerTrouble('ledger-damaged', 'not a ledger of this program')
  }
  const rows = v.parse(v.array(MetaSchema), db.prepare('SELECT key, value FROM meta').all())
  const meta = new Map(rows.map((row) => [row.key, row.value]))
  const head = v.safeParse(HeadSchema, JSON.parse(meta.get('audit_head') ?? 'null'))
  const ledgerId = meta.get('ledger_id')
  const atMs = Number(meta.get(COPY_MADE_AT) ?? Number.NaN)
  if (ledgerId === undefined || !head.success || !Number.isSafeInteger(atMs)) {
    throw new LedgerTrouble('ledger-damaged', 'the copy does not say what it is')
  }
  return { ledgerId, atMs, seq: head.output.seq }
}

/**
 * Proves a closed copy of a ledger by opening it alone and read-only: identity, mode, key, every page, index and
 * reference, and the audit chain with its sealed head. A step a table, so that other work may go on in between.
 * Throws LedgerTrouble.
 */
export function* examineCopy(
  file: string,
  expected: { readonly mode: Mode; readonly masterKey: Uint8Array },
): Generator<void, CopyFacts> {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    db.pragma('cell_size_check = ON')
    const facts = factsOf(db)
    const version = ledgerVersion(db)
    if (version < 1) throw new LedgerTrouble('ledger-damaged', `version ${version}`)
    if (version > MIGRATIONS.length) throw new LedgerTrouble('ledger-newer', `version ${version}`)
    const value = (key: string): unknown => db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key)
    const keys = deriveKeys(expected.masterKey, facts.ledgerId)
    if (value('mode') !== expected.mode) throw new LedgerTrouble('ledger-wrong-mode', 'a copy of another mode')
    if (value('key_check') !== checkValue(keys, expected.mode)) {
      throw new LedgerTrouble('ledger-key-wrong', 'the key does not belong to this copy')
    }
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all()
    for (const { name } of v.parse(v.array(TableSchema), tables)) {
      const answer = db.pragma(`integrity_check(${name})`, { simple: true })
      if (answer !== 'ok') throw new LedgerTrouble('ledger-damaged', `${name}: ${String(answer)}`)
      yield
      const dangling = v.parse(v.array(v.unknown()), db.pragma(`foreign_key_check(${name})`))
      if (dangling.length > 0) throw new LedgerTrouble('ledger-damaged', `a reference of ${name} leads nowhere`)
      yield
    }
    const audit = createAudit({
      store: createAuditLines(createUnitOfWork(db, () => undefined)),
      key: keys.audit,
      nowMs: () => facts.atMs,
      broken: (detail) => new LedgerTrouble('ledger-damaged', detail),
    })
    const verdict = yield* withoutValues(audit.verifyInSlices())
    if (!verdict.intact) throw new LedgerTrouble('ledger-damaged', `audit line ${String(verdict.brokenAtSeq)}`)
    return facts
  } finally {
    db.close()
  }
}

function* withoutValues<T>(steps: Generator<unknown, T>): Generator<void, T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    yield
  }
}

/** Runs an examination in one go. */
export function runThrough<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
