import type { FaultRule } from '../../../src/practice/scenario'
import { pick, tally, type Fault } from '../fault'
import { CANCEL_PATHS, type ShopPg } from '../pgs'
import { randomFrom, type Random } from '../random'
import { inWorld } from '../world'

const ROWS = 40
const USED_ROWS = 12
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
    const usedKeys = Array.from({ length: options.pg === 'kicc' ? (options.short ? 1 : 4) : 0 }, (_, index) => ({
      name: `used keys ${index}`,
      index,
      weight: USED_ROWS,
    }))
    return tally(options, [...cases, ...usedKeys], ({ name, index, weight }) => {
      const random = randomFrom(options.seed, 'F07', index)
      return inWorld(options, { rows: weight, name }, async (world) => {
        if (weight === USED_ROWS)
          world.pg().setScenario({ rules: world.shop.rows.map((_, place) => usedKey(random, place + 1)) })
        else
          world.pg().setScenario({
            rules: world.pgs.flatMap((pg) => world.shop.rows.map((_, place) => ENVELOPES[pg](random, place + 1))),
          })
        return world.finish(await world.start())
      })
    })
  },
}

const ENVELOPES: Readonly<Record<ShopPg, (random: Random, nth: number) => FaultRule>> = {
  'portone-v1': v1Envelope,
  kicc: kiccEnvelope,
  'portone-v2': v2Envelope,
}

function v1Envelope(random: Random, nth: number): FaultRule {
  const path = CANCEL_PATHS['portone-v1']
  const kind = pick(random, ['refuse', 'refuse', 'refuse', 'response_null', 'wrong_imp_uid'] as const)
  if (kind !== 'refuse') return { kind, path, nth }
  const message = pick(random, MESSAGES)
  // A known clean refusal that took effect all the same would be a lie no client can see through; the PG's own words
  // around a bank's answer are no such promise.
  const mayLie = message === MESSAGES[0] || message === MESSAGES[4]
  return { kind, path, nth, code: pick(random, [-1, 1, 500]), message, effect: mayLie && random.chance(0.5) }
}

/** A used key, a wrong proof, over the balance, a cash receipt, a failure of KICC itself, and codes that nobody has listed. */
const RES_CODES = ['PR06', 'PR05', 'PR13', 'PR90', 'PR99', 'VTIM', 'VT00', '9999', '0001', 'RF03'] as const

/** KICC lists no refusal, so none of them is believed without a look-up, and each may lie. */
function kiccEnvelope(random: Random, nth: number): FaultRule {
  const path = CANCEL_PATHS.kicc
  const kind = pick(random, [
    'refuse',
    'refuse',
    'refuse',
    'response_null',
    'wrong_imp_uid',
    'kicc_wrong_key',
    'kicc_vtim',
    'kicc_vt00',
  ] as const)
  const effect = random.chance(0.5)
  if (kind !== 'refuse') return { kind, path, nth, effect }
  return { kind, path, nth, effect, code: pick(random, RES_CODES), message: pick(random, MESSAGES) }
}

/** What PortOne V2 passes on from a PG may lie; so may a cancellation that failed, or one that is still asked for. */
function v2Envelope(random: Random, nth: number): FaultRule {
  const path = CANCEL_PATHS['portone-v2']
  const kind = pick(random, [
    'refuse',
    'v2_pg_provider',
    'response_null',
    'wrong_imp_uid',
    'v2_cancellation_failed',
    'v2_cancellation_requested',
  ] as const)
  const effect = random.chance(0.5)
  return { kind, path, nth, effect, code: pick(random, ['P000', 'A001', '-1']), message: pick(random, MESSAGES) }
}

const usedKey = (random: Random, nth: number): FaultRule => ({
  kind: 'refuse',
  path: CANCEL_PATHS.kicc,
  nth,
  effect: random.chance(0.5),
  code: 'PR06',
  message: '이미 사용된 상점거래고유번호입니다.',
})
