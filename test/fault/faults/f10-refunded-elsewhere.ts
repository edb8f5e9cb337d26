import { refundElsewhere } from '../elsewhere'
import { tally, type Fault, type Verdict } from '../fault'
import { importNotices, signIn } from '../people'
import { CANCEL_PATHS, paidIn, READ_PATHS, refundRequests } from '../pgs'
import { randomFrom, type Random } from '../random'
import { inWorld, sleep, until, type World } from '../world'

const ROWS = 40

/**
 * Somebody refunds elsewhere what our batch is about to refund: before the run, and in the gap between our reading of the
 * payment and our cancel, where only the checksum stands between the customer and the money twice. KICC shows nothing of
 * it: what its notifications have told must stop a row, and what they have not told must never go beyond what was paid.
 */
export const refundedElsewhere: Fault = {
  id: 'F10',
  what: 'somebody else refunds between the approval and the cancel',
  run(options) {
    const runs = options.short ? 1 : 8
    const shows = options.pg !== 'kicc'
    const cases = Array.from({ length: runs }, (_, index) => [
      ...(shows ? [{ name: `shown ${index}`, index, weight: ROWS, work: shown }] : []),
      ...(tells(options.pg) ? [{ name: `notified ${index}`, index, weight: ROWS, work: notified }] : []),
      ...(tells(options.pg) ? [{ name: `not told ${index}`, index, weight: ROWS, work: notTold }] : []),
    ]).flat()
    return tally(options, cases, ({ name, index, work }) => {
      const random = randomFrom(options.seed, 'F10', work.name, index)
      return inWorld(options, { rows: ROWS, name }, (world) => work(world, random))
    })
  },
}

const tells = (pg: string): boolean => pg === 'kicc' || pg === 'mixed'

async function shown(world: World, random: Random): Promise<Verdict> {
  const drifted = new Set<string>()
  const shows = world.shop.rows.filter(({ pg }) => pg !== 'kicc')
  const toDrift = new Set(shows.filter(() => random.chance(0.5)).map((row) => row.pgKey))
  const refund = (pgKey: string): void => {
    const row = shows.find((each) => each.pgKey === pgKey)
    if (row !== undefined && toDrift.has(pgKey) && refundElsewhere(world, row)) drifted.add(pgKey)
  }
  for (const pgKey of toDrift) if (random.chance(0.4)) refund(pgKey)
  const rules = world.pgs.flatMap((pg) =>
    pg === 'kicc' ? [] : [{ kind: 'hold', path: READ_PATHS[pg], stage: 'after', count: 0 } as const],
  )
  world.pg().setScenario({ rules })
  const desk = await world.start()
  const gap = betweenReadAndCancel(world, refund)
  await gap.during(() => world.quiet(desk))
  world.pg().setScenario({})
  world.pg().holds.release()
  await desk.close()
  await desk.kill()
  return world.judge({ drifted })
}

/** The PG's answer to a reading is held back; meanwhile the console refunds; then the answer, now stale, goes out. */
function betweenReadAndCancel(world: World, refund: (pgKey: string) => void) {
  let running = true
  const loop = async (): Promise<void> => {
    while (running) {
      const pg = world.pg()
      for (const held of pg.holds.held) {
        for (const pgKey of held.subjects) refund(pgKey)
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

/** Refunds of another system that the merchant's log tells of before our row is sent: none of ours may follow. */
async function notified(world: World, random: Random): Promise<Verdict> {
  world.pg().setScenario({ rules: [{ kind: 'hold', path: CANCEL_PATHS.kicc, count: 0 }] })
  const desk = await world.start()
  const people = await signIn(desk)
  await until(() => world.pg().holds.held.length > 0, 'a held refund')
  const sent = new Set(world.pg().holds.held.flatMap(({ subjects }) => subjects))
  const drifted = new Set<string>()
  for (const row of world.shop.rows) {
    // Of a refund by settlement nothing is notified before its day.
    const realTime = world.books.kicc.account(row.transaction)?.payment.mallId === 'T0000002'
    if (row.pg !== 'kicc' || !realTime || sent.has(row.transaction) || random.chance(0.4)) continue
    if (refundElsewhere(world, row)) drifted.add(row.pgKey)
  }
  await importNotices(desk, people, world.pg())
  // What left until then was not warned.
  for (const { subjects } of world.pg().holds.held) {
    for (const row of world.shop.rows) if (subjects.includes(row.transaction)) drifted.delete(row.pgKey)
  }
  world.pg().setScenario({})
  world.pg().holds.release()
  return world.finish(desk, { drifted })
}

/** Nobody has told us: KICC itself refuses what is over the balance, and the row must end as what it is. */
async function notTold(world: World, random: Random): Promise<Verdict> {
  const paid = paidIn(world.books)
  let refunded = 0
  for (const row of world.shop.rows) {
    if (row.pg !== 'kicc' || random.chance(0.4)) continue
    if (refundElsewhere(world, row, random.chance(0.6) ? (paid.get(row.pgKey) ?? row.amount) : row.amount))
      refunded += 1
  }
  const verdict = await world.finish(await world.start())
  const broken = [
    ...(refunded === 0 ? ['nobody refunded anything elsewhere'] : []),
    ...(refundRequests(world.requests()).length === 0 ? ['nothing was sent'] : []),
  ]
  return { ...verdict, broken: [...verdict.broken, ...broken] }
}
