import { describe, expect, test } from 'vitest'

import { FIRST_OPTIONS, type ChannelOptions } from '../../src/domain/channel-options'
import { paymentIdOf, type ChannelId } from '../../src/domain/ids'
import { won } from '../../src/domain/money'
import {
  duplicateProblems,
  judgeRefundRow,
  readRefundCells,
  type PaymentFacts,
  type RefundCells,
} from '../../src/domain/refund-row'

const NOW = Date.parse('2026-11-21T14:00:00+09:00')
const channel = 'shop' as ChannelId

function facts(change: Partial<PaymentFacts> = {}): PaymentFacts {
  const pgKey = change.pgKey ?? 'key_1'
  return {
    paymentId: paymentIdOf(channel, pgKey),
    pgKey,
    pgTransactionKey: null,
    pg: 'portone-v1',
    channel: FIRST_OPTIONS['portone-v1'],
    overrides: new Set(),
    orderNo: 'ORD-1',
    method: 'virtual-account',
    provider: 'html5_inicis',
    status: 'paid',
    currency: 'KRW',
    paid: won(50_000),
    ledgerBalance: won(50_000),
    promisable: won(50_000),
    cancelCount: 0,
    paidAtMs: NOW - 86_400_000,
    escrow: false,
    sandbox: false,
    promotion: false,
    hasOpenAttempt: false,
    otherOpenBatches: 0,
    channelId: 'ch1' as ChannelId,
    unplacedNotices: 0,
    noticeStops: false,
    returnedRefunds: [],
    ownRefunds: [],
    ...change,
  }
}

const good: RefundCells = {
  orderNo: 'ORD-1',
  amount: '12,000',
  bank: '신한은행',
  account: '562-11105-948400',
  holder: '홍길동',
  reason: '고객 변심',
}
const judge = (cells: RefundCells, ...candidates: readonly PaymentFacts[]) =>
  judgeRefundRow(readRefundCells({ ...good, ...cells }), { candidates, nowMs: NOW })
const told = (cells: RefundCells, ...candidates: readonly PaymentFacts[]) =>
  judge(cells, ...candidates).problems.map((found) => `${found.severity} ${found.column} ${found.code}`)

describe('a row that fits', () => {
  test('becomes an order with exactly what will be sent', () => {
    expect(judge({}, facts())).toEqual({
      order: {
        paymentId: 'shop:key_1',
        amount: 12_000,
        taxFree: null,
        vat: null,
        account: { bank: '088', accountNo: '56211105948400', holder: '홍길동', phone: null },
        basket: [],
        reason: '고객 변심',
      },
      problems: [],
    })
  })

  test('keeps its order beside warnings and notes', () => {
    const verdict = judge({ orderNo: 'ＯＲＤ－１' }, facts({ sandbox: true, otherOpenBatches: 2 }))
    expect(verdict.order).not.toBeNull()
    expect(verdict.problems.map((found) => found.code)).toEqual([
      'text-corrected',
      'payment-sandbox',
      'duplicate-in-batches',
    ])
  })
})

