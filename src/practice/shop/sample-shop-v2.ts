import { kstDayStartMs } from '../clock'
import type { V2Cancel, V2Channel, V2Method, V2Payment, V2Provider } from '../portone-v2/payment'
import { vatOf } from '../portone-v2/amounts'
import { buyerName, buyerTel } from './names'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** What is out of the ordinary about a payment is said here; everything else follows from its place in the list. */
type Plan = {
  readonly name: string
  readonly method: 'card' | 'account' | 'transfer' | 'mobile' | 'easy'
  readonly provider: V2Provider
  readonly total: number
  readonly daysAgo: number
} & Partial<Pick<V2Payment, 'status' | 'taxFree' | 'promotion' | 'currency' | 'escrow' | 'isCulturalExpense'>> & {
    readonly channel?: 'TEST'
    readonly cancelled?: number
  }

const SPRING_SALE = { id: 'promotion-practice-spring', minimumTotal: 50_000, discount: { percent: 10 } } as const

const PLANS: readonly Plan[] = [
  { name: '유기농 감귤 5kg', method: 'card', provider: 'TOSSPAYMENTS', total: 29_900, daysAgo: 75 },
  { name: '무선 이어폰', method: 'account', provider: 'TOSSPAYMENTS', total: 129_000, daysAgo: 60 },
  { name: '국산 참기름 2병', method: 'transfer', provider: 'KCP_V2', total: 38_000, daysAgo: 45 },
  { name: '공기청정기 필터', method: 'mobile', provider: 'KCP_V2', total: 54_500, daysAgo: 40 },
  { name: '캠핑 의자 세트', method: 'card', provider: 'KCP_V2', total: 87_000, daysAgo: 33, cancelled: 17_000 },
  { name: '수분 크림', method: 'easy', provider: 'KAKAOPAY', total: 27_500, daysAgo: 30 },
  { name: '전기 압력밥솥', method: 'account', provider: 'SMARTRO_V2', total: 348_000, daysAgo: 25 },
  {
    name: '이불 세트',
    method: 'card',
    provider: 'TOSSPAYMENTS',
    total: 119_000,
    daysAgo: 20,
    promotion: SPRING_SALE,
  },
  { name: '기념 에코백', method: 'card', provider: 'KICC_V2', total: 2999, daysAgo: 15, currency: 'USD' },
  { name: '면 티셔츠 3장', method: 'card', provider: 'INICIS_V2', total: 33_000, daysAgo: 12, cancelled: 33_000 },
  {
    name: '그림책 10권',
    method: 'account',
    provider: 'NICE_V2',
    total: 98_000,
    daysAgo: 10,
    taxFree: 98_000,
    isCulturalExpense: true,
  },
  { name: '사무용 의자', method: 'account', provider: 'KICC_V2', total: 198_000, daysAgo: 7, escrow: true },
  {
    name: '식기 건조대',
    method: 'account',
    provider: 'NICE_V2',
    total: 36_900,
    daysAgo: 2,
    status: 'VIRTUAL_ACCOUNT_ISSUED',
  },
  { name: '로봇 청소기', method: 'card', provider: 'NICE_V2', total: 689_000, daysAgo: 2, status: 'FAILED' },
  { name: '양말 5켤레', method: 'easy', provider: 'NAVERPAY', total: 9900, daysAgo: 1, status: 'READY' },
  { name: '노트북 스탠드', method: 'card', provider: 'KSNET', total: 42_000, daysAgo: 1, channel: 'TEST' },
]

