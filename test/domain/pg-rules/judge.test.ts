import { describe, expect, test } from 'vitest'

import { won } from '../../../src/domain/money'
import { FIRST_OPTIONS } from '../../../src/domain/channel-options'
import type { PaymentMethod } from '../../../src/domain/payment'
import { judgeByRules, type RuleInput } from '../../../src/domain/pg-rules/judge'
import type { RuleScope } from '../../../src/domain/pg-rules/rule'
import {
  isAsynchronous,
  isSynchronous,
  mayNotSendNow,
  maySendFromMs,
  needsAccount,
  needsPhone,
} from '../../../src/domain/pg-rules/scope'

const kst = (text: string): number => Date.parse(`${text}+09:00`)
const NOW = kst('2026-11-21T14:00:00')

const account = { bank: '088', accountNo: '110123456789', holder: '홍길동', phone: '01012345678' }
const scope = (provider: string, method: PaymentMethod): RuleScope => ({ pg: 'portone-v1', provider, method })
const asked: RuleInput = {
  pg: 'portone-v1',
  channel: FIRST_OPTIONS['portone-v1'],
  overrides: new Set(),
  escrow: false,
  vat: null,
  basket: [],
  reason: '',
  provider: 'html5_inicis',
  method: 'virtual-account',
  paid: won(50_000),
  ledgerBalance: won(50_000),
  cancelCount: 0,
  amount: won(10_000),
  paidAtMs: kst('2026-11-10T10:00:00'),
  nowMs: NOW,
  account,
  taxFree: null,
}
const codes = (change: Partial<RuleInput>): readonly string[] =>
  judgeByRules({ ...asked, ...change }).map((found) => `${found.severity} ${found.code}`)

describe('a virtual account', () => {
  test('is refunded with bank, account and holder', () => {
    expect(codes({})).toEqual([])
  })

  test('wants all three fields, each told by its own name', () => {
    expect(codes({ account: null })).toEqual(['error bank-missing', 'error account-missing', 'error holder-missing'])
    expect(codes({ account: { ...account, holder: '' } })).toEqual(['error holder-missing'])
  })

  test('wants a bank that this PG offers', () => {
    expect(codes({ account: { ...account, bank: '035' } })).toEqual(['error bank-not-at-pg'])
    expect(codes({ provider: 'daou', account: { ...account, bank: '090' } })).toEqual(['error bank-not-at-pg'])
  })

  test('takes 16 characters of a holder and 16 digits of an account, not 17', () => {
    expect(codes({ account: { ...account, holder: '가'.repeat(16), accountNo: '1'.repeat(16) } })).toEqual([])
    expect(codes({ account: { ...account, holder: '가'.repeat(17) } })).toEqual(['error holder-too-long'])
    expect(codes({ account: { ...account, accountNo: '1'.repeat(17) } })).toEqual(['error account-too-long'])
  })

  test('is blocked at a PG that the rule book does not know', () => {
    expect(codes({ provider: 'newcomer' })).toEqual(['error rule-unknown-provider'])
    expect(codes({ provider: 'newcomer', method: 'card', account: null })).toEqual(['warning rule-unknown-provider'])
  })
})

describe('the phone of the holder', () => {
  const noPhone = { ...account, phone: null }
  test.each([
    ['smartro', 'virtual-account', true],
    ['smartro', 'transfer', false],
    ['smartro_v2', 'virtual-account', true],
    ['smartro_v2', 'transfer', true],
    ['kcp', 'virtual-account', false],
  ] as const)('%s, %s: needed %s', (provider, method, needed) => {
    expect(needsPhone(scope(provider, method))).toBe(needed)
    expect(codes({ provider, method, account: noPhone }).includes('error phone-missing')).toBe(needed)
    expect(codes({ provider, method })).toEqual([])
  })
})

test('only smartro_v2 wants an account for a bank transfer', () => {
  expect(needsAccount(scope('smartro_v2', 'transfer'), asked)).toBe(true)
  expect(needsAccount(scope('smartro', 'transfer'), asked)).toBe(false)
  expect(codes({ provider: 'smartro_v2', method: 'transfer', account: null })).toContain('error account-missing')
  expect(codes({ provider: 'kcp', method: 'transfer', account: null })).toEqual([])
})

describe('a mobile payment', () => {
  const mobile = { method: 'mobile', account: null, amount: won(50_000) } as const
  test('is cancelled in full in the month of payment, Seoul time', () => {
    expect(codes(mobile)).toEqual([])
    expect(codes({ ...mobile, paidAtMs: kst('2026-11-01T00:00:00'), nowMs: kst('2026-11-30T23:59:59') })).toEqual([])
  })

  test('is not cancelled a second after the month has ended in Seoul', () => {
    expect(codes({ ...mobile, paidAtMs: kst('2026-11-01T00:00:00'), nowMs: kst('2026-12-01T00:00:00') })).toEqual([
      'error rule-mobile-month',
    ])
    expect(codes({ ...mobile, paidAtMs: kst('2026-10-31T23:59:59') })).toEqual(['error rule-mobile-month'])
    expect(codes({ ...mobile, paidAtMs: null })).toEqual(['error rule-mobile-month'])
  })

  test('is not cancelled in part, told once even where the PG says it too', () => {
    expect(codes({ ...mobile, amount: won(49_999) })).toEqual(['error rule-partial-not-allowed'])
    expect(codes({ ...mobile, provider: 'ksnet', amount: won(1) })).toEqual(['error rule-partial-not-allowed'])
  })
})

