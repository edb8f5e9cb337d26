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
import { providerRules } from './rules'

/**
 * When the money of an accepted refund reaches the customer, as data. Sources as in rules.ts. What no source dates has
 * no date: a guessed day would turn into a false alarm.
 */
export type PayoutRule =
  /** The cancel itself is the end of it: a sale is taken back, and nothing is paid to an account. */
  | { readonly kind: 'final'; readonly source: string }
  /** On the nth business day after the acceptance. */
  | { readonly kind: 'business-days'; readonly days: number; readonly source: string }
  /** On one weekday: of the same week when asked until another weekday, else of the next week. */
  | { readonly kind: 'weekly'; readonly on: Weekday; readonly askedUntil: Weekday; readonly source: string }
  | { readonly kind: 'unknown'; readonly source: string }

/**
 * Counted anew on the next start when it changes: raise it with every change of a rule below, so that dates which were
 * stored under the old rule do not stay.
 */
export const PAYOUT_RULES_REVISION = 1

const NEXT_BUSINESS_DAY = {
  kind: 'business-days',
  days: 1,
  source: 'guide: virtual account refund, typically paid on the next business day',
} as const satisfies PayoutRule

/** Hold at every PG that the rule book knows. */
const BY_METHOD: Readonly<Record<PaymentMethod, PayoutRule>> = {
  card: { kind: 'final', source: 'own rule: a card cancel is final when it is accepted, no account is paid' },
  'virtual-account': NEXT_BUSINESS_DAY,
  transfer: { kind: 'unknown', source: 'guide: back to the paying account, without a date' },
  mobile: { kind: 'unknown', source: 'guide: cancelled in the month of payment, without a date' },
  'easy-pay': { kind: 'unknown', source: 'guide: depends on what lies behind the wallet, without a date' },
  other: { kind: 'unknown', source: 'own rule: an unknown method is shown and looked up only' },
}

const BY_PROVIDER: Readonly<Record<string, Partial<Record<PaymentMethod, PayoutRule>>>> = {
  mobilians: {
    'virtual-account': {
      kind: 'weekly',
      on: 4,
      askedUntil: 2,
      source:
        'docs: kg-mobilians-v2, paid on Thursdays; asked until Tuesday the same week, else the next. Own reading: ' +
        'a closed Thursday is paid on the next business day',
    },
  },
  daou: {
    'virtual-account': {
      kind: 'business-days',
      days: 7,
      source: 'docs: daou, checked by hand, may take 7 business days or more: before the seventh nothing is late',
    },
  },
  smartro_v2: {
    'virtual-account': {
      kind: 'business-days',
      days: 1,
      source: 'docs: smartro-v2, asynchronous; the guide gives the next business day',
    },
    transfer: { kind: 'unknown', source: 'docs: smartro-v2, paid to an account, without a date' },
  },
}

/** The rule for a payment of this method at this PG; null for a PG that the rule book does not know. */
export function payoutRule(provider: string, method: PaymentMethod): PayoutRule | null {
  if (providerRules(provider) === null) return null
  const own = Object.hasOwn(BY_PROVIDER, provider) ? BY_PROVIDER[provider]?.[method] : undefined
  return own ?? BY_METHOD[method]
}

/**
 * The Seoul day on which the money of a refund should have arrived; null where nothing is paid to an account, or where
 * nobody says when. Always a business day after the day of acceptance.
 */
export function payoutDueOn(
  provider: string,
  method: PaymentMethod,
  acceptedAtMs: number,
  holidays: Holidays,
): KstDate | null {
  const rule = payoutRule(provider, method)
  if (rule === null) return null
  const acceptedOn = kstDate(acceptedAtMs)
  switch (rule.kind) {
    case 'final':
    case 'unknown':
      return null
    case 'business-days':
      return addBusinessDays(acceptedOn, rule.days, holidays)
    case 'weekly': {
      const asked = weekdayOf(acceptedOn)
      const weekLater = asked > rule.askedUntil ? 7 : 0
      return sameOrNextBusinessDay(addDays(acceptedOn, rule.on - asked + weekLater), holidays)
    }
    default:
      return assertNever(rule)
  }
}
