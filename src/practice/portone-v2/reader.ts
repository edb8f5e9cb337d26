import { ASYNCHRONOUS_AFTER_MS, type Scenario } from '../scenario'
import type { V2Account, V2Books } from './books-part'
import { settleDue } from './cancel'

/** Look-ups by a client: they move asynchronous cancels along. */
export interface V2Reader {
  one(paymentId: string): V2Account | undefined
  all(): readonly V2Account[]
}

export function createV2Reader(books: V2Books, nowMs: () => number, scenario: () => Scenario): V2Reader {
  const lookups = new Map<string, number>()

  function read(account: V2Account): V2Account {
    const { paymentId } = account.payment
    if (account.cancels.every(({ status }) => status !== 'REQUESTED')) {
      lookups.delete(paymentId)
      return account
    }
    const count = (lookups.get(paymentId) ?? 0) + 1
    lookups.set(paymentId, count)
    const { afterLookups = 0, vanishes = false, afterMs } = scenario().asynchronous ?? {}
    // Counting look-ups alone means that time does not matter.
    const waitMs = afterMs ?? (afterLookups > 0 ? 0 : ASYNCHRONOUS_AFTER_MS)
    if (count >= afterLookups) settleDue(books, account, nowMs(), waitMs, vanishes)
    return books.v2Account(paymentId) ?? account
  }

  return {
    one(paymentId) {
      const account = books.v2Account(paymentId)
      return account === undefined ? undefined : read(account)
    },
    all: () => [...books.v2Accounts()].map(read),
  }
}
