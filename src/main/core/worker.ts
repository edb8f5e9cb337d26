import { parentPort } from 'node:worker_threads'
import { problem, type Problem } from '../../domain/problem'
import { fail, type Result } from '../../domain/result'
import { openCore, type Core } from './core'
import { findRecovery, type Recovery } from './recovery'
import type { CommandInput, CoreCommand, CoreStart, FromCore, ShellAnswers, ShellAsk, ToCore } from './port'

/** The core's thread: its message port, and nothing else. */
const port = parentPort
if (port === null) throw new Error('the core runs in a worker thread')

const send = (message: FromCore): void => port.postMessage(message)
const waiting = new Map<number, (result: Result<unknown, Problem>) => void>()
let lastAsk = 0
let core: Core | null = null
let recovery: Recovery | null = null

function ask<A extends ShellAsk>(
  name: A,
  input: ShellAnswers[A]['input'],
): Promise<Result<ShellAnswers[A]['output'], Problem>> {
  lastAsk += 1
  const id = lastAsk
  return new Promise((resolve) => {
    // Both ends of this port are built together from port.ts, so the answer has the asked type.
    waiting.set(id, (result) => resolve(result as Result<ShellAnswers[A]['output'], Problem>))
    send({ kind: 'ask', id, ask: name, input })
  })
}

/** A fixed start of the clock, for unpackaged builds: time still passes. */
function clockOf(start: CoreStart): () => number {
  if (start.clockMs === null) return Date.now
  const offset = start.clockMs - Date.now()
  return () => Date.now() + offset
}

function tellTrouble(where: string, error: unknown): void {
  send({
    kind: 'trouble',
    text: `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  })
}

async function begin(start: CoreStart): Promise<void> {
  const deps = { start, ask, nowMs: clockOf(start), trouble: tellTrouble }
  const opened = await openCore(deps)
  if (!opened.ok) {
    recovery = await findRecovery(deps, opened.problem)
    send({ kind: 'refused', problem: opened.problem, offer: recovery?.offer ?? null })
    return
  }
  core = opened.value
  core.onEvent((name, payload) => send({ kind: 'event', name, payload }))
  send({ kind: 'ready' })
}

function restore(): void {
  if (recovery === null) throw new Error('there is nothing to restore')
  try {
    send({ kind: 'restored', result: recovery.restore() })
  } catch (error) {
    // The ledger's place is as it was, or refused for its missing file: another try is safe.
    tellTrouble('restore', error)
    send({ kind: 'restored', result: fail(problem('unexpected')) })
  }
}

async function run(id: number, command: CoreCommand, input: unknown): Promise<void> {
  if (core === null) throw new Error(`command ${command} came before the core was ready`)
  try {
    // The shell has read the page's input by the channel's schema already.
    send({ kind: 'response', id, result: await core.command(command, input as CommandInput<typeof command>) })
  } catch (error) {
    // Every write is one transaction, so a command that broke has changed nothing; the run goes on.
    tellTrouble(command, error)
    send({ kind: 'response', id, result: fail(problem('unexpected')) })
  }
}

port.on('message', (message: ToCore) => {
  switch (message.kind) {
    case 'start':
      void begin(message.start)
      return
    case 'command':
      void run(message.id, message.command, message.input)
      return
    case 'restore':
      restore()
      return
    case 'answer':
      waiting.get(message.id)?.(message.result)
      waiting.delete(message.id)
      return
  }
})
