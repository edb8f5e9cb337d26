import type { RunState } from '../../../contract/views'
import type { RowId } from '../../../domain/ids'
import { mayNotSendNow } from '../../../domain/pg-rules/scope'
import { problem, type Problem } from '../../../domain/problem'
import type { CoreContext } from '../context'
import { attemptsWithoutOutcome, requireAttempt, type OpenAttempt } from '../ledger/attempts'
import { addBatchEvent, batchStateOf, setBatchState } from '../ledger/batches'
import { LedgerTrouble } from '../ledger/ledger-trouble'
import {
  batchesInHold,
  endWaiting,
  expiredBatches,
  hasWaiting,
  nextWaiting,
  waitingKinds,
  type QueuedRow,
} from '../ledger/outbox'
import { ruleScopeOf } from '../rule-scope'
import { createLane, forgetReadings, looksAtOnce, rowsToRead, takeReady, type Lane } from './lane'
import { createLaneWork } from './lane-work'
import { createLookSchedule } from './look-schedule'
import { recoverAttempts } from './recover'
import { createRunReport } from './run-report'
import { sendingStop } from './sending-stop'
import { finishBatch } from './settle'

/** How long a row that may not be sent now is left alone, ms. */
const LATER_MS = 60_000
/** How long a full disk is left alone before the next try, ms. */
const DISK_PAUSE_MS = 10_000

/** Pays what was approved, several payments at a time, and resolves what is open. One runner owns the outbox. */
export interface Runner {
  readonly state: () => RunState
  start(): void
  wake(): void
  /** Sends nothing more after what is under way, and stays so over restarts. */
  pause(who: string): void
  /** Goes on, and does not wait for the end of a pause that trouble made. */
  resume(who: string): void
  /** Ends after what is under way; what waits goes on at the next start. */
  stop(): Promise<void>
}

