import { cancelAtConsole } from '../../../src/practice/portone-v1/cancel'
import { tally, type Fault } from '../fault'
import { randomFrom } from '../random'
import { inWorld, sleep, type World } from '../world'

const ROWS = 40

/**
 * Somebody refunds at the PG's console what our batch is about to refund: before the run, and in the gap between our
 * reading of the payment and our cancel, where only the checksum stands between the customer and the money twice.
 */
export const refundedElsewhere: Fault = {
  id: 'F10',
  what: 'somebody else refunds between the approval and the cancel',
  run(options) {
    const runs = options.short ? 1 : 8
    const cases = Array.from({ length: runs }, (_, index) => ({ name: `run ${index}`, index, weight: ROWS }))
    return tally(options, cases, ({ name, index }) => {
      const random = randomFrom(options.seed, 'F10', index)
      return inWorld(options, { rows: ROWS, name }, async (world) => {
        const drifted = new Set<string>()
        const toDrift = new Set(world.shop.rows.filter(() => random.chance(0.5)).map((row) => row.impUid))
        for (const impUid of toDrift) if (random.chance(0.4)) refundAtConsole(world, impUid, drifted)
        world.pg().setScenario({ rules: [{ kind: 'hold', path: '/payments', stage: 'after', count: 0 }] })
        const desk = await world.start()
        const gap = betweenReadAndCancel(world, toDrift, drifted)
        await gap.during(() => world.quiet(desk))
        world.pg().setScenario({})
        world.pg().holds.release()
        await desk.close()
        await desk.kill()
        return world.judge({ drifted })
      })
    })
  },
}

function refundAtConsole(world: World, impUid: string, drifted: Set<string>): void {
  const amount = world.shop.rows.find((row) => row.impUid === impUid)?.amount ?? 0
  // Once a refund of ours stands there, a second one by hand is no fault of the program.
  if (drifted.has(impUid) || (world.books.account(impUid)?.cancels.length ?? 0) > 0) return
  const refusal = cancelAtConsole(world.books, impUid, amount, '관리자페이지취소', world.nowMs())
  if (refusal === undefined) drifted.add(impUid)
}

/** The PG's answer to a reading is held back; meanwhile the console refunds; then the answer, now stale, goes out. */
function betweenReadAndCancel(world: World, toDrift: ReadonlySet<string>, drifted: Set<string>) {
  let running = true
  const loop = async (): Promise<void> => {
    while (running) {
      const pg = world.pg()
      for (const held of pg.holds.held) {
        for (const impUid of held.subjects) if (toDrift.has(impUid)) refundAtConsole(world, impUid, drifted)
        pg.holds.release(held.id)
      }
      await sleep(1)
    }
  }
  return {
    async during(work: () => Promise<void>): Promise<void> {
      const done = loop()
      try {
        await work()
      } finally {
        running = false
        await done
      }
    },
  }
}
