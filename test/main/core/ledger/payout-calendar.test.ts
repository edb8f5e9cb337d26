import Database from 'better-sqlite3'
import * as v from 'valibot'
import { describe, expect, onTestFinished, test } from 'vitest'
import { RowIdSchema } from '../../../../src/domain/ids'
import { kstDate, KstDateSchema, type KstDate } from '../../../../src/domain/time'
import { ledgerVersion, migrate, MIGRATIONS } from '../../../../src/main/core/ledger/migrate'
import type { Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { acceptedRows, overduePile, putPayoutDue } from '../../../../src/main/core/ledger/payout-calendar'
import { overdueRows } from '../../../../src/main/core/ledger/refund-rows'
import { addPeople, attemptRow, entryRow, insertRow, paymentRow, runningBatch } from '../../../support/ledger-rows'
import { openTestLedger, tempFolder } from '../../../support/open-test-ledger'

const day = (text: string): KstDate => v.parse(KstDateSchema, text)
const rowId = (text: string): v.InferOutput<typeof RowIdSchema> => v.parse(RowIdSchema, text)
const kst = (text: string): number => Date.parse(`${text}+09:00`)

function withRows(): Ledger {
  const { ledger } = openTestLedger()
  addPeople(ledger)
  const payments = ['pay-1', 'pay-2', 'pay-3']
  for (const id of payments) insertRow(ledger, 'payment', paymentRow(id))
  runningBatch(ledger, 'batch', payments)
  return ledger
}

const step = (ledger: Ledger, id: string, ...states: readonly string[]): void => {
  for (const state of states) ledger.sql('UPDATE outbox SET state = ? WHERE row_id = ?').run(state, id)
}

describe('the migration', () => {
  test('leads a ledger of the version before to the tables, and leaves what was there', () => {
    const db = new Database(`${tempFolder()}/old.db`)
    onTestFinished(() => {
      db.close()
    })
    const place = MIGRATIONS.findIndex(({ name }) => name === 'payout-calendar')
    migrate(db, MIGRATIONS.slice(0, place))
    expect(ledgerVersion(db)).toBe(place)
    db.exec(`INSERT INTO setting (key, value) VALUES ('runPaused', 'true')`)
    migrate(db, MIGRATIONS.slice(0, place + 1))
    expect(db.prepare('SELECT key FROM setting').all()).toEqual([{ key: 'runPaused' }])
    expect(db.prepare('SELECT count(*) AS n FROM payout_due').get()).toEqual({ n: 0 })
    expect(db.prepare('SELECT count(*) AS n FROM holiday_edit').get()).toEqual({ n: 0 })
  })
})

describe('the database says no', () => {
  test.each(['2026-02-30', '2026-1-1', 'heute', ''])('to %s as a day', (text) => {
    const ledger = withRows()
    const edit = { day: text, kind: 'closed', name: 'x', person_id: 'maker', at_ms: 1 }
    expect(() => insertRow(ledger, 'holiday_edit', edit)).toThrow('CHECK')
    expect(() => insertRow(ledger, 'payout_due', { row_id: 'row-1', due_on: text })).toThrow('CHECK')
  })

  test('to an edit of another kind, without a name or of nobody', () => {
    const ledger = withRows()
    const edit = { day: '2026-12-24', kind: 'closed', name: 'x', person_id: 'maker', at_ms: 1 }
    expect(() => insertRow(ledger, 'holiday_edit', { ...edit, kind: 'open' })).toThrow('CHECK')
    expect(() => insertRow(ledger, 'holiday_edit', { ...edit, name: '' })).toThrow('CHECK')
    expect(() => insertRow(ledger, 'holiday_edit', { ...edit, person_id: 'nobody' })).toThrow('FOREIGN KEY')
    insertRow(ledger, 'holiday_edit', edit)
  })

  test('to a due date of a row that was never approved', () => {
    expect(() => insertRow(withRows(), 'payout_due', { row_id: 'row-9', due_on: '2026-12-24' })).toThrow('FOREIGN KEY')
  })
})

describe('overdue rows', () => {
  test('are those due before today, until they are paid out', () => {
    const ledger = withRows()
    for (const [id, on] of [
      ['row-1', '2026-11-24'],
      ['row-2', '2026-11-23'],
      ['row-3', '2026-11-25'],
    ] as const) {
      step(ledger, id, 'sending', 'accepted')
      ledger.write(() => putPayoutDue(ledger, rowId(id), day(on)))
    }
    expect(overduePile(ledger, day('2026-11-23'))).toEqual({ count: 0, amount: 0 })
    expect(overduePile(ledger, day('2026-11-24'))).toEqual({ count: 1, amount: 1000 })
    expect(overduePile(ledger, day('2026-11-26'))).toEqual({ count: 3, amount: 3000 })
    step(ledger, 'row-1', 'paid-out')
    expect(overduePile(ledger, day('2026-11-26'))).toEqual({ count: 2, amount: 2000 })
    // The cells of these rows are not sealed by the program, so only the count is read here.
    expect(overdueRows(ledger, day('2026-11-26'), 10, 10)).toEqual({ total: 2, rows: [] })
  })

  test('have no line while nothing is due', () => {
    const ledger = withRows()
    step(ledger, 'row-1', 'sending', 'accepted')
    expect(ledger.write(() => putPayoutDue(ledger, rowId('row-1'), null))).toBe(true)
    expect(ledger.write(() => putPayoutDue(ledger, rowId('row-1'), null))).toBe(false)
    expect(overduePile(ledger, day('2099-01-01')).count).toBe(0)
  })
})

describe('an acceptance', () => {
  function acceptedAt(cancelAt: string, preparedAt: string): KstDate | undefined {
    const ledger = withRows()
    insertRow(ledger, 'attempt', attemptRow('attempt-1', 'row-1', 'pay-1'))
    step(ledger, 'row-1', 'sending')
    ledger.sql(`UPDATE attempt SET state = 'sending' WHERE attempt_id = 'attempt-1'`).run()
    ledger.sql(`UPDATE attempt SET state = 'accepted' WHERE attempt_id = 'attempt-1'`).run()
    insertRow(ledger, 'reservation_release', { row_id: 'row-1', why: 'effect', at_ms: 1 })
    insertRow(
      ledger,
      'cancel_entry',
      entryRow('entry-1', 'pay-1', 1000, {
        source: 'own-refund',
        attempt_id: 'attempt-1',
        at_ms: kst(cancelAt) - kst(preparedAt) + 20,
      }),
    )
    step(ledger, 'row-1', 'accepted')
    const [row] = acceptedRows(ledger, null, 10)
    return row === undefined ? undefined : kstDate(row.acceptedAtMs - 20 + kst(preparedAt))
  }

  test('counts from the PG’s own time, though it was seen later', () => {
    expect(acceptedAt('2026-11-24T23:59:00', '2026-11-24T10:00:00')).toBe('2026-11-24')
    expect(acceptedAt('2026-11-25T00:01:00', '2026-11-24T10:00:00')).toBe('2026-11-25')
  })

  test('is never before the refund was prepared, whatever the PG’s clock says', () => {
    expect(acceptedAt('1970-01-01T09:00:00', '2026-11-24T10:00:00')).toBe('2026-11-24')
  })
})
