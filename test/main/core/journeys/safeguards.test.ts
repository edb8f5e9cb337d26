import Database from 'better-sqlite3'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import type { BatchView } from '../../../../src/contract/views'
import { anchorFileOf } from '../../../../src/main/core/ledger/anchor'
import { draftBytes, draftRowsAt } from '../../../../src/main/core/ledger/drafts'
import { openTestCore, sampleText, unwrap } from '../../../support/open-test-core'
import { diskAfterCrash, openTestLedger } from '../../../support/open-test-ledger'
import {
  approvedBatch,
  cancelRequests,
  consoleCancel,
  firstRow,
  onCancel,
  openDesk,
  ourEffects,
  setParallel,
  submittedBatch,
  until,
  untilLost,
} from '../../../support/open-desk'

const [HEADER = '', ...LINES] = sampleText('fine').split('\r\n')
const cellsOf = (line: string): string[] => line.split(',')

describe('files', () => {
  test('a CP949 file keeps its account and its rare syllables', async () => {
    const { desk } = await openDesk()
    const cells = cellsOf(LINES[0] ?? '')
    const account = cells[4] ?? ''
    cells[5] = '똠방각'
    const bytes = iconv.encode([HEADER, cells.join(',')].join('\r\n'), 'cp949')
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow()
    const draft = unwrap(
      await desk.core.command('shell.importFile', { session: desk.maker, file: { name: '환불.csv', bytes } }),
    )
    expect(draft).toMatchObject({ encoding: 'cp949', rowsFine: 1 })
    const batch = await desk.call('batch.create', { draftId: draft.draftId, name: '시험', duplicatesIntended: false })
    await desk.stop()
    const { ledger } = openTestLedger({ file: desk.ledgerFile })
    const [stored] = draftRowsAt(ledger, draft.draftId, [0]) as { holder: string; accountNo: string }[]
    expect(stored).toMatchObject({ holder: '똠방각', accountNo: account.replaceAll('-', '') })
    expect(batch.rows).toBe(1)
  })

  test('a row with a resident number is stored nowhere, nor the file that it came in', async () => {
    const { desk } = await openDesk()
    const resident = '880101-1234568'
    const cells = cellsOf(LINES[1] ?? '')
    cells[7] = `고객 ${resident}`
    const text = [HEADER, LINES[0], cells.join(',')].join('\r\n')
    const draft = await desk.importText(text)
    expect(draft).toMatchObject({ rowsFine: 1, rowsWithErrors: 1 })
    const { rows } = await desk.call('import.rows', { draftId: draft.draftId, filter: 'errors', offset: 0, limit: 10 })
    expect(JSON.stringify(rows)).not.toContain('880101')
    expect(rows[0]?.problems.map((each) => each.code)).toContain('text-resident-number')
    expect(await desk.ask('import.reread', { draftId: draft.draftId, encoding: 'cp949' })).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    })
    await desk.stop()
    const { ledger } = openTestLedger({ file: desk.ledgerFile })
    expect(draftBytes(ledger, draft.draftId)).toHaveLength(0)
    expect(JSON.stringify(draftRowsAt(ledger, draft.draftId, [0, 1]))).not.toMatch(/880101|1234568/)
    for (const end of ['', '-wal']) {
      if (!existsSync(desk.ledgerFile + end)) continue
      expect(readFileSync(desk.ledgerFile + end).includes('1234568')).toBe(false)
    }
  })
})

describe('drafts', () => {
  test('a draft that became a batch does not come back by a reading that was under way', async () => {
    const { desk } = await openDesk()
    const [header, ...lines] = sampleText('fine').split('\r\n')
    const draft = await desk.importText([header, ...lines.slice(0, 2)].join('\r\n'))
    const reread = desk.ask('import.reread', { draftId: draft.draftId, encoding: 'utf-8' })
    await desk.call('batch.create', { draftId: draft.draftId, name: '하나', duplicatesIntended: false })
    expect(await reread).toMatchObject({ ok: false, problem: { code: 'not-found' } })
    expect(await desk.call('import.drafts', {})).toEqual([])
    expect(
      await desk.ask('batch.create', { draftId: draft.draftId, name: '둘', duplicatesIntended: false }),
    ).toMatchObject({ ok: false })
  })
})

describe('the result file', () => {
  test('hides an account in the free text of a row and disarms what a spreadsheet would run', async () => {
    const { desk } = await openDesk()
    const cells = cellsOf(LINES[0] ?? '')
    cells[7] = '=HYPERLINK 110-123-456789 로'
    const draft = await desk.importText([HEADER, cells.join(',')].join('\r\n'))
    const made = { draftId: draft.draftId, name: '자유 문구', duplicatesIntended: false }
    const batch = await desk.call('batch.create', made)
    await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    unwrap(await desk.approve(batch.batchId))
    await desk.settled(batch.batchId)
    const { bytes } = unwrap(
      await desk.core.command('shell.resultFile', { session: desk.maker, batchId: batch.batchId }),
    )
    const text = new TextDecoder().decode(bytes)
    expect(text).toContain("'=HYPERLINK")
    expect(text).not.toMatch(/110-?123-?456789/)
  })
})

