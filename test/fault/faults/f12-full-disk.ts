import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { numbered, tally, type Fault, type FaultOptions, type Verdict } from '../fault'
import type { Desk } from '../desk'
import { sentTags } from '../peek'
import { effectsIn, refundAskedBy, refundRequests } from '../pgs'
import { filesOf, inject, traceWrites } from '../strace'
import { randomFrom } from '../random'
import { inWorld, sleep, until, type World } from '../world'

const ROWS = 20
/** Requests that may have been on their way when the disk became full: the channel's greatest number in flight. */
const IN_FLIGHT_MAX = 8
const DISK_BYTES = 40 * 1024 * 1024
/** What the program keeps for the PG's answers (src/main/core/ledger/reserve.ts). */
const RESERVE_BYTES = 16 * 1024 * 1024

export const fullDisk: Fault = {
  id: 'F12',
  what: 'the disk is full from one write on',
  needsStrace: true,
  async run(options) {
    const cases = [
      ...numbered(options.short ? 2 : 60).map((one) => ({ ...one, work: withoutRoom })),
      ...numbered(mayMount() ? (options.short ? 1 : 6) : 0).map(({ index }) => ({
        name: `small disk ${index}`,
        index,
        work: onSmallDisk,
      })),
    ]
    const note = mayMount() ? [] : ['no small disk: only root may mount one']
    return tally(
      options,
      cases,
      ({ name, index, work }) => work(options, name, index),
      () => note,
    )
  },
}

/** Every write fails from the nth on; the PG must not hear of another row, and with room again the run goes on. */
function withoutRoom(options: FaultOptions, name: string, index: number): Promise<Verdict> {
  const nth = 5 + randomFrom(options.seed, 'F12', index).below(1400)
  return inWorld(options, { rows: ROWS, name }, async (world) => {
    const log = path.join(world.folder, 'calls')
    const strace = [...traceWrites(log, filesOf(world.ledgerFile)), ...inject(['pwrite64'], 'error=ENOSPC', `${nth}+`)]
    const desk = await world.start({ strace }).catch(() => null)
    const broken: string[] = []
    if (desk !== null) {
      await until(() => desk.run()?.state === 'paused' || desk.run()?.state === 'idle' || desk.ended(), 'a pause')
      broken.push(...(await staysSilent(world, desk)))
    }
    const verdict = await world.finish(await world.start())
    return { ...verdict, broken: [...verdict.broken, ...broken] }
  })
}

/** The run tries again every ten seconds of its own; none of these may reach the PG. */
async function staysSilent(world: World, desk: Desk): Promise<string[]> {
  await sleep(60)
  const before = world.requests().length
  await sleep(250)
  const late = refundRequests(world.requests().slice(before))
  await desk.kill()
  // What was committed as sent before may still have been on its way.
  const intended = sentTags(world.ledgerFile, world.folder)
  const more = late.filter((note) => !intended.has(refundAskedBy(note)?.tag ?? '')).length
  return more === 0 ? [] : [`${more} cancels were sent without room for their outcome`]
}

const mayMount = (): boolean => process.getuid?.() === 0 && process.platform === 'linux' && canMount()

let mounts: boolean | null = null
function canMount(): boolean {
  if (mounts !== null) return mounts
  try {
    const place = '/dev/shm/refund-desk-mount-trial'
    mkdirSync(place, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    rmSync(place, { recursive: true })
    mounts = true
  } catch {
    // Containers seldom allow it; the injected errors above try the same.
    mounts = false
  }
  return mounts
}

/** A file system that is really full in the midst of the run, and grows again while the desk lives. */
async function onSmallDisk(options: FaultOptions, name: string, index: number): Promise<Verdict> {
  const disk = path.join(options.folder, `small-${index}`)
  mkdirSync(disk, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk])
  try {
    return await inWorld(options, { rows: 60, name, ledgerFolder: disk }, async (world) => {
      const left = randomFrom(options.seed, 'F12 disk', index).below(1500) * 1024
      const used =
        statSync(world.ledgerFile).size + (statSync(`${world.ledgerFile}-wal`, { throwIfNoEntry: false })?.size ?? 0)
      const kept = used + RESERVE_BYTES + left + 64 * 1024
      writeFileSync(path.join(disk, 'ballast'), Buffer.alloc(Math.max(0, DISK_BYTES - kept)))
      const desk = await world.start()
      await until(() => desk.run()?.state === 'paused', 'the disk is full')
      const effectsAtPause = effectsIn(world.books).length
      await sleep(200)
      const more = effectsIn(world.books).length - effectsAtPause
      const broken = more > IN_FLIGHT_MAX ? [`${more} refunds took effect on a full disk`] : []
      rmSync(path.join(disk, 'ballast'))
      const verdict = await world.finish(desk)
      return { ...verdict, broken: [...verdict.broken, ...broken] }
    })
  } finally {
    execFileSync('umount', ['-l', disk])
  }
}
