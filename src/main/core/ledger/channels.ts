import * as v from 'valibot'
import { ChannelOptionsSchema, FIRST_OPTIONS, type ChannelOptions } from '../../../domain/channel-options'
import { ChannelIdSchema, type ChannelId } from '../../../domain/ids'
import { assert } from '../../../domain/result'
import { readRow, readRows } from './read-rows'
import type { UnitOfWork } from './unit-of-work'

/** One merchant account at one PG, without its secrets: those lie in the vault. */
export interface ChannelRecord {
  readonly channelId: ChannelId
  readonly name: string
  /** The PG, and what the channel is set to there. */
  readonly options: ChannelOptions
  /** Requests that may be under way at a time, 1 to 8. */
  readonly parallel: number
}

/** The channel that every new ledger begins with. */
export const MAIN_CHANNEL: ChannelRecord = {
  channelId: v.parse(ChannelIdSchema, 'main'),
  name: '기본 채널',
  options: FIRST_OPTIONS['portone-v1'],
  parallel: 2,
}

export interface Channels {
  list(): readonly ChannelRecord[]
  get(channelId: ChannelId): ChannelRecord | null
  /** Of a payment's channel: the ledger's references hold. */
  require(channelId: ChannelId): ChannelRecord
  /** Inside a unit of work. The id must be new. */
  add(channel: ChannelRecord): void
  /** Inside a unit of work: a channel that exists; its PG never changes. */
  save(channel: ChannelRecord): void
}

const RowSchema = v.object({
  channelId: ChannelIdSchema,
  name: v.string(),
  options: v.string(),
  parallel: v.number(),
})
const COLUMNS = 'channel_id AS channelId, name, options, parallel'

function toChannel({ options, ...rest }: v.InferOutput<typeof RowSchema>): ChannelRecord {
  return { ...rest, options: v.parse(ChannelOptionsSchema, JSON.parse(options)) }
}

export function createChannels(
  work: Pick<UnitOfWork, 'sql' | 'assertWriting'> & { readonly nowMs: () => number },
): Channels {
  const get = (channelId: ChannelId): ChannelRecord | null => {
    const row = readRow(RowSchema, work.sql(`SELECT ${COLUMNS} FROM channel WHERE channel_id = ?`).get(channelId))
    return row === null ? null : toChannel(row)
  }
  return {
    list: () =>
      readRows(RowSchema, work.sql(`SELECT ${COLUMNS} FROM channel ORDER BY created_at_ms, channel_id`).all()).map(
        toChannel,
      ),

    get,

    require(channelId) {
      const channel = get(channelId)
      assert(channel !== null, `channel ${channelId} is not in the ledger`)
      return channel
    },

    add(channel) {
      work.assertWriting()
      insertChannel(work, channel, work.nowMs())
    },

    save(channel) {
      work.assertWriting()
      const { changes } = work
        .sql('UPDATE channel SET name = ?, options = ?, parallel = ? WHERE channel_id = ? AND pg = ?')
        .run(channel.name, JSON.stringify(channel.options), channel.parallel, channel.channelId, channel.options.pg)
      assert(changes === 1, `channel ${channel.channelId} is not in the ledger, or is of another PG`)
    },
  }
}

export function insertChannel(work: Pick<UnitOfWork, 'sql'>, channel: ChannelRecord, createdAtMs: number): void {
  work
    .sql('INSERT INTO channel (channel_id, pg, name, options, parallel, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)')
    .run(
      channel.channelId,
      channel.options.pg,
      channel.name,
      JSON.stringify(channel.options),
      channel.parallel,
      createdAtMs,
    )
}
