import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { kstMonth } from '../../../../src/domain/time'
import { Forgotten } from '../../../../src/main/core/ledger/cipher'
import { LedgerTrouble } from '../../../../src/main/core/ledger/ledger-trouble'
import { addPeople, batchRow, insertRow, paymentRow, refundRow } from '../../../support/ledger-rows'
import { openTestLedger, testClock } from '../../../support/open-test-ledger'

const ACCOUNT = '56211105948400'
const DAY_MS = 24 * 60 * 60 * 1000
const NOVEMBER = Date.parse('2026-11-21T03:00:00Z')
const DECEMBER = Date.parse('2026-12-21T03:00:00Z')

describe('a cell', () => {
  test('gives back text and bytes of every length', () => {
    const { cipher } = openTestLedger().ledger
    for (const text of ['', 'a', '환불 계좌 😀', ACCOUNT, 'x'.repeat(100_000)]) {
      expect(cipher.openText('draft.head:1', cipher.seal('draft.head:1', text))).toBe(text)
    }
    const bytes = Uint8Array.from({ length: 256 }, (_, place) => place)
    expect(cipher.open('draft.bytes:1', cipher.seal('draft.bytes:1', bytes)).equals(bytes)).toBe(true)
  })

  test('opens where it belongs and nowhere else', () => {
    const { cipher } = openTestLedger().ledger
    const cell = cipher.seal('refund_row.secret:row-1', ACCOUNT)
    for (const place of ['refund_row.secret:row-2', 'attempt.body:row-1', 'refund_row.secret:row-', '']) {
      expect(() => cipher.open(place, cell)).toThrow(LedgerTrouble)
    }
    expect(cipher.openText('refund_row.secret:row-1', cell)).toBe(ACCOUNT)
  })

  test('with any byte flipped, added or missing does not open', () => {
    const { cipher } = openTestLedger().ledger
    const cell = cipher.seal('a.b:1', ACCOUNT)
    for (let place = 0; place < cell.length; place += 1) {
      const flipped = Buffer.from(cell)
      flipped[place] = (flipped[place] ?? 0) ^ 1
      expect(() => cipher.open('a.b:1', flipped), `byte ${place}`).toThrow(LedgerTrouble)
      expect(() => cipher.open('a.b:1', cell.subarray(0, place)), `cut at ${place}`).toThrow(LedgerTrouble)
    }
    expect(() => cipher.open('a.b:1', Buffer.concat([cell, Buffer.of(0)]))).toThrow(LedgerTrouble)
  })

  test('that does not open says so without ending the connection', () => {
    const { ledger } = openTestLedger()
    const cell = ledger.cipher.seal('a.b:1', ACCOUNT)
    expect(() => ledger.read(() => ledger.cipher.open('a.b:2', cell))).toThrow('the cell of a.b does not open')
    expect(ledger.read(() => ledger.cipher.openText('a.b:1', cell))).toBe(ACCOUNT)
  })

  test('has an IV of its own, so equal texts never look equal', () => {
    const { cipher } = openTestLedger().ledger
    const ivs = new Set<string>()
    for (let number = 0; number < 5000; number += 1) {
      ivs.add(cipher.seal('a.b:1', ACCOUNT).subarray(5, 17).toString('hex'))
    }
    expect(ivs.size).toBe(5000)
  })

  test('opens after the ledger was closed and opened', () => {
    const { ledger, file } = openTestLedger()
    const cell = ledger.cipher.seal('a.b:1', ACCOUNT)
    ledger.close()
    expect(openTestLedger({ file }).ledger.cipher.openText('a.b:1', cell)).toBe(ACCOUNT)
  })

  test('of another ledger does not open, although the master key is the same', () => {
    const cell = openTestLedger().ledger.cipher.seal('a.b:1', ACCOUNT)
    expect(() => openTestLedger().ledger.cipher.open('a.b:1', cell)).toThrow(LedgerTrouble)
  })
})

