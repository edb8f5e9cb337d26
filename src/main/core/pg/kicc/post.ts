import type { KiccOptions } from '../../../../domain/channel-options'
import type { Problem } from '../../../../domain/problem'
import type { Result } from '../../../../domain/result'
import { answerBytesMax } from '../answers'
import type { Conversation, Exchange, Timeouts } from '../conversation'
import type { ChannelSecrets } from '../gateway'
import { PATHS } from './fields'

/** What every request to KICC needs. */
export interface KiccDeps {
  readonly conversation: Conversation
  readonly secrets: () => Promise<Result<ChannelSecrets, Problem>>
  readonly settings: KiccOptions
  readonly nowMs: () => number
  readonly timeouts: Timeouts
}

const HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const

/** Sends this JSON once, on a socket of its own. A refund and its question wait longer, for a bank inside. */
export function post(
  { conversation, timeouts }: Pick<KiccDeps, 'conversation' | 'timeouts'>,
  path: (typeof PATHS)[keyof typeof PATHS],
  body: string,
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  return conversation.ask({
    method: 'POST',
    path,
    headers: HEADERS,
    body,
    answerBytesMax: answerBytesMax.one,
    timeoutMs: path === PATHS.revise ? timeouts.cancelMs : timeouts.readMs,
    freshSocket: true,
    signal,
  })
}
