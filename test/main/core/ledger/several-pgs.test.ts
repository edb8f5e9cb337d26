import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createChannels } from '../../../../src/main/core/ledger/channels'
import type { Ledger } from '../../../../src/main/core/ledger/open-ledger'
import {
  addPeople,
  attemptRow,
  BLOB,
  entryRow,
  insertRow,
  paymentRow,
  runningBatch,
  type Values,
} from '../../../support/ledger-rows'
import { makeOlder } from '../../../support/older-ledger'
import { openTestLedger } from '../../../support/open-test-ledger'

const BEFORE = 4

/** Two paid rows, one of them confirmed, with entries, a correction and a case that refer to each other. */
function fill(ledger: Ledger): void {
  addPeople(ledger)
  for (const id of ['pay-1', 'pay-2']) insertRow(ledger, 'payment', paymentRow(id))
  runningBatch(ledger, 'batch-1', ['pay-1', 'pay-2'])
  for (const no of [1, 2]) {
    insertRow(ledger, 'attempt', attemptRow(`attempt-${no}`, `row-${no}`, `pay-${no}`))
    for (const state of ['sending', 'accepted']) {
      ledger.sql('UPDATE attempt SET state = ? WHERE attempt_id = ?').run(state, `attempt-${no}`)
    }
    insertRow(ledger, 'reservation_release', { row_id: `row-${no}`, why: 'effect', at_ms: 2 })
    const own = { source: 'own-refund', attempt_id: `attempt-${no}`, tag: `tag ${no}`, cancel_key: `key ${no}` }
    insertRow(ledger, 'cancel_entry', entryRow(`entry-${no}`, `pay-${no}`, 1000, own))
    for (const state of ['sending', 'accepted']) {
      ledger.sql('UPDATE outbox SET state = ? WHERE row_id = ?').run(state, `row-${no}`)
    }
    insertRow(ledger, 'payout_due', { row_id: `row-${no}`, due_on: '2026-11-23' })
  }
  insertRow(ledger, 'cancel_entry', entryRow('baseline', 'pay-1', 500, { source: 'pg-baseline' }))
  insertRow(ledger, 'cancel_entry', entryRow('correction', 'pay-1', -500, { corrects_entry_id: 'baseline' }))
  insertRow(ledger, 'pg_snapshot', {
    seq: 1,
    payment_id: 'pay-1',
    seen_at_ms: 1,
    status: 'paid',
    cancelled_total: 0,
    history_length: 0,
    content_hash: 'h',
    history_enc: BLOB,
  })
  insertRow(ledger, 'drift_case', {
    case_id: 'case-1',
    payment_id: 'pay-1',
    kind: 'only-here',
    our_entry_id: 'entry-1',
    our_amount: 1000,
    difference: 1000,
    snapshot_seq: 1,
    fingerprint: 'f',
    found_at_ms: 1,
  })
}

/** The same ledger as the version before left it, with one payout that a person had confirmed. */
function olderLedger(): string {
  const { ledger, file } = openTestLedger()
  fill(ledger)
  ledger.close()
  makeOlder(file, BEFORE)
  const db = new Database(file)
  db.exec(`UPDATE channel SET include_sandbox = 1, parallel = 5`)
  db.exec(`UPDATE outbox SET state = 'paid-out' WHERE row_id = 'row-1'`)
  db.prepare(
    `INSERT INTO payout_confirmation (row_id, person_id, note_enc, at_ms) VALUES ('row-1', 'checker', ?, 7)`,
  ).run(BLOB)
  db.close()
  return file
}

const rowsOf = (ledger: Ledger, sql: string): Values[] => ledger.db.prepare(sql).all() as Values[]
const things = (db: Database.Database): unknown[] =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name').all()