describe('data keys', () => {
  test('there is one for each Seoul month, whose day begins nine hours before UTC’s', () => {
    const clock = testClock(Date.parse('2026-11-30T14:59:59.999Z'))
    const { ledger } = openTestLedger({ clock })
    const last = ledger.cipher.seal('a.b:1', 'november')
    clock.advance(1)
    const first = ledger.cipher.seal('a.b:1', 'december')
    expect([keyIdOf(last), keyIdOf(first)]).toEqual([1, 2])
    expect(ledger.sql('SELECT month FROM data_key ORDER BY key_id').all()).toEqual([
      { month: '2026-11' },
      { month: '2026-12' },
    ])
    clock.advance(-1)
    expect(keyIdOf(ledger.cipher.seal('a.b:1', 'november again'))).toBe(1)
    expect(ledger.cipher.openText('a.b:1', first)).toBe('december')
  })

  test('are never undone with a unit of work that failed', () => {
    const clock = testClock(NOVEMBER)
    const { ledger, file } = openTestLedger({ clock })
    clock.set(DECEMBER)
    let kept: Buffer = Buffer.alloc(0)
    expect(() =>
      ledger.write(() => {
        kept = ledger.cipher.seal('a.b:1', ACCOUNT)
        throw new Error('stop')
      }),
    ).toThrow('stop')
    ledger.close()
    expect(openTestLedger({ file, clock }).ledger.cipher.openText('a.b:1', kept)).toBe(ACCOUNT)
  })

  test('stay the same within a unit of work that runs past midnight of the last day', () => {
    const clock = testClock(Date.parse('2026-11-30T14:59:59Z'))
    const { ledger } = openTestLedger({ clock })
    const [before, after] = ledger.write(() => {
      const one = ledger.cipher.seal('a.b:1', 'x')
      clock.advance(DAY_MS)
      return [one, ledger.cipher.seal('a.b:1', 'y')]
    })
    expect([keyIdOf(before), keyIdOf(after)]).toEqual([1, 1])
  })

  test('lie wrapped in the file', () => {
    const { ledger } = openTestLedger()
    const row = ledger.sql('SELECT length(wrapped) AS size FROM data_key').get()
    expect(row).toEqual({ size: 5 + 12 + 32 + 16 })
  })

  test('do not open when they were moved to another month', () => {
    const clock = testClock(NOVEMBER)
    const { ledger, file } = openTestLedger({ clock })
    const cell = ledger.cipher.seal('a.b:1', ACCOUNT)
    clock.set(DECEMBER)
    ledger.write(() => ledger.cipher.seal('a.b:1', 'x'))
    ledger.close()
    const db = new Database(file)
    db.exec('UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE key_id = 2) WHERE key_id = 1')
    db.close()
    expect(() => openTestLedger({ file, clock }).ledger.cipher.open('a.b:1', cell)).toThrow(LedgerTrouble)
  })

  function keyIdOf(cell: Buffer | undefined): number {
    return cell?.readUInt32BE(1) ?? -1
  }
})

