import { describe, expect, it } from 'vitest'
import type { PersonView, Role } from '../../../src/contract/views'
import type { BatchId, PersonId } from '../../../src/domain/ids'
import { won } from '../../../src/domain/money'
import { withdrawalOf, type Withdrawable } from '../../../src/renderer/ui/withdraw-facts'

const NOW = 1_795_000_000_000
const person = (personId: string, ...roles: Role[]): Pick<PersonView, 'personId' | 'roles'> => ({
  personId: personId as PersonId,
  roles,
})
const maker = person('maker', 'maker')
const checker = person('checker', 'checker')
const bystander = person('bystander', 'maker', 'admin')

const batch = (part: Partial<Withdrawable>): Withdrawable => ({
  batchId: 'batch' as BatchId,
  name: '환불요청',
  state: 'approved',
  makerId: maker.personId,
  holdUntilMs: NOW,
  rows: 10,
  amount: won(10_000),
  byState: [
    { state: 'waiting', count: 3, amount: won(3000) },
    { state: 'sending', count: 1, amount: won(1000) },
    { state: 'accepted', count: 6, amount: won(6000) },
  ],
  ...part,
})

describe('what taking a batch back means', () => {
  it('is the whole batch, for its maker alone, while nobody approved it', () => {
    for (const state of ['draft', 'checked', 'submitted'] as const) {
      expect(withdrawalOf(batch({ state, holdUntilMs: null }), maker, NOW)).toEqual({
        kind: 'whole',
        count: 10,
        amount: 10_000,
      })
      expect(withdrawalOf(batch({ state, holdUntilMs: null }), checker, NOW)).toBeNull()
    }
  })

  it('is an unsent batch up to the last moment of its hold, for the maker and for a checker', () => {
    const held = batch({ holdUntilMs: NOW + 1 })
    for (const who of [maker, checker]) expect(withdrawalOf(held, who, NOW)?.kind).toBe('hold')
    expect(withdrawalOf(held, maker, NOW + 1)?.kind).toBe('rest')
  })

  it('is what still waits of a run, never what is being sent', () => {
    for (const who of [maker, checker]) {
      expect(withdrawalOf(batch({ state: 'running' }), who, NOW)).toEqual({ kind: 'rest', count: 3, amount: 3000 })
    }
  })

  it('is nothing once no row waits, and nothing for anybody else', () => {
    const sent = batch({ state: 'running', byState: [{ state: 'sending', count: 1, amount: won(1000) }] })
    expect(withdrawalOf(sent, maker, NOW)).toBeNull()
    expect(withdrawalOf(batch({ state: 'running' }), bystander, NOW)).toBeNull()
    expect(withdrawalOf(batch({ state: 'running' }), null, NOW)).toBeNull()
  })

  it('is nothing of a batch that is over', () => {
    for (const state of ['done', 'rejected', 'withdrawn', 'expired'] as const) {
      expect(withdrawalOf(batch({ state }), maker, NOW)).toBeNull()
    }
  })
})
