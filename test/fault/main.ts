import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Fault, FaultOptions, FaultResult } from './fault'
import { bundleWithout, GUARDS, SHORT_GUARDS } from './guards-off.mjs'
import { PG_CHOICES, SHOP_PGS, type PgChoice } from './pgs'
import { FAULTS } from './registry'
import { closePools } from './world'

/** In memory where there is such a place: a kill leaves what was written either way, and the disk is spared. */
const memory = '/dev/shm'

interface Line {
  readonly name: string
  readonly outcome: 'passed' | 'failed'
}

/** Cases side by side: most of a case is waiting for ten minutes to pass. */
const LANES = 3

/** A short fault has few cases and waits much; several at a time use what the others leave. */
const SHORT_AT_A_TIME = 3

/** Steps of the simulation in which a guard that is off must show. */
const GUARD_STEPS = 150_000

async function inTurn(work: readonly (() => Promise<Line>)[], atATime: number): Promise<Line[]> {
  const lines: Line[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let run = work[next++]; run !== undefined; run = work[next++]) lines.push(await run())
  }
  await Promise.all(Array.from({ length: atATime }, lane))
  return lines
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      bundles: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string', multiple: true },
      pg: { type: 'string', multiple: true },
      short: { type: 'boolean', default: false },
      'guards-off': { type: 'boolean', default: false },
      steps: { type: 'string' },
      report: { type: 'string' },
    },
  })
  const bundles = values.bundles
  if (bundles === undefined) throw new Error('started by scripts/fault.mjs')
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
  if (!Number.isSafeInteger(seed)) throw new Error('--seed is a whole number')
  const only = new Set(values.only?.flatMap((list) => list.split(',')))
  const pgs = new Set((values.pg ?? []).flatMap((list) => list.split(',')).map(pgChoice))
  const unknown = [...only].filter((id) => !FAULTS.some((fault) => fault.id === id))
  if (unknown.length > 0) throw new Error(`no such fault: ${unknown.join(', ')}`)
  const folder = mkdtempSync(path.join(existsSync(memory) ? memory : tmpdir(), 'refund-desk-fault-'))
  const base: FaultOptions = {
    seed,
    pg: 'portone-v1',
    short: values.short,
    deskBundle: path.join(bundles, 'desk.mjs'),
    newerBundle: path.join(bundles, 'desk-newer.mjs'),
    electron: process.execPath,
    folder,
    lanes: values.short ? 2 : LANES,
    ...(values.steps === undefined ? {} : { steps: Number(values.steps) }),
  }
  console.log(`seed ${seed}${values.short ? ', short form' : ''}`)
  const work: (() => Promise<Line>)[] = []
  const wanted = FAULTS.filter(({ id }) => only.size === 0 || only.has(id))
  if (!values['guards-off']) {
    for (const fault of wanted) {
      if (fault.needsStrace === true && process.platform !== 'linux') {
        console.log(`${fault.id} ${fault.what}: not tried, strace is for Linux only`)
      } else for (const pg of pgsFor(fault, pgs, values.short)) work.push(() => one(fault, { ...base, pg }))
    }
  }
  const guards = GUARDS.filter(
    (guard) => values['guards-off'] || (values.short && SHORT_GUARDS.includes(bundleWithout(guard))),
  )
  for (const guard of guards.filter(
    ({ fault, pg }) => (only.size === 0 || only.has(fault)) && (pgs.size === 0 || pgs.has(pgChoice(pg))),
  )) {
    work.push(() => without(guard, base, bundles))
  }
  const lines = await inTurn(work, values.short ? SHORT_AT_A_TIME : 1)
  await closePools()
  if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(lines))
  const failed = lines.some(({ outcome }) => outcome === 'failed')
  if (failed) console.log(`what failed is kept in ${folder}; again with --seed ${seed}`)
  else rmSync(folder, { recursive: true, force: true })
  return failed ? 1 : 0
}

function pgChoice(text: string): PgChoice {
  const pg = PG_CHOICES.find((each) => each === text)
  if (pg === undefined) throw new Error(`no such PG: ${text}; there are ${PG_CHOICES.join(', ')}`)
  return pg
}

/** The PGs of one fault: those that were asked for and that it knows. */
function pgsFor({ pgs = SHOP_PGS }: Fault, wanted: ReadonlySet<PgChoice>, short: boolean): readonly PgChoice[] {
  if (short && wanted.size === 0) return pgs.length === 1 ? pgs : ['mixed']
  if (wanted.size === 0) return pgs
  // A shop with payments at every PG is for every fault that more than one PG knows.
  return [...wanted].filter((pg) => pgs.includes(pg) || (pg === 'mixed' && pgs.length > 1))
}

async function one(fault: Fault, base: FaultOptions): Promise<Line> {
  const folder = path.join(base.folder, `${fault.id}-${base.pg}`)
  mkdirSync(folder)
  const begin = performance.now()
  const result: FaultResult = await fault.run({ ...base, folder })
  const clean = result.tried > 0 && result.survived === result.tried && result.doubled === 0 && result.lost === 0
  const text = `${fault.id} ${base.pg} ${fault.what}: tried ${result.tried}, survived ${result.survived}, doubled ${result.doubled}, lost ${result.lost}`
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  console.log([`${text} (${seconds} s)`, ...result.notes.map((note) => `    ${note}`)].join('\n'))
  if (clean) rmSync(folder, { recursive: true, force: true })
  return { name: `fault > ${fault.id} ${base.pg} ${fault.what}`, outcome: clean ? 'passed' : 'failed' }
}

/** With a guard switched off the fitting fault must report something doubled or lost: that is how we know that it can see. */
async function without(guard: (typeof GUARDS)[number], base: FaultOptions, bundles: string): Promise<Line> {
  const fault = FAULTS.find(({ id }) => id === guard.fault)
  if (fault === undefined) throw new Error(`no such fault: ${guard.fault}`)
  const name = bundleWithout(guard)
  const folder = path.join(base.folder, name)
  mkdirSync(folder)
  const begin = performance.now()
  // The simulation takes the bundle that lies beside that of the desk under its own name.
  const deskBundle = path.join(bundles, `${name.replace(/^sim/, 'desk')}.mjs`)
  const { tried, doubled, lost, notes } = await fault.run({
    ...base,
    pg: pgChoice(guard.pg),
    folder,
    deskBundle,
    short: fault.id !== 'SIM',
    steps: GUARD_STEPS,
  })
  // Some guards keep a request from what the PG itself would stop, or what pays nobody twice by itself.
  const { shows = null } = guard
  const sees = shows === null ? doubled + lost > 0 : notes.some((note) => note.includes(shows))
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  console.log(
    `without ${guard.id} (${guard.what}), ${fault.id} ${guard.pg}: tried ${tried}, doubled ${doubled}, lost ${lost}: ${
      sees ? `seen${shows === null ? '' : `, "${shows}"`}` : `the campaign is blind to ${guard.id}`
    } (${seconds} s)`,
  )
  if (!sees) console.log(notes.map((note) => `    ${note}`).join('\n'))
  rmSync(folder, { recursive: true, force: true })
  return {
    name: `fault > ${guard.fault} ${guard.pg} sees that ${guard.id} is off`,
    outcome: sees ? 'passed' : 'failed',
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
