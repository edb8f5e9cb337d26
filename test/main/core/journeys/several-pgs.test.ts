import { describe, expect, it } from 'vitest'
import type { ChannelView, RowView } from '../../../../src/contract/views'
import { FIRST_OPTIONS } from '../../../../src/domain/channel-options'
import type { CoreChannel } from '../../../../src/main/core/port'
import type { ChannelInput, ChannelOutput } from '../../../../src/contract/channels'
import type { Problem } from '../../../../src/domain/problem'
import type { Result } from '../../../../src/domain/result'
import { everyPgDesk, rowsOf, type Desk } from '../../../support/open-desk'
import { sampleText, unwrap } from '../../../support/open-test-core'

const HEADER = '주문번호,환불금액,은행,계좌번호,예금주'
const ACCOUNT = '국민은행,99900000000011,정가온'

async function withNotices(): Promise<Desk> {
  const here = await everyPgDesk()
  await here.desk.call('sync.start', { days: 90 })
  await importLog(here)
  return here
}

async function importLog({ desk, pg }: Desk): Promise<void> {
  const text = pg
    .kiccNotices()
    .map(({ body }) => JSON.stringify(body))
    .join('\n')
  const file = { name: '알림.jsonl', bytes: new TextEncoder().encode(text) }
  unwrap(await desk.core.command('shell.importNotices', { session: desk.maker, file }))
}

async function refund({ desk }: Desk, ...lines: readonly string[]): Promise<RowView[]> {
  const draft = await desk.importText([HEADER, ...lines].join('\r\n'))
  expect(draft.rowsWithErrors).toBe(0)
  const batch = await desk.call('batch.create', { draftId: draft.draftId, name: '묶음', duplicatesIntended: true })
  await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
  unwrap(await desk.approve(batch.batchId))
  await desk.settled(batch.batchId)
  return rowsOf(desk, batch.batchId)
}

/** Calls as the checker, who signs in for it. */
async function asChecker<C extends CoreChannel>(
  { desk }: Desk,
  channel: C,
  input: ChannelInput<C>,
): Promise<Result<ChannelOutput<C>, Problem>> {
  const { core, checker } = desk
  const opened = unwrap(await core.command('shell.openSession', { personId: checker.personId, pin: '2222' }))
  return core.command(channel, { session: opened.session, input })
}

/** The plain payments of one KICC merchant that were deposited once, the newest first. */
const kiccOrders = ({ books }: Desk, mallId: string, wanted: { readonly receipt?: string } = {}): string[] =>
  books.kicc
    .accounts()
    .filter(({ payment }) => {
      const plain = payment.deposits.length === 1 && !payment.escrow && payment.tax === null
      return plain && payment.basket.length === 0 && payment.mallId === mallId
    })
    .filter(({ payment }) => payment.cashReceipt === (wanted.receipt ?? 'none'))
    .map(({ payment }) => `${payment.shopOrderNo},${payment.amount}`)
    .toReversed()

const firstOf = <T>(rows: readonly T[]): T => rows[0] ?? expect.fail('there is one')

