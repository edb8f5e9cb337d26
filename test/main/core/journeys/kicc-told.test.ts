import { describe, expect, it } from 'vitest'
import type { NoticesReport } from '../../../../src/contract/pg'
import type { RowView } from '../../../../src/contract/views'
import { everyPgDesk, rowsOf, type Desk } from '../../../support/open-desk'
import { unwrap } from '../../../support/open-test-core'

const MINUTE_MS = 60_000
const REVISE = '/api/trades/revise'
const ACCOUNT = '11122233344455'
const HEADER = '주문번호,거래번호,환불금액,은행,계좌번호,예금주,연락처,환불사유'

async function tell({ desk }: Desk, bodies: readonly unknown[]): Promise<NoticesReport> {
  const bytes = new TextEncoder().encode(bodies.map((body) => JSON.stringify(body)).join('\n'))
  return unwrap(
    await desk.core.command('shell.importNotices', { session: desk.maker, file: { name: '알림.jsonl', bytes } }),
  )
}

/** A desk that knows one payment of KICC's settlement service, and refunds of it to one account. */
async function refunded(amounts: readonly number[], before: (here: Desk) => void = () => undefined) {
  const here = await everyPgDesk()
  const { desk, pg } = here
  await tell(
    here,
    pg.kiccNotices().map(({ body }) => body),
  )
  const payment = here.books.kicc
    .accounts()
    .map((account) => account.payment)
    .find(
      ({ mallId, deposits, tax, basket, escrow }) =>
        mallId === 'T0000001' && deposits.length === 1 && tax === null && basket.length === 0 && !escrow,
    )
  if (payment === undefined) expect.fail('a payment of the settlement service')
  before(here)
  const lines = amounts.map((amount) =>
    [payment.shopOrderNo, payment.pgCno, amount, '국민은행', ACCOUNT, payment.customerName, '', '고객 변심'].join(','),
  )
  const draft = await desk.importText([HEADER, ...lines].join('\r\n'))
  const { batchId } = await desk.call('batch.create', {
    draftId: draft.draftId,
    name: '하나',
    duplicatesIntended: true,
  })
  await desk.call('batch.submit', { batchId, withoutBlocked: false })
  unwrap(await desk.approve(batchId))
  await desk.settled(batchId)
  const rows = async (): Promise<RowView[]> => rowsOf(desk, batchId)
  const head = { resCd: '0000', mallId: payment.mallId, shopOrderNo: payment.shopOrderNo, pgCno: payment.pgCno }
  const at = { transactionDate: '20261122100000', payMethodTypeCode: '22' }
  const sentBack = { ...head, ...at, resCd: '5413', resMsg: '이체 불능', notiType: '51', accountNo: ACCOUNT }
  const ofChecker = async (command: 'row.payoutFailed' | 'row.decideOurs', rowId: RowView['rowId']) => {
    const { session } = unwrap(
      await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' }),
    )
    return desk.core.command(command, { session, input: { rowId, reason: '콘솔에서 확인' } })
  }
  return { here, rows, head, at, sentBack, ofChecker }
}

const states = (rows: readonly RowView[]) => rows.map(({ state }) => state)

describe('a transfer that came back and is told without its refund', () => {
  it('is that of the only refund to the account', async () => {
    const { here, rows, sentBack } = await refunded([5_000])
    expect(await tell(here, [sentBack])).toMatchObject({ payoutFailed: 1, problemsAll: 0 })
    expect(states(await rows())).toEqual(['payout-failed'])
  })

  it('is no other refund where a person has said so of one before', async () => {
    const { here, rows, sentBack, ofChecker } = await refunded([5_000, 2_000])
    const [, second] = await rows()
    unwrap(await ofChecker('row.payoutFailed', second?.rowId ?? expect.fail('a second row')))
    const report = await tell(here, [sentBack])
    expect(report.problems.map(({ problem }) => problem.code)).toEqual(['notice-without-row'])
    expect(states(await rows())).toEqual(['accepted', 'payout-failed'])
  })

  it('is nobody’s as long as another refund to the account is open', async () => {
    const { here, rows, sentBack } = await refunded([5_000, 2_000], ({ pg }) =>
      pg.setScenario({ rules: [{ kind: 'lose_answer_after_effect', path: REVISE, nth: 2 }] }),
    )
    expect(states(await rows())).toEqual(['accepted', 'needs-look'])
    const report = await tell(here, [sentBack])
    expect(report.problems.map(({ problem }) => problem.code)).toEqual(['notice-without-row'])
    expect(states(await rows())).toEqual(['accepted', 'needs-look'])
  })
})

describe('a refund that came back', () => {
  it('is not counted again by a notification of it that is imported later', async () => {
    const { here, rows, head, at, sentBack } = await refunded([5_000])
    const { cancelPgCno } = here.books.kicc.refunds()[0] ?? expect.fail('a refund')
    await tell(here, [{ ...sentBack, cancelPgCno }])
    await tell(here, [{ ...head, ...at, notiType: '20', cancelPgCno, cancelAmount: '5000', cancelRemainAmount: '0' }])
    const [row] = await rows()
    const payment = await here.desk.call('payment.get', { paymentId: row?.paymentId ?? expect.fail('a row') })
    expect(payment.promisable).toBe(payment.paid)
    expect((await here.desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).total).toBe(0)
  })
})

describe('a refund whose answer was lost', () => {
  it('is ours by what the console shows, though an earlier one came back meanwhile', async () => {
    const { here, rows, ofChecker } = await refunded([5_000, 2_000], ({ pg }) =>
      pg.setScenario({ rules: [{ kind: 'lose_answer_after_effect', path: REVISE, nth: 2 }] }),
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
