import { tally, type Fault, type Verdict } from '../fault'
import { CANCEL_PATHS } from '../pgs'
import { randomFrom, type Random } from '../random'
import { inWorld, sleep, until, type World } from '../world'

const ROWS = 40
const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/** From 12:00 in Seoul: to one second before midnight there. */
const TO_MIDNIGHT_MS = 12 * HOUR_MS - 1000

const JUMPS: readonly { readonly name: string; readonly steps: readonly number[]; readonly zone?: string }[] = [
  { name: 'back a day', steps: [-DAY_MS] },
  { name: 'back an hour, twice', steps: [-HOUR_MS, -HOUR_MS] },
  { name: 'forward a year', steps: [365 * DAY_MS] },
  { name: 'forward a year and back', steps: [365 * DAY_MS, -365 * DAY_MS] },
  { name: 'forward three hours', steps: [3 * HOUR_MS] },
  { name: 'over midnight in Seoul', steps: [TO_MIDNIGHT_MS, 2000] },
  { name: 'in New York', steps: [-HOUR_MS, HOUR_MS], zone: 'America/New_York' },
  { name: 'into the leap day', steps: [Date.parse('2028-02-29T03:00:00Z') - Date.parse('2026-11-21T03:00:00Z')] },
]

export const clockJumps: Fault = {
  id: 'F16',
  what: "the desk's clock jumps in mid-run",
  run(options) {
    const rounds = options.short ? 1 : 3
    const cases = JUMPS.filter((_, place) => !options.short || place % 3 === 0).flatMap((jump) =>
      Array.from({ length: rounds }, (_, index) => ({ name: `${jump.name} ${index}`, jump, index, weight: ROWS })),
    )
    const jumps = cases.map(({ jump, ...each }) => ({
      ...each,
      work: (world: World) => jumping(world, jump, options.seed + each.index),
    }))
    // At midnight in Seoul a key of KICC ends: what was asked for on the old day is looked up by its key and its own day, and
    // never asked for again. A vault that is so slow lets no reading of another PG be fresh.
    const overMidnight =
      options.pg === 'kicc' ? [killed, lost, slowVault] : options.pg === 'mixed' ? [killed, lost] : []
    const midnights = overMidnight.flatMap((work) =>
      Array.from({ length: options.short ? 1 : 4 }, (_, index) => ({
        name: `${work.name} over midnight ${index}`,
        weight: MIDNIGHT_ROWS,
        work: (world: World) => work(world, randomFrom(options.seed, 'F16', work.name, index)),
      })),
    )
    return tally(options, [...jumps, ...midnights], ({ name, weight, work }) =>
      inWorld(options, { rows: weight, name }, work),
    )
  },
}

/** Some answers get lost before and after each jump, so that old and new times meet in one attempt. */
async function jumping(world: World, jump: (typeof JUMPS)[number], seed: number): Promise<Verdict> {
  const random = randomFrom(seed, 'F16', jump.name)
  const kinds = ['lose_answer_after_effect', 'lose_answer_before_effect', 'timeout_after'] as const
  const rules = world.pgs.flatMap((pg) =>
    world.shop.rows.flatMap((_, place) =>
      random.chance(0.3)
        ? [{ kind: kinds[random.below(3)] ?? kinds[0], path: CANCEL_PATHS[pg], nth: place + 1 } as const]
        : [],
    ),
  )
  world.pg().setScenario({ rules })
  const desk = await world.start(jump.zone === undefined ? {} : { env: { TZ: jump.zone } })
  for (const step of jump.steps) {
    const at = world.requests().length + 4 + random.below(15)
    // A desk whose time has come and gone may have nothing to ask for.
    await until(() => world.requests().length >= at || desk.run()?.state === 'idle', 'requests', 5000).catch(() => null)
    await desk.shift(step)
    await sleep(30)
  }
  // A clock that stays wrong ends approvals early or leaves rows waiting for a morning: late, never twice.
  return world.finish(desk, { mayWait: true, otherDay: true })
}

const MIDNIGHT_ROWS = 16
/** Where the desk starts, before midnight in Seoul: five minutes are a second and a half of the machine's. */
const BEFORE_MIDNIGHT_MS = 5 * 60_000
const MIDNIGHT_MS = Date.parse('2026-11-22T00:00:00+09:00')

const toMidnight = (world: World, ms: number): number => MIDNIGHT_MS - ms - world.nowMs()

/** Killed at 23:59:59 with requests at the PG, before or after their effect; they go on after midnight, or never. */
async function killed(world: World, random: Random): Promise<Verdict> {
  await world.advance(toMidnight(world, BEFORE_MIDNIGHT_MS))
  const stage = random.chance(0.5) ? 'before' : 'after'
  const rules = world.pgs.map(
    (pg) => ({ kind: 'hold', path: CANCEL_PATHS[pg], nth: 1 + random.below(3), count: 0, stage }) as const,
  )
  const pg = world.pg()
  pg.setScenario({ rules })
  const desk = await world.start()
  await until(() => pg.holds.held.length > 0, 'a held refund')
  await sleep(random.below(60))
  await world.advance(toMidnight(world, 1000), desk)
  await desk.kill()
  await world.advance(toMidnight(world, -5000))
  pg.setScenario({})
  pg.holds.release(undefined, random.chance(0.5))
  return world.finish(await world.start(), { otherDay: true })
}

/** Answers are lost at 23:59:59, and the desk lives through midnight. */
async function lost(world: World, random: Random): Promise<Verdict> {
  await world.advance(toMidnight(world, BEFORE_MIDNIGHT_MS))
  const kinds = ['lose_answer_after_effect', 'lose_answer_before_effect', 'timeout_after', 'kicc_vtim'] as const
  const rules = world.pgs.flatMap((pg) =>
    world.shop.rows.map((_, place) => {
      const kind = kinds[random.below(pg === 'kicc' ? 4 : 3)] ?? kinds[0]
      return { kind, path: CANCEL_PATHS[pg], nth: place + 1, effect: random.chance(0.5) } as const
    }),
  )
  world.pg().setScenario({ rules })
  const desk = await world.start()
  const at = 1 + random.below(6)
  await until(() => world.requests().length >= at, 'requests')
  await world.advance(toMidnight(world, 1000), desk)
  await sleep(10)
  if (world.nowMs() < MIDNIGHT_MS) await world.advance(toMidnight(world, -1000), desk)
  return world.finish(desk, { otherDay: true })
}

/** The vault gives the keys out after midnight for requests that were made ready before it: they must not leave. */
async function slowVault(world: World): Promise<Verdict> {
  await world.advance(toMidnight(world, BEFORE_MIDNIGHT_MS))
  const desk = await world.start({ vaultMs: BEFORE_MIDNIGHT_MS / 5 })
  await sleep(60)
  const ahead = toMidnight(world, 1000)
  if (ahead > 0) await world.advance(ahead, desk)
  return world.finish(desk)
}
