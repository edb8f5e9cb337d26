import * as v from 'valibot'
import type { PersonView, Role } from '../../contract/views'
import { SessionIdSchema, type PersonId, type SessionId } from '../../domain/ids'
import { problem, type Problem } from '../../domain/problem'
import { fail, ok, type Result } from '../../domain/result'
import type { People } from './ledger/people'

/** Who is signed in. Sessions live in memory: a restart signs everybody out. */
export interface Sessions {
  open(personId: PersonId): SessionId
  close(session: SessionId): void
  person(session: SessionId | null): PersonView | null
  /** Problems: sign-in-required, role-missing. */
  need(session: SessionId | null, role: Role | 'signed-in'): Result<PersonView, Problem>
}

export function createSessions(people: People, newId: (prefix: string) => string): Sessions {
  const sessions = new Map<SessionId, PersonId>()
  const person = (session: SessionId | null): PersonView | null => {
    const personId = session === null ? undefined : sessions.get(session)
    return personId === undefined ? null : people.get(personId)
  }
  return {
    open(personId) {
      const session = v.parse(SessionIdSchema, newId('session'))
      sessions.set(session, personId)
      return session
    },
    close(session) {
      sessions.delete(session)
    },
    person,
    need(session, role) {
      const who = person(session)
      if (who === null) return fail(problem('sign-in-required'))
      if (role !== 'signed-in' && !who.roles.includes(role)) return fail(problem('role-missing', { role }))
      return ok(who)
    },
  }
}
