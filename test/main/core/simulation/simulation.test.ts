import { describe, expect, test } from 'vitest'
import { runSimulation } from '../../../fault/sim/run-simulation'
import keptSeeds from '../../../fault/sim/kept-seeds.json'

/** One seed of the simulation (test/fault/sim). */
async function runSeed(seed: number): ReturnType<typeof runSimulation> {
  return runSimulation({ firstSeed: seed, steps: 1 })
}

describe('the simulation', () => {
  test('a seed that runs twice leaves the same trace, and another seed another one', async () => {
    const [one, again, other] = [await runSeed(20261121), await runSeed(20261121), await runSeed(20261122)]
    expect(again.traceHashes).toEqual(one.traceHashes)
    expect(other.traceHashes).not.toEqual(one.traceHashes)
  }, 60_000)

  test.each(keptSeeds)(
    'seed $seed, which once showed that $showed, keeps every invariant',
    async ({ seed }) => {
      const { failures } = await runSeed(seed)
      expect(failures.map(({ violation, lastLines }) => ({ violation, lastLines }))).toEqual([])
    },
    60_000,
  )
})
