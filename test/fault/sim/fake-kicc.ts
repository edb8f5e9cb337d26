import { KICC_REAL_TIME, KICC_SETTLEMENT } from './channels'
import type { PgAccount, PgCancel, PgRequest, PgVerdict } from './fake-pg'
import type { FakeTime } from './fake-time'
import type { Seeded } from './seeded'
import { DAY_MS, msIntoSeoulDay, seoulDay, seoulDigits } from './seoul'

const MINUTE_MS = 60_000

/** What KICC keeps of one request, by its key and the day on which it came. */
export interface KiccRecord {
  readonly key: string
  readonly day: string
  state: 'working' | 'refused' | 'taken'
  cancel: PgCancel | null
}

/** What KICC has beside its payments: the requests of two days, and the notifications in the merchant's own log. */
export interface KiccBook {
  /** A request comes in: it is registered under its key, or refused as one that is not of today or known already. */
  receive(request: PgRequest): KiccRecord | Extract<PgVerdict, { kind: 'refused-in-words' }>
  /** The record of a key on a day, null where there is none, `closed` for a day that is over too long. */
  find(key: string, day: string): KiccRecord | 'closed' | null
  /** Bodies of notifications, in the order in which they came. */
  readonly notices: readonly Readonly<Record<string, unknown>>[]
  notePayment(account: PgAccount): void
  noteCancel(account: PgAccount, cancel: PgCancel): void
  /** The money arrives, which is notified for a settlement refund only. */
  payOut(account: PgAccount, cancel: PgCancel): void
  /** A bank sends the money back; the notification names the account, and perhaps the refund. */
  sendBack(account: PgAccount, cancel: PgCancel): void
  /** Nobody is told. */
  reject(account: PgAccount, cancel: PgCancel): void
}

export function createKiccBook(seeded: Seeded, time: FakeTime): KiccBook {
  const records = new Map<string, KiccRecord>()
  const notices: Readonly<Record<string, unknown>>[] = []
  const head = ({ payment }: PgAccount, notiType: string, pgCno: string): Readonly<Record<string, unknown>> => ({
    resCd: '0000',
    resMsg: '정상',
    mallId: (payment.channelId === KICC_SETTLEMENT.channelId ? KICC_SETTLEMENT : KICC_REAL_TIME).options.merchantId,
    notiType,
    pgCno,
    shopOrderNo: payment.orderNo,
    transactionDate: seoulDigits(time.trueMs()),
    payMethodTypeCode: payment.method === 'mobile' ? '31' : '22',
  })
  const ofRefund = (account: PgAccount, notiType: string, more: Readonly<Record<string, unknown>>): void => {
    const { transaction, pgKey } = account.payment
    notices.push({ ...head(account, notiType, transaction ?? pgKey), ...more })
  }
  const change = (account: PgAccount): void => {
    account.version += 1
  }
  return {
    receive({ key, day }) {
      const nowMs = time.trueMs()
      const today = seoulDay(nowMs)
      const refuse = (words: string) => ({ kind: 'refused-in-words', words }) as const
      if (key === null) return refuse('9001 거래번호가 없습니다')
      // What left in the last seconds of its day may come in the first ones of the next.
      const atMidnight = msIntoSeoulDay(nowMs) < MINUTE_MS && day === seoulDay(nowMs - DAY_MS)
      if (day !== today && !atMidnight) return refuse('9002 취소요청일자 오류')
      const place = `${key} ${today}`
      if (records.has(place)) return refuse('9003 중복된 거래번호입니다')
      const record: KiccRecord = { key, day: today, state: 'working', cancel: null }
      records.set(place, record)
      return record
    },
    find(key, day) {
      const nowMs = time.trueMs()
      if (day !== seoulDay(nowMs) && day !== seoulDay(nowMs - DAY_MS)) return 'closed'
      return records.get(`${key} ${day}`) ?? null
    },
    notices,
    notePayment(account) {
      const { payment, paidAtMs } = account
      const common = { amount: String(payment.paid), transactionDate: seoulDigits(paidAtMs), escrowUsed: 'N' }
      notices.push(
        payment.transaction === null
          ? { ...head(account, '10', payment.pgKey), ...common, statusCode: 'TS01' }
          : { ...head(account, '30', payment.pgKey), ...common, tlfSno: payment.transaction, statusCode: 'TS08' },
      )
    },
    noteCancel(account, cancel) {
      const atOnce = account.payment.channelId === KICC_REAL_TIME.channelId
      if (!atOnce && cancel.tag !== null) return
      cancel.paidOut = true
      const { transaction, pgKey } = account.payment
      // Of an account with several deposits only the deposit's number says whose cancel of somebody else's it is.
      const named = transaction !== null && (cancel.tag === null || seeded.chance(0.5))
      ofRefund(account, '20', {
        ...(named ? { depositPgCno: pgKey } : {}),
        statusCode: cancel.tag === null ? seeded.pick(['TS06', '']) : 'RF02',
        cancelPgCno: cancel.cancelKey,
        cancelAmount: String(cancel.amount),
        ...(seeded.chance(0.8) ? { cancelRemainAmount: String(cancel.balanceAfter) } : {}),
      })
    },
    payOut(account, cancel) {
      cancel.paidOut = true
      change(account)
      ofRefund(account, '50', { statusCode: 'RF02', cancelPgCno: cancel.cancelKey })
    },
    sendBack(account, cancel) {
      cancel.gone = true
      change(account)
      ofRefund(account, '51', {
        resCd: '5413',
        resMsg: '이체 불능',
        accountNo: cancel.accountNo,
        ...(seeded.chance(0.4) ? { cancelPgCno: cancel.cancelKey } : {}),
      })
    },
    reject(account, cancel) {
      cancel.gone = true
      cancel.rejected = true
      change(account)
    },
  }
}
