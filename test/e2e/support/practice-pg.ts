import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { projectRoot } from './launch'

const CONTROL_KEY = 'end-to-end'

export interface BookedCancel {
  readonly impUid: string
  readonly amount: number
  readonly source: string
}

/** What the practice PG's books say of KICC; the PG's own field names. */
export interface KiccBooks {
  readonly payments: readonly {
    readonly mallId: string
    readonly pgCno: string
    readonly shopOrderNo: string
    readonly amount: number
    readonly deposits: readonly unknown[]
  }[]
  readonly refunds: readonly { readonly pgCno: string; readonly amount: number; readonly state: string }[]
}

/** The practice PG as a process of its own that outlives the program, with its control surface open. */
export interface ControlledPg {
  readonly origin: string
  readonly cancels: () => Promise<readonly BookedCancel[]>
  readonly kicc: () => Promise<KiccBooks>
  /** The merchant's log of KICC's notifications up to the PG's clock. */
  readonly kiccNotices: () => Promise<string>
  /** What no refund desk may ever do. */
  readonly alarms: () => Promise<readonly unknown[]>
  /** Moves the PG's clock away from this machine's. */
  readonly setClock: (offsetMs: number) => Promise<void>
  readonly setRules: (rules: readonly Record<string, unknown>[]) => Promise<void>
  readonly held: () => Promise<number>
  readonly release: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startPracticePg(folder: string, port = 0): Promise<ControlledPg> {
  const child = spawn(
    process.execPath,
    [
      path.join(projectRoot, 'out/main/practice.js'),
      '--books',
      path.join(folder, 'books.jsonl'),
      '--port',
      String(port),
      '--control-key',
      CONTROL_KEY,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const origin = `http://127.0.0.1:${await portOf(child)}`
  const ask = async (what: string, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${origin}/__practice/${what}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-practice-control': CONTROL_KEY, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`the control surface answers ${answer.status} to ${what}`)
    return answer
  }
  const control = async (what: string, body?: unknown): Promise<unknown> => (await ask(what, body)).json()
  return {
    origin,
    cancels: async () => ((await control('books')) as { cancels: readonly BookedCancel[] }).cancels,
    kicc: async () => ((await control('books')) as { kicc: KiccBooks }).kicc,
    kiccNotices: async () => (await ask('kicc-notices')).text(),
    alarms: async () => ((await control('books')) as { alarms: readonly unknown[] }).alarms,
    setClock: async (offsetMs) => void (await control('clock', { offsetMs })),
    setRules: async (rules) => void (await control('scenario', { rules })),
    held: async () => ((await control('holds')) as { held: readonly unknown[] }).held.length,
    release: async () => void (await control('release', {})),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The sample files of today's practice shop, written into a folder as a person would save them. */
export function writeSamples(folder: string): void {
  const written = spawnSync(process.execPath, [
    path.join(projectRoot, 'out/main/practice.js'),
    '--write-samples',
    folder,
  ])
  if (written.status !== 0) throw new Error(`the samples were not written: ${written.stderr.toString()}`)
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`the practice PG ended with code ${String(code)}`)))
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const found = /"listening":(\d+)/.exec(text)
      if (found?.[1] !== undefined) resolve(Number(found[1]))
    })
  })
}
