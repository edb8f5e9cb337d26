import { FIRST_OPTIONS } from '../../contract/pg'
import type { CoreStart } from '../core/port'

/** The people of the practice shop. Their PINs are shown in the secret window: there is nothing to protect. */
export const PRACTICE_PEOPLE = [
  { name: '김담당', pin: '1111', roles: ['maker', 'admin'] },
  { name: '이승인', pin: '2222', roles: ['checker'] },
] as const satisfies CoreStart['practicePeople']

type ChannelId = CoreStart['practiceChannels'][number]['channelId']

const channelId = (id: string): ChannelId => id as ChannelId

/** The practice shop's accounts at the PGs, besides the first channel of every ledger. */
export const PRACTICE_CHANNELS: CoreStart['practiceChannels'] = [
  {
    channelId: channelId('practice-kicc-settlement'),
    name: 'KICC 정산환불',
    options: { ...FIRST_OPTIONS.kicc, merchantId: 'T0000001', services: ['settlement'] },
  },
  {
    channelId: channelId('practice-kicc-real-time'),
    name: 'KICC 실시간환불',
    options: { ...FIRST_OPTIONS.kicc, merchantId: 'T0000002', services: ['real-time'], preferred: 'real-time' },
  },
  {
    channelId: channelId('practice-portone-v2'),
    name: '포트원 V2',
    options: { ...FIRST_OPTIONS['portone-v2'], storeId: 'store-practice' },
  },
]

/** The only keys that the practice PG takes, by channel; those of the first channel for every other one. */
const PRACTICE_KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'practice-kicc-settlement': { secretKey: 'practice-kicc-secret-1' },
  'practice-kicc-real-time': { secretKey: 'practice-kicc-secret-2' },
  'practice-portone-v2': { apiSecret: 'practice-v2-secret' },
}
const FIRST_KEYS = { apiKey: 'practice-key', apiSecret: 'practice-secret' } as const

export function practiceKeys(channel: ChannelId): Readonly<Record<string, string>> {
  return (Object.hasOwn(PRACTICE_KEYS, channel) ? PRACTICE_KEYS[channel] : undefined) ?? FIRST_KEYS
}

/** Sample files of the practice shop, as the practice PG writes them. */
export const SAMPLE_FILES = {
  fine: '환불요청.csv',
  'with-errors': '환불요청-오류.csv',
  kicc: '환불요청-KICC.csv',
  books: '결제취소내역.csv',
} as const
/** The shop's log of KICC's notifications: written anew whenever it is asked for. */
export const NOTICES_FILE = 'KICC-알림.jsonl'
export type SampleFile = keyof typeof SAMPLE_FILES
