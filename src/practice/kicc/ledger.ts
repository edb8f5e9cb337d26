import type { KiccAccount, KiccPayment, KiccRefund, KiccRefundRecord, KiccReviseNote } from './payment'
import type { UnknownResult } from './results'

export type KiccBody = Readonly<Record<string, unknown>>

/** One revise request whose key is used up, with what became of it. */
export interface KiccRequest {
  readonly mallId: string
  readonly shopTransactionId: string
  /** KST day of the request, `yyyyMMdd`: the key lives until its end. */
  readonly day: string
  readonly atMs: number
  readonly note: KiccReviseNote
  /** Of the refund that was asked for, also where the request left a full one to KICC; null where it could not be judged. */
  readonly amount: number | null
  /** The true answer, whatever was told. */
  readonly answer: KiccBody
  /** What was told instead; null once the true answer was given out. */
  readonly told: UnknownResult | null
}

/** One notification as the merchant's server received it. */
export interface KiccNotice {
  readonly seq: number
  /** Names the event, so that it is sent once; a repeat has a name of its own. */
  readonly event: string
  readonly atMs: number
  readonly body: KiccBody
}

export interface KiccTurn {
  readonly cancelPgCno: string
  readonly state: KiccRefund['fate']
}

type RequestKey = Pick<KiccRequest, 'mallId' | 'shopTransactionId' | 'day'>

export type KiccEntry =
  | { readonly kind: 'kicc-payment'; readonly payment: KiccPayment }
  | { readonly kind: 'kicc-request'; readonly request: KiccRequest; readonly refund: KiccRefund | null }
  | { readonly kind: 'kicc-resolved'; readonly key: RequestKey }
  | { readonly kind: 'kicc-due'; readonly turns: readonly KiccTurn[]; readonly notices: readonly KiccNotice[] }

export const isKiccEntry = (entry: { readonly kind: string }): entry is KiccEntry => entry.kind.startsWith('kicc-')

/** KICC's part of the books; as durable as the rest of them. */
export interface KiccBooks {
  account(pgCno: string): KiccAccount | undefined
  accounts(): readonly KiccAccount[]
  request(mallId: string, shopTransactionId: string, day: string): KiccRequest | undefined
  /** In the order they came. */
  requests(): readonly KiccRequest[]
  /** Every refund that was accepted, with where it stands. For judges: only `accepted` and `paid` took money. */
  refunds(): readonly KiccRefundRecord[]
  notices(): readonly KiccNotice[]
  wasSent(event: string): boolean
  addPayment(payment: KiccPayment): void
  /** A request and its effect, in one line of the file: never one without the other. */
  addRequest(request: KiccRequest, refund: KiccRefund | null): void
  /** The true answer went out. */
  resolve(request: KiccRequest): void
  addDue(turns: readonly KiccTurn[], notices: readonly KiccNotice[]): void
}

export interface KiccLedger {
  readonly books: KiccBooks
  apply(entry: KiccEntry): void
}

const nameOf = ({ mallId, shopTransactionId, day }: RequestKey): string => `${day} ${mallId} ${shopTransactionId}`

export function createKiccLedger(append: (entry: KiccEntry) => void): KiccLedger {
  const payments = new Map<string, { readonly payment: KiccPayment; readonly refunded: string[] }>()
  /** By cancelPgCno, in the order they were accepted. */
  const refunds = new Map<string, KiccRefundRecord>()
  const requests = new Map<string, KiccRequest>()
  const notices: KiccNotice[] = []
  const events = new Set<string>()

  const refundOf = (cancelPgCno: string): KiccRefundRecord => {
    const refund = refunds.get(cancelPgCno)
    if (refund === undefined) throw new Error(`the books know no KICC refund ${cancelPgCno}`)
    return refund
  }
  const known = (pgCno: string) => {
    const kept = payments.get(pgCno)
    if (kept === undefined) throw new Error(`the books know no KICC payment ${pgCno}`)
    return kept
  }
  const accountOf = (pgCno: string): KiccAccount => {
    const { payment, refunded } = known(pgCno)
    return { payment, refunds: refunded.map(refundOf) }
  }

  return {
    apply(entry) {
      switch (entry.kind) {
        case 'kicc-payment':
          payments.set(entry.payment.pgCno, { payment: entry.payment, refunded: [] })
          return
        case 'kicc-request': {
          const { request, refund } = entry
          requests.set(nameOf(request), request)
          if (refund === null) return
          // A real-time refund is out at once; a D+1 refund waits for its day.
          refunds.set(refund.cancelPgCno, { ...refund, state: refund.reviseTypeCode === '63' ? 'paid' : 'accepted' })
          known(refund.pgCno).refunded.push(refund.cancelPgCno)
          return
        }
        case 'kicc-resolved': {
          const name = nameOf(entry.key)
          const request = requests.get(name)
          if (request === undefined) throw new Error(`the books know no KICC request ${name}`)
          requests.set(name, { ...request, told: null })
          return
        }
        case 'kicc-due':
          for (const { cancelPgCno, state } of entry.turns)
            refunds.set(cancelPgCno, { ...refundOf(cancelPgCno), state })
          for (const notice of entry.notices) {
            notices.push(notice)
            events.add(notice.event)
          }
          return
      }
    },
    books: {
      account: (pgCno) => (payments.has(pgCno) ? accountOf(pgCno) : undefined),
      accounts: () => [...payments.keys()].map(accountOf),
      request: (mallId, shopTransactionId, day) => requests.get(nameOf({ mallId, shopTransactionId, day })),
      requests: () => [...requests.values()],
      refunds: () => [...refunds.values()],
      notices: () => notices,
      wasSent: (event) => events.has(event),
      addPayment: (payment) => {
        if (payments.has(payment.pgCno)) throw new Error(`the books already hold ${payment.pgCno}`)
        append({ kind: 'kicc-payment', payment })
      },
      addRequest: (request, refund) => {
        if (requests.has(nameOf(request))) throw new Error(`the key ${nameOf(request)} is used up`)
        if (refund !== null) known(refund.pgCno)
        append({ kind: 'kicc-request', request, refund })
      },
      resolve: ({ mallId, shopTransactionId, day }) =>
        append({ kind: 'kicc-resolved', key: { mallId, shopTransactionId, day } }),
      addDue: (turns, due) => append({ kind: 'kicc-due', turns, notices: due }),
    },
  }
}
