import { tally, type Fault, type Verdict } from '../fault'
import { randomFrom } from '../random'
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
    return tally(options, cases, ({ name, jump, index }) =>
      inWorld(options, { rows: ROWS, name }, (world) => jumping(world, jump, options.seed + index)),
    )
  },
}

/** Some answers get lost before and after each jump, so that old and new times meet in one attempt. */
async function jumping(world: World, jump: (typeof JUMPS)[number], seed: number): Promise<Verdict> {
  const random = randomFrom(seed, 'F16', jump.name)
  const kinds = ['lose_answer_after_effect', 'lose_answer_before_effect', 'timeout_after'] as const
  const rules = world.shop.rows.flatMap((_, place) =>
    random.chance(0.3)
      ? [{ kind: kinds[random.below(3)] ?? kinds[0], path: '/payments/cancel', nth: place + 1 } as const]
      : [],
  )
  world.pg().setScenario({ rules })
  const desk = await world.start(jump.zone === undefined ? {} : { env: { TZ: jump.zone } })
  for (const step of jump.steps) {
    const at = world.requests().length + 4 + random.below(15)
    await until(() => world.requests().length >= at || desk.run()?.state === 'idle', 'requests')
    await desk.shift(step)
    await sleep(30)
  }
  // A clock that stays wrong ends approvals early or leaves rows waiting for a morning: late, never twice.
  return world.finish(desk, { mayWait: true })
}
