import { describe, expect, test } from 'vitest'
import type { BatchView } from '../../../../src/contract/views'
import { createPracticePg } from '../../../../src/practice/server'
import { until } from '../../../support/open-desk'
import { openTestCore, openTestPg, sampleText, unwrap, type TestCore } from '../../../support/open-test-core'
import { diskAfterCrash, testClock } from '../../../support/open-test-ledger'

async function submit(desk: TestCore, rows: number): Promise<BatchView> {
  const lines = sampleText('fine').split('\r\n')
  const draft = await desk.importText(lines.slice(0, rows + 1).join('\r\n'))
  const batch = await desk.call('batch.create', {
    draftId: draft.draftId,
    name: '시험 묶음',
    duplicatesIntended: false,
  })
  return desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
}

describe('journey C: carry on', () => {
  test.each([
    ['before', 'after the PG received the cancel and before its effect'],
    ['after', 'after the effect and before our commit'],
  ] as const)('a crash held %s the effect (%s) ends with one effect a row', async (stage, _when) => {
    const clock = testClock()
    const { pg, books } = await openTestPg(clock)
    const first = await openTestCore({ origin: pg.origin, clock })
    const batch = await submit(first, 3)
    pg.setScenario({ rules: [{ kind: 'hold', path: '/payments/cancel', nth: 2, stage }] })
    unwrap(await first.approve(batch.batchId))
    await until(() => pg.holds.held.length === 1, 'the second cancel is held')

    const second = await openTestCore({ origin: pg.origin, clock, ledgerFile: diskAfterCrash(first.ledgerFile) })
    // The PG goes on with what it had received; the dead program hears nothing of it.
    pg.holds.release()
    await until(() => books.cancelRecords().length >= 2, 'the held cancel takes effect')
    // A start looks at what it found open; what the PG did not show yet then is looked at again.
    await until(async () => {
      clock.advance(5_000)
      await second.call('run.resume', {})
      return (await second.call('batch.get', { batchId: batch.batchId })).state === 'done'
    }, 'done')
    const done = await second.settled(batch.batchId)
    expect(done.byState.map(({ state, count }) => ({ state, count }))).toEqual([{ state: 'accepted', count: 3 }])
    await first.stop()
    expect(books.cancelRecords()).toHaveLength(3)
  })

  test('offline, a batch can be imported, submitted and approved; it runs when the PG is back, and says since when it waited', async () => {
    const clock = testClock()
    const { pg, books } = await openTestPg(clock)
    const desk = await openTestCore({ origin: pg.origin, clock })
    await desk.call('sync.start', { days: 90 })
    const { port } = pg
    await pg.close()

    const batch = await submit(desk, 3)
    expect(await desk.ask('batch.check', { batchId: batch.batchId })).toMatchObject({
      ok: false,
      problem: { code: 'pg-offline' },
    })
    unwrap(await desk.approve(batch.batchId))
    await until(async () => (await desk.call('run.state', {})).state === 'waiting-for-pg', 'the run waits')
    const waiting = await desk.call('run.state', {})
    expect(waiting).toMatchObject({ problem: { code: 'pg-offline' }, rowsAll: 3, rowsDone: 0 })
    expect(waiting.sinceMs).toBe(clock.nowMs())

    const back = await createPracticePg({ books, clock, port, controlKey: 'test' })
    await desk.call('run.resume', {})
    const done = await desk.settled(batch.batchId)
    expect(done.state).toBe('done')
    expect(books.cancelRecords()).toHaveLength(3)
    await back.close()
  })

  test('a pause outlives a restart, and nothing is sent until somebody goes on', async () => {
    const clock = testClock()
    const { pg, books } = await openTestPg(clock)
    const first = await openTestCore({ origin: pg.origin, clock })
    await first.call('run.pause', {})
    const batch = await submit(first, 2)
    unwrap(await first.approve(batch.batchId))
    await first.stop()

    const second = await openTestCore({ origin: pg.origin, clock, ledgerFile: first.ledgerFile })
    await until(async () => (await second.call('run.state', {})).state === 'paused', 'paused')
    expect(books.cancelRecords()).toHaveLength(0)
    await second.call('run.resume', {})
    expect((await second.settled(batch.batchId)).state).toBe('done')
  })

  test('the result file keeps the shape of the upload and hides accounts; the failed rows come back whole, with a reason', async () => {
    const clock = testClock()
    const { pg } = await openTestPg(clock)
    const desk = await openTestCore({ origin: pg.origin, clock })
    pg.setScenario({
      rules: [{ kind: 'refuse', path: '/payments/cancel', code: 1, message: '취소할 결제건이 존재하지 않습니다.' }],
    })
    const batch = await submit(desk, 3)
    unwrap(await desk.approve(batch.batchId))
    await desk.settled(batch.batchId)

    const result = unwrap(await desk.core.command('shell.resultFile', { session: desk.maker, batchId: batch.batchId }))
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
    const [header, ...lines] = sampleText('fine').split('\r\n')
    expect(text.startsWith(`\uFEFF${header},처리상태`)).toBe(true)
    expect(text.trimEnd().split('\r\n')).toHaveLength(4)
    const account = lines[0]?.split(',')[4] ?? ''
    expect(account).toMatch(/^[\d-]{10,}$/)
    expect(text).not.toContain(account)
    expect(text).toContain('실패')

    const ask = (reason: string) =>
      desk.core.command('shell.failedRowsFile', { session: desk.maker, batchId: batch.batchId, reason })
    expect(await ask('')).toMatchObject({ ok: false, problem: { code: 'reason-missing' } })
    const failed = unwrap(await ask('은행 확인 뒤 다시 올리기'))
    expect(failed.rows).toBe(1)
    expect(new TextDecoder().decode(failed.bytes)).toContain(account)
    const { rows } = await desk.call('audit.list', { offset: 0, limit: 50 })
    expect(rows.some((row) => row.action === 'export.failed-rows')).toBe(true)
  })
})
