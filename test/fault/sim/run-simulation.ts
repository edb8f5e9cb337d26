// First of all: the program must find the hash of PINs that this module puts in place.
import { assertOneScrypt } from './one-scrypt'
import { rmSync } from 'node:fs'
import { simulateSeed, type SeedResult } from './simulation'
import { makeTemplate } from './template'

/** Steps of one seed: long enough for refunds to get into one another's way, short enough for a small ledger. */
const STEPS_OF_SEED = 600

export interface SimulationOptions {
  readonly firstSeed: number
  /** From one seed to the next: processes side by side take turns. */
  readonly stride?: number
  /** Steps over all seeds, at least; a seed that was begun is ended. */
  readonly steps: number
  /** Begins no seed after this long, ms, once `stepsMin` steps are done. */
  readonly limitMs?: number
  readonly stepsMin?: number
  /** Begins no seed after so many have failed. */
  readonly failuresMax?: number
}

export interface SimulationReport {
  readonly seeds: number
  readonly steps: number
  readonly counts: Readonly<Record<string, number>>
  readonly failures: readonly SeedResult[]
  /** Over the traces of all seeds. */
  readonly traceHashes: readonly string[]
}

/** Runs one seed after another in this process, until so many steps are done. */
export async function runSimulation(options: SimulationOptions): Promise<SimulationReport> {
  const { firstSeed, stride = 1, limitMs = Infinity, stepsMin = 0, failuresMax = 5 } = options
  assertOneScrypt()
  const template = makeTemplate()
  const startedAtMs = performance.now()
  const counts: Record<string, number> = {}
  const failures: SeedResult[] = []
  const traceHashes: string[] = []
  let steps = 0
  try {
    const inTime = (): boolean => steps < stepsMin || performance.now() - startedAtMs < limitMs
    while (steps < options.steps && failures.length < failuresMax && inTime()) {
      const seed = firstSeed + traceHashes.length * stride
      const result = await simulateSeed({ seed, steps: STEPS_OF_SEED, template })
      steps += result.steps
      traceHashes.push(result.traceHash)
      for (const [name, n] of Object.entries(result.counts)) counts[name] = (counts[name] ?? 0) + n
      if (result.violation !== null) failures.push(result)
    }
  } finally {
    rmSync(template.folder, { recursive: true, force: true })
  }
  return { seeds: traceHashes.length, steps, counts, failures, traceHashes }
}
