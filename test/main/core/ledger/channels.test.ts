import * as v from 'valibot'
import { expect, test } from 'vitest'
import { ChannelIdSchema } from '../../../../src/domain/ids'
import { createChannels, MAIN_CHANNEL } from '../../../../src/main/core/ledger/channels'
import { openTestLedger } from '../../../support/open-test-ledger'

const SECOND = {
  channelId: v.parse(ChannelIdSchema, 'second'),
  pg: 'portone-v1',
  name: '둘째',
  includeSandbox: true,
  parallel: 8,
} as const

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
  ledger.write(() =>
    channels.save({ channelId: MAIN_CHANNEL.channelId, name: '본점', includeSandbox: true, parallel: 4 }),
  )
  expect(channels.list()).toEqual([{ ...MAIN_CHANNEL, name: '본점', includeSandbox: true, parallel: 4 }])
  expect(() => ledger.write(() => channels.save(SECOND))).toThrow('second')
})

test('channels change inside a unit of work only', () => {
  const channels = createChannels(openTestLedger().ledger)
  expect(() => channels.add(SECOND)).toThrow('unit of work')
  expect(() => channels.save(MAIN_CHANNEL)).toThrow('unit of work')
})
