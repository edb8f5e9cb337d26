import { describe, expect, it } from 'vitest'
import type { BatchId } from '../../../src/domain/ids'
import { FIRST_SCREEN, goBack, goTo, railScreenOf, type Trail } from '../../../src/renderer/app/navigation-state'

const batch = (id: string) => ({ name: 'batch', batchId: id as BatchId }) as const

describe('moving between screens', () => {
  it('goes on, and back the same way', () => {
    const there = goTo(goTo(FIRST_SCREEN, { name: 'batches' }), batch('b1'))
    expect(there.screen).toEqual(batch('b1'))
    expect(goBack(there).screen).toEqual({ name: 'batches' })
    expect(goBack(goBack(there))).toEqual(FIRST_SCREEN)
  })

  it('stays where it is when there is no way back', () => {
    expect(goBack(FIRST_SCREEN)).toBe(FIRST_SCREEN)
  })

  it('does not count the screen that a person is on as a step', () => {
    const there = goTo(FIRST_SCREEN, batch('b1'))
    expect(goTo(there, batch('b1'))).toBe(there)
    expect(goTo(there, batch('b2')).before).toHaveLength(2)
  })

  it('forgets the oldest steps rather than growing for ever', () => {
    let trail: Trail = FIRST_SCREEN
    for (let step = 0; step < 200; step += 1) trail = goTo(trail, batch(`b${step}`))
    expect(trail.before).toHaveLength(50)
    expect(trail.before.at(-1)).toEqual(batch('b198'))
  })

  it('shows a batch under the batches of the rail', () => {
    expect(railScreenOf(batch('b1'))).toBe('batches')
    expect(railScreenOf({ name: 'run', show: 'needs-look' })).toBe('run')
  })
})