describe('forgetting a month', () => {
  test('makes its cells unreadable for good, and those of other months stay readable', () => {
    const clock = testClock(NOVEMBER)
    const { ledger, file } = openTestLedger({ clock })
    const old = ledger.cipher.seal('a.b:1', ACCOUNT)
    clock.set(DECEMBER)
    const young = ledger.cipher.seal('a.b:2', ACCOUNT)
    expect(ledger.write(() => ledger.cipher.forgetMonth(kstMonth(NOVEMBER)))).toBe(true)
    expect(() => ledger.cipher.openText('a.b:1', old)).toThrow(Forgotten)
    expect(ledger.cipher.openText('a.b:2', young)).toBe(ACCOUNT)
    ledger.close()
    const again = openTestLedger({ file, clock }).ledger
    expect(() => again.cipher.openText('a.b:1', old)).toThrow(new Forgotten('2026-11'))
    expect(again.cipher.openText('a.b:2', young)).toBe(ACCOUNT)
  })

  test('leaves no piece of the wrapped key in the file', () => {
    const clock = testClock(NOVEMBER)
    const { ledger, file } = openTestLedger({ clock })
    clock.set(DECEMBER)
    ledger.cipher.seal('a.b:1', 'x')
    const [old, young] = ledger.db.prepare('SELECT wrapped FROM data_key ORDER BY key_id').pluck().all()
    ledger.write(() => ledger.cipher.forgetMonth(kstMonth(NOVEMBER)))
    ledger.close()
    const bytes = readFileSync(file)
    const piecesOf = (key: unknown): number =>
      key instanceof Uint8Array
        ? Array.from({ length: key.length - 8 }, (_, at) => key.subarray(at + 1, at + 9)).filter((piece) =>
            bytes.includes(Buffer.from(piece)),
          ).length
        : -1
    expect(piecesOf(young)).toBe(5 + 12 + 32 + 16 - 8)
    expect(piecesOf(old)).toBe(0)
  })

  test('is undone with its unit of work', () => {
    const { ledger } = openTestLedger()
    const cell = ledger.cipher.seal('a.b:1', ACCOUNT)
    expect(() =>
      ledger.write(() => {
        ledger.cipher.forgetMonth(kstMonth(NOVEMBER))
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(ledger.cipher.openText('a.b:1', cell)).toBe(ACCOUNT)
    expect(ledger.cipher.openText('a.b:1', ledger.cipher.seal('a.b:1', 'x'))).toBe('x')
  })

  test('of a month that never was, or twice, answers no', () => {
    const clock = testClock(NOVEMBER)
    const { ledger } = openTestLedger({ clock })
    clock.set(DECEMBER)
    const forget = (atMs: number): boolean => ledger.write(() => ledger.cipher.forgetMonth(kstMonth(atMs)))
    expect([forget(NOVEMBER), forget(NOVEMBER), forget(NOVEMBER - 365 * DAY_MS)]).toEqual([true, false, false])
  })

  test('does not stop the work when the clock is set back into it', () => {
    const clock = testClock(NOVEMBER)
    const { ledger } = openTestLedger({ clock })
    clock.set(DECEMBER)
    ledger.write(() => ledger.cipher.forgetMonth(kstMonth(NOVEMBER)))
    clock.set(NOVEMBER)
    expect(ledger.cipher.openText('a.b:1', ledger.cipher.seal('a.b:1', ACCOUNT))).toBe(ACCOUNT)
  })
})

describe('the keyed hash', () => {
  test('finds equal values of one kind, and keeps kinds and ledgers apart', () => {
    const { cipher } = openTestLedger().ledger
    expect(cipher.hash('account', ACCOUNT).equals(cipher.hash('account', ACCOUNT))).toBe(true)
    expect(cipher.hash('account', ACCOUNT).equals(cipher.hash('account', `${ACCOUNT}0`))).toBe(false)
    expect(cipher.hash('account', ACCOUNT).equals(cipher.hash('phone', ACCOUNT))).toBe(false)
    expect(cipher.hash('a', ':b').equals(cipher.hash('a:', 'b'))).toBe(false)
    expect(cipher.hash('account', ACCOUNT).equals(openTestLedger().ledger.cipher.hash('account', ACCOUNT))).toBe(false)
  })
})

test('no account number stands in the files, neither in the log nor after it was merged', () => {
  const { ledger, file } = openTestLedger()
  addPeople(ledger)
  insertRow(ledger, 'payment', paymentRow('pay-1'))
  insertRow(ledger, 'batch', batchRow('batch'))
  const accounts = Array.from({ length: 300 }, (_, number) => String(56_211_105_000_000 + number * 7919))
  ledger.write(() => {
    accounts.forEach((account, number) => {
      const rowId = `row-${number}`
      const secret = JSON.stringify({ account, holder: '홍길동' })
      const cell = ledger.cipher.seal(`refund_row.secret:${rowId}`, secret)
      insertRow(ledger, 'refund_row', refundRow(rowId, 'batch', 'pay-1', { secret_enc: cell }))
      insertRow(ledger, 'blind_index', { kind: 'account', hash: ledger.cipher.hash('account', account), ref: rowId })
    })
  })
  const found = (bytes: Buffer): string[] => [...accounts, '홍길동', 'row-299'].filter((text) => bytes.includes(text))
  // What is not sealed is found: the search itself works.
  expect(found(readFileSync(`${file}-wal`))).toEqual(['row-299'])
  ledger.close()
  expect(found(readFileSync(file))).toEqual(['row-299'])
})
