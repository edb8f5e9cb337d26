import { describe, expect, it } from 'vitest'
import { MAIN_CHANNEL } from '../../../../src/main/core/ledger/channels'
import { approvedBatch, firstRow, openDesk } from '../../../support/open-desk'

describe('the record as people read it', () => {
  it('names people, batches and the PG connection, and says the order number of each refund', async () => {
    const { desk } = await openDesk()
    await desk.call('sync.start', { days: 30 })
    await desk.call('settings.saveChannel', {
      channelId: MAIN_CHANNEL.channelId,
      name: '우리 상점',
      options: { pg: 'portone-v1', includeSandbox: false },
      parallel: 2,
    })
    const batch = await approvedBatch(desk, 1)
    await desk.settled(batch.batchId)
    const { orderNo } = await firstRow(desk, batch.batchId)

    const { rows } = await desk.call('audit.list', { offset: 0, limit: 100 })
    const about = new Map(rows.map((line) => [line.action, line.about]))
    expect(Object.fromEntries(about)).toMatchObject({
      'ledger-created': { kind: 'ledger', name: null },
      'session.opened': { kind: 'person', name: '김담당' },
      'sync.done': { kind: 'payments', name: null },
      'channel.saved': { kind: 'channel', name: '우리 상점' },
      'file.imported': { kind: 'file', name: null },
      'batch.approved': { kind: 'batch', name: '시험 묶음' },
      'attempt.prepared': { kind: 'attempt', name: orderNo },
      'attempt.accepted': { kind: 'attempt', name: orderNo },
    })
    // A deed that nobody placed would show as "other".
    expect(rows.filter((line) => line.about.kind === 'other')).toEqual([])
    expect(rows.find((line) => line.action === 'batch.approved')?.who).toBe('이승인')
  })
})
