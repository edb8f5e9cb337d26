import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { reserveFileOf } from '../../../../src/main/core/ledger/reserve'
import { approvedBatch, cancelRequests, openDesk, until } from '../../../support/open-desk'

test('without room for the reserve the run stops before anything is asked of the PG, and goes on when there is', async () => {
  const at = await openDesk()
  const { desk } = at
  await desk.call('sync.start', { days: 90 })
  // Something that cannot be replaced stands where the reserve would be: it cannot be held, as on a full disk.
  const reserve = reserveFileOf(desk.ledgerFile)
  mkdirSync(reserve)
  writeFileSync(path.join(reserve, 'in the way'), '')
  const asked = at.pg.requests.length
  const batch = await approvedBatch(desk, 2)
  await until(
    async () => (await desk.call('run.state', {})).problem?.code === 'disk-full',
    'the run says why it stands',
  )
  expect(await desk.call('run.state', {})).toMatchObject({ state: 'paused' })
  expect(at.pg.requests.slice(asked).map((request) => request.path)).toEqual([])

  rmSync(reserve, { recursive: true })
  await desk.call('run.resume', {})
  await desk.settled(batch.batchId)
  expect(cancelRequests(at)).toHaveLength(2)
  expect(statSync(reserve).size).toBe(16 * 1024 * 1024)
})
