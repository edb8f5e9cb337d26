import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { backupFolderOf, listBackups, makeBackup } from '../../../../src/main/core/ledger/backup'
import { examineCopy, runThrough } from '../../../../src/main/core/ledger/examine'
import { openLedger, verifyLedger, type Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { MIGRATIONS } from '../../../../src/main/core/ledger/migrate'
import { makeOlder } from '../../../support/older-ledger'
import { openTestLedger, TEST_MASTER_KEY, TEST_NOW_MS } from '../../../support/open-test-ledger'

const KEY = { mode: 'practice', masterKey: TEST_MASTER_KEY } as const
const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

function addLines(ledger: Ledger, count: number): void {
  ledger.write(() => {
    for (let at = 0; at < count; at += 1) {
      ledger.audit.append({ who: 'program', action: 'run.paused', subject: 'run', detail: { rows: at } })
    }
  })
}

const countAudit = (file: string): unknown => {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare('SELECT COUNT(*) FROM audit').pluck().get()
  } finally {
    db.close()
  }
}

describe('a backup', () => {
  test('is one file for its owner alone, proven by itself, and leaves nothing beside it', async () => {
    const { ledger, file } = openTestLedger()
    addLines(ledger, 100)
    const name = await makeBackup(ledger, KEY, breathe)
    expect(name).toBe('ledger-2026-11-21.db')
    const folder = backupFolderOf(file)
    expect(readdirSync(folder)).toEqual([name])
    const made = path.join(folder, name)
    expect(statSync(made).mode & 0o077).toBe(0)
    expect(runThrough(examineCopy(made, KEY))).toMatchObject({ atMs: TEST_NOW_MS, seq: 101, ledgerId: ledger.ledgerId })
    expect(readdirSync(folder)).toEqual([name])
    expect(verifyLedger(ledger)).toMatchObject({ entries: 101, intact: true })
  })

  test('goes on while the ledger is written, and holds one whole state of it', async () => {
    const { ledger, file } = openTestLedger()
    ledger.write(() => {
      const insert = ledger.sql('INSERT INTO setting (key, value) VALUES (?, ?)')
      for (let at = 0; at < 8000; at += 1) insert.run(`key ${at}`, 'x'.repeat(400))
    })
    let done = false
    const backup = makeBackup(ledger, KEY, breathe).finally(() => {
      done = true
    })
    let longestMs = 0
    while (!done) {
      const before = performance.now()
      addLines(ledger, 1)
      await breathe()
      longestMs = Math.max(longestMs, performance.now() - before)
    }
    const made = path.join(backupFolderOf(file), await backup)
    const { seq } = runThrough(examineCopy(made, KEY))
    expect(countAudit(made)).toBe(seq)
    expect(seq).toBeGreaterThan(1)
    expect(longestMs).toBeLessThan(1000)
  })

  test('is listed by the state that it holds, the newest first, and a broken one last', async () => {
    const { ledger, file, clock } = openTestLedger()
    const folder = backupFolderOf(file)
    const first = await makeBackup(ledger, KEY, breathe)
    addLines(ledger, 1)
    // The clock was set back: the newer state has the older name.
    clock.advance(-3 * 24 * 60 * 60 * 1000)
    const second = await makeBackup(ledger, KEY, breathe)
    writeFileSync(path.join(folder, 'ledger-2026-12-31.db'), 'nothing')
    writeFileSync(path.join(folder, 'readme.txt'), 'x')
    expect([first, second]).toEqual(['ledger-2026-11-21.db', 'ledger-2026-11-18.db'])
    expect(listBackups(folder).map(({ name, facts }) => [name, facts?.seq ?? null])).toEqual([
      [second, 2],
      [first, 1],
      ['ledger-2026-12-31.db', null],
    ])
  })

  test('of a ledger that is damaged inside gets no name', async () => {
    const { ledger, file } = openTestLedger()
    addLines(ledger, 50)
    ledger.db.exec('DROP TRIGGER audit_no_update')
    ledger.sql('UPDATE audit SET who = ? WHERE seq = 7').run('somebody')
    await expect(makeBackup(ledger, KEY, breathe)).rejects.toThrow('audit line 7')
    expect(readdirSync(backupFolderOf(file))).toEqual([])
  })

  test('clears what a kill left of an earlier one', async () => {
    const { ledger, file } = openTestLedger()
    await makeBackup(ledger, KEY, breathe)
    const folder = backupFolderOf(file)
    writeFileSync(path.join(folder, 'ledger.unfinished'), 'half')
    writeFileSync(path.join(folder, 'ledger.unfinished-journal'), 'half')
    expect(await makeBackup(ledger, KEY, breathe)).toBe('ledger-2026-11-21-2.db')
    expect(readdirSync(folder).toSorted()).toEqual(['ledger-2026-11-21-2.db', 'ledger-2026-11-21.db'])
  })

  test('that cannot be written is trouble, and the ledger works on', async () => {
    const { ledger, file } = openTestLedger()
    writeFileSync(backupFolderOf(file), 'a file in the place of the folder')
    await expect(makeBackup(ledger, KEY, breathe)).rejects.toThrow()
    addLines(ledger, 1)
    rmSync(backupFolderOf(file))
    expect(await makeBackup(ledger, KEY, breathe)).toBe('ledger-2026-11-21.db')
  })

  test('of another mode or key is not proven', async () => {
    const { ledger, file } = openTestLedger()
    const made = path.join(backupFolderOf(file), await makeBackup(ledger, KEY, breathe))
    expect(() => runThrough(examineCopy(made, { ...KEY, mode: 'live' }))).toThrow('wrong-mode')
    expect(() => runThrough(examineCopy(made, { ...KEY, masterKey: new Uint8Array(32) }))).toThrow('key-wrong')
  })
})

describe('a migration', () => {
  /** A ledger as the version before left it. */
  function olderLedger(): string {
    const { ledger, file } = openTestLedger()
    ledger.close()
    makeOlder(file, MIGRATIONS.length - 1)
    return file
  }

  test('of an existing ledger is preceded by a backup of the version before', () => {
    const file = olderLedger()
    const { ledger } = openTestLedger({ file })
    expect(ledger.db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    const [backup] = listBackups(backupFolderOf(file))
    const made = path.join(backupFolderOf(file), backup?.name ?? '')
    runThrough(examineCopy(made, KEY))
    const copy = new Database(made, { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length - 1)
    copy.close()
  })

  test('is not done where that backup cannot be made, and a new ledger needs none', () => {
    const file = olderLedger()
    writeFileSync(backupFolderOf(file), 'a file in the place of the folder')
    const opened = openLedger({ file, ...KEY, nowMs: () => TEST_NOW_MS })
    expect(opened.ok).toBe(false)
    const db = new Database(file)
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length - 1)
    db.close()
    const fresh = openTestLedger()
    expect(existsSync(backupFolderOf(fresh.file))).toBe(false)
    chmodSync(fresh.file, 0o600)
    expect(readFileSync(fresh.file).length).toBeGreaterThan(0)
  })
})
