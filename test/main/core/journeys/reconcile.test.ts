import { describe, expect, test } from 'vitest'
import { merchantLedgerDifferences } from '../../../../src/practice/shop/sample-files'
import { openTestCore, openTestPg, sampleText, TEST_DAY, unwrap } from '../../../support/open-test-core'
import { testClock } from '../../../support/open-test-ledger'

describe('journey B: reconcile', () => {
  test('at first sight everything agrees with its baseline, which is not independent', async () => {
    const { pg } = await openTestPg()
    const desk = await openTestCore({ origin: pg.origin })
    const report = await desk.call('sync.start', { days: 90 })
    expect(report.paymentsRead).toBeGreaterThan(250)
    expect(report).toMatchObject({ paymentsNew: report.paymentsRead, driftFound: 0 })
    const again = await desk.call('sync.start', { days: 90 })
    expect(again).toMatchObject({ paymentsRead: report.paymentsRead, paymentsNew: 0, driftFound: 0 })
  })

  test("the merchant's own file shows exactly what differs, signed, and the same file twice adds nothing", async () => {
    const { pg } = await openTestPg()
    const desk = await openTestCore({ origin: pg.origin })
    await desk.call('sync.start', { days: 90 })
    const importBooks = async () =>
      unwrap(
        await desk.core.command('shell.importBooks', {
          session: desk.maker,
          file: { name: '결제취소내역.csv', bytes: new TextEncoder().encode(sampleText('books')) },
        }),
      )
    const report = await importBooks()
    expect(report).toMatchObject({ problemsAll: 0, driftFound: 3 })
    const [onlyAtPg, onlyHere, otherAmount] = merchantLedgerDifferences(TEST_DAY)
    const { rows } = await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })
    const byKey = new Map(rows.map((row) => [row.pgKey, row]))
    expect(byKey.get(onlyAtPg.impUid)).toMatchObject({ kind: 'only-at-pg', difference: -(onlyAtPg.pgAmount ?? 0) })
    expect(byKey.get(onlyHere.impUid)).toMatchObject({ kind: 'only-here', difference: onlyHere.fileAmount })
    expect(byKey.get(otherAmount.impUid)).toMatchObject({
      kind: 'amount-differs',
      difference: (otherAmount.fileAmount ?? 0) - (otherAmount.pgAmount ?? 0),
    })
    expect(await importBooks()).toMatchObject({ cancelsAdded: 0, driftFound: 3 })
  })

  test('adopting the history of the PG makes both sides agree by new rows, and asks for a reason', async () => {
    const { pg } = await openTestPg()
    const desk = await openTestCore({ origin: pg.origin })
    await desk.call('sync.start', { days: 90 })
    await desk.core.command('shell.importBooks', {
      session: desk.maker,
      file: { name: '결제취소내역.csv', bytes: new TextEncoder().encode(sampleText('books')) },
    })
    const { rows } = await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })
    expect(rows).toHaveLength(3)
    for (const row of rows) {
      const before = await desk.call('drift.get', { caseId: row.caseId })
      expect(before.ourTotal - before.pgTotal).toBe(before.difference)
      expect(await desk.ask('drift.adopt', { caseId: row.caseId, reason: ' '.trim() })).toMatchObject({
        ok: false,
        problem: { code: 'reason-missing' },
      })
      const after = await desk.call('drift.adopt', { caseId: row.caseId, reason: 'PG 관리자 화면 확인' })
      expect(after).toMatchObject({ state: 'adopted', settledReason: 'PG 관리자 화면 확인' })
      expect(after.ourTotal).toBe(after.pgTotal)
      expect(after.ours.length).toBeGreaterThanOrEqual(before.ours.length)
      expect(await desk.ask('drift.adopt', { caseId: row.caseId, reason: '또' })).toMatchObject({
        ok: false,
        problem: { code: 'drift-already-settled' },
      })
    }
    expect((await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).total).toBe(0)
    expect(await desk.call('sync.start', { days: 90 })).toMatchObject({ driftFound: 0 })
  })

  test('our own refunds are never told as drift, and a dismissed case stays dismissed', async () => {
    const clock = testClock()
    const { pg } = await openTestPg(clock)
    const desk = await openTestCore({ origin: pg.origin, clock })
    const lines = sampleText('fine').split('\r\n').slice(0, 4).join('\r\n')
    const draft = await desk.importText(lines)
    const batch = await desk.call('batch.create', { draftId: draft.draftId, name: '셋', duplicatesIntended: false })
    await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    unwrap(await desk.approve(batch.batchId))
    await desk.settled(batch.batchId)
    expect(await desk.call('sync.start', { days: 90 })).toMatchObject({ driftFound: 0 })

    await desk.core.command('shell.importBooks', {
      session: desk.maker,
      file: { name: '결제취소내역.csv', bytes: new TextEncoder().encode(sampleText('books')) },
    })
    const [first] = (await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).rows
    if (first === undefined) throw new Error('the sample books differ from the PG')
    await desk.call('drift.dismiss', { caseId: first.caseId, reason: '우리 장부가 맞음' })
    expect((await desk.call('sync.start', { days: 90 })).driftFound).toBe(2)
  })
})
