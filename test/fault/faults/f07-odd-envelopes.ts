import type { FaultRule } from '../../../src/practice/scenario'
import { pick, tally, type Fault } from '../fault'
import { randomFrom, type Random } from '../random'
import { inWorld } from '../world'

const ROWS = 40
const MESSAGES = [
  '결제취소에 실패하였습니다. [PG 오류]',
  '이미 전액취소된 주문입니다.',
  '취소할 결제건이 존재하지 않습니다.',
  '취소 가능 잔액이 checksum과 일치하지 않습니다.',
  '알 수 없는 오류',
] as const

/** Refusals that may lie: the PG says no and did it, or says a word that the program takes for a clean refusal. */
export const oddEnvelopes: Fault = {
  id: 'F07',
  what: 'odd envelopes: refusals of every kind, with and without an effect',
  run(options) {
    const runs = options.short ? 1 : 8
    const cases = Array.from({ length: runs }, (_, index) => ({ name: `run ${index}`, index, weight: ROWS }))
    return tally(options, cases, ({ name, index }) => {
      const random = randomFrom(options.seed, 'F07', index)
      return inWorld(options, { rows: ROWS, name }, async (world) => {
        world.pg().setScenario({ rules: world.shop.rows.map((_, place) => envelope(random, place + 1)) })
        return world.finish(await world.start())
      })
    })
  },
}

function envelope(random: Random, nth: number): FaultRule {
  const path = '/payments/cancel'
  const kind = pick(random, ['refuse', 'refuse', 'refuse', 'response_null', 'wrong_imp_uid'] as const)
  if (kind !== 'refuse') return { kind, path, nth }
  const message = pick(random, MESSAGES)
  // A known clean refusal that took effect all the same would be a lie no client can see through; the PG's own words
  // around a bank's answer are no such promise.
  const mayLie = message === MESSAGES[0] || message === MESSAGES[4]
  return { kind, path, nth, code: pick(random, [-1, 1, 500]), message, effect: mayLie && random.chance(0.5) }
}
