import type { ChannelId } from '../../../domain/ids'
import type { PgNotice } from '../../../domain/pg-notice'
import type { Ledger } from './open-ledger'

/** Keeps a notification of the PG. Answers false where the same one was kept before. Inside a unit of work. */
export function insertNotice(
  ledger: Ledger,
  channelId: ChannelId,
  { fingerprint, kind }: Pick<PgNotice, 'fingerprint' | 'kind'>,
  content: string,
): boolean {
  return (
    ledger
      .sql(
        `INSERT INTO pg_notice (channel_id, fingerprint, kind, recorded_at_ms, content_enc) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (channel_id, fingerprint) DO NOTHING`,
      )
      .run(
        channelId,
        fingerprint,
        kind,
        ledger.nowMs(),
        ledger.cipher.seal(`pg_notice.content:${channelId}:${fingerprint}`, content),
      ).changes === 1
  )
}
