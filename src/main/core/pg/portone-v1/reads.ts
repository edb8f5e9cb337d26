import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import { answerBytesMax, exchangeProblem, statusProblem } from '../answers'
import type { Conversation } from '../conversation'
import { envelopeOf } from './envelope'
import type { Envelope } from './schemas'
import type { TokenDesk } from './token'

/** A token that dies on the way costs a second round. */
const TOKEN_LIFE_MIN_MS = 10_000

export interface ReadAnswer {
  readonly httpStatus: number
  readonly envelope: Envelope
}

/** Asks for JSON by GET. Answers with one of `statuses` and an envelope, or with a problem. */
export type Read = (request: {
  readonly path: string
  readonly query: URLSearchParams
  readonly size: keyof typeof answerBytesMax
  readonly timeoutMs: number
  readonly statuses: readonly number[]
  readonly signal?: AbortSignal | undefined
}) => Promise<Result<ReadAnswer, Problem>>

/**
 * Reads may be repeated, a cancel never: once after a lost connection, once with a new token after a 401. Problems:
 * those of the token, and pg-offline, pg-timeout, pg-busy, pg-odd-answer, cancelled.
 */
export function createRead(conversation: Conversation, tokens: TokenDesk): Read {
  return async ({ path, query, size, timeoutMs, statuses, signal }) => {
    let tokenRenewed = false
    let connectionRenewed = false
    for (;;) {
      const token = await tokens.token(TOKEN_LIFE_MIN_MS, signal)
      if (!token.ok) return token
      const exchange = await conversation.ask({
        method: 'GET',
        path: `${path}?${query.toString()}`,
        headers: { authorization: `Bearer ${token.value.text}` },
        answerBytesMax: answerBytesMax[size],
        timeoutMs,
        freshSocket: connectionRenewed,
        signal,
      })
      if (exchange.kind === 'broken' && exchange.why === 'lost' && !connectionRenewed) {
        connectionRenewed = true
        continue
      }
      if (exchange.kind !== 'answer') return fail(exchangeProblem(exchange))
      if (exchange.httpStatus === 401) {
        tokens.drop(token.value.text)
        if (tokenRenewed) return fail(problem('pg-refused-keys'))
        tokenRenewed = true
        continue
      }
      if (!statuses.includes(exchange.httpStatus)) return fail(statusProblem(exchange))
      const envelope = envelopeOf(exchange.text)
      if (envelope === null) return fail(problem('pg-odd-answer', { status: exchange.httpStatus }))
      return ok({ httpStatus: exchange.httpStatus, envelope })
    }
  }
}