describe('content and approval', () => {
  test('nobody can approve after one digit of a row changed, past this program too', async () => {
    const at = await openDesk()
    const { desk, pg, clock } = at
    const batch = await submittedBatch(desk, 2)
    const shown = unwrap(
      await desk.core.command('shell.approvalDigest', { session: desk.maker, batchId: batch.batchId }),
    ).digest.contentHash
    await desk.stop()
    const raw = new Database(desk.ledgerFile)
    const change = `UPDATE refund_row SET amount = amount + 1 WHERE batch_id = ? AND position = 0`
    expect(() => raw.prepare(change).run(batch.batchId)).toThrow(/keeps its content/)
    raw.exec('DROP TRIGGER refund_row_frozen')
    expect(raw.prepare(change).run(batch.batchId).changes).toBe(1)
    raw.close()
    // Whoever does that takes the anchor away as well, which alone would have refused the file.
    rmSync(anchorFileOf(desk.ledgerFile))

    const again = await openTestCore({ origin: pg.origin, clock, ledgerFile: desk.ledgerFile })
    expect(
      await again.core.command('shell.approvalDigest', { session: again.maker, batchId: batch.batchId }),
    ).toMatchObject({ ok: false, problem: { code: 'content-changed' } })
    expect(
      await again.core.command('shell.approve', {
        batchId: batch.batchId,
        personId: again.checker.personId,
        pin: '2222',
        contentHash: shown,
      }),
    ).toMatchObject({ ok: false, problem: { code: 'content-changed' } })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(cancelRequests(at)).toHaveLength(0)
  })

  test('two batches on one payment: the second is approved only for what the first leaves', async () => {
    const at = await openDesk()
    const { desk } = at
    await desk.call('run.pause', {})
    const { ledgerBalance, paymentId } = await firstRow(desk, (await submittedBatch(desk, 1)).batchId)
    const cells = cellsOf(LINES[0] ?? '')
    cells[2] = String(Math.ceil(ledgerBalance * 0.6))
    const batchOfMost = async (): Promise<BatchView> => {
      const draft = await desk.importText([HEADER, cells.join(',')].join('\r\n'))
      const made = { draftId: draft.draftId, name: '거의 전부', duplicatesIntended: true }
      const { batchId } = await desk.call('batch.create', made)
      return desk.call('batch.submit', { batchId, withoutBlocked: false })
    }
    const [one, two] = [await batchOfMost(), await batchOfMost()]
    unwrap(await desk.approve(one.batchId))
    expect(await desk.approve(two.batchId)).toMatchObject({ ok: false, problem: { code: 'amount-over-promisable' } })
    await desk.call('run.resume', {})
    await desk.settled(one.batchId)
    expect(await desk.approve(two.batchId)).toMatchObject({ ok: false, problem: { code: 'amount-over-promisable' } })
    expect((await desk.call('payment.get', { paymentId })).ledgerBalance).toBe(ledgerBalance - one.amount)
    expect(ourEffects(at)).toBe(1)
  })

  test('two rows of one payment in one batch are two refunds, one after the other, each with its own checksum', async () => {
    const at = await openDesk()
    const { desk, books } = at
    const cells = cellsOf(LINES[0] ?? '')
    cells[2] = '1000'
    const draft = await desk.importText([HEADER, cells.join(','), cells.join(',')].join('\r\n'))
    expect(draft).toMatchObject({ rowsFine: 2, rowsWithWarnings: 2 })
    const batch = await desk.call('batch.create', { draftId: draft.draftId, name: '둘', duplicatesIntended: true })
    await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    unwrap(await desk.approve(batch.batchId))
    const done = await desk.settled(batch.batchId)
    expect(done.byState).toMatchObject([{ state: 'accepted', count: 2 }])
    const checksums = books.cancelRecords().map((record) => record.request?.checksum ?? 0)
    expect((checksums[0] ?? 0) - (checksums[1] ?? 0)).toBe(1000)
    expect((await desk.call('sync.start', { days: 90 })).driftFound).toBe(0)
  })
})

