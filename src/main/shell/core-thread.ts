import { Worker } from 'node:worker_threads'
import type { BackupView } from '../../contract/backup'
import type { EventName, EventPayload } from '../../contract/events'
import type {
  CommandInput,
  CommandOutput,
  CoreCommand,
  CorePort,
  CoreStart,
  FromCore,
  ShellAnswers,
  ShellAsk,
  ToCore,
} from '../core/port'
import { assertNever, fail, ok, type Answer, type Problem } from './answer'

/** The ledger is checked and perhaps migrated at the start; beyond this nobody believes that it still comes. */
const START_TIMEOUT_MS = 30_000

/** Answers what the core asks of the shell. */
export type Answerer = {
  readonly [A in ShellAsk]: (
    input: ShellAnswers[A]['input'],
  ) => Answer<ShellAnswers[A]['output']> | Promise<Answer<ShellAnswers[A]['output']>>
}

export interface CoreThreadOptions {
  /** Absolute path of the worker's file. */
  readonly file: string
  readonly answers: Answerer
  /** The thread ended without being asked to. Called once. */
  readonly onDeath: (error: unknown) => unknown
  /** A command broke on an assumption; it changed nothing and was answered with a problem. */
  readonly onTrouble?: (text: string) => unknown
  readonly startTimeoutMs?: number
}

/** The core in its worker thread. */
export interface CoreThread extends CorePort {
  /** Resolves when the ledger is open. Problems: those of opening the ledger, core-stopped. */
  readonly start: (start: CoreStart) => Promise<Answer<null>>
  /** The backup that could take the place of a ledger that was refused; null without one. */
  readonly offer: () => BackupView | null
  /** Restores what `offer` names. The program must start anew after it. */
  readonly restoreOffer: () => Promise<Answer<null>>
  /** Ends the run after what is under way, closes the ledger, ends the thread; not later than the bound. */
  readonly stop: (boundMs: number) => Promise<void>
}

type Listener = <E extends EventName>(name: E, payload: EventPayload<E>) => void

/** Where the thread is in its life; commands given before `ready` wait for it. */
type Life =
  | { readonly kind: 'starting'; readonly waiting: (() => void)[] }
  | { readonly kind: 'ready' }
  | { readonly kind: 'over'; readonly problem: Problem }

/** Starts loading the thread at once, so that it is warm when `start` brings its ledger. */
export function createCoreThread(options: CoreThreadOptions): CoreThread {
  const worker = new Worker(options.file, { name: 'core' })
  const pending = new Map<number, (answer: Answer<unknown>) => void>()
  const listeners: Listener[] = []
  let lastId = 0
  let stopping = false
  let life: Life = { kind: 'starting', waiting: [] }
  let offer: BackupView | null = null
  let restored: (answer: Answer<null>) => void = () => undefined
  let started: (answer: Answer<null>) => void = () => undefined

  const send = (message: ToCore): void => worker.postMessage(message)

  const enter = (next: Life): void => {
    const waiting = life.kind === 'starting' ? life.waiting : []
    life = next
    for (const go of waiting) go()
    if (next.kind !== 'over') return
    for (const settle of pending.values()) settle({ ok: false, problem: next.problem })
    pending.clear()
  }

  const die = (error: unknown): void => {
    const alreadyOver = life.kind === 'over'
    if (!alreadyOver) enter({ kind: 'over', problem: { code: 'core-stopped' } })
    started(fail('core-stopped'))
    restored(fail('core-stopped'))
    if (!alreadyOver && !stopping) options.onDeath(error)
  }

  const answer = async (message: Extract<FromCore, { kind: 'ask' }>): Promise<void> => {
    send({ kind: 'answer', id: message.id, result: await answerAsk(options.answers, message.ask, message.input) })
  }

  worker.on('message', (message: FromCore) => {
    switch (message.kind) {
      case 'ready':
        enter({ kind: 'ready' })
        started(ok(null))
        return
      case 'refused':
        offer = message.offer
        enter({ kind: 'over', problem: message.problem })
        started({ ok: false, problem: message.problem })
        return
      case 'restored':
        restored(message.result)
        return
      case 'response': {
        const settle = pending.get(message.id)
        pending.delete(message.id)
        settle?.(message.result)
        return
      }
      case 'ask':
        void answer(message)
        return
      case 'event':
        for (const listener of listeners) listener(message.name, message.payload)
        return
      case 'trouble':
        options.onTrouble?.(message.text)
        return
      default:
        assertNever(message)
    }
  })
  worker.on('error', die)
  worker.on('messageerror', die)
  worker.on('exit', (code) => die(new Error(`the core's thread ended with code ${code}`)))

  const command = <C extends CoreCommand>(name: C, input: CommandInput<C>): Promise<Answer<CommandOutput<C>>> =>
    new Promise((resolve) => {
      const go = (): void => {
        if (life.kind === 'over') {
          resolve({ ok: false, problem: life.problem })
          return
        }
        lastId += 1
        // The port's two sides are one map of types: an answer to this id has this command's shape.
        pending.set(lastId, resolve as (answer: Answer<unknown>) => void)
        send({ kind: 'command', id: lastId, command: name, input })
      }
      if (life.kind === 'starting') life.waiting.push(go)
      else go()
    })

  return {
    command,
    onEvent: (listener) => {
      listeners.push(listener)
    },
    start: (start) =>
      new Promise((resolve) => {
        if (life.kind === 'over') {
          resolve({ ok: false, problem: life.problem })
          return
        }
        const timer = setTimeout(() => {
          die(new Error('the core did not start in time'))
          void worker.terminate()
        }, options.startTimeoutMs ?? START_TIMEOUT_MS)
        started = (result) => {
          clearTimeout(timer)
          resolve(result)
        }
        send({ kind: 'start', start })
      }),
    offer: () => offer,
    restoreOffer: () =>
      new Promise((resolve) => {
        if (offer === null) {
          resolve(fail('not-found'))
          return
        }
        restored = resolve
        send({ kind: 'restore' })
      }),
    stop: async (boundMs) => {
      stopping = true
      if (life.kind === 'ready') await within(boundMs, command('shell.stop', null))
      enter({ kind: 'over', problem: { code: 'core-stopped' } })
      await worker.terminate()
    },
  }
}

function answerAsk(answers: Answerer, ask: ShellAsk, input: unknown): Answer<unknown> | Promise<Answer<unknown>> {
  switch (ask) {
    case 'masterKey':
      return answers.masterKey(null)
    case 'channelSecrets':
      return answers.channelSecrets(input as ShellAnswers['channelSecrets']['input'])
    default:
      return assertNever(ask)
  }
}

async function within(boundMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, boundMs)
  })
  await Promise.race([work, bound])
  clearTimeout(timer)
}
