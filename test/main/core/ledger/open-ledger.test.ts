import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  closeSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Mode } from '../../../../src/contract/views'
import { createChannels } from '../../../../src/main/core/ledger/channels'
import { isSqliteNewEnough } from '../../../../src/main/core/ledger/ledger-file'
import { LedgerTrouble } from '../../../../src/main/core/ledger/ledger-trouble'
import { MIGRATIONS } from '../../../../src/main/core/ledger/migrate'
import { openLedger, verifyLedger, type Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { openTestLedger, tempFolder, TEST_MASTER_KEY, TEST_NOW_MS } from '../../../support/open-test-ledger'

function tryOpen(file: string, over: { mode?: Mode; masterKey?: Uint8Array } = {}): ReturnType<typeof openLedger> {
  return openLedger({ file, mode: 'practice', masterKey: TEST_MASTER_KEY, nowMs: () => TEST_NOW_MS, ...over })
}

/** The problem code of an opening that must fail. */
function refusal(file: string, over: { mode?: Mode; masterKey?: Uint8Array } = {}): string {
  const opened = tryOpen(file, over)
  if (!opened.ok) return opened.problem.code
  opened.value.close()
  throw new Error('the ledger opened')
}

/** A closed ledger with some pages in it. */
function closedLedger(): string {
  const { ledger, file } = openTestLedger()
  addSettings(ledger, 400)
  ledger.close()
  return file
}

function addSettings(ledger: Ledger, count: number, text = 'x'): void {
  ledger.write(() => {
    const insert = ledger.sql('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)')
    for (let number = 0; number < count; number += 1) insert.run(`key ${number}`, text.repeat(200))
  })
}

function countSettings(ledger: Ledger): unknown {
  return ledger.sql('SELECT COUNT(*) AS n FROM setting').get()
}

/** Runs raw SQL on a closed ledger, as somebody with a database tool would. */
function tamper(file: string, sql: string): void {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}

function troubleOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof LedgerTrouble) return error.code
    throw error
  }
  throw new Error('no trouble')
}

describe('a new ledger', () => {
  test('is made with its folder, for its owner alone', () => {
    const file = path.join(tempFolder(), 'deep', 'data', 'ledger.db')
    const { ledger } = openTestLedger({ file })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700)
    expect(readdirSync(path.dirname(file)).toSorted()).toEqual(['ledger.db', 'ledger.db-wal'])
    expect(verifyLedger(ledger)).toMatchObject({ entries: 1, intact: true })
  })

  test('has one channel, and its mode as the first line of the log', () => {
    const { ledger } = openTestLedger({ mode: 'live' })
    expect(createChannels(ledger).list()).toEqual([
      {
        channelId: 'main',
        name: '기본 채널',
        options: { pg: 'portone-v1', includeSandbox: false },
        parallel: 2,
      },
    ])
    expect(ledger.audit.list(0, 10).lines).toMatchObject([{ seq: 1, action: 'ledger-created', subject: 'live' }])
  })

  test('keeps what was written when it is opened again', () => {
    const file = closedLedger()
    expect(countSettings(openTestLedger({ file }).ledger)).toEqual({ n: 400 })
  })

  test('is not made over the log of a lost one', () => {
    const file = path.join(tempFolder(), 'ledger.db')
    writeFileSync(`${file}-wal`, 'the last refunds')
    expect(refusal(file)).toBe('ledger-damaged')
    expect(readFileSync(`${file}-wal`, 'utf8')).toBe('the last refunds')
    expect(existsSync(file)).toBe(false)
  })

  test('is made although an earlier beginning was killed, and clears what that left', () => {
    const file = path.join(tempFolder(), 'ledger.db')
    writeFileSync(`${file}.new-0011223344556677`, 'half')
    openTestLedger({ file })
    expect(readdirSync(path.dirname(file)).toSorted()).toEqual(['ledger.db', 'ledger.db-wal'])
  })

  test('is a problem, not a crash, where a folder cannot be made', () => {
    const blocked = path.join(tempFolder(), 'file')
    writeFileSync(blocked, '')
    expect(refusal(path.join(blocked, 'ledger.db'))).toBe('unexpected')
  })
})

describe('the settings that safety rests on', () => {
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['locking_mode', 'exclusive'],
    ['recursive_triggers', 1],
    ['trusted_schema', 0],
    ['cell_size_check', 1],
    ['secure_delete', 2],
    ['user_version', MIGRATIONS.length],
    ['application_id', 0x5266446b],
  ])('%s is %s', (name, value) => {
    expect(openTestLedger().ledger.db.pragma(name, { simple: true })).toBe(value)
  })

  test('hold without shared memory beside the file', () => {
    expect(existsSync(`${openTestLedger().file}-shm`)).toBe(false)
  })

  test.each([
    ['3.51.2', false],
    ['3.9.9', false],
    ['2.99.99', false],
    ['3.51.3', true],
    ['3.51.4', true],
    ['3.52.0', true],
    ['4.0.0', true],
  ])('SQLite %s is new enough: %s', (version, enough) => {
    expect(isSqliteNewEnough(version)).toBe(enough)
  })
})