describe('ksnet', () => {
  const card = { provider: 'ksnet', method: 'card', account: null } as const
  test('takes nine partial cancels, not a tenth', () => {
    expect(codes({ ...card, cancelCount: 8 })).toEqual([])
    expect(codes({ ...card, cancelCount: 9 })).toEqual(['error rule-partial-count'])
  })

  test('takes refunds up to the same day six months later', () => {
    expect(codes({ ...card, paidAtMs: kst('2026-05-21T00:00:00') })).toEqual([])
    expect(codes({ ...card, paidAtMs: kst('2026-05-20T23:59:59') })).toEqual(['error rule-refund-age'])
    expect(codes({ ...card, paidAtMs: kst('2026-08-31T09:00:00'), nowMs: kst('2027-02-28T23:00:00') })).toEqual([])
    expect(codes({ ...card, paidAtMs: kst('2026-08-31T09:00:00'), nowMs: kst('2027-03-01T00:00:00') })).toEqual([
      'error rule-refund-age',
    ])
  })

  test('does not refund virtual accounts from 23:00 to 06:00, a warning at import and a stop at sending', () => {
    const at = (clock: string) =>
      mayNotSendNow(scope('ksnet', 'virtual-account'), kst(`2026-11-21T${clock}`))?.code ?? null
    expect(at('22:59:59')).toBeNull()
    expect(at('23:00:00')).toBe('rule-night-window')
    expect(at('00:00:00')).toBe('rule-night-window')
    expect(at('05:59:59')).toBe('rule-night-window')
    expect(at('06:00:00')).toBeNull()
    expect(mayNotSendNow(scope('ksnet', 'card'), kst('2026-11-21T23:30:00'))).toBeNull()
    expect(mayNotSendNow(scope('kcp', 'virtual-account'), kst('2026-11-21T23:30:00'))).toBeNull()
    expect(codes({ provider: 'ksnet', nowMs: kst('2026-11-21T23:30:00') })).toEqual(['warning rule-night-window'])
  })
})

test('a card older than a year is a warning', () => {
  expect(codes({ method: 'card', account: null, paidAtMs: kst('2025-11-20T09:00:00') })).toEqual([
    'warning rule-refund-age',
  ])
})

test('an unknown method is not refunded from here', () => {
  expect(codes({ method: 'other', account: null })).toEqual(['error rule-method-not-refundable'])
})

describe('tax-free parts', () => {
  test('must be said for a payment that has one', () => {
    expect(codes({ paymentHasTaxFree: true })).toEqual(['error tax-free-required'])
    expect(codes({ paymentHasTaxFree: true, taxFree: won(0) })).toEqual([])
    expect(codes({ paymentHasTaxFree: null })).toEqual([])
  })

  test('may be the whole amount, not more', () => {
    expect(codes({ taxFree: won(10_000) })).toEqual([])
    expect(codes({ taxFree: won(10_001) })).toEqual(['error tax-free-over-amount'])
  })
})

describe('what is known about timing', () => {
  test.each([
    ['smartro_v2', 'virtual-account', true, false],
    ['smartro_v2', 'card', false, true],
    ['paypal_v2', 'other', true, false],
    ['paypal', 'card', true, false],
    ['paymentwall', 'card', true, false],
    ['kcp', 'virtual-account', false, true],
    ['kcp', 'card', false, true],
    ['daou', 'virtual-account', false, false],
    ['newcomer', 'card', false, false],
  ] as const)('%s, %s: asynchronous %s, synchronous %s', (provider, method, asynchronous, synchronous) => {
    expect(isAsynchronous(scope(provider, method))).toBe(asynchronous)
    expect(isSynchronous(scope(provider, method))).toBe(synchronous)
  })
})

describe('the end of a night window', () => {
  test.each([
    ['before midnight', '2026-11-21T23:00:00', '2026-11-22T06:00:00'],
    ['after midnight', '2026-11-22T00:00:00', '2026-11-22T06:00:00'],
    ['in its last moment', '2026-11-22T05:59:59', '2026-11-22T06:00:00'],
    ['over the end of a year', '2026-12-31T23:30:00', '2027-01-01T06:00:00'],
    ['on the eve of a leap day', '2028-02-28T23:30:00', '2028-02-29T06:00:00'],
  ])('%s is the coming morning', (_, at, from) => {
    expect(maySendFromMs(scope('ksnet', 'virtual-account'), kst(at))).toBe(kst(from))
    expect(mayNotSendNow(scope('ksnet', 'virtual-account'), kst(at))).not.toBeNull()
    expect(mayNotSendNow(scope('ksnet', 'virtual-account'), kst(from))).toBeNull()
  })

  test('is not told while the row may be sent', () => {
    for (const at of ['2026-11-21T22:59:59', '2026-11-22T06:00:00', '2026-11-22T12:00:00'])
      expect(maySendFromMs(scope('ksnet', 'virtual-account'), kst(at)), at).toBeNull()
    expect(maySendFromMs(scope('ksnet', 'card'), kst('2026-11-21T23:30:00'))).toBeNull()
    expect(maySendFromMs(scope('kcp', 'virtual-account'), kst('2026-11-21T23:30:00'))).toBeNull()
  })
})
