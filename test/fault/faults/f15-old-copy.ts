import path from 'node:path'
import { numbered, tally, type Fault } from '../fault'
import type { Desk } from '../desk'
import { copyLedger } from '../peek'
import { randomFrom } from '../random'
import { importNotices, signIn, unwrap } from '../people'
import { inWorld, until, type World } from '../world'

const ROWS = 30

/**
 * Plain copies of the ledger's files, made while it runs and put back after more refunds were made: no copy may lead to
 * a second refund, and what it lacks must come up as a case. Where the anchor beside the file is newer than the copy, it
 * is quarantined; where it is not, the comparison of the balances and the checksum protect it, and at KICC nothing does.
 */
export const oldCopy: Fault = {
  id: 'F15',
  what: 'a copy made in mid-run is put back after refunds were made',
  run(options) {
    const cases = numbered(options.short ? 2 : 40)
    let refused = 0
    return tally(
      options,
      cases,
      ({ name, index }) =>
        inWorld(options, { rows: ROWS, name }, async (world) => {
          const random = randomFrom(options.seed, 'F15', index)
          const copy = path.join(world.folder, 'copy.db')
          const desk = await world.start()
          const copyAt = 1 + random.below(25)
          await until(() => world.requests().length >= copyAt, 'requests')
          copyLedger(world.ledgerFile, copy)
          const killAt = world.requests().length + 4 + random.below(60)
          await until(() => world.requests().length >= killAt || desk.run()?.state === 'idle', 'more requests')
          await desk.kill()
          copyLedger(copy, world.ledgerFile)
          const next = await world.takeSpare()
          const opened = await world.open(next)
          if (!opened.ok) {
            // A copy that was torn between its two files is refused as damaged, which is as it should be.
            refused += 1
            return { doubled: 0, lost: 0, broken: [], details: [] }
          }
          await world.quiet(next)
          const toldByNotices = await compare(world, next)
          await next.close()
          await next.kill()
          return world.judge({ restored: true, toldByNotices })
        }),
      () => [`${refused} torn copies were refused`],
    )
  },
}

/** Long enough for the payout of every refund by settlement, and with it for its notification. */
const PAYOUT_MS = 4 * 24 * 60 * 60 * 1000

/**
 * What a person does with a ledger that was put back: compares it with the PG. KICC cannot be compared with; there the log
 * of the merchant's server is imported, which tells of real-time refunds at once and of the others when they are paid.
 * Answers what the log told as nobody's.
 */
async function compare(world: World, desk: Desk): Promise<ReadonlySet<string>> {
  const people = await signIn(desk)
  const session = people.session as never
  const compared = await desk.command('quarantine.compare', { session, input: {} })
  if (!compared.ok) unwrap(await desk.command('sync.start', { session, input: { days: 90 } }))
  if (!world.pgs.includes('kicc')) return new Set()
  await world.advance(PAYOUT_MS, desk)
  const again = await signIn(desk)
  return new Set(await importNotices(desk, again, world.pg()))
}
