import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROBLEM_CODES, type ProblemCode } from '../../../src/domain/problem'
import { fillSentence, placesIn } from '../../../src/renderer/i18n/fill-sentence'
import { problemHeadline, problemSentence } from '../../../src/renderer/i18n/problem-sentence'
import { ENGLISH, KOREAN } from '../../../src/renderer/i18n/resources'

const LANGUAGES = [
  ['ko', KOREAN.problem],
  ['en', ENGLISH.problem],
] as const

/** Values that the program gives for its own use or for the log; a person gains nothing by reading them. */
const NOT_SHOWN: Readonly<Partial<Record<ProblemCode, readonly string[]>>> = {
  'amount-over-promisable': ['amount', 'ledgerBalance'],
  'duplicate-in-file': ['count'],
  'payment-escrow': ['provider'],
  'pg-busy': ['status', 'seconds'],
  'pg-offline': ['code'],
  'rule-overridden': ['provider'],
}

describe('filling a sentence', () => {
  it('puts values into their places', () => {
    expect(fillSentence('{{line}}번째 줄입니다.', { line: '12' })).toBe('12번째 줄입니다.')
  })

  it('leaves out a part whose values are not all known', () => {
    expect(fillSentence('멈췄습니다.[ {{line}}줄, {{max}}자입니다.] 고치십시오.', { line: '3' })).toBe(
      '멈췄습니다. 고치십시오.',
    )
    expect(fillSentence('멈췄습니다.[ {{line}}줄입니다.] 고치십시오.', { line: '3' })).toBe(
      '멈췄습니다. 3줄입니다. 고치십시오.',
    )
  })
})

describe.each(LANGUAGES)('problem sentences in %s', (language, words) => {
  it.each(PROBLEM_CODES)('says what happened, why and what to do: %s', (code) => {
    const sentences = problemSentence({ code }, language).split(/(?<=[.])\s+/)
    expect(sentences.length, sentences.join(' | ')).toBeGreaterThanOrEqual(2)
    expect(sentences.at(-1)).toMatch(/[.]$/)
  })

  it('reads well without any value: every place stands in a part that can be left out', () => {
    for (const code of PROBLEM_CODES) {
      const outside = words[code].replaceAll(/\[[^\]]*\]/g, '')
      expect(placesIn(outside), code).toEqual([])
      expect(problemSentence({ code }, language), code).not.toMatch(/[[\]{}]| {2}/)
    }
  })

  it('has a short first sentence of its own for lists', () => {
    for (const code of PROBLEM_CODES) {
      const headline = problemHeadline(code, language)
      expect(headline, code).toMatch(/[.]$/)
      expect(headline.length, headline).toBeLessThan(90)
    }
  })
})

it('shows names for states, columns and PGs rather than their codes', () => {
  expect(problemSentence({ code: 'batch-wrong-state', values: { state: 'approved' } }, 'ko')).toContain('"실행 대기"')
  expect(problemSentence({ code: 'file-header-missing-column', values: { column: 'account' } }, 'en')).toContain(
    'Account no.',
  )
  expect(problemSentence({ code: 'phone-missing', values: { provider: 'kcp' } }, 'ko')).toContain('NHN KCP')
})

it('writes amounts with thousands separators', () => {
  const problem = { code: 'amount-over-promisable', values: { promisable: 1_234_000 } } as const
  expect(problemSentence(problem, 'ko')).toContain('1,234,000원')
  expect(problemSentence(problem, 'en')).toContain('₩1,234,000')
})

it('has a place for every value that the program gives with a problem', () => {
  const found = givenValues()
  // The scan must see the calls at all; otherwise it would pass for the wrong reason.
  expect(found.length).toBeGreaterThan(30)
  const lost = found.filter(
    ({ code, name }) => !placesIn(KOREAN.problem[code]).includes(name) && !NOT_SHOWN[code]?.includes(name),
  )
  expect(lost).toEqual([])
})

/** Names of values in calls such as `problem('code', { name: value })`, as the source is written. */
function givenValues(): readonly { readonly code: ProblemCode; readonly name: string; readonly file: string }[] {
  const given: { code: ProblemCode; name: string; file: string }[] = []
  for (const file of sourceFiles(join(import.meta.dirname, '../../../src'))) {
    const text = readFileSync(file, 'utf8')
    for (const match of text.matchAll(
      /\b\w+\((?:[^()'{}]*,\s*)?'([a-z-]+)'(?:,\s*(?:'[a-zA-Z]*'|null|[a-z]\w*))*,\s*\{([^{}]*)\}/g,
    )) {
      const code = PROBLEM_CODES.find((one) => one === match[1])
      if (code === undefined) continue
      for (const name of namesIn(match[2] ?? '')) given.push({ code, name, file })
    }
  }
  return given
}

function namesIn(literal: string): readonly string[] {
  return [...literal.matchAll(/(?:^|,)\s*(\w+)\s*(?=[:,]|$)/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== '')
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('renderer') && !name.startsWith('practice'))
    .map((name) => join(folder, name))
}
