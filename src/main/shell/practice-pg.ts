import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fail, ok, type Answer } from './answer'
import { NOTICES_FILE, SAMPLE_FILES, type SampleFile } from './practice-shop'

/** The practice PG is a program of its own; the part of Electron's utility process that is used of it. */
export interface ChildProcess {
  readonly onMessage: (listener: (message: unknown) => void) => void
  readonly onExit: (listener: (code: number) => void) => void
  readonly kill: () => void
}
export type Fork = (args: readonly string[]) => ChildProcess

export interface PracticePgOptions {
  readonly fork: Fork
  /** Where its books and samples lie. */
  readonly folder: string
  /** It ended by itself more often than it is started again. */
  readonly onGone: () => void
  readonly listenTimeoutMs?: number
  readonly restartPauseMs?: number
}

export interface PracticePg {
  /** Chooses a free port of this machine and answers the loopback origin that `start` will listen at. */
  readonly reserve: () => Promise<string>
  /** Starts it; false when it does not come up. */
  readonly start: () => Promise<boolean>
  /** Absolute path of a sample file, written first where missing. Problems: not-found. */
  readonly sampleFile: (which: SampleFile) => Promise<Answer<string>>
  /** Absolute path of the shop's log of notifications as it is now. Problems: not-found. */
  readonly noticesFile: () => Promise<Answer<string>>
  readonly stop: () => void
}

const LISTEN_TIMEOUT_MS = 10_000
const RESTART_PAUSE_MS = 500
/** Restarts after a death; more means that it cannot run here. */
const RESTARTS_MAX = 5

/**
 * Keeps the practice PG running. After a death it comes back on the same port, because the ledger's conversation with
 * it goes on; meanwhile the program is offline, as it would be with a real PG.
 */
export function createPracticePg(options: PracticePgOptions): PracticePg {
  const books = join(options.folder, 'practice-books.jsonl')
  const samples = join(options.folder, 'samples')
  let child: ChildProcess | null = null
  let port: number | null = null
  let restarts = 0
  /** Only what once listened is brought back by itself. */
  let everUp = false
  let stopped = false
  let writing: Promise<void> | null = null

  /** Resolves with the port once it listens, null when it ended or stayed silent. */
  const launch = (): Promise<number | null> => {
    const current = options.fork(['--books', books, '--port', String(port ?? 0)])
    child = current
    return new Promise((resolve) => {
      let listens = false
      const timer = setTimeout(() => current.kill(), options.listenTimeoutMs ?? LISTEN_TIMEOUT_MS)
      current.onMessage((message) => {
        const listening = listeningPort(message)
        if (listening === null) return
        clearTimeout(timer)
        listens = true
        everUp = true
        port = listening
        resolve(listening)
      })
      current.onExit(() => {
        clearTimeout(timer)
        child = null
        if (!listens) resolve(null)
        if (!stopped && everUp) relaunch()
      })
    })
  }

  const relaunch = (): void => {
    restarts += 1
    if (restarts > RESTARTS_MAX) {
      options.onGone()
      return
    }
    setTimeout(() => {
      if (!stopped) void launch()
    }, options.restartPauseMs ?? RESTART_PAUSE_MS)
  }

  const writeSamples = (): Promise<void> => {
    writing ??= runToItsEnd(options.fork(['--write-samples', samples, '--books', books]), LISTEN_TIMEOUT_MS).finally(
      () => {
        writing = null
      },
    )
    return writing
  }

  return {
    reserve: async () => {
      port ??= await freePort()
      return `http://127.0.0.1:${port}`
    },
    start: async () => {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 })
      // A second try for the case that the machine was merely slow.
      return ((await launch()) ?? (stopped ? null : await launch())) !== null
    },
    noticesFile: async () => {
      const file = join(samples, NOTICES_FILE)
      await runToItsEnd(options.fork(['--write-notices', file, '--books', books]), LISTEN_TIMEOUT_MS)
      return existsSync(file) ? ok(file) : fail('not-found')
    },
    sampleFile: async (which) => {
      const file = join(samples, SAMPLE_FILES[which])
      if (!existsSync(file)) await writeSamples()
      return existsSync(file) ? ok(file) : fail('not-found')
    },
    stop: () => {
      stopped = true
      child?.kill()
    },
  }
}

/** The kernel's choice. Known before the practice PG is up, so that the ledger opens meanwhile. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** It says what it wrote and ends; ended from here as well, since a utility process may stay for its message port. */
function runToItsEnd(child: ChildProcess, boundMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill(), boundMs)
    child.onMessage(() => child.kill())
    child.onExit(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function listeningPort(message: unknown): number | null {
  const listening = (message as { readonly listening?: unknown } | null)?.listening
  return typeof listening === 'number' && Number.isInteger(listening) ? listening : null
}
