import { describe, expect, it } from 'vitest'
import type { RowView } from '../../../../src/contract/views'
import { KICC_REVISE, refundedAtKicc, tellKicc } from '../../../support/kicc-refunds'
import { unwrap } from '../../../support/open-test-core'

const MINUTE_MS = 60_000
const states = (rows: readonly RowView[]) => rows.map(({ state }) => state)

describe('a transfer that came back and is told without its refund', () => {
  it('is that of the only refund to the account', async () => {
    const { here, rows, sentBack } = await refundedAtKicc([5_000])
    expect(await tellKicc(here, [sentBack])).toMatchObject({ payoutFailed: 1, problemsAll: 0 })
    expect(states(await rows())).toEqual(['payout-failed'])
  })

  it('is no other refund where a person has said so of one before', async () => {
    const { here, rows, sentBack, ofChecker } = await refundedAtKicc([5_000, 2_000])
    const [, second] = await rows()
    unwrap(await ofChecker('row.payoutFailed', second?.rowId ?? expect.fail('a second row')))
    const report = await tellKicc(here, [sentBack])
    expect(report.problems.map(({ problem }) => problem.code)).toEqual(['notice-without-row'])
    expect(states(await rows())).toEqual(['accepted', 'payout-failed'])
  })

  it('is nobody’s as long as another refund to the account is open', async () => {
    const { here, rows, sentBack } = await refundedAtKicc([5_000, 2_000], ({ pg }) =>
      pg.setScenario({ rules: [{ kind: 'lose_answer_after_effect', path: KICC_REVISE, nth: 2 }] }),
    )
    expect(states(await rows())).toEqual(['accepted', 'needs-look'])
    const report = await tellKicc(here, [sentBack])
    expect(report.problems.map(({ problem }) => problem.code)).toEqual(['notice-without-row'])
    expect(states(await rows())).toEqual(['accepted', 'needs-look'])
  })
})

describe('a refund that came back', () => {
  it('is not counted again by a notification of it that is imported later', async () => {
    const { here, rows, head, at, sentBack } = await refundedAtKicc([5_000])
    const { cancelPgCno } = here.books.kicc.refunds()[0] ?? expect.fail('a refund')
    await tellKicc(here, [{ ...sentBack, cancelPgCno }])
    await tellKicc(here, [
      { ...head, ...at, notiType: '20', cancelPgCno, cancelAmount: '5000', cancelRemainAmount: '0' },
    ])
    const [row] = await rows()
    const payment = await here.desk.call('payment.get', { paymentId: row?.paymentId ?? expect.fail('a row') })
    expect(payment.promisable).toBe(payment.paid)
    expect((await here.desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).total).toBe(0)
  })
})

describe('a refund whose answer was lost', () => {
  it('is ours by what the console shows, though an earlier one came back meanwhile', async () => {
    const { here, rows, ofChecker } = await refundedAtKicc([5_000, 2_000], ({ pg }) =>
      pg.setScenario({ rules: [{ kind: 'lose_answer_after_effect', path: KICC_REVISE, nth: 2 }] }),
    )
    const [first, second] = await rows()
    unwrap(await ofChecker('row.payoutFailed', first?.rowId ?? expect.fail('a first row')))
    // Nobody looks any more: KICC tells nothing about it after two days.
    here.pg.setScenario({ rules: [{ kind: 'refuse', path: '/api/trades/retrieveTransaction' }] })
    here.clock.advance(3 * 24 * 60 * MINUTE_MS)
    unwrap(await ofChecker('row.decideOurs', second?.rowId ?? expect.fail('a second row')))
    expect(states(await rows())).toEqual(['payout-failed', 'accepted'])
  })
})
