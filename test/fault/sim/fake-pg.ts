import { paymentIdOf } from '../../../src/domain/ids'
import { won } from '../../../src/domain/money'
import type { CancelFact, PgPayment } from '../../../src/domain/payment'
import type { PgKind } from '../../../src/domain/pg'
import { tagIn } from '../../../src/domain/refund-tag'
import { createKiccBook, type KiccBook, type KiccRecord } from './fake-kicc'
import type { FakeTime } from './fake-time'
import type { Seeded } from './seeded'
import { DAY_MS, msIntoSeoulDay } from './seoul'
import { nextPayments, type ShopPayment } from './shop'

/** How long PortOne V2 answers what it answered before. */
const REPLAY_MS = 3 * 60 * 60 * 1000

/** A cancel in the PG's books, whether it shows or not. */
export interface PgCancel {
  readonly cancelKey: string
  readonly amount: number
  /** The tag that was in the request, whatever the PG made of its text; null for a cancel of somebody else's. */
  readonly tag: string | null
  readonly reason: string
  readonly takenAtMs: number
  /** What the payment has left after it. */
  readonly balanceAfter: number
  /** Where it is paid to, at KICC. */
  readonly accountNo: string | null
  shownAtMs: number | null
  /** KICC: the money has arrived, as far as a bank can tell. */
  paidOut: boolean
  /** Failed after all, or paid out and come back: the money is with the merchant again. */
  gone: boolean
  /** KICC: gone without a word. */
  rejected: boolean
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
  readonly pg: PgKind
  readonly pgKey: string
  /** Null where the request means everything that was paid. */
  readonly amount: number | null
  readonly checksum: number | null
  readonly reason: string
  /** The key by which the PG tells requests apart; null where it has none. */
  readonly key: string | null
  /** KICC: the Seoul day that the request names, yyyyMMdd. */
  readonly day: string | null
  readonly accountNo: string | null
  /** KICC: it was registered when it came, and is worked on later. */
  readonly record?: KiccRecord
}

export type PgVerdict =
  | { readonly kind: 'taken'; readonly cancel: PgCancel }
  | { readonly kind: 'refused'; readonly why: 'balance-differs' | 'already-cancelled' | 'no-such-payment' }
  /** In the PG's own words, which prove nothing. */
  | { readonly kind: 'refused-in-words'; readonly words: string }
  /** PortOne V2: the first request of this key is not worked on yet. */
  | { readonly kind: 'outstanding' }

/** A request that moved money without a balance to compare. */
export interface Blind {
  readonly tag: string | null
  readonly balance: number
}

/**
 * A FAKE of the PGs, at the program's gateway port and in memory: the rules follow the practice PG (src/practice), which
 * speaks over sockets and is too slow for a million steps. A cancel is judged and booked in one step.
 */
export interface FakePg {
  readonly accounts: readonly PgAccount[]
  readonly kicc: KiccBook
  /** Another customer pays; answers the keys of the payments. */
  addPayment(): string
  /** Requests that the PG has received and not worked on yet, though nobody waits for their answer any more. */
  readonly late: PgRequest[]
  readonly blind: readonly Blind[]
  outage: boolean
  account(pgKey: string): PgAccount | undefined
  view(account: PgAccount): PgPayment
  shownTotal(account: PgAccount): number
  judge(request: PgRequest): PgVerdict
  /** What of a row's tag has really moved money. */
  effectsOf(tag: string): readonly PgCancel[]
  /** The same with what came back. */
  cancelsOf(tag: string): readonly PgCancel[]
  /** A request of this tag may still move money. */
  mayCome(tag: string): boolean
  consoleCancel(account: PgAccount, amount: number): PgCancel | null
  show(account: PgAccount, cancel: PgCancel): void
  fail(account: PgAccount, cancel: PgCancel): void
}

