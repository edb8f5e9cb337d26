import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PersonView } from '../../../../src/contract/views'
import { restoreBackup } from '../../../../src/main/core/ledger/restore'
import {
  approvedBatch,
  cancelRequests,
  onCancel,
  openDesk,
  ourEffects,
  rowsOf,
  setParallel,
  submittedBatch,
  until,
  type Desk,
} from '../../../support/open-desk'
import { openTestCore, sampleText, unwrap, type TestCore } from '../../../support/open-test-core'
import { TEST_MASTER_KEY } from '../../../support/open-test-ledger'

/** Puts the newest backup back as the window of a damaged ledger does, and opens the program again. */
async function restored(at: Desk, desk: TestCore, name?: string): Promise<TestCore> {
  await desk.stop()
  const backups = readdirSync(path.join(path.dirname(desk.ledgerFile), 'backups')).toSorted()
  const place = { file: desk.ledgerFile, mode: 'practice', masterKey: TEST_MASTER_KEY, nowMs: at.clock.nowMs } as const
  unwrap(restoreBackup({ ...place, name: name ?? backups[0] ?? '', who: 'program', reason: null }))
  return openTestCore({ origin: at.pg.origin, clock: at.clock, ledgerFile: desk.ledgerFile })
}

async function asChecker(desk: TestCore, person: PersonView = desk.checker) {
  const opened = unwrap(await desk.core.command('shell.openSession', { personId: person.personId, pin: '2222' }))
  return (reason: string) => desk.core.command('quarantine.end', { session: opened.session, input: { reason } })
}

const home = (desk: TestCore) => desk.call('home.today', {})

