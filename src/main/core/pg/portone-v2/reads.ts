import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import type { Conversation } from '../conversation'
import { parseJson } from '../json-text'
import { answerBytesMax, exchangeProblem, statusProblem, type WholeAnswer } from '../answers'
import { authorizationOf, type AskSecret } from './secret'

export interface ReadAnswer {
  readonly json: unknown
  readonly answer: WholeAnswer
}

/** Asks for JSON by GET. Answers with one of `statuses` and JSON, or with a problem. */
export type Read = (request: {
  readonly path: string
  readonly query: URLSearchParams
  readonly size: keyof typeof answerBytesMax
  readonly timeoutMs: number
  readonly statuses: readonly number[]
  readonly signal?: AbortSignal | undefined
}) => Promise<Result<ReadAnswer, Problem>>

/**
 * Reads may be repeated, a cancel never: once after a lost connection. Problems: those of the secret, and pg-offline,
 * pg-timeout, pg-busy, pg-refused-keys, pg-odd-answer, cancelled.
 */
export function createRead(conversation: Conversation, askSecret: AskSecret): Read {
  return async ({ path, query, size, timeoutMs, statuses, signal }) => {
    const secret = await askSecret()
    if (!secret.ok) return secret
    const ask = (freshSocket: boolean) =>
      conversation.ask({
        method: 'GET',
        path: query.size === 0 ? path : `${path}?${query.toString()}`,
        headers: { authorization: authorizationOf(secret.value) },
        answerBytesMax: answerBytesMax[size],
        timeoutMs,
        freshSocket,
        signal,
      })
    const first = await ask(false)
    const exchange = first.kind === 'broken' && first.why === 'lost' ? await ask(true) : first
    if (exchange.kind !== 'answer') return fail(exchangeProblem(exchange))
    const { httpStatus } = exchange
    // 403: good for something else, such as another store.
    if (httpStatus === 401 || httpStatus === 403) return fail(problem('pg-refused-keys'))
    if (!statuses.includes(httpStatus)) return fail(statusProblem(exchange))
    const json = parseJson(exchange.text)
    return json.ok ? ok({ json: json.value, answer: exchange }) : fail(problem('pg-odd-answer', { status: httpStatus }))
  }
}

/** Filters of a GET travel as JSON in one parameter of the query. */
export const requestBody = (body: object): URLSearchParams => new URLSearchParams({ requestBody: JSON.stringify(body) })
