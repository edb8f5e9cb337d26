import { describe, expect, test } from 'vitest'
import { PAYMENT_METHODS } from '../../../src/domain/payment'
import { PG_KINDS } from '../../../src/domain/pg'
import { RULE_BOOK } from '../../../src/domain/pg-rules/rule-book'
import { KICC_PROVIDERS } from '../../../src/domain/pg-rules/rules/kicc'
import { PORTONE_PROVIDERS } from '../../../src/domain/pg-rules/rules/providers'
import { ruleOfId, rulesOf, rulesOfChannel } from '../../../src/domain/pg-rules/statements'

const ksnet = { pg: 'portone-v1', provider: 'ksnet', method: 'virtual-account' } as const

test('a statement carries what its sentence and the settings need', () => {
  expect(rulesOf(ksnet).find(({ id }) => id === 'ksnet/night-window')).toEqual({
    id: 'ksnet/night-window',
    kind: 'night-window',
    methods: ['virtual-account'],
    severity: 'warning',
    values: { provider: 'ksnet', from: '23:00', to: '06:00' },
    source: 'docs: ksnet/warning',
    confidence: 'official',
    overridable: true,
    overridden: false,
  })
})

test('a rule that a contract has otherwise is told as overridden, one that no contract can change never is', () => {
  const overrides = new Set(['ksnet/night-window', 'portone/virtual-account'])
  const overridden = rulesOf({ ...ksnet, overrides }).filter((rule) => rule.overridden)
  expect(overridden.map(({ id }) => id)).toEqual(['ksnet/night-window'])
})

describe('the arrival of the money', () => {
  test('is told beside the rules', () => {
    expect(rulesOf(ksnet).at(-1)).toMatchObject({ id: 'payout/virtual-account', values: { days: 1 } })
    expect(rulesOf({ pg: 'portone-v1', provider: 'mobilians', method: 'virtual-account' }).at(-1)).toMatchObject({
      kind: 'payout-weekly',
      values: { on: 4, askedUntil: 2 },
    })
  })

  test('is not told of what is not refunded from here', () => {
    const kinds = rulesOf({ pg: 'kicc', provider: 'easypay', method: 'card' }).map(({ kind }) => kind)
    expect(kinds).toContain('cancel-elsewhere')
    expect(kinds.filter((kind) => kind.startsWith('payout'))).toEqual([])
  })
})

test('a channel has each of its rules once, with every method that it binds', () => {
  const statements = rulesOfChannel({ pg: 'kicc', provider: 'easypay' })
  const ids = statements.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(statements.find(({ id }) => id === 'kicc/payout')?.methods).toEqual(['virtual-account', 'mobile'])
})

test('every rule of the book binds some channel that can be shown', () => {
  const shown = new Set<string>()
  for (const pg of PG_KINDS) {
    for (const provider of [...PORTONE_PROVIDERS, ...KICC_PROVIDERS, 'newcomer'])
      for (const method of PAYMENT_METHODS) for (const { id } of rulesOf({ pg, provider, method })) shown.add(id)
  }
  expect(RULE_BOOK.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([])
})

test('a stored id finds its rule, and one of another program finds none', () => {
  expect(ruleOfId('portone/mobile-full-only', 'danal')?.values).toEqual({ provider: 'danal' })
  expect(ruleOfId('nobody/knows', 'danal')).toBeNull()
})
