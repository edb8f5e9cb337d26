import type { ChannelId } from '../../../src/domain/ids'
import type { PaymentMethod } from '../../../src/domain/payment'
import type { PgKind } from '../../../src/domain/pg'
import { KICC_REAL_TIME, KICC_SETTLEMENT, PORTONE_V1, PORTONE_V2 } from './channels'
import type { Seeded } from './seeded'

/**
 * When a cancel shows at the PG: at once; later, or never when it fails after all; or nobody says, and it is one of both.
 * Written down here apart from the program's rule book, so that a mistake there is not believed here.
 */
export type Showing = 'at-once' | 'later' | 'unsaid'

export interface ShopPayment {
  readonly channelId: ChannelId
  readonly pg: PgKind
  readonly pgKey: string
  /** KICC: the issue of the account that was paid into; several deposits may share it. */
  readonly transaction: string | null
  readonly orderNo: string
  readonly provider: string
  readonly method: PaymentMethod
  readonly showing: Showing
  readonly paid: number
  /** Cancelled at the PG before the program sees it first. */
  readonly cancelledBefore: number
  /** Whether the PG gives its cancels numbers. */
  readonly namesCancels: boolean
  /** A paid-out refund of this payment may come back days later. */
  readonly mayBounce: boolean
  readonly closedAtNight: boolean
}

type Kind = Pick<ShopPayment, 'provider' | 'method' | 'showing'> & Partial<ShopPayment>

const V1_KINDS: readonly Kind[] = [
  { provider: 'kcp', method: 'card', showing: 'at-once' },
  { provider: 'html5_inicis', method: 'virtual-account', showing: 'at-once', mayBounce: true },
  { provider: 'nice', method: 'card', showing: 'at-once', namesCancels: false },
  { provider: 'kakaopay', method: 'easy-pay', showing: 'at-once' },
  { provider: 'tosspayments', method: 'transfer', showing: 'at-once', cancelledBefore: 5_000 },
  { provider: 'ksnet', method: 'virtual-account', showing: 'at-once', closedAtNight: true },
  { provider: 'uplus', method: 'card', showing: 'at-once', cancelledBefore: 2_000, namesCancels: false },
  { provider: 'smartro_v2', method: 'virtual-account', showing: 'later' },
  { provider: 'paypal_v2', method: 'easy-pay', showing: 'later', namesCancels: false },
  { provider: 'daou', method: 'virtual-account', showing: 'unsaid', mayBounce: true },
  { provider: 'newpg', method: 'card', showing: 'unsaid' },
  { provider: 'smartro_v2', method: 'transfer', showing: 'unsaid' },
]

/** PortOne V2 gives every cancel a number. */
const V2_KINDS: readonly Kind[] = V1_KINDS.filter(({ namesCancels }) => namesCancels !== false)

/** KICC shows no list at all; a refund is paid to an account, and may come back. */
const KICC_KINDS: readonly (Kind & { readonly deposits: number })[] = [
  { provider: 'easypay', method: 'virtual-account', showing: 'later', mayBounce: true, deposits: 1 },
  { provider: 'easypay', method: 'virtual-account', showing: 'later', mayBounce: true, deposits: 2 },
  { provider: 'easypay', method: 'mobile', showing: 'later', mayBounce: true, deposits: 0 },
]

const KICC_CHANNELS = [KICC_SETTLEMENT, KICC_REAL_TIME] as const

/** A few payments of every interface: few enough that refunds of one payment get into one another's way. */
export function seededShop(seeded: Seeded): readonly ShopPayment[] {
  const payments: ShopPayment[] = []
  const add = (made: readonly ShopPayment[]): void => void payments.push(...made)
  for (const [channel, kinds, countMax] of [
    [PORTONE_V1, V1_KINDS, 4],
    [PORTONE_V2, V2_KINDS, 3],
  ] as const) {
    const left = [...kinds]
    for (let more = seeded.between(1, countMax); more > 0; more -= 1)
      for (const kind of left.splice(seeded.below(left.length), 1))
        add(portonePayment(seeded, channel, kind, payments.length + 1))
  }
  for (const channel of KICC_CHANNELS)
    for (let more = seeded.between(1, 2); more > 0; more -= 1)
      add(kiccPayments(seeded, channel, seeded.pick(KICC_KINDS), payments.length + 1))
  return payments
}

/** Another customer pays, of any kind; into an account perhaps twice. */
export function nextPayments(seeded: Seeded, number: number): readonly ShopPayment[] {
  const make = seeded.pick([
    () => portonePayment(seeded, PORTONE_V1, seeded.pick(V1_KINDS), number),
    () => portonePayment(seeded, PORTONE_V2, seeded.pick(V2_KINDS), number),
    () => kiccPayments(seeded, seeded.pick(KICC_CHANNELS), seeded.pick(KICC_KINDS), number),
  ])
  return make()
}

const PLAIN = {
  transaction: null,
  cancelledBefore: 0,
  namesCancels: true,
  mayBounce: false,
  closedAtNight: false,
} as const
const paidOf = (seeded: Seeded): number => seeded.pick([30_000, 60_000, 90_000])

function portonePayment(
  seeded: Seeded,
  { channelId, options }: typeof PORTONE_V1,
  kind: Kind,
  number: number,
): readonly ShopPayment[] {
  const isV2 = options.pg === 'portone-v2'
  const orderNo = `ORD-${number}-${kind.provider}`
  const pgKey = isV2 ? orderNo : `imp_${String(number).padStart(12, '0')}`
  return [{ ...PLAIN, channelId, pg: options.pg, pgKey, orderNo, paid: paidOf(seeded), ...kind }]
}

function kiccPayments(
  seeded: Seeded,
  { channelId }: (typeof KICC_CHANNELS)[number],
  { deposits, ...kind }: (typeof KICC_KINDS)[number],
  number: number,
): readonly ShopPayment[] {
  const keyOf = (place: number): string => `2611210${String(number * 10 + place).padStart(9, '0')}`
  const transaction = deposits === 0 ? null : keyOf(0)
  return Array.from({ length: Math.max(1, deposits) }, (_, place) => ({
    ...PLAIN,
    channelId,
    pg: 'kicc' as const,
    pgKey: keyOf(place + 1),
    transaction,
    orderNo: `ORD-${number}-easypay-${place}`,
    paid: paidOf(seeded),
    ...kind,
  }))
}
