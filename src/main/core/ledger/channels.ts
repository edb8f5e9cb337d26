import * as v from 'valibot'
import { ChannelIdSchema, type ChannelId } from '../../../domain/ids'
import { assert } from '../../../domain/result'
import { flagSchema, readRow, readRows } from './read-rows'
import type { UnitOfWork } from './unit-of-work'

/** One merchant account at one PG, without its secrets: those lie in the vault. */
export interface ChannelRecord {
  readonly channelId: ChannelId
  readonly pg: 'portone-v1'
  readonly name: string
  /** Whether the PG's test payments are read as well. */
  readonly includeSandbox: boolean
  /** Requests that may be under way at a time, 1 to 8. */
  readonly parallel: number
}

/** The channel that every new ledger begins with. */
export const MAIN_CHANNEL: ChannelRecord = {
  channelId: v.parse(ChannelIdSchema, 'main'),
  pg: 'portone-v1',
  name: '기본 채널',
  includeSandbox: false,
  parallel: 2,
}

export interface Channels {
  list(): readonly ChannelRecord[]
  get(channelId: ChannelId): ChannelRecord | null
  /** Inside a unit of work. The id must be new. */
  add(channel: ChannelRecord): void
  /** Inside a unit of work: name, includeSandbox and parallel of a channel that exists. */
  save(channel: Omit<ChannelRecord, 'pg'>): void
}

const ChannelSchema = v.object({
  channelId: ChannelIdSchema,
  pg: v.picklist(['portone-v1']),
  name: v.string(),
  includeSandbox: flagSchema,
  parallel: v.number(),
})
const COLUMNS = 'channel_id AS channelId, pg, name, include_sandbox AS includeSandbox, parallel'

export function createChannels(
  work: Pick<UnitOfWork, 'sql' | 'assertWriting'> & { readonly nowMs: () => number },
): Channels {
  return {
    list() {
      return readRows(
        ChannelSchema,
        work.sql(`SELECT ${COLUMNS} FROM channel ORDER BY created_at_ms, channel_id`).all(),
      )
    },

    get(channelId) {
      return readRow(ChannelSchema, work.sql(`SELECT ${COLUMNS} FROM channel WHERE channel_id = ?`).get(channelId))
    },

    add(channel) {
      work.assertWriting()
      insertChannel(work, channel, work.nowMs())
    },

    save(channel) {
      work.assertWriting()
      const { changes } = work
        .sql('UPDATE channel SET name = ?, include_sandbox = ?, parallel = ? WHERE channel_id = ?')
        .run(channel.name, Number(channel.includeSandbox), channel.parallel, channel.channelId)
      assert(changes === 1, `channel ${channel.channelId} is not in the ledger`)
    },
  }
}

export function insertChannel(work: Pick<UnitOfWork, 'sql'>, channel: ChannelRecord, createdAtMs: number): void {
  work
    .sql(
      'INSERT INTO channel (channel_id, pg, name, include_sandbox, parallel, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(channel.channelId, channel.pg, channel.name, Number(channel.includeSandbox), channel.parallel, createdAtMs)
}
