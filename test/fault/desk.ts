import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { RunState } from '../../src/contract/views'
import type { Problem } from '../../src/domain/problem'
import type { Result } from '../../src/domain/result'
import type { CommandInput, CommandOutput, CoreCommand } from '../../src/main/core/port'
import type { FromDesk, OpenDesk, ToDesk } from './desk-messages'

type FileInput = { readonly session: unknown; readonly file: { readonly name: string; readonly text: string } }

/** A desk process as the campaign holds it. */
export interface Desk {
  readonly pid: number
  /** What the run told last; null before the first word. */
  readonly run: () => RunState | null
  /** When it told that, `performance.now()`. */
  readonly runToldAt: () => number
  readonly trouble: readonly string[]
  /** Everything that it wrote to its standard streams, for the search for accounts. */
  readonly said: () => string
  readonly ended: () => boolean
  readonly whenEnded: Promise<void>
  open(options: OpenDesk): Promise<Result<null, Problem>>
  command<C extends CoreCommand>(command: C, input: CommandInput<C>): Promise<Result<CommandOutput<C>, Problem>>
  importText(input: FileInput): Promise<Result<CommandOutput<'shell.importFile'>, Problem>>
  importNotices(input: FileInput): Promise<Result<CommandOutput<'shell.importNotices'>, Problem>>
  shift(ms: number): Promise<void>
  /** Ends the core as a normal quit does; the process stays and may open again. */
  close(): Promise<void>
  /** Puts an strace with these arguments on the living process, where this system allows it. */
  attach(strace: readonly string[]): Promise<void>
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>
}

export interface DeskPlace {
  readonly electron: string
  readonly bundle: string
  /** Arguments of strace, where the desk runs under it. */
  readonly strace?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** The process has ended, so no answer will come. */
export class DeskGone extends Error {}

const ANSWER_MS_MAX = 120_000

export async function startDesk(place: DeskPlace): Promise<Desk> {
  const child =
    place.strace === undefined
      ? spawn(place.electron, [place.bundle], options(place))
      : spawn('strace', [...place.strace, place.electron, place.bundle], options(place))
  let said = ''
  let pid = 0
  let ended = false
  let run: RunState | null = null
  let runToldAt = 0
  let lastId = 0
  const trouble: string[] = []
  const waiting = new Map<number, { readonly done: (value: never) => void; readonly broke: (error: Error) => void }>()
  const ready = Promise.withResolvers<null>()
  // Nobody may be waiting any more when a killed desk ends.
  ready.promise.catch(() => null)

  const whenEnded = new Promise<void>((resolve) => {
    child.once('close', () => {
      ended = true
      ready.reject(new DeskGone(`the desk ended before it was ready: ${said.slice(-500)}`))
      for (const { broke } of waiting.values()) broke(new DeskGone('the desk has ended'))
      waiting.clear()
      resolve()
    })
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  // A killed desk leaves a broken pipe behind.
  child.stdin?.on('error', () => null)
  child.once('error', (error) => ready.reject(error))
  if (child.stdout === null) throw new Error('the desk has a standard output')
  createInterface({ input: child.stdout }).on('line', (line) => {
    said += `${line}\n`
    // A killed process may leave half a line.
    if (!line.endsWith('}')) return
    hear(JSON.parse(line) as FromDesk)
  })

  function hear(message: FromDesk): void {
    if ('ready' in message) {
      pid = message.ready
      ready.resolve(null)
    } else if ('run' in message) {
      run = message.run
      runToldAt = performance.now()
    } else if ('trouble' in message) trouble.push(message.trouble)
    else if ('broke' in message) {
      waiting.get(message.id)?.broke(new Error(message.broke))
      waiting.delete(message.id)
    } else {
      waiting.get(message.id)?.done(message.result as never)
      waiting.delete(message.id)
    }
  }

  type Asked = ToDesk extends infer T ? (T extends ToDesk ? Omit<T, 'id'> : never) : never
  const ask = <T>(message: Asked): Promise<T> => {
    if (ended) return Promise.reject(new DeskGone('the desk has ended'))
    lastId += 1
    const id = lastId
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const limit = setTimeout(() => reject(new Error(`no answer to ${message.verb}`)), ANSWER_MS_MAX)
    waiting.set(id, {
      done: (value) => {
        clearTimeout(limit)
        resolve(value)
      },
      broke: (error) => {
        clearTimeout(limit)
        reject(error)
      },
    })
    child.stdin?.write(`${JSON.stringify({ ...message, id })}\n`)
    return promise
  }

  await ready.promise
  const end = async (): Promise<void> => {
    signal(pid, child)
    await whenEnded
  }
  return {
    pid,
    run: () => run,
    runToldAt: () => runToldAt,
    trouble,
    said: () => said,
    ended: () => ended,
    whenEnded,
    open: (open) => {
      said = ''
      return ask({ verb: 'open', options: open })
    },
    command: (command, input) => ask({ verb: 'command', command, input }),
    importText: (input) => ask({ verb: 'command', command: 'shell.importFile', input }),
    importNotices: (input) => ask({ verb: 'command', command: 'shell.importNotices', input }),
    shift: async (ms) => {
      await ask({ verb: 'shift', ms })
    },
    close: async () => {
      await ask({ verb: 'stop' })
      run = null
    },
    attach: (strace) => attachStrace(pid, strace),
    kill: end,
  }
}

function options(place: DeskPlace) {
  return {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TZ: 'UTC', ...place.env },
    stdio: ['pipe', 'pipe', 'pipe'] as ('pipe' | 'ignore')[],
  }
}

/** The desk itself is hit, not the strace around it, which ends with it. */
function signal(pid: number, child: ChildProcess): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // It is gone already.
  }
}

/** Attaching spares the traced start of a process; ordinary users may mostly trace their own children only. */
export function mayAttach(): boolean {
  const scope = '/proc/sys/kernel/yama/ptrace_scope'
  return process.getuid?.() === 0 || !existsSync(scope) || readFileSync(scope, 'utf8').trim() === '0'
}

async function attachStrace(pid: number, strace: readonly string[]): Promise<void> {
  const tracer = spawn('strace', [...strace.filter((word) => word !== '-qq'), '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<null>()
  let told = ''
  tracer.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text
    if (told.includes('attached')) resolve(null)
  })
  tracer.once('error', reject)
  tracer.once('close', () => reject(new Error(`strace ended: ${told}`)))
  await promise
}

export interface DeskPool {
  take(): Promise<Desk>
  /** Takes back a desk that was closed. */
  give(desk: Desk): void
  close(): Promise<void>
}

const SPARES = 1

/** Keeps one desk started ahead, since most of a restart is the start of the process. */
export function createDeskPool(place: DeskPlace): DeskPool {
  const spares: Promise<Desk>[] = []
  const start = (): Promise<Desk> => {
    const desk = startDesk(place)
    desk.catch(() => null)
    return desk
  }
  return {
    async take() {
      for (let spare = spares.shift(); spare !== undefined; spare = spares.shift()) {
        const desk = await spare
        if (spares.length < SPARES) spares.push(start())
        if (!desk.ended()) return desk
      }
      spares.push(start())
      return start()
    },
    give(desk) {
      spares.push(Promise.resolve(desk))
    },
    async close() {
      await Promise.all(spares.splice(0).map(async (spare) => (await spare).kill()))
    },
  }
}