describe('an old backup, restored after refunds were made', () => {
  test('sends nothing, names what was paid since, and refunds again once a checker has lifted the block', async () => {
    const at = await openDesk()
    const { desk, clock } = at
    await desk.call('sync.start', { days: 90 })
    await desk.call('run.pause', {})
    const batch = await approvedBatch(desk, 4)
    const waiting = await submittedBatch(desk, 2, 10)
    await desk.call('backup.make', {})
    await desk.call('run.resume', {})
    await desk.settled(batch.batchId)
    expect(ourEffects(at)).toBe(4)
    const asked = cancelRequests(at).length

    clock.advance(60_000)
    const back = await restored(at, desk)
    await back.call('run.resume', {})
    expect((await home(back)).quarantine).toMatchObject({
      why: 'restored',
      stateAtMs: clock.nowMs() - 60_000,
      report: null,
    })
    // What waited in the backup was paid meanwhile: it has ended, with its reason, and holds no money any more.
    const rows = await rowsOf(back, batch.batchId)
    expect(rows.map((row) => [row.state, row.problem?.code])).toEqual(
      Array.from({ length: 4 }, () => ['expired', 'ledger-restored']),
    )
    expect(await back.call('batch.get', { batchId: batch.batchId })).toMatchObject({ state: 'expired' })
    expect(await back.call('batch.get', { batchId: waiting.batchId })).toMatchObject({ state: 'withdrawn' })
    expect(await back.call('import.drafts', {})).toEqual([])

    // Files may be imported and submitted; approving is refused in plain words.
    const lines = sampleText('fine').split('\r\n')
    const draft = await back.importText([lines[0], lines[20]].join('\r\n'))
    const made = { draftId: draft.draftId, name: '새 묶음', duplicatesIntended: true }
    const fresh = await back.call('batch.create', made)
    await back.call('batch.submit', { batchId: fresh.batchId, withoutBlocked: false })
    const refused = { ok: false, problem: { code: 'ledger-quarantined' } }
    const { batchId } = fresh
    expect(await back.core.command('shell.approvalDigest', { session: back.maker, batchId })).toMatchObject(refused)
    const signed = { batchId, personId: back.checker.personId, pin: '2222', contentHash: fresh.contentHash ?? '' }
    expect(await back.core.command('shell.approve', signed)).toMatchObject(refused)
    const lift = await asChecker(back)
    expect(await lift('보았습니다')).toMatchObject({ ok: false, problem: { code: 'quarantine-not-compared' } })

    clock.advance(1000)
    const report = await back.call('quarantine.compare', {})
    expect(report).toMatchObject({ differences: 4, paidSince: { count: 4 }, undecided: 0, missing: 0 })
    expect(report.paidSince.amount).toBe(rows.reduce((sum, row) => sum + row.amount, 0))
    const cases = (await back.call('drift.list', { state: 'open', offset: 0, limit: 50 })).rows
    expect(cases.map((each) => each.kind)).toEqual(Array.from({ length: 4 }, () => 'only-at-pg'))

    // The maker is no checker, and no reason is no reason.
    expect(await back.ask('quarantine.end', { reason: '제가 풉니다' })).toMatchObject({
      ok: false,
      problem: { code: 'role-missing' },
    })
    expect(await lift('')).toMatchObject({ ok: false, problem: { code: 'reason-missing' } })
    expect(await lift('PG와 비교함')).toEqual({ ok: true, value: {} })
    expect((await home(back)).quarantine).toBeNull()
    expect(cancelRequests(at)).toHaveLength(asked)

    // What was imported before the comparison was judged without it, and has ended as well.
    expect(await back.call('batch.get', { batchId })).toMatchObject({ state: 'withdrawn' })
    clock.advance(1000)
    const next = await submittedBatch(back, 1, 20)
    unwrap(await back.approve(next.batchId))
    await back.settled(next.batchId)
    expect(ourEffects(at)).toBe(5)
    const { rows: log } = await back.call('audit.list', { offset: 0, limit: 100 })
    const actions = log.map((line) => line.action)
    for (const action of ['ledger.restored', 'ledger.compared', 'ledger.quarantine-ended'])
      expect(actions).toContain(action)
    expect(await back.call('audit.verify', {})).toMatchObject({ intact: true })
  }, 60_000)

  test('warns of a refund that was paid since, when its file is imported again, before and after the PG’s history is adopted', async () => {
    const at = await openDesk()
    const { desk } = at
    await desk.call('sync.start', { days: 90 })
    await desk.call('backup.make', {})
    const batch = await approvedBatch(desk, 1)
    await desk.settled(batch.batchId)
    const back = await restored(at, desk)
    await back.call('quarantine.compare', {})
    const [found] = (await back.call('drift.list', { state: 'open', offset: 0, limit: 5 })).rows
    if (found === undefined) throw new Error('one case')
    const draft = await back.importText(sampleText('fine').split('\r\n').slice(0, 2).join('\r\n'))
    const { rows } = await back.call('import.rows', { draftId: draft.draftId, filter: 'all', offset: 0, limit: 5 })
    const codes = rows[0]?.problems.map((each) => each.code) ?? []
    expect(codes).toContain('duplicate-refunded')
    await back.call('drift.adopt', { caseId: found.caseId, reason: '백업 뒤에 나간 환불' })
    const again = await back.call('import.reread', { draftId: draft.draftId, encoding: 'utf-8' })
    expect(again.rowsDuplicate + again.rowsWithErrors).toBe(1)
  })

  test('takes back what was prepared and looks up what was being sent', async () => {
    const at = await openDesk()
    const { desk, pg } = at
    await desk.call('sync.start', { days: 90 })
    await setParallel(desk, 1)
    pg.setScenario({ rules: [onCancel({ kind: 'hold', nth: 2, stage: 'after' })] })
    const batch = await approvedBatch(desk, 3)
    await until(() => pg.holds.held.length === 1, 'the second cancel is held')
    await desk.call('backup.make', {})
    pg.holds.release()
    await desk.settled(batch.batchId)
    const asked = cancelRequests(at).length

    const back = await restored(at, desk)
    await until(async () => {
      const states = (await rowsOf(back, batch.batchId)).map((row) => row.state)
      return states.filter((state) => state === 'accepted').length === 2 || states.includes('needs-look')
    }, 'the row that was being sent is looked up')
    at.clock.advance(10_000)
    const open = (await rowsOf(back, batch.batchId)).find((row) => row.state === 'needs-look')
    if (open !== undefined) await back.call('row.look', { rowId: open.rowId })
    expect((await rowsOf(back, batch.batchId)).map((row) => row.state).toSorted()).toEqual([
      'accepted',
      'accepted',
      'expired',
    ])
    const report = await back.call('quarantine.compare', {})
    expect(report).toMatchObject({ differences: 1, paidSince: { count: 1 } })
    expect(cancelRequests(at)).toHaveLength(asked)
  })

  test('is not lifted by a comparison that the PG did not answer to its end, nor by an old one', async () => {
    const at = await openDesk()
    const { desk, pg, clock } = at
    await desk.call('sync.start', { days: 90 })
    const batch = await approvedBatch(desk, 1)
    await desk.settled(batch.batchId)
    await desk.call('backup.make', {})
    const back = await restored(at, desk)
    const lift = await asChecker(back)
    // The second page of the list is lost: everything before it was compared.
    pg.setScenario({ rules: [{ kind: 'lose_answer_before_effect', path: '/payments/status*', nth: 2, count: 0 }] })
    expect((await back.ask('quarantine.compare', {})).ok).toBe(false)
    expect(await lift('비교함')).toMatchObject({ ok: false, problem: { code: 'quarantine-not-compared' } })
    pg.setScenario({ rules: [] })
    await back.call('quarantine.compare', {})
    clock.advance(61 * 60_000)
    expect(await lift('비교함')).toMatchObject({ ok: false, problem: { code: 'quarantine-not-compared' } })
    await back.call('quarantine.compare', {})
    expect(await lift('비교함')).toMatchObject({ ok: true })
    expect(await lift('비교함')).toMatchObject({ ok: false, problem: { code: 'quarantine-ended' } })
  })
})

