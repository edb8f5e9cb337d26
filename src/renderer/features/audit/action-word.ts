import { useCallback } from 'react'
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
