import type { V2Answer } from './answer'
import type { CancelStatus, V2Cancel, V2Payment } from './payment'

/** What a cancel request said, less everything personal: of an account only its length and its last four digits stay. */
export interface V2CancelNote {
  readonly amount: number | null
  readonly taxFreeAmount: number | null
  readonly vatAmount: number | null
  readonly currentCancellableAmount: number | null
  readonly reason: string | null
  readonly requester: string | null
  readonly retain: string | null
  readonly skipWebhook: boolean | null
  readonly refundBank: string | null
  readonly refundAccountLength: number
  readonly refundAccountTail: string
  readonly hasRefundHolder: boolean
  readonly hasRefundPhone: boolean
}

/**
 * `implicit_full_cancel`: a cancel was asked without an amount, which PortOne reads as "refund everything left".
 * `no_cancellable_amount`: asked without the balance that the caller believes in, so nothing stops a second refund.
 * Both are noted even when the request is refused.
 */
export interface V2Alarm {
  readonly alarm: 'implicit_full_cancel' | 'no_cancellable_amount'
  readonly paymentId: string
  readonly atMs: number
}

/** The answer that an idempotency key stands for. */
export interface KeptAnswer {
  readonly key: string
  /** Method, path and body in short: another request under the same key is told by it. */
  readonly mark: string
  readonly atMs: number
  readonly answer: V2Answer
}

export type V2Entry =
  | { readonly kind: 'v2-payment'; readonly payment: V2Payment }
  | {
      readonly kind: 'v2-cancel'
      readonly paymentId: string
      readonly cancel: V2Cancel
      readonly request: V2CancelNote | null
      /** In one line with the effect: a power cut cannot leave a refund behind whose key is forgotten. */
      readonly kept: KeptAnswer | null
    }
  | { readonly kind: 'v2-kept'; readonly kept: KeptAnswer }
  | { readonly kind: 'v2-alarm'; readonly alarm: V2Alarm }
  | {
      readonly kind: 'v2-decided'
      readonly paymentId: string
      readonly cancelId: string
      readonly status: 'SUCCEEDED' | 'FAILED'
      readonly atMs: number
    }

export interface V2Account {
  readonly payment: V2Payment
  readonly cancels: readonly V2Cancel[]
  readonly updatedAtMs: number
}

/** A cancel made since the books were opened first; `amount` is what went back to the buyer unless it failed. */
export interface V2CancelRecord {
  readonly paymentId: string
  readonly cancellationId: string
  readonly amount: number
  readonly atMs: number
  readonly idempotencyKey: string | null
  /** As it stands now: what was asked for asynchronously may have been decided since. */
  readonly status: CancelStatus
  readonly trigger: V2Cancel['trigger']
  readonly request: V2CancelNote | null
}

export interface V2Books {
  v2Account(paymentId: string): V2Account | undefined
  v2Accounts(): Iterable<V2Account>
  v2Cancels(): readonly V2CancelRecord[]
  v2Alarms(): readonly V2Alarm[]
  v2KeptAnswer(key: string): KeptAnswer | undefined
  addV2Payment(payment: V2Payment): void
  addV2Cancel(paymentId: string, cancel: V2Cancel, request: V2CancelNote | null, kept: KeptAnswer | null): void
  /** For an answer without an effect. */
  keepV2Answer(kept: KeptAnswer): void
  addV2Alarm(alarm: V2Alarm): void
  /** An asynchronous cancel came to its end. */
  decideV2Cancel(paymentId: string, cancelId: string, status: 'SUCCEEDED' | 'FAILED', atMs: number): void
}

export interface V2Part {
  readonly books: V2Books
  apply(entry: V2Entry): void
}

/** The V2 half of the books: what it remembers is made of entries only; `append` makes an entry durable and applies it. */
export function createV2Part(append: (entry: V2Entry) => void): V2Part {
  const accounts = new Map<string, V2Account>()
  const records: Omit<V2CancelRecord, 'status'>[] = []
  const alarms: V2Alarm[] = []
  const keptAnswers = new Map<string, KeptAnswer>()

  const known = (paymentId: string): V2Account => {
    const account = accounts.get(paymentId)
    if (account === undefined) throw new Error(`the books know no V2 payment ${paymentId}`)
    return account
  }
  const statusNow = (paymentId: string, cancelId: string): CancelStatus =>
    known(paymentId).cancels.find(({ id }) => id === cancelId)?.status ?? 'FAILED'

  function apply(entry: V2Entry): void {
    switch (entry.kind) {
      case 'v2-payment': {
        const { payment } = entry
        const { requestedAtMs, paidAtMs, failedAtMs, cancels } = payment
        const lastCancelMs = cancels.at(-1)?.decidedAtMs ?? 0
        const updatedAtMs = Math.max(requestedAtMs, paidAtMs ?? 0, failedAtMs ?? 0, lastCancelMs)
        accounts.set(payment.paymentId, { payment, cancels, updatedAtMs })
        return
      }
      case 'v2-cancel': {
        const { paymentId, cancel, request, kept } = entry
        const account = known(paymentId)
        accounts.set(paymentId, {
          ...account,
          cancels: [...account.cancels, cancel],
          updatedAtMs: cancel.requestedAtMs,
        })
        records.push({
          paymentId,
          cancellationId: cancel.id,
          amount: cancel.amount,
          atMs: cancel.requestedAtMs,
          idempotencyKey: kept?.key ?? null,
          trigger: cancel.trigger,
          request,
        })
        if (kept !== null) keptAnswers.set(kept.key, kept)
        return
      }
      case 'v2-kept':
        keptAnswers.set(entry.kept.key, entry.kept)
        return
      case 'v2-alarm':
        alarms.push(entry.alarm)
        return
      case 'v2-decided': {
        const { paymentId, cancelId, status, atMs } = entry
        const account = known(paymentId)
        const cancels = account.cancels.map((cancel) =>
          cancel.id === cancelId ? { ...cancel, status, decidedAtMs: atMs } : cancel,
        )
        accounts.set(paymentId, { ...account, cancels, updatedAtMs: atMs })
        return
      }
    }
  }

  const books: V2Books = {
    v2Account: (paymentId) => accounts.get(paymentId),
    v2Accounts: () => accounts.values(),
    v2Cancels: () =>
      records.map((record) => ({ ...record, status: statusNow(record.paymentId, record.cancellationId) })),
    v2Alarms: () => alarms,
    v2KeptAnswer: (key) => keptAnswers.get(key),
    addV2Payment: (payment) => {
      if (accounts.has(payment.paymentId)) throw new Error(`the books already hold ${payment.paymentId}`)
      append({ kind: 'v2-payment', payment })
    },
    addV2Cancel: (paymentId, cancel, request, kept) => {
      known(paymentId)
      append({ kind: 'v2-cancel', paymentId, cancel, request, kept })
    },
    keepV2Answer: (kept) => append({ kind: 'v2-kept', kept }),
    addV2Alarm: (alarm) => append({ kind: 'v2-alarm', alarm }),
    decideV2Cancel: (paymentId, cancelId, status, atMs) =>
      append({ kind: 'v2-decided', paymentId, cancelId, status, atMs }),
  }
  return { books, apply }
}
