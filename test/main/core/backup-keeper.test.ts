import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBackupKeeper, type BackupKeeper } from '../../../src/main/core/backup-keeper'
import { kstDate } from '../../../src/domain/time'
import type { CoreContext } from '../../../src/main/core/context'
import { backupFolderOf } from '../../../src/main/core/ledger/backup'
import { examineNow, sendingStop } from '../../../src/main/core/runner/sending-stop'
import { systemTimers } from '../../../src/main/core/timers'
import { openTestLedger, TEST_MASTER_KEY, type TestLedger } from '../../support/open-test-ledger'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

interface Kept extends TestLedger {
  readonly keeper: BackupKeeper
  readonly troubles: string[]
  readonly names: () => string[]
  /** Lets the timers come due, and what they began come to its end. */
  readonly pass: (ms: number) => Promise<void>
}

function keep(opened: TestLedger = openTestLedger()): Kept {
  const troubles: string[] = []
  const keeper = createBackupKeeper({
    ledger: opened.ledger,
    mode: 'practice',
    masterKey: TEST_MASTER_KEY,
    timers: systemTimers,
    breathe: () => new Promise((resolve) => void setImmediate(resolve)),
    examine: () => examineNow(opened.ledger, kstDate(opened.ledger.nowMs())),
    changed: () => undefined,
    trouble: (where) => troubles.push(where),
  })
  const pass = async (ms: number): Promise<void> => {
    vi.advanceTimersByTime(ms)
    const end = performance.now() + 500
    while (performance.now() < end) await new Promise((resolve) => void setImmediate(resolve))
  }
  return { ...opened, keeper, troubles, names: () => readdirSync(backupFolderOf(opened.file)).toSorted(), pass }
}

describe('the backup of the day', () => {
  test('is made a little after the start, once, and again when the day has changed', async () => {
    const { keeper, names, pass, clock } = keep()
    expect(keeper.state()).toEqual({ atMs: null, problem: null })
    keeper.start()
    await pass(MINUTE_MS)
    expect(names()).toEqual(['ledger-2026-11-21.db'])
    await pass(5 * MINUTE_MS)
    expect(names()).toHaveLength(1)
    clock.advance(DAY_MS)
    await pass(MINUTE_MS)
    expect(names()).toEqual(['ledger-2026-11-21.db', 'ledger-2026-11-22.db'])
    expect(keeper.state()).toEqual({ atMs: clock.nowMs(), problem: null })
    await keeper.stop()
  })

  test('is not made again by a second start on the same day', async () => {
    const first = keep()
    await first.keeper.make()
    const second = keep(first)
    second.keeper.start()
    await second.pass(2 * MINUTE_MS)
    expect(second.names()).toEqual(['ledger-2026-11-21.db'])
    await second.keeper.stop()
  })

  test('that fails is shown and logged, stops nothing, and is tried again later', async () => {
    const { keeper, file, names, pass, troubles } = keep()
    writeFileSync(backupFolderOf(file), 'in the way')
    keeper.start()
    await pass(MINUTE_MS)
    expect(keeper.state()).toEqual({ atMs: null, problem: { code: 'backup-failed' } })
    expect(troubles).toEqual(['backup'])
    rmSync(backupFolderOf(file))
    await pass(5 * MINUTE_MS)
    expect(keeper.state().problem).not.toBeNull()
    await pass(6 * MINUTE_MS)
    expect(names()).toEqual(['ledger-2026-11-21.db'])
    expect(keeper.state().problem).toBeNull()
    await keeper.stop()
  })

  test('whose copy is unsound has the ledger examined: its damage is named, and nothing more is sent', async () => {
    const { keeper, ledger } = keep()
    expect(sendingStop({ ledger, nowMs: ledger.nowMs } as CoreContext)).toBeNull()
    ledger.db.exec('DROP TRIGGER audit_no_update; UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 1')
    expect(await keeper.make()).toMatchObject({ ok: false, problem: { code: 'ledger-damaged' } })
    expect(keeper.state().problem?.code).toBe('ledger-damaged')
    const stopOf = (): ReturnType<typeof sendingStop> => sendingStop({ ledger, nowMs: ledger.nowMs } as CoreContext)
    expect(stopOf()?.code).toBe('ledger-damaged')
    // A later look that finds nothing does not take it back: only opening the file anew does.
    ledger.db.exec('UPDATE audit SET at_ms = at_ms - 1 WHERE seq = 1')
    expect([examineNow(ledger, kstDate(ledger.nowMs()))?.code, stopOf()?.code]).toEqual(Array(2).fill('ledger-damaged'))
    await keeper.stop()
  })

  test('is never made twice at once, and not after the end', async () => {
    const { keeper, names } = keep()
    const [one, two] = await Promise.all([keeper.make(), keeper.make()])
    expect([one.ok, two]).toEqual([true, { ok: false, problem: { code: 'busy-already' } }])
    await keeper.stop()
    expect((await keeper.make()).ok).toBe(false)
    expect(names()).toHaveLength(1)
  })
})
