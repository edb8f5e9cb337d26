import { FIRST_OPTIONS, type ChannelOptions } from '../../../src/domain/channel-options'
import { won } from '../../../src/domain/money'
import type { RuleInput } from '../../../src/domain/pg-rules/judge'

export const kst = (text: string): number => Date.parse(`${text}+09:00`)

export const account = { bank: '088', accountNo: '110123456789', holder: '홍길동', phone: '01012345678' }

/** A partial virtual-account refund through PortOne V1 that breaks no rule. */
export const PORTONE: RuleInput = {
  pg: 'portone-v1',
  provider: 'html5_inicis',
  method: 'virtual-account',
  overrides: new Set(),
  channel: FIRST_OPTIONS['portone-v1'],
  paid: won(50_000),
  ledgerBalance: won(50_000),
  cancelCount: 0,
  amount: won(10_000),
  paidAtMs: kst('2026-11-10T10:00:00'),
  nowMs: kst('2026-11-21T14:00:00'),
  escrow: false,
  account,
  taxFree: null,
  vat: null,
  basket: [],
  reason: '고객 변심',
}

/** A merchant of KICC that has ordered the refund out of the settlement. */
export const KICC_CHANNEL = { ...FIRST_OPTIONS.kicc, services: ['settlement'] } as const satisfies ChannelOptions

/** The same refund through KICC's own interface. */
export const KICC: RuleInput = { ...PORTONE, pg: 'kicc', provider: 'easypay', channel: KICC_CHANNEL }
