import type { ChannelOptions } from '../../../domain/channel-options'
import type { ChannelId } from '../../../domain/ids'
import type { PgKind } from '../../../domain/pg'
import type { Problem } from '../../../domain/problem'
import { assertNever, type Result } from '../../../domain/result'
import type { Timeouts } from './conversation'
import type { ChannelSecrets, Gateway } from './gateway'
import { createKiccGateway } from './kicc/client'
import * as kicc from './kicc/key-names'
import { NOTICE_FIELDS } from './kicc/notices'
import { createPortoneV1Gateway } from './portone-v1/client'
import * as portoneV1 from './portone-v1/key-names'
import { createPortoneV2Gateway } from './portone-v2/client'
import * as portoneV2 from './portone-v2/key-names'

export { readKiccNotice as readNotice } from './kicc/notices'

/** The fields that PGs' notifications have, by which a table of them is recognised. */
export const NOTICE_FIELD_NAMES: readonly string[] = Object.keys(NOTICE_FIELDS)

export interface GatewayOptions {
  readonly channelId: ChannelId
  readonly options: ChannelOptions
  /** null = the PG's own address. Anything else must be this machine: the practice or sandbox PG. */
  readonly origin: string | null
  /** By the names of `secretNames`. Asked for whenever they are needed. */
  readonly secrets: () => Promise<Result<ChannelSecrets, Problem>>
  readonly nowMs: () => number
  /** A timer that no one can set, ms. */
  readonly monotonicMs: () => number
  /** See `NetworkOptions`. */
  readonly proxy?: string | null | undefined
  readonly timeouts?: Partial<Timeouts>
}

/** The gateway of one merchant channel. Throws on an address that this PG does not allow. */
export function createGateway({ options, monotonicMs, ...rest }: GatewayOptions): Gateway {
  switch (options.pg) {
    case 'portone-v1':
      return createPortoneV1Gateway({ ...rest, monotonicMs, includeSandbox: options.includeSandbox })
    case 'kicc':
      return createKiccGateway({ ...rest, settings: options })
    case 'portone-v2':
      return createPortoneV2Gateway({ ...rest, settings: options })
    default:
      return assertNever(options)
  }
}

/** What the PGs' own consoles call the key of a payment: accepted as a column name of a merchant's file. */
export const PAYMENT_KEY_NAMES: readonly string[] = [
  ...portoneV1.PAYMENT_KEY_NAMES,
  ...kicc.PAYMENT_KEY_NAMES,
  ...portoneV2.PAYMENT_KEY_NAMES,
]

/** Names of the secrets that a channel of this PG needs. */
export function secretNames(pg: PgKind): readonly string[] {
  switch (pg) {
    case 'portone-v1':
      return portoneV1.SECRET_NAMES
    case 'kicc':
      return kicc.SECRET_NAMES
    case 'portone-v2':
      return portoneV2.SECRET_NAMES
    default:
      return assertNever(pg)
  }
}

/** The PG's own host for a channel, for showing. */
export function hostOf(options: ChannelOptions): string {
  switch (options.pg) {
    case 'portone-v1':
      return portoneV1.LIVE_HOST
    case 'kicc':
      return options.host === 'test' ? kicc.TEST_HOST : kicc.LIVE_HOST
    case 'portone-v2':
      return portoneV2.LIVE_HOST
    default:
      return assertNever(options)
  }
}
