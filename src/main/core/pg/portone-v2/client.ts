import type { PortoneV2Options as Settings } from '../../../../domain/channel-options'
import type { ChannelId } from '../../../../domain/ids'
import { problem, type Problem } from '../../../../domain/problem'
import { assert, fail, ok, type Result } from '../../../../domain/result'
import { clockDifferenceOf, parseWith } from '../answers'
import { DEFAULT_TIMEOUTS, openConversation, type Timeouts } from '../conversation'
import type { ChannelSecrets, ConnectionReport, Gateway } from '../gateway'
import { originOf } from '../origin'
import { sendCancel } from './cancel'
import { encodeCancel } from './encode'
import { LIVE_HOST } from './key-names'
import { LIST_ROWS_MAX, listPayments } from './list'
import { LOOKUP_MAX, lookUp, type LookupOptions } from './lookup'
import { filterOf } from './pages'
import { createRead, requestBody } from './reads'
import { ListSchema } from './schemas'
import { createAskSecret } from './secret'
import { createStoreWatch } from './stores'

/** PortOne recommends 60 s or more, and goes on when we have left. */
const CANCEL_MS = 90_000

export interface PortoneV2GatewayOptions {
  readonly channelId: ChannelId
  /** null = the live address. Anything else must be this machine: the practice or sandbox PG. */
  readonly origin: string | null
  /** Name: apiSecret. Asked for with every request. */
  readonly secrets: () => Promise<Result<ChannelSecrets, Problem>>
  readonly settings: Settings
  readonly nowMs: () => number
  /** See `NetworkOptions`. */
  readonly proxy?: string | null | undefined
  readonly timeouts?: Partial<Timeouts>
  /** Rows of one list page, 1 to 500. */
  readonly rowsPerPage?: number
}

/** PortOne V2 behind the port. Throws on an address that is neither the live one nor this machine. */
export function createPortoneV2Gateway(options: PortoneV2GatewayOptions): Gateway {
  const { channelId, settings, nowMs, rowsPerPage = LIST_ROWS_MAX } = options
  const { storeId } = settings
  assert(Number.isInteger(rowsPerPage) && rowsPerPage >= 1 && rowsPerPage <= LIST_ROWS_MAX, 'a page has 1 to 500 rows')
  const timeouts = { ...DEFAULT_TIMEOUTS, cancelMs: CANCEL_MS, ...options.timeouts }
  const origin = originOf(options.origin, LIVE_HOST)
  const conversation = openConversation({ origin, nowMs, proxy: options.proxy, timeouts })
  const askSecret = createAskSecret(options.secrets)
  const read = createRead(conversation, askSecret)
  const scope = { channelId, isOurStore: createStoreWatch(storeId), includeTest: settings.includeTest }
  const lookup: LookupOptions = { read, scope, storeId, timeoutMs: timeouts.readMs }
  const list = { read, scope, storeId, timeoutMs: timeouts.listMs, rowsPerPage, lookup }
  // What was sent to a test channel is also proven there, whatever is shown otherwise.
  const proof = { ...lookup, scope: { ...scope, includeTest: true } }
  const cancel = { conversation, askSecret, lookup: proof, nowMs, timeoutMs: timeouts.cancelMs }

  return {
    channelId,
    reads: {
      kind: 'payments',
      lookupMax: LOOKUP_MAX,
      lookup: (refs, signal) => lookUp(lookup, refs, signal),
      list: (query, signal) => listPayments(list, query, signal),
    },
    encodeCancel: (intent) => encodeCancel(storeId, intent),
    sendCancel: (encoded, intent, signal) => sendCancel(cancel, encoded, intent, signal),
    testConnection: (signal) => testConnection(lookup, signal),
    close: () => conversation.close(),
  }
}

const SAMPLE_ROWS = 10

/** One small page of what PortOne takes when no time is given, its last 90 days by its own clock. */
async function testConnection(
  options: LookupOptions,
  signal: AbortSignal | undefined,
): Promise<Result<ConnectionReport, Problem>> {
  const { read, timeoutMs } = options
  const query = requestBody({ page: { number: 0, size: SAMPLE_ROWS }, filter: filterOf(options) })
  const page = await read({ path: '/payments', query, size: 'list', timeoutMs, statuses: [200], signal })
  if (!page.ok) return page
  const { json, answer } = page.value
  const list = parseWith(ListSchema, json)
  if (list === null) return fail(problem('pg-odd-answer', { what: 'page' }))
  return ok({ clockDifferenceMs: clockDifferenceOf(answer), tokenLifeMs: null, samplePayments: list.items.length })
}
