import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Fault, FaultOptions, FaultResult } from '../fault'
import type { SimulationOptions, SimulationReport } from './run-simulation'
import { STEP_KINDS } from './step-kinds'

const STEPS_FULL = 1_000_000
const SHORT_MS = 12_000
/** Even where the machine is slow: fewer steps would miss a guard that is gone. */
const SHORT_STEPS_MIN = 6_000
/** Every kind of step has at least this share. */
const SHARE_MIN = 0.02

/** A seeded order of sends, answers, crashes, clock jumps and people's and the PG's acts, with every invariant after each. */
export const simulation: Fault = {
  id: 'SIM',
  what: 'a deterministic simulation of the core against a fake PG, by seed',
  pgs: ['mixed'],
  async run(options) {
    const { seed, short, lanes, deskBundle } = options
    const steps = options.steps ?? STEPS_FULL
    const reports = await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        runWorker(options, {
          firstSeed: seed + lane,
          stride: lanes,
          steps: Math.ceil(steps / lanes),
          // Without a guard one failure is proof enough.
          ...(path.basename(deskBundle).includes('-without-') ? { failuresMax: 1 } : {}),
          ...(short ? { limitMs: SHORT_MS, stepsMin: Math.ceil(SHORT_STEPS_MIN / lanes) } : {}),
        }),
      ),
    )
    return resultOf(reports)
  },
}

function runWorker({ electron, deskBundle }: FaultOptions, options: SimulationOptions): Promise<SimulationReport> {
  const workerBundle = path.join(path.dirname(deskBundle), path.basename(deskBundle).replace('desk', 'sim'))
  const child = spawn(electron, [workerBundle, JSON.stringify(options)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as SimulationReport)
      else reject(new Error(`the simulation's process ended with ${code ?? 'a signal'}`))
    })
  })
}

function resultOf(reports: readonly SimulationReport[]): FaultResult {
  const tried = reports.reduce((sum, report) => sum + report.seeds, 0)
  const steps = reports.reduce((sum, report) => sum + report.steps, 0)
  const counts: Record<string, number> = {}
  for (const report of reports)
    for (const [name, n] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + n
  const failures = reports.flatMap((report) => report.failures)
  const harmed = (harm: string): number => failures.filter(({ violation }) => violation?.harm === harm).length
  const shares = STEP_KINDS.map((kind) => [kind, (counts[kind] ?? 0) / Math.max(1, steps)] as const)
  const rare = shares.filter(([, share]) => share < SHARE_MIN)
  const rest = Object.entries(counts).filter(([name]) => !(STEP_KINDS as readonly string[]).includes(name))
  return {
    tried,
    // A kind of step that hardly ever came would prove nothing about itself.
    survived: rare.length > 0 && failures.length === 0 ? 0 : tried - failures.length,
    doubled: harmed('doubled'),
    lost: harmed('lost'),
    notes: [
      `${steps} steps in ${tried} seeds: ${shares.map(([kind, share]) => `${kind} ${(share * 100).toFixed(1)} %`).join(', ')}`,
      rest
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(([name, n]) => `${name} ${n}`)
        .join(', '),
      ...rare.map(([kind, share]) => `FAILED only ${(share * 100).toFixed(1)} % of the steps are of kind ${kind}`),
      ...failures.flatMap(({ seed, violation, lastLines }) => [
        ...lastLines,
        `FAILED seed ${seed}, step ${violation?.step ?? 0}, ${violation?.rule ?? ''} (${violation?.harm ?? ''}): ${violation?.text ?? ''}`,
        `    again: npm run fault -- --only SIM --seed ${seed}`,
      ]),
    ],
  }
}
