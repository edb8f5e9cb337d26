import type { PersonView } from '../../contract/views'
import type { Commands, SessionId } from './answer'

export interface SignedIn {
  readonly session: SessionId
  readonly person: PersonView
}

/** Who is signed in at the page. The id stays here; the page learns the person only. */
export interface PageSession {
  readonly current: () => SignedIn | null
  readonly id: () => SessionId | null
  readonly open: (signedIn: SignedIn) => void
  readonly close: () => void
  /** Asks the core once more: it may have ended the session, or changed the person's roles. */
  readonly refresh: (core: Commands) => Promise<PersonView | null>
}

export function createPageSession(): PageSession {
  let current: SignedIn | null = null
  return {
    current: () => current,
    id: () => current?.session ?? null,
    open: (signedIn) => {
      current = signedIn
    },
    close: () => {
      current = null
    },
    refresh: async (core) => {
      const asked = current
      if (asked === null) return null
      const answer = await core.command('shell.sessionPerson', { session: asked.session })
      // A core that is ending answers a problem; that is no word on the session. Somebody may have signed in meanwhile.
      if (!answer.ok || current !== asked) return current?.person ?? null
      current = answer.value === null ? null : { session: asked.session, person: answer.value }
      return answer.value
    },
  }
}
