import { describe, expect, test } from 'vitest'
import { recountAll } from '../../../../src/main/core/calendar/payout-dates'
import type { CoreContext } from '../../../../src/main/core/context'
import type { Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { createSettings } from '../../../../src/main/core/ledger/settings'
import { addPeople, insertRow, paymentRow, runningBatch } from '../../../support/ledger-rows'
import { openTestLedger } from '../../../support/open-test-ledger'

const ROWS = 1203

/** Rows that were accepted before due dates were stored. */
function acceptedLedger(): Ledger {
  const { ledger } = openTestLedger()
  addPeople(ledger)
  const payments = Array.from({ length: ROWS }, (_, place) => `pay-${place + 1}`)
  ledger.write(() => {
    for (const id of payments) insertRow(ledger, 'payment', paymentRow(id))
    runningBatch(ledger, 'batch', payments)
    for (const state of ['sending', 'accepted']) ledger.sql('UPDATE outbox SET state = ?').run(state)
  })
  return ledger
}

/** The parts of a context that counting needs. */
function contextOf(ledger: Ledger, breathe: () => void): CoreContext {
  const context: Partial<CoreContext> = {
    ledger,
    settings: createSettings(ledger, 'practice'),
    breathe: () => Promise.resolve(breathe()),
    changed: () => undefined,
    trouble: (_, error) => {
      throw error
    },
  }
  return context as CoreContext
}

const counted = (ledger: Ledger): unknown =>
  ledger.sql('SELECT COUNT(*) AS n, MIN(due_on) AS first, MAX(due_on) AS last FROM payout_due').get()

describe('counting every due date', () => {
  test('goes in slices with a breath between them, and is not done twice', async () => {
    const ledger = acceptedLedger()
    let breaths = 0
    const context = contextOf(ledger, () => {
      breaths += 1
    })
    await recountAll(context, () => false)
    // Accepted in the first moment of 1970, a Thursday: due on Friday.
    expect(counted(ledger)).toEqual({ n: ROWS, first: '1970-01-02', last: '1970-01-02' })
    expect(breaths).toBe(2)
    await recountAll(context, () => false)
    expect(breaths).toBe(2)
  })

  test('that was stopped in between begins anew at the next start', async () => {
    const ledger = acceptedLedger()
    let stopping = false
    await recountAll(
      contextOf(ledger, () => {
        stopping = true
      }),
      () => stopping,
    )
    expect(counted(ledger)).toMatchObject({ n: 500 })
    await recountAll(
      contextOf(ledger, () => undefined),
      () => false,
    )
    expect(counted(ledger)).toMatchObject({ n: ROWS })
  })
})
