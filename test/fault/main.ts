import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Fault, FaultOptions, FaultResult } from './fault'
import { FAULTS } from './registry'

/** In memory where there is such a place: a kill leaves what was written either way, and the disk is spared. */
const memory = '/dev/shm'

interface Line {
  readonly name: string
  readonly outcome: 'passed' | 'failed'
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      bundles: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string', multiple: true },
      short: { type: 'boolean', default: false },
      'guards-off': { type: 'boolean', default: false },
      report: { type: 'string' },
      guards: { type: 'string' },
    },
  })
  const bundles = values.bundles
  if (bundles === undefined) throw new Error('started by scripts/fault.mjs')
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
  if (!Number.isSafeInteger(seed)) throw new Error('--seed is a whole number')
  const only = new Set(values.only?.flatMap((list) => list.split(',')))
  const unknown = [...only].filter((id) => !FAULTS.some((fault) => fault.id === id))
  if (unknown.length > 0) throw new Error(`no such fault: ${unknown.join(', ')}`)
  const folder = mkdtempSync(path.join(existsSync(memory) ? memory : tmpdir(), 'refund-desk-fault-'))
  const base: FaultOptions = {
    seed,
    short: values.short,
    deskBundle: path.join(bundles, 'desk.mjs'),
    newerBundle: path.join(bundles, 'desk-newer.mjs'),
    electron: process.execPath,
    folder,
    lanes: 2,
  }
  console.log(`seed ${seed}${values.short ? ', short form' : ''}`)
  const lines: Line[] = []
  let failed = false
  if (!values['guards-off']) {
    for (const fault of FAULTS.filter(({ id }) => only.size === 0 || only.has(id))) {
      const { line, clean } = await one(fault, base)
      lines.push(line)
      failed ||= !clean
    }
  }
  if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(lines))
  if (failed) console.log(`what failed is kept in ${folder}; again with --seed ${seed}`)
  else rmSync(folder, { recursive: true, force: true })
  return failed ? 1 : 0
}

async function one(fault: Fault, base: FaultOptions): Promise<{ readonly line: Line; readonly clean: boolean }> {
  const folder = path.join(base.folder, fault.id)
  mkdirSync(folder)
  const begin = performance.now()
  const result: FaultResult = await fault.run({ ...base, folder })
  const clean = result.tried > 0 && result.survived === result.tried && result.doubled === 0 && result.lost === 0
  const text = `${fault.id} ${fault.what}: tried ${result.tried}, survived ${result.survived}, doubled ${result.doubled}, lost ${result.lost}`
  console.log(`${text} (${((performance.now() - begin) / 1000).toFixed(1)} s)`)
  for (const note of result.notes) console.log(`    ${note}`)
  if (clean) rmSync(folder, { recursive: true, force: true })
  return { line: { name: `fault > ${fault.id} ${fault.what}`, outcome: clean ? 'passed' : 'failed' }, clean }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
