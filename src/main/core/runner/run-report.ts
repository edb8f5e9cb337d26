import { HOLDS_MAX, type RunState } from '../../../contract/views'
import type { Problem } from '../../../domain/problem'
import type { CoreContext } from '../context'
import { batchesInHold, runProgress } from '../ledger/outbox'
import type { Lane } from './lane'

/** Counting a large batch takes longer than sending one of its rows. */
const TELL_PAUSE_MS = 500

/** What the run tells of itself, to whoever asks and to the screens by itself. */
export interface RunReport {
  readonly state: () => RunState
  readonly activity: () => RunState['state']
  /** Notes what the run does now; told at once when that is something else, and every half second while it runs. */
  become(state: RunState['state'], why?: Problem | null): void
}

export function createRunReport(context: CoreContext, lanes: ReadonlyMap<Lane['channelId'], Lane>): RunReport {
  const { ledger } = context
  let activity: Pick<RunState, 'state' | 'sinceMs' | 'problem'> = { state: 'idle', sinceMs: null, problem: null }
  let toldAtMs = 0
  let toldInFlight = 0

  const inFlight = (): number => [...lanes.values()].reduce((sum, lane) => sum + lane.inFlight.size, 0)

  const state = (): RunState => {
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

  const isNews = (next: RunState['state'], why: Problem | null): boolean =>
    activity.state !== next || activity.problem?.code !== why?.code

  const isTimeToTell = (): boolean =>
    activity.state === 'running' ? performance.now() - toldAtMs >= TELL_PAUSE_MS : inFlight() !== toldInFlight

  return {
    state,
    activity: () => activity.state,
    become(next, why = null) {
      if (isNews(next, why)) {
        activity = { state: next, sinceMs: activity.state === next ? activity.sinceMs : context.nowMs(), problem: why }
        context.changed('run')
      } else if (!isTimeToTell()) return
      toldAtMs = performance.now()
      toldInFlight = inFlight()
      context.emit('run', state())
    },
  }
}
