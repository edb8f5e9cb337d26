import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { BATCH_STATES, MODES, ROLES } from '../../src/contract/views'
import { ATTEMPT_STATES, ROW_STATES } from '../../src/domain/attempt-state'
import { KOREAN } from '../../src/renderer/i18n/resources'

const root = path.resolve(import.meta.dirname, '../..')
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8')

const documents = [
  'README.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
].toSorted()

/** `npm start`, `npm test` and `npm run <name>`, wherever a text speaks of them. */
function scriptsIn(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map((match) => match[1] ?? match[2] ?? '')
}

/** Targets of links and pictures, without those that leave the project. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
}

/** A heading as a link names it: lower case, without punctuation, hyphens for spaces. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? '')
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

/** Files of the project that a text names in code marks. */
function filesIn(text: string): string[] {
  const paths = [...text.matchAll(/`((?:src|test|scripts|docs|bench)\/[\w./-]+)`/g)].map((match) => match[1] ?? '')
  return paths.map((file) => file.replace(/\/$/, ''))
}

/** Cells of the table rows below a heading. */
function tableBelow(text: string, heading: string): string[][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

describe('the commands', () => {
  const manifest: { scripts: Record<string, string> } = JSON.parse(textOf('package.json'))

  test('of package.json are exactly those of the README', () => {
    expect([...new Set(scriptsIn(textOf('README.md')))].toSorted()).toEqual(Object.keys(manifest.scripts).toSorted())
  })

  test.each(documents)('that %s names exist', (file) => {
    expect(scriptsIn(textOf(file)).filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([])
  })

  test('lead to scripts that exist', () => {
    const files = Object.values(manifest.scripts).flatMap((command) => /^node (\S+)/.exec(command)?.[1] ?? [])
    expect(files.length).toBeGreaterThan(5)
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
  })
})

describe.each(documents)('%s', (file) => {
  const text = textOf(file)

  test('has links that lead somewhere', () => {
    const broken = linksIn(text).filter((target) => {
      const [place = '', anchor] = target.split('#')
      const aim = place === '' ? path.join(root, file) : path.join(root, path.dirname(file), place)
      if (!existsSync(aim)) return true
      return anchor !== undefined && !anchorsOf(readFileSync(aim, 'utf8')).has(anchor)
    })
    expect(broken).toEqual([])
  })

  test('names files of the project that exist', () => {
    expect(filesIn(text).filter((name) => !existsSync(path.join(root, name)))).toEqual([])
  })
})

describe('the glossary', () => {
  const glossary = textOf('docs/glossary.md')
  const korean: Readonly<Record<string, string>> = KOREAN.state

  test.each([
    ['States of a row', 'row', ROW_STATES, 2],
    ['States of an attempt', 'attempt', ATTEMPT_STATES, 1],
    ['States of a batch', 'batch', BATCH_STATES, 1],
    ['People', 'role', ROLES, 1],
    ['Modes', 'mode', MODES, 1],
  ] as const)('gives all %s with the word of the screen', (heading, kind, names, codeCell) => {
    const told = tableBelow(glossary, heading).map((cells) => [cells[codeCell], cells[0]])
    expect(told).toEqual(names.map((name) => [`\`${name}\``, korean[`${kind}.${name}`]]))
  })
})

describe('the Korean guide', () => {
  const guide = textOf('docs/guide/ko.md')
  // A line break inside a quotation is a space.
  const quoted = [...guide.replaceAll(/\s*\n\s*/g, ' ').matchAll(/「([^」]+)」/g)].map((match) => match[1] ?? '')

  test('quotes only words that stand on a screen', () => {
    const words = Object.values(KOREAN).flatMap((namespace) => Object.values<string>(namespace))
    expect(quoted.length).toBeGreaterThan(30)
    expect(quoted.filter((quote) => quote !== '' && !words.some((word) => word.includes(quote)))).toEqual([])
  })

  test('explains every state of a row', () => {
    for (const state of ROW_STATES) expect(quoted, state).toContain(KOREAN.state[`row.${state}`])
  })
})
