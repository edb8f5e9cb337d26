import path from 'node:path'
import type { Desk } from '../desk'
import { numbered, tally, type Fault } from '../fault'
import { sentTags } from '../peek'
import { refundAskedBy, refundRequests } from '../pgs'
import { filesOf, inject, traceWrites } from '../strace'
import { inWorld, sleep } from '../world'

const ROWS = 20
/** Syncs of a run of so many rows, without those of its end. */
const SYNCS = 62

export const failedSync: Fault = {
  id: 'F13',
  what: 'one fsync fails',
  needsStrace: true,
  run(options) {
    const cases = numbered(SYNCS).filter(({ index }) => !options.short || index % 21 === 7)
    let struck = 0
    return tally(
      options,
      cases,
      ({ name, index }) =>
        inWorld(options, { rows: ROWS, name }, async (world) => {
          const log = path.join(world.folder, 'calls')
          const strace = [
            ...traceWrites(log, filesOf(world.ledgerFile)),
            ...inject(['fsync', 'fdatasync'], 'error=EIO', String(index + 1)),
          ]
          const desk = await world.start({ strace }).catch(() => null)
          const broken: string[] = []
          if (desk !== null) {
            const givenUp = await untilGivenUp(desk)
            if (givenUp) struck += 1
            // The desk may not touch this connection again, let alone send: nobody knows what reached the disk.
            await sleep(60)
            const before = world.requests().length
            await sleep(150)
            const late = refundRequests(world.requests().slice(before))
            await desk.kill()
            // What was committed as sent before may still have been on its way.
            const intended = sentTags(world.ledgerFile, world.folder)
            const more = late.filter((note) => !intended.has(refundAskedBy(note)?.tag ?? '')).length
            if (givenUp && more > 0) broken.push(`${more} refunds were asked for after a failed fsync`)
          }
          const verdict = await world.finish(await world.start())
          return { ...verdict, broken: [...verdict.broken, ...broken] }
        }),
      () => [`the run gave the ledger up in ${struck} of ${cases.length}`],
    )
  },
}

/** Asks until every answer is that the ledger was given up; false where the run came to its end before that. */
async function untilGivenUp(desk: Desk): Promise<boolean> {
  const end = performance.now() + 20_000
  while (performance.now() < end) {
    const answer = await desk.command('shell.people', null)
    if (!answer.ok) return answer.problem.code === 'ledger-damaged'
    if (desk.run()?.state === 'idle') return false
    await sleep(20)
  }
  throw new Error('the ledger was neither given up nor the run at its end')
}