describe('comparison', () => {
  test('several findings of one payment are adopted one after another, in any order, and both sides agree', async () => {
    for (const backwards of [false, true]) {
      const at = await openDesk()
      const { desk, clock } = at
      await desk.call('sync.start', { days: 90 })
      const batch = await submittedBatch(desk, 1)
      const row = await firstRow(desk, batch.batchId)
      for (const amount of [100, 200, 300]) {
        clock.advance(60_000)
        await consoleCancel(at, row.pgKey, amount)
      }
      clock.advance(60_000)
      expect((await desk.call('sync.start', { days: 90 })).driftFound).toBe(3)
      const { rows } = await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })
      for (const each of backwards ? rows.toReversed() : rows) {
        await desk.call('drift.adopt', { caseId: each.caseId, reason: '확인' })
      }
      const payment = await desk.call('payment.get', { paymentId: row.paymentId })
      expect(payment.ledgerBalance).toBe(payment.pgBalance)
      expect((await desk.call('sync.start', { days: 90 })).driftFound).toBe(0)
    }
  })

  test('a reading asked for while our request was under way does not prove that nothing happened', async () => {
    const at = await openDesk()
    const { desk, pg, clock } = at
    const batch = await submittedBatch(desk, 1)
    const row = await firstRow(desk, batch.batchId)
    // The PG holds our cancel, then carries it out and answers with a refusal that is not known to be clean.
    pg.setScenario({
      rules: [
        onCancel({ kind: 'hold', stage: 'before' }),
        { kind: 'hold', path: '/payments/status/all', stage: 'after' },
      ],
    })
    unwrap(await desk.approve(batch.batchId))
    await until(() => pg.holds.held.length === 1, 'the cancel is held')
    clock.advance(1_000)
    const sync = desk.ask('sync.start', { days: 90 })
    await until(() => pg.holds.held.length === 2, 'the list is held, read before the effect')
    clock.advance(1_000)
    const [cancel, list] = pg.holds.held
    expect([cancel?.path, list?.path]).toEqual(['/payments/cancel', '/payments/status/all'])
    pg.holds.release(cancel?.id)
    await until(async () => (await firstRow(desk, batch.batchId)).state === 'accepted', 'accepted')
    pg.holds.release()
    expect(unwrap(await sync).driftFound).toBe(0)
    const payment = await desk.call('payment.get', { paymentId: row.paymentId })
    expect(payment.ledgerBalance).toBe(payment.pgBalance)
    expect(ourEffects(at)).toBe(1)
  })

  test('a line of the books that came some days after a cancel before its first day is the same cancel', async () => {
    const at = await openDesk()
    const { desk, clock } = at
    const batch = await submittedBatch(desk, 1)
    const row = await firstRow(desk, batch.batchId)
    await consoleCancel(at, row.pgKey, 700)
    clock.advance(60_000)
    // A second ledger sees the cancel as a baseline.
    const other = await openTestCore({ origin: at.pg.origin, clock })
    await other.call('sync.start', { days: 90 })
    const text = `구분,주문번호,일시,금액\r\n취소,${row.orderNo},2026-11-22,700\r\n`
    const report = unwrap(
      await other.core.command('shell.importBooks', {
        session: other.maker,
        file: { name: '장부.csv', bytes: new TextEncoder().encode(text) },
      }),
    )
    expect(report).toMatchObject({ problemsAll: 0, cancelsAdded: 0, cancelsKnown: 1, driftFound: 0 })
  })

  test('books of a hundred thousand lines on one order are read', async () => {
    const at = await openDesk()
    const { desk } = at
    const batch = await submittedBatch(desk, 1)
    const row = await firstRow(desk, batch.batchId)
    const line = `결제,${row.orderNo},2026-11-01 10:00,${row.paid}\r\n`
    const text = `구분,주문번호,일시,금액\r\n${line.repeat(100_000)}`
    const report = await desk.core.command('shell.importBooks', {
      session: desk.maker,
      file: { name: '장부.csv', bytes: new TextEncoder().encode(text) },
    })
    expect(report).toMatchObject({ ok: true, value: { rowsAll: 100_000 } })
  }, 120_000)
})

