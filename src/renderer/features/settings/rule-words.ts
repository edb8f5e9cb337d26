import { useCallback } from 'react'
import type { RuleView } from '../../../contract/pg'
import type { Language } from '../../../contract/views'
import { useLanguage } from '../../i18n'
import { fillSentence } from '../../i18n/fill-sentence'
import { providerName } from '../../i18n/provider-name'
import { ENGLISH, KOREAN } from '../../i18n/resources'
import { bindsEveryMethod } from './rule-facts'

/** The words of the rule book: `rule.<kind>`, `methods.all` and `weekday.<0-6>`, by their keys. */
type RuleWords = Readonly<Record<string, string>>

type Told = Pick<RuleView, 'kind' | 'methods' | 'values'>

/** A rule in plain words with its values; null for a kind that these words do not know. */
export function ruleSentenceIn(words: RuleWords, rule: Told, language: Language): string | null {
  const sentence = words[`rule.${rule.kind}`]
  if (sentence === undefined) return null
  const { state } = language === 'ko' ? KOREAN : ENGLISH
  const values = Object.entries(rule.values).map(([name, value]) => [name, shown(name, value, words)] as const)
  const methods = bindsEveryMethod(rule)
    ? (words['methods.all'] ?? '')
    : rule.methods.map((method) => state[`method.${method}`]).join(', ')
  return fillSentence(sentence, { ...Object.fromEntries(values), methods })
}

function shown(name: string, value: string | number, words: RuleWords): string {
  if (name === 'provider') return providerName(String(value))
  if (name === 'on' || name === 'askedUntil') return words[`weekday.${value}`] ?? String(value)
  return typeof value === 'number' ? value.toLocaleString('en-US') : value
}

/** Writes rules in the window's language. A rule of a newer book is named by its kind rather than hidden. */
export function useRuleSentence(): (rule: Told) => string {
  const language = useLanguage()
  return useCallback(
    (rule) => {
      const all = language === 'ko' ? KOREAN : ENGLISH
      const { rules = {} } = all as { readonly rules?: RuleWords }
      return ruleSentenceIn(rules, rule, language) ?? fillSentence(all.channels['rules.unknown'], { kind: rule.kind })
    },
    [language],
  )
}
