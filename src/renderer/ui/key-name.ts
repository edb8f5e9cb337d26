import { useCallback } from 'react'
import { useWords } from '../i18n'
import { KOREAN, type WordKey } from '../i18n/resources'

type KeyNameKey = Extract<WordKey<'state'>, `key.${string}`>

function isKeyNameKey(key: string): key is KeyNameKey {
  return key.startsWith('key.') && key in KOREAN.state
}

/** A PG key's name for people; a name that this version does not know is shown as it is. */
export function useKeyName(): (name: string) => string {
  const say = useWords('state')
  return useCallback(
    (name) => {
      const key = `key.${name}`
      return isKeyNameKey(key) ? say(key) : name
    },
    [say],
  )
}
