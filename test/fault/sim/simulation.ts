import { rmSync } from 'node:fs'
import { anchorFileOf } from '../../../src/main/core/ledger/anchor'
import path from 'node:path'
import { actOfUser } from './acts'
import { CRASH_POINTS } from './crashing-ledger'
import { createFakePg } from './fake-pg'
import { fakeTime, type FakeTime } from './fake-time'
import { startMachine, type Machine } from './machine'
import { actOfPg } from './pg-acts'
import { seededBy, type Seeded } from './seeded'
import { DAY_MS, msIntoSeoulDay } from './seoul'
import { seededShop } from './shop'
import type { StepKind } from './step-kinds'
import { START_MS, type Template } from './template'
import { createTrace } from './trace'
import { createWatch, type Violation } from './watch'
import { drain, type World, type WorldState } from './world'
import { finishSeed } from './finish'

export interface SeedResult {
  readonly seed: number
  readonly steps: number
  readonly violation: (Violation & { readonly step: number }) | null
  readonly traceHash: string
  readonly lastLines: readonly string[]
  /** Steps by kind, and what happened within them. */
  readonly counts: Readonly<Record<string, number>>
}

export interface SeedOptions {
  readonly seed: number
  readonly steps: number
  readonly template: Template
}

/** Runs one seed for so many steps, then lets everything heal and judges what is left. */
export async function simulateSeed({ seed, steps, template }: SeedOptions): Promise<SeedResult> {
  const ledgerFile = path.join(template.folder, `seed-${seed}.db`)
  template.copyTo(ledgerFile)
  const seeded = seededBy(seed, 'order')
  const chances = seededBy(seed, 'pg')
  const time = fakeTime(START_MS + seeded.below(24 * 60) * 60_000)
  const pg = createFakePg(chances, time, seededShop(chances))
  const trace = createTrace()
  const watch = createWatch(pg, time, (text) => trace.tell(`  ${text}`))
  const counts: Record<string, number> = {}
  const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1)
  const badness = chances.pick([0.05, 0.15, 0.3, 0.5])
  const state: WorldState = { stopping: false, healed: false, doom: null, step: 0 }
  const reopen = (): Machine =>
    startMachine({
      ledgerFile,
      staff: template.staff,
      seeded: seededBy(seed, `program:${state.step}`),
      chances,
      time,
      pg,
      watch,
      badness,
      healed: () => state.healed,
      dies(point) {
        const { doom } = state
        if (doom === null || doom.point !== point) return false
        doom.left -= 1
        if (doom.left > 0) return false
        state.doom = null
        count(`died ${point}`)
        trace.tell(`  the machine dies ${point}`)
        return true
      },
      tell: (text) => trace.tell(`  ${text}`),
    })
  const world: World = Object.assign(state, { seed, seeded, time, pg, watch, trace, count, reopen, machine: reopen() })
  try {
    await drain(world)
    while (world.step < steps && watch.violation() === null) {
      world.step += 1
      await oneStep(world)
    }
    const atStep = world.step
    if (watch.violation() === null) await finishSeed(world)
    const violation = watch.violation()
    const { first, repeats } = watch.sends()
    counts['attempts sent'] = first
    counts['attempts repeated'] = repeats
    return {
      seed,
      steps: atStep,
      violation: violation === null ? null : { ...violation, step: world.step },
      traceHash: trace.hash(),
      lastLines: trace.last(),
      counts,
    }
  } finally {
    world.machine.crash()
    world.machine.close()
    for (const end of ['', '-wal']) rmSync(ledgerFile + end, { force: true })
    rmSync(anchorFileOf(ledgerFile), { force: true })
  }
}

/** Every eighth seed: hardly a crash and hardly a jump of the clock, since a request is repeated after ten quiet minutes only. */
const isCalm = (seed: number): boolean => seed % 8 === 0

