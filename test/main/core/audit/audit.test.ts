import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { canonicalDetail } from '../../../../src/main/core/audit/chain'
import type { AuditVerdict } from '../../../../src/main/core/audit/audit'
import { openLedger, type Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { openTestLedger, TEST_MASTER_KEY, TEST_NOW_MS } from '../../../support/open-test-ledger'

const LINES = 8

function addLines(ledger: Ledger, count: number): void {
  ledger.write(() => {
    for (let number = 1; number <= count; number += 1) {
      ledger.audit.append({ who: 'person-1', action: 'looked', subject: `row-${number}`, detail: { number } })
    }
  })
}

/** A closed ledger of eight lines, the first of which tells of the ledger's beginning. */
function eightLines(): { readonly file: string; readonly head: string } {
  const { ledger, file } = openTestLedger()
  addLines(ledger, LINES - 1)
  const { hash } = ledger.audit.head()
  ledger.close()
  return { file, head: hash }
}

/** Changes the log as somebody with a database tool would, then says whether opening or reading notices, and where. */
function afterTampering(sql: string): { readonly opens: boolean; readonly verdict: AuditVerdict | null } {
  const { file } = eightLines()
  const db = new Database(file)
  db.exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER meta_no_delete; ${sql}`)
  db.close()
  const opened = openLedger({ file, mode: 'practice', masterKey: TEST_MASTER_KEY, nowMs: () => TEST_NOW_MS })
  if (!opened.ok) {
    expect(opened.problem.code).toBe('ledger-damaged')
    return { opens: false, verdict: null }
  }
  const verdict = opened.value.audit.verify()
  opened.value.close()
  return { opens: true, verdict }
}

describe('the log', () => {
  test('grows line by line, the newest first in the list', () => {
    const { ledger } = openTestLedger()
    addLines(ledger, 3)
    expect(ledger.audit.list(0, 2)).toMatchObject({
      total: 4,
      lines: [
        { seq: 4, who: 'person-1', action: 'looked', subject: 'row-3', detail: '{"number":3}', atMs: TEST_NOW_MS },
        { seq: 3, subject: 'row-2' },
      ],
    })
    expect(ledger.audit.list(3, 2).lines).toMatchObject([{ seq: 1, action: 'ledger-created' }])
    expect(ledger.audit.head()).toEqual({ seq: 4, hash: ledger.audit.list(0, 1).lines[0]?.hash })
  })

  test('is intact after it was written, and after it was opened again', () => {
    const { file, head } = eightLines()
    const { ledger } = openTestLedger({ file })
    expect(ledger.audit.verify()).toEqual({ entries: LINES, intact: true, brokenAtSeq: null, head })
    addLines(ledger, 1)
    expect(ledger.audit.verify()).toMatchObject({ entries: LINES + 1, intact: true })
  })

  test('takes a line only inside a unit of work, and loses it with one that failed', () => {
    const { ledger } = openTestLedger()
    const line = { who: 'a', action: 'b', subject: 'c', detail: {} }
    expect(() => ledger.audit.append(line)).toThrow('unit of work')
    expect(() =>
      ledger.write(() => {
        ledger.audit.append(line)
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(ledger.audit.verify()).toMatchObject({ entries: 1, intact: true })
    addLines(ledger, 1)
    expect(ledger.audit.verify()).toMatchObject({ entries: 2, intact: true })
  })

  test('can be read in slices of any size, with lines added in between', () => {
    const { ledger } = openTestLedger()
    addLines(ledger, 9)
    for (const size of [1, 3, 5, 10, 11]) {
      const slices = ledger.audit.verifyInSlices(size)
      let step = slices.next()
      let steps = 0
      while (step.done !== true) {
        if (steps === 0) addLines(ledger, 1)
        steps += 1
        step = slices.next()
      }
      expect(step.value).toMatchObject({
        intact: true,
        entries: ledger.audit.head().seq,
        head: ledger.audit.head().hash,
      })
    }
  })

  test('writes the same detail the same way, whatever its order, and refuses what JSON cannot say', () => {
    expect(canonicalDetail({ b: 1, a: 'x', c: null })).toBe(canonicalDetail({ c: null, a: 'x', b: 1 }))
    expect(canonicalDetail({ b: 1, a: 'x', c: true })).toBe('{"a":"x","b":1,"c":true}')
    expect(() => canonicalDetail({ amount: Number.NaN })).toThrow('amount')
  })
})

describe('tampering is found at its line', () => {
  const lines = Array.from({ length: LINES }, (_, place) => place + 1)

  test.each(lines)('any field of line %d changed', (seq) => {
    for (const change of ['at_ms = at_ms + 1', `who = 'x'`, `action = 'x'`, `subject = 'x'`, `detail = '{}'`]) {
      const { verdict } = afterTampering(`UPDATE audit SET ${change} WHERE seq = ${seq}`)
      expect(verdict, change).toMatchObject({ intact: false, brokenAtSeq: seq })
    }
  })

  test.each(lines)('a hash of line %d changed', (seq) => {
    expect(afterTampering(`UPDATE audit SET previous_hash = zeroblob(31) WHERE seq = ${seq}`).verdict).toMatchObject({
      brokenAtSeq: seq,
    })
    const { opens, verdict } = afterTampering(`UPDATE audit SET hash = randomblob(32) WHERE seq = ${seq}`)
    if (seq === LINES) expect(opens).toBe(false)
    else expect(verdict).toMatchObject({ intact: false, brokenAtSeq: seq })
  })

  test.each(lines)('line %d removed', (seq) => {
    const { opens, verdict } = afterTampering(`DELETE FROM audit WHERE seq = ${seq}`)
    // The end is missed at once; a gap is found by reading.
    if (seq === LINES) expect(opens).toBe(false)
    else expect(verdict).toMatchObject({ intact: false, brokenAtSeq: seq })
  })

  test.each(lines.slice(0, -2))('lines %d and the next one swapped', (seq) => {
    const swap = `UPDATE audit SET seq = -1 WHERE seq = ${seq}; UPDATE audit SET seq = ${seq} WHERE seq = ${seq + 1};
      UPDATE audit SET seq = ${seq + 1} WHERE seq = -1`
    expect(afterTampering(swap).verdict).toMatchObject({ intact: false, brokenAtSeq: seq })
  })

  test('a removed line with the rest moved up', () => {
    expect(
      afterTampering(`DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3`),
    ).toMatchObject({ opens: false })
  })

  test.each(lines)('the end cut off after line %d, with or without its head', (seq) => {
    const cut = `DELETE FROM audit WHERE seq >= ${seq}`
    expect(afterTampering(cut)).toMatchObject({ opens: false })
    expect(afterTampering(`${cut}; DELETE FROM meta WHERE key = 'audit_head'`)).toMatchObject({ opens: false })
  })

  test('the end cut off and the head rewritten to fit, but without the key', () => {
    const head = `json_object('seq', 7, 'hash', (SELECT lower(hex(hash)) FROM audit WHERE seq = 7), 'seal', json_extract(value, '$.seal'))`
    expect(
      afterTampering(`DELETE FROM audit WHERE seq = 8; UPDATE meta SET value = ${head} WHERE key = 'audit_head'`),
    ).toMatchObject({ opens: false })
  })

  test.each(['', 'no json', '{"seq":8}'])('a head that says "%s"', (text) => {
    expect(afterTampering(`UPDATE meta SET value = '${text}' WHERE key = 'audit_head'`)).toMatchObject({ opens: false })
  })

  test('a forged line at the end', () => {
    expect(
      afterTampering(
        `INSERT INTO audit SELECT 9, at_ms, who, action, subject, detail, hash, randomblob(32) FROM audit WHERE seq = 8`,
      ),
    ).toMatchObject({ opens: false })
  })

  test('and nothing is added to a log that was cut while the ledger was open', () => {
    const { ledger } = openTestLedger()
    addLines(ledger, 3)
    ledger.db.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 4')
    expect(() => addLines(ledger, 1)).toThrow('does not end in its head')
    expect(ledger.audit.verify()).toMatchObject({ intact: false, brokenAtSeq: 4, entries: 3 })
  })
})
