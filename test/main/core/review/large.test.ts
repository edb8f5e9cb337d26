import { monitorEventLoopDelay } from 'node:perf_hooks'
import { test } from 'vitest'
import { Session } from 'node:inspector'
import { writeFileSync } from 'node:fs'
import { sampleText, unwrap } from '../../../support/open-test-core'
import path from 'node:path'
import { createBooks } from '../../../../src/practice/books'
import { createPracticePg } from '../../../../src/practice/server'
import { sampleShop } from '../../../../src/practice/shop/sample-shop'
import { openTestCore, TEST_DAY } from '../../../support/open-test-core'
import { tempFolder, testClock } from '../../../support/open-test-ledger'

test('large', async () => {
  const ROWS = Number(process.env['ROWS'] ?? 20000)
  const clock = testClock()
  const shop = sampleShop(TEST_DAY)
  const [header = '', ...lines] = sampleText('fine').split('\r\n')
  const some = lines.filter((l) => l.includes(',')).slice(0, 24)
  const out: string[] = [header]
  const payments = [...shop]
  for (let i = 0; i < ROWS; i += 1) {
    const cells = (some[i % 24] ?? '').split(',')
    const base = shop.find((p) => p.impUid === cells[1] || p.merchantUid === cells[0])
    if (base === undefined) throw new Error('base ' + cells.join())
    const impUid = 'imp_' + String(900000000000 + i)
    payments.push({ ...base, impUid, merchantUid: 'L-' + i })
    cells[0] = 'L-' + i
    if (cells[1] !== '') cells[1] = impUid
    cells[2] = '1'
    out.push(cells.join(','))
  }
  const books = createBooks(path.join(tempFolder(), 'books.jsonl'), { nowMs: clock.nowMs, payments })
  const pg = await createPracticePg({ books, clock, port: 0, controlKey: 'test' })
  const desk = await openTestCore({ origin: pg.origin, clock })
  await desk.call('run.pause', {})
  const lag = monitorEventLoopDelay({ resolution: 5 })
  lag.enable()
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    lag.reset()
    const t = performance.now()
    await new Promise((r2) => setTimeout(r2, 30)); lag.reset(); const t2 = performance.now()
    const r = await work()
    const took = Math.round(performance.now() - t2)
    await new Promise((r2) => setTimeout(r2, 30))
    console.log(name, took, 'ms; longest stall', Math.round(lag.max / 1e6), 'ms', t > 0)
    return r
  }
  await timed('sync', () => desk.call('sync.start', { days: 90 }))
  const session = new Session(); session.connect()
  const post = (m: string) => new Promise<any>((res) => (session as any).post(m, (_e: unknown, r: unknown) => res(r)))
  await post('Profiler.enable'); await post('Profiler.start')
  const draft = await timed('import', () => desk.importText(out.join('\r\n')))
  const { profile } = await post('Profiler.stop')
  writeFileSync('/tmp/import.cpuprofile', JSON.stringify(profile))
  if (process.env['ONLY']) return
  console.log(draft.rowsFine, draft.rowsWithErrors)
  const batch = await timed('create', () => desk.call('batch.create', { draftId: draft.draftId, name: 'x', duplicatesIntended: false }))
  await timed('check', () => desk.call('batch.check', { batchId: batch.batchId }))
  await timed('submit', () => desk.call('batch.submit', { batchId: batch.batchId, withoutBlocked: true }))
  const offer = await timed('digest', async () => unwrap(await desk.core.command('shell.approvalDigest', { session: desk.maker, batchId: batch.batchId })))
  await timed('approve', async () => unwrap(await desk.core.command('shell.approve', { batchId: batch.batchId, personId: desk.checker.personId, pin: '2222', contentHash: offer.digest.contentHash })))
  await timed('rows', () => desk.call('batch.rows', { batchId: batch.batchId, filter: 'all', offset: 0, limit: 100 }))
  await timed('get', () => desk.call('batch.get', { batchId: batch.batchId }))
  await timed('state', () => desk.call('run.state', {}))
  await desk.call('run.resume', {})
  await timed('run 5 s', () => new Promise((r) => setTimeout(r, 5000)))
  const s = await desk.call('run.state', {})
  console.log('rows done', s.rowsDone)
  await desk.call('run.pause', {})
  await timed('result', async () => unwrap(await desk.core.command('shell.resultFile', { session: desk.maker, batchId: batch.batchId })))
  await timed('withdraw', () => desk.call('batch.withdraw', { batchId: batch.batchId, reason: 'x' }))
}, 300_000)