/** The V2 payments of the sample shop up to `today` (a Seoul day). Every name, phone and account number is made up. */
export function sampleShopV2(today: string): readonly V2Payment[] {
  const todayStartMs = kstDayStartMs(today)
  return PLANS.map((plan, index) => onePayment(plan, index + 1, todayStartMs - plan.daysAgo * DAY_MS + 11 * HOUR_MS))
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0')

function onePayment(plan: Plan, number: number, requestedAtMs: number): V2Payment {
  const { provider, total, status = 'PAID', currency = 'KRW', method, cancelled } = plan
  const paidAtMs = status === 'PAID' ? requestedAtMs + (method === 'account' ? 40 : 1) * 60_000 : null
  const failed = status === 'FAILED'
  return {
    paymentId: `order-practice-${digits(number, 4)}`,
    transactionId: `practice-tx-${digits(number, 8)}`,
    status,
    method: methodOf(plan, number, requestedAtMs),
    channel: channelOf(provider, plan.channel ?? 'LIVE'),
    orderName: plan.name,
    currency,
    total,
    taxFree: plan.taxFree ?? 0,
    promotion: plan.promotion ?? null,
    customer: {
      id: `buyer-${digits(number, 3)}`,
      name: buyerName(number + 500),
      email: `buyer${digits(number + 500, 3)}@example.com`,
      phoneNumber: buyerTel(number + 500),
    },
    escrow: plan.escrow ?? false,
    isCulturalExpense: plan.isCulturalExpense ?? false,
    requestedAtMs,
    paidAtMs,
    failedAtMs: failed ? requestedAtMs + 30_000 : null,
    failure: failed ? { reason: '카드 한도 초과', pgCode: '3011', pgMessage: '카드 한도 초과' } : null,
    pgTxId: `${provider.toLowerCase()}-${digits(number, 6)}`,
    cancels: cancelled === undefined || paidAtMs === null ? [] : [earlierCancel(provider, number, cancelled, paidAtMs)],
  }
}

const channelOf = (pgProvider: V2Provider, type: V2Channel['type']): V2Channel => ({
  type,
  id: `channel-id-practice-${pgProvider.toLowerCase()}`,
  key: `channel-key-practice-${pgProvider.toLowerCase()}`,
  name: `연습 ${pgProvider}`,
  pgProvider,
  pgMerchantId: `practice-${pgProvider.toLowerCase()}`,
})

function methodOf({ method, provider }: Plan, number: number, requestedAtMs: number): V2Method {
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
        approvalNumber: digits(number * 7919, 8),
        installment: { month: 0, isInterestFree: false },
        pointUsed: false,
      }
    case 'account':
      return {
        type: 'PaymentMethodVirtualAccount',
        bank: 'SHINHAN',
        // 998 begins no bank's account numbers in this shop's samples but these.
        accountNumber: `9982${digits(number, 4)}${digits(number * 7919, 6)}`,
        accountType: 'NORMAL',
        remitteeName: '연습상점',
        remitterName: buyerName(number + 500),
        expiredAt: new Date(requestedAtMs + 3 * DAY_MS).toISOString(),
        issuedAt: new Date(requestedAtMs).toISOString(),
      }
    case 'transfer':
      return { type: 'PaymentMethodTransfer', bank: 'KOOKMIN' }
    case 'mobile':
      return { type: 'PaymentMethodMobile' }
    case 'easy':
      return {
        type: 'PaymentMethodEasyPay',
        provider: provider === 'NAVERPAY' ? 'NAVERPAY' : 'KAKAOPAY',
        easyPayMethod: { type: 'PaymentMethodEasyPayMethodCharge' },
      }
  }
}

/** Made at PortOne's console before the books began. */
function earlierCancel(provider: V2Provider, number: number, amount: number, paidAtMs: number): V2Cancel {
  const atMs = paidAtMs + DAY_MS
  const pgCancellationId = `${provider.toLowerCase()}-cancel-${digits(number, 6)}`
  return {
    id: `cancellation-practice-${digits(number, 8)}`,
    pgCancellationId,
    orderAmount: amount,
    amount,
    taxFree: 0,
    vat: vatOf('KRW', amount),
    reason: '고객 변심',
    requestedAtMs: atMs,
    decidedAtMs: atMs,
    status: 'SUCCEEDED',
    trigger: 'CONSOLE',
    retain: 'RELEASE',
    receiptUrl: `https://receipt.example/${pgCancellationId}`,
  }
}