async function oneStep(world: World): Promise<void> {
  const { seeded, time, trace, watch } = world
  time.pass(seeded.between(1, 400))
  const { calls, waits } = world.machine
  const leaving = calls.open.some((call) => call.stage === 'leaving')
  const answering = calls.open.some((call) => call.stage === 'answering')
  const calm = isCalm(world.seed)
  const kind =
    seeded.weighted<StepKind>([
      [leaving ? 40 : 0, 'send'],
      [answering ? 40 : 0, 'answer'],
      [calm ? 0.2 : 2.6, 'crash'],
      [calm ? 0.2 : 2.6, 'clock'],
      [world.stopping ? 0 : 18, 'user'],
      [3.5, 'pg'],
      [waits.firstMs() === null ? 1 : calm ? 28 : 14, 'wait'],
    ]) ?? 'wait'
  const what = act(world, kind)
  world.count(kind)
  trace.tell(
    `${world.step} ${kind} ${what} at ${time.trueMs() - START_MS}${time.offsetMs() === 0 ? '' : ` clock ${time.offsetMs()}`}`,
  )
  await drain(world)
  watch.afterStep()
}

function act(world: World, kind: StepKind): string {
  const { seeded, time, machine, pg, count } = world
  switch (kind) {
    case 'send': {
      const call = seeded.pick(machine.calls.open.filter((each) => each.stage === 'leaving'))
      call.arrive()
      count(`sent ${call.what}`)
      return `${call.what} ${call.about}`
    }
    case 'answer': {
      const call = seeded.pick(machine.calls.open.filter((each) => each.stage === 'answering'))
      call.answer()
      return `${call.what} ${call.about}`
    }
    case 'wait': {
      if (seeded.chance(0.01)) {
        // Half a second before midnight in Seoul.
        time.pass(DAY_MS - 500 - msIntoSeoulDay(time.trueMs()))
        return 'until midnight'
      }
      const untilMs = machine.waits.firstMs()
      time.pass(untilMs ?? seeded.between(1_000, 600_000))
      machine.waits.endFirst()
      return untilMs === null ? 'idle' : `${untilMs} ms`
    }
    case 'clock': {
      time.setOffset(seededOffset(seeded, time))
      return 'set'
    }
    case 'user':
      return actOfUser({ seeded, machine, pg, restart: () => restart(world) }) ?? 'nothing to do'
    case 'pg': {
      const wanted = machine.facts.rows().flatMap((row) => (row.state === 'accepted' ? [] : [row.amount]))
      return actOfPg(seeded, time, pg, machine.calls.open.length === 0, wanted) ?? 'nothing happens'
    }
    case 'crash': {
      if (seeded.chance(0.4)) {
        count(machine.calls.open.length > 0 ? 'died with a request under way' : 'died at rest')
        machine.crash()
        return 'power off'
      }
      world.doom = { point: seeded.pick(CRASH_POINTS), left: seeded.between(1, 5) }
      return `doomed ${world.doom.point} ${world.doom.left}`
    }
  }
}

/** A person closes the program: it ends after the rows in hand, whose answers are still to come. */
function restart(world: World): void {
  const { machine } = world
  world.stopping = true
  machine.core.stop().then(machine.crash, (error: unknown) => {
    if (!machine.isDead()) world.watch.fail('assumption', 'broken', `closing threw ${String(error)}`)
  })
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const OFFSET_MAX_MS = 30 * DAY_MS

/** Where somebody, a time server or a summer time sets the program's clock. */
function seededOffset(seeded: Seeded, time: FakeTime): number {
  const to = seeded.weighted<() => number>([
    [4, () => 0],
    [4, () => time.offsetMs() + seeded.between(-10 * MINUTE_MS, 10 * MINUTE_MS)],
    [3, () => time.offsetMs() + seeded.between(-3 * HOUR_MS, 3 * HOUR_MS)],
    // One second before midnight in Seoul.
    [2, () => time.offsetMs() + DAY_MS - 1_000 - msIntoSeoulDay(time.nowMs())],
    [1, () => time.offsetMs() + seeded.pick([-DAY_MS, DAY_MS, 2 * DAY_MS])],
    [0.3, () => time.offsetMs() + 12 * DAY_MS],
  ])
  const offset = to?.() ?? 0
  return Math.abs(offset) > OFFSET_MAX_MS ? 0 : offset
}
