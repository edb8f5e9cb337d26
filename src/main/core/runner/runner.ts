import type { RunState } from '../../../contract/views'
import type { RowId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import type { CoreContext } from '../context'
import { attemptsIn } from '../ledger/attempts'
import { addBatchEvent, batchStateOf, setBatchState } from '../ledger/batches'
import { LedgerTrouble } from '../ledger/ledger-trouble'
import { endWaiting, expiredBatches, nextWaiting, runProgress, type QueuedRow } from '../ledger/outbox'
import { requirePayment } from '../ledger/payments'
import { prepareAttempt, sendAttempt, stopMissing } from './attempt'
import { lookAtAttempt } from './look'
import { createLookSchedule } from './look-schedule'
import { recoverAttempts } from './recover'
import { finishBatch } from './settle'

/** Pauses while the PG cannot be reached, ms. */
const OFFLINE_PAUSES_MS = [2_000, 5_000, 10_000, 30_000, 60_000] as const
/** How long a row that may not be sent now is left alone, ms. */
const LATER_MS = 60_000
/** How long a full disk is left alone before the next try, ms. */
const DISK_PAUSE_MS = 10_000
/** Rows looked over for one that may be sent now. */
const LOOKAHEAD_ROWS = 50
/** Counting a large batch takes longer than sending one of its rows. */
const TELL_PAUSE_MS = 500

/** Pays what was approved, one row at a time, and resolves what is open. One runner owns the outbox. */
export interface Runner {
  readonly state: () => RunState
  start(): void
  wake(): void
  /** Ends after the row in hand and stays paused over restarts. */
  pause(who: string): void
  resume(who: string): void
  /** Ends after the row in hand; what waits goes on at the next start. */
  stop(): Promise<void>
}

type Step = { readonly kind: 'again' } | { readonly kind: 'rest'; readonly ms: number | null }
const AGAIN: Step = { kind: 'again' }

export function createRunner(context: CoreContext): Runner {
  const { ledger, settings } = context
  const looks = createLookSchedule()
  const later = new Map<RowId, number>()
  let activity: { state: RunState['state']; sinceMs: number | null; problem: Problem | null } = {
    state: 'idle',
    sinceMs: null,
    problem: null,
  }
  let offlineTries = 0
  let stopping = false
  /** On start, and after every step that broke. */
  let mustRecover = true
  let wakeUp: (() => void) | null = null
  /** A wake-up that comes while a step is under way must not be lost. */
  let woken = false
  let loop: Promise<void> | null = null

  const runState = (): RunState => ({
    ...activity,
    ...ledger.read(() => runProgress(ledger)),
    connection: context.connection.state(),
  })
  let toldAtMs = 0
  const tell = (): void => {
    toldAtMs = performance.now()
    context.emit('run', runState())
  }
  const become = (state: RunState['state'], why: Problem | null = null): void => {
    if (activity.state !== state || activity.problem?.code !== why?.code) {
      activity = { state, sinceMs: activity.state === state ? activity.sinceMs : context.nowMs(), problem: why }
      context.changed('run')
    } else if (state === 'running' && performance.now() - toldAtMs < TELL_PAUSE_MS) return
    tell()
  }

  /** The PG cannot be reached, or asks for patience: everything waits, nothing fails. */
  const waitForPg = (why: Problem): Step => {
    const asked = why.code === 'pg-busy' ? Number(why.values?.['seconds'] ?? 0) * 1000 : 0
    const pause = OFFLINE_PAUSES_MS[Math.min(offlineTries, OFFLINE_PAUSES_MS.length - 1)] ?? 60_000
    offlineTries += 1
    become('waiting-for-pg', why)
    return { kind: 'rest', ms: Math.max(asked, pause) }
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

  /** Looks at one open attempt that is due. */
  const lookAtDue = async (): Promise<Step | null> => {
    const open = attemptsIn(ledger, ['unknown', 'unproven', 'pending'])
    const [due] = looks.due(
      open.map((attempt) => attempt.attemptId),
      context.nowMs(),
    )
    const attempt = open.find((each) => each.attemptId === due)
    if (attempt === undefined) return null
    const result = await lookAtAttempt(context, attempt, { mayRepeat: true })
    looks.looked(attempt.attemptId, context.nowMs())
    if (!result.ok && result.problem.code !== 'pg-payment-not-found') return waitForPg(result.problem)
    offlineTries = 0
    return AGAIN
  }

  const payOne = async (queued: QueuedRow): Promise<Step> => {
    become('running')
    const askedAtMs = context.nowMs()
    const payment = requirePayment(ledger, queued.paymentId)
    const answer = context.connection.watch(
      await context.gatewayOf(payment.channelId).lookup([{ by: 'pg-key', key: payment.pgKey }]),
    )
    if (!answer.ok) {
      // What is odd about one payment must not hold up the rows behind it.
      if (answer.problem.code === 'pg-odd-answer') later.set(queued.rowId, context.nowMs() + LATER_MS)
      return waitForPg(answer.problem)
    }
    offlineTries = 0
    // Nothing of this row has left yet, so a pause or an end that came meanwhile holds for it as well.
    if (stopping || settings.get('runPaused')) return AGAIN
    const seen = answer.value.found.find((each) => each.paymentId === payment.paymentId)
    if (seen === undefined) {
      stopMissing(context, queued, payment.orderNo)
      return AGAIN
    }
    const preparation = prepareAttempt(context, queued, seen, askedAtMs)
    if (preparation.kind === 'later') later.set(queued.rowId, context.nowMs() + LATER_MS)
    if (preparation.kind === 'prepared') {
      const sent = await sendAttempt(context, preparation.attemptId)
      if (!sent.ok) return waitForPg(sent.problem)
    }
    return AGAIN
  }

  const step = async (): Promise<Step> => {
    expire()
    const looked = await lookAtDue()
    if (looked !== null) return looked
    const nextLookMs = looks.nextMs(
      attemptsIn(ledger, ['unknown', 'unproven', 'pending']).map((attempt) => attempt.attemptId),
    )
    const untilLook = nextLookMs === null ? null : Math.max(0, nextLookMs - context.nowMs())
    if (settings.get('runPaused')) {
      become('paused')
      return { kind: 'rest', ms: untilLook }
    }
    const nowMs = context.nowMs()
    for (const [rowId, untilMs] of later) {
      if (untilMs <= nowMs || untilMs - nowMs > LATER_MS) later.delete(rowId)
    }
    const next = nextWaiting(ledger, LOOKAHEAD_ROWS + later.size).find((queued) => !later.has(queued.rowId))
    if (next !== undefined) return payOne(next)
    become('idle')
    const untilLater = later.size === 0 ? null : Math.max(0, Math.min(...later.values()) - nowMs)
    return {
      kind: 'rest',
      ms: untilLook === null || untilLater === null ? (untilLook ?? untilLater) : Math.min(untilLook, untilLater),
    }
  }

  /**
   * A full disk, a damaged ledger or a broken assumption stops the run, never the program around it: the pages must still
   * show what is there. Nothing is sent until a step has begun by recovering, so what was being sent when a commit failed
   * counts as unknown. With room on the disk the run goes on by itself, else when somebody wakes it.
   */
  const stepSafely = async (): Promise<Step> => {
    try {
      if (mustRecover) recoverAttempts(context)
      mustRecover = false
      return await step()
    } catch (error) {
      mustRecover = true
      if (!(error instanceof LedgerTrouble)) context.trouble('run', error)
      halt(problem(error instanceof LedgerTrouble ? error.code : 'unexpected'))
      return { kind: 'rest', ms: error instanceof LedgerTrouble && error.code === 'disk-full' ? DISK_PAUSE_MS : null }
    }
  }

  const halt = (why: Problem): void => {
    try {
      become('paused', why)
    } catch (error) {
      // A ledger that was given up cannot even be counted; its own problem is what counts.
      if (!(error instanceof LedgerTrouble)) throw error
    }
  }

  const rest = (ms: number | null): Promise<void> =>
    new Promise((resolve) => {
      const callOff = ms === null ? null : context.timers.after(ms, resolve)
      wakeUp = () => {
        callOff?.()
        resolve()
      }
    })

  const run = async (): Promise<void> => {
    while (!stopping) {
      woken = false
      const result = await stepSafely()
      if (result.kind === 'rest' && !stopping && !woken) {
        await rest(result.ms)
        wakeUp = null
      } else {
        await context.breathe()
      }
    }
  }

  const wake = (): void => {
    woken = true
    wakeUp?.()
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
      offlineTries = 0
      setPaused(who, false)
      if (activity.state === 'paused') become('idle')
    },
    async stop() {
      stopping = true
      wake()
      await loop
    },
  }
}