export function createFakePg(seeded: Seeded, time: FakeTime, shop: readonly ShopPayment[]): FakePg {
  let cancelNo = 0
  const byTag = new Map<string, PgCancel[]>()
  const accounts: PgAccount[] = []
  const kicc = createKiccBook(seeded, time)
  const late: PgRequest[] = []
  const blind: Blind[] = []
  /** PortOne V2: by key, what was answered and when. */
  const answered = new Map<string, { readonly atMs: number; readonly verdict: PgVerdict }>()
  const sum = (account: PgAccount, counts: (cancel: PgCancel) => boolean): number =>
    account.cancels.reduce((total, cancel) => total + (counts(cancel) ? cancel.amount : 0), 0)
  const shownTotal = (account: PgAccount): number => sum(account, (cancel) => !cancel.gone && cancel.shownAtMs !== null)
  const trueTotal = (account: PgAccount): number => sum(account, (cancel) => !cancel.gone)
  const book = (
    account: PgAccount,
    {
      amount,
      tag,
      reason,
      shown,
      accountNo = null,
    }: Pick<PgCancel, 'amount' | 'tag' | 'reason'> & { readonly shown: boolean; readonly accountNo?: string | null },
  ): PgCancel => {
    const takenAtMs = time.trueMs()
    cancelNo += 1
    const cancel: PgCancel = {
      cancelKey: `cancel-${cancelNo}`,
      amount,
      tag,
      reason,
      takenAtMs,
      balanceAfter: account.payment.paid - trueTotal(account) - amount,
      accountNo,
      shownAtMs: shown ? takenAtMs : null,
      paidOut: false,
      gone: false,
      rejected: false,
    }
    account.cancels.push(cancel)
    account.version += 1
    if (tag !== null) byTag.set(tag, [...(byTag.get(tag) ?? []), cancel])
    if (account.payment.pg === 'kicc') kicc.noteCancel(account, cancel)
    return cancel
  }
  const open = (payment: ShopPayment): PgAccount => {
    const paidAtMs = time.trueMs() - seeded.between(1, 5) * DAY_MS
    const account: PgAccount = { payment, paidAtMs, cancels: [], version: 0 }
    accounts.push(account)
    if (payment.cancelledBefore > 0)
      book(account, { amount: payment.cancelledBefore, tag: null, reason: '고객 요청', shown: true })
    if (payment.pg === 'kicc') kicc.notePayment(account)
    return account
  }
  shop.forEach(open)

  /** A PG keeps the text, replaces it with its own, cuts its end, or puts words around it. */
  const kept = (reason: string): string =>
    seeded.weighted([
      [84, reason],
      [7, '고객요청 취소'],
      [4, reason.slice(0, 6)],
      [5, `[API] ${reason}`],
    ]) ?? reason

  const find = (pgKey: string): PgAccount | undefined => accounts.find((each) => each.payment.pgKey === pgKey)

  const judgePortone = ({ pgKey, amount: asked, checksum, reason }: PgRequest): PgVerdict => {
    const account = find(pgKey)
    if (account === undefined) return { kind: 'refused', why: 'no-such-payment' }
    const { payment } = account
    const shownBalance = payment.paid - shownTotal(account)
    const amount = asked ?? shownBalance
    if (shownBalance === 0) return { kind: 'refused', why: 'already-cancelled' }
    // Only what shows is compared: a refund on its way has not reduced it yet.
    if (checksum !== null && checksum !== shownBalance) return { kind: 'refused', why: 'balance-differs' }
    if (amount > shownBalance) return { kind: 'refused-in-words', words: '취소 요청금액이 취소 가능 잔액보다 큽니다.' }
    if (amount > payment.paid - trueTotal(account)) return { kind: 'refused-in-words', words: '취소 가능 금액 초과' }
    if (payment.closedAtNight && isNight(time.trueMs()))
      return { kind: 'refused-in-words', words: '가상계좌 환불 불가 시간입니다' }
    if (checksum === null) blind.push({ tag: tagIn(reason), balance: shownBalance })
    const shown = payment.showing === 'at-once' || (payment.showing === 'unsaid' && seeded.chance(0.5))
    return { kind: 'taken', cancel: book(account, { amount, tag: tagIn(reason), reason: kept(reason), shown }) }
  }

  /** Within three hours PortOne V2 answers a used key as before and does nothing; later the key is new to it. */
  const judgeOnce = (request: PgRequest, key: string): PgVerdict => {
    const before = answered.get(key)
    if (before !== undefined && time.trueMs() - before.atMs < REPLAY_MS) return before.verdict
    if (late.some((each) => each.key === key)) return { kind: 'outstanding' }
    const verdict = judgePortone(request)
    answered.set(key, { atMs: time.trueMs(), verdict })
    return verdict
  }

  const judgeKicc = (request: PgRequest): PgVerdict => {
    const record = request.record ?? kicc.receive(request)
    if ('kind' in record) return record
    const account = find(request.pgKey)
    const refuse = (words: string): PgVerdict => {
      record.state = 'refused'
      return { kind: 'refused-in-words', words }
    }
    if (account === undefined) return refuse('8001 원거래가 없습니다')
    const { paid } = account.payment
    const left = paid - trueTotal(account)
    const amount = request.amount ?? paid
    if (amount > left) return refuse('8002 환불 가능 금액을 초과하였습니다')
    const { accountNo, reason } = request
    record.cancel = book(account, { amount, tag: tagIn(reason), reason, shown: true, accountNo })
    record.state = 'taken'
    return { kind: 'taken', cancel: record.cancel }
  }

  return {
    accounts,
    kicc,
    addPayment: () =>
      nextPayments(seeded, accounts.length + 1)
        .map((payment) => open(payment).payment.pgKey)
        .join(' and '),
    late,
    blind,
    outage: false,
    account: find,
    shownTotal,
    judge(request) {
      if (request.pg === 'kicc') return judgeKicc(request)
      return request.key === null ? judgePortone(request) : judgeOnce(request, request.key)
    },
    effectsOf: (tag) => (byTag.get(tag) ?? []).filter((cancel) => !cancel.gone),
    cancelsOf: (tag) => byTag.get(tag) ?? [],
    mayCome: (tag) => late.some((request) => request.reason.includes(tag)),
    view(account) {
      const { payment } = account
      const cancelledTotal = shownTotal(account)
      const shown = account.cancels.filter((cancel) => !cancel.gone && cancel.shownAtMs !== null)
      return {
        channelId: payment.channelId,
        paymentId: paymentIdOf(payment.channelId, payment.pgKey),
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
        // PortOne V2 tells of what it was asked for as well.
        ...(payment.pg === 'portone-v2'
          ? {
              requested: account.cancels
                .filter((cancel) => !cancel.gone && cancel.shownAtMs === null)
                .map((cancel) => factOf(payment, cancel)),
            }
          : {}),
        paidAtMs: account.paidAtMs,
        buyerName: '홍길동',
        productName: '상품',
        escrow: false,
        sandbox: false,
        promotion: false,
      }
    },
    consoleCancel(account, amount) {
      const { payment } = account
      if (amount <= 0 || amount > payment.paid - Math.max(shownTotal(account), trueTotal(account))) return null
      return book(account, { amount, tag: null, reason: seeded.pick(['', '고객 변심', '관리자 취소']), shown: true })
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
  const hour = Math.floor(msIntoSeoulDay(atMs) / 3_600_000)
  return hour >= 23 || hour < 6
}
