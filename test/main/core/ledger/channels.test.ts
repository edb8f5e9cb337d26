import * as v from 'valibot'
import { expect, test } from 'vitest'
import { ChannelIdSchema } from '../../../../src/domain/ids'
import { FIRST_OPTIONS } from '../../../../src/domain/channel-options'
import { createChannels, MAIN_CHANNEL, type ChannelRecord } from '../../../../src/main/core/ledger/channels'
import { openTestLedger } from '../../../support/open-test-ledger'

const SECOND = {
  channelId: v.parse(ChannelIdSchema, 'second'),
  name: '둘째',
  options: { ...FIRST_OPTIONS.kicc, merchantId: 'T1234567', services: ['settlement'] },
  parallel: 8,
} satisfies ChannelRecord

const CHANGED: ChannelRecord = {
  channelId: MAIN_CHANNEL.channelId,
  name: '본점',
  options: { pg: 'portone-v1', includeSandbox: true },
  parallel: 4,
}

test('channels are added beside the first one and found by id', () => {
  const { ledger, clock } = openTestLedger()
  const channels = createChannels(ledger)
  clock.advance(1)
  ledger.write(() => channels.add(SECOND))
  expect(channels.list()).toEqual([MAIN_CHANNEL, SECOND])
  expect(channels.get(SECOND.channelId)).toEqual(SECOND)
  expect(channels.get(v.parse(ChannelIdSchema, 'third'))).toBeNull()
  expect(() => ledger.write(() => channels.add(SECOND))).toThrow(/UNIQUE/)
})

test('a channel is renamed in place, one that is not there is not', () => {
  const { ledger } = openTestLedger()
  const channels = createChannels(ledger)
  ledger.write(() => channels.save(CHANGED))
  expect(channels.list()).toEqual([CHANGED])
  expect(() => ledger.write(() => channels.save(SECOND))).toThrow('second')
})

test('a channel never changes its PG, and the database refuses options of another one', () => {
  const { ledger } = openTestLedger()
  const channels = createChannels(ledger)
  expect(() => ledger.write(() => channels.save({ ...MAIN_CHANNEL, options: SECOND.options }))).toThrow('another PG')
  const insert = (): unknown =>
    ledger
      .sql(`INSERT INTO channel (channel_id, pg, name, options, created_at_ms) VALUES ('x', 'kicc', 'x', ?, 1)`)
      .run(JSON.stringify(MAIN_CHANNEL.options))
  expect(() => ledger.write(insert)).toThrow(/CHECK/)
})

test('channels change inside a unit of work only', () => {
  const channels = createChannels(openTestLedger().ledger)
  expect(() => channels.add(SECOND)).toThrow('unit of work')
  expect(() => channels.save(MAIN_CHANNEL)).toThrow('unit of work')
})
