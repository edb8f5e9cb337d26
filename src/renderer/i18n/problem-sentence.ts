import { useCallback } from 'react'
import type { Language } from '../../contract/views'
import type { ProblemCode, ProblemValues } from '../../domain/problem'
import { fillSentence, type SentenceValue } from './fill-sentence'
import { useLanguage } from '.'
import { providerName } from './provider-name'
import { ENGLISH, KOREAN } from './resources'
import { sentenceOfRule } from './rule-sentence'

/** A problem as it comes over the bridge, where a missing list of values may also be `undefined`. */
export interface ShownProblem {
  readonly code: ProblemCode
  readonly values?: ProblemValues | undefined
}

/** Values that are names of states and kinds, with the words that they are shown by. */
const NAMED: Readonly<Record<string, string>> = {
  state: 'batch.',
  status: 'status.',
  role: 'role.',
  method: 'method.',
  column: 'column.',
}

/** Writes a problem's sentence: what happened, why as far as known, what to do. */
export function problemSentence(problem: ShownProblem, language: Language): string {
  const words = language === 'ko' ? KOREAN : ENGLISH
  const values = Object.fromEntries(
    Object.entries(problem.values ?? {}).map(([name, value]) => [name, shown(name, value, words.state, language)]),
  )
  const { rule, provider } = problem.values ?? {}
  if (rule !== undefined) values['rule'] = sentenceOfRule(String(rule), String(provider ?? ''), language)
  return fillSentence(words.problem[problem.code], values)
}

/** What happened, alone: the first sentence without values, for lists and sums of many rows. */
export function problemHeadline(code: ProblemCode, language: Language): string {
  const sentence = problemSentence({ code }, language)
  return sentence.slice(0, sentence.indexOf('. ') + 1) || sentence
}

function shown(
  name: string,
  value: SentenceValue,
  stateWords: Readonly<Record<string, string>>,
  language: Language,
): string {
  if (name === 'provider') return providerName(String(value), language)
  const prefix = NAMED[name]
  if (prefix !== undefined && typeof value === 'string') return stateWords[`${prefix}${value}`] ?? value
  return typeof value === 'number' ? value.toLocaleString('en-US') : value
}

/** Writes problems in the window's language. */
export function useProblemSentence(): (problem: ShownProblem) => string {
  const language = useLanguage()
  return useCallback((problem) => problemSentence(problem, language), [language])
}
