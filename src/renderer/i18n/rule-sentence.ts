import type { Language } from '../../contract/views'
import { PAYMENT_METHODS } from '../../domain/payment'
import { ruleOfId, type RuleStatement } from '../../domain/pg-rules/statements'
import { fillSentence } from './fill-sentence'
import { providerName } from './provider-name'
import { ENGLISH, KOREAN } from './resources'

/** What of a rule is quoted; its kind may be that of a newer book. */
type QuotedRule = Pick<RuleStatement, 'methods' | 'values'> & { readonly kind: string }

/** Quotes a rule of a PG in plain words; null for a kind that these words do not know. */
export function ruleSentence({ kind, methods, values }: QuotedRule, language: Language): string | null {
  const { rules, state } = language === 'ko' ? KOREAN : ENGLISH
  const words: Readonly<Record<string, string>> = rules
  const sentence = words[`rule.${kind}`]
  if (sentence === undefined) return null
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, shownValue(name, value, rules, language)]),
  )
  const named =
    methods.length === PAYMENT_METHODS.length
      ? rules['methods.all']
      : methods.map((method) => state[`method.${method}`]).join(', ')
  return fillSentence(sentence, { ...shown, methods: named })
}

/** The sentence of a stored id; a rule that a newer program no longer has keeps its id. */
export function sentenceOfRule(id: string, provider: string, language: Language): string {
  const rule = ruleOfId(id, provider)
  return rule === null ? id : (ruleSentence(rule, language) ?? id)
}

function shownValue(
  name: string,
  value: string | number,
  words: Readonly<Record<string, string>>,
  language: Language,
): string {
  if (name === 'provider') return providerName(String(value), language)
  if (name === 'on' || name === 'askedUntil') return words[`weekday.${value}`] ?? String(value)
  return typeof value === 'number' ? value.toLocaleString('en-US') : value
}
