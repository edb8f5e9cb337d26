import type { FaultKind, FaultRule } from '../../../src/practice/scenario'
import { pick, tally, type Fault, type Verdict } from '../fault'
import { CANCEL_PATHS, LOST_AFTER_EFFECT, pgsOf } from '../pgs'
import { randomFrom, type Random } from '../random'
import { inWorld, sleep, SPEED, type World } from '../world'

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
    const few = options.short ? 1 : 4
    const lost = Array.from({ length: runs }, (_, index) => ({
      name: `run ${index}`,
      index,
      weight: ROWS,
      work: struck,
    }))
    const slow = Array.from({ length: options.pg === 'portone-v1' ? 0 : few }, (_, index) => ({
      name: `late ${index}`,
      index,
      weight: LATE_ROWS,
      work: late,
    }))
    const unknown = Array.from({ length: pgsOf(options.pg).includes('kicc') ? few : 0 }, (_, index) => ({
      name: `unknown ${index}`,
      index,
      weight: LATE_ROWS,
      work: unknownResults,
    }))
    return tally(options, [...lost, ...slow, ...unknown], ({ name, index, weight, work }) => {
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
 * The first request stands still at the PG for longer than anybody waits, and takes effect all the same. At PortOne V2 its
 * repeat is there by then and told of a request under way; without the key there would be two that know nothing of each
 * other. KICC knows no such request until then.
 */
async function late(world: World, random: Random): Promise<Verdict> {
  const rules = world.shop.rows
    .filter((row) => row.pg !== 'portone-v1' && random.chance(0.7))
    .map(({ pg, transaction }): FaultRule => ({
      kind: 'slow',
      path: CANCEL_PATHS[pg],
      subject: transaction,
      delayMs: LATE_MS / SPEED,
    }))
  world.pg().setScenario({ rules })
  const desk = await world.start()
  // Every late effect is there before the end.
  await sleep((LATE_MS / SPEED) * 1.5)
  return world.finish(desk)
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
