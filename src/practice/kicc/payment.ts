/** Card, virtual account, mobile: payMethodTypeCode. */
export type KiccMethod = '11' | '22' | '31'

export interface KiccDeposit {
  readonly pgCno: string
  readonly amount: number
  readonly atMs: number
}

export interface KiccTax {
  readonly taxation: number
  readonly taxFree: number
  readonly vat: number
}

export interface KiccProduct {
  readonly productPgCno: string
  readonly sellerId: string
  readonly amount: number
}

/** One payment as the practice PG keeps it. */
export interface KiccPayment {
  /** Of a virtual account: the number of the account's issue, not of a deposit. */
  readonly pgCno: string
  readonly mallId: string
  readonly shopOrderNo: string
  readonly method: KiccMethod
  readonly amount: number
  readonly goodsName: string
  readonly customerName: string
  readonly approvedAtMs: number
  readonly vbank: { readonly bankCode: string; readonly accountNo: string } | null
  /** Of a virtual account, in order; none while nobody has paid. */
  readonly deposits: readonly KiccDeposit[]
  readonly escrow: boolean
  /** Parts of the amount; null where everything is taxed the ordinary way. */
  readonly tax: KiccTax | null
  /** Empty where the settlement is not split. */
  readonly basket: readonly KiccProduct[]
  /** What becomes of the cash receipt when the payment is refunded. */
  readonly cashReceipt: 'none' | 'cancelled' | 'fails'
}

/** What a revise request said, less everything personal: of an account only its length and its last four digits stay. */
export interface KiccReviseNote {
  readonly mallId: string | null
  readonly shopTransactionId: string | null
  readonly pgCno: string | null
  readonly reviseTypeCode: string | null
  readonly reviseSubTypeCode: string | null
  readonly amount: number | null
  readonly remainAmount: number | null
  readonly cancelReqDate: string | null
  readonly reviseMessage: string | null
  readonly refundQueryFlag: string | null
  readonly depositPgCno: string | null
  readonly refundBankCode: string | null
  readonly refundAccountLength: number
  readonly refundAccountTail: string
  readonly hasRefundDepositName: boolean
  readonly hasTaxInfo: boolean
  readonly hasBasketInfo: boolean
}

export interface KiccRefund {
  readonly cancelPgCno: string
  readonly pgCno: string
  readonly mallId: string
  readonly shopTransactionId: string
  /** KST day of the request, `yyyyMMdd`. */
  readonly day: string
  readonly reviseTypeCode: string
  readonly amount: number
  readonly tax: KiccTax | null
  /** The deposit that is given back; null of a mobile payment. */
  readonly depositPgCno: string | null
  readonly balanceAfter: number
  readonly acceptedAtMs: number
  /** What the bank will make of it, and when that shows. */
  readonly fate: 'paid' | 'rejected' | 'bounced'
  readonly dueAtMs: number
  /** Kept only where notification 51 will have to name it. */
  readonly account: { readonly bankCode: string; readonly accountNo: string } | null
  readonly request: KiccReviseNote
}

/** `accepted`: a D+1 refund on its way. `bounced`: the transfer was impossible. `rejected`: refused later, without a word. */
export type KiccRefundState = 'accepted' | KiccRefund['fate']

/** A refund with where it stands. */
export interface KiccRefundRecord extends KiccRefund {
  readonly state: KiccRefundState
}

export interface KiccAccount {
  readonly payment: KiccPayment
  readonly refunds: readonly KiccRefundRecord[]
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

/** A refund that came back has given its amount back. */
const counts = ({ state }: KiccRefundRecord): boolean => state === 'accepted' || state === 'paid'

/** Refunds that hold against this deposit, or against the whole payment where there is none. */
export function refundsOf({ refunds }: KiccAccount, deposit: KiccDeposit | null): readonly KiccRefundRecord[] {
  return refunds.filter((refund) => counts(refund) && refund.depositPgCno === (deposit?.pgCno ?? null))
}

/** What can still be given back of this deposit, or of a payment without deposits. */
export function balanceOf(account: KiccAccount, deposit: KiccDeposit | null): number {
  const paid = deposit?.amount ?? account.payment.amount
  return paid - sum(refundsOf(account, deposit).map(({ amount }) => amount))
}

/** What can still be given back of everything that was paid. */
export function wholeBalance(account: KiccAccount): number {
  const { payment } = account
  return payment.method === '22'
    ? sum(payment.deposits.map((deposit) => balanceOf(account, deposit)))
    : balanceOf(account, null)
}

/** What is left of each tax part. */
export function taxLeft({ payment, refunds }: KiccAccount): KiccTax | null {
  if (payment.tax === null) return null
  const taxes = refunds.filter(counts).flatMap(({ tax }) => (tax === null ? [] : [tax]))
  return {
    taxation: payment.tax.taxation - sum(taxes.map(({ taxation }) => taxation)),
    taxFree: payment.tax.taxFree - sum(taxes.map(({ taxFree }) => taxFree)),
    vat: payment.tax.vat - sum(taxes.map(({ vat }) => vat)),
  }
}
