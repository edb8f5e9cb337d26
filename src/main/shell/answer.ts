import type * as v from 'valibot'
import type { ProblemSchema } from '../../contract/views'
import type { CommandOutput, CorePort } from '../core/port'

/** What every call of the page and every command of the core answers; the shell knows it from the core's port. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

export type ProblemCode = v.InferOutput<typeof ProblemSchema>['code']
export type ProblemValues = Readonly<Record<string, string | number>>
export interface Problem {
  readonly code: ProblemCode
  /** Values for the sentence's places. Never an account, a phone number, a name or a secret. */
  readonly values?: ProblemValues
}

/** The core's name for who is signed in; the page never sees it. */
export type SessionId = CommandOutput<'shell.openSession'>['session']
/** The part of the core's port that answers. */
export type Commands = Pick<CorePort, 'command'>

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function fail(code: ProblemCode, values?: ProblemValues): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: values === undefined ? { code } : { code, values } }
}

/** Ends a switch over a closed union; reaching it is a broken assumption. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}

/** The system's code of an error (`ENOSPC`), null for anything else. */
export function systemCodeOf(error: unknown): string | null {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' ? code : null
}