export function createRunner(context: CoreContext): Runner {
  const { ledger, settings } = context
  const looks = createLookSchedule()
  const lanes = new Map<Lane['channelId'], Lane>()
  const report = createRunReport(context, lanes)
  /** Rows that cannot be sent now though nothing in the ledger says so, until when. */
  const later = new Map<RowId, number>()
  const tasks = new Set<Promise<unknown>>()
  const reads = new AbortController()
  const work = createLaneWork(context, {
    signal: reads.signal,
    putOff: ({ rowId }) => later.set(rowId, context.nowMs() + LATER_MS),
    onTrouble: (why) => report.become('waiting-for-pg', why),
  })
  let closedKinds: { readonly kinds: readonly string[]; readonly untilMs: number } = { kinds: [], untilMs: 0 }
  let stopping = false
  /** On start, and after everything that broke. */
  let mustRecover = true
  /** What broke, until the next turn has told of it. */
  let broken: { readonly error: unknown } | null = null
  /** After that, until something from outside wakes the run. */
  let halted = false
  let callOffTry: (() => void) | null = null
  let wakeUp: (() => void) | null = null
  /** A wake-up that comes while a turn is under way must not be lost. */
  let woken = false
  let loop: Promise<void> | null = null

  const expire = (): void => {
    const nowMs = context.nowMs()
    for (const batchId of expiredBatches(ledger, nowMs)) {
      ledger.write(() => {
        const ended = endWaiting(ledger, batchId, 'expired', nowMs)
        addBatchEvent(ledger, batchId, 'expired', nowMs, null)
        ledger.audit.append({ who: 'program', action: 'approval.expired', subject: batchId, detail: { rows: ended } })
        if (batchStateOf(ledger, batchId) === 'approved') setBatchState(ledger, batchId, 'expired')
        else finishBatch(context, batchId, nowMs)
      })
      context.changed('rows', 'batches', 'home')
    }
  }

  const spread = (): number => (context.randomBytes(1)[0] ?? 0) / 255
  const bringLanesUpToDate = (): void => {
    for (const { channelId, parallel } of context.channels.list()) {
      const lane = lanes.get(channelId)
      if (lane === undefined) lanes.set(channelId, createLane(channelId, parallel, spread))
      else lane.throttle.setMax(parallel)
    }
  }

  /** What is under way never rejects: whatever breaks in it stops the run, which then begins by recovering. */
  const begin = (doing: () => Promise<unknown>, ended: () => void): void => {
    const task = doing()
      .catch((error: unknown) => {
        broken ??= { error }
      })
      .finally(() => {
        ended()
        tasks.delete(task)
        nudge()
      })
    tasks.add(task)
  }

  const occupy = (lane: Lane, paymentId: QueuedRow['paymentId'], doing: () => Promise<void>): void => {
    lane.inFlight.add(paymentId)
    begin(doing, () => lane.inFlight.delete(paymentId))
  }

  /** PGs and methods that take no refunds at this hour; asked once a minute. */
  const closedNow = (nowMs: number): readonly string[] => {
    if (nowMs >= closedKinds.untilMs || closedKinds.untilMs - nowMs > LATER_MS) {
      const kinds = waitingKinds(ledger)
        .filter((kind) => mayNotSendNow(ruleScopeOf(ledger, kind), nowMs) !== null)
        .map(({ channelId, provider, method }) => `${channelId}|${provider}|${method}`)
      closedKinds = { kinds, untilMs: nowMs - (nowMs % LATER_MS) + LATER_MS }
    }
    return closedKinds.kinds
  }

  /** Starts what may be sent on one channel, and reads ahead for what comes next. */
  const fill = (lane: Lane, nowMs: number): void => {
    if (lane.throttle.shutUntilMs(nowMs) !== null) return
    const free = (): boolean => !lane.throttle.mustProbe && lane.inFlight.size < lane.throttle.limit
    while (free()) {
      const [next, ...rest] = lane.repeatable
      if (next === undefined) break
      lane.repeatable = rest
      occupy(lane, requireAttempt(ledger, next.attemptId).paymentId, () => work.repeat(lane, next))
    }
    while (free()) {
      const next = takeReady(lane, nowMs)
      if (next === null) break
      occupy(lane, next.queued.paymentId, () => work.pay(lane, next))
    }
    const rows = pick(lane, nowMs)
    if (rows.length === 0) return
    lane.reading = rows
    begin(
      () => work.readAhead(lane, rows),
      () => {
        lane.reading = []
      },
    )
  }

  /** Rows to be read next, which nobody has in hand yet. */
  const pick = (lane: Lane, nowMs: number): readonly QueuedRow[] => {
    const { channelId } = lane
    const gateway = context.gatewayOf(channelId)
    const want = rowsToRead(lane, gateway)
    if (want === 0) return []
    const exceptRows = [...later.keys(), ...lane.ready.map(({ queued }) => queued.rowId)]
    const byTransaction = gateway.reads.kind === 'requests'
    return nextWaiting(ledger, want, { channelId, nowMs, closedKinds: closedNow(nowMs), exceptRows, byTransaction })
  }

  const look = (open: readonly OpenAttempt[], nowMs: number): void => {
    const due = looks.due(open, nowMs)
    for (const lane of lanes.values()) {
      if (lane.looking || lane.throttle.shutUntilMs(nowMs) !== null) continue
      const mine = due.filter(({ channelId }) => channelId === lane.channelId)
      const batch = mine.slice(0, lane.lookSize.atMost(looksAtOnce(context.gatewayOf(lane.channelId))))
      if (batch.length === 0) continue
      lane.looking = true
      begin(
        async () => {
          if (await work.lookAt(lane, batch)) looks.looked(batch, context.nowMs())
        },
        () => {
          lane.looking = false
        },
      )
    }
  }

  /** Starts everything that may start now. Answers how long nothing else will come by itself, ms; null = until woken. */
  const turn = (): number | null => {
    bringLanesUpToDate()
    expire()
    const nowMs = context.nowMs()
    const open = attemptsWithoutOutcome(ledger)
    look(open, nowMs)
    const stopped = hasWork(open) ? sendingStop(context) : null
    const paused = stopped !== null || settings.get('runPaused')
    if (paused) {
      for (const lane of lanes.values()) forgetReadings(lane)
      report.become('paused', stopped)
      if (stopped?.code === 'disk-full') tryAgainWithRoom()
    } else {
      for (const [rowId, untilMs] of later) {
        if (untilMs <= nowMs || untilMs - nowMs > LATER_MS) later.delete(rowId)
      }
      for (const lane of lanes.values()) fill(lane, nowMs)
      tellProgress(open, nowMs)
    }
    return untilNextMs(open, nowMs, paused)
  }

  const hasWork = (open: readonly OpenAttempt[]): boolean => open.length > 0 || hasWaiting(ledger)

  const tellProgress = (open: readonly OpenAttempt[], nowMs: number): void => {
    const all = [...lanes.values()]
    const shut = all.some((lane) => lane.throttle.shutUntilMs(nowMs) !== null || lane.throttle.mustProbe)
    if (shut && report.activity() === 'waiting-for-pg' && hasWork(open)) return
    const busy = all.some((lane) => lane.inFlight.size + lane.reading.length + lane.ready.length > 0)
    report.become(busy ? 'running' : 'idle')
  }

  const untilNextMs = (open: readonly OpenAttempt[], nowMs: number, paused: boolean): number | null => {
    const shut = [...lanes.values()].flatMap((lane) => lane.throttle.shutUntilMs(nowMs) ?? [])
    const holds = batchesInHold(ledger, nowMs, 1).map((batch) => batch.holdUntilMs)
    const times = [looks.nextMs(open), ...shut, ...(paused ? [] : [...holds, ...later.values()])]
    // What is due and did not start waits for something under way, or for a channel to open.
    const ahead = times.flatMap((atMs) => (atMs === null || atMs <= nowMs ? [] : atMs - nowMs))
    // Hours at which a PG is closed, approvals that run out and a clock that was set back are seen by looking again.
    const again = hasWork(open) ? [LATER_MS] : []
    return ahead.length + again.length === 0 ? null : Math.min(...ahead, ...again)
  }

  /**
   * A full disk, a damaged ledger or a broken assumption stops the run, never the program around it: the pages must still
   * show what is there. Nothing more is sent until what is under way has ended and the run has recovered, so what was
   * being sent when a commit failed counts as unknown. With room on the disk it goes on by itself, else when woken.
   */
  const fell = (error: unknown): void => {
    mustRecover = true
    halted = true
    for (const lane of lanes.values()) forgetReadings(lane)
    if (!(error instanceof LedgerTrouble)) context.trouble('run', error)
    halt(problem(error instanceof LedgerTrouble ? error.code : 'unexpected'))
    if (error instanceof LedgerTrouble && error.code === 'disk-full') tryAgainWithRoom()
  }

  const tryAgainWithRoom = (): void => {
    callOffTry?.()
    callOffTry = context.timers.after(DISK_PAUSE_MS, wake)
  }

  const halt = (why: Problem): void => {
    try {
      report.become('paused', why)
    } catch (error) {
      // A ledger that was given up cannot even be counted; its own problem is what counts.
      if (!(error instanceof LedgerTrouble)) context.trouble('run', error)
    }
  }

  const turnSafely = (): number | null => {
    try {
      if (broken !== null) {
        const { error } = broken
        broken = null
        fell(error)
      }
      // What is under way ends by itself, and nudges the run.
      if (halted || (mustRecover && tasks.size > 0)) return null
      if (mustRecover) recoverAttempts(context)
      mustRecover = false
      return turn()
    } catch (error) {
      fell(error)
      return null
    }
  }

  const rest = (ms: number | null): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        wakeUp = null
        resolve()
      }
      const callOff = ms === null ? null : context.timers.after(ms, end)
      wakeUp = () => {
        callOff?.()
        end()
      }
    })

  const run = async (): Promise<void> => {
    while (!stopping) {
      woken = false
      const ms = turnSafely()
      if (!stopping && !woken) await rest(ms)
      else await context.breathe()
    }
    while (tasks.size > 0) await Promise.all(tasks)
  }

  /** Something of the run itself has ended. */
  const nudge = (): void => {
    woken = true
    wakeUp?.()
  }
  const wake = (): void => {
    halted = false
    nudge()
  }

  const setPaused = (who: string, paused: boolean): void => {
    ledger.write(() => {
      settings.set('runPaused', paused)
      ledger.audit.append({ who, action: paused ? 'run.paused' : 'run.resumed', subject: 'run', detail: {} })
    })
    if (paused) report.become('paused')
    wake()
  }

  return {
    state: report.state,
    start() {
      loop ??= run()
    },
    wake,
    pause: (who) => setPaused(who, true),
    resume(who) {
      for (const lane of lanes.values()) lane.throttle.tryNow()
      setPaused(who, false)
      if (report.activity() === 'paused') report.become('idle')
    },
    async stop() {
      stopping = true
      reads.abort()
      wake()
      await loop
    },
  }
}
