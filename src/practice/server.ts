import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Books, CancelRequestNote } from './books'
import { systemClock, type PracticeClock } from './clock'
import { answerControl, CONTROL_PREFIX } from './control'
import { createHoldDesk, sendAnswer, sendSpoiled, takesEffect, type HoldDesk, type Outcome } from './faults'
import { cancelPayment, noteOf } from './portone-v1/cancel'
import { failed, type Answer } from './portone-v1/envelope'
import { createStatusList, findAll, findFirst } from './portone-v1/list'
import { createReader, lookUpMany, lookUpOne } from './portone-v1/lookup'
import { createTokenDesk } from './portone-v1/token'
import { runScenario, type Scenario } from './scenario'
import { readBody, readFields, type Fields } from './wire'

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
export interface RequestNote {
  readonly method: string
  readonly path: string
  readonly atMs: number
  /** Equal bodies have equal marks; the mark tells nothing else. Null where there was no body. */
  readonly bodyMark: string | null
  readonly cancel: CancelRequestNote | null
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
  close(): Promise<void>
}

/** Requests that are remembered; a campaign clears its own count by a new PG. */
const NOTES_MAX = 100_000

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
  const tokens = createTokenDesk(clock)
  const reader = createReader(books, nowMs, () => running.scenario)
  const statusList = createStatusList(books, reader, nowMs)
  const holds = createHoldDesk()
  const notes: RequestNote[] = []
  const markKey = randomBytes(16)

  /** The PG's API without any fault; the only place where an effect happens. */
  function route(method: string, url: URL, fields: Fields, authorization: string | undefined): Answer {
    const parts = pathParts(url.pathname)
    if (parts === undefined) return failed(400, 'Bad Request')
    const [room, first = '', second, third] = parts
    if (method === 'POST' && room === 'users' && first === 'getToken' && parts.length === 2) return tokens.issue(fields)
    if (room !== 'payments' || parts.length > 4) return failed(404, 'Not Found')
    if (!tokens.accepts(authorization)) return failed(401, 'Unauthorized')
    if (method === 'POST')
      return first === 'cancel' && parts.length === 2
        ? cancelPayment(books, fields, nowMs(), running.scenario)
        : failed(404, 'Not Found')
    if (method !== 'GET') return failed(404, 'Not Found')
    const query = url.searchParams
    // A status may be left out with or without its slash.
    const status = third === '' ? undefined : third
    if (first === '') return lookUpMany(reader, query)
    if (second === undefined) return lookUpOne(reader, first, query)
    switch (first) {
      case 'find':
        return findFirst(reader, second, status, query)
      case 'findAll':
        return findAll(reader, second, status, query)
      case 'status':
        return third === undefined ? statusList(second, query) : failed(404, 'Not Found')
      default:
        return failed(404, 'Not Found')
    }
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    body: Buffer | undefined,
  ): Promise<{ fields: Fields; outcome: Outcome }> {
    const fields = body === undefined ? undefined : readFields(body, request.headers['content-type'])
    if (fields === undefined) {
      const refusal =
        body === undefined ? failed(413, 'Payload Too Large') : failed(400, '요청 본문을 읽을 수 없습니다.')
      return { fields: {}, outcome: sendAnswer(response, refusal) }
    }
    const path = url.pathname
    const impUids = impUidsOf(url, fields)
    const act = (): Answer => route(request.method ?? '', url, fields, request.headers.authorization)

    const rule = running.strike(path, impUids)
    if (rule === undefined) return { fields, outcome: sendAnswer(response, act()) }

    const stage = rule.stage ?? 'before'
    /** False when the request was dropped at a hold. */
    const pause = async (at: 'before' | 'after'): Promise<boolean> => {
      if (at !== stage) return true
      if (rule.kind === 'slow') await sleep(rule.delayMs ?? 0)
      return rule.kind === 'hold' ? holds.wait({ path, impUids, stage }) : true
    }
    const dropped = { fields, outcome: { kind: 'no-answer' } } as const
    if (!(await pause('before'))) {
      response.destroy()
      return dropped
    }
    const truth = takesEffect(rule) ? act() : failed(500, 'no effect')
    if (!(await pause('after'))) {
      response.destroy()
      return dropped
    }
    return { fields, outcome: sendSpoiled(response, rule, truth) }
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
    const method = request.method ?? ''
    const body = await readBody(request)
    const { fields, outcome } = await answer(request, response, url, body)
    const bodyMark =
      body === undefined || body.length === 0
        ? null
        : createHmac('sha256', markKey).update(body).digest('hex').slice(0, 16)
    const cancel = url.pathname === '/payments/cancel' ? noteOf(fields) : null
    if (notes.length < NOTES_MAX) notes.push({ method, path: url.pathname, atMs: nowMs(), bodyMark, cancel, outcome })
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

function pathParts(path: string): readonly string[] | undefined {
  try {
    return path.split('/').slice(1).map(decodeURIComponent)
  } catch {
    // A broken escape in the path is the client's mistake, told by a 400.
    return undefined
  }
}

/** Every payment that a request is about, wherever it stands. */
function impUidsOf(url: URL, fields: Fields): readonly string[] {
  const inBody = fields['imp_uid']
  const inPath = /^\/payments\/([^/]+)$/.exec(url.pathname)?.[1]
  return [
    ...url.searchParams.getAll('imp_uid[]'),
    ...(typeof inBody === 'string' ? [inBody] : []),
    ...(inPath === undefined || inPath === 'cancel' ? [] : [inPath]),
  ]
}
