import { describe, expect, it } from 'vitest'
import type { ChannelInput, ChannelOutput } from '../../../../src/contract/channels'
import type { RowView } from '../../../../src/contract/views'
import type { Problem } from '../../../../src/domain/problem'
import type { Result } from '../../../../src/domain/result'
import type { CoreChannel } from '../../../../src/main/core/port'
import type { KiccPayment } from '../../../../src/practice/kicc/payment'
import { everyPgDesk, rowsOf, until, type Desk } from '../../../support/open-desk'
import { unwrap } from '../../../support/open-test-core'

const REVISE = '/api/trades/revise'
const ACCOUNT = '국민은행,99900000000011,정가온'
const MINUTE_MS = 60_000

async function importBodies({ desk }: Desk, bodies: readonly unknown[]): Promise<void> {
  const text = bodies.map((body) => JSON.stringify(body)).join('\n')
  const file = { name: '알림.jsonl', bytes: new TextEncoder().encode(text) }
  const report = unwrap(await desk.core.command('shell.importNotices', { session: desk.maker, file }))
  expect(report.problems).toEqual([])
}
const importLog = (here: Desk): Promise<void> =>
  importBodies(
    here,
    here.pg.kiccNotices().map(({ body }) => body),
  )

async function withNotices(): Promise<Desk> {
  const here = await everyPgDesk()
  await importLog(here)
  return here
}

/** The newest payment of the KICC shop of this kind. */
function payment({ books }: Desk, wanted: (payment: KiccPayment) => boolean): KiccPayment {
  const found = books.kicc.accounts().findLast(({ payment: each }) => wanted(each))
  return found?.payment ?? expect.fail('the shop has such a payment')
}

const isPlain = ({ escrow, tax, basket, deposits, cashReceipt }: KiccPayment): boolean =>
  !escrow && tax === null && basket.length === 0 && deposits.length === 1 && cashReceipt === 'none'

async function submit({ desk }: Desk, header: string, lines: readonly string[]) {
  const draft = await desk.importText([header, ...lines].join('\r\n'))
  if (draft.rowsWithErrors > 0) {
    const page = await desk.call('import.rows', { draftId: draft.draftId, filter: 'errors', offset: 0, limit: 5 })
    expect(page.rows.flatMap(({ problems }) => problems)).toEqual([])
  }
  const batch = await desk.call('batch.create', { draftId: draft.draftId, name: '묶음', duplicatesIntended: true })
  await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
  return unwrap(await desk.approve(batch.batchId))
}

async function refund(here: Desk, header: string, ...lines: readonly string[]): Promise<RowView[]> {
  const { batchId } = await submit(here, header, lines)
  await here.desk.settled(batchId)
  return rowsOf(here.desk, batchId)
}

const PLAIN = '주문번호,환불금액,은행,계좌번호,예금주'
const firstOf = <T>(rows: readonly T[]): T => rows[0] ?? expect.fail('there is one')

async function asChecker<C extends CoreChannel>(
  { desk }: Desk,
  channel: C,
  input: ChannelInput<C>,
): Promise<Result<ChannelOutput<C>, Problem>> {
  const opened = await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' })
  return desk.core.command(channel, { session: unwrap(opened).session, input })
}

