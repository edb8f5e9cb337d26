import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LedgerTrouble } from '../../../../src/main/core/ledger/ledger-trouble'
import { ledgerVersion, migrate, MIGRATIONS, type Migration } from '../../../../src/main/core/ledger/migrate'
import { tempFolder } from '../../../support/open-test-ledger'

const NEXT: Migration = {
  version: MIGRATIONS.length + 1,
  name: 'notes',
  sql: 'CREATE TABLE note (text TEXT NOT NULL) STRICT;',
}

function emptyDatabase(): Database.Database {
  const db = new Database(`${tempFolder()}/empty.db`)
  onTestFinished(() => {
    db.close()
  })
  return db
}

function schemaOf(db: Database.Database): unknown[] {
  return db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()
}

describe('migrations', () => {
  test('lead from nothing to the newest version, and a second time change nothing', () => {
    const db = emptyDatabase()
    migrate(db)
    expect(ledgerVersion(db)).toBe(MIGRATIONS.length)
    const schema = schemaOf(db)
    expect(schema.length).toBeGreaterThan(80)
    migrate(db)
    expect(schemaOf(db)).toEqual(schema)
  })

  test('take up where the ledger stands', () => {
    const db = emptyDatabase()
    migrate(db)
    db.exec(`INSERT INTO setting (key, value) VALUES ('kept', '1')`)
    migrate(db, [...MIGRATIONS, NEXT])
    expect(ledgerVersion(db)).toBe(NEXT.version)
    expect(db.prepare('SELECT key FROM setting').all()).toEqual([{ key: 'kept' }])
    expect(db.prepare('SELECT text FROM note').all()).toEqual([])
  })

  test('that break halfway leave the version before, whole, and can be tried again', () => {
    const db = emptyDatabase()
    migrate(db)
    const schema = schemaOf(db)
    const broken = { ...NEXT, sql: `${NEXT.sql} DROP TABLE setting; INSERT INTO nowhere VALUES (1);` }
    expect(() => migrate(db, [...MIGRATIONS, broken])).toThrow('nowhere')
    expect(ledgerVersion(db)).toBe(MIGRATIONS.length)
    expect(schemaOf(db)).toEqual(schema)
    migrate(db, [...MIGRATIONS, NEXT])
    expect(ledgerVersion(db)).toBe(NEXT.version)
  })

  test('broken at any statement of the first one leave an empty file', () => {
    const first = MIGRATIONS[0]?.sql ?? ''
    const ends = [...first.matchAll(/;\n/g)].map(({ index }) => index + 1)
    expect(ends.length).toBeGreaterThan(60)
    const db = emptyDatabase()
    for (const end of ends) {
      // A cut inside a trigger is a broken statement by itself.
      const sql = `${first.slice(0, end)} INSERT INTO nowhere VALUES (1);`
      expect(() => migrate(db, [{ version: 1, name: 'cut', sql }])).toThrow()
      expect([ledgerVersion(db), schemaOf(db)]).toEqual([0, []])
    }
    migrate(db)
    expect(ledgerVersion(db)).toBe(MIGRATIONS.length)
  })

  test('refuse a ledger of a newer program and one with an impossible version', () => {
    const db = emptyDatabase()
    migrate(db, [...MIGRATIONS, NEXT])
    expect(() => migrate(db)).toThrow(LedgerTrouble)
    expect(() => migrate(db)).toThrow('ledger-newer')
    db.pragma('user_version = -1')
    expect(() => migrate(db)).toThrow('ledger-damaged')
  })

  test('are numbered without a gap', () => {
    expect(() => migrate(emptyDatabase(), [NEXT])).toThrow('numbered')
  })
})
