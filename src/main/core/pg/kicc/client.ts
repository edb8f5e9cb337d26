import { randomUUID } from 'node:crypto'
import type { KiccOptions } from '../../../../domain/channel-options'
import type { ChannelId } from '../../../../domain/ids'
import { problem, type Problem } from '../../../../domain/problem'
import { fail, ok, type Result } from '../../../../domain/result'
import { kstDate } from '../../../../domain/time'
import { clockDifferenceOf, exchangeProblem, statusProblem } from '../answers'
import { DEFAULT_TIMEOUTS, openConversation, type Timeouts } from '../conversation'
import type { ChannelSecrets, ConnectionReport, Gateway } from '../gateway'
import { originOf } from '../origin'
import { wireAnswerOf } from './answer'
import { encodeCancel } from './encode'
import { PATHS } from './fields'
import { findRequest } from './find-request'
import { LIVE_HOST, TEST_HOST } from './key-names'
import { post, type KiccDeps } from './post'
import { secretKeyOf } from './request'
import { sendCancel } from './revise'
import { dayText } from './stamps'

/** KICC's own: a refund waits for a bank inside. */
export const KICC_TIMEOUTS: Timeouts = { ...DEFAULT_TIMEOUTS, cancelMs: 30_000 }

export interface KiccGatewayOptions {
  readonly channelId: ChannelId
  /** null = the live or test address, by `settings.host`. Anything else must be this machine. */
  readonly origin: string | null
  /** Name: secretKey. Asked for whenever a request must be proven. */
  readonly secrets: () => Promise<Result<ChannelSecrets, Problem>>
  readonly settings: KiccOptions
  readonly nowMs: () => number
  /** See `NetworkOptions`. */
  readonly proxy?: string | null | undefined
  readonly timeouts?: Partial<Timeouts>
  /** The address of this machine, sent along with a refund; null = not sent. */
  readonly clientIp?: () => string | null
}

/** KICC EasyPay behind the port. Throws on an address that is neither KICC's nor this machine. */
export function createKiccGateway(options: KiccGatewayOptions): Gateway {
  const { channelId, settings, secrets, nowMs, clientIp = () => null } = options
  const timeouts = { ...KICC_TIMEOUTS, ...options.timeouts }
  const origin = originOf(options.origin, settings.host === 'live' ? LIVE_HOST : TEST_HOST)
  const conversation = openConversation({ origin, nowMs, proxy: options.proxy, timeouts })
  const deps: KiccDeps = { conversation, secrets, settings, nowMs, timeouts }

  return {
    channelId,
    reads: {
      kind: 'requests',
      findRequest: (encoded, intent, signal) => findRequest(deps, encoded, intent, signal),
    },
    encodeCancel: (intent) => encodeCancel(intent, settings, clientIp()),
    sendCancel: (encoded, intent, signal) => sendCancel(deps, encoded, intent, signal),
    testConnection: (signal) => testConnection(deps, signal),
    close: () => conversation.close(),
  }
}

/**
 * Asks about a request that nobody has made. Any readable answer proves address and clock. Nothing of KICC proves the
 * secret without a refund: the look-up does not carry it. Problems: pg-merchant-missing, pg-keys-missing, pg-offline,
 * pg-timeout, pg-busy, pg-odd-answer, cancelled.
 */
async function testConnection(
  deps: KiccDeps,
  signal: AbortSignal | undefined,
): Promise<Result<ConnectionReport, Problem>> {
  const { merchantId } = deps.settings
  if (merchantId === '') return fail(problem('pg-merchant-missing'))
  const secretKey = await secretKeyOf(deps.secrets)
  if (!secretKey.ok) return secretKey
  const body = JSON.stringify({
    mallId: merchantId,
    shopTransactionId: randomUUID(),
    transactionDate: dayText(kstDate(deps.nowMs())),
  })
  const exchange = await post(deps, PATHS.retrieve, body, signal)
  if (exchange.kind !== 'answer') return fail(exchangeProblem(exchange))
  const { httpStatus } = exchange
  if (httpStatus === 429 || httpStatus >= 500) return fail(statusProblem(exchange))
  if (wireAnswerOf(exchange.text) === null) return fail(problem('pg-odd-answer', { status: httpStatus }))
  return ok({ clockDifferenceMs: clockDifferenceOf(exchange), tokenLifeMs: null, samplePayments: 0 })
}