describe('the kinds of KICC payments', () => {
  it('of several deposits are refunded one deposit after another, each with its own number', async () => {
    const here = await withNotices()
    const shared = payment(here, ({ deposits }) => deposits.length === 2)
    const lines = shared.deposits.map(({ pgCno, amount }) => `${pgCno},${amount},${ACCOUNT}`)
    const rows = await refund(here, '거래번호,환불금액,은행,계좌번호,예금주', ...lines)
    expect(rows.map(({ state }) => state)).toEqual(['accepted', 'accepted'])
    expect(here.books.kicc.refunds().map(({ depositPgCno, amount }) => [depositPgCno, amount])).toEqual(
      shared.deposits.map(({ pgCno, amount }) => [pgCno, amount]),
    )
    expect(here.books.alarms()).toEqual([])
  })

  it('of several deposits wait while another deposit of theirs is not settled', async () => {
    const here = await withNotices()
    const shared = payment(here, ({ deposits }) => deposits.length === 2)
    here.pg.setScenario({ rules: [{ kind: 'lose_answer_before_effect', path: REVISE }] })
    const lines = shared.deposits.map(({ pgCno, amount }) => `${pgCno},${amount},${ACCOUNT}`)
    const { batchId } = await submit(here, '거래번호,환불금액,은행,계좌번호,예금주', lines)
    await until(async () => (await rowsOf(here.desk, batchId)).some(({ state }) => state === 'needs-look'), 'lost')
    await until(async () => (await here.desk.call('run.state', {})).inFlight === 0, 'quiet')
    expect((await rowsOf(here.desk, batchId)).map(({ state }) => state).toSorted()).toEqual(['needs-look', 'waiting'])
    expect(here.pg.requests.filter(({ path }) => path === REVISE)).toHaveLength(1)
  })

  it('of a merchant with taxed and tax-free goods state the parts of a refund', async () => {
    const here = await withNotices()
    const mixed = payment(here, ({ tax }) => tax !== null)
    const channels = await here.desk.call('settings.channels', {})
    const channel = channels.find(({ options }) => options.pg === 'kicc' && options.merchantId === mixed.mallId)
    if (channel?.options.pg !== 'kicc') expect.fail('the channel of the payment')
    const { channelId, name, parallel, options } = channel
    const save = { channelId, name, parallel, options: { ...options, complexTax: true } }
    await here.desk.call('settings.saveChannel', save)
    const { taxFree = 0, vat = 0 } = mixed.tax ?? {}
    const header = `${PLAIN},면세금액,부가세`
    const draft = await here.desk.importText([header, `${mixed.shopOrderNo},${mixed.amount},${ACCOUNT},,`].join('\r\n'))
    expect(draft.rowsWithErrors).toBe(1)
    const row = firstOf(await refund(here, header, `${mixed.shopOrderNo},${mixed.amount},${ACCOUNT},${taxFree},${vat}`))
    expect(row.state).toBe('accepted')
    expect(firstOf(here.books.kicc.refunds()).tax).toEqual(mixed.tax)
  })

  it('that were split among sellers name the goods that are given back', async () => {
    const here = await withNotices()
    const split = payment(here, ({ basket }) => basket.length > 0)
    const goods = split.basket.map(({ productPgCno, sellerId }) => `${productPgCno}:${sellerId}`).join(';')
    const row = firstOf(
      await refund(here, `${PLAIN},분할정산`, `${split.shopOrderNo},${split.amount},${ACCOUNT},${goods}`),
    )
    expect(row.state).toBe('accepted')
    expect(here.books.kicc.refunds()).toHaveLength(1)
  })
})

describe('what a person decides about a request of KICC', () => {
  async function lost(here: Desk, kind: 'lose_answer_before_effect' | 'timeout_before'): Promise<RowView> {
    here.pg.setScenario({ rules: [{ kind, path: REVISE }] })
    const { shopOrderNo, amount } = payment(here, (each) => isPlain(each) && each.mallId === 'T0000001')
    const row = firstOf(await refund(here, PLAIN, `${shopOrderNo},${amount},${ACCOUNT}`))
    expect(row.state).toBe('needs-look')
    return row
  }

  it('that KICC has no such request ends the row, and a new one may be paid', async () => {
    const here = await withNotices()
    const row = await lost(here, 'lose_answer_before_effect')
    const input = { rowId: row.rowId, reason: 'KICC 관리자 화면에 없음' }
    expect(await asChecker(here, 'row.decideNotSent', input)).toMatchObject({ problem: { code: 'pg-answer-lost' } })
    here.clock.advance(10 * MINUTE_MS)
    expect(unwrap(await asChecker(here, 'row.decideNotSent', input)).row.state).toBe('failed')
    here.clock.advance(MINUTE_MS)
    const again = firstOf(await refund(here, PLAIN, `${row.orderNo},${row.amount},${ACCOUNT}`))
    expect(again.state).toBe('accepted')
    expect(here.books.kicc.refunds()).toHaveLength(1)
    const keys = new Set(here.pg.requests.flatMap(({ revise }) => revise?.shopTransactionId ?? []))
    expect(keys.size).toBe(2)
  })

  it('that its console shows the refund counts as accepted, and a notification names it later', async () => {
    const here = await withNotices()
    const row = await lost(here, 'lose_answer_before_effect')
    here.clock.advance(10 * MINUTE_MS)
    const decided = unwrap(await asChecker(here, 'row.decideOurs', { rowId: row.rowId, reason: 'KICC 화면에 있음' }))
    expect(decided.row.state).toBe('accepted')
    const before = await here.desk.call('payment.get', { paymentId: row.paymentId })
    expect(before).toMatchObject({ cancelled: row.amount, pgBalance: 0, drift: false })
    const body = {
      resCd: '0000',
      mallId: 'T0000001',
      notiType: '20',
      pgCno: payment(here, (each) => each.shopOrderNo === row.orderNo).pgCno,
      shopOrderNo: row.orderNo,
      transactionDate: '20261121121500',
      statusCode: 'RF01',
      cancelPgCno: '52026112112150000001',
      cancelAmount: String(row.amount),
      cancelRemainAmount: '0',
    }
    await importBodies(here, [body])
    const after = await here.desk.call('payment.get', { paymentId: row.paymentId })
    expect(after).toMatchObject({ cancelled: row.amount, pgBalance: 0, drift: false })
    expect(after.theirs).toHaveLength(1)
  })
})

