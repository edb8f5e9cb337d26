import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** One older file is kept, so the log takes twice this at most. */
const LOG_BYTES_MAX = 1024 * 1024
const LINE_CHARACTERS_MAX = 4000

export interface Log {
  /** Writes what went wrong, scrubbed, and answers the short id under which it stands there. */
  readonly report: (where: string, error: unknown) => string
  readonly note: (where: string, what: string) => void
}

/**
 * Takes out of a text whatever could be an account, a phone number, a key or a person's folder. An error's message may
 * quote its input, so nothing in it is trusted.
 */
export function scrub(text: string): string {
  return text
    .replaceAll(homedir(), '~')
    .replaceAll(/[A-Za-z0-9+/_=]{24,}/g, (run) => (/\d/.test(run) && !run.includes('/') ? '(hidden)' : run))
    .replaceAll(/\d(?:[\d\s.-]*\d)?/g, (run) => (run.replaceAll(/\D/g, '').length >= 6 ? '#'.repeat(6) : run))
}

/** Appends to `<folder>/refund-desk.log`. Logging never stops the program: a full disk costs the line, nothing more. */
export function openLog(folder: string, nowMs: () => number): Log {
  const file = join(folder, 'refund-desk.log')
  const write = (where: string, what: string): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) renameSync(file, `${file}.1`)
      const line = scrub(what)
        .replaceAll(/\s*\n\s*/g, ' | ')
        .slice(0, LINE_CHARACTERS_MAX)
      appendFileSync(file, `${new Date(nowMs()).toISOString()} ${where}: ${line}\n`, { mode: 0o600 })
    } catch {
      // There is nowhere left to say it.
      return
    }
  }
  return {
    report: (where, error) => {
      const id = randomBytes(3).toString('hex').toUpperCase()
      write(`${where} [${id}]`, error instanceof Error ? (error.stack ?? error.message) : String(error))
      return id
    },
    note: write,
  }
}
