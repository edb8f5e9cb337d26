import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { CoreContext } from '../../../../src/main/core/context'
import { anchorFileOf } from '../../../../src/main/core/ledger/anchor'
import { backupFolderOf } from '../../../../src/main/core/ledger/backup'
import { openLedger, type Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { sendingStop } from '../../../../src/main/core/runner/sending-stop'
import { approvedBatch, openDesk } from '../../../support/open-desk'
import { diskAfterCrash, tempFolder, TEST_MASTER_KEY, TEST_NOW_MS } from '../../../support/open-test-ledger'
import { writePastIndex } from '../../../support/stale-index'

const CASES = 60

function tryOpen(file: string): ReturnType<typeof openLedger> {
  return openLedger({ file, mode: 'practice', masterKey: TEST_MASTER_KEY, nowMs: () => TEST_NOW_MS })
}

const stopOf = (ledger: Ledger): ReturnType<typeof sendingStop> =>
  sendingStop({ ledger, nowMs: () => TEST_NOW_MS } as CoreContext)

/** Everything that decides what would be sent. */
function sendableOf(ledger: Ledger): string {
  const rows = ledger.db.prepare(
    `SELECT w.row_id, w.batch_id, w.payment_id, w.amount, w.tax_free, w.vat, w.bank, hex(w.secret_enc) FROM refund_row w
     JOIN approval a ON a.batch_id = w.batch_id WHERE w.excluded = 0 ORDER BY w.batch_id, w.position`,
  )
  return JSON.stringify(rows.all())
}

function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function damage(bytes: Buffer, seed: number): { readonly bytes: Buffer; readonly what: string } {
  const random = randomFrom(seed * 7919 + 1)
  const copy = Buffer.from(bytes)
  const page = 4096
  const at = random(copy.length)
  switch (seed % 5) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << random(8))
      return { bytes: copy, what: `bit at ${at}` }
    case 1:
      for (let byte = at; byte < Math.min(copy.length, at + 64); byte += 1) copy[byte] = random(256)
      return { bytes: copy, what: `64 bytes at ${at}` }
    case 2: {
      const start = at - (at % page)
      copy.fill(0, start, start + page)
      return { bytes: copy, what: `page at ${start} lost` }
    }
    case 3: {
      const from = at - (at % page)
      const to = random(copy.length / page) * page
      copy.copy(copy, to, from, from + page)
      return { bytes: copy, what: `page ${from} over ${to}` }
    }
    default:
      return { bytes: copy.subarray(0, at), what: `cut at ${at}` }
  }
}

/** Runs the damages one after another on a file of their own; with the anchor, the file's digest is known. */
function tryDamages(whole: Buffer, anchor: Buffer | null, seen: (ledger: Ledger | null, what: string) => void): void {
  const folder = tempFolder()
  const file = path.join(folder, 'ledger.db')
  for (let seed = 0; seed < CASES; seed += 1) {
    for (const end of ['-wal', '-journal']) rmSync(file + end, { force: true })
    const { bytes, what } = damage(whole, seed)
    if (bytes.equals(whole)) continue
    writeFileSync(file, bytes)
    if (anchor !== null) writeFileSync(path.join(folder, 'ledger.anchor'), anchor)
    const opened = tryOpen(file)
    if (!opened.ok) {
      expect(REFUSALS, what).toContain(opened.problem.code)
      seen(null, what)
      continue
    }
    try {
      seen(opened.value, what)
    } finally {
      opened.value.close()
    }
  }
}
const REFUSALS = ['ledger-damaged', 'ledger-newer', 'ledger-key-wrong', 'ledger-wrong-mode']

/** A ledger that was closed in order, with an approved batch that waits: what a damaged copy of it could send. */
async function closedLedger(): Promise<{ readonly file: string; readonly whole: Buffer; readonly anchor: Buffer }> {
  const { desk } = await openDesk()
  await desk.call('sync.start', { days: 90 })
  await desk.call('run.pause', {})
  await approvedBatch(desk, 12)
  await desk.stop()
  const file = desk.ledgerFile
  return { file, whole: readFileSync(file), anchor: readFileSync(anchorFileOf(file)) }
}

const refusalOf = (file: string): string | null => {
  const opened = tryOpen(file)
  if (!opened.ok) return opened.problem.code
  opened.value.close()
  return null
}

