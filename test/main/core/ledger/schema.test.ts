import { describe, expect, test } from 'vitest'
import {
  ATTEMPT_STATES,
  ATTEMPT_STEPS,
  OPEN_ATTEMPT_STATES,
  type AttemptState,
} from '../../../../src/domain/attempt-state'
import type { Ledger } from '../../../../src/main/core/ledger/open-ledger'
import {
  addPeople,
  approvalRow,
  attemptRow,
  batchRow,
  BLOB,
  entryRow,
  insertRow,
  outboxRow,
  paymentRow,
  refundRow,
  reserve,
  runningBatch,
  submittedBatch,
  type Values,
} from '../../../support/ledger-rows'
import { openTestLedger } from '../../../support/open-test-ledger'

/** People, the payments pay-1 to pay-3 of 10,000 won, nothing else. */
function withPayments(): Ledger {
  const { ledger } = openTestLedger()
  addPeople(ledger)
  for (const id of ['pay-1', 'pay-2', 'pay-3']) insertRow(ledger, 'payment', paymentRow(id))
  return ledger
}

/** The same, with a running batch of row-1 (pay-1) and row-2 (pay-2). */
function withRun(): Ledger {
  const ledger = withPayments()
  runningBatch(ledger, 'batch', ['pay-1', 'pay-2'])
  return ledger
}

const run = (ledger: Ledger, sql: string): unknown => ledger.sql(sql).run()
const putAttempt = (ledger: Ledger, over: Values = {}): void =>
  insertRow(ledger, 'attempt', attemptRow('attempt-1', 'row-1', 'pay-1', over))
const setAttempt = (ledger: Ledger, state: string, id = 'attempt-1'): unknown =>
  ledger
    .sql(`UPDATE attempt SET state = ?1, sent_count = sent_count + (?1 = 'sending') WHERE attempt_id = ?2`)
    .run(state, id)

