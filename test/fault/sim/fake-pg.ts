import { MAIN_CHANNEL } from '../../../src/main/core/ledger/channels'
import { paymentIdOf } from '../../../src/domain/ids'
import { won } from '../../../src/domain/money'
import type { CancelFact, PgPayment } from '../../../src/domain/payment'
import { tagIn } from '../../../src/domain/refund-tag'
import type { FakeTime } from './fake-time'
import type { Seeded } from './seeded'
import { nextPayment, type ShopPayment } from './shop'

const DAY_MS = 24 * 60 * 60 * 1000
const SEOUL_MS = 9 * 60 * 60 * 1000

/** A cancel in the PG's books, whether it shows or not. */
export interface PgCancel {
  readonly cancelKey: string
  readonly amount: number
  /** The tag that was in the request, whatever the PG made of its text; null for a cancel of somebody else's. */
  readonly tag: string | null
  readonly reason: string
  readonly takenAtMs: number
  shownAtMs: number | null
  /** Failed after all, or paid out and come back: the money is with the merchant again. */
  gone: boolean
}

export interface PgAccount {
  readonly payment: ShopPayment
  readonly paidAtMs: number
  readonly cancels: PgCancel[]
  /** Grows with every change that a reader can see. */
  version: number
}

/** A request as the PG reads it from the bytes. */
export interface PgRequest {
  readonly pgKey: string
  readonly amount: number
  readonly checksum: number | null
  readonly reason: string
}

export type PgVerdict =
  | { readonly kind: 'taken'; readonly cancel: PgCancel }
  | { readonly kind: 'refused'; readonly why: 'balance-differs' | 'already-cancelled' | 'no-such-payment' }
  /** In the PG's own words, which prove nothing. */
  | { readonly kind: 'refused-in-words'; readonly words: string }

/**
 * A FAKE of the PG, at the program's gateway port and in memory: the rules follow the practice PG (src/practice), which
 * speaks over sockets and is too slow for a million steps. A cancel is judged and booked in one step.
 */
export interface FakePg {
  readonly accounts: readonly PgAccount[]
  /** Another customer pays. */
  addPayment(): PgAccount
  /** Requests that the PG has received and not worked on yet, though nobody waits for their answer any more. */
  readonly late: PgRequest[]
  outage: boolean
  account(pgKey: string): PgAccount | undefined
  view(account: PgAccount): PgPayment
  shownTotal(account: PgAccount): number
  judge(request: PgRequest): PgVerdict
  /** What of a row's tag has really moved money. */
  effectsOf(tag: string): readonly PgCancel[]
  consoleCancel(account: PgAccount, amount: number): PgCancel | null
  show(account: PgAccount, cancel: PgCancel): void
  fail(account: PgAccount, cancel: PgCancel): void
}