describe('a damaged ledger', () => {
  test(`that was closed in order is refused, whatever byte of it changed (${CASES} random damages)`, async () => {
    const { whole, anchor } = await closedLedger()
    tryDamages(whole, anchor, (ledger, what) => expect(ledger, what).toBeNull())
  })

  test(`that was not is refused, or stopped before the first sending, or would send just what was approved (${CASES})`, async () => {
    const { file, whole } = await closedLedger()
    const intact = tryOpen(file)
    if (!intact.ok) throw new Error('the whole ledger opens')
    const before = sendableOf(intact.value)
    expect(before.length).toBeGreaterThan(1000)
    expect(stopOf(intact.value)).toBeNull()
    intact.value.close()
    tryDamages(whole, null, (ledger, what) => {
      if (ledger !== null && stopOf(ledger) === null) expect(sendableOf(ledger), what).toBe(before)
    })
  })

  test('with one figure of an approved row changed sends nothing, today and tomorrow', async () => {
    const { file } = await closedLedger()
    rmSync(anchorFileOf(file))
    const raw = new Database(file)
    raw.exec('DROP TRIGGER refund_row_frozen')
    expect(
      raw.prepare('UPDATE refund_row SET bank = ? WHERE position = 0 AND bank IS NOT NULL').run('088').changes,
    ).toBe(1)
    raw.close()
    const opened = tryOpen(file)
    if (!opened.ok) throw new Error('it opens')
    const { value: ledger } = opened
    expect(stopOf(ledger)?.code).toBe('ledger-damaged')
    ledger.db.exec('UPDATE refund_row SET bank = bank')
    const tomorrow = { ledger, nowMs: () => TEST_NOW_MS + 24 * 60 * 60 * 1000 } as CoreContext
    expect(sendingStop(tomorrow)?.code).toBe('ledger-damaged')
    ledger.close()
  })

  test('whose index hides a row that waits is refused when nobody closed it', async () => {
    const { file } = await closedLedger()
    rmSync(anchorFileOf(file))
    writePastIndex(file, 'outbox_by_state', `UPDATE outbox SET state = 'cancelled' WHERE queue_no = 1`)
    const raw = new Database(file)
    expect(raw.pragma('quick_check', { simple: true })).toBe('ok')
    raw.close()
    expect(refusalOf(file)).toBe('ledger-damaged')
  })

  test('is examined again on every day', async () => {
    const { file } = await closedLedger()
    const opened = tryOpen(file)
    if (!opened.ok) throw new Error('it opens')
    const { value: ledger } = opened
    expect(stopOf(ledger)).toBeNull()
    ledger.db.exec('DROP TRIGGER audit_no_update; UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 3')
    expect(stopOf(ledger)).toBeNull()
    const tomorrow = { ledger, nowMs: () => TEST_NOW_MS + 24 * 60 * 60 * 1000 } as CoreContext
    expect(sendingStop(tomorrow)?.code).toBe('ledger-damaged')
    ledger.close()
  })

  test.each<[string, (file: string) => void]>([
    ['empty', (file) => writeFileSync(file, '')],
    ['cut in the middle', (file) => truncateSync(file, 40_000)],
    ['with a damaged header', (file) => writeAt(file, 20, 'header')],
    ['in another format', (file) => writeFileSync(file, 'PK\u0003\u0004 a spreadsheet'.padEnd(8192))],
    ['another program’s database', (file) => foreignDatabase(file)],
    ['gone, with its anchor left', (file) => rmSync(file)],
    [
      'gone, with its log left',
      (file) => {
        rmSync(file)
        rmSync(anchorFileOf(file))
        writeFileSync(`${file}-wal`, 'log')
      },
    ],
  ])('%s is refused and left as it is', async (_, break_) => {
    const { file } = await closedLedger()
    break_(file)
    const before = existsSync(file) ? readFileSync(file) : null
    expect(refusalOf(file)).toBe('ledger-damaged')
    expect(existsSync(file) ? readFileSync(file) : null).toEqual(before)
  })

  test('gone, with its backups left, is not replaced by an empty one', async () => {
    const { file } = await closedLedger()
    rmSync(file)
    rmSync(anchorFileOf(file))
    mkdirSync(backupFolderOf(file))
    writeFileSync(path.join(backupFolderOf(file), 'ledger-2026-11-20.db'), 'whatever')
    expect(refusalOf(file)).toBe('ledger-damaged')
    expect(existsSync(file)).toBe(false)
  })

  test('a backup put by hand beside the log of the lost file is not mixed with it', async () => {
    const { desk } = await openDesk()
    await desk.call('backup.make', {})
    await desk.call('sync.start', { days: 90 })
    const crashed = diskAfterCrash(desk.ledgerFile)
    expect(existsSync(`${crashed}-wal`)).toBe(true)
    copyFileSync(path.join(backupFolderOf(desk.ledgerFile), 'ledger-2026-11-21.db'), crashed)
    expect(refusalOf(crashed)).toBe('ledger-damaged')
  })
})

function writeAt(file: string, at: number, text: string): void {
  const bytes = readFileSync(file)
  bytes.write(text, at)
  writeFileSync(file, bytes)
}

function foreignDatabase(file: string): void {
  rmSync(file)
  const db = new Database(file)
  db.exec('CREATE TABLE note (text TEXT)')
  db.close()
}
