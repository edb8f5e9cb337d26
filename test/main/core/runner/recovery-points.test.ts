import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { assembleCore, type Core } from '../../../../src/main/core/core'
import { createChannels } from '../../../../src/main/core/ledger/channels'
import { LedgerTrouble } from '../../../../src/main/core/ledger/ledger-trouble'
import { openLedger, type Ledger } from '../../../../src/main/core/ledger/open-ledger'
import { createGateway } from '../../../../src/main/core/pg/registry'
import { ok } from '../../../../src/domain/result'
import { cancelRequests, openDesk, ourEffects, rowsOf, submittedBatch, until } from '../../../support/open-desk'
import { openTestCore, unwrap } from '../../../support/open-test-core'
import { TEST_MASTER_KEY } from '../../../support/open-test-ledger'
import { everyPg } from '../../../support/pg-places'

/** What is committed last when the program dies. */
const POINTS = {
  prepared: `SELECT 1 FROM attempt WHERE state = 'prepared'`,
  sending: `SELECT 1 FROM attempt WHERE state = 'sending'`,
  answered: `SELECT 1 FROM attempt t JOIN attempt_answer a ON a.attempt_id = t.attempt_id WHERE t.state = 'sending'`,
  settled: `SELECT 1 FROM attempt WHERE state = 'accepted'`,
} as const
type Point = keyof typeof POINTS

/** A ledger whose program dies right after the commit of this point: nothing of it reaches the file any more. */
function dyingAt(ledger: Ledger, point: Point): { readonly ledger: Ledger; readonly isDead: () => boolean } {
  let dead = false
  const assertAlive = (): void => {
    if (dead) throw new LedgerTrouble('ledger-damaged', 'this program has died')
  }
  const write = <T>(work: () => T): T => {
    assertAlive()
    const result = ledger.write(work)
    dead = ledger.sql(POINTS[point]).get() !== undefined
    assertAlive()
    return result
  }
  const read = <T>(work: () => T): T => {
    assertAlive()
    return ledger.read(work)
  }
  return { ledger: { ...ledger, write, writeOutcome: write, read }, isDead: () => dead }
}

/** One approved refund, in a program that dies at this point and is started again on the same file. */
async function startedAgainFrom(point: Point) {
  const at = await openDesk()
  const { desk, pg, clock } = at
  await desk.call('run.pause', {})
  const batch = await submittedBatch(desk, 1)
  unwrap(await desk.approve(batch.batchId))
  await desk.stop()

  const opened = unwrap(
    openLedger({ file: desk.ledgerFile, mode: 'practice', masterKey: TEST_MASTER_KEY, nowMs: clock.nowMs }),
  )
  const dying = dyingAt(opened, point)
  const [channel] = createChannels(opened).list()
  if (channel === undefined) throw new Error('a ledger has a channel')
  const keys = { apiKey: 'practice-key', apiSecret: 'practice-secret' }
  const gateway = createGateway({
    channelId: channel.channelId,
    options: channel.options,
    origin: pg.origin,
    secrets: async () => ok(keys),
    nowMs: clock.nowMs,
    monotonicMs: () => performance.now(),
    proxy: null,
  })
  const start = {
    mode: 'practice',
    ledgerFile: desk.ledgerFile,
    dataFolder: path.dirname(desk.ledgerFile),
    pgOrigins: everyPg(pg.origin),
    proxies: everyPg(null),
    practiceChannels: [],
    clockMs: null,
    practicePeople: [],
  } as const
  const ask = (): never => {
    throw new Error('nothing is asked')
  }
  const core: Core = assembleCore(
    { start, ask, nowMs: clock.nowMs, withoutBackups: true },
    { ledger: dying.ledger, masterKey: TEST_MASTER_KEY },
    { of: () => gateway, forget: () => undefined, close: () => gateway.close() },
  )
  const { session } = unwrap(
    await core.command('shell.openSession', {
      personId: unwrap(await core.command('shell.people', null))[0]?.personId ?? ('' as never),
      pin: '1111',
    }),
  )
  await core.command('run.resume', { session, input: {} })
  await until(dying.isDead, `the program has died: ${point}`)
  // What it had begun to send arrives at the PG all the same.
  await new Promise((resolve) => setTimeout(resolve, 100))
  opened.close()
  const asked = pg.requests.length
  const cancels = cancelRequests(at).length

  const again = await openTestCore({ origin: pg.origin, clock, ledgerFile: desk.ledgerFile })
  onTestFinished(() => again.stop())
  const finished = async () => {
    await until(async () => {
      clock.advance(30_000)
      await again.call('run.resume', {})
      return (await again.call('batch.get', { batchId: batch.batchId })).state === 'done'
    }, 'done')
    const [row] = await rowsOf(again, batch.batchId)
    if (row === undefined) throw new Error('one row')
    return again.call('row.get', { rowId: row.rowId })
  }
  return { at, finished, asked, cancels }
}

const evidenceOf = ({
  attempts,
}: {
  readonly attempts: readonly { readonly evidence: readonly { readonly what: string }[] }[]
}) => attempts.map(({ evidence }) => evidence.map(({ what }) => what))

describe('a start after a crash goes on from the last committed point', () => {
  test('prepared: nothing left, so the row is prepared anew', async () => {
    const { at, finished, cancels } = await startedAgainFrom('prepared')
    expect(cancels).toBe(0)
    const detail = await finished()
    expect(detail.row.state).toBe('accepted')
    expect(evidenceOf(detail)).toEqual([
      ['prepared', 'recovered-prepared'],
      ['prepared', 'sending', 'accepted'],
    ])
    expect(new Set(detail.attempts.map(({ tag }) => tag)).size).toBe(2)
    expect(ourEffects(at)).toBe(1)
  })

  test('sending: it may have left, so the PG is read first, and only the same bytes may follow after ten minutes', async () => {
    const { at, finished, cancels } = await startedAgainFrom('sending')
    expect(cancels).toBe(0)
    const startedAtMs = at.clock.nowMs()
    const detail = await finished()
    expect(detail.row.state).toBe('accepted')
    const [evidence] = evidenceOf(detail)
    expect(evidence?.slice(0, 4)).toEqual(['prepared', 'sending', 'recovered-sending', 'nothing-changed'])
    expect(evidence?.slice(-2)).toEqual(['sending', 'accepted'])
    expect(detail.attempts).toHaveLength(1)
    expect(at.clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(10 * 60_000)
    expect(ourEffects(at)).toBe(1)
  })

  test('answered: the answer that was written down settles it, and the PG is not asked about it again', async () => {
    const { at, finished, asked, cancels } = await startedAgainFrom('answered')
    expect(cancels).toBe(1)
    const detail = await finished()
    expect(evidenceOf(detail)).toEqual([['prepared', 'sending', 'accepted']])
    expect(at.pg.requests.slice(asked)).toEqual([])
    expect(ourEffects(at)).toBe(1)
  })

  test('settled: nothing is left to do', async () => {
    const { at, finished, asked } = await startedAgainFrom('settled')
    const detail = await finished()
    expect(evidenceOf(detail)).toEqual([['prepared', 'sending', 'accepted']])
    expect(at.pg.requests.slice(asked)).toEqual([])
    expect(ourEffects(at)).toBe(1)
  })
})
