import type { CoreStart } from '../core/port'

/** The people of the practice shop. Their PINs are shown in the secret window: there is nothing to protect. */
export const PRACTICE_PEOPLE = [
  { name: '김담당', pin: '1111', roles: ['maker', 'admin'] },
  { name: '이승인', pin: '2222', roles: ['checker'] },
] as const satisfies CoreStart['practicePeople']

/** The only keys that the practice PG takes. */
export const PRACTICE_KEYS = { apiKey: 'practice-key', apiSecret: 'practice-secret' } as const

/** Sample files of the practice shop, as the practice PG writes them. */
export const SAMPLE_FILES = {
  fine: '환불요청.csv',
  'with-errors': '환불요청-오류.csv',
  books: '결제취소내역.csv',
} as const
export type SampleFile = keyof typeof SAMPLE_FILES
