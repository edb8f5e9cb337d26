import type { Connection } from '../../contract/views'
import type { Problem } from '../../domain/problem'
import type { Result } from '../../domain/result'
import type { Emit } from './context'

/** Whether the PG answers, as the last calls showed. Nothing polls: every call of a gateway reports here. */
export interface ConnectionWatch {
  readonly state: () => Connection
  /** Notes how a call ended. Only trouble of the connection or of the keys counts as offline. */
  note(problem: Problem | null): void
  /** Notes the end of a call and hands its result on. */
  watch<T>(result: Result<T, Problem>): Result<T, Problem>
}

const OFFLINE_CODES: ReadonlySet<string> = new Set([
  'pg-offline',
  'pg-timeout',
  'pg-refused-keys',
  'pg-keys-missing',
  'pg-busy',
])

export function createConnectionWatch(options: { readonly emit: Emit; readonly nowMs: () => number }): ConnectionWatch {
  let current: Connection = { state: 'unknown', sinceMs: null, problem: null }
  const note = (problem: Problem | null): void => {
    if (problem !== null && !OFFLINE_CODES.has(problem.code)) return
    const state = problem === null ? 'online' : 'offline'
    if (current.state === state && current.problem?.code === problem?.code) return
    current = { state, sinceMs: current.state === state ? current.sinceMs : options.nowMs(), problem }
    options.emit('connection', current)
  }
  return {
    state: () => current,
    note,
    watch(result) {
      note(result.ok ? null : result.problem)
      return result
    },
  }
}
