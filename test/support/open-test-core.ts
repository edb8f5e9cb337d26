import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { ChannelInput, ChannelOutput } from '../../src/contract/channels'
import type { BatchView, PersonView } from '../../src/contract/views'
import type { DraftView } from '../../src/contract/draft'
import type { SessionId } from '../../src/domain/ids'
import type { Problem } from '../../src/domain/problem'
import { ok, type Result } from '../../src/domain/result'
import { openCore, type Core } from '../../src/main/core/core'
import { PRACTICE_CHANNELS, practiceKeys } from '../../src/main/shell/practice-shop'
import type { CoreChannel, CoreStart, ShellAnswers, ShellAsk } from '../../src/main/core/port'
import { createBooks, type Books } from '../../src/practice/books'
import { createPracticePg, type PracticePg } from '../../src/practice/server'
import { sampleFiles } from '../../src/practice/shop/sample-files'
import { sampleKiccShop } from '../../src/practice/shop/sample-kicc'
import { sampleShop } from '../../src/practice/shop/sample-shop'
import { sampleShopV2 } from '../../src/practice/shop/sample-shop-v2'
import { TEST_MASTER_KEY, testClock, tempFolder, type TestClock } from './open-test-ledger'
import { everyPg } from './pg-places'

/** The Seoul day of the tests' clock. */
export const TEST_DAY = '2026-11-21'
const PEOPLE = [
  { name: '김담당', pin: '1111', roles: ['maker', 'admin'] },
  { name: '이승인', pin: '2222', roles: ['checker'] },
] as const

export interface TestPg {
  readonly pg: PracticePg
  readonly books: Books
}

/** The practice PG over a real socket, with the sample shop in books of its own. */
export async function openTestPg(
  clock: TestClock = testClock(),
  folder = tempFolder(),
  shops: { readonly everyPg?: boolean } = {},
): Promise<TestPg> {
  const others =
    shops.everyPg === true ? { kiccPayments: sampleKiccShop(TEST_DAY), v2Payments: sampleShopV2(TEST_DAY) } : {}
  const books = createBooks(path.join(folder, 'books.jsonl'), {
    nowMs: clock.nowMs,
    payments: sampleShop(TEST_DAY),
    ...others,
  })
  const pg = await createPracticePg({ books, clock, port: 0, controlKey: 'test' })
  onTestFinished(async () => {
    await pg.close()
    books.close()
  })
  return { pg, books }
}

export interface TestCore {
  readonly core: Core
  readonly maker: SessionId
  readonly checker: PersonView
  readonly ledgerFile: string
  /** Calls a channel as the maker; throws on a problem. */
  call<C extends CoreChannel>(channel: C, input: ChannelInput<C>): Promise<ChannelOutput<C>>
  /** The same, answering the result. */
  ask<C extends CoreChannel>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelOutput<C>, Problem>>
  importText(text: string, name?: string): Promise<DraftView>
  approve(batchId: BatchView['batchId']): Promise<Result<BatchView, Problem>>
  /** Waits until a batch has nothing left that moves by itself. */
  settled(batchId: BatchView['batchId'], timeoutMs?: number): Promise<BatchView>
  /** Ends this core as a normal quit does. */
  stop(): Promise<void>
}

/** The whole core over a real ledger file and a real gateway: only the thread and the window are missing. */
export async function openTestCore(options: {
  readonly origin: string
  readonly ledgerFile?: string
  readonly clock?: TestClock
  /** Channels at every PG that the practice PG speaks for, as the program has them. */
  readonly everyPg?: boolean
}): Promise<TestCore> {
  const clock = options.clock ?? testClock()
  const ledgerFile = options.ledgerFile ?? path.join(tempFolder(), 'ledger.db')
  const start: CoreStart = {
    mode: 'practice',
    ledgerFile,
    dataFolder: path.dirname(ledgerFile),
    pgOrigins: everyPg(options.origin),
    proxies: everyPg(null),
    practiceChannels: options.everyPg === true ? PRACTICE_CHANNELS : [],
    clockMs: null,
    practicePeople: PEOPLE,
  }
  const opened = await openCore({ start, ask: shellAnswers, nowMs: clock.nowMs, monotonicMs: clock.nowMs })
  if (!opened.ok) throw new Error(`the test core did not open: ${JSON.stringify(opened.problem)}`)
  const core = opened.value
  let running = true
  const stop = async (): Promise<void> => {
    if (!running) return
    running = false
    await core.stop()
  }
  onTestFinished(stop)

  const people = unwrap(await core.command('shell.people', null))
  const [makerPerson, checker] = people
  if (makerPerson === undefined || checker === undefined) throw new Error('a practice ledger has two people')
  const maker = unwrap(await core.command('shell.openSession', { personId: makerPerson.personId, pin: '1111' })).session

  // The map of channels gives each command its own input; one generic call cannot name it.
  const ask = <C extends CoreChannel>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelOutput<C>, Problem>> =>
    core.command(channel, { session: maker, input })
  const call = async <C extends CoreChannel>(channel: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> =>
    unwrap(await ask(channel, input))
  return {
    core,
    maker,
    checker,
    ledgerFile,
    ask,
    call,
    importText: async (text, name = '환불요청.csv') =>
      unwrap(
        await core.command('shell.importFile', {
          session: maker,
          file: { name, bytes: new TextEncoder().encode(text) },
        }),
      ),
    async approve(batchId) {
      const offer = unwrap(await core.command('shell.approvalDigest', { session: maker, batchId }))
      return core.command('shell.approve', {
        batchId,
        personId: checker.personId,
        pin: '2222',
        contentHash: offer.digest.contentHash,
      })
    },
    async settled(batchId, timeoutMs = 20_000) {
      const until = performance.now() + timeoutMs
      for (;;) {
        const batch = await call('batch.get', { batchId })
        const moving = batch.byState.filter((each) => each.state === 'waiting' || each.state === 'sending')
        if (batch.state !== 'approved' && moving.length === 0) return batch
        if (performance.now() > until)
          throw new Error(`batch ${batchId} did not settle: ${JSON.stringify(batch.byState)}`)
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
    stop,
  }
}

async function shellAnswers<A extends ShellAsk>(
  ask: A,
  input: ShellAnswers[A]['input'],
): Promise<Result<ShellAnswers[A]['output'], Problem>> {
  const answers: { readonly [K in ShellAsk]: ShellAnswers[K]['output'] } = {
    masterKey: TEST_MASTER_KEY,
    channelSecrets: input === null ? null : practiceKeys(input.channelId),
  }
  return ok(answers[ask])
}

export function unwrap<T>(result: Result<T, Problem>): T {
  if (!result.ok) throw new Error(`unexpected problem: ${JSON.stringify(result.problem)}`)
  return result.value
}

/** A sample file of the practice shop, by its place: refunds, refunds with errors, the merchant's books. */
export function sampleText(which: 'fine' | 'with-errors' | 'books'): string {
  const [fine, withErrors, books] = sampleFiles(TEST_DAY)
  const file = which === 'fine' ? fine : which === 'with-errors' ? withErrors : books
  if (file === undefined) throw new Error(`no sample file ${which}`)
  return file.text
}
