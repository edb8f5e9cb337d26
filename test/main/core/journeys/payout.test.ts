import { rmSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { RowView } from '../../../../src/contract/views'
import { KstDateSchema, type KstDate } from '../../../../src/domain/time'
import { anchorFileOf } from '../../../../src/main/core/ledger/anchor'
import { approvedBatch, openDesk, rowsOf, until, type Desk } from '../../../support/open-desk'
import { sampleShop } from '../../../../src/practice/shop/sample-shop'
import { openTestCore, sampleText, TEST_DAY, unwrap } from '../../../support/open-test-core'

const day = (text: string): KstDate => v.parse(KstDateSchema, text)
const kst = (text: string): number => Date.parse(`${text}+09:00`)

/** The sample's first rows, accepted on Saturday 2026-11-21. */
async function paidRows(test: Desk, rows = 12): Promise<{ batchId: RowView['batchId']; rows: RowView[] }> {
  const batch = await approvedBatch(test.desk, rows)
  await test.desk.settled(batch.batchId)
  return { batchId: batch.batchId, rows: await rowsOf(test.desk, batch.batchId) }
}

/** An approved batch of one refund to an account, of a payment of this PG. */
async function approvedAt({ desk }: Desk, provider: string): Promise<RowView['batchId']> {
  const [header = ''] = sampleText('fine').split('\r\n')
  const payment = sampleShop(TEST_DAY).find(
    (one) =>
      one.pgProvider === provider &&
      one.payMethod === 'vbank' &&
      one.status === 'paid' &&
      one.cancels.length === 0 &&
      one.taxFree === 0 &&
      !one.sandbox &&
      !one.escrow,
  )
  if (payment === undefined) throw new Error(`the shop has no payment of ${provider}`)
  const { merchantUid, impUid, amount, buyerName } = payment
  const draft = await desk.importText(
    `${header}\r\n${merchantUid},${impUid},${amount},국민은행,99901234567890,${buyerName},,고객 변심`,
  )
  const batch = await desk.call('batch.create', { draftId: draft.draftId, name: '한 건', duplicatesIntended: false })
  await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
  unwrap(await desk.approve(batch.batchId))
  return batch.batchId
}

const dueRows = (rows: readonly RowView[]): RowView[] => rows.filter((row) => row.dueOn !== null)

describe('when the money arrives', () => {
  it('is stored with the acceptance: the next business day for a virtual account, nothing for a card', async () => {
    const test = await openDesk()
    const { rows } = await paidRows(test, 24)
    const accepted = rows.filter((row) => row.state === 'accepted')
    expect(accepted.length).toBe(23)
    for (const row of accepted) {
      expect([row.method, row.dueOn], row.orderNo).toEqual([
        row.method,
        row.method === 'virtual-account' ? '2026-11-23' : null,
      ])
      expect(row.overdue).toBe(false)
    }
    expect(dueRows(accepted).length).toBeGreaterThan(5)
    // What the PG has not shown yet has no date.
    expect(rows.filter((row) => row.state === 'pg-processing').map((row) => row.dueOn)).toEqual([null])
  })

  it('makes a row overdue at midnight in Seoul after the due day, without a write, until somebody saw the money', async () => {
    const test = await openDesk()
    const { desk, clock } = test
    const { batchId, rows } = await paidRows(test)
    const due = dueRows(rows)
    const overdue = async (): Promise<readonly [number, number]> => [
      (await desk.call('row.overdue', { offset: 0, limit: 100 })).total,
      (await desk.call('home.today', {})).overdue.count,
    ]
    const before = (await desk.call('audit.list', { offset: 0, limit: 1 })).total
    clock.set(kst('2026-11-23T23:59:59'))
    expect(await overdue()).toEqual([0, 0])
    expect((await rowsOf(desk, batchId)).filter((row) => row.overdue)).toEqual([])
    clock.set(kst('2026-11-24T00:00:00'))
    expect(await overdue()).toEqual([due.length, due.length])
    expect((await desk.call('audit.list', { offset: 0, limit: 1 })).total).toBe(before)

    const list = await desk.call('row.overdue', { offset: 0, limit: 100 })
    expect(list.rows.map((row) => row.rowId)).toEqual(due.map((row) => row.rowId))
    expect(list.rows.every((row) => row.overdue && row.next === 'confirm-payout' && row.state === 'accepted')).toBe(
      true,
    )
    const home = await desk.call('home.today', {})
    expect(home.overdue.amount).toBe(due.reduce((sum, row) => sum + row.amount, 0))

    const [first] = list.rows
    if (first === undefined) throw new Error('a row is overdue')
    expect(await desk.ask('row.confirmPayout', { rowId: first.rowId, reason: '' })).toMatchObject({ ok: false })
    const told = await desk.call('row.confirmPayout', { rowId: first.rowId, reason: 'PG 정산 파일 11/24' })
    expect(told.row).toMatchObject({ state: 'paid-out', overdue: false, next: 'none', dueOn: '2026-11-23' })
    expect(await overdue()).toEqual([due.length - 1, due.length - 1])

    const file = unwrap(await desk.core.command('shell.resultFile', { session: desk.maker, batchId }))
    const [header = '', ...lines] = new TextDecoder().decode(file.bytes).replace('\uFEFF', '').split('\r\n')
    const names = header.split(',')
    const cells = lines.filter((line) => line !== '').map((line) => line.split(','))
    const column = (name: string): (string | undefined)[] => cells.map((line) => line[names.indexOf(name)])
    expect(column('입금예정일')).toEqual(rows.map((row) => row.dueOn ?? ''))
    expect(column('처리상태').filter((word) => word === '입금 예정일 지남')).toHaveLength(due.length - 1)
    expect(column('처리상태').filter((word) => word === '입금 완료')).toHaveLength(1)
  })

  it('is seven business days for Kiwoom Pay', async () => {
    const test = await openDesk()
    const batchId = await approvedAt(test, 'daou')
    await test.desk.settled(batchId)
    const [row] = await rowsOf(test.desk, batchId)
    expect(row).toMatchObject({ state: 'accepted', dueOn: '2026-12-01', next: 'confirm-payout' })
  })

  it('is not counted while the PG takes no refund at night; the row says from when it is sent', async () => {
    const test = await openDesk()
    test.clock.set(kst('2026-11-21T23:30:00'))
    const batchId = await approvedAt(test, 'ksnet')
    await until(async () => (await test.desk.call('run.state', {})).state === 'idle', 'idle')
    const [night] = await rowsOf(test.desk, batchId)
    expect(night).toMatchObject({ state: 'waiting', dueOn: null, sendFromMs: kst('2026-11-22T06:00:00') })
    test.clock.set(kst('2026-11-22T06:00:00'))
    expect((await rowsOf(test.desk, batchId))[0]?.sendFromMs).toBeNull()
  })

  it('is counted once for the rows of a ledger that had no dates, and again when the table is another', async () => {
    const test = await openDesk()
    const { desk, clock, pg } = test
    const { batchId, rows } = await paidRows(test)
    await desk.stop()
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(desk.ledgerFile)
    db.exec(`DELETE FROM payout_due; DELETE FROM setting WHERE key = 'payoutCountedBy'`)
    db.close()
    // Whoever changes a closed ledger takes its seal away as well.
    rmSync(anchorFileOf(desk.ledgerFile))
    const again = await openTestCore({ origin: pg.origin, ledgerFile: desk.ledgerFile, clock })
    expect((await rowsOf(again, batchId)).map((row) => row.dueOn)).toEqual(rows.map((row) => row.dueOn))
    await again.stop()

    const other = new Database(desk.ledgerFile)
    other.exec(`UPDATE payout_due SET due_on = '2026-12-31' WHERE due_on IS NOT NULL`)
    other.close()
    rmSync(anchorFileOf(desk.ledgerFile))
    // Counted by the same table: nothing is done.
    const same = await openTestCore({ origin: pg.origin, ledgerFile: desk.ledgerFile, clock })
    expect(dueRows(await rowsOf(same, batchId))[0]?.dueOn).toBe('2026-12-31')
    await same.stop()
    const older = new Database(desk.ledgerFile)
    older.exec(`UPDATE setting SET value = '"5.2026.0 1"' WHERE key = 'payoutCountedBy'`)
    older.close()
    rmSync(anchorFileOf(desk.ledgerFile))
    const newer = await openTestCore({ origin: pg.origin, ledgerFile: desk.ledgerFile, clock })
    expect((await rowsOf(newer, batchId)).map((row) => row.dueOn)).toEqual(rows.map((row) => row.dueOn))
  })
})

describe('the table of holidays', () => {
  it('tells its years, where it comes from, and nothing missing while next year is there', async () => {
    const { desk, clock } = await openDesk()
    const view = await desk.call('settings.holidays', {})
    expect(view).toMatchObject({ version: '5.2027.1', publishedOn: '2026-08-21', firstYear: 2018, lastYear: 2027 })
    expect(view.missingYear).toBeNull()
    expect(view.years.map((year) => [year.year, year.bundled])).toEqual([
      [2025, true],
      [2026, true],
      [2027, true],
    ])
    const labour = view.years[0]?.days.find((one) => one.day === '2025-05-01')
    expect(labour).toEqual({
      day: '2025-05-01',
      name: '근로자의 날',
      weekend: false,
      kind: 'bundled',
      by: null,
      atMs: null,
    })

    clock.set(kst('2027-09-30T23:59:59'))
    expect((await desk.call('home.today', {})).missingHolidayYear).toBeNull()
    clock.set(kst('2027-10-01T00:00:00'))
    expect((await desk.call('home.today', {})).missingHolidayYear).toBe(2028)
  })

  it('moves the due dates of unpaid rows with every change, and back', async () => {
    const test = await openDesk()
    const { desk } = test
    const { batchId, rows } = await paidRows(test)
    const [paid, ...open] = dueRows(rows)
    if (paid === undefined) throw new Error('a row is due')
    await desk.call('row.confirmPayout', { rowId: paid.rowId, reason: '고객 통화' })
    const dates = async (): Promise<readonly (string | null)[]> => {
      const now = await rowsOf(desk, batchId)
      return [paid, ...open].map(({ rowId }) => now.find((row) => row.rowId === rowId)?.dueOn ?? null)
    }
    const all = (on: string): string[] => open.map(() => on)
    const monday = day('2026-11-23')

    const added = await desk.call('settings.saveHoliday', { day: monday, act: 'close', name: '임시공휴일' })
    expect(added.years[1]?.days.find((one) => one.day === monday)).toMatchObject({
      name: '임시공휴일',
      kind: 'added',
      by: '김담당',
    })
    expect(await dates()).toEqual(['2026-11-23', ...all('2026-11-24')])
    await desk.call('settings.saveHoliday', { day: day('2026-11-24'), act: 'close', name: '임시공휴일' })
    expect(await dates()).toEqual(['2026-11-23', ...all('2026-11-25')])
    // A day after the due date, or before the acceptance, moves nothing.
    await desk.call('settings.saveHoliday', { day: day('2026-11-26'), act: 'close', name: '먼 날' })
    await desk.call('settings.saveHoliday', { day: day('2026-11-20'), act: 'close', name: '지난 날' })
    expect(await dates()).toEqual(['2026-11-23', ...all('2026-11-25')])
    await desk.call('settings.saveHoliday', { day: monday, act: 'restore', name: '' })
    expect(await dates()).toEqual(['2026-11-23', ...all('2026-11-23')])

    const record = (await desk.call('audit.list', { offset: 0, limit: 20 })).rows.filter(
      (line) => line.about.kind === 'holiday',
    )
    expect(record.map((line) => [line.action, line.about.name, line.who])).toEqual([
      ['holiday.restore', '2026-11-23', '김담당'],
      ['holiday.close', '2026-11-20', '김담당'],
      ['holiday.close', '2026-11-26', '김담당'],
      ['holiday.close', '2026-11-24', '김담당'],
      ['holiday.close', '2026-11-23', '김담당'],
    ])
    expect(record.map((line) => (JSON.parse(line.detail) as { moved: number }).moved)).toEqual([
      open.length,
      0,
      0,
      open.length,
      open.length,
    ])
  })

  it('strikes a holiday out, keeps it so over a restart, and puts it back', async () => {
    const { desk, pg, clock } = await openDesk()
    const christmas = day('2026-12-25')
    const kindOf = async (core: typeof desk): Promise<string | undefined> =>
      (await core.call('settings.holidays', {})).years[1]?.days.find((one) => one.day === christmas)?.kind
    await desk.call('settings.saveHoliday', { day: christmas, act: 'strike', name: '' })
    expect(await kindOf(desk)).toBe('struck')
    await desk.stop()
    const again = await openTestCore({ origin: pg.origin, ledgerFile: desk.ledgerFile, clock })
    expect(await kindOf(again)).toBe('struck')
    await again.call('settings.saveHoliday', { day: christmas, act: 'restore', name: '' })
    expect(await kindOf(again)).toBe('bundled')
  })

  it.each([
    ['2026-02-30', 'close', 'x', 'date-unreadable'],
    ['2017-12-31', 'close', 'x', 'date-unreadable'],
    ['2030-01-01', 'close', 'x', 'date-unreadable'],
    ['2026-12-24', 'close', '', 'name-missing'],
    ['2026-12-25', 'close', 'x', 'holiday-closed-already'],
    ['2026-12-26', 'close', 'x', 'holiday-closed-already'],
    ['2028-05-01', 'close', 'x', 'holiday-closed-already'],
    ['2026-12-24', 'strike', '', 'not-found'],
    ['2026-12-25', 'restore', '', 'not-found'],
  ] as const)('refuses %s %s "%s": %s', async (text, act, name, code) => {
    const { desk } = await openDesk()
    expect(await desk.ask('settings.saveHoliday', { day: day(text), act, name })).toEqual({
      ok: false,
      problem: { code },
    })
    const { rows } = await desk.call('audit.list', { offset: 0, limit: 20 })
    expect(rows.some((line) => line.about.kind === 'holiday')).toBe(false)
  })

  it('is changed by an administrator only, and read by everybody', async () => {
    const { desk } = await openDesk()
    const checker = unwrap(
      await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' }),
    ).session
    const input = { day: day('2026-12-24'), act: 'close', name: 'x' } as const
    expect(await desk.core.command('settings.saveHoliday', { session: checker, input })).toMatchObject({
      ok: false,
      problem: { code: 'role-missing' },
    })
    expect((await desk.core.command('settings.holidays', { session: checker, input: {} })).ok).toBe(true)
    expect((await desk.core.command('settings.holidays', { session: null, input: {} })).ok).toBe(false)
  })
})
