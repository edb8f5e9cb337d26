import type { FaultRule } from '../../../src/practice/scenario'
import { pick, tally, type Fault } from '../fault'
import { CANCEL_PATHS, READ_PATHS } from '../pgs'
import { randomFrom, type Random } from '../random'
import { inWorld } from '../world'

const ROWS = 40
/** The longest patience that the desk has, ten minutes, passes in 1.2 seconds. */
const SPEED = 500
const RETRY_AFTER = [
  '0',
  '1',
  'Wed, 21 Oct 2015 07:28:00 GMT',
  '99999999999999999999',
  '-5',
  'soon',
  '1e9',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  '3.5',
  '',
] as const

export const storms: Fault = {
  id: 'F06',
  what: '429 and 5xx in storms, with any Retry-After',
  run(options) {
    const runs = options.short ? 1 : 10
    const cases = Array.from({ length: runs }, (_, index) => ({ name: `run ${index}`, index, weight: ROWS }))
    return tally(options, cases, ({ name, index }) => {
      const random = randomFrom(options.seed, 'F06', index)
      return inWorld(options, { rows: ROWS, name, speed: SPEED }, async (world) => {
        const rules = world.pgs.flatMap((pg) => [
          ...Array.from({ length: 6 }, () => strike(random, READ_PATHS[pg], 1 + random.below(60), false)),
          ...Array.from({ length: 14 }, () => strike(random, CANCEL_PATHS[pg], 1 + random.below(ROWS), true)),
        ])
        const onTokens = strike(random, '/users/getToken', 1, false)
        world.pg().setScenario({ rules: [onTokens, ...rules] })
        return world.finish(await world.start())
      })
    })
  },
}

/** Some of the PG's errors come although the cancel took effect. */
function strike(random: Random, path: string, nth: number, cancels: boolean): FaultRule {
  return {
    kind: pick(random, ['status_429', 'status_500', 'status_502', 'status_503'] as const),
    path,
    nth,
    count: 1 + random.below(3),
    effect: cancels && random.chance(0.4),
    retryAfter: pick(random, RETRY_AFTER),
  }
}
