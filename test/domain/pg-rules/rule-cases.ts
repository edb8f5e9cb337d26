import { FIRST_OPTIONS } from '../../../src/domain/channel-options'
import { won } from '../../../src/domain/money'
import type { RuleInput } from '../../../src/domain/pg-rules/judge'
import type { ProblemCode, Severity } from '../../../src/domain/problem'
import { account, KICC, KICC_CHANNEL, kst, PORTONE } from './rule-input'

type Change = Partial<RuleInput>

/** One rule tried: what breaks it, what does not, and the two neighbours between which it turns. */
export interface RuleCase {
  readonly base: RuleInput
  /** What it says of a row; `binds` for a rule that only informs. */
  readonly finds: `${Exclude<Severity, 'note'>} ${ProblemCode}` | 'binds'
  readonly yes: Change
  readonly no: Change
  readonly edge: { readonly fine: Change; readonly broken: Change }
}

const of = (provider: string, change: Change = {}): RuleInput => ({ ...PORTONE, provider, ...change })
const full = { amount: won(50_000) } as const
const MOBILE = { method: 'mobile', account: null, ...full } as const
const CARD = { method: 'card', account: null } as const
const WALLET = { method: 'easy-pay', account: null } as const
const TRANSFER = { method: 'transfer', account: null } as const
const LAST_MONTH = { paidAtMs: kst('2026-10-31T23:59:59') } as const
const THIS_MONTH = { paidAtMs: kst('2026-11-01T00:00:00') } as const
const complex = { ...KICC_CHANNEL, complexTax: true } as const
const kcpContract = { overrides: new Set(['kcp/mobile-month']) } as const
const parts = (itemKey: string, sellerId: string) => ({ basket: [{ itemKey, sellerId }] })

