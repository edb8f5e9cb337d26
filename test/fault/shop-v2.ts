import type { V2Method, V2Payment, V2Provider } from '../../src/practice/portone-v2/payment'

const HOUR_MS = 60 * 60 * 1000

/** Providers and methods in turn; Smartro's newer module shows a virtual-account refund only later. */
const KINDS: readonly { readonly provider: V2Provider; readonly method: 'account' | 'card' | 'transfer' | 'easy' }[] = [
  { provider: 'TOSSPAYMENTS', method: 'account' },
  { provider: 'KCP_V2', method: 'card' },
  { provider: 'NICE_V2', method: 'account' },
  { provider: 'SMARTRO_V2', method: 'account' },
  { provider: 'KCP_V2', method: 'transfer' },
  { provider: 'INICIS_V2', method: 'account' },
  { provider: 'KICC_V2', method: 'account' },
  { provider: 'KAKAOPAY', method: 'easy' },
  { provider: 'TOSSPAYMENTS', method: 'card' },
]

/** The shop's payment with this number, the `place`th over PortOne V2. */
export function v2PaymentOf(number: number, place: number, paidAtMs: number): V2Payment {
  const kind = KINDS[place % KINDS.length]
  if (kind === undefined) throw new RangeError('no kind of payment')
  const { provider } = kind
  const digits = String(number).padStart(6, '0')
  const name = provider.toLowerCase()
  return {
    paymentId: `FLT2-${digits}`,
    transactionId: `flt2-tx-${digits}`,
    status: 'PAID',
    method: methodOf(kind.method, digits, paidAtMs),
    channel: {
      type: 'LIVE',
      id: `channel-id-${name}`,
      key: `channel-key-${name}`,
      name: `결함 ${provider}`,
      pgProvider: provider,
      pgMerchantId: `practice-${name}`,
    },
    orderName: '드립 커피 30봉',
    currency: 'KRW',
    total: 20_000 + (number % 7) * 4000,
    taxFree: 0,
    promotion: null,
    customer: {
      id: `buyer-${digits}`,
      name: '김가온',
      email: `buyer${digits}@example.com`,
      phoneNumber: `010-0000-${digits.slice(-4)}`,
    },
    escrow: false,
    isCulturalExpense: false,
    requestedAtMs: paidAtMs - HOUR_MS,
    paidAtMs,
    failedAtMs: null,
    failure: null,
    pgTxId: `${name}-${digits}`,
    cancels: [],
  }
}

function methodOf(method: (typeof KINDS)[number]['method'], digits: string, paidAtMs: number): V2Method {
  switch (method) {
    case 'card':
      return {
        type: 'PaymentMethodCard',
        card: {
          publisher: 'SHINHAN_CARD',
          issuer: 'SHINHAN_CARD',
          brand: 'LOCAL',
          type: 'CREDIT',
          ownerType: 'PERSONAL',
          bin: '999999',
          name: '신한카드',
          number: '999999******0000',
        },
        approvalNumber: `00${digits}`,
        installment: { month: 0, isInterestFree: false },
        pointUsed: false,
      }
    case 'account':
      return {
        type: 'PaymentMethodVirtualAccount',
        bank: 'SHINHAN',
        accountNumber: `99820${digits}0`,
        accountType: 'NORMAL',
        remitteeName: '연습상점',
        remitterName: '김가온',
        expiredAt: new Date(paidAtMs + 24 * HOUR_MS).toISOString(),
        issuedAt: new Date(paidAtMs - HOUR_MS).toISOString(),
      }
    case 'transfer':
      return { type: 'PaymentMethodTransfer', bank: 'KOOKMIN' }
    case 'easy':
      return {
        type: 'PaymentMethodEasyPay',
        provider: 'KAKAOPAY',
        easyPayMethod: { type: 'PaymentMethodEasyPayMethodCharge' },
      }
  }
}
