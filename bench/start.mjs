import { _electron } from '@playwright/test'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { summary } from './figures.mjs'

const RUNS = 7
/** Both programs are measured once they have come to rest. */
const REST_MS = 3000
const projectRoot = path.resolve(import.meta.dirname, '..')
const loaderFile = path.join(projectRoot, 'node_modules/playwright-core/lib/server/electron/loader.js')
const root = process.getuid?.() === 0

/**
 * Start to the first useful screen, and memory at rest, beside a bare Electron window. Useful means that a person can
 * act: our sign-in button stands there, with the ledger open and the practice PG running; the peer's button stands there.
 * The ledger exists already, as at every start but the first. Memory is the sum over all processes of the share that
 * the kernel counts to each (PSS), the practice PG's process included.
 */
export async function measureStart() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'refund-desk-bench-'))
  const ours = () => open({ program: projectRoot, button: /로그인/, env: { REFUND_DESK_DATA_DIR: dataDir } })
  const peer = () => open({ program: path.join(projectRoot, 'bench/bare-window'), button: 'Ready', env: {} })
  try {
    // Warm: files in the page cache, the ledger made.
    await ours()
    await peer()
    const pairs = []
    for (let run = 0; run < RUNS; run += 1) pairs.push({ ours: await ours(), peer: await peer() })
    return [
      summary(
        { id: 'start.first-screen', what: 'start to the first useful screen', unit: 'ms', goal: 1.5 },
        pairs.map(each('startMs')),
      ),
      summary(
        { id: 'start.memory', what: 'memory at rest after the start', unit: 'MB', goal: 1.4 },
        pairs.map(each('memoryMb')),
      ),
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const each = (figure) => (pair) => ({ ours: pair.ours[figure], peer: pair.peer[figure] })

async function open({ program, button, env }) {
  const startedMs = performance.now()
  const app = await _electron.launch({
    executablePath: process.execPath,
    args: ['-r', loaderFile, program, ...(root ? ['--no-sandbox'] : [])],
    cwd: program,
    env: { ...withoutRunAsNode(), ...env },
    chromiumSandbox: !root,
  })
  try {
    const page = await app.firstWindow()
    await page.getByRole('button', { name: button }).first().waitFor()
    const startMs = performance.now() - startedMs
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
    return { startMs, memoryMb: memoryOfTreeMb(app.process().pid) }
  } finally {
    await app.close()
  }
}

function withoutRunAsNode() {
  const env = { ...process.env }
  delete env.ELECTRON_RUN_AS_NODE
  return env
}

/** The kernel's proportional share of every process below (and with) this one. */
function memoryOfTreeMb(top) {
  const parents = new Map()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = readOrEmpty(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')
    if (fields?.[1] !== undefined) parents.set(Number(name), Number(fields[1]))
  }
  const inTree = (pid) => {
    for (let at = pid; at !== undefined && at > 1; at = parents.get(at)) if (at === top) return true
    return false
  }
  const kilobytes = [...parents.keys()]
    .filter(inTree)
    .map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readOrEmpty(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0))
  return kilobytes.reduce((sum, size) => sum + size, 0) / 1024
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // The process ended between the listing and the reading.
    return ''
  }
}
