import type { FakePg } from './fake-pg'
import type { CaseFact, RowFact } from './facts'
import type { Machine } from './machine'

/** What KICC's own console shows of a row's refund to whoever looks there. */
export type InConsole =
  /** Received and not worked on: nobody decides yet. */
  | 'on-its-way'
  | 'nothing'
  | 'asked'
  | 'arrived'
  | 'came-back'
  /** Rejected on its day, which nobody was told. */
  | 'rejected'

export function inConsole({ facts }: Machine, pg: FakePg, { rowId }: Pick<RowFact, 'rowId'>): InConsole {
  const tags = facts.tagsOfRow(rowId)
  if (tags.some(pg.mayCome)) return 'on-its-way'
  const [cancel] = tags.flatMap((tag) => pg.cancelsOf(tag))
  if (cancel === undefined) return 'nothing'
  if (cancel.gone) return cancel.rejected ? 'rejected' : 'came-back'
  return cancel.paidOut ? 'arrived' : 'asked'
}

export type PersonsWord = 'row.decideOurs' | 'row.decideNotSent' | 'row.confirmPayout' | 'row.payoutFailed'

/** What a careful person states about a KICC row in this state, on what the console shows; null for nothing yet. */
export function carefulWord(state: RowFact['state'], shown: InConsole): PersonsWord | null {
  switch (state) {
    case 'needs-look':
      if (shown === 'on-its-way') return null
      return shown === 'nothing' || shown === 'rejected' ? 'row.decideNotSent' : 'row.decideOurs'
    case 'accepted':
      if (shown === 'arrived') return 'row.confirmPayout'
      return shown === 'came-back' || shown === 'rejected' ? 'row.payoutFailed' : null
    case 'paid-out':
      return shown === 'came-back' ? 'row.payoutFailed' : null
    default:
      return null
  }
}

/**
 * What a careful person does with a case: at KICC its history is taken over only for a cancel of somebody else's that the
 * console shows, and ours is right where the console has our total. What is ours is said of its row; null for nothing yet.
 */
export function carefulAct({ facts }: Machine, pg: FakePg, found: CaseFact): 'drift.adopt' | 'drift.dismiss' | null {
  const account = pg.account(found.paymentId.slice(found.paymentId.indexOf(':') + 1))
  if (account?.payment.pg !== 'kicc') return 'drift.adopt'
  const ours = facts.payments().find(({ paymentId }) => paymentId === found.paymentId)
  if (ours?.open !== 0) return null
  if (account.cancels.some(({ cancelKey, tag }) => cancelKey === found.cancelKey && tag === null)) return 'drift.adopt'
  return ours.cancelled === pg.shownTotal(account) ? 'drift.dismiss' : null
}

export const isKiccRow = (pg: FakePg, { paymentId }: Pick<RowFact, 'paymentId'>): boolean =>
  pg.account(paymentId.slice(paymentId.indexOf(':') + 1))?.payment.pg === 'kicc'
