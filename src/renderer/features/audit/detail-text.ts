import { ROLES, type Language } from '../../../contract/views'
import { DRIFT_KINDS } from '../../../contract/drift'
import { ATTEMPT_STATES } from '../../../domain/attempt-state'
import { isWon } from '../../../domain/money'
import { PG_KINDS } from '../../../domain/pg'
import { PROBLEM_CODES } from '../../../domain/problem'
import { assertNever } from '../../../domain/result'
import { fillSentence } from '../../i18n/fill-sentence'
import { problemHeadline } from '../../i18n/problem-sentence'
import { ENGLISH, KOREAN, type WordKey } from '../../i18n/resources'
import { sentenceOfRule } from '../../i18n/rule-sentence'
import { durationText, figureText, signedWonText, wonText } from '../../ui/formats'

/**
 * What a recorded detail tells people, in this order, and how each value is written. Ids, marks and fingerprints are left
 * out here: they stand with the whole line, one click away.
 */
export const SHOWN_DETAILS = {
  rows: 'count',
  amount: 'won',
  paidOut: 'count',
  payoutFailed: 'count',
  fine: 'count',
  errors: 'count',
  pass: 'count',
  blocked: 'count',
  drift: 'count',
  leftOut: 'count',
  duplicates: 'count',
  read: 'count',
  new: 'count',
  paidSince: 'count',
  days: 'count',
  added: 'count',
  known: 'count',
  failures: 'count',
  minutes: 'count',
  holdMinutes: 'count',
  approvalLifeDays: 'count',
  parallel: 'count',
  checksum: 'won',
  difference: 'difference',
  name: 'text',
  moved: 'count',
  checkAgeMs: 'duration',
  kind: 'kind',
  state: 'state',
  problem: 'problem',
  roles: 'roles',
  month: 'text',
  rule: 'rule',
  ok: 'flag',
  options: 'options',
  pg: 'pg',
  fullAccounts: 'flag',
} as const

type ShownDetail = keyof typeof SHOWN_DETAILS
const SHOWN = Object.keys(SHOWN_DETAILS) as readonly ShownDetail[]

/** The known facts of a recorded detail as one short line, `건수 24 · 금액 3,225,600원`; empty where there are none. */
export function detailText(detail: string, language: Language): string {
  const facts = factsIn(detail)
  return SHOWN.flatMap((name) => {
    const value = facts[name]
    const text = value === undefined || value === null ? null : factText(name, value, language)
    return text === null ? [] : [text]
  }).join(' · ')
}

/** The record as a person reads it in full: one fact a line, nothing left out. */
export function rawDetail(detail: string): string {
  return JSON.stringify(factsIn(detail), null, 2)
}

function factsIn(detail: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(detail)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    // The program writes JSON only; a line that somebody else wrote is found by the verification, not read here.
    return {}
  }
}

function factText(name: ShownDetail, value: unknown, language: Language): string | null {
  const { audit } = language === 'ko' ? KOREAN : ENGLISH
  const how = SHOWN_DETAILS[name]
  if (how === 'flag') return audit[`detail.${name as FlagDetail}.${value === true ? 'yes' : 'no'}`]
  const text = valueText(how, value, language)
  return text === null
    ? null
    : fillSentence(audit[`detail.${name as Exclude<ShownDetail, FlagDetail>}`], { value: text })
}

type FlagDetail = { [N in ShownDetail]: (typeof SHOWN_DETAILS)[N] extends 'flag' ? N : never }[ShownDetail]
type Written = Exclude<(typeof SHOWN_DETAILS)[ShownDetail], 'flag'>

/** Null for a value of another shape than this version writes. */
function valueText(how: Written, value: unknown, language: Language): string | null {
  const { state } = language === 'ko' ? KOREAN : ENGLISH
  switch (how) {
    case 'count':
      return typeof value === 'number' ? figureText(value) : null
    case 'won':
      return isWon(value) ? wonText(value, language) : null
    case 'difference':
      return isWon(value) ? signedWonText(value, language) : null
    case 'duration':
      return typeof value === 'number' ? durationText(value, language) : null
    case 'kind': {
      const kind = DRIFT_KINDS.find((one) => one === value)
      return kind === undefined ? null : state[`drift.${kind}`]
    }
    case 'state': {
      const known = ATTEMPT_STATES.find((one) => one === value)
      return known === undefined ? null : state[`attempt.${known}`]
    }
    case 'problem': {
      const code = PROBLEM_CODES.find((one) => one === value)
      return code === undefined ? null : problemHeadline(code, language)
    }
    case 'roles': {
      const named = String(value).split(',')
      return ROLES.filter((role) => named.includes(role))
        .map((role) => state[`role.${role}`])
        .join(', ')
    }
    case 'rule':
      return typeof value === 'string' ? sentenceOfRule(value, value.split('/')[0] ?? '', language) : null
    case 'pg': {
      const pg = PG_KINDS.find((one) => one === value)
      return pg === undefined ? null : state[`pg.${pg}`]
    }
    case 'options':
      return typeof value === 'string' ? optionsText(value, language) : null
    case 'text':
      return typeof value === 'string' ? value : null
    default:
      return assertNever(how)
  }
}

/** The words that the settings screen has for each option. */
const OPTION_WORDS = {
  includeSandbox: 'includeTest',
  includeTest: 'includeTest',
  storeId: 'storeId',
  host: 'kicc.host',
  merchantId: 'kicc.merchantId',
  operatorId: 'kicc.operatorId',
  services: 'kicc.services',
  preferred: 'kicc.preferred',
  accountCheck: 'kicc.accountCheck',
  complexTax: 'kicc.complexTax',
  remainingAmount: 'unconfirmed.remainingAmount',
  flaggedQueryKey: 'unconfirmed.flaggedQueryKey',
  fullAmount: 'unconfirmed.fullAmount',
} as const satisfies Record<string, WordKey<'channels'>>

/** Which options changed, `name: value, name: value` as recorded; the values stand in the raw record. */
function optionsText(changed: string, language: Language): string | null {
  const { channels } = language === 'ko' ? KOREAN : ENGLISH
  const names = changed.split(', ').map((each) => each.slice(0, Math.max(0, each.indexOf(':'))))
  const words = Object.entries(OPTION_WORDS).flatMap(([name, key]) => (names.includes(name) ? [channels[key]] : []))
  return words.length === 0 ? null : words.join(', ')
}
