import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { problem } from '../../../../src/domain/problem'
import { ok } from '../../../../src/domain/result'
import { anchorFileOf, keepAnchor, readAnchor, sealClosed } from '../../../../src/main/core/ledger/anchor'
import { backupFolderOf, makeBackup } from '../../../../src/main/core/ledger/backup'
import type { Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { openQuarantine } from '../../../../src/main/core/ledger/quarantine'
import { newestSoundBackup, restoreBackup } from '../../../../src/main/core/ledger/restore'
import { findRecovery } from '../../../../src/main/core/recovery'
import { addPeople, insertRow, paymentRow, runningBatch } from '../../../support/ledger-rows'
import { openTestLedger, TEST_MASTER_KEY, TEST_NOW_MS, testClock } from '../../../support/open-test-ledger'
import { everyPg } from '../../../support/pg-places'

const KEY = { mode: 'practice', masterKey: TEST_MASTER_KEY } as const
const breathe = (): Promise<void> => Promise.resolve()
const LATER_MS = TEST_NOW_MS + 60 * 60 * 1000

function addLine(ledger: Ledger): void {
  ledger.write(() => ledger.audit.append({ who: 'program', action: 'run.paused', subject: 'run', detail: {} }))
}

/** A closed ledger with one backup, and one line that the backup lacks. */
async function ledgerWithBackup(): Promise<{ readonly file: string; readonly name: string }> {
  const { ledger, file } = openTestLedger()
  const name = await makeBackup(ledger, KEY, breathe)
  addLine(ledger)
  ledger.close()
  return { file, name }
}

const restore = (file: string, name: string) =>
  restoreBackup({ ...KEY, file, name, nowMs: () => LATER_MS, who: 'program', reason: null })

describe('restoring a backup', () => {
  test('puts it in the place of the ledger, quarantined, and moves aside what was there', async () => {
    const { file, name } = await ledgerWithBackup()
    writeFileSync(file, 'damaged')
    writeFileSync(`${file}-wal`, 'its log')
    expect(restore(file, name)).toEqual({ ok: true, value: { stateAtMs: TEST_NOW_MS } })
    const aside = path.join(path.dirname(file), 'damaged/202611211300')
    expect(readFileSync(path.join(aside, 'ledger.db'), 'utf8')).toBe('damaged')
    expect(readFileSync(path.join(aside, 'ledger.db-wal'), 'utf8')).toBe('its log')
    const { ledger } = openTestLedger({ file })
    expect(openQuarantine(ledger)).toMatchObject({ why: 'restored', sinceMs: LATER_MS, stateAtMs: TEST_NOW_MS })
    expect(ledger.audit.list(0, 9).lines.map((line) => line.action)).toEqual(['ledger.restored', 'ledger-created'])
    expect(readdirSync(backupFolderOf(file))).toEqual([name])
  })

  test('twice in a minute keeps both old files, and a second quarantine is one with the first', async () => {
    const { file, name } = await ledgerWithBackup()
    expect(restore(file, name).ok).toBe(true)
    expect(restore(file, name).ok).toBe(true)
    expect(readdirSync(path.join(path.dirname(file), 'damaged')).toSorted()).toEqual(['202611211300', '202611211300-2'])
    expect(openQuarantine(openTestLedger({ file }).ledger)).not.toBeNull()
  })

  test('that is damaged, foreign or not there changes nothing', async () => {
    const { file, name } = await ledgerWithBackup()
    const backup = path.join(backupFolderOf(file), name)
    const before = readFileSync(file)
    expect(restore(file, 'ledger-2020-01-01.db')).toEqual({ ok: false, problem: problem('not-found') })
    expect(restore(file, `../${path.basename(file)}`)).toEqual({ ok: false, problem: problem('not-found') })
    writeFileSync(backup, readFileSync(backup).fill(0, 4096, 8192))
    expect(restore(file, name)).toEqual({ ok: false, problem: problem('backup-unsound') })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(existsSync(path.join(path.dirname(file), 'damaged'))).toBe(false)
    openTestLedger({ file })
  })

  test('killed between two steps leaves a ledger that is refused or quarantined, never one that could send', async () => {
    const { file, name } = await ledgerWithBackup()
    // The anchor of the ledger that is moved aside says that there was one.
    const { ledger } = openTestLedger({ file })
    keepAnchor(ledger).stop()
    ledger.close()
    sealClosed(file)
    expect(restore(file, name).ok).toBe(true)
    const restored = readFileSync(file)
    const [aside = ''] = readdirSync(path.join(path.dirname(file), 'damaged'))
    const old = path.join(path.dirname(file), 'damaged', aside, 'ledger.db')

    // Before anything was moved: the side file is there, the old ledger opens as it was.
    writeFileSync(`${file}.restoring`, restored)
    renameSync(old, file)
    const first = openTestLedger({ file })
    expect(openQuarantine(first.ledger)).toBeNull()
    expect(existsSync(`${file}.restoring`)).toBe(false)
    first.ledger.close()
    // After the old one was moved and before the new one has the name.
    mkdirSync(path.dirname(old), { recursive: true })
    renameSync(file, old)
    writeFileSync(`${file}.restoring`, restored)
    expect(() => openTestLedger({ file })).toThrow('ledger-damaged')
    // A second try ends it.
    expect(restore(file, name).ok).toBe(true)
    expect(openQuarantine(openTestLedger({ file }).ledger)).not.toBeNull()
  })

  test('ends every waiting row and gives back what was held for it', async () => {
    const { ledger, file } = openTestLedger()
    addPeople(ledger)
    for (const id of ['pay-1', 'pay-2']) insertRow(ledger, 'payment', paymentRow(id))
    runningBatch(ledger, 'batch', ['pay-1', 'pay-2'])
    const name = await makeBackup(ledger, KEY, breathe)
    ledger.close()
    expect(restore(file, name).ok).toBe(true)
    const back = openTestLedger({ file }).ledger
    expect(back.sql('SELECT state, problem FROM outbox ORDER BY queue_no').all()).toEqual([
      { state: 'expired', problem: '{"code":"ledger-restored"}' },
      { state: 'expired', problem: '{"code":"ledger-restored"}' },
    ])
    expect(back.sql('SELECT COUNT(*) AS n FROM reservation_release').get()).toEqual({ n: 2 })
    expect(back.sql('SELECT state FROM batch').all()).toEqual([{ state: 'done' }])
  })
})

describe('the offer of a window without a ledger', () => {
  const start = (file: string) => ({
    mode: 'practice' as const,
    ledgerFile: file,
    dataFolder: path.dirname(file),
    pgOrigins: everyPg(null),
    proxies: everyPg(null),
    practiceChannels: [],
    clockMs: null,
    practicePeople: [],
  })
  const deps = (file: string) => ({
    start: start(file),
    ask: async () => ok(TEST_MASTER_KEY as never),
    nowMs: () => LATER_MS,
  })

  test('is the newest backup that proves sound now', async () => {
    const { ledger, file, clock } = openTestLedger({ clock: testClock() })
    const older = await makeBackup(ledger, KEY, breathe)
    clock.advance(24 * 60 * 60 * 1000)
    addLine(ledger)
    const newer = await makeBackup(ledger, KEY, breathe)
    ledger.close()
    expect(newestSoundBackup({ ...KEY, file })?.name).toBe(newer)
    const broken = path.join(backupFolderOf(file), newer)
    writeFileSync(broken, readFileSync(broken).fill(0, 8192, 12_288))
    writeFileSync(file, '')
    const recovery = await findRecovery(deps(file), problem('ledger-damaged'))
    expect(recovery?.offer).toMatchObject({ name: older, atMs: TEST_NOW_MS })
    expect(recovery?.restore()).toEqual(ok(null))
    expect(openQuarantine(openTestLedger({ file }).ledger)?.stateAtMs).toBe(TEST_NOW_MS)
  })

  test('brings a ledger back from its vault and its backups alone, as after a lost disk', async () => {
    const { file, name } = await ledgerWithBackup()
    rmSync(file)
    rmSync(anchorFileOf(file), { force: true })
    expect(() => openTestLedger({ file })).toThrow('ledger-damaged')
    const recovery = await findRecovery(deps(file), problem('ledger-damaged'))
    expect(recovery?.offer.name).toBe(name)
    expect(recovery?.restore()).toEqual(ok(null))
    expect(openQuarantine(openTestLedger({ file }).ledger)).toMatchObject({ why: 'restored' })
  })

  test('is none for a newer ledger, a full disk, or without any sound backup', async () => {
    const { file, name } = await ledgerWithBackup()
    for (const code of ['ledger-newer', 'disk-full', 'ledger-in-use'] as const) {
      expect(await findRecovery(deps(file), problem(code))).toBeNull()
    }
    expect(await findRecovery(deps(file), problem('ledger-wrong-mode'))).not.toBeNull()
    rmSync(path.join(backupFolderOf(file), name))
    expect(await findRecovery(deps(file), problem('ledger-damaged'))).toBeNull()
  })
})

describe('the anchor', () => {
  test('follows the ledger at the start, at most once a second, and at the end', async () => {
    const { ledger, file } = openTestLedger()
    const keeper = keepAnchor(ledger)
    expect(readAnchor(file)).toMatchObject({ ledgerId: ledger.ledgerId, seq: 1 })
    addLine(ledger)
    expect(readAnchor(file)?.seq).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(readAnchor(file)?.seq).toBe(2)
    addLine(ledger)
    keeper.stop()
    expect(readAnchor(file)?.seq).toBe(3)
  })

  test('is never ahead of what was committed, whatever the unit of work wrote before it broke', () => {
    const { ledger, file } = openTestLedger()
    const keeper = keepAnchor(ledger)
    expect(() =>
      ledger.write(() => {
        ledger.audit.append({ who: 'program', action: 'run.paused', subject: 'run', detail: {} })
        throw new Error('undone')
      }),
    ).toThrow('undone')
    keeper.stop()
    expect(readAnchor(file)?.seq).toBe(1)
  })

  test('missing, cut short or of another ledger is no reason to block', () => {
    const { ledger, file } = openTestLedger()
    keepAnchor(ledger).stop()
    ledger.close()
    for (const text of [
      null,
      '',
      '{"ledgerId":',
      JSON.stringify({ ledgerId: 'other', seq: 99, hash: 'ff', atMs: 1 }),
    ]) {
      if (text === null) rmSync(anchorFileOf(file))
      else writeFileSync(anchorFileOf(file), text)
      const again = openTestLedger({ file }).ledger
      expect(openQuarantine(again)).toBeNull()
      again.close()
    }
  })

  test.each([
    ['a line that is still to come', (seq: number, hash: string) => ({ seq: seq + 1, hash })],
    [
      'another hash of a line',
      (seq: number, hash: string) => ({ seq, hash: hash.replace(/^./, (sign) => (sign === 'a' ? 'b' : 'a')) }),
    ],
  ])('that names %s quarantines the ledger, once', (_, changed) => {
    const { ledger, file } = openTestLedger()
    keepAnchor(ledger).stop()
    const head = ledger.audit.head()
    const { ledgerId } = ledger
    ledger.close()
    writeFileSync(anchorFileOf(file), JSON.stringify({ ledgerId, atMs: 1, ...changed(head.seq, head.hash) }))
    const back = openTestLedger({ file }).ledger
    expect(openQuarantine(back)).toMatchObject({ why: 'rolled-back' })
    back.close()
    const again = openTestLedger({ file }).ledger
    expect(again.sql('SELECT COUNT(*) AS n FROM quarantine').get()).toEqual({ n: 1 })
  })

  test('seals a ledger that was closed, and the seal is off as soon as it is opened', () => {
    const { ledger, file } = openTestLedger()
    keepAnchor(ledger).stop()
    sealClosed(file)
    // Open, and so with a log beside it: no seal.
    expect(readAnchor(file)?.closed).toBeUndefined()
    ledger.close()
    sealClosed(file)
    expect(readAnchor(file)?.closed).toMatch(/^[0-9a-f]{64}$/)
    const again = openTestLedger({ file }).ledger
    expect(readAnchor(file)?.closed).toBeUndefined()
    again.close()
  })
})
