import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { tally, type Fault, type FaultOptions, type Verdict } from '../fault'
import { callsIn, filesOf, inject, traceWrites } from '../strace'
import { inWorld } from '../world'

const ROWS = 12
/** The making of a ledger writes a hundred pages or so; beyond its last write a kill strikes nothing. */
const CREATION_STEPS = 170
const MIGRATION_STEPS = 90

export const migrations: Fault = {
  id: 'F18',
  what: 'killed at each write of a new ledger and of a migration; a newer ledger and an older program',
  needsStrace: true,
  run(options) {
    const steps = (count: number): number[] =>
      Array.from({ length: count }, (_, index) => index + 1).filter((nth) => !options.short || nth % 40 === 7)
    let struck = 0
    const cases = [
      ...steps(CREATION_STEPS).map((nth) => ({ name: `new ${nth}`, nth, work: created })),
      ...steps(MIGRATION_STEPS).map((nth) => ({ name: `migrated ${nth}`, nth, work: migrated })),
      { name: 'older program', nth: 0, work: olderProgram },
    ]
    return tally(
      options,
      cases,
      async ({ name, nth, work }) => {
        const { verdict, fired } = await work(options, name, nth)
        if (fired) struck += 1
        return verdict
      },
      () => [`${struck} kills struck; the rest came after the last write`],
    )
  },
}

interface Done {
  readonly verdict: Verdict
  readonly fired: boolean
}

/** No ledger is there yet: a kill leaves none or a whole one, and the next start has nothing to mend. */
async function created(options: FaultOptions, name: string, nth: number): Promise<Done> {
  let fired = false
  const verdict = await inWorld(options, { rows: ROWS, name }, async (world) => {
    const folder = path.join(world.folder, 'fresh')
    mkdirSync(folder)
    const ledgerFile = path.join(folder, 'ledger.db')
    const log = path.join(world.folder, 'calls')
    const first = await world.startAt(ledgerFile, [
      ...traceWrites(log),
      ...inject(['pwrite64'], 'signal=KILL', String(nth)),
    ])
    await first?.kill()
    fired = callsIn(log)['pwrite64'] === nth
    const second = await world.startAt(ledgerFile)
    if (second === null) return { doubled: 0, lost: 0, broken: ['the next start failed'], details: [] }
    const people = await second.command('shell.people', null)
    await second.close()
    await second.kill()
    const left = readdirSync(folder).filter((file) => file.includes('.new-'))
    const broken = [
      ...(people.ok && people.value.length === 2 ? [] : ['not everybody is in the new ledger']),
      ...(left.length === 0 ? [] : [`left behind: ${left.join(', ')}`]),
    ]
    rmSync(folder, { recursive: true })
    return { doubled: 0, lost: 0, broken, details: [] }
  })
  return { verdict, fired }
}

/** A ledger in use meets a program with one migration more, which is killed; then that program finishes the run. */
async function migrated(options: FaultOptions, name: string, nth: number): Promise<Done> {
  let fired = false
  const newer = { ...options, deskBundle: options.newerBundle }
  const verdict = await inWorld(options, { rows: ROWS, name }, async (world) => {
    const log = path.join(world.folder, 'calls')
    const strace = [...traceWrites(log, filesOf(world.ledgerFile)), ...inject(['pwrite64'], 'signal=KILL', String(nth))]
    const first = await world.start({ bundle: newer.deskBundle, strace }).catch(() => null)
    if (first !== null) {
      await Promise.race([first.whenEnded, world.quiet(first).catch(() => null)])
      await first.kill()
    }
    fired = callsIn(log)['pwrite64'] === nth
    const next = await world.start({ bundle: newer.deskBundle })
    await world.quiet(next)
    await next.close()
    await next.kill()
    return world.judge({ newer: true })
  })
  return { verdict, fired }
}

async function olderProgram(options: FaultOptions, name: string): Promise<Done> {
  const verdict = await inWorld(options, { rows: ROWS, name }, async (world) => {
    const newer = await world.start({ bundle: options.newerBundle })
    await newer.kill()
    const before = world.requests().length
    const older = await world.takeSpare()
    const opened = await world.open(older)
    await older.kill()
    const code = opened.ok ? 'opened' : opened.problem.code
    const broken = code === 'ledger-newer' ? [] : [`a newer ledger: ${code}`]
    if (world.requests().length > before + 8) broken.push('the older program asked the PG')
    return { doubled: 0, lost: 0, broken, details: [] }
  })
  return { verdict, fired: false }
}
