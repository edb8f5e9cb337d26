import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Mode } from '../../src/contract/views'
import { openLedger, type Ledger } from '../../src/main/core/ledger/open-ledger'

/** 2026-11-21 12:00 in Seoul. */
export const TEST_NOW_MS = Date.parse('2026-11-21T03:00:00Z')
export const TEST_MASTER_KEY: Uint8Array = new Uint8Array(32).fill(7)

/** A clock that only the test moves. */
export interface TestClock {
  readonly nowMs: () => number
  advance(byMs: number): void
  set(toMs: number): void
}

export function testClock(startMs: number = TEST_NOW_MS): TestClock {
  let now = startMs
  return {
    nowMs: () => now,
    advance: (byMs) => {
      now += byMs
    },
    set: (toMs) => {
      now = toMs
    },
  }
}

/** A folder that is gone when the test has finished. */
export function tempFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'refund-desk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The ledger's files as a crash at this moment would leave them. */
export function diskAfterCrash(ledgerFile: string): string {
  const copy = path.join(tempFolder(), 'ledger.db')
  for (const end of ['', '-wal']) if (existsSync(ledgerFile + end)) copyFileSync(ledgerFile + end, copy + end)
  return copy
}

export interface TestLedger {
  readonly ledger: Ledger
  readonly file: string
  readonly clock: TestClock
}

/** A real ledger in a temp folder, closed and removed when the test has finished. */
export function openTestLedger(
  options: { readonly mode?: Mode; readonly file?: string; readonly clock?: TestClock } = {},
): TestLedger {
  const file = options.file ?? path.join(tempFolder(), 'ledger.db')
  const clock = options.clock ?? testClock()
  const opened = openLedger({
    file,
    mode: options.mode ?? 'practice',
    masterKey: TEST_MASTER_KEY,
    nowMs: clock.nowMs,
  })
  if (!opened.ok) throw new Error(`the test ledger did not open: ${JSON.stringify(opened.problem)}`)
  onTestFinished(() => opened.value.close())
  return { ledger: opened.value, file, clock }
}
