import type { EventPayload } from '../../contract/events'
import type { Emit } from './context'

type TaskKind = EventPayload<'task'>['kind']

export interface Task {
  readonly taskId: string
  /** Aborted when a person cancels. */
  readonly signal: AbortSignal
  /** Tells how far the work is; events go out at most ten times a second. */
  progress(done: number, all: number): void
}

/** Long work with progress that can be cancelled. */
export interface TaskBoard {
  run<T>(kind: TaskKind, work: (task: Task) => Promise<T>): Promise<T>
  cancel(taskId: string): boolean
  cancelAll(): void
}

const EVENT_PAUSE_MS = 100

export function createTaskBoard(options: {
  readonly emit: Emit
  readonly newId: (prefix: string) => string
  readonly nowMs: () => number
}): TaskBoard {
  const running = new Map<string, AbortController>()
  return {
    async run(kind, work) {
      const taskId = options.newId('task')
      const controller = new AbortController()
      running.set(taskId, controller)
      const startedAtMs = options.nowMs()
      let last = { done: 0, all: 0 }
      let toldAtMs = 0
      const tell = (ended: boolean): void => options.emit('task', { taskId, kind, ...last, startedAtMs, ended })
      tell(false)
      try {
        return await work({
          taskId,
          signal: controller.signal,
          progress(done, all) {
            last = { done, all }
            const now = performance.now()
            if (now - toldAtMs < EVENT_PAUSE_MS && done < all) return
            toldAtMs = now
            tell(false)
          },
        })
      } finally {
        running.delete(taskId)
        tell(true)
      }
    },
    cancel(taskId) {
      const controller = running.get(taskId)
      controller?.abort()
      return controller !== undefined
    },
    cancelAll() {
      for (const controller of running.values()) controller.abort()
    },
  }
}
