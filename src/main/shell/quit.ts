import type { RunState } from '../../contract/views'

/** For the answers that are under way. One that takes longer is looked up at the next start. */
export const STOP_BOUND_MS = 15_000

export interface QuitOptions {
  readonly run: () => RunState | null
  /** Asks the person whether the run may stop after what is under way. */
  readonly asks: () => Promise<boolean>
  /** Stops the core within the bound, then what it talked to. */
  readonly stop: (boundMs: number) => Promise<void>
  /** Ends the process at once; with `restart` a new one follows. */
  readonly exit: (restart: boolean) => void
}

export interface Quit {
  /** True when the program may end: nothing is running, or the person said so. Asked once at a time. */
  readonly mayQuit: () => Promise<boolean>
  /** Ends the program in order. Repeated calls change nothing, but that a restart may still be added. */
  readonly end: (restart?: boolean) => void
  readonly isEnding: () => boolean
}

/** The way out: the run ends after what is under way, the ledger is closed, the practice PG goes last. */
export function createQuit(options: QuitOptions): Quit {
  let asking: Promise<boolean> | null = null
  let ending = false
  let restart = false

  return {
    mayQuit: () => {
      if (ending || !isSending(options.run())) return Promise.resolve(true)
      asking ??= options.asks().finally(() => {
        asking = null
      })
      return asking
    },
    end: (withRestart = false) => {
      restart ||= withRestart
      if (ending) return
      ending = true
      const leave = (): void => options.exit(restart)
      // Whatever went wrong on the way out, the process ends: the ledger is safe at any moment.
      void options.stop(STOP_BOUND_MS).then(leave, leave)
    },
    isEnding: () => ending,
  }
}

function isSending(run: RunState | null): boolean {
  return run?.state === 'running' || run?.state === 'waiting-for-pg'
}
