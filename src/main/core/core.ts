import { randomBytes } from 'node:crypto'
import type { ChannelId } from '../../domain/ids'
import type { PgKind } from '../../domain/pg'
import { problem, type Problem } from '../../domain/problem'
import { fail, ok, type Result } from '../../domain/result'
import { kstDate } from '../../domain/time'
import { recountAll } from './calendar/payout-dates'
import { createBackupKeeper } from './backup-keeper'
import { createCommands, type Commands } from './commands'
import { createConnectionWatch } from './connection-watch'
import type { CoreContext, Emit } from './context'
import { keepAnchor, sealClosed } from './ledger/anchor'
import { createChannels, type ChannelRecord, type Channels } from './ledger/channels'
import { LedgerTrouble } from './ledger/ledger-trouble'
import { openLedger, type Ledger, type OpenLedgerOptions } from './ledger/open-ledger'
import { createPeople } from './ledger/people'
import { endUnfinishedWork, openQuarantine } from './ledger/quarantine'
import { backupTrouble, restoreBackup } from './ledger/restore'
import { createSettings } from './ledger/settings'
import type { ChannelSecrets, Gateway } from './pg/gateway'
import { createGateway } from './pg/registry'
import type { CommandInput, CommandOutput, CoreCommand, CorePort, CoreStart, ShellAnswers, ShellAsk } from './port'
import { createReadingOrder } from './reading-order'
import { recoverAttempts } from './runner/recover'
import { createRunner } from './runner/runner'
import { examineNow } from './runner/sending-stop'
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
  /** A timer that nobody can set, ms. */
  readonly monotonicMs?: () => number
  /** Between two slices of a long job; a turn of the event loop unless a simulation decides when it goes on. */
  readonly breathe?: () => Promise<void>
  /** For a simulation, whose thousands of days need no copies. */
  readonly withoutBackups?: true
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
  /** Ends the run after what is under way and closes the ledger. */
  stop(): Promise<void>
}

/**
 * Opens the ledger, and puts the program together around it.
 * Problems: those of openLedger; what the shell answers when it has no master key.
 */
export async function openCore(deps: CoreDeps): Promise<Result<Core, Problem>> {
  const masterKey = await deps.ask('masterKey', null)
  if (!masterKey.ok) return masterKey
  const opened = openLedger(placeOf(deps, masterKey.value))
  if (!opened.ok) return opened
  const channels = createChannels(opened.value)
  const gateways = createGateways(deps, () => channels.list())
  return ok(assembleCore(deps, { ledger: opened.value, masterKey: masterKey.value }, gateways))
}

const randomOf = (deps: CoreDeps): ((count: number) => Uint8Array) =>
  deps.randomBytes ?? ((count) => randomBytes(count))

function placeOf(deps: CoreDeps, masterKey: Uint8Array): OpenLedgerOptions {
  const { start, nowMs } = deps
  return { file: start.ledgerFile, mode: start.mode, masterKey, nowMs, randomBytes: randomOf(deps) }
}

/** Puts the program together around an open ledger, and starts the run, which begins by recovering what a crash left. */
export function assembleCore(
  deps: CoreDeps,
  { ledger, masterKey }: { readonly ledger: Ledger; readonly masterKey: Uint8Array },
  gateways: Gateways,
): Core {
  const { start, nowMs } = deps
  const place = placeOf(deps, masterKey)
  const random = randomOf(deps)
  const timers = deps.timers ?? systemTimers
  const breathe = deps.breathe ?? (() => new Promise((resolve) => void setImmediate(resolve)))
  const listeners: Emit[] = []
  const emit: Emit = (name, payload) => {
    for (const listener of listeners) listener(name, payload)
  }
  const newId = (prefix: string): string => `${prefix}_${Buffer.from(random(10)).toString('hex')}`
  const people = createPeople(ledger)
  if (people.list().length === 0) for (const person of start.practicePeople) people.add(person, { practice: true })
  const channels = createChannels(ledger)
  addPracticeChannels(ledger, channels, start.practiceChannels)
  const changed: CoreContext['changed'] = (...topics) => emit('changed', { topics: [...topics] })
  const trouble: CoreContext['trouble'] = (where, error) => deps.trouble?.(where, error)
  const anchor = keepAnchor(ledger)

  const context: CoreContext = {
    mode: start.mode,
    ledger,
    people,
    sessions: createSessions(people, newId),
    channels,
    settings: createSettings(ledger, start.mode),
    tasks: createTaskBoard({ emit, newId, nowMs }),
    connection: createConnectionWatch({ emit, nowMs }),
    readings: createReadingOrder(nowMs, deps.monotonicMs ?? (() => performance.now())),
    backups: createBackupKeeper({
      ledger,
      mode: start.mode,
      masterKey,
      timers,
      breathe,
      examine: () => examineNow(ledger, kstDate(nowMs())),
      changed,
      trouble,
    }),
    gatewayOf: gateways.of,
    nowMs,
    newId,
    randomBytes: random,
    timers,
    breathe,
    emit,
    changed,
    wakeRunner: () => runner.wake(),
    trouble,
  }
  const quarantine = openQuarantine(ledger)
  if (quarantine !== null) endAfterRestore(context, quarantine.sinceMs)
  let stopping = false
  // Beside everything else: a ledger of years takes longer to count than anybody waits for a start.
  const recount = recountAll(context, () => stopping)
  const runner = createRunner(context)
  runner.start()
  if (deps.withoutBackups !== true) context.backups.start()

  const stop = async (): Promise<void> => {
    stopping = true
    context.tasks.cancelAll()
    await runner.stop()
    await recount
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
  return {
    command: (command, input) => dispatch(commands, command, input),
    onEvent(listener) {
      listeners.push(listener)
    },
    stop,
  }
}

/** A practice ledger has a channel for every PG that the practice PG speaks for, one of an older program as well. */
function addPracticeChannels(ledger: Ledger, channels: Channels, wanted: CoreStart['practiceChannels']): void {
  const missing = wanted.filter(({ channelId }) => channels.get(channelId) === null)
  if (missing.length > 0) ledger.write(() => missing.forEach((channel) => channels.add({ ...channel, parallel: 2 })))
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
function createGateways(deps: CoreDeps, list: () => readonly ChannelRecord[]): Gateways {
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
        channelId,
        options: channel.options,
        origin: originOf(deps.start, channel.options.pg),
        secrets: () => secretsOf(channelId),
        nowMs: deps.nowMs,
        monotonicMs: () => performance.now(),
        proxy: deps.start.proxies[channel.options.pg],
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

/** Only live mode speaks to the live addresses: elsewhere a PG that nobody started is out of reach. */
function originOf(start: CoreStart, pg: PgKind): string | null {
  return start.mode === 'live' ? null : (start.pgOrigins[pg] ?? NOBODY)
}

/** Nothing listens at the first port of the loopback interface. */
const NOBODY = 'http://127.0.0.1:1'