/** By rule id; every rule of the book has one. */
export const RULE_CASES: Readonly<Record<string, RuleCase>> = {
  'general/other-method': {
    base: PORTONE,
    finds: 'error rule-method-not-refundable',
    yes: { method: 'other' },
    no: {},
    edge: { fine: { ...WALLET }, broken: { method: 'other', account: null } },
  },
  'general/tax-parts': {
    base: of('kcp'),
    finds: 'error tax-free-over-amount',
    yes: { taxFree: won(20_000) },
    no: { taxFree: null },
    edge: { fine: { taxFree: won(10_000) }, broken: { taxFree: won(10_001) } },
  },

  'kicc/unknown-provider': {
    base: KICC,
    finds: 'error rule-unknown-provider',
    yes: { provider: 'newcomer' },
    no: {},
    edge: { fine: { provider: 'easypay' }, broken: { provider: 'kicc' } },
  },
  'kicc/cancel-elsewhere': {
    base: KICC,
    finds: 'error rule-cancel-elsewhere',
    yes: CARD,
    no: {},
    edge: { fine: { method: 'mobile' }, broken: TRANSFER },
  },
  'kicc/escrow': {
    base: KICC,
    finds: 'error rule-escrow-status-change',
    yes: { escrow: true },
    no: {},
    edge: { fine: { escrow: false }, broken: { escrow: true, method: 'mobile' } },
  },
  'kicc/service': {
    base: KICC,
    finds: 'error rule-service-missing',
    yes: { channel: FIRST_OPTIONS.kicc },
    no: {},
    edge: {
      fine: { channel: { ...FIRST_OPTIONS.kicc, services: ['real-time'] } },
      // The channel of another PG cannot have ordered anything there.
      broken: { channel: FIRST_OPTIONS['portone-v1'] },
    },
  },
  'kicc/account': {
    base: KICC,
    finds: 'error account-missing',
    yes: { account: null },
    no: {},
    edge: {
      fine: { method: 'mobile', account: { ...account, accountNo: '1' } },
      broken: { method: 'mobile', account: { ...account, accountNo: '' } },
    },
  },
  'kicc/bank-table': {
    base: KICC,
    finds: 'error bank-not-at-pg',
    yes: { account: { ...account, bank: '999' } },
    no: {},
    // Securities houses of many names: KICC's page has LS under another number.
    edge: { fine: { account: { ...account, bank: '264' } }, broken: { account: { ...account, bank: '265' } } },
  },
  'kicc/account-max': {
    base: KICC,
    finds: 'error account-too-long',
    yes: { account: { ...account, accountNo: '1'.repeat(20) } },
    no: {},
    edge: {
      fine: { account: { ...account, accountNo: '1'.repeat(14) } },
      broken: { account: { ...account, accountNo: '1'.repeat(15) } },
    },
  },
  'kicc/holder-max': {
    base: KICC,
    finds: 'error holder-bytes-too-long',
    yes: { account: { ...account, holder: '가'.repeat(20) } },
    no: {},
    edge: {
      fine: { account: { ...account, holder: `${'가'.repeat(16)}ab` } },
      broken: { account: { ...account, holder: '가'.repeat(17) } },
    },
  },
  'kicc/characters': {
    base: KICC,
    finds: 'error text-refused-character',
    yes: { reason: '환불 <급함>' },
    no: {},
    edge: { fine: { reason: "변심(색상), 100% 'x'".replaceAll("'", '') }, broken: { reason: "변심 'x'" } },
  },
  'kicc/mobile-month': {
    base: { ...KICC, method: 'mobile' },
    finds: 'warning rule-month-unconfirmed',
    yes: LAST_MONTH,
    no: {},
    edge: { fine: THIS_MONTH, broken: LAST_MONTH },
  },
  'kicc/tax-split': {
    base: { ...KICC, channel: complex },
    finds: 'error vat-required',
    yes: { taxFree: null, vat: null },
    no: { taxFree: won(1000), vat: won(500) },
    edge: { fine: { taxFree: won(0), vat: won(0) }, broken: { taxFree: won(0), vat: null } },
  },
  'kicc/basket': {
    base: KICC,
    finds: 'error basket-item-too-long',
    yes: parts('1'.repeat(30), 's'),
    no: {},
    edge: { fine: parts('1'.repeat(20), 's'.repeat(50)), broken: parts('1', 's'.repeat(51)) },
  },
  'kicc/asynchronous': {
    base: KICC,
    finds: 'binds',
    yes: {},
    no: CARD,
    edge: { fine: PORTONE, broken: { method: 'mobile' } },
  },
  'kicc/timing-unknown': {
    base: KICC,
    finds: 'binds',
    yes: CARD,
    no: {},
    edge: { fine: { method: 'mobile' }, broken: { method: 'transfer' } },
  },
  'kicc/fee': { base: KICC, finds: 'binds', yes: {}, no: CARD, edge: { fine: TRANSFER, broken: { method: 'mobile' } } },

  'portone/unknown-provider-account': {
    base: PORTONE,
    finds: 'error rule-unknown-provider',
    yes: { provider: 'newcomer' },
    no: {},
    edge: { fine: { provider: 'newcomer', ...CARD }, broken: { provider: 'constructor' } },
  },
  'portone/unknown-provider': {
    base: { ...PORTONE, ...CARD },
    finds: 'warning rule-unknown-provider',
    yes: { provider: 'newcomer' },
    no: {},
    // KICC's own provider is unknown behind PortOne, where the same PG has another key.
    edge: { fine: { provider: 'kicc' }, broken: { provider: 'easypay' } },
  },
  'portone/escrow': {
    base: PORTONE,
    finds: 'error payment-escrow',
    yes: { escrow: true },
    no: {},
    edge: { fine: { escrow: false, ...CARD }, broken: { escrow: true, ...CARD } },
  },
  'portone/virtual-account': {
    base: PORTONE,
    finds: 'error holder-missing',
    yes: { account: null },
    no: {},
    edge: { fine: TRANSFER, broken: { account: { ...account, holder: '' } } },
  },
  'portone/bank-table': {
    base: PORTONE,
    finds: 'error bank-not-at-pg',
    yes: { account: { ...account, bank: '035' } },
    no: {},
    edge: {
      fine: { provider: 'kcp', account: { ...account, bank: '090' } },
      broken: { provider: 'daou', account: { ...account, bank: '090' } },
    },
  },
  'portone/account-max': {
    base: PORTONE,
    finds: 'error account-too-long',
    yes: { account: { ...account, accountNo: '1'.repeat(30) } },
    no: {},
    edge: {
      fine: { account: { ...account, accountNo: '1'.repeat(16) } },
      broken: { account: { ...account, accountNo: '1'.repeat(17) } },
    },
  },
  'portone/holder-max': {
    base: PORTONE,
    finds: 'error holder-too-long',
    yes: { account: { ...account, holder: '가'.repeat(30) } },
    no: {},
    edge: {
      fine: { account: { ...account, holder: '가'.repeat(16) } },
      broken: { account: { ...account, holder: '가'.repeat(17) } },
    },
  },
  'portone/mobile-month': {
    base: of('danal', MOBILE),
    finds: 'error rule-mobile-month',
    yes: { paidAtMs: null },
    no: {},
    edge: { fine: THIS_MONTH, broken: LAST_MONTH },
  },
  'portone/mobile-full-only': {
    base: of('danal', MOBILE),
    finds: 'error rule-partial-not-allowed',
    yes: { cancelCount: 1 },
    no: {},
    edge: { fine: full, broken: { amount: won(49_999) } },
  },
  'portone/card-age': {
    base: of('kcp', CARD),
    finds: 'warning rule-refund-age',
    yes: { paidAtMs: null },
    no: {},
    edge: { fine: { paidAtMs: kst('2025-11-21T00:00:00') }, broken: { paidAtMs: kst('2025-11-20T23:59:59') } },
  },
  'portone/tax-free-sent': {
    base: of('kcp'),
    finds: 'binds',
    yes: {},
    no: { provider: 'ksnet' },
    edge: { fine: { provider: 'nice_v2' }, broken: { provider: 'nice' } },
  },
  'portone/vat-on-partial': {
    base: PORTONE,
    finds: 'warning rule-vat-on-partial',
    yes: { taxFree: won(4000) },
    no: {},
    // All of it tax-free: there is no VAT to state.
    edge: { fine: { taxFree: won(10_000) }, broken: { taxFree: won(9999) } },
  },
  'portone/basket': {
    base: PORTONE,
    finds: 'error rule-basket-not-sent',
    yes: parts('1', 's'),
    no: {},
    edge: { fine: { paymentSplit: null }, broken: { paymentSplit: true } },
  },
  'portone/contract': {
    base: PORTONE,
    finds: 'binds',
    yes: {},
    no: CARD,
    edge: { fine: { provider: 'tosspayments' }, broken: { provider: 'tosspay' } },
  },
  'portone/fee': {
    base: PORTONE,
    finds: 'binds',
    yes: {},
    no: CARD,
    edge: { fine: TRANSFER, broken: { provider: 'tosspayments' } },
  },

  'kcp/mobile-month': {
    base: of('kcp', MOBILE),
    finds: 'error rule-mobile-month',
    yes: { paidAtMs: null },
    no: {},
    edge: { fine: THIS_MONTH, broken: LAST_MONTH },
  },
  'kcp/mobile-account': {
    base: of('kcp', { ...MOBILE, ...kcpContract }),
    finds: 'error account-missing',
    yes: LAST_MONTH,
    no: { ...LAST_MONTH, account },
    // Without the contract there is no account to ask for.
    edge: { fine: { ...LAST_MONTH, overrides: new Set() }, broken: { paidAtMs: null } },
  },
  'ksnet/mobile-full-only': {
    base: of('ksnet', MOBILE),
    finds: 'error rule-partial-not-allowed',
    yes: { amount: won(1) },
    no: {},
    edge: { fine: full, broken: { amount: won(49_999) } },
  },
  'ksnet/partial-max': {
    base: of('ksnet', CARD),
    finds: 'error rule-partial-count',
    yes: { cancelCount: 20 },
    no: {},
    edge: { fine: { cancelCount: 8 }, broken: { cancelCount: 9 } },
  },
  'ksnet/age': {
    base: of('ksnet', CARD),
    finds: 'error rule-refund-age',
    // Older than the general year as well: KSNET's own limit is what counts.
    yes: { paidAtMs: kst('2025-01-01T00:00:00') },
    no: {},
    edge: { fine: { paidAtMs: kst('2026-05-21T00:00:00') }, broken: { paidAtMs: kst('2026-05-20T23:59:59') } },
  },
  'ksnet/night-window': {
    base: of('ksnet'),
    finds: 'warning rule-night-window',
    yes: { nowMs: kst('2026-11-22T02:00:00') },
    no: {},
    edge: { fine: { nowMs: kst('2026-11-21T22:59:59') }, broken: { nowMs: kst('2026-11-21T23:00:00') } },
  },
  'ksnet/cash-receipt': {
    base: of('ksnet'),
    finds: 'binds',
    yes: {},
    no: { provider: 'kcp' },
    edge: { fine: CARD, broken: TRANSFER },
  },
  'smartro/phone': {
    base: of('smartro'),
    finds: 'error phone-missing',
    yes: { account: { ...account, phone: null } },
    no: {},
    edge: { fine: TRANSFER, broken: { account: { ...account, phone: '' } } },
  },
  'smartro-v2/phone': {
    base: of('smartro_v2'),
    finds: 'error phone-missing',
    yes: { account: { ...account, phone: null } },
    no: {},
    edge: { fine: CARD, broken: TRANSFER },
  },
  'smartro-v2/transfer-account': {
    base: of('smartro_v2', { method: 'transfer' }),
    finds: 'error bank-missing',
    yes: { account: null },
    no: {},
    edge: { fine: { provider: 'smartro', account: null }, broken: { account: { ...account, bank: '' } } },
  },
  'smartro-v2/asynchronous': {
    base: of('smartro_v2'),
    finds: 'binds',
    yes: {},
    no: { provider: 'smartro' },
    edge: { fine: TRANSFER, broken: { pg: 'portone-v2' } },
  },
  'smartro-v2/transfer-timing': {
    base: of('smartro_v2'),
    finds: 'binds',
    yes: TRANSFER,
    no: CARD,
    edge: { fine: {}, broken: TRANSFER },
  },
  'welcome/partial-contract': {
    base: of('welcome', CARD),
    finds: 'warning rule-partial-contract',
    yes: {},
    no: full,
    edge: { fine: full, broken: { amount: won(49_999) } },
  },
  'kakaopay/age': {
    base: of('kakaopay', WALLET),
    finds: 'warning rule-refund-age',
    yes: { paidAtMs: null },
    no: {},
    edge: { fine: { paidAtMs: kst('2025-11-21T00:00:00') }, broken: { paidAtMs: kst('2025-11-20T23:59:59') } },
  },
  'naverpay/age': {
    base: of('naverpay', WALLET),
    finds: 'warning rule-refund-age',
    yes: { paidAtMs: null },
    no: {},
    edge: { fine: { paidAtMs: kst('2023-11-22T00:00:00') }, broken: { paidAtMs: kst('2023-11-21T23:59:59') } },
  },
  'paypal/age': {
    base: of('paypal_v2', WALLET),
    finds: 'warning rule-refund-age',
    yes: { paidAtMs: null },
    no: {},
    edge: { fine: { paidAtMs: kst('2026-05-25T00:00:00') }, broken: { paidAtMs: kst('2026-05-24T23:59:59') } },
  },
  'paypal/asynchronous': {
    base: of('paypal', WALLET),
    finds: 'binds',
    yes: {},
    no: { provider: 'kcp' },
    edge: { fine: { provider: 'payco' }, broken: { provider: 'paypal_v2' } },
  },
  'paymentwall/asynchronous': {
    base: of('paymentwall', WALLET),
    finds: 'binds',
    yes: {},
    no: { provider: 'kcp' },
    edge: { fine: { provider: 'newcomer' }, broken: CARD },
  },
  'tosspay/vat-on-partial': {
    base: of('tosspay', WALLET),
    finds: 'warning rule-vat-on-partial',
    yes: {},
    no: { vat: won(0) },
    edge: { fine: full, broken: { amount: won(49_999) } },
  },
  'daou/tax-free-on-partial': {
    base: of('daou', WALLET),
    finds: 'warning rule-tax-free-on-partial',
    yes: { taxFree: won(10_000) },
    no: { taxFree: won(10_000), ...full },
    edge: { fine: { taxFree: won(0) }, broken: { taxFree: won(1) } },
  },
  'daou/timing': {
    base: of('daou'),
    finds: 'binds',
    yes: {},
    no: { provider: 'kcp' },
    edge: { fine: CARD, broken: {} },
  },
  'mobilians/timing': {
    base: of('mobilians'),
    finds: 'binds',
    yes: {},
    no: { provider: 'kcp' },
    edge: { fine: MOBILE, broken: {} },
  },
  'settle/timing': {
    base: of('settle'),
    finds: 'binds',
    yes: {},
    no: { provider: 'kcp' },
    edge: { fine: { provider: 'settle_acc' }, broken: {} },
  },
  'portone-kicc/timing': {
    base: of('kicc', WALLET),
    finds: 'binds',
    yes: {},
    no: CARD,
    edge: { fine: { method: 'virtual-account' }, broken: { pg: 'portone-v2' } },
  },
}
