import { describe, expect, test } from 'vitest'

import { won } from '../../../src/domain/money'
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
import { account, KICC, KICC_CHANNEL, kst, PORTONE } from './rule-input'

const scope = (provider: string, method: PaymentMethod): RuleScope => ({ pg: 'portone-v1', provider, method })
const codes = (change: Partial<RuleInput>): readonly string[] =>
  judgeByRules({ ...PORTONE, ...change }).map((found) => `${found.severity} ${found.code}`)

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
  expect(needsAccount(scope('smartro_v2', 'transfer'), PORTONE)).toBe(true)
  expect(needsAccount(scope('smartro', 'transfer'), PORTONE)).toBe(false)
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

describe("a refund by KICC's own interface", () => {
  const told = (change: Partial<RuleInput>): readonly string[] =>
    judgeByRules({ ...KICC, ...change }).map((found) => `${found.severity} ${found.column} ${found.code}`)

  test('goes to an account, of a mobile payment too, in part and in a later month', () => {
    expect(told({})).toEqual([])
    expect(told({ method: 'mobile', cancelCount: 3 })).toEqual([])
    expect(told({ method: 'mobile', paidAtMs: kst('2026-09-01T10:00:00') })).toEqual([
      'warning null rule-month-unconfirmed',
    ])
    expect(told({ method: 'mobile', account: null })).toEqual([
      'error bank bank-missing',
      'error account account-missing',
      'error holder holder-missing',
    ])
  })

  test('is not for what KICC gives back by a cancel', () => {
    for (const method of ['card', 'transfer', 'easy-pay'] as const)
      expect(told({ method, account: null }), method).toEqual(['error null rule-cancel-elsewhere'])
  })

  test('names what an escrow payment needs instead', () => {
    expect(told({ escrow: true })).toEqual(['error null rule-escrow-status-change'])
  })

  test('waits for a service that was ordered', () => {
    expect(told({ channel: { ...KICC_CHANNEL, services: [] } })).toEqual(['error null rule-service-missing'])
    expect(told({ channel: { ...KICC_CHANNEL, services: ['real-time'] } })).toEqual([])
  })

  test('tells the column of a character that KICC refuses', () => {
    expect(told({ account: { ...account, holder: '홍길동&아들' } })).toEqual(['error holder text-refused-character'])
    expect(told({ reason: '변심 😀' })).toEqual(['error reason text-refused-character'])
    expect(told({ basket: [{ itemKey: '1', sellerId: 'a|b' }] })).toEqual(['error basket text-refused-character'])
    expect(judgeByRules({ ...KICC, reason: '변심 😀;' })[0]?.values).toEqual({ character: '😀' })
  })

  test('states all parts of the amount where the channel sells taxed and tax-free goods', () => {
    const channel = { ...KICC_CHANNEL, complexTax: true }
    expect(told({ channel })).toEqual(['error taxFree tax-free-required', 'error vat vat-required'])
    expect(told({ channel, taxFree: won(1000), vat: won(9000) })).toEqual([])
    expect(told({ channel, taxFree: won(1000), vat: won(9001) })).toEqual(['error vat vat-over-amount'])
    expect(told({ taxFree: won(1000) })).toEqual(['warning taxFree rule-tax-not-sent'])
  })

  test('names the parts of a split payment', () => {
    expect(told({ paymentSplit: true })).toEqual(['error basket rule-basket-needed'])
    expect(told({ paymentSplit: true, basket: [{ itemKey: '1', sellerId: 's' }] })).toEqual([])
  })
})

describe('a mobile payment of KCP in a later month', () => {
  const later = {
    provider: 'kcp',
    method: 'mobile',
    amount: won(50_000),
    paidAtMs: kst('2026-10-31T23:59:59'),
  } as const
  const contract = { overrides: new Set(['kcp/mobile-month']) }

  test('is refused without the contract', () => {
    expect(codes({ ...later, account: null })).toEqual(['error rule-mobile-month'])
  })

  test('is paid to an account with it', () => {
    expect(codes({ ...later, ...contract })).toEqual(['warning rule-overridden'])
    expect(codes({ ...later, ...contract, account: null })).toEqual([
      'warning rule-overridden',
      'error bank-missing',
      'error account-missing',
      'error holder-missing',
    ])
    expect(needsAccount({ ...scope('kcp', 'mobile'), ...contract }, { ...PORTONE, ...later })).toBe(true)
    expect(needsAccount({ ...scope('kcp', 'mobile'), ...contract }, PORTONE)).toBe(false)
  })

  test('is refused at any other PG, whatever is overridden', () => {
    expect(codes({ ...later, provider: 'danal', account: null, overrides: new Set(['portone/mobile-month']) })).toEqual(
      ['error rule-mobile-month'],
    )
  })
})

test('a window at night that a contract has otherwise keeps nothing waiting', () => {
  const night = kst('2026-11-22T02:00:00')
  const overrides = new Set(['ksnet/night-window'])
  expect(mayNotSendNow({ ...scope('ksnet', 'virtual-account'), overrides }, night)).toBeNull()
  expect(maySendFromMs({ ...scope('ksnet', 'virtual-account'), overrides }, night)).toBeNull()
  expect(codes({ provider: 'ksnet', nowMs: night, overrides })).toEqual([])
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
