import { existsSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LedgerTrouble } from '../../../../src/main/core/ledger/ledger-trouble'
import type { Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { reserveFileOf } from '../../../../src/main/core/ledger/reserve'
import { openTestLedger, tempFolder } from '../../../support/open-test-ledger'

/** Lets no page be added, as a full disk does. */
function fill(ledger: Ledger): void {
  ledger.db.pragma(`max_page_count = ${String(ledger.db.pragma('page_count', { simple: true }))}`)
}

function addMuch(ledger: Ledger): void {
  const insert = ledger.sql('INSERT INTO setting (key, value) VALUES (?, ?)')
  for (let at = 0; at < 500; at += 1) insert.run(`key ${at}`, 'x'.repeat(400))
}

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof LedgerTrouble) return error.code
    throw error
  }
  return 'no trouble'
}

describe('the reserve', () => {
  test('is 16 MB beside the ledger, made once, and made anew when it was cut', () => {
    const { ledger, file } = openTestLedger()
    const reserve = reserveFileOf(file)
    expect(existsSync(reserve)).toBe(false)
    expect(ledger.reserve.hold()).toBe(true)
    expect(statSync(reserve).size).toBe(16 * 1024 * 1024)
    ledger.close()
    writeFileSync(reserve, 'cut')
    expect(openTestLedger({ file }).ledger.reserve.hold()).toBe(true)
    expect(statSync(reserve).size).toBe(16 * 1024 * 1024)
  })

  test('cannot be held where nothing can be written', () => {
    const { ledger, file } = openTestLedger({ file: `${tempFolder()}/ledger.db` })
    // A folder in its place stands for a disk without room.
    writeFileSync(`${file}.x`, '')
    expect(ledger.reserve.free()).toBe(false)
    expect(ledger.reserve.hold()).toBe(true)
    expect(ledger.reserve.free()).toBe(true)
    expect(ledger.reserve.free()).toBe(false)
  })
})

describe('on a full disk', () => {
  test('an outcome gets the reserve and is written at the second try', () => {
    const { ledger, file } = openTestLedger()
    ledger.reserve.hold()
    fill(ledger)
    let tries = 0
    const value = ledger.writeOutcome(() => {
      tries += 1
      // What the freed reserve is to the file system, a higher limit is to this file.
      if (!existsSync(reserveFileOf(file))) ledger.db.pragma('max_page_count = 100000')
      addMuch(ledger)
      return 'written'
    })
    expect([value, tries]).toEqual(['written', 2])
    expect(ledger.sql('SELECT COUNT(*) AS n FROM setting').get()).toEqual({ n: 500 })
    expect(existsSync(reserveFileOf(file))).toBe(false)
  })

  test('an intent is refused and leaves the reserve alone', () => {
    const { ledger, file } = openTestLedger()
    ledger.reserve.hold()
    fill(ledger)
    expect(codeOf(() => ledger.write(() => addMuch(ledger)))).toBe('disk-full')
    expect(existsSync(reserveFileOf(file))).toBe(true)
  })

  test('an outcome without a reserve, or for which it is not enough, is told as trouble, whole or not at all', () => {
    const { ledger } = openTestLedger()
    fill(ledger)
    expect(codeOf(() => ledger.writeOutcome(() => addMuch(ledger)))).toBe('disk-full')
    ledger.reserve.hold()
    expect(codeOf(() => ledger.writeOutcome(() => addMuch(ledger)))).toBe('disk-full')
    expect(ledger.sql('SELECT COUNT(*) AS n FROM setting').get()).toEqual({ n: 0 })
  })

  test('an error that is no full disk gives nothing up', () => {
    const { ledger } = openTestLedger()
    ledger.reserve.hold()
    expect(() =>
      ledger.writeOutcome(() => {
        throw new Error('a bug')
      }),
    ).toThrow('a bug')
    expect(ledger.reserve.free()).toBe(true)
  })
})
