import { describe, expect, test } from 'vitest'
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
  type Desk,
} from '../../../support/open-desk'
import { unwrap } from '../../../support/open-test-core'

const MINUTE_MS = 60_000

/** One row whose answers all get lost, the first a moment ago. */
async function lostRow(): Promise<Desk & { readonly rowId: Awaited<ReturnType<typeof firstRow>>['rowId'] }> {
  const at = await openDesk()
  at.pg.setScenario({ rules: [onCancel({ kind: 'lose_answer_before_effect', count: 0 })] })
  const batch = await approvedBatch(at.desk, 1)
  await untilLost(at.desk, batch.batchId)
  return { ...at, rowId: (await firstRow(at.desk, batch.batchId)).rowId }
}

/** Time in which the run looks by itself as often as it likes. */
async function pass({ desk, clock }: Desk, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 2) {
    clock.advance(2 * MINUTE_MS)
    await desk.call('run.resume', {})
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('a lost request', () => {
  test('is repeated once, and never a third time', async () => {
    const at = await lostRow()
    await pass(at, 20)
    expect(cancelRequests(at)).toHaveLength(2)
    await pass(at, 60)
    expect(cancelRequests(at)).toHaveLength(2)
    expect((await at.desk.call('row.look', { rowId: at.rowId })).row.state).toBe('needs-look')
  })

  test('is not repeated when somebody else has refunded of its payment meanwhile', async () => {
    const at = await lostRow()
    const { row } = await at.desk.call('row.look', { rowId: at.rowId })
    await consoleCancel(at, row.pgKey, 700)
    await pass(at, 30)
    expect(cancelRequests(at)).toHaveLength(1)
    const { attempts } = await at.desk.call('row.look', { rowId: at.rowId })
    expect(attempts[0]?.evidence.at(-1)?.what).toBe('changed-otherwise')
  })

  test('is not judged by a reading that was asked for before it, though the clock says after', async () => {
    const at = await openDesk()
    const { desk, pg, clock } = at
    await setParallel(desk, 1)
    const batch = await submittedBatch(desk, 2)
    const [first, second] = await rowsOf(desk, batch.batchId)
    if (first === undefined || second === undefined) throw new Error('the batch has two rows')
    pg.setScenario({
      rules: [
        { ...onCancel({ kind: 'hold' }), subject: first.pgKey },
        { ...onCancel({ kind: 'lose_answer_after_effect' }), subject: second.pgKey },
        { kind: 'hold', path: '/payments/status/all', stage: 'after' },
      ],
    })
    // Both rows were read; the second waits for the first.
    unwrap(await desk.approve(batch.batchId))
    await until(() => pg.holds.held.length === 1, 'the first cancel is held')
    clock.advance(4_000)
    const synced = desk.ask('sync.start', { days: 90 })
    await until(() => pg.holds.held.length === 2, 'the list is read and not answered')
    clock.advance(-3_000)
    pg.holds.release(pg.holds.held[0]?.id)
    const stateOf = async () => (await desk.call('row.get', { rowId: second.rowId })).row.state
    await until(async () => (await stateOf()) === 'needs-look', 'the second answer is lost')
    await desk.call('run.pause', {})
    pg.holds.release()
    unwrap(await synced)
    const { attempts } = await desk.call('row.get', { rowId: second.rowId })
    expect(attempts[0]?.evidence.map(({ what }) => what)).toEqual(['prepared', 'sending', 'answer-lost'])
    expect((await desk.call('row.look', { rowId: second.rowId })).row.state).toBe('accepted')
    expect(ourEffects(at)).toBe(2)
  })
})
