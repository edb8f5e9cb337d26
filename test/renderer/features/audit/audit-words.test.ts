import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AUDIT_ABOUT } from '../../../../src/contract/audit'
import { EVIDENCE } from '../../../../src/domain/evidence'
import { SHOWN_DETAILS } from '../../../../src/renderer/features/audit/detail-text'
import { ENGLISH, KOREAN } from '../../../../src/renderer/i18n/resources'

/** What the places of an action written as a template may hold. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  // That an attempt is on its way is evidence, but settles nothing.
  'attempt.${settlement.what}': EVIDENCE.filter((what) => what !== 'sending').map((what) => `attempt.${what}`),
  'ledger.${begun.why}': ['ledger.restored', 'ledger.rolled-back'],
  'row.${state}': ['row.stopped-drift', 'row.stopped-rule'],
  'holiday.${act}': ['holiday.close', 'holiday.strike', 'holiday.restore'],
}

/** Kept for the whole record; as a line of a list they say nothing to a person. */
const RAW_ONLY: readonly string[] = ['attempt', 'row', 'payment', 'tag', 'sha256', 'contentHash', 'stateAtMs']

const core = join(import.meta.dirname, '../../../../src/main/core')
const entries = readdirSync(core, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => entriesIn(readFileSync(join(core, file), 'utf8')))

/** The objects given to `audit.append`, as the source is written. */
function entriesIn(text: string): readonly string[] {
  return text
    .split('audit.append(')
    .slice(1)
    .map((rest) => {
      let depth = 0
      for (const [place, sign] of rest.split('').entries()) {
        if (sign === '{' || sign === '(') depth += 1
        if (sign === '}' || sign === ')') depth -= 1
        if (depth === 0) return rest.slice(0, place + 1)
      }
      return rest
    })
    .filter((entry) => entry.startsWith('{'))
}

function actionsOf(entry: string): readonly string[] {
  const said = /\baction: ([^\n]*?),?(?:\n| subject:)/.exec(entry)?.[1] ?? ''
  const template = /^`(.*)`$/.exec(said)?.[1]
  if (template !== undefined) return TEMPLATES[template] ?? [`no list for ${template}`]
  const literals = [...said.matchAll(/'([a-z.-]+)'/g)].map((match) => match[1] ?? '')
  return literals.length > 0 ? literals : [`unread: ${said}`]
}

function detailNamesOf(entry: string): readonly string[] {
  const detail = entry.slice(entry.indexOf('detail:') + 'detail:'.length)
  return [...detail.matchAll(/[{,]\s*(\w+)(?=\s*[:,}])/g)].map((match) => match[1] ?? '')
}

describe('the words of the record', () => {
  const written = new Set(entries.flatMap(actionsOf))

  it('cover every deed that the core records, and no other', () => {
    // The scan must see the deeds at all; otherwise it would pass for the wrong reason.
    expect(entries.length).toBeGreaterThan(25)
    const keys = Object.keys(KOREAN.audit).filter((key) => key.startsWith('action.'))
    expect(keys.toSorted()).toEqual([...written].map((action) => `action.${action}`).toSorted())
    for (const key of keys) expect(ENGLISH.audit, key).toHaveProperty([key])
  })

  it('cover every fact that the core records with a deed, unless it stays in the raw record', () => {
    const names = new Set(entries.flatMap(detailNamesOf))
    expect(names.size).toBeGreaterThan(15)
    expect([...names].toSorted()).toEqual([...Object.keys(SHOWN_DETAILS), ...RAW_ONLY].toSorted())
  })

  it('name every kind of thing that a deed is about', () => {
    for (const kind of AUDIT_ABOUT) expect(KOREAN.audit, kind).toHaveProperty([`about.${kind}`])
  })
})
