import * as v from 'valibot'
import type { ChannelId, PaymentId } from '../../../domain/ids'
import type { PgNotice } from '../../../domain/pg-notice'
import type { Ledger } from './open-ledger'
import { readRows } from './read-rows'

/**
 * What a notification is known by. The account of a payout that came back tells two apart that are equal otherwise; as a
 * keyed hash, since an account could be guessed from a plain one.
 */
export function fingerprintOf(ledger: Ledger, notice: PgNotice): string {
  if (notice.kind !== 'payout-failed' || notice.accountNo === null) return notice.fingerprint
  return `${notice.fingerprint}:${Buffer.from(ledger.cipher.hash('notice-account', notice.accountNo)).toString('hex')}`
}

/** Whether the same notification was kept before: a PG repeats itself. */
export function hasNotice(ledger: Ledger, channelId: ChannelId, fingerprint: string): boolean {
  const found = ledger
    .sql('SELECT 1 FROM pg_notice WHERE channel_id = ? AND fingerprint = ?')
    .get(channelId, fingerprint)
  return found !== undefined
}

/** Keeps a notification of the PG, once, and no longer as one without a place. Inside a unit of work. */
export function insertNotice(
  ledger: Ledger,
  channelId: ChannelId,
  fingerprint: string,
  kind: PgNotice['kind'],
  content: string,
): void {
  ledger
    .sql('INSERT INTO pg_notice (channel_id, fingerprint, kind, recorded_at_ms, content_enc) VALUES (?, ?, ?, ?, ?)')
    .run(
      channelId,
      fingerprint,
      kind,
      ledger.nowMs(),
      ledger.cipher.seal(`pg_notice.content:${channelId}:${fingerprint}`, content),
    )
  ledger.sql('DELETE FROM unplaced_notice WHERE fingerprint = ?').run(fingerprint)
}

const UNPLACED = ['payout', 'cancel', 'contradiction', 'withdrawn'] as const
/**
 * What a notification tells that fits nothing we know. `payout` and `cancel`: a refund that may be somebody else's.
 * `contradiction` and `withdrawn`: the payment itself is in doubt, and nothing may be refunded of it from here.
 */
export type Unplaced = (typeof UNPLACED)[number]

/** Marks a payment that a notification tells something unknown of. Inside a unit of work. */
export function markUnplaced(ledger: Ledger, paymentId: PaymentId, fingerprint: string, what: Unplaced): void {
  ledger
    .sql(
      `INSERT INTO unplaced_notice (payment_id, fingerprint, what, at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (payment_id, fingerprint) DO NOTHING`,
    )
    .run(paymentId, fingerprint, what, ledger.nowMs())
}

const UnplacedSchema = v.object({ what: v.picklist(UNPLACED) })

export function unplacedOf(ledger: Ledger, paymentId: PaymentId): Unplaced[] {
  const rows = ledger.sql('SELECT what FROM unplaced_notice WHERE payment_id = ?').all(paymentId)
  return readRows(UnplacedSchema, rows).map(({ what }) => what)
}

/** Whether a notification puts the payment itself in doubt. */
export function stopsRefunds(unplaced: readonly Unplaced[]): boolean {
  return unplaced.some((what) => what === 'contradiction' || what === 'withdrawn')
}
