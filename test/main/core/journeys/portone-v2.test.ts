import { describe, expect, it } from 'vitest'
import type { RowView } from '../../../../src/contract/views'
import type { FaultRule } from '../../../../src/practice/scenario'
import { consoleCancelV2, everyPgDesk, rowsOf, until, type Desk } from '../../../support/open-desk'
import { unwrap } from '../../../support/open-test-core'

const order = (number: number): string => `order-practice-${String(number).padStart(4, '0')}`
/** A card, refunded in part; its cancel shows at once. */
const CARD = `${order(1)},10000,,,,`
/** A virtual account of a PG that answers "asked". */
const ASYNCHRONOUS = `${order(7)},348000,국민은행,99900000000011,김가온,01012345678`
const HEADER = '주문번호,환불금액,은행,계좌번호,예금주,연락처'

async function refund({ desk }: Desk, ...lines: readonly string[]): Promise<RowView[]> {
  const draft = await desk.importText([HEADER, ...lines].join('\r\n'))
  expect(draft.rowsWithErrors).toBe(0)
  const batch = await desk.call('batch.create', { draftId: draft.draftId, name: 'V2', duplicatesIntended: true })
  await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
  unwrap(await desk.approve(batch.batchId))
  await desk.settled(batch.batchId)
  return rowsOf(desk, batch.batchId)
}

const onCancel = (number: number, rule: Omit<FaultRule, 'path'>): FaultRule => ({
  path: `/payments/${order(number)}/cancel`,
  ...rule,
})
const paid = ({ books }: Desk): number =>
  books.v2Cancels().filter(({ status, idempotencyKey }) => status !== 'FAILED' && idempotencyKey !== null).length

async function synced(): Promise<Desk> {
  const here = await everyPgDesk()
  await here.desk.call('sync.start', { days: 90 })
  return here
}

describe('payments of PortOne V2', () => {
  it('that cannot be loaded name their channel, as the others may be fine', async () => {
    const { desk, pg } = await everyPgDesk()
    pg.setScenario({ rules: [{ kind: 'status_503', path: '/payments', count: 0 }] })
    const { core, maker: session } = desk
    const answer = await core.command('sync.start', { session, input: { days: 90 } })
    const channels = await desk.call('settings.channels', {})
    const { name } = channels.find((each) => each.pg === 'portone-v2') ?? expect.fail('a channel of V2')
    expect(answer).toMatchObject({ ok: false, problem: { values: { channel: name } } })
  })
})

describe('refunds over PortOne V2', () => {
  it('are read by list and events, sent with their key and balance, and found in the history', async () => {
    const here = await synced()
    const [row] = await refund(here, CARD)
    expect(row).toMatchObject({ state: 'accepted', pg: 'portone-v2' })
    const [cancel] = here.books.v2Cancels().filter(({ idempotencyKey }) => idempotencyKey !== null)
    expect(cancel).toMatchObject({ paymentId: order(1), amount: 10_000, status: 'SUCCEEDED' })
    expect(here.books.v2Alarms()).toEqual([])
  })

  it('whose answer was lost are repeated with the same key, and paid once', async () => {
    const here = await synced()
    here.pg.setScenario({ rules: [onCancel(1, { kind: 'lose_answer_before_effect' })] })
    const [row] = await refund(here, CARD)
    expect(row?.state).toBe('needs-look')
    here.clock.advance(10 * 60_000 + 1_000)
    await until(async () => {
      here.clock.advance(1_000)
      await here.desk.call('run.resume', {})
      return (await rowsOf(here.desk, row?.batchId ?? expect.fail('a row')))[0]?.state === 'accepted'
    }, 'accepted')
    const keys = here.pg.requests.flatMap(({ v2Cancel }) => (v2Cancel === null ? [] : [v2Cancel.idempotencyKey]))
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
    expect(paid(here)).toBe(1)
  })

  it('that the PG has only been asked for wait, and nobody may call them off', async () => {
    const here = await synced()
    here.pg.setScenario({
      asynchronous: { afterMs: 60 * 60_000 },
      rules: [onCancel(7, { kind: 'lose_answer_after_effect' })],
    })
    const [row] = await refund(here, ASYNCHRONOUS)
    const { rowId } = row ?? expect.fail('a row')
    expect(row?.state).toBe('needs-look')
    here.clock.advance(11 * 60_000)
    const looked = await here.desk.call('row.look', { rowId })
    expect(looked.row.state).toBe('pg-processing')
    here.clock.advance(60 * 60_000)
    expect((await here.desk.call('row.look', { rowId })).row.state).toBe('accepted')
    expect(paid(here)).toBe(1)
  })

  it('of a payment that somebody else refunded meanwhile are stopped as a mismatch', async () => {
    const here = await synced()
    here.pg.setScenario({ rules: [onCancel(1, { kind: 'hold', stage: 'before' })] })
    const draft = await here.desk.importText([HEADER, CARD].join('\r\n'))
    const batch = await here.desk.call('batch.create', { draftId: draft.draftId, name: 'V2', duplicatesIntended: true })
    await here.desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    unwrap(await here.desk.approve(batch.batchId))
    await until(() => here.pg.holds.held.length === 1, 'held')
    await consoleCancelV2(here, order(1), 3_000)
    here.pg.holds.release()
    await here.desk.settled(batch.batchId)
    expect((await rowsOf(here.desk, batch.batchId))[0]?.state).toBe('stopped-drift')
    expect(paid(here)).toBe(0)
    expect((await here.desk.call('drift.list', { state: 'open', offset: 0, limit: 5 })).total).toBe(1)
  })

  it('that failed inside a success end as failed, with their words', async () => {
    const here = await synced()
    here.pg.setScenario({ rules: [onCancel(1, { kind: 'v2_cancellation_failed' })] })
    const [row] = await refund(here, CARD)
    const { rowId } = row ?? expect.fail('a row')
    here.clock.advance(10_000)
    expect((await here.desk.call('row.look', { rowId })).row.state).toBe('failed')
    expect(paid(here)).toBe(0)
  })
})
