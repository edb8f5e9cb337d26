import { useCallback } from 'react'
import type { RuleView } from '../../../contract/pg'
import { useLanguage } from '../../i18n'
import { fillSentence } from '../../i18n/fill-sentence'
import { ENGLISH, KOREAN } from '../../i18n/resources'
import { ruleSentence } from '../../i18n/rule-sentence'

/** Writes rules in the window's language. A rule of a newer book is named by its kind rather than hidden. */
export function useRuleSentence(): (rule: Pick<RuleView, 'kind' | 'methods' | 'values'>) => string {
  const language = useLanguage()
  return useCallback(
    (rule) => {
      const { channels } = language === 'ko' ? KOREAN : ENGLISH
      return ruleSentence(rule, language) ?? fillSentence(channels['rules.unknown'], { kind: rule.kind })
    },
    [language],
  )
}
