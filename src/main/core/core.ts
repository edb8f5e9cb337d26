import { randomBytes } from 'node:crypto'
import type { ChannelId } from '../../domain/ids'
import { problem, type Problem } from '../../domain/problem'
import { fail, ok, type Result } from '../../domain/result'
import { createCommands, type Commands } from './commands'
import { createConnectionWatch } from './connection-watch'
import type { CoreContext, Emit } from './context'
import { createChannels } from './ledger/channels'
import { LedgerTrouble } from './ledger/ledger-trouble'
import { openLedger, type Ledger } from './ledger/open-ledger'
import { createPeople } from './ledger/people'
import { createSettings } from './ledger/settings'
import type { ChannelSecrets, Gateway } from './pg/gateway'
import { createGateway } from './pg/registry'
import type { CommandInput, CommandOutput, CoreCommand, CorePort, CoreStart, ShellAnswers, ShellAsk } from './port'
import { createRunner } from './runner/runner'
import { createSessions } from './sessions'
import { createTaskBoard } from './task-board'
import { systemTimers, type Timers } from './timers'

/** What the core is given by its surroundings: the worker thread in the program, a test in place. */
export interface CoreDeps {
  readonly start: CoreStart
  readonly ask: <A extends ShellAsk>(
    ask: A,
    input: ShellAnswers[A]['input'],
  ) => Promise<Result<ShellAnswers[A]['output'], Problem>>
  readonly nowMs: () => number
  readonly randomBytes?: (count: number) => Uint8Array
  readonly timers?: Timers
  /** Between two slices of a long job; a turn of the event loop unless a simulation decides when it goes on. */
  readonly breathe?: () => Promise<void>
  /** Where a broken assumption of the run is told. */
  readonly trouble?: (where: string, error: unknown) => void
}

/** The ways to the PGs, one gateway for each channel. */
export interface Gateways {
  readonly of: (channelId: ChannelId) => Gateway
  /** The next `of` makes it anew, with keys and settings of that moment. */
  readonly forget: (channelId: ChannelId) => void
  readonly close: () => Promise<void>
}

export interface Core extends CorePort {
  /** Ends the run after the row in hand and closes the ledger. */
  stop(): Promise<void>
}

/**
 * Opens the ledger, and puts the program together around it.
 * Problems: those of openLedger; what the shell answers when it has no master key.
 */
export async function openCore(deps: CoreDeps): Promise<Result<Core, Problem>> {
  const { start, nowMs } = deps
  const random = randomOf(deps)
  const masterKey = await deps.ask('masterKey', null)
  if (!masterKey.ok) return masterKey
  const opened = openLedger({
    file: start.ledgerFile,
    mode: start.mode,
    masterKey: masterKey.value,
    nowMs,
    randomBytes: random,
  })
  if (!opened.ok) return opened
  const channels = createChannels(opened.value)
  return ok(
    assembleCore(
      deps,
      opened.value,
      createGateways(deps, () => channels.list()),
    ),
  )
}

const randomOf = (deps: CoreDeps): ((count: number) => Uint8Array) =>
  deps.randomBytes ?? ((count) => randomBytes(count))

/** Puts the program together around an open ledger, and starts the run, which begins by recovering what a crash left. */
export function assembleCore(deps: CoreDeps, ledger: Ledger, gateways: Gateways): Core {
  const { start, nowMs } = deps
  const random = randomOf(deps)
  const listeners: Emit[] = []
  const emit: Emit = (name, payload) => {
    for (const listener of listeners) listener(name, payload)
  }
  const newId = (prefix: string): string => `${prefix}_${Buffer.from(random(10)).toString('hex')}`
  const people = createPeople(ledger)
  if (people.list().length === 0) for (const person of start.practicePeople) people.add(person, { practice: true })

  const context: CoreContext = {
    mode: start.mode,
    ledger,
    people,
    sessions: createSessions(people, newId),
    channels: createChannels(ledger),
    settings: createSettings(ledger),
    tasks: createTaskBoard({ emit, newId, nowMs }),
    connection: createConnectionWatch({ emit, nowMs }),
    gatewayOf: gateways.of,
    nowMs,
    newId,
    randomBytes: random,
    timers: deps.timers ?? systemTimers,
    breathe: deps.breathe ?? (() => new Promise((resolve) => void setImmediate(resolve))),
    emit,
    changed: (...topics) => emit('changed', { topics: [...topics] }),
    wakeRunner: () => runner.wake(),
    trouble: (where, error) => deps.trouble?.(where, error),
  }
  const runner = createRunner(context)
  runner.start()

  const stop = async (): Promise<void> => {
    context.tasks.cancelAll()
    await runner.stop()
    await gateways.close()
    ledger.close()
  }
  const commands = createCommands(context, runner, {
    stop,
    forgetGateway: gateways.forget,
    keysSet: async (channelId) => {
      const secrets = await deps.ask('channelSecrets', { channelId })
      return secrets.ok && secrets.value !== null ? Object.keys(secrets.value) : []
    },
  })
  return {
    command: (command, input) => dispatch(commands, command, input),
    onEvent(listener) {
      listeners.push(listener)
    },
    stop,
  }
}

async function dispatch<C extends CoreCommand>(
  commands: Commands,
  command: C,
  input: CommandInput<C>,
): Promise<Result<CommandOutput<C>, Problem>> {
  const handler = commands[command] as (
    input: CommandInput<C>,
  ) => Promise<Result<CommandOutput<C>, Problem>> | Result<CommandOutput<C>, Problem>
  try {
    return await handler(input)
  } catch (error) {
    // Every write is one transaction, so nothing was half done.
    if (error instanceof LedgerTrouble) return fail(problem(error.code, { detail: error.detail }))
    throw error
  }
}

/** One gateway for each channel, made when it is first asked for. */
function createGateways(
  deps: CoreDeps,
  list: () => readonly { readonly channelId: ChannelId; readonly pg: 'portone-v1'; readonly includeSandbox: boolean }[],
): Gateways {
  const made = new Map<ChannelId, Gateway>()
  const secretsOf = async (channelId: ChannelId): Promise<Result<ChannelSecrets, Problem>> => {
    const secrets = await deps.ask('channelSecrets', { channelId })
    if (!secrets.ok) return secrets
    return secrets.value === null ? fail(problem('pg-keys-missing')) : ok(secrets.value)
  }
  return {
    of(channelId) {
      const known = made.get(channelId)
      if (known !== undefined) return known
      const channel = list().find((each) => each.channelId === channelId)
      if (channel === undefined) throw new Error(`channel ${channelId} is not in the ledger`)
      const gateway = createGateway({
        pg: channel.pg,
        channelId,
        origin: deps.start.pgOrigin,
        secrets: () => secretsOf(channelId),
        includeSandbox: channel.includeSandbox,
        nowMs: deps.nowMs,
        monotonicMs: () => performance.now(),
        proxy: deps.start.proxy,
      })
      made.set(channelId, gateway)
      return gateway
    },
    forget(channelId) {
      const known = made.get(channelId)
      made.delete(channelId)
      void known?.close()
    },
    async close() {
      await Promise.all([...made.values()].map((gateway) => gateway.close()))
    },
  }
}