describe('which payment is meant', () => {
  test('the payment key decides, and the order number must agree', () => {
    expect(judge({ paymentKey: 'key_2' }, facts(), facts({ pgKey: 'key_2' })).order?.paymentId).toBe('shop:key_2')
    expect(
      told({ paymentKey: 'key_2', orderNo: 'ORD-1' }, facts(), facts({ pgKey: 'key_2', orderNo: 'ORD-2' })),
    ).toEqual(['error paymentKey payment-mismatch'])
    expect(told({ paymentKey: 'key_9' }, facts())).toEqual(['error paymentKey payment-unknown'])
  })

  test('an order number with failed tries means the one that was paid', () => {
    const verdict = judge(
      {},
      facts({ pgKey: 'key_0', status: 'failed' }),
      facts(),
      facts({ pgKey: 'key_3', status: 'ready' }),
    )
    expect(verdict.order?.paymentId).toBe('shop:key_1')
  })

  test('an order that was paid twice is asked about', () => {
    expect(told({}, facts(), facts({ pgKey: 'key_2' }))).toEqual(['error orderNo payment-ambiguous'])
    expect(judge({ paymentKey: 'key_2' }, facts(), facts({ pgKey: 'key_2' })).order?.paymentId).toBe('shop:key_2')
  })

  test('the same key at two channels is asked about', () => {
    expect(
      told({ paymentKey: 'key_1' }, facts(), { ...facts(), paymentId: paymentIdOf('other' as ChannelId, 'key_1') }),
    ).toEqual(['error paymentKey payment-ambiguous'])
  })

  test('the PG transaction number names a payment as well, unless it is the key of another', () => {
    const own = facts({ pgTransactionKey: 'tx_1' })
    expect(judge({ paymentKey: 'tx_1' }, own).order?.paymentId).toBe('shop:key_1')
    expect(told({ paymentKey: 'tx_1' }, own, facts({ pgKey: 'tx_1' }))).toEqual(['error paymentKey payment-ambiguous'])
    expect(told({ paymentKey: 'tx_2' }, own)).toEqual(['error paymentKey payment-unknown'])
  })

  test('an order number that nobody knows is told, and so is a row without any', () => {
    expect(told({})).toEqual(['error orderNo payment-unknown'])
    expect(told({ orderNo: '' })).toEqual(['error orderNo payment-missing'])
    expect(told({ orderNo: 'ord-1' }, facts())).toEqual(['error orderNo payment-unknown'])
  })

  test('thirteen digits that our ledger knows as an order are no resident number', () => {
    expect(told({ orderNo: '261121-1430221' }, facts({ orderNo: '261121-1430221' }))).toEqual([])
    expect(told({ orderNo: '261121-1430221' })).toEqual([
      'error orderNo text-resident-number',
      'error orderNo payment-unknown',
    ])
  })
})

describe('payments that are not refunded from here', () => {
  test.each([
    [{ status: 'ready' }, 'error null payment-not-paid'],
    [{ status: 'failed' }, 'error null payment-not-paid'],
    [{ status: 'cancelled' }, 'error null payment-fully-cancelled'],
    [{ ledgerBalance: won(0), promisable: won(0) }, 'error null payment-fully-cancelled'],
    [{ currency: 'USD' }, 'error null payment-foreign-currency'],
    [{ promotion: true }, 'error null payment-promotion'],
    [{ escrow: true }, 'error null payment-escrow'],
    [{ hasOpenAttempt: true }, 'error null payment-blocked-open-attempt'],
  ] as const)('%j', (change, problem) => {
    const verdict = judge({}, facts(change))
    expect(verdict.order).toBeNull()
    expect(verdict.problems.map((found) => `${found.severity} ${found.column} ${found.code}`)).toEqual([problem])
  })
})

describe('the amount', () => {
  test('may be all that is promisable, not a won more', () => {
    expect(told({ amount: '50,000' }, facts())).toEqual([])
    expect(told({ amount: '50,001' }, facts())).toEqual(['error amount amount-over-promisable'])
  })

  test('counts what is promised already, by other rows too', () => {
    expect(told({ amount: '12,000' }, facts({ promisable: won(12_000) }))).toEqual([])
    expect(judge({ amount: '12,000' }, facts({ promisable: won(11_999) })).problems).toEqual([
      {
        code: 'amount-over-promisable',
        severity: 'error',
        column: 'amount',
        values: { amount: 12_000, promisable: 11_999, ledgerBalance: 50_000 },
      },
    ])
  })
})

describe('the account', () => {
  test('is needed for a virtual account, each missing part by name', () => {
    expect(told({ bank: '', account: '', holder: '' }, facts())).toEqual([
      'error bank bank-missing',
      'error account account-missing',
      'error holder holder-missing',
    ])
  })

  test('that is unreadable is not missing as well', () => {
    expect(told({ bank: '농협', account: '5.62111E+13', holder: '홍\u200B' }, facts())).toEqual([
      'error holder text-unsafe-character',
      'error bank bank-ambiguous',
      'error account account-digits-lost',
    ])
  })

  test('is not used for a card, whatever stands there, and that is said', () => {
    const verdict = judge({ account: '5.62111E+13', bank: '농협' }, facts({ method: 'card' }))
    expect(verdict.order?.account).toBeNull()
    expect(verdict.problems.map((found) => `${found.severity} ${found.code}`)).toEqual([
      'warning bank-ambiguous',
      'warning account-digits-lost',
      'warning account-not-used',
    ])
    expect(told({ bank: '', account: '', holder: '' }, facts({ method: 'card' }))).toEqual([])
  })

  test("of a card row may still not hold somebody's resident number", () => {
    expect(judge({ account: '900101-1234567' }, facts({ method: 'card' })).order).toBeNull()
  })

  test('carries the phone where the PG wants it', () => {
    expect(told({}, facts({ provider: 'smartro' }))).toEqual(['error phone phone-missing'])
    expect(judge({ phone: '010-1234-5678' }, facts({ provider: 'smartro' })).order?.account?.phone).toBe('01012345678')
    expect(told({ phone: '12' }, facts({ provider: 'smartro' }))).toEqual(['error phone phone-unreadable'])
    expect(told({ phone: '12' }, facts())).toEqual(['warning phone phone-unreadable'])
  })

  test('at a bank that the PG does not offer is told', () => {
    expect(told({ bank: '제주은행', account: '1234567890' }, facts())).toEqual(['error bank bank-not-at-pg'])
  })
})

