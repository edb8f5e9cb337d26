import type { FaultKind, FaultRule } from '../../../src/practice/scenario'
import { pick, tally, type Fault, type Verdict } from '../fault'
import { CANCEL_PATHS, LOST_AFTER_EFFECT, pgsOf } from '../pgs'
import { randomFrom, type Random } from '../random'
import { inWorld, SPEED, type World } from '../world'

const ROWS = 50
/** Each takes effect, and none of them says so in a whole answer. */
const KINDS: readonly FaultKind[] = [
  'lose_answer_after_effect',
  'lose_answer_after_effect',
  'half_body',
  'half_body',
  'html_200',
  'timeout_after',
]

export const lostAnswers: Fault = {
  id: 'F04',
  what: 'answers lost after the effect',
  run(options) {
    const runs = options.short ? 1 : 10
    const lost = Array.from({ length: runs }, (_, index) => ({
      name: `run ${index}`,
      index,
      weight: ROWS,
      work: struck,
    }))
    const late = Array.from(
      { length: pgsOf(options.pg).includes('portone-v2') ? (options.short ? 1 : 4) : 0 },
      (_, index) => ({
        name: `outstanding ${index}`,
        index,
        weight: LATE_ROWS,
        work: outstanding,
      }),
    )
    const unknown = Array.from(
      { length: pgsOf(options.pg).includes('kicc') ? (options.short ? 1 : 4) : 0 },
      (_, index) => ({
        name: `unknown ${index}`,
        index,
        weight: LATE_ROWS,
        work: unknownResults,
      }),
    )
    return tally(options, [...lost, ...late, ...unknown], ({ name, index, weight, work }) => {
      const random = randomFrom(options.seed, 'F04', name.split(' ')[0] ?? '', index)
      return inWorld(options, { rows: weight, name }, (world) => work(world, random))
    })
  },
}

/** Every cancel is struck once: a rule for each request, so that two rows of one payment lose both answers. */
async function struck(world: World, random: Random): Promise<Verdict> {
  const rules = world.pgs.flatMap((pg) =>
    Array.from({ length: ROWS }, (_, nth): FaultRule => {
      const kind = pick(random, [...KINDS, ...LOST_AFTER_EFFECT[pg]])
      return { kind, path: CANCEL_PATHS[pg], nth: nth + 1, effect: true }
    }),
  )
  world.pg().setScenario({ rules })
  return world.finish(await world.start())
}

const LATE_ROWS = 12
/** Longer than the ten minutes after which a request that showed nothing may be sent once more. */
const LATE_MS = 12 * 60_000

/**
 * The first request stands still at PortOne V2 until its repeat is there: the repeat is told of a request under way, and
 * the effect of the first comes later. Without the key there would be two requests that know nothing of each other.
 */
async function outstanding(world: World, random: Random): Promise<Verdict> {
  const rules = world.shop.rows
    .filter((row) => row.pg === 'portone-v2' && random.chance(0.7))
    .map(({ pgKey }): FaultRule => ({
      kind: 'slow',
      path: `/payments/${pgKey}/cancel`,
      delayMs: LATE_MS / SPEED,
    }))
  world.pg().setScenario({ rules })
  return world.finish(await world.start())
}

/** KICC does not know the result of anything that it was asked for first, and did it all the same, or did not. */
async function unknownResults(world: World, random: Random): Promise<Verdict> {
  const rules = world.shop.rows.map(({ transaction }): FaultRule => ({
    kind: pick(random, ['kicc_vtim', 'kicc_vt00'] as const),
    path: CANCEL_PATHS.kicc,
    subject: transaction,
    effect: random.chance(0.7),
  }))
  world.pg().setScenario({ rules })
  return world.finish(await world.start())
}
