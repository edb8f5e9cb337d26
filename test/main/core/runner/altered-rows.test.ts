import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { anchorFileOf } from '../../../../src/main/core/ledger/anchor'
import { openTestCore, openTestPg, unwrap } from '../../../support/open-test-core'
import { testClock } from '../../../support/open-test-ledger'
import { submittedBatch, until } from '../../../support/open-desk'

describe('an approved row that changed on the disk', () => {
  test('is not sent in another amount than the one that was approved: the run stops and says why', async () => {
    const clock = testClock()
    const { pg, books } = await openTestPg(clock)
    const desk = await openTestCore({ origin: pg.origin, clock })
    const batch = await submittedBatch(desk, 2)
    await desk.call('run.pause', {})
    unwrap(await desk.approve(batch.batchId))
    await desk.stop()
    const raw = new Database(desk.ledgerFile)
    raw.exec('DROP TRIGGER refund_row_frozen; UPDATE refund_row SET amount = amount - 100')
    raw.close()
    // Its seal would refuse the file; whoever goes so far takes it away as well, and a crash leaves none.
    rmSync(anchorFileOf(desk.ledgerFile))

    const again = await openTestCore({ origin: pg.origin, clock, ledgerFile: desk.ledgerFile })
    await again.call('run.resume', {})
    await until(async () => (await again.call('run.state', {})).problem?.code === 'ledger-damaged', 'stopped')
    expect(books.cancelRecords().filter(({ source }) => source === 'api')).toEqual([])
  })
})
