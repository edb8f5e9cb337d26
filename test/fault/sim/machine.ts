import type { BatchId, PersonId, SessionId } from '../../../src/domain/ids'
import { problem } from '../../../src/domain/problem'
import { fail } from '../../../src/domain/result'
import { assembleCore, type Core } from '../../../src/main/core/core'
import { createChannels } from '../../../src/main/core/ledger/channels'
import { openLedger, type Ledger } from '../../../src/main/core/ledger/open-ledger'
import type { Gateway } from '../../../src/main/core/pg/gateway'
import type { CommandInput, CoreCommand } from '../../../src/main/core/port'
import { createCalls, type Calls } from './calls'
import { crashingLedger, type CrashPoint } from './crashing-ledger'
import { factsOf, type Facts } from './facts'
import { createFakeGateway } from './fake-gateway'
import type { FakeGatewayDeps } from './fake-way'
import type { FakePg } from './fake-pg'
import { fakeWaits, type FakeTime, type Waits } from './fake-time'
import type { Seeded } from './seeded'
import { MASTER_KEY, PEOPLE, type Staff } from './template'
import type { Watch } from './watch'
import { everyPg } from '../../support/pg-places'

/** One run of the program, from its start to its end or its crash. */
export interface Machine {
  readonly core: Core
  readonly facts: Facts
  readonly staff: Staff
  readonly calls: Calls
  readonly waits: Waits
  readonly isDead: () => boolean
  /** Power off: nothing of this run goes on, what was committed stays. */
  crash(): void
  /** Puts the file down; to be called when no code of this run is on the stack. */
  close(): void
  /** Sends a command and tells the trace how it ended. */
  ask<C extends CoreCommand>(command: C, input: CommandInput<C>): void
  /** The same as somebody who is signed in; signs them in first. */
  askAs(who: keyof Staff, ask: (session: SessionId) => void): void
  /** The second person reads the digest and signs it; `wrong` is what goes wrong in that. */
  approve(who: keyof Staff, batchId: BatchId, wrong: 'nothing' | 'pin' | 'content'): void
}

export interface MachineDeps {
  readonly ledgerFile: string
  readonly staff: Staff
  readonly seeded: Seeded
  readonly chances: Seeded
  readonly time: FakeTime
  readonly pg: FakePg
  readonly watch: Watch
  readonly badness: number
  readonly healed: () => boolean
  readonly dies: (point: CrashPoint) => boolean
  readonly tell: (text: string) => void
}

interface CommandResult {
  readonly ok: boolean
  readonly problem?: { readonly code: string }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Opens the ledger as the program does at its start, and puts the real core around it. */
export function startMachine(deps: MachineDeps): Machine {
  const { seeded, time, pg, watch, tell } = deps
  const opened = openLedger({
    file: deps.ledgerFile,
    mode: 'practice',
    masterKey: MASTER_KEY,
    nowMs: time.nowMs,
    randomBytes: seeded.bytes,
  })
  if (!opened.ok) throw new Error(`the ledger does not open after a crash: ${JSON.stringify(opened.problem)}`)
  const real: Ledger = opened.value
  let dead = false
  let closed = false
  const calls = createCalls()
  const waits = fakeWaits(time)
  const facts = factsOf(real)
  const crash = (): void => {
    dead = true
    calls.end()
    waits.end()
  }
  const close = (): void => {
    if (!closed) real.close()
    closed = true
  }
  const ledger = {
    ...crashingLedger(real, {
      dies(point) {
        if (!deps.dies(point)) return false
        crash()
        return true
      },
      isDead: () => dead,
      committed: watch.committed,
    }),
    close,
  }
  watch.restarted(facts)
  const way: FakeGatewayDeps = {
    seeded: deps.chances,
    time,
    pg,
    calls,
    badness: deps.badness,
    healed: deps.healed,
    onCancel: watch.handedOver,
    onDeparture: watch.leaving,
    onRead: watch.read,
    asking: watch.asking,
    onCancelEnded: watch.ended,
  }
  const never = new Promise<never>(() => {})
  const ofLiving = <T>(work: () => Promise<T>): Promise<T> => (dead ? never : work())
  /** Nothing of a dead program goes out. */
  const guarded = (gateway: Gateway): Gateway => {
    const { reads } = gateway
    return {
      ...gateway,
      reads:
        reads.kind === 'payments'
          ? { ...reads, lookup: (refs, signal) => ofLiving(() => reads.lookup(refs, signal)) }
          : {
              ...reads,
              findRequest: (encoded, intent, signal) => ofLiving(() => reads.findRequest(encoded, intent, signal)),
            },
      sendCancel: (encoded, intent) => ofLiving(() => gateway.sendCancel(encoded, intent)),
    }
  }
  const gateways = new Map(
    createChannels(real)
      .list()
      .map((channel) => [channel.channelId, guarded(createFakeGateway(way, channel))]),
  )
  const core = assembleCore(
    {
      start: {
        mode: 'practice',
        ledgerFile: deps.ledgerFile,
        dataFolder: '',
        pgOrigins: everyPg(null),
        proxies: everyPg(null),
        practiceChannels: [],
        clockMs: null,
        practicePeople: [],
      },
      ask: async () => fail(problem('unexpected')),
      nowMs: time.nowMs,
      monotonicMs: time.trueMs,
      randomBytes: seeded.bytes,
      timers: waits.timers,
      breathe: waits.breathe,
      withoutBackups: true,
      trouble(where, error) {
        if (!dead)
          watch.fail('assumption', 'broken', `${where}: ${error instanceof Error ? error.message : String(error)}`)
      },
    },
    { ledger, masterKey: MASTER_KEY },
    {
      of(channelId) {
        const gateway = gateways.get(channelId)
        if (gateway === undefined) throw new Error(`no channel ${channelId}`)
        return gateway
      },
      forget: () => undefined,
      close: async () => undefined,
    },
  )

  const settle = async (name: string, work: Promise<CommandResult>): Promise<void> => {
    try {
      const result = await work
      if (!dead) tell(`${name} → ${result.problem?.code ?? 'ok'}`)
    } catch (error) {
      if (!dead) watch.fail('assumption', 'broken', `${name} threw ${textOf(error)}`)
    }
  }
  const ask = <C extends CoreCommand>(command: C, input: CommandInput<C>): void =>
    void settle(command, core.command(command, input))
  const sessions = new Map<keyof Staff, SessionId>()
  const personOf = (who: keyof Staff): PersonId => deps.staff[who]

  return {
    core,
    facts,
    staff: deps.staff,
    calls,
    waits,
    isDead: () => dead,
    crash,
    close,
    ask,
    askAs(who, then) {
      const known = sessions.get(who)
      if (known !== undefined) return then(known)
      void settle(
        `sign in ${who}`,
        core.command('shell.openSession', { personId: personOf(who), pin: PEOPLE[who].pin }).then((result) => {
          if (!result.ok || dead) return result
          sessions.set(who, result.value.session)
          then(result.value.session)
          return result
        }),
      )
    },
    approve(who, batchId, wrong) {
      this.askAs(who, (session) => {
        void settle(
          'batch.approve',
          core.command('shell.approvalDigest', { session, batchId }).then((offer) => {
            if (!offer.ok) return offer
            return core.command('shell.approve', {
              batchId,
              personId: personOf(who),
              pin: wrong === 'pin' ? '9999' : PEOPLE[who].pin,
              contentHash: wrong === 'content' ? 'f'.repeat(64) : offer.value.digest.contentHash,
            })
          }),
        )
      })
    },
  }
}