export function createFakePg(seeded: Seeded, time: FakeTime, shop: readonly ShopPayment[]): FakePg {
  let cancelNo = 0
  const byTag = new Map<string, PgCancel[]>()
  const book = (account: PgAccount, amount: number, tag: string | null, reason: string, shown: boolean): PgCancel => {
    const takenAtMs = time.trueMs()
    cancelNo += 1
    const cancel: PgCancel = {
      cancelKey: `cancel-${cancelNo}`,
      amount,
      tag,
      reason,
      takenAtMs,
      shownAtMs: shown ? takenAtMs : null,
      gone: false,
    }
    account.cancels.push(cancel)
    account.version += 1
    if (tag !== null) byTag.set(tag, [...(byTag.get(tag) ?? []), cancel])
    return cancel
  }
  const open = (payment: ShopPayment): PgAccount => {
    const account: PgAccount = {
      payment,
      paidAtMs: time.trueMs() - seeded.between(1, 5) * DAY_MS,
      cancels: [],
      version: 0,
    }
    if (payment.cancelledBefore > 0) book(account, payment.cancelledBefore, null, '고객 요청', true)
    return account
  }
  const accounts = shop.map(open)
  const sum = (account: PgAccount, counts: (cancel: PgCancel) => boolean): number =>
    account.cancels.reduce((total, cancel) => total + (counts(cancel) ? cancel.amount : 0), 0)
  const shownTotal = (account: PgAccount): number => sum(account, (cancel) => !cancel.gone && cancel.shownAtMs !== null)
  const trueTotal = (account: PgAccount): number => sum(account, (cancel) => !cancel.gone)

  /** A PG keeps the text, replaces it with its own, cuts its end, or puts words around it. */
  const kept = (reason: string): string =>
    seeded.weighted([
      [84, reason],
      [7, '고객요청 취소'],
      [4, reason.slice(0, 6)],
      [5, `[API] ${reason}`],
    ]) ?? reason

  const judge = ({ pgKey, amount, checksum, reason }: PgRequest): PgVerdict => {
    const account = accounts.find((each) => each.payment.pgKey === pgKey)
    if (account === undefined) return { kind: 'refused', why: 'no-such-payment' }
    const { payment } = account
    const shownBalance = payment.paid - shownTotal(account)
    if (shownBalance === 0) return { kind: 'refused', why: 'already-cancelled' }
    // Only what shows is compared: a refund on its way has not reduced it yet.
    if (checksum !== null && checksum !== shownBalance) return { kind: 'refused', why: 'balance-differs' }
    if (amount > shownBalance) return { kind: 'refused-in-words', words: '취소 요청금액이 취소 가능 잔액보다 큽니다.' }
    if (amount > payment.paid - trueTotal(account)) return { kind: 'refused-in-words', words: '취소 가능 금액 초과' }
    if (payment.closedAtNight && isNight(time.trueMs()))
      return { kind: 'refused-in-words', words: '가상계좌 환불 불가 시간입니다' }
    const shown = payment.showing === 'at-once' || (payment.showing === 'unsaid' && seeded.chance(0.5))
    return { kind: 'taken', cancel: book(account, amount, tagIn(reason), kept(reason), shown) }
  }

  return {
    accounts,
    addPayment() {
      const account = open(nextPayment(seeded, accounts.length + 1))
      accounts.push(account)
      return account
    },
    late: [],
    outage: false,
    account: (pgKey) => accounts.find((each) => each.payment.pgKey === pgKey),
    shownTotal,
    judge,
    effectsOf: (tag) => (byTag.get(tag) ?? []).filter((cancel) => !cancel.gone),
    view(account) {
      const { payment } = account
      const cancelledTotal = shownTotal(account)
      const shown = account.cancels.filter((cancel) => !cancel.gone && cancel.shownAtMs !== null)
      return {
        channelId: MAIN_CHANNEL.channelId,
        paymentId: paymentIdOf(MAIN_CHANNEL.channelId, payment.pgKey),
        pgKey: payment.pgKey,
        orderNo: payment.orderNo,
        method: payment.method,
        provider: payment.provider,
        pgTransactionKey: `tid-${payment.pgKey}`,
        status: cancelledTotal === payment.paid ? 'cancelled' : 'paid',
        currency: 'KRW',
        paid: won(payment.paid),
        cancelledTotal: won(cancelledTotal),
        // A PG promises no order.
        cancels: (seeded.chance(0.1) ? shown.toReversed() : shown).map((cancel) => factOf(payment, cancel)),
        paidAtMs: account.paidAtMs,
        buyerName: '홍길동',
        productName: '상품',
        escrow: false,
        sandbox: false,
        promotion: false,
      }
    },
    consoleCancel(account, amount) {
      if (amount <= 0 || amount > account.payment.paid - Math.max(shownTotal(account), trueTotal(account))) return null
      return book(account, amount, null, seeded.pick(['', '고객 변심', '관리자 취소']), true)
    },
    show(account, cancel) {
      cancel.shownAtMs = time.trueMs()
      account.version += 1
    },
    fail(account, cancel) {
      cancel.gone = true
      account.version += 1
    },
  }
}

/** A PG tells whole seconds. */
function factOf(payment: ShopPayment, cancel: PgCancel): CancelFact {
  return {
    cancelKey: payment.namesCancels ? cancel.cancelKey : null,
    pgTransactionKey: payment.namesCancels ? `tid-${cancel.cancelKey}` : null,
    amount: won(cancel.amount),
    cancelledAtMs: Math.floor((cancel.shownAtMs ?? cancel.takenAtMs) / 1000) * 1000,
    reason: cancel.reason,
  }
}

/** Between 23:00 and 06:00 in Seoul. */
function isNight(atMs: number): boolean {
  const hour = Math.floor(((atMs + SEOUL_MS) % DAY_MS) / 3_600_000)
  return hour >= 23 || hour < 6
}
