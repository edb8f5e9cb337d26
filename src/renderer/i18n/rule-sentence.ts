import { useCallback } from 'react'
import type { RuleView } from '../../contract/pg'
import type { Language } from '../../contract/views'
import { fillSentence } from './fill-sentence'
import { useLanguage } from '.'
import { shownValues } from './problem-sentence'
import { ENGLISH, KOREAN } from './resources'

type Sentences = Readonly<Record<string, string>>

/** The sentence of a rule with its values; null for a kind that these words do not know. */
export function ruleSentence(
  { kind, values }: Pick<RuleView, 'kind' | 'values'>,
  words: Sentences,
  language: Language,
): string | null {
  const sentence = words[`rule.${kind}`]
  return sentence === undefined ? null : fillSentence(sentence, shownValues(values, language))
}

/** Writes rules in the window's language. A rule of a newer book is named by its kind rather than hidden. */
export function useRuleSentence(): (rule: Pick<RuleView, 'kind' | 'values'>) => string {
  const language = useLanguage()
  return useCallback(
    (rule) => {
      const words = language === 'ko' ? KOREAN : ENGLISH
      const known = 'rules' in words ? (words.rules as Sentences) : {}
      return ruleSentence(rule, known, language) ?? fillSentence(words.channels['rules.unknown'], { kind: rule.kind })
    },
    [language],
  )
}