describe('what somebody else refunds at KICC', () => {
  it('is a mismatch as soon as its notification is imported, and stops a waiting row', async () => {
    const here = await withNotices()
    const { shopOrderNo, amount, pgCno } = payment(here, (each) => isPlain(each) && each.mallId === 'T0000001')
    await importBodies(here, [
      {
        resCd: '0000',
        mallId: 'T0000001',
        notiType: '20',
        pgCno,
        shopOrderNo,
        transactionDate: '20261121110000',
        cancelPgCno: '52026112111000000001',
        cancelAmount: '1000',
        cancelRemainAmount: String(amount - 1000),
      },
    ])
    expect((await here.desk.call('drift.list', { state: 'open', offset: 0, limit: 5 })).total).toBe(1)
    const row = firstOf(await refund(here, PLAIN, `${shopOrderNo},${amount},${ACCOUNT}`))
    expect(row.state).toBe('stopped-drift')
    expect(here.books.kicc.refunds()).toEqual([])
  })

  it('may be dismissed by a checker: what KICC is believed to have told is corrected, and refunds go on', async () => {
    const here = await withNotices()
    const { shopOrderNo, amount, pgCno } = payment(here, (each) => isPlain(each) && each.mallId === 'T0000001')
    const head = { resCd: '0000', mallId: 'T0000001', notiType: '20', pgCno, shopOrderNo }
    // A line of another shop's log, as it looks.
    const wrong = {
      ...head,
      transactionDate: '20261121110000',
      cancelPgCno: '52026112111000000001',
      cancelAmount: '1000',
    }
    await importBodies(here, [wrong])
    const [drift] = (await here.desk.call('drift.list', { state: 'open', offset: 0, limit: 5 })).rows
    unwrap(await asChecker(here, 'drift.dismiss', { caseId: drift?.caseId ?? expect.fail('a case'), reason: '오류' }))
    expect((await here.desk.call('drift.list', { state: 'open', offset: 0, limit: 5 })).total).toBe(0)
    const row = firstOf(await refund(here, PLAIN, `${shopOrderNo},${amount},${ACCOUNT}`))
    expect(row.state).toBe('accepted')
    expect((await here.desk.call('drift.list', { state: 'open', offset: 0, limit: 5 })).total).toBe(0)
  })
})

describe('a refusal of KICC', () => {
  it('is believed where it came as the answer and stays the same after ten quiet minutes, never before', async () => {
    const here = await withNotices()
    const { shopOrderNo, amount } = payment(here, (each) => isPlain(each) && each.mallId === 'T0000002')
    // KICC's own check: the account is not its holder's.
    const row = firstOf(await refund(here, PLAIN, `${shopOrderNo},${amount},국민은행,99900000009913,정가온`))
    expect(row.state).toBe('needs-look')
    here.clock.advance(9 * MINUTE_MS)
    const early = await here.desk.call('row.look', { rowId: row.rowId })
    expect([early.row.state, early.attempts[0]?.evidence.at(-1)?.what]).toEqual(['needs-look', 'request-refused'])
    here.clock.advance(2 * MINUTE_MS)
    const late = await here.desk.call('row.look', { rowId: row.rowId })
    expect([late.row.state, late.attempts[0]?.evidence.at(-1)?.what]).toEqual(['failed', 'refusal-confirmed'])
    expect(here.books.kicc.refunds().filter(({ state }) => state !== 'rejected')).toEqual([])
  })

  it('is evidence only where the answer to the request itself was lost', async () => {
    const here = await withNotices()
    here.pg.setScenario({ rules: [{ kind: 'lose_answer_before_effect', path: REVISE }] })
    const { shopOrderNo, amount } = payment(here, (each) => isPlain(each) && each.mallId === 'T0000001')
    const row = firstOf(await refund(here, PLAIN, `${shopOrderNo},${amount},${ACCOUNT}`))
    here.pg.setScenario({ rules: [{ kind: 'refuse', path: '/api/trades/retrieveTransaction', count: 0 }] })
    here.clock.advance(11 * MINUTE_MS)
    const looked = await here.desk.call('row.look', { rowId: row.rowId })
    expect(looked.row.state).toBe('needs-look')
    expect(looked.attempts[0]?.evidence.at(-1)?.what).not.toBe('refusal-confirmed')
  })
})
