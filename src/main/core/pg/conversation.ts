import type { Dispatcher } from 'undici'
import { openNetwork } from './network'

export interface Timeouts {
  /** Until a connection stands. */
  readonly connectMs: number
  /** From the first byte of a read's request to the last byte of its answer. */
  readonly readMs: number
  /** The same for one page of a list, which is much longer. */
  readonly listMs: number
  /** The same for a cancel: the PG waits for a bank inside. */
  readonly cancelMs: number
}

export const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 10_000, readMs: 30_000, listMs: 60_000, cancelMs: 60_000 }

/** A proxy adds a connection, a tunnel and a second handshake before the first byte may leave. */
const CONNECT_STEPS_MAX = 3

export interface Ask {
  readonly method: 'GET' | 'POST'
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON text. */
  readonly body?: string
  readonly answerBytesMax: number
  readonly timeoutMs: number
  /** A socket of its own instead of a kept-alive one. */
  readonly freshSocket: boolean
  readonly signal?: AbortSignal | undefined
}

interface Times {
  readonly startedAtMs: number
  readonly endedAtMs: number
}

/** How one request ended. `code` is the system's short word for the trouble, never a text with data in it. */
export type Exchange =
  /** A whole answer, whatever it says. */
  | (Times & {
      readonly kind: 'answer'
      readonly httpStatus: number
      readonly headers: AnswerHeaders
      readonly text: string
    })
  /** Not one byte of the request left this program. */
  | (Times & { readonly kind: 'not-sent'; readonly why: 'offline' | 'cancelled'; readonly code: string })
  /** The request left, at least in part; there is no whole answer. */
  | (Times & {
      readonly kind: 'broken'
      readonly why: 'timeout' | 'lost' | 'odd' | 'cancelled'
      readonly code: string
      readonly httpStatus: number | null
      readonly text: string
    })

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>

/** The ends of an exchange, before its times are known. */
type End = WithoutTimes<Exchange>
type WithoutTimes<T> = T extends unknown ? Omit<T, keyof Times> : never

export interface Conversation {
  ask(request: Ask): Promise<Exchange>
  /** Waits for what is under way, which its time limits end; asking again afterwards sends nothing. */
  close(): Promise<void>
}

export interface ConversationOptions {
  /** Scheme, host and port; nothing else. */
  readonly origin: string
  readonly nowMs: () => number
  readonly proxy?: string | null | undefined
  readonly timeouts: Timeouts
}

/**
 * The only place that speaks HTTP. One request is written at most once and never repeated here; redirects are answers;
 * every wait and every size has a bound. It tells apart what matters for money: surely not sent, a whole answer, or neither.
 */
export function openConversation({ origin, nowMs, proxy, timeouts }: ConversationOptions): Conversation {
  const network = openNetwork({ origin, proxy, connectTimeoutMs: timeouts.connectMs })
  let closed: Promise<unknown> | undefined

  return {
    ask: async (request) => {
      const startedAtMs = nowMs()
      const dispatcher = request.freshSocket ? network.fresh : network.shared
      const end = await speak(dispatcher, origin, request, timeouts.connectMs * CONNECT_STEPS_MAX)
      return { ...end, startedAtMs, endedAtMs: nowMs() }
    },
    close: async () => {
      closed ??= Promise.all([network.shared.close(), network.fresh.close()])
      await closed
    },
  }
}

function speak(dispatcher: Dispatcher, origin: string, request: Ask, connectBudgetMs: number): Promise<End> {
  const { promise, resolve } = Promise.withResolvers<End>()
  let controller: Dispatcher.DispatchController | undefined
  let httpStatus: number | null = null
  let headers: AnswerHeaders = {}
  let timer: NodeJS.Timeout | undefined
  let settled = false
  const chunks: Buffer[] = []
  let sizeBytes = 0

  const settle = (end: End): void => {
    if (settled) return
    settled = true
    clearTimeout(timer)
    request.signal?.removeEventListener('abort', onAbort)
    resolve(end)
  }

  /** Ends the exchange from our side. Before the first byte that proves that nothing left, since nothing will leave later either. */
  const breakOff = (why: 'timeout' | 'odd' | 'cancelled', code: string): void => {
    if (controller === undefined) {
      settle({ kind: 'not-sent', why: why === 'cancelled' ? 'cancelled' : 'offline', code })
      return
    }
    settle({ kind: 'broken', why, code, httpStatus, text: looseText(chunks) })
    controller.abort(new Error(code))
  }

  const onAbort = (): void => breakOff('cancelled', 'ABORTED')
  const limitTime = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => breakOff('timeout', 'TIMEOUT'), ms)
  }

  const handler: Dispatcher.DispatchHandler = {
    // Called right before the request is written to a connected socket, and never without that.
    onRequestStart: (started) => {
      if (settled || controller !== undefined) {
        // Given up before it began, or begun a second time on another socket: it must not be written (again).
        started.abort(new Error('NOT_TO_BE_WRITTEN'))
        return
      }
      controller = started
      limitTime(request.timeoutMs)
    },
    onResponseStart: (_controller, status, answerHeaders) => {
      if (settled || status < 200) return
      httpStatus = status
      headers = answerHeaders
      const encoding = String(answerHeaders['content-encoding'] ?? 'identity').toLowerCase()
      // We asked for plain text. Anything packed could unpack into any size.
      if (encoding !== 'identity' && encoding !== '') breakOff('odd', 'CONTENT_ENCODING')
    },
    onResponseData: (_controller, chunk) => {
      if (settled) return
      sizeBytes += chunk.length
      if (sizeBytes > request.answerBytesMax) breakOff('odd', 'ANSWER_TOO_LARGE')
      else chunks.push(chunk)
    },
    onResponseEnd: () => {
      const text = strictText(chunks)
      if (text === null || httpStatus === null) breakOff('odd', 'NOT_UTF8')
      else settle({ kind: 'answer', httpStatus, headers, text })
    },
    onResponseError: (_controller, error) => {
      const code = codeOf(error)
      if (controller === undefined) settle({ kind: 'not-sent', why: 'offline', code })
      else settle({ kind: 'broken', why: whyBroken(code, httpStatus), code, httpStatus, text: looseText(chunks) })
    },
  }

  if (request.signal?.aborted === true) {
    settle({ kind: 'not-sent', why: 'cancelled', code: 'ABORTED' })
    return promise
  }
  request.signal?.addEventListener('abort', onAbort, { once: true })
  limitTime(connectBudgetMs)
  dispatcher.dispatch(
    {
      origin,
      path: request.path,
      method: request.method,
      headers: { accept: 'application/json', 'accept-encoding': 'identity', ...request.headers },
      body: request.body === undefined ? null : Buffer.from(request.body, 'utf8'),
      // A POST waits for an idle socket, so that nothing else can fail it.
      idempotent: request.method === 'GET',
      headersTimeout: request.timeoutMs,
      bodyTimeout: request.timeoutMs,
    },
    handler,
  )
  return promise
}

/** `odd`: whoever answered does not speak HTTP. An answer that began well and broke off is a lost connection. */
function whyBroken(code: string, httpStatus: number | null): 'timeout' | 'lost' | 'odd' {
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return 'timeout'
  return httpStatus === null && (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') ? 'odd' : 'lost'
}

function codeOf(error: Error): string {
  const { code } = error as { readonly code?: unknown }
  if (typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code)) return code
  // The parser leaves the code out for some of its errors.
  return error.name === 'HTTPParserError' ? 'HPE_UNNAMED' : 'UNNAMED'
}

function strictText(chunks: readonly Buffer[]): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    return null
  }
}

const looseText = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8')
