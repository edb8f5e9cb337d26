import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLog, scrub } from '../../../src/main/shell/log'

describe('the scrubber', () => {
  test.each([
    ['account 56211000123456 refused', '56211000123456'],
    ['account 562-110-001234 refused', '562-110-001234'],
    ['call 010 1234 5678', '1234'],
    ['token 4d2f8a9b1c3e5f7a9b1c3d5e7f9a1b3c5d7e9f1a is bad', '4d2f8a9b'],
    [`at ${join(homedir(), 'x.ts')}`, homedir()],
  ])('takes out what could be personal or secret: %s', (text, hidden) => {
    expect(scrub(text)).not.toContain(hidden)
  })

  test('leaves what helps to find a mistake', () => {
    const text = 'TypeError: cannot read rowsFine of undefined at openPracticeLedgerFile (index.js:1204:33)'
    expect(scrub(text)).toBe(text)
  })
})

describe('the log', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('holds the error under the id that it answered, on one line', () => {
    const log = openLog(join(folder, 'log'), () => Date.UTC(2026, 10, 21))
    const id = log.report('import.rows', new Error('first\nsecond 12345678'))
    const text = readFileSync(join(folder, 'log/refund-desk.log'), 'utf8')
    expect(id).toMatch(/^[0-9A-F]{6}$/)
    expect(text).toContain(`2026-11-21T00:00:00.000Z import.rows [${id}]: Error: first | second ######`)
    expect(text.trimEnd().split('\n')).toHaveLength(1)
  })

  test('keeps one older file and begins anew when it is full', () => {
    const file = join(folder, 'refund-desk.log')
    writeFileSync(file, Buffer.alloc(1024 * 1024 + 1, 'x'))
    openLog(folder, Date.now).note('a', 'b')
    expect(statSync(file).size).toBeLessThan(100)
    expect(statSync(`${file}.1`).size).toBe(1024 * 1024 + 1)
  })

  test('does not stop the program when there is nowhere to write', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(openLog(join(folder, 'file/log'), Date.now).report('x', 'y')).toMatch(/^[0-9A-F]{6}$/)
  })
})
