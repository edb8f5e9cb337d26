import { describe, expect, test } from 'vitest'
import { PAYMENT_METHODS } from '../../../src/domain/payment'
import { judgeByRules, type RuleInput } from '../../../src/domain/pg-rules/judge'
import { RULE_BOOK, rulesBinding } from '../../../src/domain/pg-rules/rule-book'
import { KICC_PROVIDERS } from '../../../src/domain/pg-rules/rules/kicc'
import { PORTONE_PROVIDERS } from '../../../src/domain/pg-rules/rules/providers'
import { PG_KINDS } from '../../../src/domain/pg'
import { RULE_CASES, type RuleCase } from './rule-cases'

const found = (input: RuleInput): readonly string[] =>
  judgeByRules(input).map(({ severity, code }) => `${severity} ${code}`)

function speaks(id: string, { base, finds }: RuleCase, change: Partial<RuleInput>): boolean {
  const input = { ...base, ...change }
  return finds === 'binds' ? rulesBinding(input).some((rule) => rule.id === id) : found(input).includes(finds)
}

describe.each(RULE_BOOK)('$id', (rule) => {
  const { id } = rule
  const tried = RULE_CASES[id]
  if (tried === undefined) throw new Error(`no case tries the rule ${id}`)

  test('speaks where it is broken and nowhere else', () => {
    expect(speaks(id, tried, tried.yes), 'yes').toBe(true)
    expect(speaks(id, tried, tried.no), 'no').toBe(false)
  })

  test('turns exactly at its edge', () => {
    expect(speaks(id, tried, tried.edge.fine), 'fine').toBe(false)
    expect(speaks(id, tried, tried.edge.broken), 'broken').toBe(true)
  })

  test('says what its severity says, and can be overridden where a contract can have it otherwise', () => {
    if (tried.finds === 'binds') {
      expect(rule.severity).toBe('note')
      return
    }
    expect(rule.severity).toBe(tried.finds.split(' ')[0])
    const input = { ...tried.base, ...tried.yes }
    const overridden = judgeByRules({ ...input, overrides: new Set([...input.overrides, id]) })
    const told = overridden.map(({ severity, code }) => `${severity} ${code}`)
    expect(told.includes(tried.finds)).toBe(!rule.overridable)
    const said = overridden.filter(({ code, values }) => code === 'rule-overridden' && values?.['rule'] === id)
    expect(said).toHaveLength(rule.overridable && rule.severity === 'error' ? 1 : 0)
  })

  test('names its source', () => {
    expect(rule.source).toMatch(/^(?:guide|docs|own rule)\b/)
    expect(rule.confidence === 'own').toBe(rule.source.startsWith('own rule'))
  })
})

test('no case tries a rule that is not in the book, and no two rules share an id', () => {
  const ids = RULE_BOOK.map(({ id }) => id)
  expect(Object.keys(RULE_CASES).toSorted()).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})

test('no payment is bound by two rules of one kind', () => {
  for (const pg of PG_KINDS) {
    for (const provider of [...PORTONE_PROVIDERS, ...KICC_PROVIDERS, 'newcomer']) {
      for (const method of PAYMENT_METHODS) {
        const kinds = rulesBinding({ pg, provider, method }).map(({ kind }) => kind)
        expect(new Set(kinds).size, `${pg} ${provider} ${method}: ${kinds.join(' ')}`).toBe(kinds.length)
      }
    }
  }
})

test('only limits of fields, required fields and missing services are beyond a contract', () => {
  const fixed = RULE_BOOK.filter(({ overridable, severity }) => !overridable && severity !== 'note')
  expect(new Set(fixed.map(({ kind }) => kind))).toEqual(
    new Set([
      'not-refundable',
      'tax-parts',
      'unknown-provider',
      'cancel-elsewhere',
      'escrow',
      'needs-service',
      'needs-account',
      'account-after-month',
      'needs-phone',
      'bank-table',
      'account-max',
      'holder-max',
      'holder-bytes-max',
      'characters',
      'tax-split',
      'basket-needed',
      'basket-not-sent',
      'same-month',
      'full-only',
    ]),
  )
})

test('every rule names providers that the book knows', () => {
  const known = new Set([...PORTONE_PROVIDERS, ...KICC_PROVIDERS])
  for (const { id, providers, except } of RULE_BOOK) {
    const named = [...(providers === 'unknown' ? [] : (providers ?? [])), ...(except ?? [])]
    expect(
      named.filter((provider) => !known.has(provider)),
      id,
    ).toEqual([])
  }
})