describe('a batch over several PGs', () => {
  it('is told channel by channel, with the last day on which its money is due', async () => {
    const here = await withNotices()
    const v1 = (sampleText('fine').split('\r\n')[2] ?? '').split(',')
    const rows = await refund(
      here,
      `${v1[0]},${v1[2]},${v1[3]},${v1[4]},${v1[5]}`,
      `${firstOf(kiccOrders(here, 'T0000001'))},${ACCOUNT}`,
      `${firstOf(kiccOrders(here, 'T0000002'))},${ACCOUNT}`,
      'order-practice-0001,1000,,,',
    )
    expect(rows.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
    const { channels } = await here.desk.call('batch.get', { batchId: firstOf(rows).batchId })
    expect(
      channels
        .map(({ pg, rows: count, taken, failed, dueOn }) => [pg, count, taken.count, failed.count, dueOn])
        .toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    ).toEqual([
      ['kicc', 1, 1, 0, '2026-11-23'],
      ['kicc', 1, 1, 0, '2026-11-23'],
      ['portone-v1', 1, 1, 0, '2026-11-23'],
      ['portone-v2', 1, 1, 0, null],
    ])
  })
})

describe('a payout that a person saw come back', () => {
  it('is stated by a checker with a reason, and its amount can be refunded anew', async () => {
    const here = await withNotices()
    const line = `${firstOf(kiccOrders(here, 'T0000001'))},${ACCOUNT}`
    const row = firstOf(await refund(here, line))
    const input = { rowId: row.rowId, reason: 'KICC 관리자 화면에서 거절을 봄' }
    expect(await here.desk.ask('row.payoutFailed', input)).toMatchObject({ problem: { code: 'role-missing' } })
    expect(await asChecker(here, 'row.payoutFailed', { ...input, reason: '' })).toMatchObject({
      problem: { code: 'reason-missing' },
    })
    const told = unwrap(await asChecker(here, 'row.payoutFailed', input))
    expect(told.row).toMatchObject({ state: 'payout-failed', next: 'new-row' })
    expect(told.payouts).toMatchObject([{ kind: 'payout-failed', by: '이승인', note: input.reason }])
    expect(await asChecker(here, 'row.payoutFailed', input)).toMatchObject({ problem: { code: 'batch-wrong-state' } })
    expect((await here.desk.call('home.today', {})).payoutFailed).toEqual({ count: 1, amount: row.amount })
    const payment = await here.desk.call('payment.get', { paymentId: row.paymentId })
    expect(payment).toMatchObject({ promisable: payment.paid, drift: false })

    const again = await here.desk.importText([HEADER, line].join('\r\n'))
    // Whoever approves it sees that the same refund came back once.
    expect(again).toMatchObject({ rowsWithErrors: 0, rowsDuplicate: 1 })
  })

  it('is no word for a card, nor for a row that was not accepted', async () => {
    const here = await withNotices()
    const row = firstOf(await refund(here, 'order-practice-0001,1000,,,'))
    expect(await asChecker(here, 'row.payoutFailed', { rowId: row.rowId, reason: 'x' })).toMatchObject({
      problem: { code: 'batch-wrong-state' },
    })
  })
})

describe('a cash receipt that was not cancelled', () => {
  it('is a task of its own until somebody has done it', async () => {
    const here = await withNotices()
    const orders = [
      ...kiccOrders(here, 'T0000001', { receipt: 'fails' }),
      ...kiccOrders(here, 'T0000002', { receipt: 'fails' }),
    ]
    const row = firstOf(await refund(here, `${firstOf(orders)},${ACCOUNT}`))
    expect(row.state).toBe('accepted')
    expect((await here.desk.call('home.today', {})).followUps).toBe(1)
    const { rows } = await here.desk.call('followUp.list', { offset: 0, limit: 10 })
    const [task] = rows
    expect(task).toMatchObject({ kind: 'cash-receipt', row: { rowId: row.rowId } })
    expect(task?.detail).not.toBe('')
    const { followUpId } = task ?? expect.fail('a task')
    expect(await here.desk.ask('followUp.done', { followUpId, reason: '' })).toMatchObject({
      problem: { code: 'reason-missing' },
    })
    await here.desk.call('followUp.done', { followUpId, reason: '국세청에서 취소함' })
    expect((await here.desk.call('home.today', {})).followUps).toBe(0)
    expect(await here.desk.ask('followUp.done', { followUpId, reason: '또' })).toMatchObject({
      problem: { code: 'not-found' },
    })
  })
})

describe('the rules of a channel', () => {
  const channelOf = async ({ desk }: Desk, pg: ChannelView['pg']): Promise<ChannelView> =>
    (await desk.call('settings.channels', {})).find((each) => each.pg === pg) ?? expect.fail('a channel')

  it('are those of the PGs behind it, and may be set aside only with a reason and where a contract decides', async () => {
    const here = await withNotices()
    const { channelId } = await channelOf(here, 'portone-v1')
    const rules = await here.desk.call('settings.rules', { channelId })
    expect(rules.length).toBeGreaterThan(10)
    const change = (ruleId: string, reason = '특약') =>
      here.desk.ask('settings.overrideRule', { channelId, ruleId, overridden: true, reason })
    expect(await change('portone/mobile-full-only', '')).toMatchObject({ problem: { code: 'reason-missing' } })
    expect(await change('of/tomorrow')).toMatchObject({ problem: { code: 'rule-unknown' } })
    expect(await change('portone/account-max')).toMatchObject({ problem: { code: 'rule-not-overridable' } })
    const changed = unwrap(await change('portone/mobile-full-only'))
    expect(changed.find(({ ruleId }) => ruleId === 'portone/mobile-full-only')?.override).toMatchObject({
      by: '김담당',
      reason: '특약',
    })
    const restored = unwrap(
      await here.desk.ask('settings.overrideRule', {
        channelId,
        ruleId: 'portone/mobile-full-only',
        overridden: false,
        reason: '계약 끝남',
      }),
    )
    expect(restored.every(({ override }) => override === null)).toBe(true)
  })

  it('are the same for import, dry run and sending, set aside or not', async () => {
    const here = await withNotices()
    const { channelId } = await channelOf(here, 'portone-v1')
    // A mobile payment of this month, refunded in part.
    const { rows } = await here.desk.call('payment.search', { text: '', offset: 0, limit: 400 })
    // KSNET refuses every partial refund of a mobile payment, whatever the contract.
    const found = rows.find(
      ({ provider, method, paidAtMs, status, promisable }) =>
        provider !== 'ksnet' &&
        method === 'mobile' &&
        status === 'paid' &&
        promisable > 2000 &&
        (paidAtMs ?? 0) > Date.parse('2026-11-01T00:00:00+09:00'),
    )
    const mobile = found ?? expect.fail('a mobile payment')
    const line = `${mobile.orderNo},1000,,,`
    const codes = async (): Promise<string[]> => {
      const draft = await here.desk.importText([HEADER, line].join('\r\n'))
      const page = await here.desk.call('import.rows', { draftId: draft.draftId, filter: 'all', offset: 0, limit: 1 })
      return firstOf(page.rows).problems.map(({ code }) => code)
    }
    expect(await codes()).toContain('rule-partial-not-allowed')
    const ruleId = (await here.desk.call('settings.rules', { channelId })).find(
      ({ kind, methods, provider }) =>
        kind === 'full-only' && methods.includes('mobile') && provider === mobile.provider,
    )?.ruleId
    await here.desk.call('settings.overrideRule', { channelId, ruleId: ruleId ?? '', overridden: true, reason: '특약' })
    expect(await codes()).toEqual(['rule-overridden'])
    const row = firstOf(await refund(here, line))
    // Past the book, the PG has its own say.
    expect(['accepted', 'needs-look', 'failed']).toContain(row.state)
  })
})

describe('channels', () => {
  it('are added with nothing ordered, and then refuse what a contract must allow first', async () => {
    const here = await withNotices()
    const { desk } = here
    const added = await desk.call('settings.addChannel', { pg: 'kicc', name: '셋째 상점' })
    expect(added).toMatchObject({ options: FIRST_OPTIONS.kicc, keys: [{ name: 'secretKey' }] })
    expect(await desk.ask('settings.addChannel', { pg: 'kicc', name: '셋째 상점' })).toMatchObject({
      problem: { code: 'channel-name-taken' },
    })
    const { channelId, name, parallel } = added
    const options = { ...FIRST_OPTIONS.kicc, merchantId: 'T0000001' }
    expect(await desk.ask('settings.saveChannel', { channelId, name, parallel, options })).toMatchObject({
      problem: { code: 'merchant-taken', values: { channel: 'KICC 정산환불' } },
    })
    const free = { ...options, merchantId: 'T0000009' }
    await desk.call('settings.saveChannel', { channelId, name, parallel, options: free })
    const body = {
      ...here.pg.kiccNotices().find(({ body: { notiType } }) => notiType === '30')?.body,
      mallId: 'T0000009',
    }
    const file = { name: '', bytes: new TextEncoder().encode(JSON.stringify({ ...body, shopOrderNo: 'NEW-1' })) }
    unwrap(await desk.core.command('shell.importNotices', { session: desk.maker, file }))
    const draft = await desk.importText([HEADER, `NEW-1,1000,${ACCOUNT}`].join('\r\n'))
    const page = await desk.call('import.rows', { draftId: draft.draftId, filter: 'all', offset: 0, limit: 1 })
    expect(firstOf(page.rows).problems.map(({ code }) => code)).toContain('rule-service-missing')
  })

  it('keep their merchant once payments came from it: the same ones would come in again as others', async () => {
    const { desk } = await withNotices()
    const channels = await desk.call('settings.channels', {})
    const kicc = channels.find(({ options }) => options.pg === 'kicc' && options.merchantId === 'T0000001')
    if (kicc?.options.pg !== 'kicc') expect.fail('a channel of KICC')
    const { channelId, name, parallel, options } = kicc
    const save = { channelId, name, parallel }
    const moved = { ...options, merchantId: 'T0000009' }
    expect(await desk.ask('settings.saveChannel', { ...save, options: moved })).toMatchObject({
      problem: { code: 'channel-has-payments' },
    })
    expect(await desk.ask('settings.saveChannel', { ...save, options })).toMatchObject({ ok: true })
  })

  it('that both have an order are told apart by nobody but the person', async () => {
    const here = await withNotices()
    const [line = ''] = kiccOrders(here, 'T0000001')
    const [orderNo = ''] = line.split(',')
    const body = here.pg
      .kiccNotices()
      .find((each) => each.body['notiType'] === '30' && each.body['mallId'] === 'T0000002')
    const twin = { ...body?.body, shopOrderNo: orderNo, pgCno: '99999999999999999999' }
    const file = { name: '', bytes: new TextEncoder().encode(JSON.stringify(twin)) }
    unwrap(await here.desk.core.command('shell.importNotices', { session: here.desk.maker, file }))
    const draft = await here.desk.importText([HEADER, `${orderNo},1000,${ACCOUNT}`].join('\r\n'))
    const page = await here.desk.call('import.rows', { draftId: draft.draftId, filter: 'all', offset: 0, limit: 1 })
    expect(firstOf(page.rows).problems.map(({ code }) => code)).toContain('payment-ambiguous')
  })

  it('prove address and clock without moving money', async () => {
    const here = await withNotices()
    for (const { channelId, pg } of await here.desk.call('settings.channels', {})) {
      expect(await here.desk.ask('settings.testChannel', { channelId }), pg).toMatchObject({ ok: true })
    }
    expect(here.books.kicc.refunds()).toEqual([])
    expect(here.books.alarms()).toEqual([])
  })
})