describe('rules of the PG reach the row', () => {
  test('a mobile payment of last month', () => {
    const mobile = facts({ method: 'mobile', paidAtMs: Date.parse('2026-10-31T23:59:59+09:00') })
    expect(told({ amount: '50000', bank: '', account: '', holder: '' }, mobile)).toEqual([
      'error null rule-mobile-month',
    ])
  })

  test('the tax-free part is told once', () => {
    expect(told({ taxFree: '12,001' }, facts())).toEqual(['error taxFree tax-free-over-amount'])
  })
})

describe('a row of a KICC channel', () => {
  const channelOptions = { ...FIRST_OPTIONS.kicc, services: ['settlement'] } as const satisfies ChannelOptions
  const kicc = (change: Partial<PaymentFacts> = {}) =>
    facts({ pg: 'kicc', provider: 'easypay', channel: channelOptions, ...change })

  test('pays a mobile payment to the account of the row', () => {
    expect(judge({}, kicc({ method: 'mobile' })).order?.account?.accountNo).toBe('56211105948400')
    expect(told({ bank: '', account: '', holder: '' }, kicc({ method: 'mobile' }))).toContain(
      'error account account-missing',
    )
  })

  test('takes the parts of a split payment into the order', () => {
    expect(judge({ basket: '2001:sellerA; 2002:sellerB' }, kicc()).order?.basket).toEqual([
      { itemKey: '2001', sellerId: 'sellerA' },
      { itemKey: '2002', sellerId: 'sellerB' },
    ])
    expect(told({ basket: '2001' }, kicc())).toEqual(['error basket basket-unreadable'])
  })

  test('refuses parts where they cannot be sent, and only warns of a cell that names none', () => {
    expect(told({ basket: '2001:sellerA' }, facts())).toEqual(['error basket rule-basket-not-sent'])
    expect(told({ basket: '가죽 지갑 외 2건' }, facts())).toEqual(['warning basket basket-unreadable'])
  })

  test('says that a rule was overridden and keeps its order', () => {
    const overridden = facts({
      provider: 'kcp',
      method: 'mobile',
      paidAtMs: Date.parse('2026-10-01T10:00:00+09:00'),
      overrides: new Set(['kcp/mobile-month']),
    })
    expect(told({ amount: '50000' }, overridden)).toEqual(['warning null rule-overridden'])
    expect(judge({ amount: '50000' }, overridden).order?.account?.bank).toBe('088')
  })
})

describe('duplicateProblems', () => {
  const id = (key: string) => paymentIdOf(channel, key)
  test('warns every row of a payment that stands twice and names the other lines', () => {
    const found = duplicateProblems([
      { line: 2, paymentId: id('a') },
      { line: 3, paymentId: id('b') },
      { line: 4, paymentId: id('a') },
      { line: 5, paymentId: null },
      { line: 6, paymentId: null },
    ])
    expect([...found.keys()]).toEqual([2, 4])
    expect(found.get(2)).toEqual([
      { code: 'duplicate-in-file', severity: 'warning', column: null, values: { lines: '4', count: 1 } },
    ])
  })

  test('stays quick and short when a whole file is one payment', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => ({ line: index + 2, paymentId: id('a') }))
    const startedAt = performance.now()
    const found = duplicateProblems(rows)
    expect(performance.now() - startedAt).toBeLessThan(2000)
    expect(found.get(50_000)?.[0]?.values).toEqual({ lines: '2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …', count: 99_999 })
  })
})
