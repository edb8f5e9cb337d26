import { createInterface } from 'node:readline'
import type { CoreCommand, CommandInput } from '../../src/main/core/port'
import { openCore, type Core } from '../../src/main/core/core'
import { ok } from '../../src/domain/result'
import { practiceKeys } from '../../src/main/shell/practice-shop'
import type { FromDesk, OpenDesk, ToDesk } from './desk-messages'

/**
 * The whole core in a process of its own, without a window: what the campaign kills, starves and traces. It speaks JSON
 * lines on its standard streams; keys come over them too. Its time runs `speed` times faster than the machine's, waits
 * included, so that the ten minutes before a repeat pass in seconds.
 */
let speed = 1
let shiftMs = 0
let core: Core | null = null

const systemTimeout = globalThis.setTimeout
const fastTimeout = (then: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout =>
  systemTimeout(then, ms / speed, ...args)
// Time limits of the connections go by the same clock as everything else.
globalThis.setTimeout = Object.assign(fastTimeout, systemTimeout) as typeof setTimeout

const say = (message: FromDesk): void => void process.stdout.write(`${JSON.stringify(message)}\n`)

async function open(options: OpenDesk): Promise<unknown> {
  speed = options.speed
  shiftMs = 0
  const nowMs = (): number =>
    Math.floor(options.startMs + shiftMs + (performance.timeOrigin + performance.now() - options.startedAtMs) * speed)
  const opened = await openCore({
    start: options.start,
    ask: async (_what, input) => {
      if (input === null) return ok(Buffer.from(options.masterKey, 'hex') as never)
      if (options.vaultMs > 0) await new Promise((resolve) => setTimeout(resolve, options.vaultMs))
      return ok(keysOf(input.channelId, options.pgKeys) as never)
    },
    nowMs,
    monotonicMs: () => performance.now() * speed,
    trouble: (where, error) => say({ trouble: `${where}: ${error instanceof Error ? error.stack : String(error)}` }),
  })
  if (!opened.ok) return opened
  core = opened.value
  core.onEvent((name, payload) => {
    if (name === 'run') say({ run: payload as never })
  })
  return ok(null)
}

/** A wrong secret beside the right name of whoever asks. */
function keysOf(
  channelId: Parameters<typeof practiceKeys>[0],
  which: OpenDesk['pgKeys'],
): Readonly<Record<string, string>> {
  const keys = practiceKeys(channelId)
  if (which === 'right') return keys
  return Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, name === 'apiKey' ? key : 'not-the-secret']),
  )
}

async function answer(message: ToDesk): Promise<unknown> {
  switch (message.verb) {
    case 'open':
      return open(message.options)
    case 'shift':
      shiftMs += message.ms
      return ok(null)
    case 'command':
      if (core === null) throw new Error('the desk is not open')
      return core.command(message.command as CoreCommand, bytesIn(message.input) as CommandInput<CoreCommand>)
    case 'stop':
      await core?.stop()
      core = null
      return ok(null)
  }
}

/** JSON knows no bytes: a file comes as its text. */
function bytesIn(input: unknown): unknown {
  const { file } = (input ?? {}) as { readonly file?: { readonly name: string; readonly text: string } }
  if (file === undefined) return input
  return { ...(input as object), file: { name: file.name, bytes: new TextEncoder().encode(file.text) } }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line) as ToDesk
  answer(message).then(
    (result) => say({ id: message.id, result }),
    (error: unknown) => say({ id: message.id, broke: error instanceof Error ? (error.stack ?? '') : String(error) }),
  )
})
process.stdin.once('end', () => process.exit(0))
say({ ready: process.pid })
