import { assertNever } from '../../../domain/result'
import type { Gateway } from './gateway'
import { createPortoneV1Gateway, type PortoneV1Options } from './portone-v1/client'
import * as portoneV1 from './portone-v1/key-names'

/** PGs that this program can talk to. */
export type PgKind = 'portone-v1'

export type GatewayOptions = PortoneV1Options & { readonly pg: PgKind }

/** The gateway of one merchant channel. Throws on an address that this PG does not allow. */
export function createGateway({ pg, ...options }: GatewayOptions): Gateway {
  switch (pg) {
    case 'portone-v1':
      return createPortoneV1Gateway(options)
    default:
      return assertNever(pg)
  }
}

/** What the PGs' own consoles call the key of a payment: accepted as a column name of a merchant's file. */
export const PAYMENT_KEY_NAMES: readonly string[] = portoneV1.PAYMENT_KEY_NAMES

/** Names of the secrets that a channel of this PG needs. */
export function secretNames(pg: PgKind): readonly string[] {
  switch (pg) {
    case 'portone-v1':
      return portoneV1.SECRET_NAMES
    default:
      return assertNever(pg)
  }
}

/** The live host of a PG, for showing. */
export function liveHost(pg: PgKind): string {
  switch (pg) {
    case 'portone-v1':
      return portoneV1.LIVE_HOST
    default:
      return assertNever(pg)
  }
}
