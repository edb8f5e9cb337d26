import { expect, describe, it } from 'vitest'
import type { NoticesReport } from '../../../../src/contract/pg'
import type { RowView } from '../../../../src/contract/views'
import type { Desk } from '../../../support/open-desk'
import { KICC_ACCOUNT, KICC_REVISE, refundedAtKicc, tellKicc } from '../../../support/kicc-refunds'
import { unwrap } from '../../../support/open-test-core'

const MINUTE_MS = 60_000
const OTHER_ACCOUNT = '22233344455566'
const LOST = { kind: 'lose_answer_after_effect', path: KICC_REVISE } as const

const codes = ({ problems }: NoticesReport): string[] => problems.map(({ problem }) => problem.code)
const states = (rows: readonly RowView[]): string[] => rows.map(({ state }) => state)
const firstOf = <T>(rows: readonly T[]): T => rows[0] ?? expect.fail('there is one')
const keysOf = ({ books }: Desk): string[] => books.kicc.refunds().map(({ cancelPgCno }) => cancelPgCno)
const followUps = async ({ desk }: Desk): Promise<string[]> =>
  (await desk.call('followUp.list', { offset: 0, limit: 10 })).rows.map(({ kind }) => kind)
const openDrifts = async ({ desk }: Desk): Promise<number> =>
  (await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).total

describe('a notified payout of a refund that nobody here knows as accepted', () => {
  it('may be the open request of its payment: nothing else of it is paid until a person has looked', async () => {
    const { here, rows, head, at } = await refundedAtKicc([5_000], ({ pg }) => pg.setScenario({ rules: [LOST] }))
    expect(states(await rows())).toEqual(['needs-look'])
    const cancelPgCno = firstOf(keysOf(here))
    const body = { ...head, ...at, notiType: '50', cancelPgCno, statusCode: 'RF02' }
    expect(codes(await tellKicc(here, [body]))).toEqual(['notice-for-open-row'])
    expect(states(await rows())).toEqual(['needs-look'])
    // KICC's own answer to the look-up has the key: one refund, and now the log is of it.
    here.clock.advance(10_000)
    await here.desk.call('row.look', { rowId: firstOf(await rows()).rowId })
    expect(states(await rows())).toEqual(['accepted'])
    expect(await tellKicc(here, [body])).toMatchObject({ paidOut: 1, problemsAll: 0 })
    expect(states(await rows())).toEqual(['paid-out'])
    expect(await openDrifts(here)).toBe(0)
  })

  it('is a mismatch where a person has said that the request never arrived', async () => {
    const { here, rows, head, at, ofChecker } = await refundedAtKicc([5_000], ({ pg }) =>
      pg.setScenario({ rules: [{ ...LOST, kind: 'lose_answer_before_effect' }] }),
    )
    here.clock.advance(11 * MINUTE_MS)
    unwrap(await ofChecker('row.decideNotSent', firstOf(await rows()).rowId))
    expect(await openDrifts(here)).toBe(0)
    const body = { ...head, ...at, notiType: '50', cancelPgCno: '52026112210000000001', statusCode: 'RF02' }
    expect(codes(await tellKicc(here, [body]))).toEqual(['notice-for-open-row'])
    expect(await openDrifts(here)).toBe(1)
  })

  it('is told to whoever refunds the payment again, until its refund is known', async () => {
    const { here, head, at, warnings } = await refundedAtKicc([5_000])
    const cancelPgCno = '52026112210000000001'
    const body = { ...head, ...at, notiType: '50', cancelPgCno, statusCode: 'RF02' }
    expect(codes(await tellKicc(here, [body]))).toEqual(['notice-without-row'])
    expect(await warnings()).toContain('payment-notice-unplaced')
    await tellKicc(here, [
      { ...head, ...at, notiType: '20', cancelPgCno, cancelAmount: '1000' },
      { ...body, resMsg: '다시' },
      body,
    ])
    expect(await warnings()).not.toContain('payment-notice-unplaced')
  })
})

describe('a transfer that came back', () => {
  it('is nobody’s without a key and a time', async () => {
    const { here, rows, sentBack } = await refundedAtKicc([5_000])
    const { transactionDate: _at, ...undated } = sentBack
    expect(codes(await tellKicc(here, [undated]))).toEqual(['notice-without-row'])
    expect(states(await rows())).toEqual(['accepted'])
    // With its key it needs no time.
    expect(await tellKicc(here, [{ ...undated, cancelPgCno: firstOf(keysOf(here)) }])).toMatchObject({
      payoutFailed: 1,
    })
    expect(states(await rows())).toEqual(['payout-failed'])
  })

  it('is that of the refund to its account where there are two', async () => {
    const { here, rows, sentBack } = await refundedAtKicc([5_000, [2_000, OTHER_ACCOUNT]])
    await tellKicc(here, [{ ...sentBack, accountNo: OTHER_ACCOUNT }])
    expect(states(await rows())).toEqual(['accepted', 'payout-failed'])
    await tellKicc(here, [{ ...sentBack, accountNo: KICC_ACCOUNT }])
    expect(states(await rows())).toEqual(['payout-failed', 'payout-failed'])
  })

  it('is nobody’s without a key where somebody else refunded the payment as well', async () => {
    const { here, rows, head, at, sentBack, payment } = await refundedAtKicc([5_000])
    const cancelRemainAmount = String(payment.amount - 6_000)
    const elsewhere = { ...head, ...at, notiType: '20', cancelPgCno: '52026112210000000001', cancelAmount: '1000' }
    await tellKicc(here, [{ ...elsewhere, cancelRemainAmount }])
    expect(codes(await tellKicc(here, [sentBack]))).toEqual(['notice-without-row'])
    expect(states(await rows())).toEqual(['accepted'])
  })

  it('is told to whoever refunds the payment again', async () => {
    const { here, sentBack, warnings } = await refundedAtKicc([5_000])
    expect(await warnings()).not.toContain('duplicate-returned')
    await tellKicc(here, [sentBack])
    expect(await warnings()).toContain('duplicate-returned')
  })
})

