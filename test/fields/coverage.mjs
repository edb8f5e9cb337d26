import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
/** Where the tests that the document names lie. */
export const TESTS = 'test/main/core/pg'

const FOLDERS = { 'PortOne V1': 'portone-v1', KICC: 'kicc', 'PortOne V2': 'portone-v2' }

/**
 * What `docs/pg-coverage.md` says of one field.
 *
 * @typedef {{ readonly file: string, readonly suite: string, readonly title: string }} TestName
 * @typedef {{
 *   readonly pg: string, readonly table: string, readonly field: string, readonly key: string,
 *   readonly document: string, readonly kind: string, readonly text: string, readonly tests: readonly TestName[],
 * }} Row
 */

/** @returns {readonly Row[]} */
export function readCoverage() {
  const rows = []
  let pg = ''
  let table = ''
  for (const line of readFileSync(path.join(root, 'docs/pg-coverage.md'), 'utf8').split('\n')) {
    if (line.startsWith('## ')) {
      pg = FOLDERS[line.slice(3)] ?? ''
      table = ''
    }
    if (line.startsWith('### ')) table = /^### `([^`]+)`/.exec(line)?.[1] ?? ''
    const field = /^\| `([^`]+)` \|/.exec(line)?.[1]
    if (field === undefined || pg === '' || table === '') continue
    const [, , document = '', does = '', tests = ''] = line
      .split(' | ')
      .map((cell) => cell.replace(/^\||\|$/g, '').trim())
      .toSpliced(0, 0, '')
    const [, kind = '', text = ''] = /^(not sent|not read|sent|read|code)(?:: |$)(.*)$/.exec(does) ?? []
    rows.push({
      pg,
      table,
      field,
      key: `${pg}/${table}.${field}`,
      document,
      kind,
      text,
      tests: tests.split('<br>').map(testOf),
    })
  }
  return rows
}

/** @param {string} text @returns {TestName} */
function testOf(text) {
  const [file = '', suite = '', title = ''] = text.split(' › ')
  return { file: `${TESTS}/${file.replaceAll('`', '')}`, suite, title: title.replaceAll('\\|', '|') }
}

/** The titles of a test file by their suites; what a table of tests fills in stands as `%`. */
export function titlesOf(file) {
  const source = readFileSync(path.join(root, file), 'utf8')
  const titles = []
  let suite = ''
  for (const match of source.matchAll(/\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\s*,\s*(?:async )?\(/g)) {
    const title = match[1].slice(1, -1).replaceAll(/\\(.)/g, '$1')
    const line = source.slice(0, match.index).split('\n').at(-1)
    if (/^(describe|\}\)\()/.test(line) || (line === '' && false)) suite = title
    else titles.push({ suite, title, pattern: patternOf(title) })
  }
  return titles
}

const patternOf = (title) =>
  new RegExp(
    `^${title
      .split(/%[sijd]/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  )
