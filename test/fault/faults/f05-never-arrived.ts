import type { FaultKind, FaultRule } from '../../../src/practice/scenario'
import { pick, tally, type Fault, type Verdict } from '../fault'
import { CANCEL_PATHS, type ShopPg } from '../pgs'
import { randomFrom } from '../random'
import { inWorld, sleep, until, type World } from '../world'

const ROWS = 40
/** Whatever the answer is, nothing took effect. */
const KINDS: Readonly<Record<ShopPg, readonly FaultKind[]>> = {
  'portone-v1': ['lose_answer_before_effect', 'timeout_before'],
  kicc: ['lose_answer_before_effect', 'timeout_before', 'kicc_vtim', 'kicc_vt00'],
  'portone-v2': ['lose_answer_before_effect', 'timeout_before', 'v2_pg_provider'],
}

export const neverArrived: Fault = {
  id: 'F05',
  what: 'requests that never got there',
  run(options) {
    const runs = options.short ? 1 : 10
    const cases = Array.from({ length: runs }, (_, index) => ({ name: `run ${index}`, index, weight: ROWS }))
    const seconds = Array.from({ length: options.pg === 'kicc' || options.pg === 'mixed' ? runs : 0 }, (_, index) => ({
      name: `second ${index}`,
      index,
      weight: ROWS,
    }))
    return tally(options, [...cases, ...seconds], ({ name, index }) => {
      if (name.startsWith('second')) return inWorld(options, { rows: ROWS, name }, secondsLost)
      const random = randomFrom(options.seed, 'F05', index)
      return inWorld(options, { rows: ROWS, name }, async (world) => {
        // A third of the cancels is swallowed whole, and in the midst of the run nobody listens any more.
        const rules = world.pgs.flatMap((pg) =>
          Array.from({ length: ROWS }, (_, place) => place + 1)
            .filter(() => random.chance(0.33))
            .map((nth): FaultRule => ({ kind: pick(random, KINDS[pg]), path: CANCEL_PATHS[pg], nth })),
        )
        world.pg().setScenario({ rules })
        const desk = await world.start()
        const atRequest = 1 + random.below(30)
        await until(() => world.requests().length >= atRequest, 'requests')
        await world.stopPg()
        await sleep(50 + random.below(250))
        await world.startPg({ rules: rules.slice(rules.length / 2) })
        return world.finish(desk)
      })
    })
  },
}

/** The first refund of a payment over KICC goes well, and the second of the same amount never arrives: two different ones. */
async function secondsLost(world: World): Promise<Verdict> {
  const transactions = new Set(world.shop.rows.map(({ transaction }) => transaction))
  const rules = [...transactions].map((subject): FaultRule => ({
    kind: 'lose_answer_before_effect',
    path: CANCEL_PATHS.kicc,
    subject,
    nth: 2,
  }))
  world.pg().setScenario({ rules })
  return world.finish(await world.start())
}
