import type { FaultRule } from '../../../src/practice/scenario'
import { tally, type Fault } from '../fault'
import { peek } from '../peek'
import { CANCEL_PATHS, pgsOf, type PgChoice } from '../pgs'
import { randomFrom, type Random } from '../random'
import { inWorld, sleep, until, type World } from '../world'

const ROWS = 200
const KILLS_PER_RUN = 25

export const killAnywhere: Fault = {
  id: 'F01',
  what: 'kill -9 at a random time',
  pgs: ['portone-v1', 'kicc', 'portone-v2', 'mixed'],
  async run(options) {
    const runs = options.short ? 1 : 40
    const kills = options.short ? 12 : KILLS_PER_RUN
    const rows = options.short ? 60 : ROWS
    const cases = Array.from({ length: runs }, (_, index) => ({ name: `run ${index}`, index, weight: kills }))
    let [underWay, all] = [0, 0]
    return tally(
      options,
      cases,
      ({ name, index }) => {
        const random = randomFrom(options.seed, 'F01', index)
        return inWorld(options, { rows, name }, async (world) => {
          for (let kill = 0; kill < kills; kill += 1) {
            await killOnce(world, random, options.pg)
            all += 1
            if ((peek(world.ledgerFile, world.folder)?.underWay ?? 0) > 0) underWay += 1
          }
          await sleep(LATE_MS)
          return world.finish(await world.start())
        })
      },
      () => [`a refund was under way at ${underWay} of ${all} kills`],
    )
  },
}

/** How long a request may still be under way at the PG after the desk has died, ms: a minute on the desk's clock. */
const LATE_MS = 300

/**
 * Two of three kills come while the PG holds a cancel, before or after its effect; what is held goes on later, when the
 * next desk is looking already, or never. The others come at any time from the start of the core on.
 */
async function killOnce(world: World, random: Random, choice: PgChoice): Promise<void> {
  const pg = world.pg()
  const paths = pgsOf(choice).map((each) => CANCEL_PATHS[each])
  const delayMs = random.below(10)
  const slow = paths.map((path): FaultRule => ({ kind: 'slow', path, count: 0, stage: 'after', delayMs }))
  const nth = 1 + random.below(6)
  const stage = random.chance(0.5) ? 'before' : 'after'
  const hold = paths.map((path): FaultRule => ({ kind: 'hold', path, nth, count: 8, stage }))
  const atHold = random.chance(0.67)
  pg.setScenario({ rules: atHold ? [...hold, ...slow] : slow })
  const desk = await world.takeSpare()
  const opening = world.open(desk)
  opening.catch(() => null)
  if (atHold) {
    const end = performance.now() + 600
    // Near the end of a run there may be no cancel left to hold.
    await until(() => pg.holds.held.length > 0 || performance.now() > end, 'a held cancel', 5000)
    await sleep(random.below(8))
  } else {
    await sleep(random.below(400))
  }
  await desk.kill()
  pg.setScenario({})
  const drop = random.chance(0.3)
  for (const { id } of pg.holds.held) setTimeout(() => pg.holds.release(id, drop), random.below(LATE_MS))
}
