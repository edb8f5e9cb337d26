// First of all: the program must find the hash of PINs that this module puts in place.
import './one-scrypt'
import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { simulateSeed, type SeedResult } from './simulation'
import { makeTemplate } from './template'

/** Steps of one seed: long enough for refunds to get into one another's way, short enough for a small ledger. */
const STEPS_OF_SEED = 600

export interface SimulationOptions {
  /** Runs only this seed. */
  readonly seed?: number
  /** Steps over all seeds. */
  readonly steps: number
  /** Ends after this long, ms, whatever is left. */
  readonly limitMs?: number
  readonly onSeed?: (result: SeedResult) => void
  readonly linesKept?: number
}

export interface SimulationReport {
  readonly seeds: number
  readonly steps: number
  readonly counts: ReadonlyMap<string, number>
  readonly failures: readonly SeedResult[]
}

/** Runs fresh seeds, or the one named, until so many steps are done. */
export async function runSimulation(options: SimulationOptions): Promise<SimulationReport> {
  const template = makeTemplate()
  const startedAtMs = performance.now()
  const counts = new Map<string, number>()
  const failures: SeedResult[] = []
  let steps = 0
  let seeds = 0
  try {
    do {
      const seed = options.seed ?? randomInt(2 ** 47)
      const result = await simulateSeed({
        seed,
        steps: options.seed === undefined ? Math.min(STEPS_OF_SEED, options.steps - steps) : STEPS_OF_SEED,
        template,
        ...(options.linesKept === undefined ? {} : { linesKept: options.linesKept }),
      })
      seeds += 1
      steps += result.steps
      for (const [name, n] of result.counts) counts.set(name, (counts.get(name) ?? 0) + n)
      if (result.violation !== null) failures.push(result)
      options.onSeed?.(result)
    } while (
      options.seed === undefined &&
      steps < options.steps &&
      performance.now() - startedAtMs < (options.limitMs ?? Infinity)
    )
  } finally {
    rmSync(template.folder, { recursive: true, force: true })
  }
  return { seeds, steps, counts, failures }
}
