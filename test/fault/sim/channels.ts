import * as v from 'valibot'
import type { KiccOptions } from '../../../src/domain/channel-options'
import { FIRST_OPTIONS } from '../../../src/domain/channel-options'
import { ChannelIdSchema, type ChannelId } from '../../../src/domain/ids'
import { MAIN_CHANNEL, type ChannelRecord } from '../../../src/main/core/ledger/channels'

const idOf = (name: string): ChannelId => v.parse(ChannelIdSchema, name)

/** A shop with four merchant accounts: one for each interface, and at KICC one for each of its refund services. */
export const PORTONE_V1 = MAIN_CHANNEL

export const KICC_SETTLEMENT = {
  channelId: idOf('kicc-d1'),
  name: 'KICC 정산 환불',
  options: { ...FIRST_OPTIONS.kicc, merchantId: 'T0000001', services: ['settlement'] } satisfies KiccOptions,
  parallel: 2,
} as const satisfies ChannelRecord

export const KICC_REAL_TIME = {
  channelId: idOf('kicc-rt'),
  name: 'KICC 실시간 환불',
  options: {
    ...FIRST_OPTIONS.kicc,
    merchantId: 'T0000002',
    services: ['real-time'],
    preferred: 'real-time',
    remainingAmount: 'after',
    fullAmount: 'send',
  } satisfies KiccOptions,
  parallel: 2,
} as const satisfies ChannelRecord

export const PORTONE_V2 = {
  channelId: idOf('v2'),
  name: '포트원 V2',
  options: FIRST_OPTIONS['portone-v2'],
  parallel: 2,
} as const satisfies ChannelRecord

export const MORE_CHANNELS: readonly ChannelRecord[] = [KICC_SETTLEMENT, KICC_REAL_TIME, PORTONE_V2]
