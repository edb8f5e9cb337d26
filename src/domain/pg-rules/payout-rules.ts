import {
  addBusinessDays,
  addDays,
  sameOrNextBusinessDay,
  weekdayOf,
  type Holidays,
  type Weekday,
} from '../business-day'
import type { PaymentMethod } from '../payment'
import { assertNever } from '../result'
import { kstDate, type KstDate } from '../time'
import type { Confidence, RuleScope } from './rule'
import { isKnownProvider } from './rule-book'

/**
 * When the money of an accepted refund reaches the customer, as data. Sources as in the other rules. What no source dates
 * has no date: a guessed day would turn into a false alarm.
 */
type PayoutData =
  /** The cancel itself is the end of it: a sale is taken back, and nothing is paid to an account. */
  | { readonly kind: 'payout-final' }
  /** On the nth business day after the acceptance. */
  | { readonly kind: 'payout-business-days'; readonly days: number }
  /** On one weekday: of the same week when asked until another weekday, else of the next week. */
  | { readonly kind: 'payout-weekly'; readonly on: Weekday; readonly askedUntil: Weekday }
  | { readonly kind: 'payout-unknown' }

export type PayoutRule = PayoutData & {
  readonly id: string
  readonly source: string
  readonly confidence: Confidence
}

/**
 * Counted anew on the next start when it changes: raise it with every change of a rule below, so that dates which were
 * stored under the old rule do not stay.
 */
export const PAYOUT_RULES_REVISION = 2

/** Hold at every PG that the rule book knows. */
const BY_METHOD: Readonly<Record<PaymentMethod, PayoutRule>> = {
  card: {
    id: 'payout/card',
    kind: 'payout-final',
    source: 'own rule: a card cancel is final when it is accepted, no account is paid',
    confidence: 'own',
  },
  'virtual-account': {
    id: 'payout/virtual-account',
    kind: 'payout-business-days',
    days: 1,
    source: 'guide: virtual account refund, typically paid on the next business day',
    confidence: 'official',
  },
  transfer: {
    id: 'payout/transfer',
    kind: 'payout-unknown',
    source: 'guide: back to the paying account, without a date',
    confidence: 'unconfirmed',
  },
  mobile: {
    id: 'payout/mobile',
    kind: 'payout-unknown',
    source: 'guide: cancelled in the month of payment, without a date',
    confidence: 'unconfirmed',
  },
  'easy-pay': {
    id: 'payout/easy-pay',
    kind: 'payout-unknown',
    source: 'guide: depends on what lies behind the wallet, without a date',
    confidence: 'unconfirmed',
  },
  other: {
    id: 'payout/other',
    kind: 'payout-unknown',
    source: 'own rule: an unknown method is shown and looked up only',
    confidence: 'own',
  },
}

const THURSDAYS: PayoutRule = {
  id: 'mobilians/payout',
  kind: 'payout-weekly',
  on: 4,
  askedUntil: 2,
  source:
    'docs: kg-mobilians-v2, paid on Thursdays; asked until Tuesday the same week, else the next. Own reading: ' +
    'a closed Thursday is paid on the next business day',
  confidence: 'official',
}

const KICC_NEXT_DAY: PayoutRule = {
  id: 'kicc/payout',
  kind: 'payout-business-days',
  days: 1,
  source: 'docs: KICC refund page, out of the settlement on the next business day; at once is no later than that',
  confidence: 'official',
}

const BY_PROVIDER: Readonly<Record<string, Partial<Record<PaymentMethod, PayoutRule>>>> = {
  easypay: { 'virtual-account': KICC_NEXT_DAY, mobile: KICC_NEXT_DAY },
  mobilians: { 'virtual-account': THURSDAYS },
  daou: {
    'virtual-account': {
      id: 'daou/payout',
      kind: 'payout-business-days',
      days: 7,
      source: 'docs: daou, checked by hand, may take 7 business days or more: before the seventh nothing is late',
      confidence: 'official',
    },
  },
  smartro_v2: {
    'virtual-account': {
      id: 'smartro-v2/payout',
      kind: 'payout-business-days',
      days: 1,
      source: 'docs: smartro-v2, asynchronous; the guide gives the next business day',
      confidence: 'official',
    },
    transfer: {
      id: 'smartro-v2/transfer-payout',
      kind: 'payout-unknown',
      source: 'docs: smartro-v2, paid to an account, without a date',
      confidence: 'unconfirmed',
    },
  },
}

/** The rule for a payment of this method at this PG; null for a PG that the rule book does not know. */
export function payoutRule({ pg, provider, method }: RuleScope): PayoutRule | null {
  if (!isKnownProvider(pg, provider)) return null
  const own = Object.hasOwn(BY_PROVIDER, provider) ? BY_PROVIDER[provider]?.[method] : undefined
  return own ?? BY_METHOD[method]
}

/**
 * The Seoul day on which the money of a refund should have arrived; null where nothing is paid to an account, or where
 * nobody says when. Always a business day after the day of acceptance.
 */
export function payoutDueOn(scope: RuleScope, acceptedAtMs: number, holidays: Holidays): KstDate | null {
  const rule = payoutRule(scope)
  if (rule === null) return null
  const acceptedOn = kstDate(acceptedAtMs)
  switch (rule.kind) {
    case 'payout-final':
    case 'payout-unknown':
      return null
    case 'payout-business-days':
      return addBusinessDays(acceptedOn, rule.days, holidays)
    case 'payout-weekly': {
      const asked = weekdayOf(acceptedOn)
      const weekLater = asked > rule.askedUntil ? 7 : 0
      return sameOrNextBusinessDay(addDays(acceptedOn, rule.on - asked + weekLater), holidays)
    }
    default:
      return assertNever(rule)
  }
}