describe('a ledger of one PG', () => {
  test('becomes one of several with every row, and with the schema of a new one', () => {
    const file = olderLedger()
    const { ledger } = openTestLedger({ file })
    expect(things(ledger.db)).toEqual(things(openTestLedger().ledger.db))
    expect(createChannels(ledger).list()).toMatchObject([
      { channelId: 'main', options: { pg: 'portone-v1', includeSandbox: true }, parallel: 5 },
    ])
    expect(
      rowsOf(ledger, 'SELECT entry_id, amount, corrects_entry_id, attempt_id FROM cancel_entry ORDER BY 1'),
    ).toEqual([
      { entry_id: 'baseline', amount: 500, corrects_entry_id: null, attempt_id: null },
      { entry_id: 'correction', amount: -500, corrects_entry_id: 'baseline', attempt_id: null },
      { entry_id: 'entry-1', amount: 1000, corrects_entry_id: null, attempt_id: 'attempt-1' },
      { entry_id: 'entry-2', amount: 1000, corrects_entry_id: null, attempt_id: 'attempt-2' },
    ])
    expect(rowsOf(ledger, 'SELECT row_id, state, queue_no FROM outbox ORDER BY 1')).toEqual([
      { row_id: 'row-1', state: 'paid-out', queue_no: 1 },
      { row_id: 'row-2', state: 'accepted', queue_no: 2 },
    ])
    expect(rowsOf(ledger, 'SELECT row_id, kind, person_id, at_ms FROM payout_event')).toEqual([
      { row_id: 'row-1', kind: 'paid-out', person_id: 'checker', at_ms: 7 },
    ])
    expect(ledger.db.pragma('foreign_key_check')).toEqual([])
    expect(ledger.db.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  test('that refers to nothing stays what it was, and whole', () => {
    const file = olderLedger()
    const db = new Database(file)
    db.pragma('foreign_keys = OFF')
    db.exec(`INSERT INTO sync_cursor (channel_id, synced_at_ms) VALUES ('nowhere', 1)`)
    db.close()
    expect(() => openTestLedger({ file })).toThrow()
    const after = new Database(file)
    expect(after.pragma('user_version', { simple: true })).toBe(BEFORE)
    expect(after.prepare('SELECT COUNT(*) FROM payout_confirmation').pluck().get()).toBe(1)
    after.close()
  })
})

describe('a payout that came back', () => {
  const takeBack = (over: Values = {}): Values =>
    entryRow('back', 'pay-1', -1000, { source: 'payout-failed', corrects_entry_id: 'entry-1', ...over })

  test('is taken back only where its row says so', () => {
    const { ledger } = openTestLedger()
    fill(ledger)
    expect(() => insertRow(ledger, 'cancel_entry', takeBack())).toThrow('sent back')
    ledger.sql(`UPDATE outbox SET state = 'payout-failed' WHERE row_id = 'row-1'`).run()
    insertRow(ledger, 'cancel_entry', takeBack())
    expect(() => insertRow(ledger, 'cancel_entry', takeBack({ entry_id: 'again' }))).toThrow()
    expect(rowsOf(ledger, `SELECT paid_out FROM payout_due WHERE row_id = 'row-1'`)).toEqual([{ paid_out: 1 }])
  })

  test('comes after the acceptance, or after it seemed to arrive, and ends there', () => {
    const { ledger } = openTestLedger()
    fill(ledger)
    const step = (row: string, state: string): unknown =>
      ledger.sql('UPDATE outbox SET state = ? WHERE row_id = ?').run(state, row)
    step('row-1', 'paid-out')
    step('row-1', 'payout-failed')
    step('row-2', 'payout-failed')
    for (const state of ['accepted', 'paid-out', 'waiting', 'sending']) {
      expect(() => step('row-1', state), state).toThrow('cannot take this step')
    }
  })

  test('is known from a person or from a notification, and once', () => {
    const { ledger } = openTestLedger()
    fill(ledger)
    const event = { row_id: 'row-1', kind: 'payout-failed', note_enc: BLOB, at_ms: 1 }
    expect(() => insertRow(ledger, 'payout_event', event)).toThrow(/CHECK/)
    const both = { ...event, person_id: 'checker', notice_fingerprint: 'f' }
    expect(() => insertRow(ledger, 'payout_event', both)).toThrow(/CHECK/)
    insertRow(ledger, 'payout_event', { ...event, notice_fingerprint: 'f' })
    expect(() => insertRow(ledger, 'payout_event', { ...event, person_id: 'checker' })).toThrow(/UNIQUE/)
  })
})

describe('two deposits of one transaction', () => {
  test('have one open request at most at KICC, and one each elsewhere', () => {
    for (const [channel, refused] of [
      ['kicc', true],
      ['main', false],
    ] as const) {
      const { ledger } = openTestLedger()
      addPeople(ledger)
      const options = JSON.stringify({ pg: 'kicc' })
      insertRow(ledger, 'channel', { channel_id: 'kicc', pg: 'kicc', name: 'K', options, created_at_ms: 1 })
      const shared = { channel_id: channel, pg_transaction_key: 'issue-1' }
      for (const id of ['pay-1', 'pay-2']) insertRow(ledger, 'payment', paymentRow(id, shared))
      runningBatch(ledger, 'batch-1', ['pay-1', 'pay-2'])
      insertRow(ledger, 'attempt', attemptRow('attempt-1', 'row-1', 'pay-1'))
      const second = (): void => insertRow(ledger, 'attempt', attemptRow('attempt-2', 'row-2', 'pay-2'))
      if (refused) expect(second).toThrow('not settled')
      else second()
      ledger.sql(`UPDATE attempt SET state = 'stopped' WHERE attempt_id = 'attempt-1'`).run()
      if (refused) second()
    }
  })
})
