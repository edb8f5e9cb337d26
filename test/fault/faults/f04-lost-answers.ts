import type { FaultKind, FaultRule } from '../../../src/practice/scenario'
import { pick, tally, type Fault } from '../fault'
import { randomFrom } from '../random'
import { inWorld } from '../world'

const ROWS = 50
/** Each takes effect, and none of them says so in a whole answer. */
const KINDS: readonly FaultKind[] = [
  'lose_answer_after_effect',
  'lose_answer_after_effect',
  'half_body',
  'half_body',
  'html_200',
  'response_null',
  'wrong_imp_uid',
  'timeout_after',
]

export const lostAnswers: Fault = {
  id: 'F04',
  what: 'answers lost after the effect',
  run(options) {
    const runs = options.short ? 1 : 10
    const cases = Array.from({ length: runs }, (_, index) => ({ name: `run ${index}`, index, weight: ROWS }))
    return tally(options, cases, ({ name, index }) => {
      const random = randomFrom(options.seed, 'F04', index)
      return inWorld(options, { rows: ROWS, name }, async (world) => {
        // Every cancel is struck once: a rule for each request, so that two rows of one payment lose both answers.
        const rules = world.shop.rows.map((_, nth): FaultRule => ({
          kind: pick(random, KINDS),
          path: '/payments/cancel',
          nth: nth + 1,
        }))
        world.pg().setScenario({ rules })
        return world.finish(await world.start())
      })
    })
  },
}
