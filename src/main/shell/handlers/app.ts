import type { Preferences } from '../../../contract/views'
import { fail, ok, systemCodeOf, type Answer } from '../answer'
import type { StoredPreferences } from '../preferences'
import type { Desk, ShellHandlers } from './desk'

type AppHandlers = Pick<ShellHandlers, 'app.state' | 'app.setPreferences' | 'settings.switchMode'>

/** The program itself: its state, its looks, its mode. */
export function appHandlers(desk: Desk): AppHandlers {
  return {
    'app.state': async () => {
      const people = await desk.core.command('shell.people', null)
      if (!people.ok) return people
      return ok({
        ...desk.facts,
        mode: desk.mode,
        preferences: looksOf(desk.preferences.current()),
        people: [...people.value],
        session: await desk.session.refresh(desk.core),
        liveProblem: desk.facts.liveProblem === null ? null : { ...desk.facts.liveProblem },
      })
    },

    'app.setPreferences': async ({ language, theme }) => {
      const saved = change(desk, { language, theme })
      // The looks follow even when they could not be saved: the person sees what was chosen, and why it will not last.
      desk.applyPreferences(desk.preferences.current())
      desk.changed(['app'])
      return saved.ok ? ok(looksOf(saved.value)) : saved
    },

    'settings.switchMode': async ({ mode }) => {
      if (mode === desk.mode) return ok({})
      const refused = desk.modeProblem(mode)
      if (refused !== null) return { ok: false, problem: refused }
      if (!(await desk.mayQuit())) return fail('cancelled')
      const saved = change(desk, { mode })
      if (!saved.ok) return saved
      desk.restart()
      return ok({})
    },
  }
}

export function looksOf({ language, theme }: StoredPreferences): Preferences {
  return { language, theme }
}

function change(desk: Desk, part: Partial<StoredPreferences>): Answer<StoredPreferences> {
  try {
    return ok(desk.preferences.change(part))
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === null) throw error
    return fail(code === 'ENOSPC' ? 'disk-full' : 'file-not-saved')
  }
}
