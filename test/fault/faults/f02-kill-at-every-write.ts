import path from 'node:path'
import { tally, type Fault, type FaultOptions } from '../fault'
import { callsIn, filesOf, inject, traceWrites } from '../strace'
import { inWorld } from '../world'

export const killAtEveryWrite: Fault = {
  id: 'F02',
  what: 'kill at every write',
  needsStrace: true,
  async run(options) {
    const rows = options.short ? 3 : 20
    const writes = await countWrites(options, rows)
    const step = options.short ? Math.ceil(writes / 12) : 1
    const points = Array.from({ length: Math.floor((writes - 1) / step) + 1 }, (_, index) => 1 + index * step)
    let fired = 0
    return tally(
      options,
      points.map((nth) => ({ name: `write ${nth}`, nth })),
      ({ name, nth }) =>
        inWorld(options, { rows, name }, async (world) => {
          const log = path.join(world.folder, 'calls')
          const files = filesOf(world.ledgerFile)
          const strace = [...traceWrites(log, files), ...inject(['pwrite64'], 'signal=KILL', String(nth))]
          const desk = await world.start({ strace }).catch(() => null)
          // Runs differ a little in what they write: one that ended before its nth write was not struck.
          if (desk !== null && !(await endsByItself(desk.whenEnded, world.quiet(desk))))
            await desk.close().then(
              () => desk.kill(),
              () => null,
            )
          if (callsIn(log)['pwrite64'] === nth) fired += 1
          return world.finish(await world.start())
        }),
      () => [`${writes} writes in a run of ${rows} rows, ${fired} kills struck`],
    )
  },
}

/** A run without a fault tells how many writes there are to be killed at; the last ones belong to its end. */
async function countWrites(options: FaultOptions, rows: number): Promise<number> {
  let writes = 0
  await inWorld(options, { rows, name: 'count' }, async (world) => {
    const log = path.join(world.folder, 'calls')
    const verdict = await world.finish(await world.start({ strace: traceWrites(log, filesOf(world.ledgerFile)) }))
    writes = callsIn(log)['pwrite64'] ?? 0
    return verdict
  })
  if (writes === 0) throw new Error('SQLite writes by another call than pwrite64 here')
  return writes
}

async function endsByItself(ended: Promise<void>, quiet: Promise<void>): Promise<boolean> {
  return Promise.race([
    ended.then(() => true),
    quiet.then(
      () => false,
      () => true,
    ),
  ])
}
