/** The wire's own method objects; the books keep them as they are shown. Times are ISO 8601. */
export type V2Method =
  | {
      readonly type: 'PaymentMethodCard'
      readonly card: {
        readonly publisher: string
        readonly issuer: string
        readonly brand: 'LOCAL' | 'MASTER' | 'VISA'
        readonly type: 'CREDIT' | 'DEBIT'
        readonly ownerType: 'PERSONAL' | 'CORPORATE'
        readonly bin: string
        readonly name: string
        readonly number: string
      }
      readonly approvalNumber: string
      readonly installment: { readonly month: number; readonly isInterestFree: boolean }
      readonly pointUsed: boolean
    }
  | {
      readonly type: 'PaymentMethodVirtualAccount'
      readonly bank: string
      readonly accountNumber: string
      readonly accountType: 'NORMAL' | 'FIXED'
      readonly remitteeName: string
      readonly remitterName: string
      readonly expiredAt: string
      readonly issuedAt: string
    }
  | { readonly type: 'PaymentMethodTransfer'; readonly bank: string }
  | { readonly type: 'PaymentMethodMobile' }
  | {
      readonly type: 'PaymentMethodEasyPay'
      readonly provider: 'KAKAOPAY' | 'NAVERPAY' | 'TOSSPAY'
      readonly easyPayMethod: { readonly type: 'PaymentMethodEasyPayMethodCharge' }
    }

export type V2Provider =
  | 'TOSSPAYMENTS'
  | 'KCP_V2'
  | 'INICIS_V2'
  | 'NICE_V2'
  | 'KICC_V2'
  | 'KSNET'
  | 'SMARTRO'
  | 'SMARTRO_V2'
  | 'KAKAOPAY'
  | 'NAVERPAY'

export interface V2Channel {
  readonly type: 'LIVE' | 'TEST'
  readonly id: string
  readonly key: string
  readonly name: string
  readonly pgProvider: V2Provider
  readonly pgMerchantId: string
}

/** From `minimumTotal` on, the order is cheaper by a percentage or by a fixed amount. */
export interface V2Promotion {
  readonly id: string
  readonly minimumTotal: number
  readonly discount: { readonly percent: number } | { readonly amount: number }
}

/** How a payment came into being; the two cancelled statuses follow from the cancels. */
export type V2BaseStatus = 'READY' | 'VIRTUAL_ACCOUNT_ISSUED' | 'PAID' | 'FAILED'
export type V2Status = V2BaseStatus | 'PARTIAL_CANCELLED' | 'CANCELLED'

export type RetainOption = 'RETAIN' | 'RELEASE'
export type CancelStatus = 'SUCCEEDED' | 'REQUESTED' | 'FAILED'

export interface V2Cancel {
  readonly id: string
  readonly pgCancellationId: string
  /** What was asked for, in terms of the order: promotions do not count here. */
  readonly orderAmount: number
  /** What the buyer gets back; differs from `orderAmount` under a promotion. */
  readonly amount: number
  readonly taxFree: number
  readonly vat: number
  readonly reason: string
  readonly requestedAtMs: number
  /** When it succeeded or failed; null while it is on its way. */
  readonly decidedAtMs: number | null
  readonly status: CancelStatus
  readonly trigger: 'API' | 'CONSOLE'
  readonly retain: RetainOption
  readonly receiptUrl: string | null
}

/** One payment as the practice PG keeps it; amounts are whole numbers of the currency's smallest unit. */
export interface V2Payment {
  readonly paymentId: string
  readonly transactionId: string
  readonly status: V2BaseStatus
  readonly method: V2Method
  readonly channel: V2Channel
  readonly orderName: string
  readonly currency: 'KRW' | 'USD'
  readonly total: number
  readonly taxFree: number
  readonly promotion: V2Promotion | null
  readonly customer: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly phoneNumber: string
  }
  readonly escrow: boolean
  readonly isCulturalExpense: boolean
  readonly requestedAtMs: number
  readonly paidAtMs: number | null
  readonly failedAtMs: number | null
  readonly failure: { readonly reason: string; readonly pgCode: string; readonly pgMessage: string } | null
  readonly pgTxId: string
  /** Cancels that are older than the books. */
  readonly cancels: readonly V2Cancel[]
}
