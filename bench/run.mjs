import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openCoreThread } from './core-thread.mjs'
import { summary } from './figures.mjs'
import { refundFile, startShop, writeBooks } from './practice-shop.mjs'

const PAIRS = 5
const REFUNDS = 1000
/** The peer is so much slower that a part of the work tells its rate. */
const PEER_REFUNDS = 60
const PARALLEL = 8
const LATENCY_MS = 200

/**
 * A run of 1,000 refunds at eight at a time against a PG on a socket that takes 200 ms for every answer: beside what eight
 * requests at a time could do at most, and beside the loop of the PG's own guide (one refund after another, one token
 * for all). Counted from the approval to the last row, with everything that a refund is here: the reading before it,
 * the intent, the answer and the settlement, each durable.
 */
export async function measureRun() {
  const pairs = []
  for (let pair = 0; pair < PAIRS; pair += 1) pairs.push({ ours: await ours(), peer: await guideLoop() })
  const most = PARALLEL / (LATENCY_MS / 1000)
  const form = { unit: 'refunds/s', digits: 1, atLeast: true }
  return [
    summary(
      {
        ...form,
        id: 'run.throughput',
        what: `refunds at ${PARALLEL} at a time, beside ${PARALLEL} ÷ ${LATENCY_MS} ms`,
        goal: 0.9,
      },
      pairs.map((pair) => ({ ours: pair.ours, peer: most })),
    ),
    summary({ ...form, id: 'run.vs-sequential', what: 'the same, beside the loop of the guide', goal: 6 }, pairs),
  ]
}

async function withShop(count, work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'refund-desk-bench-'))
  const books = path.join(folder, 'books.jsonl')
  const payments = writeBooks(books, count)
  const shop = await startShop(books, LATENCY_MS)
  try {
    return await work({ folder, payments, shop })
  } finally {
    await shop.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function ours() {
  return withShop(REFUNDS, async ({ folder, payments, shop }) => {
    const core = await openCoreThread({ ledgerFile: path.join(folder, 'ledger.db'), pgOrigin: shop.origin })
    const [channel] = await core.call('settings.channels', {})
    const { channelId, name, options } = channel
    await core.call('settings.saveChannel', { channelId, name, options, parallel: PARALLEL })
    await core.call('sync.start', { days: 90 })
    const { batchId } = await core.submit(refundFile(payments))
    await shop.slow()
    await core.approve(batchId)
    const startedMs = performance.now()
    while ((await core.call('run.state', {})).rowsAll > 0) await new Promise((resolve) => setTimeout(resolve, 100))
    const seconds = (performance.now() - startedMs) / 1000
    const batch = await core.call('batch.get', { batchId })
    await core.stop()
    const cancels = await shop.cancels()
    const accepted = batch.byState.find((each) => each.state === 'accepted')?.count ?? 0
    if (accepted !== REFUNDS || cancels !== REFUNDS) throw new Error(`${accepted} accepted, ${cancels} at the PG`)
    return REFUNDS / seconds
  })
}

/** The merchant's plain loop as the PG's guide shows it: a token, then one cancel after another with its checksum. */
function guideLoop() {
  return withShop(PEER_REFUNDS, async ({ payments, shop }) => {
    await shop.slow()
    const post = async (where, body, token) => {
      const answer = await fetch(`${shop.origin}${where}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: token }) },
        body: JSON.stringify(body),
      })
      const { code, message, response } = await answer.json()
      if (code !== 0) throw new Error(`the practice PG refused: ${message}`)
      return response
    }
    const keys = { imp_key: 'practice-key', imp_secret: 'practice-secret' }
    const { access_token: token } = await post('/users/getToken', keys)
    const startedMs = performance.now()
    for (const { impUid, amount } of payments) {
      await post('/payments/cancel', { imp_uid: impUid, amount, checksum: amount, reason: 'bench' }, token)
    }
    return PEER_REFUNDS / ((performance.now() - startedMs) / 1000)
  })
}
