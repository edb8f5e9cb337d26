import type { FaultRule } from '../../../src/practice/scenario'
import { tally, type Fault, type Verdict } from '../fault'
import { CANCEL_PATHS, effectsIn, refundAskedBy } from '../pgs'
import { randomFrom } from '../random'
import { inWorld, sleep, until, type World } from '../world'

const ROWS = 40
const TOKEN_LIFE_MS = 30 * 60_000

export const tokens: Fault = {
  id: 'F09',
  what: 'tokens that end in mid-run, 401 on a cancel, wrong keys',
  run(options) {
    const rounds = options.short ? 1 : 4
    // Only PortOne V1 gives out tokens.
    const withTokens = options.pg === 'portone-v1' || options.pg === 'mixed'
    const cases = Array.from({ length: rounds }, (_, index) => [
      ...(withTokens ? [{ name: `expired ${index}`, index, weight: ROWS, work: expired }] : []),
      { name: `refused ${index}`, index, weight: ROWS, work: refused },
      { name: `wrong keys ${index}`, index, weight: ROWS, work: wrongKeys },
    ]).flat()
    return tally(options, cases, ({ name, index, work }) =>
      inWorld(options, { rows: ROWS, name }, (world) => work(world, options.seed + index)),
    )
  },
}

/** The PG's clock goes ahead, so that the token ends at the PG while the desk still believes in it. */
async function expired(world: World, seed: number): Promise<Verdict> {
  const random = randomFrom(seed, 'F09 expired')
  const desk = await world.start()
  for (let jump = 1; jump <= 3; jump += 1) {
    const atRequest = world.requests().length + 5 + random.below(15)
    await until(() => world.requests().length >= atRequest || desk.run()?.state === 'idle', 'requests')
    world.pg().clock.setOffset(jump * TOKEN_LIFE_MS)
  }
  return world.finish(desk)
}

async function refused(world: World, seed: number): Promise<Verdict> {
  const random = randomFrom(seed, 'F09 refused')
  const rules = world.pgs.flatMap((pg) =>
    world.shop.rows
      .map((_, place): FaultRule => ({
        kind: 'status_401',
        path: CANCEL_PATHS[pg],
        nth: place + 1,
        effect: random.chance(0.2),
      }))
      .filter(() => random.chance(0.4)),
  )
  world.pg().setScenario({ rules })
  return world.finish(await world.start())
}

/**
 * Nothing at all may be sent with keys that the PG does not know; with the right ones the run goes on. Only a refund proves
 * a secret of KICC: there each one is refused, and left to people.
 */
async function wrongKeys(world: World): Promise<Verdict> {
  const first = await world.start({ pgKeys: 'wrong' })
  await until(() => world.requests().length > 0, 'requests')
  await sleep(400)
  const cancels = world.requests().filter((note) => (refundAskedBy(note)?.pg ?? 'kicc') !== 'kicc').length
  const effects = effectsIn(world.books).length
  await first.close()
  await first.kill()
  const waiting = world.judge({ mayWait: true })
  const verdict = await world.finish(await world.start())
  const broken = [
    ...waiting.broken,
    ...verdict.broken,
    ...(cancels > 0 ? [`${cancels} cancels with wrong keys`] : []),
    ...(effects > 0 ? [`${effects} refunds with wrong keys`] : []),
  ]
  return { ...verdict, doubled: verdict.doubled + waiting.doubled, lost: verdict.lost + waiting.lost, broken }
}
