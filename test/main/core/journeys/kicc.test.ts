import { describe, expect, it } from 'vitest'
import type { NoticesReport } from '../../../../src/contract/pg'
import type { RowView } from '../../../../src/contract/views'
import type { FaultRule } from '../../../../src/practice/scenario'
import { sampleFiles } from '../../../../src/practice/shop/sample-files'
import { everyPgDesk, rowsOf, until, type Desk } from '../../../support/open-desk'
import { TEST_DAY, unwrap } from '../../../support/open-test-core'

const DAY_MS = 24 * 60 * 60 * 1000
const REVISE = '/api/trades/revise'

function sample(name: string): string {
  return sampleFiles(TEST_DAY).find((file) => file.name === name)?.text ?? expect.fail(`no sample ${name}`)
}

/** The merchant's log as it is now. */
async function importLog({ desk, pg }: Desk): Promise<NoticesReport> {
  const lines = pg.kiccNotices().map(({ body }) => JSON.stringify(body))
  return importText(desk, lines.join('\n'))
}

async function importText(desk: Desk['desk'], text: string, name = '알림.jsonl'): Promise<NoticesReport> {
  const file = { name, bytes: new TextEncoder().encode(text) }
  return unwrap(await desk.core.command('shell.importNotices', { session: desk.maker, file }))
}

/** The rows of the KICC sample that name these orders, approved and settled. */
async function refund(desk: Desk['desk'], wanted: (orderNo: string, line: number) => boolean): Promise<RowView[]> {
  const [header = '', ...lines] = sample('환불요청-KICC.csv').split('\r\n')
  const chosen = lines.filter((line, at) => line !== '' && wanted(line.split(',')[0] ?? '', at))
  const draft = await desk.importText([header, ...chosen].join('\r\n'))
  const batch = await desk.call('batch.create', { draftId: draft.draftId, name: 'KICC', duplicatesIntended: true })
  await desk.call('batch.check', { batchId: batch.batchId })
  await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
  unwrap(await desk.approve(batch.batchId))
  await desk.settled(batch.batchId)
  return rowsOf(desk, batch.batchId)
}

const kiccRefunds = ({ books }: Desk) => books.kicc.refunds().filter(({ state }) => state !== 'rejected')

describe('payments of KICC', () => {
  it('come by its notifications, once', async () => {
    const here = await everyPgDesk()
    const first = await importLog(here)
    expect(first).toMatchObject({ problemsAll: 0, cancelsNew: 0, paidOut: 0, payoutFailed: 0 })
    expect(first.paymentsNew).toBeGreaterThan(15)
    const again = await importLog(here)
    expect(again).toMatchObject({ paymentsNew: 0, ignored: 0, known: first.lines, problemsAll: 0 })
  })

  it('are read from a table and from a list as well', async () => {
    const here = await everyPgDesk()
    const bodies = here.pg.kiccNotices().map(({ body }) => body as Record<string, string | undefined>)
    const list = await importText(here.desk, JSON.stringify(bodies), '알림.json')
    expect(list.problemsAll).toBe(0)
    const names = [...new Set(bodies.flatMap((body) => Object.keys(body)))]
    const cell = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')
    const rows = bodies.map((body) => names.map((name) => cell(body[name])).join(','))
    const table = await importText(here.desk, [names.join(','), ...rows].join('\n'), '알림.csv')
    expect(table).toMatchObject({ problemsAll: 0, known: list.lines, paymentsNew: 0 })
  })

  it('of a merchant without a channel are told and can be imported later', async () => {
    const here = await everyPgDesk()
    const line = JSON.stringify({ ...here.pg.kiccNotices()[0]?.body, mallId: 'T9999999' })
    const report = await importText(here.desk, `${line}\nnot json {\n`)
    expect(report.problems.map(({ line: at, problem }) => [at, problem.code])).toEqual([
      [1, 'notice-unknown-merchant'],
      [2, 'notice-unreadable'],
    ])
  })
})

