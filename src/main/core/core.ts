import { randomBytes } from 'node:crypto'
import type { ChannelId } from '../../domain/ids'
import { problem, type Problem } from '../../domain/problem'
import { fail, ok, type Result } from '../../domain/result'
import { createCommands, type Commands } from './commands'
import { createBackupKeeper } from './backup-keeper'
import { createConnectionWatch } from './connection-watch'
import type { CoreContext, Emit } from './context'
import { keepAnchor, sealClosed } from './ledger/anchor'
import { createChannels } from './ledger/channels'
import { LedgerTrouble } from './ledger/ledger-trouble'
import { openLedger } from './ledger/open-ledger'
import { createPeople } from './ledger/people'
import { endUnfinishedWork, openQuarantine } from './ledger/quarantine'
import { backupTrouble, restoreBackup } from './ledger/restore'
import { createSettings } from './ledger/settings'
import type { ChannelSecrets, Gateway } from './pg/gateway'
import { createGateway } from './pg/registry'
import type { CommandInput, CommandOutput, CoreCommand, CorePort, CoreStart, ShellAnswers, ShellAsk } from './port'
import { recoverAttempts } from './runner/recover'
import { createRunner } from './runner/runner'
import { createSessions } from './sessions'
import { createTaskBoard } from './task-board'

/** What the core is given by its surroundings: the worker thread in the program, a test in place. */
export interface CoreDeps {
  readonly start: CoreStart
  readonly ask: <A extends ShellAsk>(
    ask: A,
    input: ShellAnswers[A]['input'],
  ) => Promise<Result<ShellAnswers[A]['output'], Problem>>
  readonly nowMs: () => number
  readonly randomBytes?: (count: number) => Uint8Array
  /** Where a broken assumption of the run is told. */
  readonly trouble?: (where: string, error: unknown) => void
}

export interface Core extends CorePort {
  /** Ends the run after the row in hand and closes the ledger. */
  stop(): Promise<void>
}

/**
 * Opens the ledger, recovers what a crash left, and puts the program together.
 * Problems: those of openLedger; what the shell answers when it has no master key.
 */
export async function openCore(deps: CoreDeps): Promise<Result<Core, Problem>> {
  const { start, nowMs } = deps
  const random = deps.randomBytes ?? ((count: number): Uint8Array => randomBytes(count))
  const masterKey = await deps.ask('masterKey', null)
  if (!masterKey.ok) return masterKey
  const place = {
    file: start.ledgerFile,
    mode: start.mode,
    masterKey: masterKey.value,
    nowMs,
    randomBytes: random,
  }
  const opened = openLedger(place)
  if (!opened.ok) return opened
  const ledger = opened.value

  const listeners: Emit[] = []
  const emit: Emit = (name, payload) => {
    for (const listener of listeners) listener(name, payload)
  }
  const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
  const newId = (prefix: string): string => `${prefix}_${Buffer.from(random(10)).toString('hex')}`
  const people = createPeople(ledger)
  if (people.list().length === 0) for (const person of start.practicePeople) people.add(person, { practice: true })
  const channels = createChannels(ledger)
  const gateways = createGateways(deps, () => channels.list())

  const changed: CoreContext['changed'] = (...topics) => emit('changed', { topics: [...topics] })
  const trouble: CoreContext['trouble'] = (where, error) => deps.trouble?.(where, error)
  const anchor = keepAnchor(ledger)

  const context: CoreContext = {
    mode: start.mode,
    ledger,
    people,
    sessions: createSessions(people, newId),
    channels,
    settings: createSettings(ledger),
    tasks: createTaskBoard({ emit, newId, nowMs }),
    connection: createConnectionWatch({ emit, nowMs }),
    backups: createBackupKeeper({ ledger, mode: start.mode, masterKey: masterKey.value, breathe, changed, trouble }),
    gatewayOf: gateways.of,
    nowMs,
    newId,
    randomBytes: random,
    breathe,
    emit,
    changed,
    wakeRunner: () => runner.wake(),
    trouble,
  }
  const open = openQuarantine(ledger)
  if (open !== null) endAfterRestore(context, open.sinceMs)
  const runner = createRunner(context)
  runner.start()
  context.backups.start()

  const stop = async (): Promise<void> => {
    context.tasks.cancelAll()
    await runner.stop()
    await gateways.close()
    await context.backups.stop()
    anchor.stop()
    ledger.close()
    sealClosed(ledger.file)
  }
  const commands = createCommands(context, runner, {
    stop,
    forgetGateway: gateways.forget,
    restore: async (choice) => {
      // Proven before anything is ended; and once more with the ledger closed.
      const sound = backupTrouble(place, choice.name)
      if (sound !== null) return fail(sound)
      await stop()
      const restored = restoreBackup({ ...place, ...choice })
      return restored.ok ? ok(null) : restored
    },
    keysSet: async (channelId) => {
      const secrets = await deps.ask('channelSecrets', { channelId })
      return secrets.ok && secrets.value !== null ? Object.keys(secrets.value) : []
    },
  })
  return ok({
    command: (command, input) => dispatch(commands, command, input),
    onEvent(listener) {
      listeners.push(listener)
    },
    stop,
  })
}

/** What was only prepared waits again after a crash; in quarantine it must not. */
function endAfterRestore(context: CoreContext, sinceMs: number): void {
  try {
    recoverAttempts(context)
    context.ledger.write(() => endUnfinishedWork(context.ledger, sinceMs))
  } catch (error) {
    // The program opens all the same: nothing is sent in quarantine, and its end does this once more.
    context.trouble('quarantine', error)
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
): {
  readonly of: (channelId: ChannelId) => Gateway
  readonly forget: (channelId: ChannelId) => void
  readonly close: () => Promise<void>
} {
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
