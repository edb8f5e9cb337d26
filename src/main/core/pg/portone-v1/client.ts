import type { ChannelId } from '../../../../domain/ids'
import { problem, type Problem } from '../../../../domain/problem'
import { assert, fail, ok, type Result } from '../../../../domain/result'
import { clockDifference, parseWith } from '../answers'
import { DEFAULT_TIMEOUTS, openConversation, type Timeouts } from '../conversation'
import type { ChannelSecrets, ConnectionReport, PaymentGateway } from '../gateway'
import { originOf } from '../origin'
import { sendCancel } from './cancel'
import { encodeCancel } from './encode'
import { LIVE_HOST } from './key-names'
import { LIST_ROWS_MAX, listPayments } from './list'
import { LOOKUP_MAX, lookUp } from './lookup'
import { createRead, type Read } from './reads'
import { PageSchema } from './schemas'
import { createTokenDesk, type Token } from './token'

export interface PortoneV1Options {
  readonly channelId: ChannelId
  /** null = the live address. Anything else must be this machine: the practice or sandbox PG. */
  readonly origin: string | null
  /** Names: apiKey, apiSecret. Asked for whenever a token is needed. */
  readonly secrets: () => Promise<Result<ChannelSecrets, Problem>>
  /** Payments over test channels are hidden by PortOne unless asked for. */
  readonly includeSandbox: boolean
  readonly nowMs: () => number
  /** A timer that no one can set, ms. */
  readonly monotonicMs: () => number
  /** See `NetworkOptions`. */
  readonly proxy?: string | null | undefined
  readonly timeouts?: Partial<Timeouts>
  /** Rows of one list page, 1 to 1000. */
  readonly rowsPerPage?: number
}

/** PortOne V1 behind the port. Throws on an address that is neither the live one nor this machine. */
export function createPortoneV1Gateway(options: PortoneV1Options): PaymentGateway {
  const { channelId, includeSandbox, nowMs, monotonicMs, rowsPerPage = LIST_ROWS_MAX } = options
  assert(Number.isInteger(rowsPerPage) && rowsPerPage >= 1 && rowsPerPage <= LIST_ROWS_MAX, 'a page has 1 to 1000 rows')
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  const conversation = openConversation({
    origin: originOf(options.origin, LIVE_HOST),
    nowMs,
    proxy: options.proxy,
    timeouts,
  })
  const tokens = createTokenDesk({
    conversation,
    secrets: options.secrets,
    nowMs,
    monotonicMs,
    timeoutMs: timeouts.readMs,
  })
  const read = createRead(conversation, tokens)
  const lookup = { read, channelId, includeSandbox, timeoutMs: timeouts.readMs }
  const list = { read, channelId, includeSandbox, timeoutMs: timeouts.listMs, rowsPerPage }
  const cancel = { conversation, tokens, channelId, nowMs, timeoutMs: timeouts.cancelMs }

  return {
    channelId,
    reads: {
      kind: 'payments',
      lookupMax: LOOKUP_MAX,
      lookup: (refs, signal) => lookUp(lookup, refs, signal),
      list: (query, signal) => listPayments(list, query, signal),
    },
    encodeCancel,
    sendCancel: (encoded, intent, signal) => sendCancel(cancel, encoded, intent, signal),
    testConnection: async (signal) => {
      const token = await tokens.newToken(signal)
      return token.ok ? reportOf(read, token.value, timeouts.readMs, includeSandbox, signal) : token
    },
    close: () => conversation.close(),
  }
}

const SAMPLE_ROWS = 10
const SAMPLE_SECONDS = 7 * 24 * 60 * 60

/** One small page of the last week proves that the token is good for reading. */
async function reportOf(
  read: Read,
  { lifeMs, pgClock }: Token,
  timeoutMs: number,
  includeSandbox: boolean,
  signal: AbortSignal | undefined,
): Promise<Result<ConnectionReport, Problem>> {
  // The PG's own time: with a wrong clock of ours the week would lie somewhere else.
  const to = pgClock.pgMs / 1000
  const query = new URLSearchParams({
    from: String(to - SAMPLE_SECONDS),
    to: String(to),
    page: '1',
    limit: String(SAMPLE_ROWS),
    include_sandbox: String(includeSandbox),
  })
  const answer = await read({
    path: '/payments/status/all',
    query,
    size: 'one',
    timeoutMs,
    statuses: [200, 404],
    signal,
  })
  if (!answer.ok) return answer
  const { httpStatus, envelope } = answer.value
  const page = httpStatus === 200 && envelope.code === 0 ? parseWith(PageSchema, envelope.response) : null
  if (page === null && (httpStatus === 200 || envelope.code === 0))
    return fail(problem('pg-odd-answer', { status: httpStatus }))
  return ok({
    clockDifferenceMs: clockDifference(pgClock),
    tokenLifeMs: lifeMs,
    samplePayments: page?.list.length ?? 0,
  })
}
