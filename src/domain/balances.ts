import { subtractWon, type Won } from './money'

/**
 * Three balances, three names (docs/architecture.md).
 * `ledgerBalance` is what OUR ledger believes the PG still holds: it alone becomes the checksum.
 * `pgBalance` is the PG's last snapshot: it never becomes a checksum.
 * `promisable` is what may still be promised: the ledger balance less the reservations.
 */
export interface Balances {
  readonly ledgerBalance: Won
  readonly pgBalance: Won
  readonly promisable: Won
}

export interface BalanceFigures {
  readonly paid: Won
  /** Sum of OUR cancel entries, corrections included. */
  readonly cancelled: Won
  /** Sum of the reservations that stand. */
  readonly reserved: Won
  /** The PG's own total at its last snapshot. */
  readonly pgCancelled: Won
}

export function balancesOf({ paid, cancelled, reserved, pgCancelled }: BalanceFigures): Balances {
  const ledgerBalance = subtractWon(paid, cancelled)
  return { ledgerBalance, pgBalance: subtractWon(paid, pgCancelled), promisable: subtractWon(ledgerBalance, reserved) }
}

/** A PG that holds another amount than we believe: nothing may be sent until the case is settled. */
export function balancesDiffer({ ledgerBalance, pgBalance }: Pick<Balances, 'ledgerBalance' | 'pgBalance'>): boolean {
  return ledgerBalance !== pgBalance
}
