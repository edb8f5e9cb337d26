import type { ChannelId } from '../../../domain/ids'
import type { PgNotice } from '../../../domain/pg-notice'
import type { Ledger } from './open-ledger'

/** Whether the same notification was kept before: a PG repeats itself. */
export function hasNotice(ledger: Ledger, channelId: ChannelId, fingerprint: string): boolean {
  const found = ledger
    .sql('SELECT 1 FROM pg_notice WHERE channel_id = ? AND fingerprint = ?')
    .get(channelId, fingerprint)
  return found !== undefined
}

/** Keeps a notification of the PG, once. Inside a unit of work. */
export function insertNotice(
  ledger: Ledger,
  channelId: ChannelId,
  { fingerprint, kind }: Pick<PgNotice, 'fingerprint' | 'kind'>,
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
}
