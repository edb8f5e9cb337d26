import { describe, expect, test } from 'vitest'
import type { BatchView } from '../../../../src/contract/views'
import { approvedBatch, onCancel, rowsOf } from '../../../support/open-desk'
import { openTestCore, openTestPg, unwrap } from '../../../support/open-test-core'
import { testClock } from '../../../support/open-test-ledger'

describe('one attempt, one body', () => {
  test.each([1, 2, 3, 4])(
    'the same attempt never gets another body or checksum, whatever is asked (seed %i)',
    async (seed) => {
      const clock = testClock()
      const { pg, books } = await openTestPg(clock)
      let desk = await openTestCore({ origin: pg.origin, clock })
      let state = seed * 2_654_435_761
      const dice = (sides: number): number => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        return Math.floor((state / 2 ** 32) * sides)
      }
      const kinds = [
        'lose_answer_before_effect',
        'lose_answer_after_effect',
        'status_401',
        'status_429',
        'status_503',
        'refuse',
        'html_200',
      ] as const
      pg.setScenario({
        rules: kinds.map((kind) =>
          onCancel({
            kind,
            nth: 1 + dice(12),
            effect: dice(2) === 0,
            ...(kind === 'refuse' ? { code: 1, message: 'PG 오류' } : {}),
          }),
        ),
      })
      const batches: BatchView['batchId'][] = []
      for (const after of [0, 5]) batches.push((await approvedBatch(desk, 5, after)).batchId)
      const known = new Map<string, string>()
      const checker = async () =>
        unwrap(await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' })).session
      for (let turn = 0; turn < 30; turn += 1) {
        const batchId = batches[dice(2)] ?? batches[0]
        if (batchId === undefined) throw new Error('two batches')
        const rows = await rowsOf(desk, batchId)
        const row = rows[dice(rows.length)]
        if (row === undefined) throw new Error('the batch has rows')
        const reason = '시험'
        switch (dice(9)) {
          case 0:
            await desk.ask('row.look', { rowId: row.rowId })
            break
          case 1:
            await desk.ask('sync.start', { days: 90 })
            break
          case 2:
            await desk.ask('batch.check', { batchId })
            break
          case 3:
            await desk.ask('run.pause', {})
            break
          case 4:
            await desk.ask('run.resume', {})
            break
          case 5:
            clock.advance(dice(15) * 60_000)
            await desk.ask('run.resume', {})
            break
          case 6:
            await desk.core.command('row.decideNotSent', {
              session: await checker(),
              input: { rowId: row.rowId, reason },
            })
            break
          case 7:
            await desk.core.command('row.decideOurs', { session: await checker(), input: { rowId: row.rowId, reason } })
            break
          case 8:
            if (dice(4) === 0) await desk.ask('batch.withdraw', { batchId, reason })
            else {
              await desk.stop()
              desk = await openTestCore({ origin: pg.origin, clock, ledgerFile: desk.ledgerFile })
            }
            break
        }
        for (const each of await rowsOf(desk, batchId)) {
          for (const attempt of (await desk.call('row.get', { rowId: each.rowId })).attempts) {
            const now = `${attempt.tag}|${attempt.checksum}`
            expect(known.get(attempt.attemptId) ?? now).toBe(now)
            known.set(attempt.attemptId, now)
          }
        }
      }
      await desk.call('run.resume', {})
      const bodies = new Map<string, Set<string>>()
      for (const request of pg.requests.filter((each) => each.path === '/payments/cancel')) {
        const tag = request.cancel?.reason?.slice(0, 10) ?? ''
        bodies.set(tag, (bodies.get(tag) ?? new Set()).add(request.bodyMark ?? ''))
      }
      expect(bodies.size).toBeGreaterThan(0)
      for (const [tag, marks] of bodies) expect(marks.size, tag).toBe(1)
      // One effect a row at most, and never more than the row asked for.
      const effects = new Map<string, number>()
      for (const record of books.cancelRecords()) effects.set(record.impUid, (effects.get(record.impUid) ?? 0) + 1)
      for (const [impUid, count] of effects) expect(count, impUid).toBe(1)
      expect(books.alarms()).toEqual([])
      expect(await desk.call('audit.verify', {})).toMatchObject({ intact: true })
    },
    60_000,
  )
})
