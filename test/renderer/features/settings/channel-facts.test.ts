import { describe, expect, it } from 'vitest'
import type { ChannelView } from '../../../../src/contract/views'
import { FIRST_OPTIONS, type KiccOptions } from '../../../../src/domain/channel-options'
import type { ChannelId } from '../../../../src/domain/ids'
import {
  hostKindOf,
  lacksOf,
  oddFieldsOf,
  sameOptions,
  savedKey,
  withServices,
} from '../../../../src/renderer/features/settings/channel-facts'

const kicc: KiccOptions = { ...FIRST_OPTIONS.kicc, services: [] }
const ready: KiccOptions = { ...kicc, merchantId: 'T0021792', services: ['settlement'] }
const keys = (...set: readonly boolean[]) => set.map((one, index) => ({ name: `key${index}`, set: one }))

describe('what keeps refunds of a channel from being sent', () => {
  it('is everything that a new KICC channel lacks, in the order of mending it', () => {
    expect(lacksOf({ options: kicc, keys: keys(false) })).toEqual(['merchant', 'services', 'keys'])
  })

  it('is a single missing key as well', () => {
    expect(lacksOf({ options: FIRST_OPTIONS['portone-v1'], keys: keys(true, false) })).toEqual(['keys'])
  })

  it('is nothing once all is there', () => {
    expect(lacksOf({ options: ready, keys: keys(true) })).toEqual([])
    expect(lacksOf({ options: FIRST_OPTIONS['portone-v2'], keys: keys(true) })).toEqual([])
  })
})

describe('where a channel leads', () => {
  it('is the practice PG in practice, whatever its options say', () => {
    expect(hostKindOf(ready, 'practice')).toBe('practice')
  })

  it('is what its options say in live mode', () => {
    expect(hostKindOf(ready, 'live')).toBe('live')
    expect(hostKindOf({ ...ready, host: 'test' }, 'live')).toBe('test')
    expect(hostKindOf(FIRST_OPTIONS['portone-v2'], 'live')).toBe('live')
  })
})

describe('fields that cannot be saved', () => {
  it('take a merchant ID of exactly eight characters, or none yet', () => {
    expect(oddFieldsOf(ready)).toEqual([])
    expect(oddFieldsOf({ ...ready, merchantId: '' })).toEqual([])
    for (const merchantId of ['T002179', 'T00217923', 'T00 1792', '상점번호여덟글자']) {
      expect(oddFieldsOf({ ...ready, merchantId }), merchantId).toEqual(['merchantId'])
    }
  })

  it('take no Korean and no blank in the other names', () => {
    expect(oddFieldsOf({ ...ready, operatorId: '담당자' })).toEqual(['operatorId'])
    expect(oddFieldsOf({ pg: 'portone-v2', storeId: 'store 1', includeTest: false })).toEqual(['storeId'])
    expect(oddFieldsOf({ pg: 'portone-v2', storeId: 'store-1', includeTest: false })).toEqual([])
  })
})

describe('the services of a KICC contract', () => {
  it('stay in one order, however they were ticked', () => {
    expect(withServices(kicc, ['real-time', 'settlement']).services).toEqual(['settlement', 'real-time'])
  })

  it('keep the preferred one among them', () => {
    expect(withServices(ready, ['real-time'])).toMatchObject({ services: ['real-time'], preferred: 'real-time' })
    expect(withServices({ ...ready, preferred: 'real-time' }, ['settlement', 'real-time']).preferred).toBe('real-time')
    expect(withServices(ready, [])).toMatchObject({ services: [], preferred: 'settlement' })
  })
})

describe('what is saved of a channel', () => {
  const channel: ChannelView = {
    channelId: 'main' as ChannelId,
    name: '본점',
    pg: 'kicc',
    host: 'pgapi.example',
    options: ready,
    parallel: 2,
    keys: keys(true),
  }

  it('is the same in any order of its fields', () => {
    const turned = Object.fromEntries(Object.entries(ready).toReversed()) as KiccOptions
    expect(sameOptions(ready, turned)).toBe(true)
    expect(sameOptions(ready, { ...ready, host: 'test' })).toBe(false)
    expect(savedKey({ ...channel, options: turned })).toBe(savedKey(channel))
  })

  it('begins a form anew when somebody else saved, not when a key was entered', () => {
    expect(savedKey({ ...channel, options: { ...ready, complexTax: true } })).not.toBe(savedKey(channel))
    expect(savedKey({ ...channel, keys: keys(false) })).toBe(savedKey(channel))
  })
})
