import type { PaymentMethod } from '../payment'

/**
 * Rules of payment methods and of the PGs behind a channel, as data. Sources: `docs` are PortOne's V1 guide pages and
 * schema (state of 2026-08-06), `guide` its general cancel guide. What could not be confirmed is a warning at most.
 */
export type Rule =
  /** Money cannot go back the way it came: bank, account and holder are needed. */
  | { readonly kind: 'needs-account'; readonly methods: readonly PaymentMethod[]; readonly source: string }
  | { readonly kind: 'needs-phone'; readonly methods: readonly PaymentMethod[]; readonly source: string }
  | { readonly kind: 'not-refundable'; readonly methods: readonly PaymentMethod[]; readonly source: string }
  | { readonly kind: 'full-only'; readonly methods: readonly PaymentMethod[]; readonly source: string }
  /** Only in the calendar month of the payment, Seoul time. */
  | { readonly kind: 'same-month'; readonly methods: readonly PaymentMethod[]; readonly source: string }
  /** Minutes since midnight in Seoul; from is inclusive, until is exclusive; from > until goes over midnight. */
  | {
      readonly kind: 'night-window'
      readonly methods: readonly PaymentMethod[]
      readonly fromMinute: number
      readonly untilMinute: number
      readonly source: string
    }
  | {
      readonly kind: 'partial-max'
      readonly methods: readonly PaymentMethod[]
      readonly max: number
      readonly source: string
    }
  /** Calendar months after the payment. */
  | {
      readonly kind: 'refund-age'
      readonly methods: readonly PaymentMethod[]
      readonly months: number
      readonly severity: 'error' | 'warning'
      readonly source: string
    }
  /** The answer means "asked": balance and history follow later. */
  | { readonly kind: 'asynchronous'; readonly methods: readonly PaymentMethod[]; readonly source: string }
  /** Nobody says whether balance and history follow at once: neither promised nor repeated. */
  | { readonly kind: 'timing-unknown'; readonly methods: readonly PaymentMethod[]; readonly source: string }
  /** Lengths of the fields of a refund account, in characters. */
  | {
      readonly kind: 'account-lengths'
      readonly holderMax: number
      readonly accountMax: number
      readonly source: string
    }

export interface ProviderRules {
  /** Rule-book key of the PG behind the channel, as in `PgPayment.provider`. */
  readonly provider: string
  readonly rules: readonly Rule[]
}

const ALL_METHODS = [
  'card',
  'transfer',
  'virtual-account',
  'mobile',
  'easy-pay',
  'other',
] as const satisfies readonly PaymentMethod[]

/** Hold at every PG. */
export const GENERAL_RULES: readonly Rule[] = [
  { kind: 'not-refundable', methods: ['other'], source: 'own rule: an unknown method is shown and looked up only' },
  { kind: 'needs-account', methods: ['virtual-account'], source: 'guide: virtual account refund' },
  { kind: 'account-lengths', holderMax: 16, accountMax: 16, source: 'docs: cancel API, field lengths' },
  {
    kind: 'same-month',
    methods: ['mobile'],
    source: 'guide: mobile micropayments are cancelled in the month of payment',
  },
  { kind: 'full-only', methods: ['mobile'], source: 'guide: mobile micropayments are cancelled in full' },
  {
    kind: 'refund-age',
    methods: ['card'],
    months: 12,
    severity: 'warning',
    source: 'guide: cards are cancelled within about one year',
  },
]

const KSNET_PARTIAL = ['card', 'transfer', 'virtual-account', 'easy-pay'] as const
const KSNET_PAGE = 'docs: ksnet/warning'

const RULES_BY_PROVIDER: Readonly<Record<string, readonly Rule[]>> = {
  ksnet: [
    { kind: 'partial-max', methods: KSNET_PARTIAL, max: 9, source: KSNET_PAGE },
    { kind: 'refund-age', methods: ALL_METHODS, months: 6, severity: 'error', source: KSNET_PAGE },
    {
      kind: 'night-window',
      methods: ['virtual-account'],
      fromMinute: 23 * 60,
      untilMinute: 6 * 60,
      source: KSNET_PAGE,
    },
    { kind: 'full-only', methods: ['mobile'], source: KSNET_PAGE },
  ],
  smartro: [{ kind: 'needs-phone', methods: ['virtual-account'], source: 'docs: cancel API, refund phone' }],
  smartro_v2: [
    { kind: 'needs-account', methods: ['virtual-account', 'transfer'], source: 'docs: smartro-v2/api' },
    { kind: 'needs-phone', methods: ['virtual-account', 'transfer'], source: 'docs: smartro-v2/api' },
    { kind: 'asynchronous', methods: ['virtual-account'], source: 'docs: smartro-v2, final by webhook' },
    {
      kind: 'timing-unknown',
      methods: ['transfer'],
      source: 'docs: smartro-v2, paid to an account like a virtual account refund',
    },
  ],
  daou: [
    {
      kind: 'timing-unknown',
      methods: ['virtual-account'],
      source: 'docs: daou, refunded by hand after 7 business days or more',
    },
  ],
  mobilians: [
    { kind: 'timing-unknown', methods: ['virtual-account'], source: 'docs: kg-mobilians-v2, paid out on Thursdays' },
  ],
  kicc: [
    {
      kind: 'timing-unknown',
      methods: ['easy-pay'],
      source: 'docs: kicc-v2, overseas wallets are cancelled asynchronously',
    },
  ],
  settle: [
    { kind: 'timing-unknown', methods: ['virtual-account'], source: 'docs: settle, deposits may follow a cancel' },
  ],
  paypal: [{ kind: 'asynchronous', methods: ALL_METHODS, source: 'docs: spb and rt' }],
  paypal_v2: [{ kind: 'asynchronous', methods: ALL_METHODS, source: 'docs: spb and rt' }],
  paymentwall: [{ kind: 'asynchronous', methods: ALL_METHODS, source: 'docs: paymentwall, final after its callback' }],
  // Known PGs without a rule of their own.
  ...Object.fromEntries(
    [
      'html5_inicis',
      'inicis',
      'kcp',
      'kcp_billing',
      'kcp_quick',
      'uplus',
      'tosspayments',
      'nice',
      'nice_v2',
      'kakaopay',
      'danal',
      'danal_tpay',
      'payco',
      'eximbay',
      'naverpay',
      'naverco',
      'smilepay',
      'tosspay',
      'settle_acc',
      'galaxia',
      // Its pages list the refund phone without saying that it is required.
      'welcome',
    ].map((provider) => [provider, []]),
  ),
}

/** The rules of one PG beyond the general ones; null for a PG that the rule book does not know. */
export function providerRules(provider: string): ProviderRules | null {
  const rules = Object.hasOwn(RULES_BY_PROVIDER, provider) ? RULES_BY_PROVIDER[provider] : undefined
  return rules === undefined ? null : { provider, rules }
}
