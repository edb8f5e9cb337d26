import type { BatchView, RowView } from '../../src/contract/views'
import type { FaultRule } from '../../src/practice/scenario'
import { openTestCore, openTestPg, sampleText, unwrap, type TestCore, type TestPg } from './open-test-core'
import { tempFolder, testClock, type TestClock } from './open-test-ledger'

/** A core at work against a practice PG of its own, on one clock. */
export interface Desk extends TestPg {
  readonly desk: TestCore
  readonly clock: TestClock
}

export async function openDesk(): Promise<Desk> {
  const clock = testClock()
  const test = await openTestPg(clock)
  return { ...test, clock, desk: await openTestCore({ origin: test.pg.origin, clock }) }
}

/** The same with channels at every PG, whose shops have payments too. */
export async function everyPgDesk(): Promise<Desk> {
  const clock = testClock()
  const test = await openTestPg(clock, tempFolder(), { everyPg: true })
  return { ...test, clock, desk: await openTestCore({ origin: test.pg.origin, clock, everyPg: true }) }
}

/** `rows` lines of the sample, after the first `after`, as a submitted batch. */
export async function submittedBatch(desk: TestCore, rows: number, after = 0): Promise<BatchView> {
  const [header, ...lines] = sampleText('fine').split('\r\n')
  const draft = await desk.importText([header, ...lines.slice(after, after + rows)].join('\r\n'))
  const batch = await desk.call('batch.create', { draftId: draft.draftId, name: '시험 묶음', duplicatesIntended: true })
  return desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
}

export async function approvedBatch(desk: TestCore, rows: number, after = 0): Promise<BatchView> {
  const batch = await submittedBatch(desk, rows, after)
  return unwrap(await desk.approve(batch.batchId))
}

export async function rowsOf(desk: TestCore, batchId: BatchView['batchId']): Promise<RowView[]> {
  return (await desk.call('batch.rows', { batchId, filter: 'all', offset: 0, limit: 500 })).rows
}

export async function firstRow(desk: TestCore, batchId: BatchView['batchId']): Promise<RowView> {
  const [row] = await rowsOf(desk, batchId)
  if (row === undefined) throw new Error('the batch has a row')
  return row
}

export const onCancel = (rule: Omit<FaultRule, 'path'>): FaultRule => ({ path: '/payments/cancel', ...rule })

/** How many requests the run may have under way at a time. */
export async function setParallel(desk: TestCore, parallel: number): Promise<void> {
  const [channel] = await desk.call('settings.channels', {})
  if (channel === undefined) throw new Error('a ledger has a channel')
  const { channelId, name, options } = channel
  await desk.call('settings.saveChannel', { channelId, name, options, parallel })
}

/** How often the PG was asked to cancel, and what of it took effect. */
export const cancelRequests = ({ pg }: TestPg): TestPg['pg']['requests'] =>
  pg.requests.filter((request) => request.path === '/payments/cancel')
export const ourEffects = ({ books }: TestPg): number =>
  books.cancelRecords().filter((record) => record.source === 'api').length

/** Someone cancels at the PG's own console, past this program. */
export async function consoleCancel(
  { pg }: TestPg,
  impUid: string,
  amount: number,
  reason = '관리자페이지취소',
): Promise<void> {
  const answer = await fetch(`${pg.origin}/__practice/console-cancel`, {
    method: 'POST',
    headers: { 'x-practice-control': 'test', 'content-type': 'application/json' },
    body: JSON.stringify({ imp_uid: impUid, amount, reason }),
  })
  if (answer.status !== 200) throw new Error(`the console refused: ${answer.status}`)
}

/** The same for a payment of PortOne V2. */
export async function consoleCancelV2({ pg }: TestPg, paymentId: string, amount: number): Promise<void> {
  const answer = await fetch(`${pg.origin}/__practice/console-cancel-v2`, {
    method: 'POST',
    headers: { 'x-practice-control': 'test', 'content-type': 'application/json' },
    body: JSON.stringify({ paymentId, amount }),
  })
  if (answer.status !== 200) throw new Error(`the console refused: ${answer.status}`)
}

export async function until(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const end = performance.now() + 15_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it never came: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Waits until the first row needs a look and its next look-up is planned, so that the clock may be moved from there. */
export async function untilLost(desk: TestCore, batchId: BatchView['batchId']): Promise<void> {
  await until(async () => (await firstRow(desk, batchId)).state === 'needs-look', 'needs-look')
  await until(async () => (await desk.call('run.state', {})).state === 'idle', 'idle')
}
