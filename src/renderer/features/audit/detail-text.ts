import { useCallback } from 'react'
import { DRIFT_KINDS, ROLES } from '../../../contract/views'
import { ATTEMPT_STATES } from '../../../domain/attempt-state'
import { PROBLEM_CODES } from '../../../domain/problem'
import { useLanguage, useWords } from '../../i18n'
import { problemHeadline } from '../../i18n/problem-sentence'
import { KOREAN, type WordKey } from '../../i18n/resources'
import { figureText } from '../../ui/formats'

type DetailKey = Extract<WordKey<'audit'>, `detail.${string}`>

function isDetailKey(key: string): key is DetailKey {
  return key.startsWith('detail.') && key in KOREAN.audit
}

/** Names and values of a recorded detail; `null` when the text is no such list. */
export function detailParts(detail: string): readonly (readonly [string, string])[] | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(detail)
  } catch {
    // Older or foreign lines hold plain words; they are shown as they stand.
    return null
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
  return Object.entries(parsed).map(([name, value]) => [
    name,
    typeof value === 'number' ? figureText(value) : String(value),
  ])
}

/** Writes a recorded detail with words for the names and values that are known. */
export function useDetailText(): (detail: string) => string {
  const say = useWords('audit')
  const valueWord = useValueWord()
  return useCallback(
    (detail) => {
      const parts = detailParts(detail)
      if (parts === null) return detail
      return parts
        .map(([name, value]) => {
          const key = `detail.${name}`
          return `${isDetailKey(key) ? say(key) : name} ${valueWord(name, value)}`
        })
        .join(' · ')
    },
    [say, valueWord],
  )
}

/** Words for values that are codes; any other value stands as it was written. */
function useValueWord(): (name: string, value: string) => string {
  const state = useWords('state')
  const language = useLanguage()
  return useCallback(
    (name, value) => {
      switch (name) {
        case 'roles':
          return ROLES.filter((role) => value.split(',').includes(role))
            .map((role) => state(`role.${role}`))
            .join(', ')
        case 'problem': {
          const code = PROBLEM_CODES.find((one) => one === value)
          return code === undefined ? value : problemHeadline(code, language)
        }
        case 'kind': {
          const kind = DRIFT_KINDS.find((one) => one === value)
          return kind === undefined ? value : state(`drift.${kind}`)
        }
        case 'state': {
          const known = ATTEMPT_STATES.find((one) => one === value)
          return known === undefined ? value : state(`attempt.${known}`)
        }
        default:
          return value
      }
    },
    [state, language],
  )
}
