import { describe, expect, it } from 'vitest'
import { PAYMENT_METHODS } from '../../../../src/domain/payment'
import {
  alongWith,
  bindsEveryMethod,
  passes,
  providersToChoose,
  ruleActOf,
  ruleCounts,
} from '../../../../src/renderer/features/settings/rule-facts'

const override = { by: '김담당', reason: '별도 계약', atMs: 1 }

describe('the rules of a channel', () => {
  const rules = [
    { confidence: 'official', override: null },
    { confidence: 'official', override },
    { confidence: 'unconfirmed', override },
    { confidence: 'own', override: null },
  ] as const

  it('are counted by what they are filtered by', () => {
    expect(ruleCounts(rules)).toEqual({ all: 4, aside: 2, unconfirmed: 1, own: 1 })
    expect(rules.filter((rule) => passes(rule, 'aside'))).toEqual([rules[1], rules[2]])
  })

  it('can be set aside where a contract may say otherwise, and put in force again', () => {
    expect(ruleActOf({ overridable: true, override: null })).toBe('aside')
    expect(ruleActOf({ overridable: true, override })).toBe('restore')
    expect(ruleActOf({ overridable: false, override: null })).toBeNull()
  })

  it('can be put in force again even where this version would not let them be set aside', () => {
    expect(ruleActOf({ overridable: false, override })).toBe('restore')
  })

  it('can be narrowed to one PG where the channel has several, and are changed for all of them at once', () => {
    const ofPgs = [
      { ruleId: 'portone/mobile-full', provider: 'kcp' },
      { ruleId: 'portone/mobile-full', provider: 'daou' },
      { ruleId: 'kcp/mobile-month', provider: 'kcp' },
    ] as const
    expect(providersToChoose(ofPgs)).toEqual(['kcp', 'daou'])
    expect(providersToChoose([ofPgs[0], ofPgs[2]])).toEqual([])
    expect(alongWith(ofPgs, ofPgs[0])).toEqual(['daou'])
    expect(alongWith(ofPgs, ofPgs[2])).toEqual([])
  })

  it('name their methods unless they bind every one', () => {
    expect(bindsEveryMethod({ methods: [...PAYMENT_METHODS] })).toBe(true)
    expect(bindsEveryMethod({ methods: ['virtual-account'] })).toBe(false)
  })
})
