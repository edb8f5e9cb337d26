import { describe, expect, it } from 'vitest'
import { PAYMENT_METHODS } from '../../../../src/domain/payment'
import { bindsEveryMethod, passes, ruleActOf, ruleCounts } from '../../../../src/renderer/features/settings/rule-facts'
import { ruleSentenceIn } from '../../../../src/renderer/features/settings/rule-words'

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

  it('name their methods unless they bind every one', () => {
    expect(bindsEveryMethod({ methods: [...PAYMENT_METHODS] })).toBe(true)
    expect(bindsEveryMethod({ methods: ['virtual-account'] })).toBe(false)
  })
})

describe('the sentence of a rule', () => {
  const words = {
    'rule.partial-max': '{{provider}}의 {{methods}} 결제는 {{max}}번까지 나누어 환불할 수 있습니다.',
    'rule.payout-weekly': '{{on}}에 입금됩니다.',
    'methods.all': '모든 결제수단',
    'weekday.4': '목요일',
  }

  it('shows names for codes and figures with separators', () => {
    const rule = {
      kind: 'partial-max',
      methods: ['card', 'mobile'] as ['card', 'mobile'],
      values: { provider: 'kcp', max: 1200 },
    }
    expect(ruleSentenceIn(words, rule, 'ko')).toBe(
      'NHN KCP의 카드, 휴대폰 결제는 1,200번까지 나누어 환불할 수 있습니다.',
    )
  })

  it('names days of the week, and every method in one word', () => {
    expect(ruleSentenceIn(words, { kind: 'payout-weekly', methods: [], values: { on: 4 } }, 'ko')).toBe(
      '목요일에 입금됩니다.',
    )
    const rule = { kind: 'partial-max', methods: [...PAYMENT_METHODS], values: { provider: 'kcp', max: 9 } }
    expect(ruleSentenceIn(words, rule, 'ko')).toContain('모든 결제수단 결제는')
  })

  it('is not made up for a kind without words', () => {
    expect(ruleSentenceIn(words, { kind: 'of-tomorrow', methods: [], values: {} }, 'ko')).toBeNull()
  })
})