describe('an older ledger file, copied back by hand', () => {
  test('is noticed by its anchor and sends nothing', async () => {
    const at = await openDesk()
    const { desk } = at
    await desk.call('sync.start', { days: 90 })
    await desk.call('run.pause', {})
    const batch = await approvedBatch(desk, 2)
    await desk.stop()
    const kept = `${desk.ledgerFile}.kept`
    copyFileSync(desk.ledgerFile, kept)
    const again = await openTestCore({ origin: at.pg.origin, clock: at.clock, ledgerFile: desk.ledgerFile })
    await again.call('run.resume', {})
    await again.settled(batch.batchId)
    await again.stop()
    const asked = cancelRequests(at).length
    expect(ourEffects(at)).toBe(2)

    copyFileSync(kept, desk.ledgerFile)
    const back = await openTestCore({ origin: at.pg.origin, clock: at.clock, ledgerFile: desk.ledgerFile })
    await back.call('run.resume', {})
    expect((await home(back)).quarantine).toMatchObject({ why: 'rolled-back' })
    expect((await rowsOf(back, batch.batchId)).map((row) => row.state)).toEqual(['expired', 'expired'])
    const report = await back.call('quarantine.compare', {})
    expect(report.paidSince.count).toBe(2)
    expect(cancelRequests(at)).toHaveLength(asked)
    // The anchor follows the ledger from here: another start finds nothing new.
    const lift = await asChecker(back)
    expect((await lift('비교함')).ok).toBe(true)
    await back.stop()
    const last = await openTestCore({ origin: at.pg.origin, clock: at.clock, ledgerFile: desk.ledgerFile })
    expect((await home(last)).quarantine).toBeNull()
  })

  test('is no such thing after a normal stop, a crash, or with an anchor of another ledger', async () => {
    const at = await openDesk()
    const { desk } = at
    await desk.call('sync.start', { days: 90 })
    await desk.stop()
    const anchor = path.join(path.dirname(desk.ledgerFile), 'ledger.anchor')
    expect(JSON.parse(readFileSync(anchor, 'utf8'))).toMatchObject({ seq: expect.any(Number) as number })
    const again = await openTestCore({ origin: at.pg.origin, clock: at.clock, ledgerFile: desk.ledgerFile })
    expect((await home(again)).quarantine).toBeNull()
  })
})

describe('settings', () => {
  test('an administrator restores with a reason; the old file is kept, and the program must start anew', async () => {
    const at = await openDesk()
    const { desk } = at
    const [backup] = await desk.call('backup.make', {})
    if (backup === undefined) throw new Error('one backup')
    expect(backup.name).toBe('ledger-2026-11-21.db')
    const choose = (name: string, reason: string) =>
      desk.core.command('shell.restore', { session: desk.maker, name, reason })
    expect(await choose(backup.name, '')).toMatchObject({ ok: false, problem: { code: 'reason-missing' } })
    expect(await choose('../ledger.db', '왜')).toMatchObject({ ok: false, problem: { code: 'not-found' } })
    await desk.call('sync.start', { days: 7 })
    expect(await choose(backup.name, '잘못 가져온 파일')).toEqual({ ok: true, value: null })
    const folder = path.dirname(desk.ledgerFile)
    const [aside = ''] = readdirSync(path.join(folder, 'damaged'))
    expect(existsSync(path.join(folder, 'damaged', aside, 'ledger.db'))).toBe(true)
    const back = await openTestCore({ origin: at.pg.origin, clock: at.clock, ledgerFile: desk.ledgerFile })
    expect((await home(back)).quarantine).toMatchObject({ why: 'restored' })
    expect((await back.call('audit.list', { offset: 0, limit: 1 })).rows.length).toBe(1)
  })

  test('a backup during a run holds a state between two rows and does not stop the run', async () => {
    const at = await openDesk()
    const { desk } = at
    await desk.call('sync.start', { days: 90 })
    const batch = await approvedBatch(desk, 10)
    const backups = await desk.call('backup.make', {})
    await desk.settled(batch.batchId)
    expect(ourEffects(at)).toBe(10)
    expect(backups[0]?.atMs).toBe(at.clock.nowMs())
    expect((await home(desk)).backup).toEqual({ atMs: at.clock.nowMs(), problem: null })
  })
})
