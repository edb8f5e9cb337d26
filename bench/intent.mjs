import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { driver } from './core-thread.mjs'
import { median, summary } from './figures.mjs'
import { refundFile, startShop, writeBooks } from './practice-shop.mjs'

const bundle = path.resolve(import.meta.dirname, '../out/fault/bench-intent.mjs')
const REFUNDS = 500
const BLOCKS = 5

/**
 * The intent of a refund as a run makes it durable, beside a bare write of the same bytes with fdatasync right after it on
 * the same disk. The judging of the row, which only reads, comes before it and is told by itself. Blocks of 100 are the pairs.
 */
export async function measureIntent() {
  const { openTimedCore } = await import(pathToFileURL(bundle).href)
  const folder = mkdtempSync(path.join(tmpdir(), 'refund-desk-bench-'))
  const books = path.join(folder, 'books.jsonl')
  const payments = writeBooks(books, REFUNDS)
  const shop = await startShop(books, 0)
  try {
    const desk = openTimedCore({ folder, origin: shop.origin, masterKey: new Uint8Array(32).fill(7) })
    const run = await driver((name, input) => desk.core.command(name, input))
    await run.call('sync.start', { days: 90 })
    const { batchId } = await run.submit(refundFile(payments))
    await run.approve(batchId)
    while ((await run.call('run.state', {})).rowsAll > 0) await new Promise((resolve) => setTimeout(resolve, 100))
    const { ours, peer, bytes, judged } = desk.times()
    await desk.stop()
    const size = Math.floor(ours.length / BLOCKS)
    const block = (values, number) => median(values.slice(number * size, (number + 1) * size))
    const pairs = Array.from({ length: BLOCKS }, (_, number) => ({
      ours: block(ours, number),
      peer: block(peer, number),
    }))
    const what = `a durable intent (${Math.round(median(bytes) / 1024)} KB; judging the row before it: ${median(judged).toFixed(2)} ms), beside a bare write + fdatasync of as many bytes`
    return [summary({ id: 'run.intent', what, unit: 'ms', goal: 1.5, digits: 2 }, pairs)]
  } finally {
    await shop.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
