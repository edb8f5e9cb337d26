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
 * Whether a careful person takes KICC's history over in this case: only for a cancel of somebody else's that its console
 * shows. What is ours is said of its row.
 */
export function mayAdopt(pg: FakePg, found: CaseFact): boolean {
  if (!isKiccRow(pg, found)) return true
  const account = pg.account(found.paymentId.slice(found.paymentId.indexOf(':') + 1))
  return account?.cancels.some((cancel) => cancel.cancelKey === found.cancelKey && cancel.tag === null) === true
}

export const isKiccRow = (pg: FakePg, { paymentId }: Pick<RowFact, 'paymentId'>): boolean =>
  pg.account(paymentId.slice(paymentId.indexOf(':') + 1))?.payment.pg === 'kicc'
