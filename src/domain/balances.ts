import { addWon, subtractWon, won, type Won } from './money'

/**
 * Three balances, three names (docs/architecture.md).
 * `ledgerBalance` is what OUR ledger believes the PG still holds: it alone becomes the checksum.
 * `pgBalance` is the PG's last snapshot: it never becomes a checksum.
 * `promisable` is what may still be promised: the ledger balance less the reservations.
 */
export interface Balances {
  readonly ledgerBalance: Won
  readonly pgBalance: Won | null
  readonly promisable: Won
}

export function ledgerBalance(paid: Won, ourCancels: readonly Won[]): Won {
  return subtractWon(paid, addWon(won(0), ...ourCancels))
}

export function promisable(balance: Won, reservations: readonly Won[]): Won {
  return subtractWon(balance, addWon(won(0), ...reservations))
}

/** A PG that holds another amount than we believe: nothing may be sent until the case is settled. */
export function balancesDiffer(balances: Balances): boolean {
  return balances.pgBalance !== null && balances.pgBalance !== balances.ledgerBalance
}
