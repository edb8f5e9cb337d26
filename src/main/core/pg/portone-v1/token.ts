import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import { answerBytesMax, exchangeProblem, parseWith, statusProblem } from '../answers'
import type { Conversation } from '../conversation'
import type { ChannelSecrets } from '../gateway'
import { envelopeOf } from './envelope'
import { TokenSchema } from './schemas'

export interface Token {
  readonly text: string
  /** What is left of its life now, ms. */
  readonly lifeMs: number
  /** The PG's clock when it answered, and the middle of that exchange on ours; both ms. */
  readonly pgClock: { readonly pgMs: number; readonly oursMs: number }
}

export interface TokenDeskOptions {
  readonly conversation: Conversation
  readonly secrets: () => Promise<Result<ChannelSecrets, Problem>>
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  readonly timeoutMs: number
}

/** Problems: pg-keys-missing, pg-refused-keys, pg-offline, pg-timeout, pg-busy, pg-odd-answer, cancelled. */
export interface TokenDesk {
  /** The kept token if it lives at least so long, else a new request. */
  token(lifeMinMs: number, signal?: AbortSignal): Promise<Result<Token, Problem>>
  /** Asks the PG in any case: proves the keys. */
  newToken(signal?: AbortSignal): Promise<Result<Token, Problem>>
  /** Forgets a token that the PG refused; another one that came meanwhile stays. */
  drop(text: string): void
}

interface KeptToken {
  readonly text: string
  readonly lifeMs: number
  readonly pgClock: Token['pgClock']
  readonly gotAtMonotonicMs: number
  readonly gotAtMs: number
}

/**
 * One token for everyone. Its life is `expired_at − now`, both on the PG's clock, so a wrong clock of this machine does
 * no harm. Asking early gives the same token again and hurts nobody; several installations with one key share it.
 */
export function createTokenDesk(options: TokenDeskOptions): TokenDesk {
  const { nowMs, monotonicMs } = options
  let kept: KeptToken | null = null
  let pending: Promise<Result<KeptToken, Problem>> | null = null

  /** The timer may stand still while the machine sleeps, the clock may be set back: the greater of both is never too little. */
  const ageMs = (token: KeptToken): number =>
    Math.max(monotonicMs() - token.gotAtMonotonicMs, nowMs() - token.gotAtMs, 0)

  const now = (token: KeptToken): Token => ({
    text: token.text,
    lifeMs: Math.floor(token.lifeMs - ageMs(token)),
    pgClock: token.pgClock,
  })

  function request(): Promise<Result<KeptToken, Problem>> {
    pending ??= requestToken(options)
      .then((result) => {
        if (result.ok) kept = result.value
        return result
      })
      .finally(() => {
        pending = null
      })
    return pending
  }

  /** The request goes on for others when one caller stops waiting for it. */
  async function newToken(signal?: AbortSignal): Promise<Result<Token, Problem>> {
    const result = await unlessAborted(request(), signal)
    return result.ok ? ok(now(result.value)) : result
  }

  return {
    newToken,
    token: async (lifeMinMs, signal) => {
      const held = kept === null ? null : now(kept)
      return held !== null && held.lifeMs >= lifeMinMs ? ok(held) : newToken(signal)
    },
    drop: (text) => {
      if (kept?.text === text) kept = null
    },
  }
}

async function requestToken({
  conversation,
  secrets,
  nowMs,
  monotonicMs,
  timeoutMs,
}: TokenDeskOptions): Promise<Result<KeptToken, Problem>> {
  const keys = await secrets()
  if (!keys.ok) return keys
  const { apiKey, apiSecret } = keys.value
  if (apiKey === undefined || apiSecret === undefined || apiKey === '' || apiSecret === '')
    return fail(problem('pg-keys-missing'))
  const gotAtMonotonicMs = monotonicMs()
  const gotAtMs = nowMs()
  const exchange = await conversation.ask({
    method: 'POST',
    path: '/users/getToken',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ imp_key: apiKey, imp_secret: apiSecret }),
    answerBytesMax: answerBytesMax.one,
    timeoutMs,
    freshSocket: false,
  })
  if (exchange.kind !== 'answer') return fail(exchangeProblem(exchange))
  if (exchange.httpStatus === 401) return fail(problem('pg-refused-keys'))
  if (exchange.httpStatus !== 200) return fail(statusProblem(exchange))
  const envelope = envelopeOf(exchange.text)
  const answer = envelope?.code === 0 ? parseWith(TokenSchema, envelope.response) : null
  if (answer === null) return fail(problem('pg-odd-answer', { what: 'token' }))
  const lifeMs = (answer.expired_at - answer.now) * 1000
  if (lifeMs <= 0) return fail(problem('pg-odd-answer', { what: 'token' }))
  // Counted from before the request left, so that a slow answer never makes a token look younger than it is.
  const pgClock = { pgMs: answer.now * 1000, oursMs: (exchange.startedAtMs + exchange.endedAtMs) / 2 }
  return ok({ text: answer.access_token, lifeMs, pgClock, gotAtMonotonicMs, gotAtMs })
}

async function unlessAborted<T>(
  promise: Promise<Result<T, Problem>>,
  signal: AbortSignal | undefined,
): Promise<Result<T, Problem>> {
  if (signal === undefined) return promise
  const cancelled = fail(problem('cancelled'))
  if (signal.aborted) return cancelled
  const { promise: aborted, resolve } = Promise.withResolvers<Result<T, Problem>>()
  const onAbort = (): void => resolve(cancelled)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
