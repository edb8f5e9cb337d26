import Database from 'better-sqlite3'
import { migrate, MIGRATIONS } from '../../src/main/core/ledger/migrate'

interface Thing {
  readonly type: string
  readonly name: string
  readonly table: string
  readonly sql: string
}

const THINGS = `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid`

/**
 * Takes a closed ledger back to how an older version left it, with its rows as far as that version has their columns.
 * `payout_event` has no place there and goes.
 */
export function makeOlder(file: string, version: number): void {
  const model = new Database(':memory:')
  migrate(model, MIGRATIONS.slice(0, version))
  const old = model.prepare(THINGS).all() as Thing[]
  const columnsOf = (table: string): string[] =>
    model.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all().map(String)
  const db = new Database(file)
  db.pragma('foreign_keys = OFF')
  db.transaction(() => {
    const now = db.prepare(THINGS).all() as Thing[]
    const same = (table: string): boolean =>
      now.find(({ name }) => name === table)?.sql === old.find(({ name }) => name === table)?.sql
    const kept = new Map<string, Record<string, unknown>[]>()
    for (const { name } of now.filter(({ type }) => type === 'table')) {
      if (same(name)) continue
      if (old.some((thing) => thing.name === name)) {
        kept.set(name, db.prepare(`SELECT * FROM ${name}`).all() as Record<string, unknown>[])
      }
      db.exec(`DROP TABLE ${name}`)
    }
    for (const { type, name } of db.prepare(THINGS).all() as Thing[]) {
      if (type !== 'table' && !old.some((thing) => thing.name === name)) db.exec(`DROP ${type} ${name}`)
    }
    const isThere = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?')
    for (const { type, name, sql } of old) if (type === 'table' && isThere.get(name) === undefined) db.exec(sql)
    for (const [table, rows] of kept) {
      const columns = columnsOf(table)
      for (const row of rows) {
        const values = columns.map((column) => (column === 'include_sandbox' ? 0 : (row[column] ?? null)))
        db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(
          ...values,
        )
      }
    }
    for (const { type, name, sql } of old) if (type !== 'table' && isThere.get(name) === undefined) db.exec(sql)
    db.pragma(`user_version = ${version}`)
  })()
  db.close()
  model.close()
}
