import type { ServerResponse } from 'node:http'
import type { Failures, WireAnswer } from './protocol'
import type { FaultRule } from './scenario'

/** A request that stands still at a `hold` until it is released, or dropped without going on. */
export interface Held {
  readonly id: number
  readonly path: string
  readonly subjects: readonly string[]
  readonly stage: 'before' | 'after'
}

export interface HoldDesk {
  readonly held: readonly Held[]
  /** Resolves to false when the request is dropped instead of going on. */
  wait(request: Omit<Held, 'id'>): Promise<boolean>
  /** Releases one, or all; returns how many. */
  release(id?: number, drop?: boolean): number
}

export function createHoldDesk(): HoldDesk {
  const waiting = new Map<number, { readonly held: Held; readonly go: (on: boolean) => void }>()
  let nextId = 1
  return {
    get held() {
      return [...waiting.values()].map(({ held }) => held)
    },
    wait: (request) =>
      new Promise((resolve) => {
        const id = nextId++
        waiting.set(id, { held: { id, ...request }, go: resolve })
      }),
    release(id, drop = false) {
      const chosen = [...waiting.entries()].filter(([each]) => id === undefined || each === id)
      for (const [each, { go }] of chosen) {
        waiting.delete(each)
        go(!drop)
      }
      return chosen.length
    },
  }
}

/** `no-answer`: the socket is destroyed. `silence`: it stays open and nothing comes. */
export type Outcome =
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'sent'; readonly status: number; readonly code: number | string | null }

/** Does the request reach its effect under this rule? */
export function takesEffect(rule: FaultRule): boolean {
  switch (rule.kind) {
    case 'lose_answer_before_effect':
    case 'timeout_before':
      return false
    case 'status_401':
    case 'status_429':
    case 'status_500':
    case 'status_502':
    case 'status_503':
    case 'refuse':
      return rule.effect ?? false
    case 'lose_answer_after_effect':
    case 'timeout_after':
    case 'html_200':
    case 'half_body':
    case 'wrong_imp_uid':
    case 'response_null':
    case 'huge_body':
    case 'slow':
    case 'hold':
    // The protocol plays these itself, as it decides about the effect and must remember the request either way.
    case 'kicc_vtim':
    case 'kicc_vt00':
    case 'kicc_wrong_key':
    case 'v2_pg_provider':
    case 'v2_cancellation_failed':
    case 'v2_cancellation_requested':
      return true
  }
}

export function sendAnswer(response: ServerResponse, { status, code, body }: WireAnswer): Outcome {
  return sendText(response, status, 'application/json; charset=utf-8', JSON.stringify(body), code)
}

function sendText(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  code: number | string | null = null,
): Outcome {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
  return { kind: 'sent', status, code }
}

const HTML = 'text/html; charset=utf-8'
const htmlPage = (title: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`
const HTTP_TITLES = {
  500: '500 Internal Server Error',
  502: '502 Bad Gateway',
  503: '503 Service Unavailable',
} as const

/** Sends what the rule makes of the true answer; `failures` are in the words of the protocol. */
export function sendSpoiled(
  response: ServerResponse,
  rule: FaultRule,
  answer: WireAnswer,
  failures: Failures,
): Outcome {
  switch (rule.kind) {
    case 'lose_answer_before_effect':
    case 'lose_answer_after_effect':
      response.destroy()
      return { kind: 'no-answer' }
    case 'timeout_before':
    case 'timeout_after':
      return { kind: 'silence' }
    case 'status_401':
      return sendAnswer(response, failures.unauthorized())
    case 'status_429':
      response.setHeader('retry-after', rule.retryAfter ?? '1')
      return sendText(response, 429, HTML, htmlPage('429 Too Many Requests'))
    case 'status_500':
    case 'status_502':
    case 'status_503': {
      const status = Number(rule.kind.slice(-3)) as keyof typeof HTTP_TITLES
      if (rule.retryAfter !== undefined) response.setHeader('retry-after', rule.retryAfter)
      return sendText(response, status, HTML, htmlPage(HTTP_TITLES[status]))
    }
    case 'refuse':
      return sendAnswer(response, failures.refusal(rule.code, rule.message))
    case 'html_200':
      return sendText(response, 200, HTML, htmlPage('점검 중입니다'))
    case 'half_body':
      return sendHalf(response, answer)
    case 'wrong_imp_uid':
      return sendAnswer(response, failures.ofAnother(answer))
    case 'response_null':
      return sendAnswer(response, failures.emptied(answer))
    case 'huge_body':
      return sendHuge(response, rule.bytes ?? 64 * 1024 * 1024)
    case 'slow':
    case 'hold':
    case 'kicc_vtim':
    case 'kicc_vt00':
    case 'kicc_wrong_key':
    case 'v2_pg_provider':
    case 'v2_cancellation_failed':
    case 'v2_cancellation_requested':
      return sendAnswer(response, answer)
  }
}

/** Announces the whole length, sends half of it and hangs up. */
function sendHalf(response: ServerResponse, answer: WireAnswer): Outcome {
  const bytes = Buffer.from(JSON.stringify(answer.body), 'utf8')
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
  })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
  return { kind: 'no-answer' }
}

/** Never ends of itself before `bytes`; stops as soon as the client hangs up. */
function sendHuge(response: ServerResponse, bytes: number): Outcome {
  const piece = Buffer.alloc(64 * 1024, 'x')
  let left = bytes
  const pump = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length
      if (!response.write(piece)) {
        response.once('drain', pump)
        return
      }
    }
    response.end()
  }
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  response.write('{"code":0,"message":"')
  pump()
  return { kind: 'sent', status: 200, code: null }
}