describe('a refund that came back after a person had said that it is ours', () => {
  const elsewhere = { notiType: '20', cancelPgCno: '52026112210000000001', cancelAmount: '5000' }

  async function decided() {
    const lost = { kind: 'lose_answer_before_effect', path: KICC_REVISE } as const
    const all = await refundedAtKicc([5_000], ({ pg }) => pg.setScenario({ rules: [lost] }))
    const { here, rows, head, at, ofChecker } = all
    // Ours, or somebody else's of the same amount: the notification does not say.
    await tellKicc(here, [{ ...head, ...at, ...elsewhere }])
    here.clock.advance(11 * MINUTE_MS)
    unwrap(await ofChecker('row.decideOurs', firstOf(await rows()).rowId))
    expect([states(await rows()), await openDrifts(here)]).toEqual([['accepted'], 0])
    return all
  }

  it('leaves a difference where nobody knows under which key it was told', async () => {
    const { here, rows, ofChecker } = await decided()
    unwrap(await ofChecker('row.payoutFailed', firstOf(await rows()).rowId))
    expect([states(await rows()), await openDrifts(here)]).toEqual([['payout-failed'], 1])
  })

  it('leaves none where the notification names the key', async () => {
    const { here, rows, sentBack } = await decided()
    await tellKicc(here, [{ ...sentBack, cancelPgCno: elsewhere.cancelPgCno, transactionDate: '20261123100000' }])
    expect([states(await rows()), await openDrifts(here)]).toEqual([['payout-failed'], 0])
  })
})

describe('notifications that contradict what is known of a payout', () => {
  it('never take back that a person saw the money arrive', async () => {
    const { here, rows, sentBack, ofChecker } = await refundedAtKicc([5_000])
    unwrap(await ofChecker('row.confirmPayout', firstOf(await rows()).rowId))
    expect(codes(await tellKicc(here, [{ ...sentBack, cancelPgCno: firstOf(keysOf(here)) }]))).toEqual([
      'notice-contradicts',
    ])
    expect(states(await rows())).toEqual(['paid-out'])
    expect(await followUps(here)).toEqual(['payout-contradicted'])
  })

  it('take back a notified payout where the bank returned it later, in whatever order they are read', async () => {
    for (const reversed of [false, true]) {
      const { here, rows, head, at, sentBack } = await refundedAtKicc([5_000])
      const cancelPgCno = firstOf(keysOf(here))
      const arrived = { ...head, ...at, notiType: '50', cancelPgCno, statusCode: 'RF02' }
      const later = { ...sentBack, cancelPgCno, transactionDate: '20261123090000' }
      expect(await tellKicc(here, reversed ? [later, arrived] : [arrived, later])).toMatchObject({ problemsAll: 0 })
      expect(states(await rows())).toEqual(['payout-failed'])
      expect(await followUps(here)).toEqual([])
    }
  })

  it('keep the amount of a returned refund back where it is said to have arrived after all', async () => {
    const { here, rows, head, at, sentBack } = await refundedAtKicc([5_000])
    const cancelPgCno = firstOf(keysOf(here))
    await tellKicc(here, [{ ...sentBack, cancelPgCno }])
    expect(await openDrifts(here)).toBe(0)
    const transactionDate = '20261123090000'
    const arrived = { ...head, ...at, transactionDate, notiType: '50', cancelPgCno, statusCode: 'RF02' }
    expect(codes(await tellKicc(here, [arrived]))).toEqual(['notice-contradicts'])
    expect(states(await rows())).toEqual(['payout-failed'])
    expect([await openDrifts(here), await followUps(here)]).toEqual([1, ['payout-contradicted']])
  })
})

describe('notifications that put the payment itself in doubt', () => {
  it.each([
    ['another amount', { notiType: '40' }],
    ['a deposit that was withdrawn', { notiType: '31' }],
  ])('%s stops its refunds', async (_what, body) => {
    const { here, payment, head, at, warnings } = await refundedAtKicc([5_000])
    const paid = firstOf(
      here.pg
        .kiccNotices()
        .filter(({ body: each }) => each['shopOrderNo'] === payment.shopOrderNo && each['notiType'] === '30'),
    ).body
    const doubtful =
      body.notiType === '31' ? { ...head, ...at, ...body } : { ...paid, amount: String(payment.amount + 1) }
    expect(codes(await tellKicc(here, [doubtful]))).toEqual(['notice-contradicts'])
    expect(await warnings()).toContain('payment-notice-stops')
  })
})
