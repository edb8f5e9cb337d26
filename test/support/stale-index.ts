import Database from 'better-sqlite3'

/** Changes a table behind the back of one of its indexes, as a lost write of the index's page would leave it. */
export function writePastIndex(file: string, index: string, sql: string): void {
  const schema = (work: (db: Database.Database) => void): void => {
    const db = new Database(file)
    try {
      db.unsafeMode()
      db.pragma('writable_schema = ON')
      work(db)
    } finally {
      db.close()
    }
  }
  let entry: unknown
  schema((db) => {
    entry = db.prepare('SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?').get(index)
    db.prepare('DELETE FROM sqlite_schema WHERE name = ?').run(index)
  })
  const db = new Database(file)
  db.exec(sql)
  db.close()
  schema((again) =>
    again
      .prepare(`INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
                VALUES (:type, :name, :tbl_name, :rootpage, :sql)`)
      .run(entry),
  )
}
