import * as v from 'valibot'

/** How a refund is paid out: on the next business day out of the settlement, or at once. */
export const REFUND_SERVICES = ['settlement', 'real-time'] as const
export type RefundService = (typeof REFUND_SERVICES)[number]

const printable = (lengthMax: number) => v.pipe(v.string(), v.regex(/^[\x21-\x7e]*$/), v.maxLength(lengthMax))

const PortoneV1OptionsSchema = v.strictObject({
  pg: v.literal('portone-v1'),
  /** Whether the PG's test payments are read as well. */
  includeSandbox: v.boolean(),
})

/**
 * What a merchant has agreed with KICC, and what its documents leave open. Every choice marked unconfirmed has the value
 * that is safest by the documents; KICC or a test decides.
 */
export const KiccOptionsSchema = v.strictObject({
  pg: v.literal('kicc'),
  /** KICC's number of the merchant, 8 bytes; each has a secret of its own. */
  merchantId: v.union([v.literal(''), v.pipe(v.string(), v.regex(/^[\x21-\x7e]{8}$/))]),
  /** Sign-in name at KICC's console, sent with a refund; empty = not sent. */
  operatorId: printable(32),
  host: v.picklist(['live', 'test']),
  /** Services that the contract has; none = no refund may be sent. */
  services: v.pipe(v.array(v.picklist(REFUND_SERVICES)), v.maxLength(2)),
  /** The one that is used where the contract has both. */
  preferred: v.picklist(REFUND_SERVICES),
  /** Who proves the account before a real-time refund. */
  accountCheck: v.picklist(['by-pg', 'by-merchant']),
  /** Unconfirmed: what the remaining amount of a request means, the balance before or after it. */
  remainingAmount: v.picklist(['before', 'after', 'omit']),
  /** Unconfirmed: whether the question for a lost real-time refund carries the key of that refund or one of its own. */
  flaggedQueryKey: v.picklist(['same', 'new']),
  /** Unconfirmed: whether a full refund may name its amount. */
  fullAmount: v.picklist(['send', 'omit']),
  /** The merchant sells taxed and tax-free goods: each refund states its parts. */
  complexTax: v.boolean(),
})
export type KiccOptions = v.InferOutput<typeof KiccOptionsSchema>

const PortoneV2OptionsSchema = v.strictObject({
  pg: v.literal('portone-v2'),
  /** Needed where several shops share their payments; empty = not sent. */
  storeId: printable(64),
  includeTest: v.boolean(),
})
export type PortoneV2Options = v.InferOutput<typeof PortoneV2OptionsSchema>

/** What a channel is set to, by its PG. No secret is among it. */
export const ChannelOptionsSchema = v.variant('pg', [PortoneV1OptionsSchema, KiccOptionsSchema, PortoneV2OptionsSchema])
export type ChannelOptions = v.InferOutput<typeof ChannelOptionsSchema>

/** What a new channel begins with. */
export const FIRST_OPTIONS = {
  'portone-v1': { pg: 'portone-v1', includeSandbox: false },
  kicc: {
    pg: 'kicc',
    merchantId: '',
    operatorId: '',
    host: 'live',
    services: [],
    preferred: 'settlement',
    accountCheck: 'by-pg',
    remainingAmount: 'before',
    flaggedQueryKey: 'same',
    fullAmount: 'send',
    complexTax: false,
  },
  'portone-v2': { pg: 'portone-v2', storeId: '', includeTest: false },
} as const satisfies Readonly<Record<ChannelOptions['pg'], ChannelOptions>>

/** The service that a refund over this channel takes; null where the PG knows no services, or none was ordered. */
export function serviceOf(options: ChannelOptions): RefundService | null {
  if (options.pg !== 'kicc') return null
  if (options.services.includes(options.preferred)) return options.preferred
  return options.services[0] ?? null
}
