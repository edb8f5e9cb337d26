import { HOLDS_MAX, type RunState } from '../../../contract/views'
import type { RowId } from '../../../domain/ids'
import { mayNotSendNow } from '../../../domain/pg-rules/rule-book'
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
  runProgress,
  waitingKinds,
  type QueuedRow,
} from '../ledger/outbox'
import { requirePayment } from '../ledger/payments'
import type { CancelOutcome } from '../pg/gateway'
import { prepareAttempt, repeatAttempt, sendAttempt, stopMissing } from './attempt'
import { createLane, forgetReadings, rowsToRead, takeReady, type Lane, type ReadyRow } from './lane'
import { lookAtAttempts } from './look'
import { createLookSchedule } from './look-schedule'
import { recoverAttempts } from './recover'
import { finishBatch } from './settle'

/** How long a row that may not be sent now is left alone, ms. */
const LATER_MS = 60_000
/** How long a full disk is left alone before the next try, ms. */
const DISK_PAUSE_MS = 10_000
/** Counting a large batch takes longer than sending one of its rows. */
const TELL_PAUSE_MS = 500
/** So many payments in a row that the PG answers oddly about, and the PG is left alone for a while. */
const ODD_MAX = 3

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
  /** Rows that cannot be sent now though nothing in the ledger says so, until when. */
  const later = new Map<RowId, number>()
  const tasks = new Set<Promise<void>>()
  const reads = new AbortController()
  let closedKinds: { readonly kinds: readonly string[]; readonly untilMs: number } = { kinds: [], untilMs: 0 }
  let activity: { state: RunState['state']; sinceMs: number | null; problem: Problem | null } = {
    state: 'idle',
    sinceMs: null,
    problem: null,
  }
  let stopping = false
  /** On start, and after everything that broke. */
  let mustRecover = true
  /** What broke, until the next turn has told of it. */
  let broken: { readonly error: unknown } | null = null
  /** After that, until something from outside wakes the run. */
  let halted = false
  let wakeUp: (() => void) | null = null
  /** A wake-up that comes while a turn is under way must not be lost. */
  let woken = false
  let loop: Promise<void> | null = null

  const spread = (): number => (context.randomBytes(1)[0] ?? 0) / 255
  const inFlight = (): number => [...lanes.values()].reduce((sum, lane) => sum + lane.inFlight.size, 0)

  const runState = (): RunState => {
    const nowMs = context.nowMs()
    const all = [...lanes.values()]
    const shut = all.flatMap((lane) => lane.throttle.shutUntilMs(nowMs) ?? [])
    return {
      ...activity,
      ...ledger.read(() => ({
        ...runProgress(ledger),
        holds: batchesInHold(ledger, nowMs, HOLDS_MAX),
        parallelMax: context.channels.list().reduce((sum, channel) => sum + channel.parallel, 0),
      })),
      connection: context.connection.state(),
      inFlight: inFlight(),
      parallelNow: all.reduce((sum, lane) => sum + lane.throttle.limit, 0),
      retryAtMs: activity.state === 'waiting-for-pg' && shut.length > 0 ? Math.min(...shut) : null,
    }
  }
  let toldAtMs = 0
  let toldInFlight = 0
  const tell = (): void => {
    toldAtMs = performance.now()
    toldInFlight = inFlight()
    context.emit('run', runState())
  }
  const become = (state: RunState['state'], why: Problem | null = null): void => {
    if (activity.state !== state || activity.problem?.code !== why?.code) {
      activity = { state, sinceMs: activity.state === state ? activity.sinceMs : context.nowMs(), problem: why }
      context.changed('run')
    } else if (state === 'running' ? performance.now() - toldAtMs < TELL_PAUSE_MS : inFlight() === toldInFlight) return
    tell()
  }

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

  const bringLanesUpToDate = (): void => {
    for (const { channelId, parallel } of context.channels.list()) {
      const lane = lanes.get(channelId)
      if (lane === undefined) lanes.set(channelId, createLane(channelId, parallel, spread))
      else lane.throttle.setMax(parallel)
    }
  }

  /** What is under way never rejects: whatever breaks in it stops the run, and the next turn begins by recovering. */
  const begin = (work: () => Promise<void>): void => {
    const task = work()
      .catch((error: unknown) => {
        broken ??= { error }
      })
      .finally(() => {
        tasks.delete(task)
        nudge()
      })
    tasks.add(task)
  }

  /** Nothing that was read before the trouble is sent on: the payment is read again first. */
  const noteTrouble = (lane: Lane, why: Problem): void => {
    const seconds = why.code === 'pg-busy' ? Number(why.values?.['seconds'] ?? 0) : 0
    const trouble = why.code === 'pg-busy' ? 'busy' : 'unreachable'
    lane.throttle.troubled(trouble, seconds > 0 ? seconds * 1000 : null, context.nowMs())
    forgetReadings(lane)
    become('waiting-for-pg', why)
  }

  const noteOutcome = (lane: Lane, outcome: CancelOutcome): void => {
    switch (outcome.kind) {
      case 'accepted':
      case 'pending':
      case 'rejected':
        lane.throttle.succeeded()
        context.connection.note(null)
        return
      case 'not-sent':
        context.connection.note(outcome.problem)
        noteTrouble(lane, outcome.problem)
        return
      case 'unproven': {
        const status = outcome.transcript.httpStatus ?? 0
        const { retryAfterMs } = outcome
        // Any other refusal is about this refund, not about the PG.
        if (status === 429 || status >= 500)
          noteTrouble(lane, problem('pg-busy', { status, seconds: Math.ceil((retryAfterMs ?? 0) / 1000) }))
        else context.connection.note(null)
        return
      }
      case 'unknown':
        lane.throttle.troubled('lost', null, context.nowMs())
    }
  }

  const pay = async (lane: Lane, { queued, seen, askedAtMs }: ReadyRow): Promise<void> => {
    if (seen === null) {
      stopMissing(context, queued, requirePayment(ledger, queued.paymentId).orderNo)
      return
    }
    const preparation = prepareAttempt(context, queued, seen, askedAtMs)
    if (preparation.kind === 'later') later.set(queued.rowId, context.nowMs() + LATER_MS)
    if (preparation.kind === 'prepared') noteOutcome(lane, await sendAttempt(context, preparation.attemptId))
  }

  const occupy = (lane: Lane, paymentId: QueuedRow['paymentId'], work: () => Promise<void>): void => {
    lane.inFlight.add(paymentId)
    begin(() => work().finally(() => lane.inFlight.delete(paymentId)))
  }

  const readAhead = async (lane: Lane, rows: readonly QueuedRow[]): Promise<void> => {
    const askedAtMs = context.nowMs()
    const refs = rows.map((queued) => ({ by: 'pg-key', key: requirePayment(ledger, queued.paymentId).pgKey }) as const)
    const answer = context.connection.watch(await context.gatewayOf(lane.channelId).lookup(refs, reads.signal))
    if (answer.ok) {
      lane.throttle.probed()
      lane.readSize.good()
      lane.oddInRow = 0
      const found = new Map(answer.value.found.map((payment) => [payment.paymentId, payment]))
      const ready = rows.map((queued) => ({ queued, seen: found.get(queued.paymentId) ?? null, askedAtMs }))
      lane.ready = [...lane.ready, ...ready]
      return
    }
    if (answer.problem.code !== 'pg-odd-answer') {
      if (answer.problem.code !== 'cancelled') noteTrouble(lane, answer.problem)
      return
    }
    // What is odd about one payment must not hold up the rows behind it.
    if (lane.readSize.odd(rows.length)) return
    for (const { rowId } of rows) later.set(rowId, context.nowMs() + LATER_MS)
    lane.oddInRow += 1
    if (lane.oddInRow >= ODD_MAX) noteTrouble(lane, answer.problem)
  }

  const lookAt = async (lane: Lane, attempts: readonly OpenAttempt[]): Promise<void> => {
    const ids = attempts.map((attempt) => attempt.attemptId)
    const result = await lookAtAttempts(context, ids, reads.signal)
    if (result.ok) {
      lane.throttle.probed()
      lane.lookSize.good()
      const { repeatable, askedAtMs } = result.value
      lane.repeatable = [...lane.repeatable, ...repeatable.map((attemptId) => ({ attemptId, lookedAtMs: askedAtMs }))]
    } else if (result.problem.code === 'cancelled') return
    else if (result.problem.code !== 'pg-odd-answer') {
      noteTrouble(lane, result.problem)
      return
    } else if (lane.lookSize.odd(attempts.length)) return
    looks.looked(attempts, context.nowMs())
  }

  /** PGs and methods that take no refunds at this hour; asked once a minute. */
  const closedNow = (nowMs: number): readonly string[] => {
    if (nowMs >= closedKinds.untilMs || closedKinds.untilMs - nowMs > LATER_MS) {
      const kinds = waitingKinds(ledger)
        .filter(({ provider, method }) => mayNotSendNow(provider, method, nowMs) !== null)
        .map(({ provider, method }) => `${provider}|${method}`)
      closedKinds = { kinds, untilMs: nowMs - (nowMs % LATER_MS) + LATER_MS }
    }
    return closedKinds.kinds
  }

  /** Starts what may be sent on one channel, and reads ahead for what comes next. */
  const fill = (lane: Lane, waiting: readonly QueuedRow[]): void => {
    const nowMs = context.nowMs()
    const open = lane.throttle.shutUntilMs(nowMs) === null
    const free = (): boolean => open && !lane.throttle.mustProbe && lane.inFlight.size < lane.throttle.limit
    while (free()) {
      const [next, ...rest] = lane.repeatable
      if (next === undefined) break
      lane.repeatable = rest
      const { paymentId } = requireAttempt(ledger, next.attemptId)
      occupy(lane, paymentId, async () => {
        const outcome = await repeatAttempt(context, next.attemptId, next.lookedAtMs)
        if (outcome !== null) noteOutcome(lane, outcome)
      })
    }
    while (free()) {
      const next = takeReady(lane, nowMs)
      if (next === null) break
      occupy(lane, next.queued.paymentId, () => pay(lane, next))
    }
    const rows = open ? waiting.slice(0, rowsToRead(lane, context.gatewayOf(lane.channelId).lookupMax)) : []
    if (rows.length === 0) return
    lane.reading = rows
    begin(() =>
      readAhead(lane, rows).finally(() => {
        lane.reading = []
      }),
    )
  }

  /** Rows that nobody has in hand yet. */
  const pick = (lane: Lane, nowMs: number): readonly QueuedRow[] => {
    const want = rowsToRead(lane, context.gatewayOf(lane.channelId).lookupMax)
    if (want === 0) return []
    const inHand = lane.ready.map(({ queued }) => queued.rowId)
    const exceptRows = [...later.keys(), ...inHand]
    const { channelId } = lane
    return nextWaiting(ledger, want, { channelId, nowMs, closedKinds: closedNow(nowMs), exceptRows })
  }

  const look = (open: readonly OpenAttempt[], nowMs: number): void => {
    const due = looks.due(open, nowMs)
    for (const lane of lanes.values()) {
      if (lane.looking || lane.throttle.shutUntilMs(nowMs) !== null) continue
      const mine = due.filter(({ channelId }) => channelId === lane.channelId)
      const batch = mine.slice(0, lane.lookSize.atMost(context.gatewayOf(lane.channelId).lookupMax))
      if (batch.length === 0) continue
      lane.looking = true
      begin(() =>
        lookAt(lane, batch).finally(() => {
          lane.looking = false
        }),
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
    const paused = settings.get('runPaused')
    if (paused) {
      for (const lane of lanes.values()) forgetReadings(lane)
      become('paused')
    } else {
      for (const [rowId, untilMs] of later) {
        if (untilMs <= nowMs || untilMs - nowMs > LATER_MS) later.delete(rowId)
      }
      for (const lane of lanes.values()) fill(lane, pick(lane, nowMs))
      tellProgress(open.length > 0, nowMs)
    }
    return nextMs(open, nowMs, paused)
  }

  const tellProgress = (somethingOpen: boolean, nowMs: number): void => {
    const all = [...lanes.values()]
    const shut = all.some((lane) => lane.throttle.shutUntilMs(nowMs) !== null || lane.throttle.mustProbe)
    if (shut && activity.state === 'waiting-for-pg' && (somethingOpen || hasWaiting(ledger))) return
    const busy = all.some((lane) => lane.inFlight.size + lane.reading.length + lane.ready.length > 0)
    become(busy ? 'running' : 'idle')
  }

  const nextMs = (open: readonly OpenAttempt[], nowMs: number, paused: boolean): number | null => {
    const shut = [...lanes.values()].flatMap((lane) => lane.throttle.shutUntilMs(nowMs) ?? [])
    const holds = batchesInHold(ledger, nowMs, 1).map((batch) => batch.holdUntilMs)
    const times = [looks.nextMs(open), ...shut, ...(paused ? [] : [...holds, ...later.values()])]
    // What is due and did not start waits for something under way, or for a channel to open.
    const ahead = times.flatMap((atMs) => (atMs === null || atMs <= nowMs ? [] : atMs - nowMs))
    // Hours at which a PG is closed and approvals that run out are seen by looking again.
    const again = hasWaiting(ledger) ? [LATER_MS] : []
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
    if (error instanceof LedgerTrouble && error.code === 'disk-full') context.timers.after(DISK_PAUSE_MS, wake)
  }

  const halt = (why: Problem): void => {
    try {
      become('paused', why)
    } catch (error) {
      // A ledger that was given up cannot even be counted; its own problem is what counts.
      if (!(error instanceof LedgerTrouble)) throw error
    }
  }

  const turnSafely = (): number | null => {
    try {
      if (broken !== null) {
        const { error } = broken
        broken = null
        fell(error)
      }
      if (halted) return null
      if (mustRecover) {
        // Each of them ends by itself, and wakes the run.
        if (tasks.size > 0) return null
        recoverAttempts(context)
        mustRecover = false
      }
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
    if (paused) become('paused')
    wake()
  }

  return {
    state: runState,
    start() {
      loop ??= run()
    },
    wake,
    pause: (who) => setPaused(who, true),
    resume(who) {
      for (const lane of lanes.values()) lane.throttle.tryNow()
      setPaused(who, false)
      if (activity.state === 'paused') become('idle')
    },
    async stop() {
      stopping = true
      reads.abort()
      wake()
      await loop
    },
  }
}