describe('append-only tables', () => {
  const samples: Readonly<Record<string, (ledger: Ledger) => void>> = {
    pg_snapshot: (ledger) => insertRow(ledger, 'pg_snapshot', snapshotRow()),
    cancel_entry: (ledger) => insertRow(ledger, 'cancel_entry', entryRow('entry-1', 'pay-1', 100)),
    batch_event: (ledger) => insertRow(ledger, 'batch_event', { batch_id: 'batch', at_ms: 1, what: 'created' }),
    approval: () => undefined,
    reservation: () => undefined,
    reservation_release: (ledger) => insertRow(ledger, 'reservation_release', { row_id: 'row-1', why: 'x', at_ms: 1 }),
    attempt_event: (ledger) => {
      putAttempt(ledger)
      const event = { attempt_id: 'attempt-1', to_state: 'prepared', at_ms: 1, what: 'prepared', evidence_enc: BLOB }
      insertRow(ledger, 'attempt_event', event)
    },
    attempt_answer: (ledger) => {
      putAttempt(ledger)
      setAttempt(ledger, 'sending')
      insertRow(ledger, 'attempt_answer', { attempt_id: 'attempt-1', send_no: 1, at_ms: 1, outcome_enc: BLOB })
    },
    payout_event: (ledger) =>
      insertRow(ledger, 'payout_event', {
        row_id: 'row-1',
        kind: 'paid-out',
        person_id: 'checker',
        note_enc: BLOB,
        at_ms: 1,
      }),
    pg_notice: (ledger) =>
      insertRow(ledger, 'pg_notice', {
        channel_id: 'main',
        fingerprint: 'f',
        kind: 'other',
        recorded_at_ms: 1,
        content_enc: BLOB,
      }),
    follow_up: addFollowUp,
    follow_up_done: (ledger) => {
      addFollowUp(ledger)
      insertRow(ledger, 'follow_up_done', {
        follow_up_id: 'task-1',
        person_id: 'checker',
        reason_enc: BLOB,
        at_ms: 1,
      })
    },
    rule_override: (ledger) =>
      insertRow(ledger, 'rule_override', {
        channel_id: 'main',
        rule_id: 'rule',
        in_force: 1,
        person_id: 'checker',
        reason_enc: BLOB,
        at_ms: 1,
      }),
    drift_case: addCase,
    drift_settlement: (ledger) => {
      addCase(ledger)
      insertRow(ledger, 'drift_settlement', { case_id: 'case-1', action: 'dismissed', at_ms: 1 })
    },
    import_seen: (ledger) =>
      insertRow(ledger, 'import_seen', { file_hash: 'f', kind: 'refunds', at_ms: 1, person_id: 'maker' }),
    audit: () => undefined,
    quarantine: addQuarantine,
    quarantine_end: (ledger) => {
      addQuarantine(ledger)
      ledger.sql(`UPDATE person SET roles = '["checker"]' WHERE person_id = 'checker'`).run()
      insertRow(ledger, 'quarantine_end', quarantineEnd())
    },
  }

  test.each(Object.keys(samples))('%s takes rows and lets none be changed, deleted or replaced', (table) => {
    const ledger = withRun()
    samples[table]?.(ledger)
    const count = ledger.sql(`SELECT COUNT(*) AS n FROM ${table}`).get()
    expect(count).not.toEqual({ n: 0 })
    const column = ledger.db.prepare(`SELECT name FROM pragma_table_info('${table}') LIMIT 1`).pluck().get()
    expect(() => run(ledger, `UPDATE ${table} SET ${String(column)} = ${String(column)}`)).toThrow('append-only')
    expect(() => run(ledger, `DELETE FROM ${table}`)).toThrow('append-only')
    if (table !== 'import_seen') {
      expect(() => run(ledger, `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow()
    }
    expect(ledger.sql(`SELECT COUNT(*) AS n FROM ${table}`).get()).toEqual(count)
  })

  test('are exactly these', () => {
    const names = withPayments()
      .db.prepare(`SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name = tbl_name || '_no_update'`)
      .pluck()
      .all()
    expect(names.map(String).toSorted()).toEqual(Object.keys(samples).toSorted())
  })

  function addFollowUp(ledger: Ledger): void {
    insertRow(ledger, 'follow_up', {
      follow_up_id: 'task-1',
      row_id: 'row-1',
      kind: 'cash-receipt',
      detail_enc: BLOB,
      at_ms: 1,
    })
  }

  function snapshotRow(): Values {
    return {
      payment_id: 'pay-1',
      seen_at_ms: 1,
      status: 'paid',
      cancelled_total: 0,
      history_length: 0,
      content_hash: 'h',
      history_enc: BLOB,
    }
  }

  function addQuarantine(ledger: Ledger): void {
    insertRow(ledger, 'quarantine', quarantineRow())
  }

  function addCase(ledger: Ledger): void {
    insertRow(ledger, 'pg_snapshot', { seq: 1, ...snapshotRow() })
    insertRow(ledger, 'drift_case', {
      case_id: 'case-1',
      payment_id: 'pay-1',
      kind: 'only-at-pg',
      difference: -1,
      snapshot_seq: 1,
      fingerprint: 'f',
      found_at_ms: 1,
    })
  }
})

const quarantineRow = (over: Values = {}): Values => ({
  quarantine_id: 'q-1',
  why: 'restored',
  since_ms: 50,
  state_at_ms: 1,
  who: 'somebody who is not in this ledger',
  ...over,
})
const quarantineEnd = (over: Values = {}): Values => ({
  quarantine_id: 'q-1',
  ended_at_ms: 70,
  person_id: 'checker',
  reason_enc: BLOB,
  compared_at_ms: 60,
  payments: 1,
  differences: 0,
  ...over,
})

describe('a quarantine', () => {
  test('lets nothing be approved, prepared or sent until it has ended', () => {
    const ledger = withRun()
    putAttempt(ledger)
    submittedBatch(ledger, 'other', ['pay-3'], 7)
    insertRow(ledger, 'quarantine', quarantineRow())
    expect(() => setAttempt(ledger, 'sending')).toThrow('nothing is sent in quarantine')
    expect(() => insertRow(ledger, 'attempt', attemptRow('attempt-2', 'row-2', 'pay-2'))).toThrow('nothing is prepared')
    expect(() => insertRow(ledger, 'approval', approvalRow('other'))).toThrow('nothing is approved')
    expect(() => insertRow(ledger, 'quarantine', quarantineRow({ quarantine_id: 'q-2' }))).toThrow(
      'quarantined already',
    )
    // What is known to be over may still be written down.
    setAttempt(ledger, 'stopped')

    ledger.sql(`UPDATE person SET roles = '["checker"]' WHERE person_id = 'checker'`).run()
    insertRow(ledger, 'quarantine_end', quarantineEnd())
    insertRow(ledger, 'approval', approvalRow('other'))
    insertRow(ledger, 'attempt', attemptRow('attempt-2', 'row-2', 'pay-2'))
    setAttempt(ledger, 'sending', 'attempt-2')
    insertRow(ledger, 'quarantine', quarantineRow({ quarantine_id: 'q-2' }))
    expect(() => insertRow(ledger, 'approval', approvalRow('other'))).toThrow('nothing is approved')
  })

  test('ends by a checker only, and only after a comparison', () => {
    const ledger = withPayments()
    insertRow(ledger, 'quarantine', quarantineRow())
    expect(() => insertRow(ledger, 'quarantine_end', quarantineEnd())).toThrow('only a checker')
    ledger.sql(`UPDATE person SET roles = '["checker"]' WHERE person_id = 'checker'`).run()
    expect(() => insertRow(ledger, 'quarantine_end', quarantineEnd({ compared_at_ms: 49 }))).toThrow(
      'after a comparison',
    )
    insertRow(ledger, 'quarantine_end', quarantineEnd({ compared_at_ms: 50 }))
    expect(() => insertRow(ledger, 'quarantine_end', quarantineEnd())).toThrow()
  })
})

describe('things that are kept', () => {
  test.each(['payment', 'batch', 'refund_row', 'attempt', 'outbox', 'data_key', 'meta'])(
    'no row of %s is deleted',
    (table) => {
      const ledger = withRun()
      putAttempt(ledger)
      expect(() => run(ledger, `DELETE FROM ${table}`)).toThrow(/kept|identity/)
      expect(() => run(ledger, `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow()
    },
  )

  test('the identity of the ledger stays, its head moves', () => {
    const { ledger } = openTestLedger()
    for (const key of ['ledger_id', 'mode', 'key_check']) {
      expect(() => run(ledger, `UPDATE meta SET value = 'x' WHERE key = '${key}'`)).toThrow('identity')
    }
    run(ledger, `UPDATE meta SET value = 'x' WHERE key = 'audit_head'`)
  })

  test('a forgotten data key stays forgotten, and a key keeps its month', () => {
    const { ledger } = openTestLedger()
    expect(() => run(ledger, `UPDATE data_key SET month = '2020-01'`)).toThrow('month')
    run(ledger, 'UPDATE data_key SET wrapped = NULL')
    expect(() => run(ledger, `UPDATE data_key SET wrapped = x'00'`)).toThrow('forgotten')
  })

  test('a payment keeps its identity and amount, and follows the PG in the rest', () => {
    const ledger = withPayments()
    for (const change of ['payment_id', 'pg_key', 'order_no', 'currency'].map((name) => `${name} = 'other'`)) {
      expect(() => run(ledger, `UPDATE payment SET ${change} WHERE payment_id = 'pay-1'`), change).toThrow('keeps')
    }
    expect(() => run(ledger, `UPDATE payment SET paid = 9999`)).toThrow('keeps')
    run(ledger, `UPDATE payment SET status = 'cancelled', pg_cancelled = 10000, seen_at_ms = 2`)
  })

  test('a payment that waits for its deposit may still change its amount, once paid no more', () => {
    const ledger = withPayments()
    insertRow(ledger, 'payment', paymentRow('pay-4', { status: 'ready', paid: 0 }))
    run(ledger, `UPDATE payment SET status = 'paid', paid = 5000 WHERE payment_id = 'pay-4'`)
    expect(() => run(ledger, `UPDATE payment SET paid = 6000 WHERE payment_id = 'pay-4'`)).toThrow('keeps')
  })
})

describe('what was paid bounds what goes back', () => {
  test('cancels up to the last won, not one more', () => {
    const ledger = withPayments()
    insertRow(ledger, 'cancel_entry', entryRow('entry-1', 'pay-1', 9999))
    expect(() => insertRow(ledger, 'cancel_entry', entryRow('entry-2', 'pay-1', 2))).toThrow('exceed')
    insertRow(ledger, 'cancel_entry', entryRow('entry-2', 'pay-1', 1))
  })

  test('reservations count until they are released', () => {
    const ledger = withPayments()
    insertRow(ledger, 'cancel_entry', entryRow('entry-1', 'pay-1', 8500))
    submittedBatch(ledger, 'batch', ['pay-1', 'pay-1'])
    insertRow(ledger, 'approval', approvalRow('batch'))
    reserve(ledger, 'row-1', 'pay-1')
    expect(() => reserve(ledger, 'row-2', 'pay-1')).toThrow('exceed')
    expect(() => insertRow(ledger, 'cancel_entry', entryRow('entry-2', 'pay-1', 501))).toThrow('exceed')
    insertRow(ledger, 'reservation_release', { row_id: 'row-1', why: 'x', at_ms: 1 })
    reserve(ledger, 'row-2', 'pay-1')
    insertRow(ledger, 'cancel_entry', entryRow('entry-2', 'pay-1', 500))
  })

  test('a reservation is for an approved row that takes part, in its amount', () => {
    const ledger = withPayments()
    submittedBatch(ledger, 'batch', ['pay-1'])
    expect(() => reserve(ledger, 'row-1', 'pay-1')).toThrow('approved row')
    insertRow(ledger, 'approval', approvalRow('batch'))
    expect(() => reserve(ledger, 'row-1', 'pay-1', 999)).toThrow('approved row')
    expect(() => reserve(ledger, 'row-1', 'pay-2')).toThrow('approved row')
    reserve(ledger, 'row-1', 'pay-1')
    expect(() => reserve(ledger, 'row-1', 'pay-1')).toThrow(/UNIQUE/)
  })

  test('a row that was left out is never reserved', () => {
    const ledger = withPayments()
    insertRow(ledger, 'batch', batchRow('batch'))
    insertRow(ledger, 'refund_row', refundRow('row-1', 'batch', 'pay-1', { excluded: 1 }))
    run(ledger, `UPDATE batch SET state = 'submitted', content_hash = 'hash'`)
    insertRow(ledger, 'approval', approvalRow('batch'))
    expect(() => reserve(ledger, 'row-1', 'pay-1')).toThrow('approved row')
  })

  test('an entry of nothing is no entry, and a negative one needs what it corrects', () => {
    const ledger = withPayments()
    expect(() => insertRow(ledger, 'cancel_entry', entryRow('entry-1', 'pay-1', 0))).toThrow(/CHECK/)
    expect(() => insertRow(ledger, 'cancel_entry', entryRow('entry-1', 'pay-1', -5))).toThrow(/CHECK/)
  })

  test('a correction takes back one whole entry of the same payment, once', () => {
    const ledger = withPayments()
    insertRow(ledger, 'cancel_entry', entryRow('entry-1', 'pay-1', 500))
    insertRow(ledger, 'cancel_entry', entryRow('entry-2', 'pay-2', 500))
    const correct = (id: string, paymentId: string, amount: number): void =>
      insertRow(
        ledger,
        'cancel_entry',
        entryRow(id, paymentId, amount, { corrects_entry_id: 'entry-1', source: 'adopted' }),
      )
    expect(() => correct('back-1', 'pay-1', -499)).toThrow('whole entry')
    expect(() => correct('back-1', 'pay-1', 500)).toThrow('whole entry')
    expect(() => correct('back-1', 'pay-2', -500)).toThrow('whole entry')
    correct('back-1', 'pay-1', -500)
    expect(() => correct('back-2', 'pay-1', -500)).toThrow(/UNIQUE/)
  })

  test('the same row of the merchant’s file is one entry', () => {
    const ledger = withPayments()
    insertRow(ledger, 'cancel_entry', entryRow('entry-1', 'pay-1', 5, { file_fingerprint: 'f' }))
    expect(() => insertRow(ledger, 'cancel_entry', entryRow('entry-2', 'pay-1', 5, { file_fingerprint: 'f' }))).toThrow(
      /UNIQUE/,
    )
  })

  test('our own refund is an accepted attempt, in the amount of its row, once', () => {
    const ledger = withRun()
    putAttempt(ledger)
    setAttempt(ledger, 'sending')
    const effect = (over: Values = {}, amount = 1000): void =>
      insertRow(
        ledger,
        'cancel_entry',
        entryRow('entry-1', 'pay-1', amount, { source: 'own-refund', attempt_id: 'attempt-1', ...over }),
      )
    expect(() => effect()).toThrow('accepted attempt')
    setAttempt(ledger, 'accepted')
    insertRow(ledger, 'reservation_release', { row_id: 'row-1', why: 'effect', at_ms: 1 })
    expect(() => effect({}, 999)).toThrow('accepted attempt')
    expect(() => effect({ payment_id: 'pay-2' })).toThrow('accepted attempt')
    expect(() => effect({ attempt_id: null })).toThrow(/CHECK/)
    expect(() => effect({ source: 'adopted' })).toThrow(/CHECK/)
    effect()
    expect(() => effect({ entry_id: 'entry-2' })).toThrow(/UNIQUE/)
  })
})

describe('a batch', () => {
  test('begins as a draft, and takes rows only then', () => {
    const ledger = withPayments()
    expect(() => insertRow(ledger, 'batch', batchRow('batch', { state: 'approved' }))).toThrow('begins')
    expect(() => insertRow(ledger, 'batch', batchRow('batch', { content_hash: 'hash' }))).toThrow('begins')
    submittedBatch(ledger, 'batch', ['pay-1'])
    expect(() => insertRow(ledger, 'refund_row', refundRow('row-2', 'batch', 'pay-2'))).toThrow('draft')
  })

  test('keeps its rows as they are; leaving one out ends with the submission', () => {
    const ledger = withPayments()
    insertRow(ledger, 'batch', batchRow('batch'))
    insertRow(ledger, 'refund_row', refundRow('row-1', 'batch', 'pay-1'))
    const changes = [
      'amount = 1001',
      `payment_id = 'pay-2'`,
      `bank = '088'`,
      'tax_free = 1',
      'vat = 1',
      `secret_enc = x'00'`,
    ]
    for (const change of changes) expect(() => run(ledger, `UPDATE refund_row SET ${change}`), change).toThrow('keeps')
    run(ledger, 'UPDATE refund_row SET excluded = 1')
    run(ledger, `UPDATE batch SET state = 'submitted', content_hash = 'hash'`)
    expect(() => run(ledger, 'UPDATE refund_row SET excluded = 0')).toThrow('keeps')
  })

  test('keeps its content once submitted, and cannot be submitted without its hash', () => {
    const ledger = withPayments()
    insertRow(ledger, 'batch', batchRow('batch'))
    expect(() => run(ledger, `UPDATE batch SET state = 'submitted'`)).toThrow('content hash')
    run(ledger, `UPDATE batch SET state = 'submitted', content_hash = 'hash'`)
    for (const change of [
      `content_hash = 'other'`,
      'content_hash = NULL',
      `maker_id = 'checker'`,
      `file_hash = 'other'`,
    ]) {
      expect(() => run(ledger, `UPDATE batch SET ${change}`), change).toThrow('keeps its content')
    }
  })

  test('is approved only with an approval of its content', () => {
    const ledger = withPayments()
    submittedBatch(ledger, 'batch', ['pay-1'])
    expect(() => run(ledger, `UPDATE batch SET state = 'approved'`)).toThrow('approval')
    insertRow(ledger, 'approval', approvalRow('batch'))
    run(ledger, `UPDATE batch SET state = 'approved'`)
  })

  const STEPS: Readonly<Record<string, readonly string[]>> = {
    draft: ['checked', 'submitted', 'withdrawn'],
    checked: ['submitted', 'withdrawn', 'draft'],
    submitted: ['approved', 'rejected', 'withdrawn'],
    approved: ['running', 'withdrawn', 'expired', 'done'],
    running: ['done', 'expired'],
    done: [],
    rejected: [],
    withdrawn: [],
    expired: [],
  }
  const WAYS: Readonly<Record<string, readonly string[]>> = {
    draft: [],
    checked: ['checked'],
    submitted: ['submitted'],
    approved: ['submitted', 'approved'],
    running: ['submitted', 'approved', 'running'],
    done: ['submitted', 'approved', 'running', 'done'],
    rejected: ['submitted', 'rejected'],
    withdrawn: ['withdrawn'],
    expired: ['submitted', 'approved', 'expired'],
  }

  test.each(Object.keys(STEPS))('in the state %s takes its own steps and no other', (from) => {
    const ledger = withPayments()
    const move = (state: string): void => {
      ledger
        .sql(`UPDATE batch SET state = ?, content_hash = COALESCE(content_hash, ?) WHERE batch_id = 'batch'`)
        .run(state, state === 'submitted' ? 'hash' : null)
      if (state === 'submitted') insertRow(ledger, 'approval', approvalRow('batch'))
    }
    insertRow(ledger, 'batch', batchRow('batch'))
    for (const state of WAYS[from] ?? []) move(state)
    expect(allowedSteps(ledger, Object.keys(STEPS), from, move)).toEqual(STEPS[from]?.toSorted())
  })
})

describe('an approval', () => {
  test('signs the content of a submitted batch', () => {
    const ledger = withPayments()
    insertRow(ledger, 'batch', batchRow('batch'))
    expect(() => insertRow(ledger, 'approval', approvalRow('batch'))).toThrow('signs')
    run(ledger, `UPDATE batch SET state = 'submitted', content_hash = 'hash'`)
    expect(() => insertRow(ledger, 'approval', approvalRow('batch', { content_hash: 'other' }))).toThrow('signs')
    insertRow(ledger, 'approval', approvalRow('batch'))
    expect(() => insertRow(ledger, 'approval', approvalRow('batch'))).toThrow(/UNIQUE/)
  })

  test('is given by another person than the maker, who is the batch’s maker', () => {
    const ledger = withPayments()
    submittedBatch(ledger, 'batch', ['pay-1'])
    expect(() => insertRow(ledger, 'approval', approvalRow('batch', { checker_id: 'maker' }))).toThrow(/CHECK/)
    const swapped = { maker_id: 'checker', checker_id: 'maker' }
    expect(() => insertRow(ledger, 'approval', approvalRow('batch', swapped))).toThrow('signs')
  })

  test('ends after it began', () => {
    const ledger = withPayments()
    submittedBatch(ledger, 'batch', ['pay-1'])
    expect(() => insertRow(ledger, 'approval', approvalRow('batch', { expires_at_ms: 10 }))).toThrow(/CHECK/)
    insertRow(ledger, 'approval', approvalRow('batch', { expires_at_ms: 11 }))
  })
})

describe('the outbox', () => {
  test('takes a row waiting, with its money reserved, and keeps its place and amount', () => {
    const ledger = withPayments()
    submittedBatch(ledger, 'batch', ['pay-1'])
    insertRow(ledger, 'approval', approvalRow('batch'))
    const put = (over: Values = {}): void =>
      insertRow(ledger, 'outbox', { ...outboxRow('row-1', 'batch', 'pay-1', 1), ...over })
    expect(() => put()).toThrow('reserved')
    reserve(ledger, 'row-1', 'pay-1')
    expect(() => put({ state: 'sending' })).toThrow('waiting')
    expect(() => put({ amount: 999 })).toThrow('reserved')
    put()
    for (const change of ['amount = 1', 'queue_no = 9', `payment_id = 'pay-2'`]) {
      expect(() => run(ledger, `UPDATE outbox SET ${change}`), change).toThrow('keeps')
    }
  })

  const STEPS: Readonly<Record<string, readonly string[]>> = {
    waiting: ['sending', 'stopped-drift', 'stopped-rule', 'cancelled', 'expired'],
    sending: ['waiting', 'needs-look', 'pg-processing', 'accepted', 'failed', 'stopped-drift'],
    'needs-look': ['sending', 'waiting', 'pg-processing', 'accepted', 'failed', 'stopped-drift'],
    'pg-processing': ['accepted', 'needs-look'],
    accepted: ['paid-out'],
    failed: [],
    'stopped-drift': [],
    'stopped-rule': [],
    'paid-out': [],
    cancelled: [],
    expired: [],
  }

  test.each(Object.keys(STEPS))('moves a row that is %s along its own steps and no other', (from) => {
    const ledger = withRun()
    const move = (state: string): unknown => ledger.sql(`UPDATE outbox SET state = ? WHERE row_id = 'row-1'`).run(state)
    for (const state of shortestWay(STEPS, 'waiting', from)) move(state)
    expect(allowedSteps(ledger, Object.keys(STEPS), from, move)).toEqual(STEPS[from]?.toSorted())
  })
})

describe('an attempt', () => {
  test('begins prepared and unsent', () => {
    const ledger = withRun()
    for (const state of ATTEMPT_STATES.filter((each) => each !== 'prepared')) {
      expect(() => putAttempt(ledger, { state }), state).toThrow('prepared before')
    }
    expect(() => putAttempt(ledger, { sent_count: 1 })).toThrow('prepared before')
    expect(() => putAttempt(ledger, { sent_at_ms: 1 })).toThrow('prepared before')
    expect(() => putAttempt(ledger, { checksum: 0 })).toThrow(/CHECK/)
    putAttempt(ledger)
  })

  test('needs an approval that still lives, to the millisecond', () => {
    const ledger = withRun()
    expect(() => putAttempt(ledger, { prepared_at_ms: 1001 })).toThrow('valid approval')
    putAttempt(ledger, { prepared_at_ms: 1000 })
  })

  test('needs an approved or running batch', () => {
    const ledger = withPayments()
    submittedBatch(ledger, 'batch', ['pay-1'])
    expect(() => putAttempt(ledger)).toThrow('nothing is sent without')
    insertRow(ledger, 'approval', approvalRow('batch'))
    reserve(ledger, 'row-1', 'pay-1')
    expect(() => putAttempt(ledger)).toThrow('valid approval')
    run(ledger, `UPDATE batch SET state = 'approved'`)
    run(ledger, `UPDATE batch SET state = 'withdrawn'`)
    expect(() => putAttempt(ledger)).toThrow('valid approval')
  })

  test('is for the payment of its row', () => {
    expect(() => putAttempt(withRun(), { payment_id: 'pay-2' })).toThrow('valid approval')
  })

  test('needs a reservation that was not released', () => {
    const ledger = withRun()
    insertRow(ledger, 'reservation_release', { row_id: 'row-1', why: 'x', at_ms: 1 })
    expect(() => putAttempt(ledger)).toThrow('reservation')
  })

  test('keeps its reservation while it is open', () => {
    for (const state of OPEN_ATTEMPT_STATES) {
      const ledger = withRun()
      putAttempt(ledger)
      for (const step of shortestWay(ATTEMPT_STEPS, 'prepared', state)) setAttempt(ledger, step)
      const release = { row_id: 'row-1', why: 'x', at_ms: 1 }
      expect(() => insertRow(ledger, 'reservation_release', release), state).toThrow('stays reserved')
    }
  })

  test('is not sent when the batch was withdrawn meanwhile', () => {
    const ledger = withPayments()
    submittedBatch(ledger, 'batch', ['pay-1'])
    insertRow(ledger, 'approval', approvalRow('batch'))
    reserve(ledger, 'row-1', 'pay-1')
    run(ledger, `UPDATE batch SET state = 'approved'`)
    putAttempt(ledger)
    run(ledger, `UPDATE batch SET state = 'withdrawn'`)
    expect(() => setAttempt(ledger, 'sending')).toThrow('living approval')
    setAttempt(ledger, 'stopped')
  })

  test('keeps everything that was committed before it was sent', () => {
    const ledger = withRun()
    putAttempt(ledger)
    const changes = [
      'checksum = 1',
      `body_hash = 'x'`,
      `body_enc = x'00'`,
      `intent_enc = x'00'`,
      `tag = 'x'`,
      'number = 2',
    ]
    for (const change of [
      ...changes,
      'history_length = 1',
      'pg_balance = 1',
      'prepared_at_ms = 1',
      'sent_count = -1',
    ]) {
      expect(() => run(ledger, `UPDATE attempt SET ${change}`), change).toThrow('keeps its body')
    }
    run(ledger, 'UPDATE attempt SET sent_count = 1, sent_at_ms = 30')
  })

  test('is alone on its payment while it is open', () => {
    for (const state of ATTEMPT_STATES) {
      const ledger = withPayments()
      runningBatch(ledger, 'batch', ['pay-1', 'pay-1', 'pay-2'])
      putAttempt(ledger)
      for (const step of shortestWay(ATTEMPT_STEPS, 'prepared', state)) setAttempt(ledger, step)
      const second = (): void => insertRow(ledger, 'attempt', attemptRow('attempt-2', 'row-2', 'pay-1'))
      if ((OPEN_ATTEMPT_STATES as readonly string[]).includes(state)) expect(second, state).toThrow(/UNIQUE/)
      else second()
      insertRow(ledger, 'attempt', attemptRow('attempt-3', 'row-3', 'pay-2'))
    }
  })

  test('follows on one of the same row only when that surely had no effect', () => {
    for (const state of ['accepted', 'rejected', 'not-sent', 'stopped'] as const) {
      const ledger = withRun()
      putAttempt(ledger)
      for (const step of shortestWay(ATTEMPT_STEPS, 'prepared', state)) setAttempt(ledger, step)
      const again = (): void => insertRow(ledger, 'attempt', attemptRow('attempt-2', 'row-1', 'pay-1', { number: 2 }))
      if (state === 'accepted' || state === 'rejected') expect(again, state).toThrow('at most once')
      else again()
    }
  })

  test.each(ATTEMPT_STATES)('that is %s takes exactly the steps of the domain', (from) => {
    const ledger = withRun()
    putAttempt(ledger)
    const move = (state: string): unknown => setAttempt(ledger, state)
    for (const step of shortestWay(ATTEMPT_STEPS, 'prepared', from)) move(step)
    expect(allowedSteps(ledger, ATTEMPT_STATES, from, move)).toEqual(ATTEMPT_STEPS[from].toSorted())
  })

  test('is sent again once, never a third time', () => {
    const ledger = withRun()
    putAttempt(ledger)
    for (const state of ['sending', 'unknown', 'sending', 'unknown']) setAttempt(ledger, state)
    expect(() => setAttempt(ledger, 'sending')).toThrow('once at most')
  })

  test('begins when the hold of its approval is over, to the millisecond', () => {
    const ledger = withPayments()
    submittedBatch(ledger, 'batch', ['pay-1'])
    insertRow(ledger, 'approval', approvalRow('batch', { hold_until_ms: 20 }))
    reserve(ledger, 'row-1', 'pay-1')
    run(ledger, `UPDATE batch SET state = 'approved'`)
    expect(() => putAttempt(ledger, { prepared_at_ms: 19 })).toThrow('hold')
    putAttempt(ledger, { prepared_at_ms: 20 })
  })

  test('keeps the keys that it knew', () => {
    const ledger = withRun()
    putAttempt(ledger, { known_cancel_keys: '["a"]' })
    expect(() => run(ledger, `UPDATE attempt SET known_cancel_keys = '[]'`)).toThrow('keeps what it knew')
    expect(() => run(ledger, 'UPDATE attempt SET known_cancel_keys = NULL')).toThrow('keeps what it knew')
  })

  test('has an answer for the request that is under way, and for no other', () => {
    const ledger = withRun()
    putAttempt(ledger)
    const answer = (sendNo: number): void =>
      insertRow(ledger, 'attempt_answer', { attempt_id: 'attempt-1', send_no: sendNo, at_ms: 1, outcome_enc: BLOB })
    expect(() => answer(1)).toThrow('under way')
    setAttempt(ledger, 'sending')
    expect(() => answer(2)).toThrow('under way')
    answer(1)
    expect(() => answer(1)).toThrow(/UNIQUE/)
    setAttempt(ledger, 'unknown')
    expect(() => answer(2)).toThrow('under way')
  })

  test('is open for the database in exactly the domain’s open states', () => {
    const { ledger } = openTestLedger()
    const sql = String(ledger.db.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'attempt_one_open'`).pluck().get())
    const states = [...sql.matchAll(/'([a-z-]+)'/g)].map(([, state]) => state as AttemptState)
    expect(states).toEqual([...OPEN_ATTEMPT_STATES])
  })
})

describe('every table', () => {
  test('keeps the file of a draft out of the b-tree of its key, where each of its rows would read it whole', () => {
    const { ledger } = openTestLedger()
    expect(ledger.sql(`SELECT wr FROM pragma_table_list WHERE name = 'draft'`).get()).toEqual({ wr: 0 })
  })

  test('is strict', () => {
    const { ledger } = openTestLedger()
    const loose = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`
    expect(ledger.sql(loose).all()).toEqual([])
    expect(() => run(ledger, `INSERT INTO sync_cursor VALUES ('main', 'yesterday')`)).toThrow(/INTEGER/)
  })

  test('refuses a reference that leads nowhere', () => {
    const ledger = withPayments()
    expect(() => insertRow(ledger, 'payment', paymentRow('pay-9', { channel_id: 'gone' }))).toThrow(/FOREIGN KEY/)
    expect(() => insertRow(ledger, 'batch', batchRow('b', { maker_id: 'gone' }))).toThrow(/FOREIGN KEY/)
  })

  test('of refunds refuses an amount that is not positive or not whole', () => {
    const ledger = withPayments()
    insertRow(ledger, 'batch', batchRow('batch'))
    for (const amount of [0, -1, 0.5]) {
      expect(
        () => insertRow(ledger, 'refund_row', refundRow('row-1', 'batch', 'pay-1', { amount })),
        `${amount}`,
      ).toThrow()
    }
    insertRow(ledger, 'refund_row', refundRow('row-1', 'batch', 'pay-1', { amount: 1 }))
  })
})

/** The states that can be reached from here in one step, sorted; every try is undone. */
function allowedSteps(
  ledger: Ledger,
  states: readonly string[],
  from: string,
  move: (state: string) => unknown,
): readonly string[] {
  const undone = new Error('undone')
  const allowed = states.filter((to) => {
    if (to === from) return false
    try {
      ledger.write(() => {
        move(to)
        throw undone
      })
    } catch (error) {
      if (error === undone) return true
      expect(String(error)).toMatch(/cannot take this step|approval|content hash/)
    }
    return false
  })
  return allowed.toSorted()
}

function shortestWay<S extends string>(steps: Readonly<Record<S, readonly S[]>>, from: S, to: S): readonly S[] {
  const ways: S[][] = [[]]
  for (const way of ways) {
    const here = way.at(-1) ?? from
    if (here === to) return way
    if (way.length < 5) ways.push(...steps[here].map((next) => [...way, next]))
  }
  throw new Error(`no way from ${from} to ${to}`)
}