describe('a ledger that is somebody else’s', () => {
  test('of another mode is refused', () => {
    expect(refusal(closedLedger(), { mode: 'live' })).toBe('ledger-wrong-mode')
  })

  test('whose mode was rewritten is refused', () => {
    const file = closedLedger()
    tamper(file, `DROP TRIGGER meta_frozen; UPDATE meta SET value = 'live' WHERE key = 'mode'`)
    expect(refusal(file, { mode: 'live' })).toBe('ledger-key-wrong')
  })

  test('of another key is refused', () => {
    expect(refusal(closedLedger(), { masterKey: new Uint8Array(32).fill(8) })).toBe('ledger-key-wrong')
  })

  test('of a newer program is refused and left as it is', () => {
    const file = closedLedger()
    tamper(file, `PRAGMA user_version = ${MIGRATIONS.length + 1}`)
    const before = readFileSync(file)
    expect(refusal(file)).toBe('ledger-newer')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('in use is refused, and free again when it is closed', () => {
    const { ledger, file } = openTestLedger()
    expect(refusal(file)).toBe('ledger-in-use')
    ledger.close()
    openTestLedger({ file })
  })

  test('in use is refused from the first moment on, before anything was written', () => {
    const { file } = openTestLedger({ file: closedLedger() })
    expect(refusal(file)).toBe('ledger-in-use')
  })
})

describe('a file that is no ledger is refused and never written to', () => {
  const foreign = path.join('foreign.db')
  test.each([
    ['empty', (file: string) => writeFileSync(file, '')],
    ['a text', (file: string) => writeFileSync(file, 'order,amount\n1,1000\n'.repeat(500))],
    ['only a header', (file: string) => writeFileSync(file, 'SQLite format 3\0')],
    ['zeros', (file: string) => writeFileSync(file, Buffer.alloc(8192))],
    ['another program’s database', (file: string) => tamper(file, 'CREATE TABLE customers (name TEXT)')],
  ])('%s', (_, make) => {
    const file = path.join(tempFolder(), foreign)
    make(file)
    const before = readFileSync(file)
    expect(refusal(file)).toBe('ledger-damaged')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a folder', () => {
    const file = path.join(tempFolder(), 'ledger.db')
    mkdirSync(file)
    expect(refusal(file)).toBe('unexpected')
  })
})

describe('a damaged ledger is refused', () => {
  test.each([0.1, 0.5, 0.9])('cut to %d of its length', (part) => {
    const file = closedLedger()
    truncateSync(file, Math.floor((statSync(file).size * part) / 4096) * 4096)
    expect(refusal(file)).toBe('ledger-damaged')
  })

  test('with any page overwritten', () => {
    const whole = closedLedger()
    const pages = statSync(whole).size / 4096
    const opened: number[] = []
    for (let page = 1; page <= pages; page += 1) {
      const file = path.join(tempFolder(), 'ledger.db')
      const bytes = readFileSync(whole)
      bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
      writeFileSync(file, bytes)
      if (tryOpen(file).ok) opened.push(page)
    }
    expect(opened).toEqual([])
    expect(pages).toBeGreaterThan(50)
  })

  test('with a reference that leads nowhere', () => {
    const file = closedLedger()
    tamper(file, `PRAGMA foreign_keys = OFF; INSERT INTO sync_cursor (channel_id, synced_at_ms) VALUES ('gone', 1)`)
    expect(refusal(file)).toBe('ledger-damaged')
  })

  test('without its key check', () => {
    const file = closedLedger()
    tamper(file, `DROP TRIGGER meta_no_delete; DELETE FROM meta WHERE key = 'key_check'`)
    expect(refusal(file)).toBe('ledger-damaged')
  })

  test('with its version set back', () => {
    const file = closedLedger()
    tamper(file, 'PRAGMA user_version = 0')
    expect(refusal(file)).toBe('ledger-damaged')
  })

  test('with the log of another ledger beside it', () => {
    const other = openTestLedger()
    addSettings(other.ledger, 3)
    const file = closedLedger()
    copyFileSync(`${other.file}-wal`, `${file}-wal`)
    expect(refusal(file)).toMatch(/ledger-damaged|ledger-key-wrong/)
  })
})

describe('a unit of work', () => {
  test('is undone whole by an error', () => {
    const { ledger } = openTestLedger()
    expect(() =>
      ledger.write(() => {
        addSetting(ledger)
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(countSettings(ledger)).toEqual({ n: 0 })
    ledger.write(() => addSetting(ledger))
    expect(countSettings(ledger)).toEqual({ n: 1 })
  })

  test('refuses a promise and undoes what was done until then', () => {
    const { ledger } = openTestLedger()
    const early = (): Promise<void> => {
      addSetting(ledger)
      return Promise.resolve()
    }
    expect(() => ledger.write(early)).toThrow('synchronous')
    expect(countSettings(ledger)).toEqual({ n: 0 })
    expect(() => ledger.read(() => Promise.resolve())).toThrow('synchronous')
  })

  test('is never nested', () => {
    const { ledger } = openTestLedger()
    expect(() => ledger.write(() => ledger.write(() => addSetting(ledger)))).toThrow('never nested')
    expect(() => ledger.read(() => ledger.write(() => addSetting(ledger)))).toThrow('never nested')
    expect(() => ledger.read(() => ledger.assertWriting())).toThrow('belongs inside')
    expect(countSettings(ledger)).toEqual({ n: 0 })
  })

  test('that only reads cannot write, and inside a write sees what was written', () => {
    const { ledger } = openTestLedger()
    expect(() => ledger.read(() => addSetting(ledger))).toThrow('has changed the ledger')
    expect(countSettings(ledger)).toEqual({ n: 0 })
    const seen = ledger.write(() => {
      addSetting(ledger)
      return ledger.read(() => countSettings(ledger))
    })
    expect(seen).toEqual({ n: 1 })
  })

  test('reads inside a read, and writes again after a read that failed', () => {
    const { ledger } = openTestLedger()
    expect(ledger.read(() => ledger.read(() => countSettings(ledger)))).toEqual({ n: 0 })
    expect(() =>
      ledger.read(() => {
        throw new Error('stop')
      }),
    ).toThrow('stop')
    ledger.write(() => addSetting(ledger))
    expect(countSettings(ledger)).toEqual({ n: 1 })
  })

  test('fills numbered and plain places by position', () => {
    const { ledger } = openTestLedger()
    expect(ledger.sql('SELECT ?2 AS two, ?1 AS one, ?2 AS again').get('a', 'b')).toEqual({
      one: 'a',
      two: 'b',
      again: 'b',
    })
    expect(ledger.sql('SELECT ? AS one, ? AS two').all('a', 'b')).toEqual([{ one: 'a', two: 'b' }])
    expect(() => ledger.sql('SELECT ?2 AS two, ?1 AS one').get('a')).toThrow('each place has its value')
    expect(() => ledger.sql('SELECT ?1 AS one, ? AS two')).toThrow('all numbered or all plain')
    expect(() => ledger.sql(`SELECT 'why?'`)).toThrow('is a place')
  })

  function addSetting(ledger: Ledger): void {
    ledger.sql(`INSERT INTO setting (key, value) VALUES ('one', '1')`).run()
  }
})

describe('a failing disk', () => {
  test('that is full undoes the unit of work and says so; with room again, work goes on', () => {
    const { ledger } = openTestLedger()
    addSettings(ledger, 5)
    const pages = ledger.db.pragma('page_count', { simple: true })
    ledger.db.pragma(`max_page_count = ${String(pages)}`)
    expect(troubleOf(() => addSettings(ledger, 2000))).toBe('disk-full')
    expect(countSettings(ledger)).toEqual({ n: 5 })
    ledger.db.pragma('max_page_count = 100000')
    addSettings(ledger, 2000)
    expect(countSettings(ledger)).toEqual({ n: 2000 })
  })

  test.runIf(process.platform === 'linux')('ends the connection at the first failed write, for good', () => {
    const { ledger, file } = openTestLedger()
    addSettings(ledger, 5)
    for (const handle of readdirSync('/proc/self/fd')) {
      if (linkOf(handle) === `${file}-wal`) closeSync(Number(handle))
    }
    expect(troubleOf(() => addSettings(ledger, 50))).toBe('ledger-damaged')
    expect(troubleOf(() => addSettings(ledger, 1))).toBe('ledger-damaged')
    expect(troubleOf(() => ledger.read(() => 1))).toBe('ledger-damaged')
    expect(troubleOf(() => countSettings(ledger))).toBe('ledger-damaged')
  })

  test('is told apart from a rule of the database, which ends nothing', () => {
    const { ledger } = openTestLedger()
    const again = (): unknown => ledger.sql(`INSERT INTO setting (key, value) VALUES ('one', '1')`).run()
    ledger.write(again)
    expect(() => ledger.write(again)).toThrow(/UNIQUE/)
    expect(countSettings(ledger)).toEqual({ n: 1 })
  })

  function linkOf(handle: string): string | null {
    try {
      return readlinkSync(`/proc/self/fd/${handle}`)
    } catch {
      // The handle of the listing itself is gone by now.
      return null
    }
  }
})
