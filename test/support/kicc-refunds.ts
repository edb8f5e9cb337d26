import { expect } from 'vitest'
import type { NoticesReport } from '../../src/contract/pg'
import type { RowView } from '../../src/contract/views'
import { everyPgDesk, rowsOf, type Desk } from './open-desk'
import { unwrap } from './open-test-core'

export const KICC_REVISE = '/api/trades/revise'
/** The account that the refunds of {@link refundedAtKicc} go to, and that KICC's notifications name. */
export const KICC_ACCOUNT = '11122233344455'
const HEADER = '주문번호,거래번호,환불금액,은행,계좌번호,예금주,연락처,환불사유'

/** Imports notification bodies, as an operator would with a log of them. */
export async function tellKicc({ desk }: Desk, bodies: readonly unknown[]): Promise<NoticesReport> {
  const bytes = new TextEncoder().encode(bodies.map((body) => JSON.stringify(body)).join('\n'))
  const file = { name: '알림.jsonl', bytes }
  return unwrap(await desk.core.command('shell.importNotices', { session: desk.maker, file }))
}

/**
 * A desk that knows one payment of KICC's settlement service, and approved refunds of it: an amount, or an amount and its
 * account. `before` sets what goes wrong.
 */
export async function refundedAtKicc(
  refunds: readonly (number | readonly [amount: number, account: string])[],
  before: (here: Desk) => void = () => undefined,
) {
  const here = await everyPgDesk()
  const { desk, pg } = here
  await tellKicc(
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
  const lineOf = (amount: number, account: string): string =>
    [payment.shopOrderNo, payment.pgCno, amount, '국민은행', account, payment.customerName, '', '고객 변심'].join(',')
  const lines = refunds.map((each) => (typeof each === 'number' ? lineOf(each, KICC_ACCOUNT) : lineOf(...each)))
  const draft = await desk.importText([HEADER, ...lines].join('\r\n'))
  const name = '하나'
  const { batchId } = await desk.call('batch.create', { draftId: draft.draftId, name, duplicatesIntended: true })
  await desk.call('batch.submit', { batchId, withoutBlocked: false })
  unwrap(await desk.approve(batchId))
  await desk.settled(batchId)
  const rows = async (): Promise<RowView[]> => rowsOf(desk, batchId)
  const head = { resCd: '0000', mallId: payment.mallId, shopOrderNo: payment.shopOrderNo, pgCno: payment.pgCno }
  const at = { transactionDate: '20261122100000', payMethodTypeCode: '22' }
  const sentBack = { ...head, ...at, resCd: '5413', resMsg: '이체 불능', notiType: '51', accountNo: KICC_ACCOUNT }
  const ofChecker = async (
    command: 'row.payoutFailed' | 'row.confirmPayout' | 'row.decideOurs' | 'row.decideNotSent',
    rowId: RowView['rowId'],
  ) => {
    const opened = await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' })
    const { session } = unwrap(opened)
    return desk.core.command(command, { session, input: { rowId, reason: '콘솔에서 확인' } })
  }
  /** What a file that asks for one more refund of the payment is told. */
  const warnings = async (): Promise<string[]> => {
    const { draftId } = await desk.importText([HEADER, lineOf(777, KICC_ACCOUNT)].join('\r\n'))
    const page = await desk.call('import.rows', { draftId, filter: 'all', offset: 0, limit: 5 })
    return page.rows.flatMap(({ problems }) => problems.map(({ code }) => code))
  }
  return { here, payment, rows, head, at, sentBack, ofChecker, warnings }
}