describe('adopting while a refund is under way', () => {
  test('waits until the refund has ended, since nobody knows yet which cancel is whose', async () => {
    const at = await openDesk()
    const { desk, pg, clock } = at
    const cells = cellsOf(LINES[0] ?? '')
    cells[2] = '1000'
    const draft = await desk.importText([HEADER, cells.join(',')].join('\r\n'))
    const made = { draftId: draft.draftId, name: '일부', duplicatesIntended: false }
    const batch = await desk.call('batch.create', made)
    await desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: false })
    const row = await firstRow(desk, batch.batchId)
    // Both sides cancelled the same sum at quite different times: two findings, and balances that agree.
    await consoleCancel(at, row.pgKey, 700)
    clock.advance(60_000)
    const text = `구분,주문번호,일시,금액\r\n취소,${row.orderNo},2026-11-10 10:00,700\r\n`
    unwrap(
      await desk.core.command('shell.importBooks', {
        session: desk.maker,
        file: { name: '장부.csv', bytes: new TextEncoder().encode(text) },
      }),
    )
    expect((await desk.call('sync.start', { days: 90 })).driftFound).toBe(2)
    pg.setScenario({ rules: [onCancel({ kind: 'lose_answer_before_effect' })] })
    unwrap(await desk.approve(batch.batchId))
    await untilLost(desk, batch.batchId)
    const { rows } = await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })
    expect(rows).toHaveLength(2)
    for (const { caseId } of rows) {
      expect(await desk.ask('drift.adopt', { caseId, reason: '확인' })).toMatchObject({
        ok: false,
        problem: { code: 'payment-blocked-open-attempt' },
      })
    }
    clock.advance(11 * 60_000)
    await desk.call('run.resume', {})
    await until(async () => (await firstRow(desk, batch.batchId)).state === 'accepted', 'accepted')
    for (const { caseId } of rows.toSorted((a, b) => b.difference - a.difference)) {
      await desk.call('drift.adopt', { caseId, reason: '확인' })
    }
    const payment = await desk.call('payment.get', { paymentId: row.paymentId })
    expect(payment.ledgerBalance).toBe(payment.pgBalance)
    expect(payment.drift).toBe(false)
  })
})

describe('a clock that was set back', () => {
  test('readings of the PG still count, and drift is found', async () => {
    const at = await openDesk()
    const { desk, clock } = at
    const batch = await submittedBatch(desk, 1)
    const row = await firstRow(desk, batch.batchId)
    await desk.call('sync.start', { days: 90 })
    clock.advance(-24 * 60 * 60_000)
    await consoleCancel(at, row.pgKey, 500)
    expect((await desk.call('sync.start', { days: 90 })).driftFound).toBe(1)
  })

  test('a row that needs a look is looked at all the same', async () => {
    const at = await openDesk()
    const { desk, pg, clock } = at
    pg.setScenario({ rules: [onCancel({ kind: 'lose_answer_after_effect' })] })
    const batch = await approvedBatch(desk, 1)
    await untilLost(desk, batch.batchId)
    clock.advance(-24 * 60 * 60_000)
    await desk.call('run.resume', {})
    await until(async () => (await firstRow(desk, batch.batchId)).state === 'accepted', 'accepted')
    expect(ourEffects(at)).toBe(1)
  })
})

describe('deciding against a change', () => {
  test('what a person calls not sent, though the PG shows another cancel, is told as drift at once', async () => {
    const at = await openDesk()
    const { desk, pg, clock } = at
    pg.setScenario({ rules: [onCancel({ kind: 'lose_answer_before_effect' })] })
    const batch = await approvedBatch(desk, 1)
    await untilLost(desk, batch.batchId)
    const row = await firstRow(desk, batch.batchId)
    clock.advance(60_000)
    await consoleCancel(at, row.pgKey, 700)
    clock.advance(20 * 60_000)
    const session = unwrap(
      await desk.core.command('shell.openSession', { personId: desk.checker.personId, pin: '2222' }),
    ).session
    const input = { rowId: row.rowId, reason: '관리자 화면에서 확인' }
    expect(unwrap(await desk.core.command('row.decideNotSent', { session, input })).row.state).toBe('failed')
    expect((await desk.call('drift.list', { state: 'open', offset: 0, limit: 10 })).rows).toMatchObject([
      { kind: 'only-at-pg', difference: -700 },
    ])
  })
})

describe('a row that cannot be read', () => {
  test('stops the run and nothing else: the program opens, says so, and sends nothing', async () => {
    const at = await openDesk()
    const { desk, pg, clock } = at
    await setParallel(desk, 1)
    pg.setScenario({ rules: [onCancel({ kind: 'hold' })] })
    const batch = await approvedBatch(desk, 2)
    await until(() => pg.holds.held.length === 1, 'the cancel is held')
    const copy = diskAfterCrash(desk.ledgerFile)
    const raw = new Database(copy)
    raw.exec('DROP TRIGGER attempt_frozen')
    expect(raw.prepare(`UPDATE attempt SET body_hash = 'other' WHERE state = 'sending'`).run().changes).toBe(1)
    raw.close()
    const again = await openTestCore({ origin: pg.origin, clock, ledgerFile: copy })
    expect(await again.call('run.state', {})).toMatchObject({ state: 'paused', problem: { code: 'unexpected' } })
    await again.call('run.resume', {})
    await until(async () => (await again.call('run.state', {})).problem?.code === 'unexpected', 'stopped again')
    expect((await again.call('batch.get', { batchId: batch.batchId })).rows).toBe(2)
    await again.stop()
    pg.holds.release()
    await desk.settled(batch.batchId)
    expect(ourEffects(at)).toBe(2)
  })
})
