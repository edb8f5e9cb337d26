import * as v from 'valibot'
import { problem, type Problem } from '../../../domain/problem'
import { assertNever } from '../../../domain/result'
import type { AnswerHeaders, Exchange } from './conversation'

export type WholeAnswer = Extract<Exchange, { kind: 'answer' }>

/** How much of an answer is read before it is given up. A page of 1,000 payments is about 3 MB. */
export const answerBytesMax = { one: 1_000_000, list: 20_000_000 } as const

export function parseWith<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | null {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : null
}

/** Why a read has no answer. */
export function exchangeProblem(exchange: Exclude<Exchange, { kind: 'answer' }>): Problem {
  switch (exchange.why) {
    case 'offline':
    case 'lost':
      return problem('pg-offline', { code: exchange.code })
    case 'timeout':
      return problem('pg-timeout')
    case 'cancelled':
      return problem('cancelled')
    case 'odd':
      return problem('pg-odd-answer', { what: exchange.code })
    default:
      return assertNever(exchange)
  }
}

/** What a cancel is whose request left, at least in part, without a whole answer. */
export function brokenWhy({
  why,
}: Extract<Exchange, { kind: 'broken' }>): 'timeout' | 'connection-lost' | 'odd-answer' {
  switch (why) {
    case 'timeout':
      return 'timeout'
    case 'lost':
    case 'cancelled':
      return 'connection-lost'
    case 'odd':
      return 'odd-answer'
    default:
      return assertNever(why)
  }
}

/** Why an answer with this HTTP status is not the one that was asked for. */
export function statusProblem({ httpStatus, headers }: WholeAnswer): Problem {
  if (httpStatus === 429 || httpStatus >= 500) {
    const retryAfterMs = retryAfterMsOf(headers)
    const wait = retryAfterMs === null ? {} : { seconds: Math.ceil(retryAfterMs / 1000) }
    return problem('pg-busy', { status: httpStatus, ...wait })
  }
  return problem('pg-odd-answer', { status: httpStatus })
}

const RETRY_AFTER_MS = { min: 1000, max: 10 * 60_000 } as const

/**
 * How long the PG asks us to wait, within one second and ten minutes; null when it does not say or says nonsense. A date
 * is taken against the answer's own `Date`, since the clock of this machine may be wrong.
 */
export function retryAfterMsOf(headers: AnswerHeaders): number | null {
  const text = String(headers['retry-after'] ?? '').trim()
  if (/^\d+$/.test(text)) return clamped(Number(text) * 1000)
  if (!/^[A-Z][a-z]{2}, /.test(text)) return null
  const untilMs = Date.parse(text)
  const atMs = Date.parse(String(headers['date'] ?? ''))
  return Number.isFinite(untilMs) && Number.isFinite(atMs) ? clamped(untilMs - atMs) : null
}

const clamped = (ms: number): number => Math.min(Math.max(ms, RETRY_AFTER_MS.min), RETRY_AFTER_MS.max)

/** The PG's clock less ours, ms. The PG tells whole seconds, so ours is cut to them as well. */
export function clockDifference({ pgMs, oursMs }: { readonly pgMs: number; readonly oursMs: number }): number {
  return pgMs - Math.floor(oursMs / 1000) * 1000
}

/** The same by the answer's `Date`, against the middle of the exchange; null where it has none. */
export function clockDifferenceOf({ headers, startedAtMs, endedAtMs }: WholeAnswer): number | null {
  const pgMs = Date.parse(String(headers['date'] ?? ''))
  return Number.isFinite(pgMs) ? clockDifference({ pgMs, oursMs: (startedAtMs + endedAtMs) / 2 }) : null
}
