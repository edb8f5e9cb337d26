import type { FaultRule } from '../../../src/practice/scenario'
import { pick, tally, type Fault } from '../fault'
import { CANCEL_PATHS, READ_PATHS } from '../pgs'
import { randomFrom } from '../random'
import { inWorld } from '../world'

const ROWS = 40

/** The effect happens; what comes back is cut, foreign or without end. Reads are spoiled too. */
export const oddBodies: Fault = {
  id: 'F08',
  what: 'odd bodies: half, foreign and endless answers to cancels and reads',
  run(options) {
    const runs = options.short ? 1 : 6
    const cases = Array.from({ length: runs }, (_, index) => ({ name: `run ${index}`, index, weight: ROWS }))
    return tally(options, cases, ({ name, index }) => {
      const random = randomFrom(options.seed, 'F08', index)
      return inWorld(options, { rows: ROWS, name }, async (world) => {
        const kinds = ['half_body', 'html_200', 'huge_body', 'wrong_imp_uid', 'response_null'] as const
        const spoiled = (path: string, nth: number): FaultRule => ({ kind: pick(random, kinds), path, nth })
        const rules = world.pgs.flatMap((pg) => [
          ...world.shop.rows.map((_, place) => spoiled(CANCEL_PATHS[pg], place + 1)),
          ...Array.from({ length: 12 }, () => spoiled(READ_PATHS[pg], 1 + random.below(60))),
        ])
        world.pg().setScenario({ rules: [...rules, spoiled('/users/getToken', 1)] })
        return world.finish(await world.start())
      })
    })
  },
}
