import type { Ledger } from '../../src/main/core/ledger/open-ledger'

/**
 * Plain rows for tests of the database's own rules: written past the use cases, so that a rule is seen to hold by
 * itself. Every function writes outside of a unit of work, one statement at a time.
 */
export type Values = Readonly<Record<string, string | number | Uint8Array | null>>

export const BLOB: Uint8Array = Buffer.from('cell')

export function insertRow(ledger: Ledger, table: string, values: Values): void {
  const names = Object.keys(values)
  ledger
    .sql(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    .run(...Object.values(values))
}

export function personRow(id: string, over: Values = {}): Values {
  return {
    person_id: id,
    name: `name of ${id}`,
    roles: '["maker"]',
    pin_salt: BLOB,
    pin_hash: BLOB,
    created_at_ms: 1,
    ...over,
  }
}

export function paymentRow(id: string, over: Values = {}): Values {
  return {
    payment_id: id,
    channel_id: 'main',
    pg_key: `key of ${id}`,
    order_no: `order of ${id}`,
    method: 'virtual-account',
    provider: 'kcp',
    currency: 'KRW',
    paid: 10_000,
    product_name: 'tea',
    buyer_enc: BLOB,
    escrow: 0,
    sandbox: 0,
    promotion: 0,
    first_seen_at_ms: 1,
    status: 'paid',
    pg_cancelled: 0,
    pg_history_length: 0,
    seen_at_ms: 1,
    ...over,
  }
}

export function batchRow(id: string, over: Values = {}): Values {
  return {
    batch_id: id,
    name: id,
    maker_id: 'maker',
    created_at_ms: 1,
    file_hash: 'file',
    head_enc: BLOB,
    state: 'draft',
    ...over,
  }
}

export function refundRow(id: string, batchId: string, paymentId: string, over: Values = {}): Values {
  return {
    row_id: id,
    batch_id: batchId,
    position: Number(id.replaceAll(/\D/g, '')),
    line: 1,
    payment_id: paymentId,
    amount: 1000,
    bank: '004',
    warnings: '[]',
    excluded: 0,
    secret_enc: BLOB,
    ...over,
  }
}

export function approvalRow(batchId: string, over: Values = {}): Values {
  return {
    batch_id: batchId,
    content_hash: 'hash',
    maker_id: 'maker',
    checker_id: 'checker',
    approved_at_ms: 10,
    expires_at_ms: 1000,
    ...over,
  }
}

export function attemptRow(id: string, rowId: string, paymentId: string, over: Values = {}): Values {
  return {
    attempt_id: id,
    row_id: rowId,
    payment_id: paymentId,
    number: 1,
    tag: `tag ${id}`,
    checksum: 10_000,
    pg_balance: 10_000,
    history_length: 0,
    body_hash: 'hash',
    body_enc: BLOB,
    intent_enc: BLOB,
    prepared_at_ms: 20,
    state: 'prepared',
    sent_count: 0,
    ...over,
  }
}

export function entryRow(id: string, paymentId: string, amount: number, over: Values = {}): Values {
  return { entry_id: id, payment_id: paymentId, amount, at_ms: 1, source: 'merchant-file', recorded_at_ms: 1, ...over }
}

export function addPeople(ledger: Ledger): void {
  for (const id of ['maker', 'checker']) insertRow(ledger, 'person', personRow(id))
}

/** A submitted batch with one row of 1,000 won for each of these payments: row-1, row-2, … */
export function submittedBatch(ledger: Ledger, batchId: string, paymentIds: readonly string[], firstRow = 1): void {
  insertRow(ledger, 'batch', batchRow(batchId))
  paymentIds.forEach((paymentId, place) => {
    insertRow(ledger, 'refund_row', refundRow(`row-${firstRow + place}`, batchId, paymentId))
  })
  ledger.sql(`UPDATE batch SET state = 'submitted', content_hash = 'hash' WHERE batch_id = ?`).run(batchId)
}

export function reserve(ledger: Ledger, rowId: string, paymentId: string, amount = 1000): void {
  insertRow(ledger, 'reservation', { row_id: rowId, payment_id: paymentId, amount, at_ms: 10 })
}

/** A running batch: approved, every row reserved and in the outbox. */
export function runningBatch(ledger: Ledger, batchId: string, paymentIds: readonly string[], firstRow = 1): void {
  submittedBatch(ledger, batchId, paymentIds, firstRow)
  insertRow(ledger, 'approval', approvalRow(batchId))
  paymentIds.forEach((paymentId, place) => {
    const rowId = `row-${firstRow + place}`
    reserve(ledger, rowId, paymentId)
    insertRow(ledger, 'outbox', outboxRow(rowId, batchId, paymentId, firstRow + place))
  })
  for (const state of ['approved', 'running']) {
    ledger.sql('UPDATE batch SET state = ? WHERE batch_id = ?').run(state, batchId)
  }
}

export function outboxRow(
  rowId: string,
  batchId: string,
  paymentId: string,
  queueNo: number,
  over: Values = {},
): Values {
  return {
    row_id: rowId,
    batch_id: batchId,
    payment_id: paymentId,
    queue_no: queueNo,
    amount: 1000,
    state: 'waiting',
    since_ms: 1,
    ...over,
  }
}
