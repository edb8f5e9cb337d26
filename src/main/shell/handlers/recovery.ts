import { fail, ok } from '../answer'
import { looksOf } from './app'
import type { Desk, ShellHandlers } from './desk'

type RecoveryHandlers = Pick<ShellHandlers, 'backup.restore' | 'recovery.state' | 'recovery.restore' | 'recovery.quit'>

/** The way back: to a backup that somebody chose, or to the newest one when the ledger cannot be opened. */
export function recoveryHandlers(desk: Desk): RecoveryHandlers {
  const { recovery } = desk
  return {
    'backup.restore': async ({ name, reason }) => {
      if (!(await desk.mayQuit())) return fail('cancelled')
      const restored = await desk.core.command('shell.restore', { session: desk.session.id(), name, reason })
      // Refused before anything was ended: the program goes on as it is.
      if (!restored.ok && REFUSED_EARLY.has(restored.problem.code)) return restored
      desk.restart()
      return restored.ok ? ok({}) : restored
    },

    'recovery.state': async () => {
      const state = recovery.state()
      if (state === null) return fail('not-found')
      const { problem, ...rest } = state
      return ok({ ...rest, problem: { ...problem }, preferences: looksOf(desk.preferences.current()) })
    },

    'recovery.restore': async () => {
      if (recovery.state() === null) return fail('not-found')
      const restored = await recovery.restore()
      if (!restored.ok) return restored
      desk.restart()
      return ok({})
    },

    'recovery.quit': async () => {
      if (recovery.state() === null) return fail('not-found')
      recovery.quit()
      return ok({})
    },
  }
}

const REFUSED_EARLY: ReadonlySet<string> = new Set([
  'sign-in-required',
  'role-missing',
  'reason-missing',
  'not-found',
  'backup-unsound',
])
