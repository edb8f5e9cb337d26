import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Books } from './books'
import { systemClock, type PracticeClock } from './clock'
import { answerControl, CONTROL_PREFIX } from './control'
import { createHoldDesk, sendAnswer, sendSpoiled, takesEffect, type HoldDesk, type Outcome } from './faults'
import { createKicc } from './kicc/protocol'
import type { KiccNotice } from './kicc/ledger'
import { settleDue } from './kicc/notices'
import { createPortOneV1 } from './portone-v1/protocol'
import { createPortOneV2 } from './portone-v2/protocol'
import type {
  PracticeProtocol,
  PracticeRequest,
  PracticeTarget,
  ProtocolDesk,
  RequestWords,
  WireAnswer,
} from './protocol'
import { runScenario, type FaultRule, type Scenario } from './scenario'
import { readBody, readFields } from './wire'

export interface PracticePgOptions {
  readonly books: Books
  readonly clock?: PracticeClock
  readonly scenario?: Scenario
  /** 0 = any free port. */
  readonly port?: number
  /** Opens the control surface; without it the surface does not exist. */
  readonly controlKey?: string
}

/** One request as it came, for tests that ask how often and with which words a client knocked. */
export interface RequestNote extends RequestWords {
  readonly method: string
  readonly path: string
  readonly atMs: number
  /** Equal bodies have equal marks; the mark tells nothing else. Null where there was no body. */
  readonly bodyMark: string | null
  readonly outcome: Outcome
}

export interface PracticePg {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  readonly port: number
  readonly books: Books
  readonly holds: HoldDesk
  readonly requests: readonly RequestNote[]
  readonly clock: { nowMs(): number; readonly offsetMs: number; setOffset(offsetMs: number): void }
  readonly scenario: Scenario
  setScenario(scenario: Scenario): void
  /** What KICC has notified the merchant's server of by now, after this number. */
  kiccNotices(sinceSeq?: number): readonly KiccNotice[]
  close(): Promise<void>
}

/** Requests that are remembered; a campaign clears its own count by a new PG. */
const NOTES_MAX = 100_000
/** Stands for the answer of a request that never reached its protocol; the rule sends something else. */
const NO_EFFECT: WireAnswer = { status: 500, code: null, body: null }

/** Starts the practice PG on the loopback interface. The books stay the caller's to close. */
export async function createPracticePg(options: PracticePgOptions): Promise<PracticePg> {
  const { books, controlKey } = options
  const base = options.clock ?? systemClock
  let running = runScenario(options.scenario ?? {})
  let offsetMs = 0
  const clock = {
    nowMs: () => base.nowMs() + offsetMs + (running.scenario.clockSkewMs ?? 0),
    get offsetMs() {
      return offsetMs
    },
    setOffset: (ms: number) => {
      offsetMs = ms
    },
  }
  const nowMs = clock.nowMs
  const desk: ProtocolDesk = { books, nowMs, scenario: () => running.scenario }
  // The first that owns a request answers it, and the last owns all that is left.
  const portOneV1 = createPortOneV1(desk)
  const protocols: readonly PracticeProtocol[] = [createKicc(desk), createPortOneV2(desk), portOneV1]
  const holds = createHoldDesk()
  const notes: RequestNote[] = []
  const markKey = randomBytes(16)

  async function answer(
    protocol: PracticeProtocol,
    request: PracticeRequest,
    response: ServerResponse,
  ): Promise<Outcome> {
    const path = request.url.pathname
    const subjects = protocol.subjects(request)
    const rule = running.strike(path, subjects)
    const begun = protocol.begin?.(request)
    const act = (): WireAnswer => (typeof begun === 'object' ? begun : protocol.answer(request, rule))

    async function underRule(struck: FaultRule): Promise<Outcome> {
      const stage = struck.stage ?? 'before'
      /** False when the request was dropped at a hold. */
      const pause = async (at: 'before' | 'after'): Promise<boolean> => {
        if (at !== stage) return true
        if (struck.kind === 'slow') await sleep(struck.delayMs ?? 0)
        return struck.kind === 'hold' ? holds.wait({ path, subjects, stage }) : true
      }
      const drop = (): Outcome => {
        response.destroy()
        return { kind: 'no-answer' }
      }
      if (!(await pause('before'))) return drop()
      const truth: WireAnswer = takesEffect(struck) ? act() : NO_EFFECT
      if (!(await pause('after'))) return drop()
      return sendSpoiled(response, struck, truth, protocol.failures)
    }

    try {
      return rule === undefined ? sendAnswer(response, act()) : await underRule(rule)
    } finally {
      if (typeof begun === 'function') begun()
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('date', new Date(nowMs()).toUTCString())
    // A page in a browser must not reach this program under a name of its own.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
      response.writeHead(403).end()
      return
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname.startsWith(CONTROL_PREFIX)) {
      await answerControl(pg, controlKey, request, response, url)
      return
    }
    const { headers } = request
    const target: PracticeTarget = { method: request.method ?? '', url, headers }
    const protocol = protocols.find((each) => each.owns(target)) ?? portOneV1
    const body = await readBody(request)
    const fields = body === undefined ? undefined : readFields(body, headers['content-type'])
    const whole: PracticeRequest = { ...target, fields: fields ?? {} }
    const outcome =
      fields === undefined
        ? sendAnswer(response, protocol.failures.unreadable(body === undefined ? 413 : 400))
        : await answer(protocol, whole, response)
    const bodyMark =
      body === undefined || body.length === 0
        ? null
        : createHmac('sha256', markKey).update(body).digest('hex').slice(0, 16)
    if (notes.length < NOTES_MAX)
      notes.push({
        method: target.method,
        path: url.pathname,
        atMs: nowMs(),
        bodyMark,
        cancel: null,
        revise: null,
        v2Cancel: null,
        ...protocol.note?.(whole),
        outcome,
      })
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A client that hangs up in the middle of its own request needs no answer; anything else is this program's fault.
      if (request.destroyed && !request.complete) return
      process.stderr.write(`practice PG: ${error instanceof Error ? error.message : 'unknown error'}\n`)
      if (response.headersSent) response.destroy()
      else
        response
          .writeHead(500, { 'content-type': 'text/html; charset=utf-8' })
          .end('<h1>500 Internal Server Error</h1>\n')
    })
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const pg: PracticePg = {
    origin: `http://127.0.0.1:${port}`,
    port,
    books,
    holds,
    requests: notes,
    clock,
    get scenario() {
      return running.scenario
    },
    setScenario: (scenario) => {
      running = runScenario(scenario)
    },
    kiccNotices: (sinceSeq = 0) => {
      settleDue(books.kicc, nowMs())
      return books.kicc.notices().filter(({ seq }) => seq > sinceSeq)
    },
    close: async () => {
      holds.release(undefined, true)
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
  return pg
}
