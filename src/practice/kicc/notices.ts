import { kstDigits } from '../clock'
import { bankName, noticeBankCode } from './banks'
import type { KiccBody, KiccBooks, KiccNotice, KiccTurn } from './ledger'
import type { KiccDeposit, KiccPayment, KiccRefund } from './payment'
import { SUCCESS, TRANSFER_IMPOSSIBLE } from './results'

interface Planned {
  readonly event: string
  readonly dueAtMs: number
  readonly body: KiccBody
}

const MINUTE_MS = 60_000
/** KICC sends again every three minutes until it is answered. */
const REPEAT_MS = 3 * MINUTE_MS

/**
 * Does what is due at `nowMs`: D+1 refunds turn, impossible transfers come back, notifications reach the merchant's
 * server. Call it before anything is judged or shown.
 */
export function settleDue(kicc: KiccBooks, nowMs: number): void {
  const turns = kicc
    .refunds()
    .filter(({ fate, state, dueAtMs }) => state !== fate && dueAtMs <= nowMs)
    .map(({ cancelPgCno, fate }): KiccTurn => ({ cancelPgCno, state: fate }))
  const first = kicc.notices().length + 1
  const notices = planned(kicc)
    .filter(({ event, dueAtMs }) => dueAtMs <= nowMs && !kicc.wasSent(event))
    .toSorted((a, b) => a.dueAtMs - b.dueAtMs)
    .map(({ event, dueAtMs, body }, index): KiccNotice => ({ seq: first + index, event, atMs: dueAtMs, body }))
  if (turns.length > 0 || notices.length > 0) kicc.addDue(turns, notices)
}

function planned(kicc: KiccBooks): readonly Planned[] {
  return kicc
    .accounts()
    .flatMap(({ payment, refunds }) => [
      ...noticesOfPayment(payment),
      ...refunds.flatMap((refund) => noticesOfRefund(payment, refund)),
    ])
}

/** Every third event by its number comes twice: the answer to the first one was lost. */
function withRepeat(notice: Planned, number: string): readonly Planned[] {
  return Number(number.slice(-5)) % 3 === 0
    ? [notice, { ...notice, event: `${notice.event} again`, dueAtMs: notice.dueAtMs + REPEAT_MS }]
    : [notice]
}

function common({ mallId, shopOrderNo }: KiccPayment, notiType: string, pgCno: string): KiccBody {
  return { resCd: SUCCESS, resMsg: '정상', mallId, notiType, pgCno, shopOrderNo }
}

const uses = ({ escrow, basket }: KiccPayment): KiccBody => ({
  escrowUsed: escrow ? 'Y' : 'N',
  basketUsed: basket.length > 0 ? 'Y' : 'N',
})

function bankOf(account: { readonly bankCode: string; readonly accountNo: string } | null): KiccBody {
  return account === null
    ? {}
    : {
        bankCode: noticeBankCode(account.bankCode),
        bankName: bankName(account.bankCode) ?? '',
        accountNo: account.accountNo,
      }
}

function noticesOfPayment(payment: KiccPayment): readonly Planned[] {
  const { pgCno, approvedAtMs, vbank } = payment
  const approval: Planned = {
    event: `10 ${pgCno}`,
    dueAtMs: approvedAtMs,
    body: {
      ...common(payment, '10', pgCno),
      amount: String(payment.amount),
      transactionDate: kstDigits(approvedAtMs),
      payMethodTypeCode: payment.method,
      statusCode: vbank === null ? 'TS01' : 'TS07',
      customerName: payment.customerName,
      goodsName: payment.goodsName,
      ...uses(payment),
      ...bankOf(vbank),
    },
  }
  const lastDeposit = payment.deposits.at(-1)
  const escrow: Planned[] =
    payment.escrow && lastDeposit !== undefined
      ? [
          {
            event: `40 ${pgCno}`,
            dueAtMs: lastDeposit.atMs + MINUTE_MS,
            body: {
              ...common(payment, '40', pgCno),
              transactionDate: kstDigits(lastDeposit.atMs + MINUTE_MS),
              payMethodTypeCode: payment.method,
              statusCode: 'ES12',
              statusMessage: '구매결정',
              ...uses(payment),
            },
          },
        ]
      : []
  return [
    ...withRepeat(approval, pgCno),
    ...payment.deposits.flatMap((deposit) => withRepeat(depositNotice(payment, deposit), deposit.pgCno)),
    ...escrow,
  ]
}

/** `pgCno` is the deposit's own number here, and the account issue's stands in `tlfSno`. */
function depositNotice(payment: KiccPayment, deposit: KiccDeposit): Planned {
  return {
    event: `30 ${deposit.pgCno}`,
    dueAtMs: deposit.atMs,
    body: {
      ...common(payment, '30', deposit.pgCno),
      tlfSno: payment.pgCno,
      amount: String(deposit.amount),
      transactionDate: kstDigits(deposit.atMs),
      payMethodTypeCode: payment.method,
      statusCode: 'TS08',
      depositName: payment.customerName,
      ...uses(payment),
      ...bankOf(payment.vbank),
    },
  }
}

function noticesOfRefund(payment: KiccPayment, refund: KiccRefund): readonly Planned[] {
  const { cancelPgCno, acceptedAtMs, dueAtMs, fate } = refund
  const outcome = (notiType: string, atMs: number, more: KiccBody): Planned => ({
    event: `${notiType} ${cancelPgCno}`,
    dueAtMs: atMs,
    body: {
      ...common(payment, notiType, payment.pgCno),
      transactionDate: kstDigits(atMs),
      payMethodTypeCode: payment.method,
      statusCode: 'RF02',
      cancelPgCno,
      ...more,
      ...(refund.depositPgCno === null ? {} : { depositPgCno: refund.depositPgCno }),
      ...uses(payment),
    },
  })
  const atOnce =
    refund.reviseTypeCode === '63'
      ? [
          outcome('20', acceptedAtMs, {
            cancelAmount: String(refund.amount),
            cancelRemainAmount: String(refund.balanceAfter),
          }),
        ]
      : []
  // The sample of 50 has no amount, and nothing at all is sent for a rejected refund.
  const later =
    fate === 'bounced'
      ? [impossible(payment, refund)]
      : fate === 'paid' && refund.reviseTypeCode !== '63'
        ? [outcome('50', dueAtMs, {})]
        : []
  return [...atOnce, ...later].flatMap((notice) => withRepeat(notice, cancelPgCno))
}

/** Names the account and not the refund: whoever reads it has to find the refund himself. */
function impossible(payment: KiccPayment, refund: KiccRefund): Planned {
  return {
    event: `51 ${refund.cancelPgCno}`,
    dueAtMs: refund.dueAtMs,
    body: {
      ...common(payment, '51', payment.pgCno),
      ...TRANSFER_IMPOSSIBLE,
      transactionDate: kstDigits(refund.dueAtMs),
      ...bankOf(refund.account),
    },
  }
}

/** One notification a line, as the merchant's server logged their bodies. */
export const noticeLines = (notices: readonly KiccNotice[]): string =>
  notices.map(({ body }) => `${JSON.stringify(body)}\n`).join('')
