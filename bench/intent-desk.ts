import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { assembleCore } from '../src/main/core/core'
import { createChannels } from '../src/main/core/ledger/channels'
import { openLedger, type Ledger } from '../src/main/core/ledger/open-ledger'
import { createGateway } from '../src/main/core/pg/registry'
import { ok } from '../src/domain/result'
import { everyPg } from '../test/support/pg-places'

export interface IntentTimes {
  /** For each intent, ms: the unit of work that makes it durable. */
  readonly ours: readonly number[]
  /** For each intent, ms: the same bytes written to the end of a file, and fdatasync. */
  readonly peer: readonly number[]
  readonly bytes: readonly number[]
  /** For each intent, ms: the reading unit of work before it, which judges the row. */
  readonly judged: readonly number[]
}

/** The whole core around a ledger that takes the time of every commit of an intent, and of its peer right after it. */
export function openTimedCore(options: {
  readonly folder: string
  readonly origin: string
  readonly masterKey: Uint8Array
}) {
  const ledgerFile = path.join(options.folder, 'ledger.db')
  const opened = openLedger({ file: ledgerFile, mode: 'practice', masterKey: options.masterKey, nowMs: Date.now })
  if (!opened.ok) throw new Error(`the ledger did not open: ${opened.problem.code}`)
  const plain = openSync(path.join(options.folder, 'plain.log'), 'a')
  const times = { ours: [] as number[], peer: [] as number[], bytes: [] as number[], judged: [] as number[] }
  const ledger = timed(opened.value, plain, times)
  const [channel] = createChannels(ledger).list()
  if (channel === undefined) throw new Error('a ledger has a channel')
  const gateway = createGateway({
    channelId: channel.channelId,
    options: channel.options,
    origin: options.origin,
    secrets: async () => ok({ apiKey: 'practice-key', apiSecret: 'practice-secret' }),
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    proxy: null,
  })
  const core = assembleCore(
    {
      start: {
        mode: 'practice',
        ledgerFile,
        dataFolder: options.folder,
        pgOrigins: everyPg(options.origin),
        proxies: everyPg(null),
        practiceChannels: [],
        clockMs: null,
        practicePeople: [
          { name: '김담당', pin: '1111', roles: ['maker', 'admin'] },
          { name: '이승인', pin: '2222', roles: ['checker'] },
        ],
      },
      ask: () => Promise.reject(new Error('nothing is asked')),
      nowMs: Date.now,
      withoutBackups: true,
    },
    { ledger, masterKey: options.masterKey },
    { of: () => gateway, forget: () => undefined, close: () => gateway.close() },
  )
  return {
    core,
    times: (): IntentTimes => times,
    async stop() {
      await core.stop()
      closeSync(plain)
    },
  }
}

type Taken = { readonly [K in keyof IntentTimes]: number[] }

function timed(ledger: Ledger, plain: number, times: Taken): Ledger {
  const attempts = (): number => (ledger.sql('SELECT COUNT(*) AS n FROM attempt').get() as { n: number }).n
  let lastReadMs = 0
  const read = <T>(work: () => T): T => {
    const startedMs = performance.now()
    const result = ledger.read(work)
    lastReadMs = performance.now() - startedMs
    return result
  }
  const write = <T>(work: () => T): T => {
    const before = attempts()
    const bytesBefore = writtenBytes()
    const startedMs = performance.now()
    const result = ledger.write(work)
    const tookMs = performance.now() - startedMs
    if (attempts() === before) return result
    const bytes = writtenBytes() - bytesBefore
    times.ours.push(tookMs)
    times.judged.push(lastReadMs)
    times.bytes.push(bytes)
    times.peer.push(plainly(plain, bytes))
    return result
  }
  return { ...ledger, read, write }
}

/** What this process has handed to the system so far. */
function writtenBytes(): number {
  return Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? 0)
}

function plainly(file: number, bytes: number): number {
  const content = Buffer.alloc(bytes, 1)
  const startedMs = performance.now()
  writeSync(file, content)
  fdatasyncSync(file)
  return performance.now() - startedMs
}
