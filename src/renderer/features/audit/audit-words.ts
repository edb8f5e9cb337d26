import { useCallback } from 'react'
import type { AuditEntry } from '../../../contract/audit'
import { useWords } from '../../i18n'
import { KOREAN, type WordKey } from '../../i18n/resources'

type ActionKey = Extract<WordKey<'audit'>, `action.${string}`>

function isActionKey(key: string): key is ActionKey {
  return key.startsWith('action.') && key in KOREAN.audit
}

/** The word for a recorded act; an act that this version does not know keeps its code. */
export function useActionWord(): (action: string) => string {
  const say = useWords('audit')
  return useCallback(
    (action) => {
      const key = `action.${action}`
      return isActionKey(key) ? say(key) : action
    },
    [say],
  )
}

/** What an act was about: its name or order number, else the kind of thing. */
export function useSubjectWord(): (about: AuditEntry['about']) => string {
  const say = useWords('audit')
  return useCallback(({ kind, name }) => name ?? say(`about.${kind}`), [say])
}

/** How the log names deeds that no person did. */
const PROGRAM: readonly string[] = ['program', 'system']

export function useWhoWord(): (who: string) => string {
  const say = useWords('audit')
  return useCallback((who) => (PROGRAM.includes(who) ? say('program') : who), [say])
}
