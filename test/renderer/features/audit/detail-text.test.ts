import { describe, expect, it } from 'vitest'
import { detailParts } from '../../../../src/renderer/features/audit/detail-text'

describe('details of the record', () => {
  it('names each value and writes figures with separators', () => {
    expect(detailParts('{"amount":1234000,"tag":"RD7K2M9QX4"}')).toEqual([
      ['amount', '1,234,000'],
      ['tag', 'RD7K2M9QX4'],
    ])
  })

  it('leaves plain words and broken text as they stand', () => {
    expect(detailParts('점검')).toBeNull()
    expect(detailParts('{"amount":')).toBeNull()
    expect(detailParts('[1,2]')).toBeNull()
  })
})
