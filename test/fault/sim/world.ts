import type { CrashPoint } from './crashing-ledger'
import type { FakePg } from './fake-pg'
import type { FakeTime } from './fake-time'
import type { Machine } from './machine'
import type { Seeded } from './seeded'
import type { Trace } from './trace'
import type { Watch } from './watch'

export interface WorldState {
  /** Set while a person's closing of the program waits for the rows in hand. */
  stopping: boolean
  healed: boolean
  /** Where the machine will die, after this many edges of that kind. */
  doom: { readonly point: CrashPoint; left: number } | null
  step: number
}

/** One seed under way. */
export interface World extends WorldState {
  readonly seed: number
  readonly seeded: Seeded
  readonly time: FakeTime
  readonly pg: FakePg
  readonly watch: Watch
  readonly trace: Trace
  count(what: string): void
  machine: Machine
  readonly reopen: () => Machine
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
/** A program that breathes more often without resting turns in a circle. */
const BREATHS_MAX = 5_000

/** Lets the program run until it waits for something that the simulation holds. */
export async function drain(world: World): Promise<void> {
  const { machine, seeded, watch } = world
  for (let breaths = 0; ; breaths += 1) {
    await turn()
    // Now and then something else comes in between two slices of a job.
    if (!world.healed && seeded.chance(0.02)) break
    if (!machine.waits.goOn()) break
    if (breaths > BREATHS_MAX) {
      watch.fail('rest', 'broken', 'the program never rests')
      break
    }
  }
  if (machine.isDead()) {
    world.stopping = false
    machine.close()
    world.machine = world.reopen()
    await drain(world)
  }
}
