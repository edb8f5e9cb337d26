import type { PgChoice } from './pgs'
import type { Random } from './random'

export interface FaultOptions {
  readonly seed: number
  /** Whose payments the shop has. */
  readonly pg: PgChoice
  /** The form that `npm test` runs: the same faults, far fewer of each. */
  readonly short: boolean
  /** The bundle of the desk; with a guard switched off where the campaign proves that it can see. */
  readonly deskBundle: string
  /** A bundle of a program that knows one migration more. */
  readonly newerBundle: string
  /** Electron, which runs the desk as plain Node. */
  readonly electron: string
  /** Where this fault may write; what failed stays there. */
  readonly folder: string
  /** Cases that run at the same time. */
  readonly lanes: number
  /** Steps of the simulation, where somebody chose their number. */
  readonly steps?: number
}

export interface FaultResult {
  /** How often the fault was let loose. */
  readonly tried: number
  /** After how many of these every invariant held. */
  readonly survived: number
  /** Rows with more than one effect, and effects beyond what was approved. */
  readonly doubled: number
  /** Effects that the ledger does not know, rows that vanished or took no effect, rows without a next action. */
  readonly lost: number
  /** What failed, and figures that a reader wants. */
  readonly notes: readonly string[]
}

export interface Fault {
  readonly id: string
  readonly what: string
  /** The PGs for which it runs; all three where nothing is said. The short form takes one shop with payments at each. */
  readonly pgs?: readonly PgChoice[]
  /** Only Linux has the tool that strikes at a chosen system call. */
  readonly needsStrace?: true
  readonly run: (options: FaultOptions) => Promise<FaultResult>
}

/** What was found after one case of a fault. */
export interface Verdict {
  readonly doubled: number
  readonly lost: number
  /** Every other invariant that does not hold. */
  readonly broken: readonly string[]
  readonly details: readonly string[]
}

export const isClean = (verdict: Verdict): boolean =>
  verdict.doubled === 0 && verdict.lost === 0 && verdict.broken.length === 0

/** Runs the cases over the lanes and adds them up. A case that throws has not survived, and keeps its folder. */
export async function tally<C extends { readonly name: string; readonly weight?: number }>(
  options: FaultOptions,
  cases: readonly C[],
  work: (one: C) => Promise<Verdict>,
  notes: () => readonly string[] = () => [],
): Promise<FaultResult> {
  let next = 0
  let [tried, survived, doubled, lost] = [0, 0, 0, 0]
  const troubles: string[] = []
  const lane = async (): Promise<void> => {
    for (let one = cases[next++]; one !== undefined; one = cases[next++]) {
      const weight = one.weight ?? 1
      tried += weight
      try {
        const verdict = await work(one)
        doubled += verdict.doubled
        lost += verdict.lost
        if (isClean(verdict)) survived += weight
        else troubles.push(`${one.name}: ${[...verdict.broken, ...verdict.details].slice(0, 6).join('; ')}`)
      } catch (error) {
        troubles.push(`${one.name}: ${shortly(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: options.lanes }, lane))
  const shown = troubles.slice(0, 12).map((trouble) => `FAILED ${trouble}`)
  const more = troubles.length > shown.length ? [`FAILED ${troubles.length - shown.length} more`] : []
  return { tried, survived, doubled, lost, notes: [...notes(), ...shown, ...more] }
}

/** The message and the places in the campaign's own code nearest to the trouble. */
function shortly(error: unknown): string {
  const lines = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n')
  return lines
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' | ')
}

/** Cases `0..count-1`, each with random numbers of its own, so that one of them can be run again alone. */
export function numbered(count: number): { readonly name: string; readonly index: number }[] {
  return Array.from({ length: count }, (_, index) => ({ name: `case ${index}`, index }))
}

export function pick<T>(random: Random, list: readonly T[]): T {
  const value = list[random.below(list.length)]
  if (value === undefined) throw new RangeError('nothing to pick from')
  return value
}
