import type { PaymentMethod } from '../../../src/domain/payment'
import type { Seeded } from './seeded'

/**
 * When a cancel shows at the PG: at once; later, or never when it fails after all; or nobody says, and it is one of both.
 * Written down here apart from the program's rule book, so that a mistake there is not believed here.
 */
export type Showing = 'at-once' | 'later' | 'unsaid'

export interface ShopPayment {
  readonly pgKey: string
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

const KINDS: readonly Kind[] = [
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

const PAYMENTS_MIN = 4
const PAYMENTS_MAX = 7

/** A few payments of different kinds: few enough that refunds of one payment get into one another's way. */
export function seededShop(seeded: Seeded): readonly ShopPayment[] {
  const left = [...KINDS]
  const chosen: Kind[] = []
  const count = seeded.between(PAYMENTS_MIN, PAYMENTS_MAX)
  while (chosen.length < count) chosen.push(...left.splice(seeded.below(left.length), 1))
  return chosen.map((kind, place) => paymentOf(seeded, kind, place + 1))
}

/** The payment of another customer, of any kind. */
export const nextPayment = (seeded: Seeded, number: number): ShopPayment =>
  paymentOf(seeded, seeded.pick(KINDS), number)

function paymentOf(seeded: Seeded, kind: Kind, number: number): ShopPayment {
  return {
    pgKey: `imp_${String(number).padStart(12, '0')}`,
    orderNo: `ORD-${number}-${kind.provider}`,
    paid: seeded.pick([30_000, 60_000, 90_000]),
    cancelledBefore: 0,
    namesCancels: true,
    mayBounce: false,
    closedAtNight: false,
    ...kind,
  }
}
