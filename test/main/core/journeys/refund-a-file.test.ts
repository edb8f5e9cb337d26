import { describe, expect, it } from 'vitest'
import type { BatchView } from '../../../../src/contract/views'
import type { FaultRule } from '../../../../src/practice/scenario'
import { consoleCancel, openDesk, ourEffects, rowsOf, until } from '../../../support/open-desk'
import { sampleText, unwrap, type TestCore } from '../../../support/open-test-core'

const MINUTE_MS = 60_000

/** The first `rows` lines of the sample as an approved batch. */
async function approvedBatch(desk: TestCore, rows: number): Promise<BatchView> {
  const batch = await draftedBatch(desk, rows)
  await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
  return unwrap(await desk.approve(batch.batchId))
}

async function draftedBatch(desk: TestCore, rows: number, after = 0): Promise<BatchView> {
  const [header, ...lines] = sampleText('fine').split('\r\n')
  const draft = await desk.importText([header, ...lines.slice(after, after + rows)].join('\r\n'))
  expect(draft.rowsFine).toBe(rows)
  return desk.call('batch.create', { draftId: draft.draftId, name: '시험 묶음', duplicatesIntended: false })
}

const onCancel = (rule: Omit<FaultRule, 'path'>): { rules: FaultRule[] } => ({
  rules: [{ path: '/payments/cancel', ...rule }],
})
describe('journey A: a refund file', () => {
  it('goes from a CSV to refunds at the PG, one effect a row', async () => {
    const { pg, books, desk, clock } = await openDesk()

    const draft = await desk.importText(sampleText('fine'))
    const errors = await desk.call('import.rows', { draftId: draft.draftId, filter: 'errors', offset: 0, limit: 100 })
    expect(errors.rows.map((row) => [row.line, row.problems])).toEqual([])
    expect(draft).toMatchObject({ rowsAll: 24, rowsFine: 24, rowsWithErrors: 0 })

    const batch = await desk.call('batch.create', {
      draftId: draft.draftId,
      name: '2026-11-21 환불',
      duplicatesIntended: false,
    })
    const check = await desk.call('batch.check', { batchId: batch.batchId })
    expect(check).toMatchObject({ rowsAll: 24, willPass: { count: 24 }, blocked: { count: 0 }, drift: { count: 0 } })
    expect(books.cancelRecords()).toHaveLength(0)

    const submitted = await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    expect(submitted.state).toBe('submitted')
    expect((await desk.approve(batch.batchId)).ok).toBe(true)

    const ran = await desk.settled(batch.batchId)
    // One row goes to a PG that takes refunds asynchronously: it is never green before its history shows it.
    expect(Object.fromEntries(ran.byState.map((each) => [each.state, each.count]))).toEqual({
      accepted: 23,
      'pg-processing': 1,
    })
    expect(ran.state).toBe('running')

    clock.advance(10_000)
    const [pending] = (await desk.call('row.needingLook', { offset: 0, limit: 10 })).rows
    if (pending === undefined) throw new Error('one row is being processed by the PG')
    const looked = await desk.call('row.look', { rowId: pending.rowId })
    expect(looked.row.state).toBe('accepted')
    expect((await desk.call('batch.get', { batchId: batch.batchId })).state).toBe('done')

    expect(ourEffects({ pg, books })).toBe(24)
    expect(new Set(books.cancelRecords().map((record) => record.request?.reason?.slice(0, 10))).size).toBe(24)
    expect(books.alarms()).toEqual([])
    expect(await desk.call('audit.verify', {})).toMatchObject({ intact: true })
  })

  it('tells every row with a problem all its problems, and takes none of them', async () => {
    const { desk } = await openDesk()
    const draft = await desk.importText(sampleText('with-errors'), '환불요청-오류.csv')
    expect(draft.rowsWithErrors).toBeGreaterThan(10)
    const { rows } = await desk.call('import.rows', { draftId: draft.draftId, filter: 'errors', offset: 0, limit: 100 })
    for (const row of rows)
      expect(row.problems.filter((each) => each.severity === 'error').length, `line ${row.line}`).toBeGreaterThan(0)
    const batch = await desk.call('batch.create', {
      draftId: draft.draftId,
      name: '고칠 것 빼고',
      duplicatesIntended: false,
    })
    expect(batch.rows).toBe(draft.rowsFine)
  })

  it('a lost answer after the effect is found by its tag, and paid once', async () => {
    const test = await openDesk()
    const { pg, desk, clock } = test
    pg.setScenario(onCancel({ kind: 'lose_answer_after_effect' }))
    const batch = await approvedBatch(desk, 3)
    const ran = await desk.settled(batch.batchId)
    expect(ran.byState.find((each) => each.state === 'needs-look')?.count).toBe(1)
    clock.advance(5_000)
    const [row] = (await desk.call('row.needingLook', { offset: 0, limit: 10 })).rows
    if (row === undefined) throw new Error('one row needs a look')
    const detail = await desk.call('row.look', { rowId: row.rowId })
    expect(detail.row.state).toBe('accepted')
    expect(detail.attempts[0]?.evidence.map((each) => each.what)).toEqual([
      'prepared',
      'sending',
      'answer-lost',
      'found-by-tag',
    ])
    expect(ourEffects(test)).toBe(3)
  })

  it('a lost request is repeated once, byte for byte, and only after ten minutes', async () => {
    const test = await openDesk()
    const { pg, desk, clock } = test
    pg.setScenario(onCancel({ kind: 'lose_answer_before_effect' }))
    const batch = await approvedBatch(desk, 1)
    await desk.settled(batch.batchId)
    const [row] = await rowsOf(desk, batch.batchId)
    if (row === undefined) throw new Error('the batch has a row')
    expect(row.state).toBe('needs-look')

    clock.advance(9 * 60_000)
    expect((await desk.call('row.look', { rowId: row.rowId })).row.state).toBe('needs-look')
    expect(ourEffects(test)).toBe(0)

    clock.advance(61_000)
    await until(async () => {
      clock.advance(1_000)
      await desk.call('run.resume', {})
      return (await rowsOf(desk, batch.batchId))[0]?.state === 'accepted'
    }, 'accepted')
    const sent = pg.requests.filter((request) => request.path === '/payments/cancel')
    expect(sent).toHaveLength(2)
    expect(sent[0]?.bodyMark).toBe(sent[1]?.bodyMark)
    expect(ourEffects(test)).toBe(1)
  })

  it('what was never answered after two hours is for a person, who needs evidence and a reason', async () => {
    const test = await openDesk()
    const { pg, desk, clock } = test
    pg.setScenario(onCancel({ kind: 'lose_answer_before_effect', count: 0 }))
    const batch = await approvedBatch(desk, 1)
    await desk.settled(batch.batchId)
    const [row] = await rowsOf(desk, batch.batchId)
    if (row === undefined) throw new Error('the batch has a row')
    clock.advance(2 * 60 * 60_000 + 1)
    expect((await desk.call('row.look', { rowId: row.rowId })).repeatFromMs).toBeNull()
    expect(pg.requests.filter((request) => request.path === '/payments/cancel')).toHaveLength(1)

    const checker = unwrap(
      await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' }),
    ).session
    const decide = (reason: string) =>
      desk.core.command('row.decideNotSent', { session: checker, input: { rowId: row.rowId, reason } })
    expect(await decide('')).toMatchObject({ ok: false, problem: { code: 'reason-missing' } })
    expect(await desk.ask('row.decideNotSent', { rowId: row.rowId, reason: '확인' })).toMatchObject({
      ok: false,
      problem: { code: 'role-missing' },
    })
    expect(unwrap(await decide('PG 관리자 화면에서 취소 내역 없음을 확인')).row.state).toBe('failed')
    expect((await desk.call('batch.get', { batchId: batch.batchId })).state).toBe('done')
  })

  it('a cancel of our amount without our tag is only proposed: a checker says with a reason whose it is', async () => {
    const test = await openDesk()
    const { pg, desk, clock } = test
    pg.setScenario(onCancel({ kind: 'lose_answer_before_effect', count: 0 }))
    const batch = await approvedBatch(desk, 1)
    await desk.settled(batch.batchId)
    const [row] = await rowsOf(desk, batch.batchId)
    if (row === undefined) throw new Error('the batch has a row')
    const checker = unwrap(
      await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' }),
    ).session
    const decide = (reason: string) =>
      desk.core.command('row.decideOurs', { session: checker, input: { rowId: row.rowId, reason } })
    expect(await decide('아직 없음')).toMatchObject({ ok: false, problem: { code: 'batch-wrong-state' } })

    await consoleCancel(test, row.pgKey, row.amount)
    clock.advance(20 * 60_000)
    const looked = await desk.call('row.look', { rowId: row.rowId })
    expect(looked.row.state).toBe('needs-look')
    expect(looked.attempts[0]?.evidence.at(-1)?.what).toBe('looks-like-ours')
    expect(await desk.ask('row.decideOurs', { rowId: row.rowId, reason: '확인' })).toMatchObject({
      ok: false,
      problem: { code: 'role-missing' },
    })
    expect(unwrap(await decide('PG가 사유를 바꾸어 적음을 확인')).row.state).toBe('accepted')
    expect(await desk.call('sync.start', { days: 90 })).toMatchObject({ driftFound: 0 })
    expect(pg.requests.filter((request) => request.path === '/payments/cancel')).toHaveLength(1)
  })

  it.each([
    ['status_401', 'accepted', 10 * MINUTE_MS],
    ['status_401', 'needs-look', 10 * MINUTE_MS - 1],
    ['status_429', 'accepted', 10 * MINUTE_MS],
    ['status_429', 'needs-look', 10 * MINUTE_MS - 1],
    ['refuse', 'failed', 5_000],
    ['half_body', 'accepted', 5_000],
    ['html_200', 'accepted', 5_000],
    ['response_null', 'accepted', 5_000],
    ['status_503', 'needs-look', 5_000],
  ] as const)('after %s the row is %s after %d ms without a second effect', async (kind, state, afterMs) => {
    const test = await openDesk()
    const { pg, desk, clock } = test
    pg.setScenario(onCancel({ kind }))
    const batch = await approvedBatch(desk, 1)
    const [first] = await rowsOf(desk, batch.batchId)
    if (first === undefined) throw new Error('the batch has a row')
    await until(async () => (await rowsOf(desk, batch.batchId))[0]?.state === 'needs-look', 'needs-look')
    clock.advance(afterMs)
    await desk.call('row.look', { rowId: first.rowId })
    // A refusal that proves to be clean sends the row back to the outbox; the runner takes it from there.
    await desk.call('run.resume', {})
    await until(async () => (await rowsOf(desk, batch.batchId))[0]?.state === state, state)
    expect(ourEffects(test)).toBe(state === 'accepted' ? 1 : 0)
  })

  it('someone else cancels at the PG before the run: that row stops as drift, the others go on', async () => {
    const test = await openDesk()
    const { books, desk } = test
    const batch = await draftedBatch(desk, 3)
    const [row] = await rowsOf(desk, batch.batchId)
    if (row === undefined) throw new Error('the batch has a row')
    await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    const account = books.account(row.pgKey)
    if (account === undefined) throw new Error('the shop has this payment')
    await consoleCancel(test, row.pgKey, 1_000)
    unwrap(await desk.approve(batch.batchId))
    const ran = await desk.settled(batch.batchId)
    expect(Object.fromEntries(ran.byState.map((each) => [each.state, each.count]))).toEqual({
      accepted: 2,
      'stopped-drift': 1,
    })
    const drift = await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })
    expect(drift.rows).toMatchObject([
      { kind: 'only-at-pg', pgAmount: 1_000, difference: -1_000, orderNo: row.orderNo },
    ])
  })

  it('the same file again is told row by row, needs a word of intent, and the second person is told too', async () => {
    const { desk } = await openDesk()
    const lines = sampleText('fine').split('\r\n')
    const first = await desk.importText(lines.join('\r\n'))
    const paid = await desk.call('batch.create', { draftId: first.draftId, name: '처음', duplicatesIntended: false })
    await desk.call('batch.submit', { batchId: paid.batchId, withoutBlocked: false })
    unwrap(await desk.approve(paid.batchId))
    await desk.settled(paid.batchId)

    const again = await desk.importText(lines.join('\r\n'))
    expect(again.importedBefore).not.toBeNull()
    expect(again.rowsFine).toBeGreaterThan(0)
    expect(again.rowsDuplicate).toBe(again.rowsFine)
    const { rows } = await desk.call('import.rows', {
      draftId: again.draftId,
      filter: 'warnings',
      offset: 0,
      limit: 50,
    })
    expect(rows.every((row) => row.problems.some((each) => each.code === 'duplicate-refunded'))).toBe(true)
    const create = (duplicatesIntended: boolean) =>
      desk.ask('batch.create', { draftId: again.draftId, name: '다시', duplicatesIntended })
    expect(await create(false)).toMatchObject({ ok: false, problem: { code: 'duplicates-unconfirmed' } })
    const batch = unwrap(await create(true))
    await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    const { digest } = unwrap(
      await desk.core.command('shell.approvalDigest', { session: desk.maker, batchId: batch.batchId }),
    )
    expect(digest.warnings).toContainEqual({ what: 'file-imported-before', rows: batch.rows })
    expect(digest.warnings).toContainEqual({ what: 'duplicate-refunded', rows: batch.rows })
  })

  it('a batch needs a second person, the right PIN and the content that was shown', async () => {
    const { desk } = await openDesk()
    const batch = await draftedBatch(desk, 2)
    await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    const { digest, checkers } = unwrap(
      await desk.core.command('shell.approvalDigest', { session: desk.maker, batchId: batch.batchId }),
    )
    expect(checkers.map((each) => each.name)).toEqual(['이승인'])
    const approve = (personId: (typeof checkers)[number]['personId'], pin: string, contentHash: string) =>
      desk.core.command('shell.approve', { batchId: batch.batchId, personId, pin, contentHash })
    expect(await approve(batch.makerId, '1111', digest.contentHash)).toMatchObject({
      ok: false,
      problem: { code: 'role-missing' },
    })
    expect(await approve(desk.checker.personId, '1111', digest.contentHash)).toMatchObject({
      ok: false,
      problem: { code: 'pin-wrong' },
    })
    expect(await approve(desk.checker.personId, '2222', 'another')).toMatchObject({
      ok: false,
      problem: { code: 'content-changed' },
    })
    expect((await desk.call('batch.get', { batchId: batch.batchId })).state).toBe('submitted')
    expect((await approve(desk.checker.personId, '2222', digest.contentHash)).ok).toBe(true)
    expect(await approve(desk.checker.personId, '2222', digest.contentHash)).toMatchObject({
      ok: false,
      problem: { code: 'batch-wrong-state' },
    })
  })

  it('an approval ends with its days, and a withdrawn batch sends nothing', async () => {
    const test = await openDesk()
    const { desk, clock, pg } = test
    await desk.call('run.pause', {})
    const expired = await approvedBatch(desk, 2)
    const withdrawn = await draftedBatch(desk, 2, 2)
    await desk.call('batch.submit', { batchId: withdrawn.batchId, withoutBlocked: false })
    expect(await desk.ask('batch.withdraw', { batchId: withdrawn.batchId, reason: '' })).toMatchObject({
      ok: false,
      problem: { code: 'reason-missing' },
    })
    expect((await desk.call('batch.withdraw', { batchId: withdrawn.batchId, reason: '고객 요청' })).state).toBe(
      'withdrawn',
    )
    clock.advance(3 * 24 * 60 * 60_000 + 1)
    await desk.call('run.resume', {})
    await until(async () => (await desk.call('batch.get', { batchId: expired.batchId })).state === 'expired', 'expired')
    expect(pg.requests.filter((request) => request.path === '/payments/cancel')).toHaveLength(0)
  })
})
