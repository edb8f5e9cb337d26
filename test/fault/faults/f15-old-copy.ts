import path from 'node:path'
import { numbered, tally, type Fault } from '../fault'
import type { Desk } from '../desk'
import { copyLedger } from '../peek'
import { randomFrom } from '../random'
import { inWorld, signIn, until, unwrap } from '../world'

const ROWS = 30

/**
 * Plain copies of the ledger's files, made while it runs and put back after more refunds were made: no copy may lead to
 * a second refund, and what it lacks must come up as a case. Where the anchor beside the file is newer than the copy, it
 * is quarantined; where it is not, the comparison of the balances and the checksum protect it.
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
          await compare(next)
          await next.close()
          await next.kill()
          const verdict = world.judge({ restored: true })
          return verdict
        }),
      () => [`${refused} torn copies were refused`],
    )
  },
}

/** What a person does with a ledger that was put back: compares it with the PG. */
async function compare(desk: Desk): Promise<void> {
  const session = (await signIn(desk)).session as never
  const compared = await desk.command('quarantine.compare', { session, input: {} })
  if (!compared.ok) unwrap(await desk.command('sync.start', { session, input: { days: 90 } }))
}
