import { describe, expect, test } from 'vitest'
import { createBooks } from '../../../../src/practice/books'
import { createPracticePg } from '../../../../src/practice/server'
import path from 'node:path'
import { openTestCore, openTestPg, sampleText, unwrap } from '../../../support/open-test-core'
import { tempFolder, testClock } from '../../../support/open-test-ledger'
import {
  approvedBatch,
  cancelRequests,
  consoleCancel,
  firstRow,
  onCancel,
  openDesk,
  ourEffects,
  rowsOf,
  setParallel,
  submittedBatch,
  until,
  untilLost,
} from '../../../support/open-desk'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

describe('the run between its waits', () => {
  test('an approval that ends during a look-up ends its rows, and the run goes on with the next batch', async () => {
    const at = await openDesk()
    const { pg, desk, clock } = at
    await desk.call('run.pause', {})
    const batch = await approvedBatch(desk, 2)
    pg.setScenario({ rules: [{ kind: 'hold', path: '/payments', nth: 1 }] })
    await desk.call('run.resume', {})
    await until(() => pg.holds.held.length === 1, 'the look-up is held')
    clock.advance(3 * DAY_MS + 1)
    pg.holds.release()
    await until(async () => (await desk.call('batch.get', { batchId: batch.batchId })).state === 'expired', 'expired')
    expect(cancelRequests(at)).toHaveLength(0)
    const next = await approvedBatch(desk, 1)
    expect((await desk.settled(next.batchId)).state).toBe('done')
  })

  test('a batch withdrawn while the PG looks for a payment that it does not know stops nothing else', async () => {
    const clock = testClock()
    const { pg } = await openTestPg(clock)
    const desk = await openTestCore({ origin: pg.origin, clock })
    await desk.call('run.pause', {})
    const batch = await approvedBatch(desk, 1)
    const { port } = pg
    await pg.close()
    const empty = createBooks(path.join(tempFolder(), 'empty.jsonl'), { nowMs: clock.nowMs, payments: [] })
    const other = await createPracticePg({ books: empty, clock, port, controlKey: 'test' })
    other.setScenario({ rules: [{ kind: 'hold', path: '/payments', nth: 1 }] })
    await desk.call('run.resume', {})
    await until(() => other.holds.held.length === 1, 'the look-up is held')
    await desk.call('batch.withdraw', { batchId: batch.batchId, reason: '고객 요청' })
    other.holds.release()
    await until(async () => (await desk.call('run.state', {})).state === 'idle', 'idle')
    expect((await firstRow(desk, batch.batchId)).state).toBe('cancelled')
    await other.close()
    empty.close()
  })

  test('a row of a withdrawn batch is never sent again, though its refusal proves to be clean later', async () => {
    const at = await openDesk()
    const { pg, desk, clock } = at
    await setParallel(desk, 1)
    pg.setScenario({ rules: [onCancel({ kind: 'status_429', retryAfter: '2' })] })
    const batch = await approvedBatch(desk, 2)
    const row = await firstRow(desk, batch.batchId)
    await until(async () => (await firstRow(desk, batch.batchId)).state === 'needs-look', 'needs-look')
    await desk.call('batch.withdraw', { batchId: batch.batchId, reason: '고객 요청' })
    clock.advance(10 * 60_000)
    await desk.call('row.look', { rowId: row.rowId })
    await desk.call('run.resume', {})
    await until(async () => (await desk.call('batch.get', { batchId: batch.batchId })).state === 'done', 'done')
    expect((await rowsOf(desk, batch.batchId)).map((each) => each.state)).toEqual(['cancelled', 'cancelled'])
    expect(ourEffects(at)).toBe(0)
  })

  test('a row whose refused request took effect after all is not sent again, though its cancel was adopted', async () => {
    const at = await openDesk()
    const { pg, desk, clock } = at
    pg.setScenario({ rules: [onCancel({ kind: 'status_429', count: 1 })] })
    // Half of its payment, so that the rest would still suffice.
    const batch = await approvedBatch(desk, 1, 1)
    const { rowId, pgKey, amount } = await firstRow(desk, batch.batchId)
    await until(async () => (await firstRow(desk, batch.batchId)).state === 'needs-look', 'needs-look')
    await desk.call('run.pause', {})
    clock.advance(10 * 60_000)
    const looked = await desk.call('row.look', { rowId })
    expect(looked.row.state).toBe('waiting')
    await consoleCancel(at, pgKey, amount, `환불 ${looked.attempts[0]?.tag ?? ''}`)
    await desk.call('sync.start', { days: 90 })
    const [found] = (await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).rows
    if (found === undefined) throw new Error('the late cancel is a case')
    await desk.call('drift.adopt', { caseId: found.caseId, reason: '확인' })
    await desk.call('run.resume', {})
    await until(async () => (await firstRow(desk, batch.batchId)).state !== 'waiting', 'an end')
    expect(await firstRow(desk, batch.batchId)).toMatchObject({
      state: 'stopped-drift',
      problem: { code: 'row-took-effect' },
    })
    expect(ourEffects(at)).toBe(0)
    // Nobody is led to pay it anew: it is no failed row to be uploaded again, and the same line has its warning.
    const { batchId } = batch
    expect(
      await desk.core.command('shell.failedRowsFile', { session: desk.maker, batchId, reason: '재요청' }),
    ).toMatchObject({ ok: false, problem: { code: 'batch-empty' } })
    const saved = await desk.core.command('shell.resultFile', { session: desk.maker, batchId })
    expect(new TextDecoder().decode(unwrap(saved).bytes)).toContain(`PG에 처리됨(불일치),${amount},`)
    const [header, , second] = sampleText('fine').split('\r\n')
    const { draftId } = await desk.importText([header, second].join('\r\n'))
    const again = await desk.call('import.rows', { draftId, filter: 'all', offset: 0, limit: 10 })
    expect(again.rows[0]?.problems.map(({ code }) => code)).toContain('duplicate-refunded')
  })

  test('a reading that was asked before trouble came is no probe, and nothing is sent on it', async () => {
    const at = await openDesk()
    const { pg, desk } = at
    await setParallel(desk, 1)
    await desk.call('run.pause', {})
    await approvedBatch(desk, 12)
    // Six rows are read ahead, and six more when only two of them are left.
    pg.setScenario({
      rules: [{ kind: 'hold', path: '/payments', nth: 2 }, onCancel({ kind: 'status_429', nth: 5, retryAfter: '60' })],
    })
    const from = pg.requests.length
    await desk.call('run.resume', {})
    await until(() => cancelRequests(at).length === 5 && pg.holds.held.length === 1, 'trouble during a reading')
    await until(async () => (await desk.call('run.state', {})).state === 'waiting-for-pg', 'waiting for the PG')
    pg.holds.release()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await desk.call('run.resume', {})
    await until(() => cancelRequests(at).length > 5, 'the run goes on')
    const paths = pg.requests.slice(from).map(({ path: asked }) => asked)
    const [, , , , fifth = -1, sixth = -1] = paths.flatMap((asked, place) =>
      asked === '/payments/cancel' ? [place] : [],
    )
    // The one that was held, and one that was asked after the trouble.
    expect(paths.slice(fifth + 1, sixth)).toEqual(['/payments', '/payments'])
  })

  test('a lost answer about a payment that the PG no longer knows is decided by a person, after the deadline', async () => {
    const at = await openDesk()
    const { pg, desk, clock } = at
    pg.setScenario({ rules: [onCancel({ kind: 'lose_answer_before_effect', count: 0 })] })
    const batch = await approvedBatch(desk, 1)
    await untilLost(desk, batch.batchId)
    const { rowId } = await firstRow(desk, batch.batchId)
    const { port } = pg
    await pg.close()
    const empty = createBooks(path.join(tempFolder(), 'empty.jsonl'), { nowMs: clock.nowMs, payments: [] })
    const other = await createPracticePg({ books: empty, clock, port, controlKey: 'test' })
    const { session } = unwrap(
      await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' }),
    )
    const decide = () =>
      desk.core.command('row.decideNotSent', { session, input: { rowId, reason: 'PG 고객센터에서 확인' } })
    clock.advance(HOUR_MS)
    expect(await decide()).toMatchObject({ ok: false, problem: { code: 'pg-payment-not-found' } })
    clock.advance(2 * HOUR_MS)
    const decided = unwrap(await decide())
    expect(decided.row.state).toBe('failed')
    expect(decided.attempts[0]?.evidence.map(({ what }) => what).slice(-2)).toEqual([
      'payment-missing',
      'decided-not-sent',
    ])
    await other.close()
    empty.close()
  })

  test('a refund by somebody else is told when it is read, though its row is not judged any more', async () => {
    const at = await openDesk()
    const { pg, desk } = at
    await desk.call('run.pause', {})
    const batch = await approvedBatch(desk, 1)
    const { pgKey } = await firstRow(desk, batch.batchId)
    await consoleCancel(at, pgKey, 500)
    pg.setScenario({ rules: [{ kind: 'hold', path: '/payments', nth: 1, stage: 'after' }] })
    await desk.call('run.resume', {})
    await until(() => pg.holds.held.length === 1, 'the reading is held')
    await desk.call('batch.withdraw', { batchId: batch.batchId, reason: '고객 요청' })
    pg.holds.release()
    await until(async () => (await desk.call('run.state', {})).state === 'idle', 'idle')
    expect((await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).rows).toMatchObject([
      { kind: 'only-at-pg', difference: -500 },
    ])
  })

  test('nothing is repeated while the run is paused', async () => {
    const at = await openDesk()
    const { pg, desk, clock } = at
    pg.setScenario({ rules: [onCancel({ kind: 'lose_answer_before_effect' })] })
    const batch = await approvedBatch(desk, 1)
    await untilLost(desk, batch.batchId)
    await desk.call('run.pause', {})
    clock.advance(11 * 60_000)
    await desk.call('row.look', { rowId: (await firstRow(desk, batch.batchId)).rowId })
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(cancelRequests(at)).toHaveLength(1)
    clock.advance(6 * 60_000)
    await desk.call('run.resume', {})
    await until(async () => (await firstRow(desk, batch.batchId)).state === 'accepted', 'accepted')
    expect(ourEffects(at)).toBe(1)
  })

  test('a pause during the look-up before a refund sends nothing', async () => {
    const at = await openDesk()
    const { pg, desk } = at
    const batch = await submittedBatch(desk, 1)
    pg.setScenario({ rules: [{ kind: 'hold', path: '/payments', nth: 1 }] })
    unwrap(await desk.approve(batch.batchId))
    await until(() => pg.holds.held.length === 1, 'the look-up is held')
    await desk.call('run.pause', {})
    pg.holds.release()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(cancelRequests(at)).toHaveLength(0)
    expect((await desk.call('run.state', {})).state).toBe('paused')
  })

  test('a payment that the PG answers oddly about does not hold up the rows behind it', async () => {
    const at = await openDesk()
    const { pg, desk } = at
    await desk.call('run.pause', {})
    const batch = await approvedBatch(desk, 3)
    const { pgKey } = await firstRow(desk, batch.batchId)
    pg.setScenario({ rules: [{ kind: 'refuse', path: '/payments', subject: pgKey, count: 0 }] })
    await desk.call('run.resume', {})
    await until(
      async () => (await rowsOf(desk, batch.batchId)).filter((row) => row.state === 'accepted').length === 2,
      'two',
    )
    expect((await firstRow(desk, batch.batchId)).state).toBe('waiting')
  })

  test('a repeat that could not leave says nothing about the first request: a person decides', async () => {
    const at = await openDesk()
    const { pg, desk, clock } = at
    pg.setScenario({ rules: [onCancel({ kind: 'lose_answer_before_effect' })] })
    const batch = await approvedBatch(desk, 1)
    await untilLost(desk, batch.batchId)
    // Long enough a token for the look-up, too short a one for a cancel; no new one is to be had.
    pg.setScenario({ rules: [{ kind: 'status_503', path: '/users/getToken', count: 0 }] })
    clock.advance(29 * 60_000 - 5_000)
    await desk.call('run.resume', {})
    const { rowId } = await firstRow(desk, batch.batchId)
    await until(async () => {
      const evidence = (await desk.call('row.get', { rowId })).attempts[0]?.evidence ?? []
      return (
        evidence.some((each) => each.what === 'repeat' || each.what === 'not-sent') ||
        evidence.filter((each) => each.what === 'sending').length > 1
      )
    }, 'the repeat was tried')
    await until(async () => (await firstRow(desk, batch.batchId)).state !== 'sending', 'ended')
    const detail = await desk.call('row.get', { rowId })
    expect(detail.row.state).toBe('needs-look')
    expect(detail.attempts).toHaveLength(1)
    expect(detail.repeatFromMs).toBeNull()
  })

  test('a repeat refused because the first request took effect after all is found by its tag', async () => {
    const at = await openDesk()
    const { pg, desk, clock } = at
    pg.setScenario({ rules: [onCancel({ kind: 'lose_answer_before_effect' })] })
    const batch = await approvedBatch(desk, 1)
    await untilLost(desk, batch.batchId)
    // The balance check of the PG sees the late effect of the first request.
    pg.setScenario({
      rules: [onCancel({ kind: 'refuse', code: 1, message: 'checksum 값이 일치하지 않습니다.', effect: true })],
    })
    clock.advance(11 * 60_000)
    await desk.call('run.resume', {})
    await until(() => cancelRequests(at).length === 2, 'repeated')
    await until(async () => (await firstRow(desk, batch.batchId)).state !== 'sending', 'answered')
    clock.advance(10_000)
    const { rowId } = await firstRow(desk, batch.batchId)
    expect((await desk.call('row.look', { rowId })).row.state).toBe('accepted')
    expect(await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).toMatchObject({ total: 0 })
    expect(ourEffects(at)).toBe(1)
  })

  test('nobody can call a cancel of the console ours while our own request is under way', async () => {
    const at = await openDesk()
    const { pg, desk, clock } = at
    const batch = await submittedBatch(desk, 1)
    const row = await firstRow(desk, batch.batchId)
    pg.setScenario({ rules: [onCancel({ kind: 'hold' })] })
    unwrap(await desk.approve(batch.batchId))
    await until(() => pg.holds.held.length === 1, 'the cancel is held')
    clock.advance(1_000)
    await consoleCancel(at, row.pgKey, row.amount)
    await desk.call('sync.start', { days: 90 })
    const checker = unwrap(
      await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' }),
    ).session
    const decided = await desk.core.command('row.decideOurs', {
      session: checker,
      input: { rowId: row.rowId, reason: '금액이 같음' },
    })
    expect(decided).toMatchObject({ ok: false, problem: { code: 'batch-wrong-state' } })
    pg.holds.release()
    await until(async () => (await firstRow(desk, batch.batchId)).state !== 'sending', 'answered')
    const next = await approvedBatch(desk, 1, 5)
    await desk.settled(next.batchId)
  })
})
