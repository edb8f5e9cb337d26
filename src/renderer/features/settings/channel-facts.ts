import type { ChannelView, Mode } from '../../../contract/views'
import {
  REFUND_SERVICES,
  serviceOf,
  type ChannelOptions,
  type KiccOptions,
  type RefundService,
} from '../../../domain/channel-options'

/** What keeps refunds of a channel from being sent, in the order in which a person mends it. */
export const CHANNEL_LACKS = ['merchant', 'services', 'keys'] as const
export type ChannelLack = (typeof CHANNEL_LACKS)[number]

export function lacksOf({ options, keys }: Pick<ChannelView, 'options' | 'keys'>): readonly ChannelLack[] {
  const lacking: Readonly<Record<ChannelLack, boolean>> = {
    merchant: options.pg === 'kicc' && options.merchantId === '',
    services: options.pg === 'kicc' && serviceOf(options) === null,
    keys: keys.some((key) => !key.set),
  }
  return CHANNEL_LACKS.filter((lack) => lacking[lack])
}

/** Where a channel's requests go: whether money moves there must be plain. */
export function hostKindOf(options: ChannelOptions, mode: Mode): 'practice' | 'test' | 'live' {
  if (mode === 'practice') return 'practice'
  if (mode === 'sandbox') return 'test'
  return options.pg === 'kicc' ? options.host : 'live'
}

const MERCHANT_ID = /^[\x21-\x7e]{8}$/
const OPERATOR_ID = /^[\x21-\x7e]{0,32}$/
const STORE_ID = /^[\x21-\x7e]{0,64}$/

/** The fields of a form that cannot be saved as they stand. */
export type OddField = 'merchantId' | 'operatorId' | 'storeId'

export function oddFieldsOf(options: ChannelOptions): readonly OddField[] {
  switch (options.pg) {
    case 'portone-v1':
      return []
    case 'portone-v2':
      return STORE_ID.test(options.storeId) ? [] : ['storeId']
    case 'kicc':
      return [
        // Empty is "not known yet": the card says that it is missing.
        ...(options.merchantId === '' || MERCHANT_ID.test(options.merchantId) ? [] : ['merchantId' as const]),
        ...(OPERATOR_ID.test(options.operatorId) ? [] : ['operatorId' as const]),
      ]
  }
}

/** With other services than before; the preferred one is always one of them, as long as there is any. */
export function withServices(options: KiccOptions, chosen: readonly string[]): KiccOptions {
  const services: RefundService[] = REFUND_SERVICES.filter((service) => chosen.includes(service))
  const preferred = services.includes(options.preferred) ? options.preferred : (services[0] ?? options.preferred)
  return { ...options, services, preferred }
}

/** Whether a form holds something that is not saved. */
export function sameOptions(one: ChannelOptions, other: ChannelOptions): boolean {
  return sorted(one) === sorted(other)
}

function sorted(options: ChannelOptions): string {
  return JSON.stringify(Object.entries(options).toSorted(([a], [b]) => a.localeCompare(b)))
}

/** Identity of what is saved: a form begins anew when somebody else saves. */
export function savedKey({ channelId, name, options, parallel }: ChannelView): string {
  return `${channelId} ${name} ${parallel} ${sorted(options)}`
}