describe('a refund file that came before the notifications', () => {
  it('says how many payments are unknown, and how many have come in since', async () => {
    const here = await everyPgDesk()
    const { desk } = here
    const text = sample('환불요청-KICC.csv')
    const before = await desk.importText(text)
    expect(before).toMatchObject({ rowsUnknown: before.rowsAll, rowsFine: 0, paymentsSince: 0 })
    const { paymentsNew } = await importLog(here)
    const { draftId, encoding } = before
    expect(await desk.call('import.draft', { draftId })).toMatchObject({ paymentsSince: paymentsNew })
    const after = await desk.call('import.reread', { draftId, encoding })
    expect(after).toMatchObject({ rowsUnknown: 0, rowsFine: after.rowsAll, paymentsSince: 0 })
  })

  it('is no log of notifications itself', async () => {
    const { desk } = await everyPgDesk()
    for (const text of [sample('환불요청-KICC.csv'), '알림을 보내 드립니다', '[1, 2']) {
      const file = { name: '환불.csv', bytes: new TextEncoder().encode(text) }
      const answer = await desk.core.command('shell.importNotices', { session: desk.maker, file })
      expect(answer).toMatchObject({ ok: false, problem: { code: 'file-not-notices' } })
    }
  })
})

describe('refunds over KICC', () => {
  it('are accepted, then paid or sent back as the notifications tell', async () => {
    const here = await everyPgDesk()
    const { desk, clock } = here
    await importLog(here)
    const rows = await refund(desk, () => true)
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'accepted'))
    expect(here.books.alarms()).toEqual([])
    expect(kiccRefunds(here)).toHaveLength(rows.length)
    const [batch] = (await desk.call('batch.list', { states: [], offset: 0, limit: 1 })).rows
    const view = await desk.call('batch.get', { batchId: batch?.batchId ?? expect.fail('a batch') })
    expect(view.channels.map(({ pg, rows: count }) => [pg, count])).toEqual([
      ['kicc', expect.any(Number)],
      ['kicc', expect.any(Number)],
    ])

    clock.advance(4 * DAY_MS)
    const told = await importLog(here)
    expect(told.problemsAll).toBe(0)
    const after = await rowsOf(desk, view.batchId)
    const states = Object.groupBy(after, ({ state }) => state)
    const sentBack = here.books.kicc.refunds().filter(({ state }) => state === 'bounced')
    expect(states['payout-failed']?.length).toBe(sentBack.length)
    expect(sentBack.length).toBeGreaterThan(0)
    expect(told.payoutFailed).toBe(sentBack.length)
    // Rejected in silence: nothing is notified, so the row stays and is overdue.
    const silent = here.books.kicc.refunds().filter(({ state }) => state === 'rejected')
    expect(states['paid-out']?.length).toBe(rows.length - sentBack.length - silent.length)
    expect(states['accepted']?.length).toBe(silent.length)
    expect((await desk.call('row.overdue', { offset: 0, limit: 10 })).total).toBe(silent.length)
    // What came back can be refunded again, and both sides agree on it.
    const { total } = await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })
    expect(total).toBe(0)
    const [failed] = states['payout-failed'] ?? []
    const payment = await desk.call('payment.get', { paymentId: failed?.paymentId ?? expect.fail('one came back') })
    expect(payment.promisable).toBe(payment.paid)
  })

  it('that lose their answer are found by their key, and never sent twice', async () => {
    const here = await everyPgDesk()
    const { desk, pg } = here
    await importLog(here)
    const rules: FaultRule[] = [{ kind: 'lose_answer_after_effect', path: REVISE, count: 2 }]
    pg.setScenario({ rules })
    const rows = await refund(desk, (_orderNo, line) => line < 4)
    expect(rows.some(({ state }) => state === 'needs-look')).toBe(true)
    here.clock.advance(10_000)
    for (const { rowId, state } of rows) if (state === 'needs-look') await desk.call('row.look', { rowId })
    const after = await rowsOf(desk, rows[0]?.batchId ?? expect.fail('a row'))
    expect(after.map(({ state }) => state)).toEqual(after.map(() => 'accepted'))
    expect(kiccRefunds(here)).toHaveLength(rows.length)
    expect(here.books.alarms()).toEqual([])
  })

  it('that KICC itself is unsure about are asked for with the flag', async () => {
    const here = await everyPgDesk()
    const { desk, pg } = here
    await importLog(here)
    pg.setScenario({ rules: [{ kind: 'kicc_vtim', path: REVISE, effect: true }] })
    const rows = await refund(desk, (_orderNo, line) => line === 0)
    const [row] = rows
    expect(row?.state).toBe('needs-look')
    here.clock.advance(10_000)
    await desk.call('row.look', { rowId: row?.rowId ?? expect.fail('a row') })
    await until(
      async () => (await rowsOf(desk, row?.batchId ?? expect.fail('a row')))[0]?.state === 'accepted',
      'accepted',
    )
    expect(kiccRefunds(here)).toHaveLength(1)
    expect(here.books.alarms()).toEqual([])
  })

  it('that never arrived are decided by a person, within the days in which KICC answers', async () => {
    const here = await everyPgDesk()
    const { desk, pg, clock } = here
    await importLog(here)
    pg.setScenario({ rules: [{ kind: 'lose_answer_before_effect', path: REVISE }] })
    const [row] = await refund(desk, (_orderNo, line) => line === 0)
    if (row === undefined) expect.fail('a row')
    const { rowId } = row
    expect(row.state).toBe('needs-look')
    // Until the end of the next Seoul day.
    expect(row.lookUntilMs).toBe(Date.parse('2026-11-23T00:00:00+09:00'))
    clock.advance(11 * 60_000)
    const looked = await desk.call('row.look', { rowId })
    expect(looked.row.state).toBe('needs-look')
    expect(looked.attempts[0]?.evidence.at(-1)?.what).toBe('request-not-found')
    clock.set(Date.parse('2026-11-23T00:00:00+09:00'))
    const closed = await desk.call('row.look', { rowId })
    expect(closed.attempts[0]?.evidence.at(-1)?.what).toBe('look-up-closed')
    expect(kiccRefunds(here)).toHaveLength(0)
  })

  it.each([
    ['payment', 1],
    ['account, of another deposit', 2],
  ])('that never arrived are not taken for an earlier refund of the same %s', async (_what, deposits) => {
    const here = await everyPgDesk()
    const { desk, pg } = here
    // Real-time payments, at KICC's second merchant: the question about a lost refund finds the last one of its amount.
    const payment = here.books.kicc
      .accounts()
      .map((account) => account.payment)
      .findLast((each) => {
        const { mallId, tax, basket, escrow } = each
        return (
          mallId === 'T0000002' && each.deposits.length === deposits && tax === null && basket.length === 0 && !escrow
        )
      })
    if (payment === undefined) expect.fail('a payment')
    await importLog(here)
    const line = (account: string, place: number) =>
      [payment.deposits[place % deposits]?.pgCno, 1000, '국민은행', account, payment.customerName, '고객 변심'].join(
        ',',
      )
    const header = '거래번호,환불금액,은행,계좌번호,예금주,환불사유'
    pg.setScenario({ rules: [{ kind: 'lose_answer_before_effect', path: REVISE, nth: 2 }] })
    const draft = await desk.importText([header, line('99900000000011', 0), line('99900000000022', 1)].join('\r\n'))
    const { batchId } = await desk.call('batch.create', {
      draftId: draft.draftId,
      name: '둘',
      duplicatesIntended: true,
    })
    await desk.call('batch.submit', { batchId, withoutBlocked: false })
    unwrap(await desk.approve(batchId))
    await until(async () => (await rowsOf(desk, batchId)).some(({ state }) => state === 'accepted'), 'the first')
    here.clock.advance(60_000)
    await desk.call('run.pause', {})
    await desk.call('run.resume', {})
    await until(async () => (await rowsOf(desk, batchId)).some(({ state }) => state === 'needs-look'), 'the second')
    const lost = (await rowsOf(desk, batchId)).find(({ state }) => state === 'needs-look')
    if (lost === undefined) expect.fail('a lost refund')
    here.clock.advance(10_000)
    const looked = await desk.call('row.look', { rowId: lost.rowId })
    expect(looked.row.state).toBe('needs-look')
    expect(looked.attempts.at(-1)?.evidence.at(-1)?.what).toBe('request-unsettled')
    expect(kiccRefunds(here)).toHaveLength(1)
  })
})
